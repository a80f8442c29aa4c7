//! The number of the policy.

use super::Page;
use super::labels::{Label, Labelled};
use crate::document::Role;
use crate::policy::{Field, dates};
use crate::text::{Span, single_blanks};

/// The length of a number with which a title line begins.
pub(super) fn number_in_front(words: &str) -> usize {
    let mut at = 0;
    for (index, word) in words.split(' ').enumerate() {
        let sign = word.chars().all(|c| matches!(c, '-' | '–' | '—' | ':' | '|'));
        let organisation = index == 0 && word.len() <= 4 && word.chars().all(|c| c.is_ascii_uppercase()) && {
            words[word.len()..].trim_start().split(' ').next().is_some_and(is_number)
        };
        if !(is_number(word) || organisation || index > 0 && sign) {
            break;
        }
        at += word.len() + 1;
    }
    if at >= words.len() { 0 } else { at }
}

/// The number: labelled, else a word of that shape in front.
pub(super) fn number(page: &Page<'_>, labelled: &[Labelled], title: Option<&Field<String>>) -> Option<Field<String>> {
    let front = labelled.iter().filter(|each| each.label == Label::Number && is_front(page, each.block));
    let span = front.filter_map(|each| number_at_start(&page.document.text, each.value)).next();
    let span = span.or_else(|| unlabelled(page, title))?;
    Some(Field::printed(single_blanks(span.of(&page.document.text)), span))
}

fn is_front(page: &Page<'_>, block: usize) -> bool {
    block < super::FRONT || page.document.blocks[block].role == Role::Furniture
}

/// The words with which a value begins that make up a number.
pub(super) fn number_at_start(text: &str, value: Span) -> Option<Span> {
    let words = value.of(text);
    let own = names_determination(&text[..value.start()]);
    let mut end = 0;
    let mut digits = false;
    for (at, word) in word_places(words) {
        let core = word.trim_end_matches([',', ';', '.', ':', ')']);
        if is_determination(core) && !own {
            break;
        }
        let has_digit = core.contains(|c: char| c.is_ascii_digit());
        let short =
            core.len() <= 4 && core.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '-' | '–' | '&' | '/'));
        let dated = dates::first(&words[at..]).is_some_and(|dated| dated.span.start() == 0);
        if !(has_digit || short) || dated || core.len() > 24 {
            break;
        }
        digits |= has_digit;
        if has_digit {
            end = at + core.len();
        }
        if core.len() < word.len() {
            break;
        }
    }
    (digits && end > 0 && end <= 40).then(|| Span::new(value.start(), value.start() + end))
}

/// The first word in front that looks like the number of a policy, in the title's neighbourhood.
fn unlabelled(page: &Page<'_>, title: Option<&Field<String>>) -> Option<Span> {
    let text = &page.document.text;
    let near = page.front().iter().take(14).filter(|block| page.words(block).len() <= 200);
    let mut seen = None;
    let mut in_the_title = None;
    for block in near {
        let words = page.words(block);
        if dates::first(words).is_some_and(|dated| dated.span.start() == 0) {
            continue;
        }
        for (at, word) in word_places(words) {
            let core = word.trim_matches(['(', ')', ',', ';', ':', '[', ']', '.']);
            let start = at + word.find(core).unwrap_or(0);
            let behind_organisation = at <= 5 && words[..at].trim_end().chars().all(|c| c.is_ascii_uppercase());
            let edge = behind_organisation || word.starts_with('(') || start + core.len() >= words.len();
            let other =
                is_version(core) || is_determination(core) || dates::first(core).is_some() || is_telephone(core);
            if is_number(core) && edge && !other {
                let span = Span::new(block.span.start() + start, block.span.start() + start + core.len());
                let in_title = title.is_some_and(
                    |title| matches!(title.origin, crate::policy::Origin::Printed(place) if place.contains(span)),
                );
                if !in_title || word.starts_with('(') {
                    seen = seen.or(Some(span));
                } else {
                    in_the_title = in_the_title.or(Some(span));
                }
            }
        }
    }
    seen.or(in_the_title).map(|span| with_organisation(text, span))
}

/// "FEP 2.04.141", "MP 2.363": short capitals before a number belong to it.
fn with_organisation(text: &str, span: Span) -> Span {
    let before = text[..span.start()].rsplit('\n').next().unwrap_or_default();
    let word = before.trim_end().rsplit([' ', '\t']).next().unwrap_or_default();
    let short = (2..=4).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase()) && before.ends_with(' ');
    if short { Span::new(span.start() - word.len() - 1, span.end()) } else { span }
}

/// Whether a word has the shape of a policy's number: capitals, digits and signs, with two digits or more.
pub(super) fn is_number(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(char::is_ascii_uppercase).count();
    let signs = word.chars().filter(|c| matches!(c, '.' | '-' | '_')).count();
    let known = word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    let mixed = letters > 0 && (signs > 0 || digits >= 3) || signs >= 2;
    // Five characters with one letter are codes of procedures.
    let code = word.len() == 5 && signs == 0;
    known
        && digits >= 2
        && mixed
        && (4..=20).contains(&word.len())
        && (!code || word.starts_with("CG"))
        && !word.starts_with("COVID")
}

/// "L38043", "A57331": a contractor's determination or article, cited; "DL38043" where it is proposed.
fn is_determination(word: &str) -> bool {
    let kept = word.strip_prefix('D').unwrap_or(word);
    kept.len() == 6 && kept.starts_with(['L', 'A']) && kept[1..].chars().all(|c| c.is_ascii_digit())
}

/// Whether the label before a value says that it is the number of this determination or article: at the start of its
/// line or cell, since a sentence may cite one by the same words.
fn names_determination(before: &str) -> bool {
    let line = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let label = line.rsplit(['\n', '\t', '\u{c}']).next().unwrap_or_default();
    ["LCD ID", "Article ID"].iter().any(|own| label.trim_start().eq_ignore_ascii_case(own))
}

/// "555-910-6023": three, three and four digits.
fn is_telephone(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['-', '.']).collect();
    let digits = word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
    digits && matches!(parts[..], [a, b, c] if (a.len(), b.len(), c.len()) == (3, 3, 4))
}

/// "V1.0.2025": a version, not a number.
fn is_version(word: &str) -> bool {
    word.strip_prefix('V').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains('.'))
}

/// The words of a text with their places.
fn word_places(words: &str) -> impl Iterator<Item = (usize, &str)> {
    words
        .split([' ', '\t', '\u{c}'])
        .map(|word| (word.as_ptr() as usize - words.as_ptr() as usize, word))
        .filter(|(_, word)| !word.is_empty())
}
