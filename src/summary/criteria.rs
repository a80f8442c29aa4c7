//! The criteria of coverage statements, flattened.

use super::View;
use super::model::{Connective, Criterion};
use crate::document::{BlockId, Role};
use crate::finding::FindingId;
use crate::rules::Category;

/// The items of lists that a statement of conditional coverage heads, at every depth.
pub(super) fn criteria(view: &View<'_>) -> Vec<Criterion> {
    let document = view.document;
    let mut heads: Vec<Option<(FindingId, Connective)>> = vec![None; document.blocks.len()];
    let mut criteria = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        heads[index] = statement(view, index).map(|id| (id, connective(block.span.of(&document.text))));
        let (Role::Item { level }, Some(lead_in)) = (block.role, block.lead_in) else { continue };
        let Some((finding, connective)) = heads[lead_in.index()].clone() else { continue };
        criteria.push(Criterion { finding: finding.clone(), quote: block.span, level, connective });
        let own = self::connective(block.span.of(&document.text));
        heads[BlockId::new(index).index()] = Some((finding, own));
    }
    criteria
}

/// The last operative statement of conditional coverage in a block.
fn statement(view: &View<'_>, block: usize) -> Option<FindingId> {
    let span = view.document.blocks[block].span;
    let start = view.findings.partition_point(|finding| finding.sentence.start() < span.start());
    let of_block = view.findings[start..].iter().take_while(|finding| finding.sentence.start() < span.end());
    of_block
        .filter(|finding| finding.operative && !finding.span.is_empty())
        .filter(|finding| matches!(finding.category, Category::ConditionalCoverage | Category::MedicallyNecessary))
        .last()
        .map(|finding| finding.id.clone())
}

/// How the items below some words belong together.
fn connective(words: &str) -> Connective {
    let lower = words.to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
    if has(&["none of the following", "not have any of", "does not have any", "none of these"]) {
        Connective::None
    } else if has(&[
        "all of the following",
        "all the following",
        "both of the following",
        "each of the following",
        "all of these",
        "all criteria",
    ]) {
        Connective::All
    } else if has(&["two or more of", "2 or more of", "at least two of", "at least 2 of", "any two of"]) {
        Connective::AtLeast(2)
    } else if has(&[
        "any of the following",
        "one of the following",
        "either of the following",
        "one or more of",
        "1 or more of",
        "any one of",
        "at least one of",
        "any of these",
        "either:",
    ]) {
        Connective::AtLeast(1)
    } else {
        Connective::Unstated
    }
}
