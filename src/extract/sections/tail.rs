//! What trails after a history or a list of references without a heading of its own.
//!
//! One lever in seven stands there: notices, mandates, "the contract controls". Such paragraphs become a
//! part of their own, so that no verdict counts on the tier above them.

use super::Part;
use super::agree::{is_change, is_citation, is_dated};
use super::known::{Known, What};
use crate::document::{Block, Role};
use crate::policy::Tier;

/// A shorter paragraph at the end belongs to the entry before it.
const SHORT: usize = 80;

/// Cuts trailing paragraphs off parts of history and references.
pub(super) fn split(text: &str, blocks: &[Block], parts: &mut Vec<Part>) {
    let mut out = Vec::with_capacity(parts.len());
    for part in parts.drain(..) {
        if let Some(cut) = inline_end(text, blocks, &part) {
            let end = part.end;
            out.push(Part { end: cut, ..part });
            out.push(Part { head: None, first: cut, end, trailing: false });
            continue;
        }
        let tier = match part.head.as_ref().and_then(|head| head.known) {
            Some(Known { what: What::Tier(tier), .. }) => Some(tier),
            _ => None,
        };
        let belongs: fn(&str) -> bool = match tier {
            Some(Tier::History) => |block| is_dated(block) || is_change(block),
            Some(Tier::References) => |block| is_citation(block) || starts_with_number(block),
            _ => {
                out.push(part);
                continue;
            }
        };
        let cut = cut(text, blocks, &part, belongs);
        let (end, whole) = (part.end, cut == part.end);
        out.push(Part { end: cut, ..part });
        if !whole {
            out.push(Part { head: None, first: cut, end, trailing: true });
        }
    }
    *parts = out;
}

/// A heading before a colon that is no statement of coverage reaches no further than its paragraph and the
/// list that this introduces: what follows may be anything.
fn inline_end(text: &str, blocks: &[Block], part: &Part) -> Option<usize> {
    let head = part.head.as_ref().filter(|head| head.inline)?;
    let What::Tier(tier) = head.known?.what else { return None };
    if matches!(tier, Tier::Binding | Tier::Guidelines) {
        return None;
    }
    let listed = blocks[part.first].span.of(text).ends_with(':');
    (part.first + 1..part.end).find(|&at| !(listed && matches!(blocks[at].role, Role::Item { .. })))
}

/// Where the trailing paragraphs begin; the part's end where there are none.
fn cut(text: &str, blocks: &[Block], part: &Part, belongs: fn(&str) -> bool) -> usize {
    let body = part.first + 1..part.end;
    // Where nothing belongs the heading's own words were lost, or nothing was printed under it.
    let last = body.clone().rev().find(|&at| belongs(blocks[at].span.of(text))).unwrap_or(part.first);
    let first = (last + 1..part.end).find(|&at| {
        let words = blocks[at].span.of(text);
        blocks[at].role == Role::Paragraph && words.len() >= SHORT && words.ends_with(['.', ':'])
    });
    first.unwrap_or(part.end)
}

fn starts_with_number(block: &str) -> bool {
    block.starts_with(|c: char| c.is_ascii_digit() || c == '[')
}
