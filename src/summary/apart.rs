//! Lists that stand apart from the statement that requires them: "when the criteria below are met", and further down,
//! below words or headings of their own, "All of the following:"; or before it, "if all of the above are met".

use std::collections::BTreeMap;

use super::View;
use super::criteria::{connective, refuses, statement};
use super::kinds::Connective;
use crate::document::{Block, BlockId, Role, Section};
use crate::finding::FindingId;
use crate::policy::Tier;
use crate::text::Span;

/// What heads a list that another block's statement requires.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    /// The statement.
    pub(super) finding: FindingId,
    /// The block of the statement.
    pub(super) block: BlockId,
    /// How the list's items belong together.
    pub(super) connective: Connective,
    /// Whether the head is shown as a criterion above its items: it is a heading, or one list of several.
    pub(super) shown: bool,
}

/// The heads of such lists, by their block; `said` are the words of the statements of cover, in order.
pub(super) fn ties(view: &View<'_>, said: &[Span]) -> BTreeMap<usize, Tie> {
    let mut ties = BTreeMap::new();
    for index in 0..view.document.blocks.len() {
        let Some(finding) = statement(view, index, said) else { continue };
        let block = &view.document.blocks[index];
        let lower = block.span.of(&view.document.text).to_lowercase();
        let (found, joined) = if points_ahead(&lower) && !has_list(view, index) {
            (ahead(view, index, said), None)
        } else if points_back(&lower) {
            (back(view, index, said), Some(connective(&lower)))
        } else {
            continue;
        };
        let several = found.len() > 1;
        for head in found {
            let own = &view.document.blocks[head];
            let stated = connective(own.span.of(&view.document.text));
            let stated = if stated == Connective::Unstated { joined.unwrap_or(stated) } else { stated };
            let shown = several || matches!(own.role, Role::Heading { .. });
            let tie = Tie { finding: finding.clone(), block: BlockId::new(index), connective: stated, shown };
            ties.entry(head).or_insert(tie);
        }
    }
    ties
}

/// Words by which a statement requires what stands further on.
fn points_ahead(lower: &str) -> bool {
    const AHEAD: [&str; 14] = [
        "criteria below",
        "below criteria",
        "criteria listed below",
        "criteria outlined below",
        "criteria described below",
        "criteria set forth below",
        "criteria set out below",
        "requirements below",
        "conditions below",
        "guidelines below",
        "criteria in section",
        "criteria of section",
        "table below",
        "following table",
    ];
    let words = lower.trim_end_matches(['.', ':', ' ']);
    AHEAD.iter().any(|phrase| lower.contains(phrase))
        || ["following criteria", "these criteria", "following requirements"].iter().any(|end| words.ends_with(end))
        || ["following criteria are met", "following criteria is met"].iter().any(|end| words.ends_with(end))
}

/// Words by which a statement requires what stands before it.
fn points_back(lower: &str) -> bool {
    ["of the above", "above criteria", "criteria above", "criteria listed above", "of the foregoing"]
        .iter()
        .any(|phrase| lower.contains(phrase))
}

/// So many blocks from its statement a list is looked for.
const FARTHEST: usize = 500;

/// The heads of lists behind a statement, up to the next statement or a section of another kind.
fn ahead(view: &View<'_>, index: usize, said: &[Span]) -> Vec<usize> {
    let document = view.document;
    let own = section(view, &document.blocks[index]);
    let mut heads = Vec::new();
    for at in index + 1..document.blocks.len().min(index + FARTHEST) {
        let block = &document.blocks[at];
        if !is_beside(own, section(view, block)) {
            break;
        }
        match block.role {
            Role::Paragraph | Role::Heading { .. } if ends(view, at, said) => break,
            Role::Paragraph | Role::Heading { .. } | Role::Caption if has_list(view, at) && introduces(view, block) => {
                heads.push(at);
            }
            _ => {}
        }
    }
    heads
}

/// The heads of lists before a statement that no other statement heads, in its own section.
fn back(view: &View<'_>, index: usize, said: &[Span]) -> Vec<usize> {
    let document = view.document;
    let own = document.blocks[index].section;
    let mut heads = Vec::new();
    for at in (index.saturating_sub(FARTHEST)..index).rev() {
        let block = &document.blocks[at];
        if block.section != own {
            break;
        }
        match block.role {
            Role::Paragraph | Role::Heading { .. } if ends(view, at, said) => break,
            Role::Paragraph | Role::Heading { .. } if has_list(view, at) => heads.push(at),
            _ => {}
        }
    }
    heads.reverse();
    heads
}

/// Whether a block is a statement of its own.
fn ends(view: &View<'_>, at: usize, said: &[Span]) -> bool {
    let block = view.document.blocks[at].span;
    statement(view, at, said).is_some() || super::criteria::own(view, block).any(|finding| refuses(finding.category))
}

/// Whether the words of a block introduce criteria: a heading, words that say how many, a colon.
fn introduces(view: &View<'_>, block: &Block) -> bool {
    let words = block.span.of(&view.document.text).trim_end();
    let lower = words.to_lowercase();
    match block.role {
        Role::Heading { .. } => true,
        // The heads of a table's columns: "Age | Criteria".
        Role::Caption => ["criteri", "requirement"].iter().any(|word| lower.contains(word)),
        _ => words.ends_with(':') || connective(words) != Connective::Unstated,
    }
}

/// Whether the next block is an item, or a row behind the heads of columns, that this one heads.
fn has_list(view: &View<'_>, head: usize) -> bool {
    let next = view.document.blocks[head + 1..].iter().find(|block| block.role != Role::Furniture);
    let rows = view.document.blocks[head].role == Role::Caption;
    next.is_some_and(|block| {
        let listed = matches!(block.role, Role::Item { .. }) || rows && block.role == Role::Row;
        listed && block.lead_in == Some(BlockId::new(head))
    })
}

fn section<'a>(view: &View<'a>, block: &Block) -> &'a Section {
    &view.document.sections[block.section.index()]
}

/// Whether a section is the statement's own, within it or beside it, and may hold criteria: codes and references do
/// not.
fn is_beside(own: &Section, other: &Section) -> bool {
    let within = own.span.contains(other.span) || other.parent == own.parent && own.parent.is_some();
    within && matches!(other.tier, None | Some(Tier::Binding | Tier::Guidelines | Tier::Note))
}
