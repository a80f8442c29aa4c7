//! Lists that go on: behind a line "OR", a note, a page break, or a marker that lost its stop.

use std::collections::BTreeMap;

use super::assemble::introduces;
use crate::document::{Block, BlockId, Document, Role};
use crate::text::roman;

/// The farthest that an item looks back for the one before it, in blocks.
const FARTHEST: usize = 40;

/// Gives the later items of an interrupted list the lead-in and level of its earlier ones.
///
/// An item goes on with a list when its number or letter follows an earlier item's and nothing between them
/// introduces a list of its own; a bullet, when only a joint or a note stands between.
pub(super) fn lists(document: &mut Document) {
    // An item that moved, and the head that it had before.
    let mut moved: BTreeMap<usize, BlockId> = BTreeMap::new();
    for index in 0..document.blocks.len() {
        unstopped(document, index);
        let Role::Item { level } = document.blocks[index].role else { continue };
        let Some(before) = earlier(document, index, &moved) else { continue };
        let Role::Item { level: wanted } = document.blocks[before].role else { continue };
        if let Some(head) = document.blocks[index].lead_in {
            moved.insert(index, head);
        }
        document.blocks[index].lead_in = document.blocks[before].lead_in;
        document.blocks[index].role = Role::Item { level: wanted };
        nested(&mut document.blocks[index + 1..], level, wanted);
    }
}

/// Makes the paragraphs behind "…:" items whose marks were lost, where two of them at least end in a semicolon.
/// Gives each with its head: a note may stand between.
pub(super) fn unmarked(document: &mut Document) -> Vec<(usize, BlockId)> {
    let mut found = Vec::new();
    for index in 0..document.blocks.len() {
        let words = |block: &Block| block.span.of(&document.text).trim_end();
        let head = &document.blocks[index];
        if head.role != Role::Paragraph || !words(head).ends_with(':') {
            continue;
        }
        let run: Vec<usize> = (index + 1..document.blocks.len())
            .filter(|&at| document.blocks[at].role != Role::Furniture)
            .take_while(|&at| document.blocks[at].role == Role::Paragraph)
            .take(FARTHEST)
            .collect();
        let parted: Vec<usize> = (0..run.len()).filter(|&at| is_parted(words(&document.blocks[run[at]]))).collect();
        let (Some(&last), true) = (parted.last(), parted.len() > 1) else { continue };
        let items: Vec<usize> =
            run.into_iter().take(last + 2).filter(|&at| !is_note(words(&document.blocks[at]))).collect();
        if items.iter().any(|&at| introduces(words(&document.blocks[at]))) {
            continue;
        }
        items.iter().for_each(|&at| document.blocks[at].role = Role::Item { level: 1 });
        found.extend(items.into_iter().map(|at| (at, BlockId::new(index))));
    }
    found
}

/// Whether words end as an item does that is not the last: "…;", "…; or".
fn is_parted(words: &str) -> bool {
    [";", "; or", "; and", "; and/or"].iter().any(|end| words.to_ascii_lowercase().ends_with(end))
}

/// "2 The member …" between "1. …" and "3. …" is an item, too.
fn unstopped(document: &mut Document, index: usize) {
    let words = |block: &Block| block.span.of(&document.text).to_owned();
    let ordinals = |block: &Block| ordinals(marker(document, block));
    let (Some(block), Some(next)) = (document.blocks.get(index), document.blocks.get(index + 1)) else { return };
    let Some(before) = index.checked_sub(1).map(|at| &document.blocks[at]) else { return };
    let own = words(block);
    let Some((number, _)) = own.split_once(' ') else { return };
    let (Role::Item { level }, Role::Paragraph, Role::Item { .. }) = (before.role, block.role, next.role) else {
        return;
    };
    let Ok(number) = number.parse::<u16>() else { return };
    let counted = |block: &Block| ordinals(block).iter().any(|other| matches!(other.style, Style::Digits));
    let value = |block: &Block, wanted: u16| ordinals(block).iter().any(|other| other.value == wanted);
    if !counted(before) || number == 0 || !value(before, number - 1) || !value(next, number + 1) {
        return;
    }
    let lead_in = before.lead_in;
    let block = &mut document.blocks[index];
    block.role = Role::Item { level };
    block.lead_in = lead_in;
    block.marker_len = u32::try_from(own.find(' ').map_or(0, |at| at + 1)).unwrap_or(0);
}

/// The items below one that moved by some levels move with it.
fn nested(blocks: &mut [Block], from: u8, to: u8) {
    for block in blocks {
        match block.role {
            Role::Item { level } if level > from => {
                block.role = Role::Item { level: (level + to).saturating_sub(from).clamp(1, 9) };
            }
            Role::Furniture => {}
            _ => break,
        }
    }
}

/// The item before this one in a list that was interrupted.
///
/// `moved` holds the items that were given to another list, with their heads before that: what shared such a head
/// goes with them.
fn earlier(document: &Document, index: usize, moved: &BTreeMap<usize, BlockId>) -> Option<usize> {
    let block = &document.blocks[index];
    let ordinals = ordinals(marker(document, block));
    let before = document.blocks[..index].iter().enumerate().rev().take(FARTHEST);
    let before = before.take_while(|(_, other)| other.section == block.section);
    if ordinals.is_empty() {
        return bullet(document, index, before);
    }
    let mut apart = false;
    let mut found = None;
    for (at, other) in before {
        let text = other.span.of(&document.text);
        match other.role {
            Role::Item { .. } if follows(&ordinals, marker(document, other)) => {
                if other.lead_in == block.lead_in {
                    return None;
                }
                let went = moved.get(&at).is_some_and(|head| Some(*head) == block.lead_in);
                let broken = apart || went || other.lead_in.is_some_and(|id| is_item(document, id));
                found = found.or(broken.then_some(at));
            }
            Role::Item { .. } | Role::Furniture | Role::Footnote => {}
            _ if is_joint(text) => apart = true,
            Role::Heading { .. } | Role::Caption => break,
            _ if introduces(text) || text.to_lowercase().starts_with("the following") => break,
            _ => apart = true,
        }
    }
    found
}

/// A bullet behind a joint or a note: the first item with that bullet before it.
fn bullet<'a>(
    document: &Document,
    index: usize,
    mut before: impl Iterator<Item = (usize, &'a Block)>,
) -> Option<usize> {
    let first = |block: &Block| block.span.of(&document.text).chars().next();
    let mut apart = false;
    let own = first(&document.blocks[index]);
    let (at, last) = before.find(|(_, other)| {
        let text = other.span.of(&document.text);
        let passed = other.role == Role::Furniture || is_joint(text) || is_note(text) && !introduces(text);
        apart |= passed && other.role != Role::Furniture;
        !passed
    })?;
    if !apart || !matches!(last.role, Role::Item { .. }) {
        return None;
    }
    let mut same: Vec<usize> = Vec::new();
    for at in (0..=at).rev().take(FARTHEST) {
        match document.blocks[at].role {
            Role::Item { .. } if first(&document.blocks[at]) == own => same.push(at),
            Role::Item { .. } | Role::Furniture => {}
            _ => break,
        }
    }
    let level = |at: &usize| match document.blocks[*at].role {
        Role::Item { level } => level,
        _ => 9,
    };
    same.into_iter().min_by_key(level)
}

fn is_item(document: &Document, id: BlockId) -> bool {
    matches!(document.block(id).role, Role::Item { .. })
}

/// A line that is no more than "and" or "or".
fn is_joint(words: &str) -> bool {
    let words = words.trim_matches(|c: char| !c.is_alphabetic());
    ["and", "or", "and/or"].iter().any(|joint| words.eq_ignore_ascii_case(joint))
}

fn is_note(words: &str) -> bool {
    let start = words.trim_start_matches(|c: char| !c.is_alphabetic());
    start.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("note"))
}

/// How an ordinal is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Digits,
    Lower,
    Upper,
    LowerRoman,
    UpperRoman,
}

/// What a marker counts: its style, its marks and its value.
struct Ordinal {
    style: Style,
    /// Whether a bracket opens it, and what closes it, if anything.
    marks: (bool, Option<char>),
    value: u16,
}

/// An item's marker, blanks left out.
fn marker<'d>(document: &'d Document, block: &Block) -> &'d str {
    block.span.of(&document.text).get(..block.marker_len as usize).unwrap_or_default().trim()
}

/// The readings of a marker; "i." is a letter and a number.
fn ordinals(marker: &str) -> Vec<Ordinal> {
    let open = marker.starts_with('(');
    let core = marker.trim_start_matches('(').trim_end_matches([')', '.']);
    if core.is_empty() || !core.bytes().all(|byte| byte.is_ascii_alphanumeric()) || marker == "o" {
        return Vec::new();
    }
    let last = marker.chars().last().filter(|c| !c.is_alphanumeric());
    let reading = |style, value| Ordinal { style, marks: (open, last), value };
    let mut found = Vec::new();
    if let Ok(value) = core.parse() {
        found.push(reading(Style::Digits, value));
    }
    let byte = core.as_bytes()[0];
    if core.len() == 1 && byte.is_ascii_lowercase() {
        found.push(reading(Style::Lower, u16::from(byte - b'a') + 1));
    }
    if core.len() == 1 && byte.is_ascii_uppercase() {
        found.push(reading(Style::Upper, u16::from(byte - b'A') + 1));
    }
    if let Some(value) = roman(core) {
        let style = if byte.is_ascii_lowercase() { Style::LowerRoman } else { Style::UpperRoman };
        found.push(reading(style, value));
    }
    found
}

/// Whether a marker is the one before any of `ordinals`; one that lost its mark goes with any.
fn follows(ordinals: &[Ordinal], marker: &str) -> bool {
    let before = self::ordinals(marker);
    let alike = |own: &Ordinal, other: &Ordinal| own.marks == other.marks || other.marks.1.is_none();
    ordinals.iter().any(|own| {
        before.iter().any(|other| other.style == own.style && alike(own, other) && other.value + 1 == own.value)
    })
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockId, Document, Role};
    use crate::extract::{Limits, extract};

    /// The lead-in of the block that begins with `start`, as its first word, and its level.
    fn head<'d>(document: &'d Document, start: &str) -> (&'d str, u8) {
        let words = |id: BlockId| document.block(id).span.of(&document.text);
        let block = document.blocks.iter().find(|block| block.span.of(&document.text).starts_with(start));
        let block = block.expect("the block is there");
        let Role::Item { level } = block.role else { panic!("{start} is no item: {:?}", block.role) };
        (block.lead_in.map_or("", words).split(' ').next().unwrap_or_default(), level)
    }

    #[test]
    fn a_list_goes_on_behind_a_joint_a_note_and_a_marker_without_its_stop() {
        let text = "Gel may be covered when all are met:\n\n  A. The member has:\n    1. gout AND\n    2 pain AND\n    3. a scan\n\n\
                    OR\n\n  B. The member has rust\n\nAND\n\n  C. The member is old\n\nNote: Old is over nine.\n\n  D. The member asks\n\n\
                    The following are not covered:\n\n  E. wax\n";
        let document = extract(text.as_bytes(), &Limits::default()).expect("it is text");
        assert_eq!(head(&document, "2 pain").0, "A.");
        assert_eq!(head(&document, "3. a scan").0, "A.");
        for start in ["B. The", "C. The", "D. The"] {
            assert_eq!(head(&document, start), ("Gel", 1), "{start}");
        }
        assert_eq!(head(&document, "E. wax").0, "The");
    }

    #[test]
    fn what_follows_an_item_that_went_to_the_earlier_list_goes_with_it() {
        let text = "Alder covers the following:\n\nA. gel;\n\nWax is not covered for this use.\n\nB. foam;\nC. fat;\nD. rust.\n";
        let document = extract(text.as_bytes(), &Limits::default()).expect("it is text");
        for start in ["B. foam", "C. fat", "D. rust"] {
            assert_eq!(head(&document, start), ("Alder", 1), "{start}");
        }
    }

    #[test]
    fn paragraphs_behind_a_colon_that_end_in_semicolons_are_items() {
        let text = "Alder considers the following unproven:\n\nGel grafts for gout;\n\nNote: Gel is soft.\n\nFoam injections;\n\n\
                    Wax.\n";
        let document = extract(text.as_bytes(), &Limits::default()).expect("it is text");
        for start in ["Gel", "Foam inj", "Wax"] {
            assert_eq!(head(&document, start), ("Alder", 1), "{start}");
        }
    }
}
