//! Sections and their tiers.
//!
//! A tier is a prior with evidence and no gate: it fails open. A heading gives its tier when its words
//! are known; a sub-heading without a tier of its own takes its part's; history and references count as
//! corroborated only where dates and citations stand under them; what trails after them is a part of its own.

mod agree;
mod content;
mod heads;
mod known;
mod notices;
mod tail;

use std::collections::BTreeSet;

use self::heads::{Head, heads};
use self::known::What;
use super::flow::Look;
use super::markers::marker_len;
use crate::document::{Block, Document, Role, Section, SectionId};
use crate::policy::{Tier, dates};
use crate::text::Span;

/// Whether these words, standing alone, are a known heading.
pub(super) fn is_heading_words(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 100
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with([';', ',', '.'])
        && known::look_up(&known::words(line)).is_some()
}

/// Whether these words name a part of a document and could not be a stance within a sentence
/// ("is considered NOT MEDICALLY NECESSARY in …").
pub(super) fn is_part_of_document(line: &str) -> bool {
    const STANCES: [&str; 8] = [
        "necessary",
        "investigational",
        "experimental",
        "covered",
        "unproven",
        "exclusions",
        "criteria",
        "prior authorization",
    ];
    let words = known::words(line);
    is_heading_words(line) && known::in_table(&words) && !STANCES.iter().any(|stance| words.contains(stance))
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
    let is_head: BTreeSet<usize> = heads.iter().filter(|head| !head.inline).map(|head| head.block).collect();
    demote(text, blocks, &is_head);
    let mut parts = parts(&heads, blocks.len());
    tail::split(text, blocks, &mut parts);
    let mut sections = Vec::with_capacity(parts.len());
    let mut open = Open::default();
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

/// What looked like a heading and is none reads on as prose or as an item, so that stances in it count.
fn demote(text: &str, blocks: &mut [Block], is_head: &BTreeSet<usize>) {
    for (at, block) in blocks.iter_mut().enumerate() {
        let words = block.span.of(text);
        if matches!(block.role, Role::Heading { .. })
            && !is_head.contains(&at)
            && (heads::is_sentence(words) || heads::goes_on(words))
        {
            let marker = marker_len(words);
            block.role = if marker > 0 { Role::Item { level: 1 } } else { Role::Paragraph };
            block.marker_len = u32::try_from(marker).expect("markers are short");
        }
    }
}

/// A run of blocks under one heading.
#[derive(Clone, Debug)]
struct Part {
    head: Option<Head>,
    first: usize,
    end: usize,
    /// A part cut off the end of history or references: it takes no tier from what stands above.
    /// Without it, a part without a head stands before the first heading or goes on behind one inside a paragraph.
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

/// What is open while sections are made in order.
#[derive(Debug, Default)]
struct Open {
    /// The sections that are not closed yet, outermost first.
    sections: Vec<usize>,
    /// The last heading whose words told its tier.
    told: Option<usize>,
    /// Whether a higher heading of unknown words stood since then.
    higher_since: bool,
}

/// The section of one part.
fn section(text: &str, blocks: &[Block], parts: &[Part], index: usize, open: &mut Open, done: &[Section]) -> Section {
    let part = &parts[index];
    let span = blocks[part.first].span.cover(blocks[part.end - 1].span);
    let Some(head) = part.head.as_ref().filter(|_| !part.trailing) else {
        return headless(parts, index, span, open, done);
    };
    let rank = |at: usize| parts[at].head.as_ref().map_or(0, |head| head.rank);
    while open.sections.last().is_some_and(|&last| rank(last) >= head.rank) {
        open.sections.pop();
    }
    let parent = open.sections.last().copied();
    open.sections.push(index);
    // What was cut off a history may stand in the middle of it.
    let cut_off = || index.checked_sub(2).filter(|_| parts[index - 1].trailing);
    let told = open.told.or_else(cut_off).map(|told| &done[told]);
    let own = own_tier(head, parent.and_then(|parent| done[parent].tier));
    let own = own.map(|own| content::agreed(own, text, blocks, parts, index, told));
    let listed = own == Some(Tier::History) && told.is_some_and(|told| told.tier == own && told.corroborated);
    let tier = own.or_else(|| unknown_tier(text, blocks, part, parent, open, parts).and_then(|from| done[from].tier));
    // A line in capitals behind a summary may open the policy itself.
    let opens = tier == Some(Tier::Description)
        && own.is_none()
        && !head.inline
        && head.shown.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        && holds_stance(text, &blocks[part.first + 1..part.end]);
    let tier = tier.filter(|_| !opens);
    if own.is_some() {
        (open.told, open.higher_since) = (Some(index), false);
    } else if open.told.is_some_and(|told| rank(told) > head.rank) {
        open.higher_since = true;
    }
    Section {
        heading: Some(head.shown.clone()),
        level: u8::try_from(open.sections.len()).unwrap_or(u8::MAX),
        span,
        parent: parent.map(SectionId::new),
        tier,
        corroborated: listed || corroborated(text, blocks, part, tier, parent.map(|parent| &done[parent])),
    }
}

/// The section of a part without a heading of its own: it goes on behind a heading inside a paragraph, or is apart.
fn headless(parts: &[Part], index: usize, span: Span, open: &mut Open, done: &[Section]) -> Section {
    if let Some(from) = (0..index).rev().find(|&at| heads_on(&parts[at])).filter(|_| !parts[index].trailing)
        && matches!(done[from].tier, Some(Tier::Binding | Tier::Guidelines | Tier::Evidence))
    {
        return Section { span, parent: Some(SectionId::new(from)), ..done[from].clone() };
    }
    *open = Open::default();
    Section { heading: None, level: 0, span, parent: None, tier: None, corroborated: false }
}

/// Whether a heading of its own line heads this part.
fn heads_on(part: &Part) -> bool {
    part.head.as_ref().is_some_and(|head| !head.inline)
}

/// The tier that the words of a heading tell; `None` when they are unknown, or too weak to tell inside their part.
fn own_tier(head: &Head, part: Option<Tier>) -> Option<Tier> {
    let known = head.known?;
    let own = match known.what {
        What::Tier(tier) => tier,
        What::Contents => Tier::References,
    };
    let leaves = part == Some(Tier::Notice) && matches!(own, Tier::Description | Tier::Definitions);
    let inside = part.filter(|_| known.weak && !leaves && !head.chapter).filter(|part| keeps_its_tier(*part));
    Some(inside.unwrap_or(own))
}

/// Which section an unknown heading takes its tier from.
///
/// Its part, or the last known heading where that came later: lists of services, studies and code tables
/// have headings of one height. A higher heading after evidence may open a new chapter; it stays open
/// unless its words hold no stance.
fn unknown_tier(
    text: &str,
    blocks: &[Block],
    part: &Part,
    parent: Option<usize>,
    open: &Open,
    parts: &[Part],
) -> Option<usize> {
    let Some(told) = open.told.filter(|&told| parent.is_none_or(|parent| told > parent)) else { return parent };
    let rank = |part: &Part| part.head.as_ref().map_or(0, |head| head.rank);
    let is_chapter = |part: &Part| part.head.as_ref().is_some_and(|head| head.chapter);
    let next_chapter = is_chapter(part) && is_chapter(&parts[told]);
    let higher = rank(part) < rank(&parts[told]) || open.higher_since || next_chapter;
    let tier = parts[told].head.as_ref().and_then(|head| own_tier(head, None));
    let follows = match tier {
        Some(Tier::Binding | Tier::Guidelines) => true,
        Some(Tier::Evidence) => {
            !higher || part.end - part.first > 1 && !holds_stance(text, &blocks[part.first + 1..part.end])
        }
        Some(Tier::Coding) => !higher,
        _ => false,
    };
    if follows { Some(told) } else { parent }
}

/// Whether any of the blocks holds words in which payers put their stances.
fn holds_stance(text: &str, blocks: &[Block]) -> bool {
    const WORDS: [&str; 13] = [
        "appeal",
        "medically necessary",
        "medical necessity",
        "investigational",
        "experimental",
        "unproven",
        "covered",
        "coverage",
        "excluded",
        "criteria",
        "authoriz",
        "benefit",
        "reimburs",
    ];
    blocks.iter().any(|block| {
        let lower = block.span.of(text).to_lowercase();
        WORDS.iter().any(|word| lower.contains(word))
    })
}

/// Parts whose weak sub-headings ("Summary", "Criteria", a society) say nothing of their own.
fn keeps_its_tier(part: Tier) -> bool {
    matches!(part, Tier::Binding | Tier::Evidence | Tier::History | Tier::References | Tier::Definitions | Tier::Notice)
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
            let dates: usize = body.iter().map(|block| dates::all(block).len()).sum();
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
