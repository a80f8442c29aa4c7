//! What the policy says of evidence, and the rows of its history.

use super::View;
use super::model::{Evidence, HistoryEvent};
use crate::document::Role;
use crate::policy::{Tier, dates};
use crate::rules::Category;

/// The newest reference's year and the payer's own conclusions.
pub(super) fn evidence(view: &View<'_>) -> Evidence {
    let document = view.document;
    let references = document.sections.iter().filter(|section| section.tier == Some(Tier::References));
    let newest = references.flat_map(|section| years(section.span.of(&document.text))).max();
    let conclusions = view.operative().filter(|finding| finding.category == Category::InsufficientEvidence);
    Evidence { newest_reference: newest, conclusions: conclusions.map(|finding| finding.id.clone()).collect() }
}

/// The years of citations: four digits of 1950 to 2049 that are a word of their own in front of `;`, `.`, `,`, `)` or a blank.
fn years(text: &str) -> impl Iterator<Item = i16> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '/' && c != ':')
        .filter(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1950..2050).contains(year))
}

/// The dated rows of history sections, newest first.
pub(super) fn history(view: &View<'_>) -> Vec<HistoryEvent> {
    let document = view.document;
    let mut events: Vec<HistoryEvent> = document
        .blocks
        .iter()
        .filter(|block| document.sections[block.section.index()].tier == Some(Tier::History))
        .filter(|block| !matches!(block.role, Role::Heading { .. } | Role::Furniture | Role::Caption))
        .filter_map(|block| {
            let dated = dates::first(block.span.of(&document.text))?;
            Some(HistoryEvent { date: Some(dated.date), quote: block.span })
        })
        .collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.date));
    events
}
