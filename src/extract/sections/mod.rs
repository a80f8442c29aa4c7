//! Sections and their tiers.
//!
//! A tier is a prior with evidence and no gate: it fails open. A heading gives its tier when its words
//! are known; a sub-heading without a tier of its own takes its part's; history and references count as
//! corroborated only where dates and citations stand under them; what trails after them is a part of its own.

mod agree;
mod heads;
mod known;
mod notices;
mod tail;

use self::heads::{Head, heads};
use self::known::{Known, What};
use super::flow::Look;
use crate::document::{Block, Document, Role, Section, SectionId};
use crate::policy::Tier;

/// Whether these words, standing alone, are a known heading.
pub(super) fn is_heading_words(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 100
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with([';', ',', '.'])
        && known::look_up(&known::words(line)).is_some()
}

/// Whether a single word is a heading that does not need its neighbours to be one.
pub(super) fn is_strong_word(line: &str) -> bool {
    known::look_up(&known::words(line)).is_some_and(|known| !known.weak)
}

/// The tier that known heading words give.
pub(super) fn tier_of_words(line: &str) -> Option<Tier> {
    match known::look_up(&known::words(line))?.what {
        What::Tier(tier) => Some(tier),
        What::Contents => None,
    }
}

/// Finds the sections of a document's blocks, and gives every block its section and, where it is a
/// general notice, its own tier. Paragraphs that turn out to be headings become headings. `looks` runs
/// beside `blocks`; what is missing there has no look.
pub(super) fn find(document: &mut Document, looks: &[Look]) {
    let mut blocks = std::mem::take(&mut document.blocks);
    document.sections = sections(&document.text, &mut blocks, looks);
    document.blocks = blocks;
}

/// The sections of `blocks`, each of which learns where it belongs.
fn sections(text: &str, blocks: &mut [Block], looks: &[Look]) -> Vec<Section> {
    let heads = heads(text, blocks, looks);
    let mut parts = parts(&heads, blocks.len());
    tail::split(text, blocks, &mut parts);
    let mut sections = Vec::with_capacity(parts.len());
    let mut open: Vec<usize> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let made = section(text, blocks, &parts, index, &mut open, &sections);
        sections.push(made);
        for block in &mut blocks[part.first..part.end] {
            block.section = SectionId::new(index);
        }
        if let Some(head) = &part.head
            && !head.inline
            && !matches!(blocks[head.block].role, Role::Heading { .. })
        {
            blocks[head.block].role = Role::Heading { level: sections[index].level.clamp(1, 6) };
        }
    }
    for block in blocks.iter_mut() {
        let prose =
            matches!(block.role, Role::Paragraph | Role::Item { .. } | Role::Furniture | Role::Footnote | Role::Row);
        block.tier = (prose && notices::is_notice(block.span.of(text))).then_some(Tier::Notice);
    }
    sections
}

/// A run of blocks under one heading.
#[derive(Clone, Debug)]
struct Part {
    head: Option<Head>,
    first: usize,
    end: usize,
    /// A part cut off the end of history or references: it takes no tier from what stands above.
    trailing: bool,
}

/// Cuts the blocks at the headings.
fn parts(heads: &[Head], count: usize) -> Vec<Part> {
    let mut parts = Vec::with_capacity(heads.len() + 1);
    let first = heads.first().map_or(count, |head| head.block);
    if first > 0 {
        parts.push(Part { head: None, first: 0, end: first, trailing: false });
    }
    for (index, head) in heads.iter().enumerate() {
        let end = heads.get(index + 1).map_or(count, |next| next.block);
        parts.push(Part { head: Some(head.clone()), first: head.block, end, trailing: false });
    }
    parts
}

/// The section of one part. `open` holds the sections that are not closed yet, outermost first.
fn section(
    text: &str,
    blocks: &[Block],
    parts: &[Part],
    index: usize,
    open: &mut Vec<usize>,
    done: &[Section],
) -> Section {
    let part = &parts[index];
    let span = blocks[part.first].span.cover(blocks[part.end - 1].span);
    let Some(head) = part.head.as_ref().filter(|_| !part.trailing) else {
        open.clear();
        return Section { heading: None, level: 0, span, parent: None, tier: None, corroborated: false };
    };
    let rank = |at: usize| parts[at].head.as_ref().map_or(0, |head| head.rank);
    let mut before = None;
    while let Some(&last) = open.last().filter(|&&last| rank(last) >= head.rank) {
        before = Some(last).filter(|&last| rank(last) == head.rank);
        open.pop();
    }
    let parent = open.last().copied();
    open.push(index);
    let tier = tier(head.known, parent.and_then(|parent| done[parent].tier), before.map(|before| &done[before]));
    Section {
        heading: Some(head.shown.clone()),
        level: u8::try_from(open.len()).unwrap_or(u8::MAX),
        span,
        parent: parent.map(SectionId::new),
        tier,
        corroborated: corroborated(text, blocks, part, tier, parent.map(|parent| &done[parent])),
    }
}

/// The tier of a heading, given that of its part and of the heading of the same height before it.
fn tier(known: Option<Known>, part: Option<Tier>, before: Option<&Section>) -> Option<Tier> {
    let own = match known.map(|known| known.what) {
        Some(What::Tier(tier)) => Some(tier),
        Some(What::Contents) => Some(Tier::References),
        None => None,
    };
    match (known, own) {
        (Some(Known { weak: false, .. }), own) => own,
        (Some(_), own) if keeps_its_tier(part) => part.or(own),
        (Some(_), own) => own,
        (None, _) if part.is_some() => part,
        // A list of services, studies or code lists often has headings all of one height.
        (None, _) => before
            .and_then(|before| before.tier)
            .filter(|tier| matches!(tier, Tier::Binding | Tier::Guidelines | Tier::Evidence | Tier::Coding)),
    }
}

/// Parts whose weak sub-headings ("Summary", "Criteria", a society) say nothing of their own.
fn keeps_its_tier(part: Option<Tier>) -> bool {
    part.is_some_and(|tier| {
        matches!(
            tier,
            Tier::Binding
                | Tier::Evidence
                | Tier::History
                | Tier::References
                | Tier::Coding
                | Tier::Definitions
                | Tier::Notice
        )
    })
}

/// Whether the content agrees with history or references.
fn corroborated(text: &str, blocks: &[Block], part: &Part, tier: Option<Tier>, parent: Option<&Section>) -> bool {
    let words = |block: &Block| block.span.of(text).to_owned();
    let body: Vec<String> =
        blocks[part.first..part.end].iter().filter(|block| block.role != Role::Furniture).map(words).collect();
    let body = &body[usize::from(part.head.as_ref().is_some_and(|head| !head.inline)).min(body.len())..];
    let count = |fits: fn(&str) -> bool| body.iter().filter(|block| fits(block)).count();
    match tier {
        Some(Tier::History) => {
            let dates: usize = body.iter().map(|block| super::dates::all(block).len()).sum();
            dates >= 2 || dates == 1 && body.len() <= 3 || count(agree::is_change) >= 2
        }
        Some(Tier::References) => {
            let cited = count(agree::is_citation);
            let inherits = parent.is_some_and(|parent| parent.corroborated) && cited > 0;
            cited >= 3
                || cited * 2 >= body.len() && cited > 0
                || inherits
                || !body.is_empty() && count(agree::is_title) * 10 >= body.len() * 8
        }
        _ => false,
    }
}
