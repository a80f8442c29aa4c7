//! The criteria of coverage statements, flattened.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Connective, ServiceStance};
use super::model::{Criterion, Statement};
use super::stance::heads_services;
use super::{View, apart, inline, subject};
use crate::document::{BlockId, Role};
use crate::finding::{Finding, FindingId};
use crate::rules::Category;
use crate::text::Span;

/// The items of lists that a statement of conditional coverage heads, at every depth. A statement of its own among
/// the items is no criterion; a refusal ends the list.
///
/// A list heads criteria where its words are one of the `statements`, or a heading.
pub(super) fn criteria(view: &View<'_>, statements: &[Statement]) -> Vec<Criterion> {
    let document = view.document;
    let covers = |one: &&Statement| matches!(one.stance, ServiceStance::Covered | ServiceStance::CoveredWithCriteria);
    let said: BTreeSet<Span> = statements.iter().filter(covers).map(|one| one.quote).collect();
    let said: Vec<Span> = said.into_iter().collect();
    let ties = apart::ties(view, &said);
    let mut heads: Vec<Option<(FindingId, Connective)>> = vec![None; document.blocks.len()];
    let mut deeper: BTreeSet<BlockId> = BTreeSet::new();
    let mut found: Vec<(BlockId, Criterion)> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        heads[index] = statement(view, index, &said).map(|id| (id, connective(block.span.of(&document.text))));
        if let (Some(tie), None) = (ties.get(&index), &heads[index]) {
            heads[index] = Some((tie.finding.clone(), tie.connective));
            if tie.shown {
                deeper.insert(BlockId::new(index));
                let connective = Connective::Unstated;
                let criterion = Criterion { finding: tie.finding.clone(), quote: block.span, level: 1, connective };
                found.push((tie.block, criterion));
            }
        }
        let level = match block.role {
            Role::Item { level } => level,
            // A row of a table of criteria.
            Role::Row if block.lead_in.is_some_and(|head| ties.contains_key(&head.index())) => 1,
            _ => continue,
        };
        let Some(lead_in) = block.lead_in else { continue };
        let Some((finding, connective)) = heads[lead_in.index()].clone() else { continue };
        if own(view, block.span).any(|finding| refuses(finding.category)) {
            heads[lead_in.index()] = None;
            heads[index] = None;
            continue;
        }
        let own_head = heads[index].as_ref().map(|(own, _)| own).filter(|own| **own != finding);
        if is_next(view, block.span, own_head) {
            continue;
        }
        let below = deeper.contains(&lead_in);
        if below {
            deeper.insert(BlockId::new(index));
        }
        let level = level + u8::from(below);
        found.push((lead_in, Criterion { finding: finding.clone(), quote: block.span, level, connective }));
        let own = self::connective(block.span.of(&document.text));
        heads[index] = Some((finding, own));
    }
    joined(view, &mut found);
    inline::split(view, statements, found.into_iter().map(|(_, criterion)| criterion).collect())
}

/// Whether an item is a statement of its own and no criterion of the one before: "II. Fat testing is … when:". `head`
/// is the statement that it heads criteria with.
fn is_next(view: &View<'_>, item: Span, head: Option<&FindingId>) -> bool {
    let other = [Category::MedicallyNecessary, Category::NotAddressed];
    let names = |id: &FindingId| view.finding(id).and_then(|own| subject::read(view, own).service).is_some();
    own(view, item).any(|finding| other.contains(&finding.category)) || head.is_some_and(names)
}

/// Where no lead-in says how its items belong together, the words between them do: "…; and", "…; or", a line "OR".
fn joined(view: &View<'_>, found: &mut [(BlockId, Criterion)]) {
    let mut lists: BTreeMap<BlockId, Vec<usize>> = BTreeMap::new();
    for (at, (lead_in, _)) in found.iter().enumerate() {
        lists.entry(*lead_in).or_default().push(at);
    }
    for items in lists.into_values() {
        if items.iter().any(|&at| found[at].1.connective != Connective::Unstated) {
            continue;
        }
        let between = |pair: &[usize]| between(view, found[pair[0]].1.quote, found[pair[1]].1.quote);
        let joints: BTreeSet<&'static str> = items.windows(2).filter_map(between).collect();
        let connective = match joints.into_iter().collect::<Vec<_>>()[..] {
            ["and"] => Connective::All,
            ["or"] => Connective::AtLeast(1),
            // One item alone is all of them.
            [] if items.len() == 1 => Connective::All,
            _ => continue,
        };
        items.into_iter().for_each(|at| found[at].1.connective = connective);
    }
}

/// The "and" or "or" that ends an item or stands alone before the next.
fn between(view: &View<'_>, item: Span, next: Span) -> Option<&'static str> {
    let document = view.document;
    let start = document.blocks.partition_point(|block| block.span.start() < item.end());
    let alone = document.blocks[start..].iter().take_while(|block| block.span.end() <= next.start());
    // A list below the item may end in the joint: "…, AND".
    let below = document.blocks[start..].iter().take_while(|block| block.span.end() <= next.start());
    let below = below.filter(|block| matches!(block.role, Role::Item { .. })).last().map(|block| block.span);
    let words = alone.map(|block| block.span).filter(|span| span.len() <= 12).chain(below).chain([item]);
    words.map(|span| span.of(&document.text)).find_map(|words| {
        let last = words.trim_end_matches(|c: char| !c.is_alphabetic()).rsplit(|c: char| !c.is_alphabetic()).next()?;
        ["and", "or"].into_iter().find(|joint| last.eq_ignore_ascii_case(joint))
    })
}

/// The operative findings that a block's own words make.
pub(super) fn own<'a>(view: &View<'a>, block: Span) -> impl Iterator<Item = &'a Finding> + use<'a> {
    view.findings_in(block).filter(|finding| finding.operative && !finding.span.is_empty())
}

pub(super) fn refuses(category: Category) -> bool {
    matches!(
        category,
        Category::NotMedicallyNecessary
            | Category::Investigational
            | Category::BenefitExclusion
            | Category::CosmeticOrConvenience
    )
}

/// The last operative statement of conditional coverage in a block that is a heading or one of the statements
/// `said`, which stand in order.
/// The items of a list of services are no criteria.
pub(super) fn statement(view: &View<'_>, block: usize, said: &[Span]) -> Option<FindingId> {
    let block = &view.document.blocks[block];
    let first = said.partition_point(|quote| quote.start() < block.span.start());
    let mut here = said[first..].iter().take_while(|quote| quote.start() < block.span.end());
    let binds = matches!(block.role, Role::Heading { .. }) || here.any(|quote| block.span.contains(*quote));
    if !binds {
        return None;
    }
    own(view, block.span)
        .filter(|finding| matches!(finding.category, Category::ConditionalCoverage | Category::MedicallyNecessary))
        .filter(|finding| !heads_services(finding.sentence.of(&view.document.text)))
        .last()
        .map(|finding| finding.id.clone())
}

/// Words by which the items below are what must not be.
const NONE: [&str; 15] = [
    "none of",
    "neither of",
    "not have any",
    "without any of",
    "absence of any of",
    "absence of all of",
    "absence of the following",
    "must not have",
    "contraindicated in",
    "contraindicated for",
    "contraindicated if",
    "contraindications include",
    "contraindications:",
    "following contraindications",
    "exclusion criteria",
];

/// How the items below some words belong together: what is said last counts.
pub(super) fn connective(words: &str) -> Connective {
    let lower = words.to_lowercase();
    let refused =
        lower.contains("if any of") && (lower.starts_with("no ") || lower.contains(" no ") || lower.contains(" not "));
    let tokens: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let counted = (0..tokens.len()).rev().find_map(|at| count(&tokens[at..])).unwrap_or(Connective::Unstated);
    let counted = if counted == Connective::Unstated && lists_uses(&lower) { Connective::AtLeast(1) } else { counted };
    let none = refused || NONE.iter().any(|phrase| lower.contains(phrase));
    if none && counted != Connective::All { Connective::None } else { counted }
}

/// "… is covered for the following conditions:": each use stands by itself; "when the following conditions are met"
/// says nothing of how many.
fn lists_uses(lower: &str) -> bool {
    let words = lower.trim_end_matches(|c: char| !c.is_alphabetic());
    let uses = ["conditions", "indications", "diagnoses", "disorders", "diseases", "uses", "situations", "scenarios"];
    let Some(before) = uses.iter().find_map(|noun| words.strip_suffix(noun)) else { return false };
    let listed = before.rfind("following ").filter(|at| before[*at..].split_whitespace().count() <= 4);
    listed.is_some_and(|at| {
        ["for the ", "for any of the ", "in the ", "treatment of the "].iter().any(|word| before[..at].ends_with(word))
    })
}

/// What the first words of `tokens` say on how many.
fn count(tokens: &[&str]) -> Option<Connective> {
    let number = |word: &str| match word {
        "one" | "1" => Some(1),
        "two" | "2" => Some(2),
        "three" | "3" => Some(3),
        "four" | "4" => Some(4),
        "five" | "5" => Some(5),
        _ => None,
    };
    let of_list = |word: Option<&&str>| {
        word.is_some_and(|word| {
            matches!(*word, "the" | "these" | "following" | "criteria" | "below") || number(word).is_some()
        })
    };
    match *tokens {
        ["all" | "both" | "each", "of", next, ..] if of_list(Some(&next)) => Some(Connective::All),
        ["all", "the" | "these" | "criteria" | "following", ..] | ["both" | "each", "criteria" | "criterion", ..] => {
            Some(Connective::All)
        }
        ["any" | "either", "of", next, ..] if of_list(Some(&next)) => Some(Connective::AtLeast(1)),
        ["either"] => Some(Connective::AtLeast(1)),
        ["any" | "least", many, ..] if number(many).is_some() && tokens.get(2).is_none_or(|next| *next == "of") => {
            let listed = tokens.len() <= 3 || of_list(tokens.get(3));
            listed.then(|| number(many).map(Connective::AtLeast)).flatten()
        }
        [many, "or", "more", "of", next, ..] if of_list(Some(&next)) => number(many).map(Connective::AtLeast),
        [many, "of", next, ..] if of_list(Some(&next)) => number(many).map(Connective::AtLeast),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_in_says_how_many_of_its_items_are_needed() {
        let check = |words: &str, expected| assert_eq!(connective(words), expected, "{words}");
        check("when any 1 of 3 is met:", Connective::AtLeast(1));
        check("Any two of the following:", Connective::AtLeast(2));
        check("One or more of the following:", Connective::AtLeast(1));
        check("Each of the following, and one of these:", Connective::AtLeast(1));
        check("ALL of the following criteria are met:", Connective::All);
        check("Gel is covered for the following clinical indications:", Connective::AtLeast(1));
        check("Gel is covered when the following conditions are met:", Connective::Unstated);
        check("Two trials, one of which was blinded:", Connective::Unstated);
        check("The device is contraindicated in any of the following:", Connective::None);
        check("No coverage if any of the following is present:", Connective::None);
        check("Other treatment failed or is contraindicated, and all of the following:", Connective::All);
    }
}
