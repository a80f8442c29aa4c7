//! What stands under a known heading, held against what its words promise.
//!
//! Words of headings are used for several things: "Description" heads a chapter and a column of codes, names of
//! chapters stand again in a revision history as what was revised. The part above and the blocks below tell which.

use super::Part;
use super::agree::{is_change, is_citation, is_dated};
use super::known::{Known, What};
use crate::document::{Block, Role, Section};
use crate::policy::Tier;

/// The tier `own` of the heading of `parts[index]`, or the one that its content and the last known heading `told`
/// agree on.
pub(super) fn agreed(
    own: Tier,
    text: &str,
    blocks: &[Block],
    parts: &[Part],
    index: usize,
    told: Option<&Section>,
) -> Tier {
    let part = &parts[index];
    let Some(head) = &part.head else { return own };
    let body: Vec<&str> = blocks[part.first + 1..part.end]
        .iter()
        .filter(|block| block.role != Role::Furniture)
        .map(|block| block.span.of(text))
        .collect();
    match (told.and_then(|told| told.tier), own) {
        // "Code | Description" heads a table of codes; so does "When services are medically necessary" among codes.
        (Some(Tier::Coding), Tier::Description | Tier::Binding | Tier::Guidelines)
            if lists_codes(&body) || body.is_empty() && heads_codes(parts.get(index + 1)) =>
        {
            Tier::Coding
        }
        // An overview ends with what others recommend.
        (Some(Tier::Description), Tier::Guidelines) if head.words.starts_with("guideline") && is_cited(&body) => {
            Tier::Evidence
        }
        (Some(Tier::History), _) if !matches!(own, Tier::History | Tier::References | Tier::Notice) => {
            let earlier = |part: &Part| part.head.as_ref().is_some_and(|other| other.words == head.words);
            let is_again = parts[..index].iter().any(earlier);
            let changes = tells_changes(&body);
            let is_entry = changes * 3 >= body.len() && changes > 0 || is_again && length(&body) < SHORT;
            if is_entry { Tier::History } else { own }
        }
        _ => own,
    }
}

/// Whether many lines begin with a code; the descriptions of some go on over several.
fn lists_codes(body: &[&str]) -> bool {
    let codes = body.iter().filter(|line| begins_with_code(line)).count();
    codes > 0 && (codes * 2 >= body.len() || begins_with_code(body[0]) && codes * 4 >= body.len())
}

/// "0232T", "J1234 …", "Z80.0-Z80.9 …": four or more characters, most of them digits.
fn begins_with_code(line: &str) -> bool {
    let word = line.split([' ', '\t', ',', '-', '–']).next().unwrap_or_default();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let known = word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '.' | '*'));
    known && (3..=8).contains(&word.len()) && digits * 3 >= word.len() * 2
}

/// Whether the next part's heading is one of code tables.
fn heads_codes(next: Option<&Part>) -> bool {
    let known = next.and_then(|next| next.head.as_ref()).and_then(|head| head.known);
    matches!(known, Some(Known { what: What::Tier(Tier::Coding), .. }))
}

/// Whether a body names years and who recommends what.
fn is_cited(body: &[&str]) -> bool {
    let cites = |block: &&&str| is_citation(block) || block.contains("(20") || block.contains("recommend");
    body.iter().filter(cites).count() >= 2
}

/// How many blocks tell what was changed, as entries of a history do.
fn tells_changes(body: &[&str]) -> usize {
    body.iter().filter(|block| is_change(block) || is_dated(block)).count()
}

fn length(body: &[&str]) -> usize {
    body.iter().map(|block| block.len()).sum()
}

/// An entry of a history that names what was revised is no longer than this, in bytes.
const SHORT: usize = 120;
