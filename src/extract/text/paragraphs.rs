//! Lines to paragraphs, items and rows.

use super::block;
use super::lines::{Copy, Layout, Line, layout};
use crate::document::{LeftOutReason, Role};
use crate::extract::flow::FlowBlock;
use crate::extract::markers::marker_len;
use crate::extract::sections;

/// The blocks of a text's lines.
pub(super) fn paragraphs(lines: &[Line]) -> Vec<FlowBlock> {
    let mut gather = Gather {
        layout: layout(lines),
        out: Vec::new(),
        open: None,
        indents: Vec::new(),
        listing: Listing::No,
        held: Vec::new(),
    };
    let mut blank = true;
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() {
            blank = true;
        } else if let Some(copy) = line.furniture {
            gather.furniture(line, copy);
        } else {
            let next_blank = lines.get(at + 1).is_none_or(Line::is_blank);
            gather.line(line, blank, next_blank);
            blank = false;
        }
    }
    gather.end();
    gather.out
}

/// Whether unmarked lines are being read as the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listing {
    /// No.
    No,
    /// A lead-in was just read.
    Headed,
    /// Yes.
    Yes,
}

/// A block being gathered.
#[derive(Debug)]
struct Open {
    made: FlowBlock,
    /// The last line of it.
    last: Line,
}

/// The state of reading.
#[derive(Debug)]
struct Gather {
    layout: Layout,
    out: Vec<FlowBlock>,
    open: Option<Open>,
    /// Indents of the open list's levels.
    indents: Vec<usize>,
    listing: Listing,
    /// Furniture met inside the open block.
    held: Vec<FlowBlock>,
}

impl Gather {
    /// Furniture: a block of its own after the one that it interrupts.
    fn furniture(&mut self, line: &Line, copy: Copy) {
        let mut made = block(Role::Furniture, line.text.clone(), line);
        made.left_out = (copy == Copy::Later).then_some(LeftOutReason::RepeatedFurniture);
        if self.open.is_some() { self.held.push(made) } else { self.out.push(made) }
    }

    /// A line of words.
    fn line(&mut self, line: &Line, after_blank: bool, before_blank: bool) {
        let interrupted = !self.held.is_empty();
        if let Some(open) = &mut self.open
            && goes_on(self.layout, &open.last, line, after_blank, interrupted)
        {
            let glued = cut_inside_word(self.layout, &open.last, line);
            if !glued {
                open.made.text.push(' ');
            }
            join(&mut open.made.text, &line.text, glued);
            open.last = line.clone();
            return;
        }
        self.end();
        let role = self.role(line, after_blank, before_blank);
        self.open = Some(Open { made: block(role, line.text.clone(), line), last: line.clone() });
    }

    /// What a line begins.
    fn role(&mut self, line: &Line, after_blank: bool, before_blank: bool) -> Role {
        if marker_len(&line.text) > 0 && !line.text.contains('\t') {
            self.listing = Listing::No;
            return Role::Item { level: self.level(line.indent) };
        }
        self.indents.clear();
        if line.text.contains('\t') {
            self.listing = Listing::No;
            return Role::Row;
        }
        self.unmarked(line, after_blank, before_blank)
    }

    /// Lines without markers after a lead-in, as pages are captured: a run without blank lines is a list.
    fn unmarked(&mut self, line: &Line, after_blank: bool, before_blank: bool) -> Role {
        if self.layout != Layout::Lines || sections::is_heading_words(&line.text) {
            self.listing = Listing::No;
            return Role::Paragraph;
        }
        let listed = line.text.ends_with([';', ','])
            || [" and", " or", ";and", ";or"].iter().any(|end| line.text.ends_with(end));
        let leads = line.text.ends_with(':');
        let alone = after_blank && before_blank;
        let is_item = match self.listing {
            Listing::Headed => listed || !alone,
            Listing::Yes => listed || !after_blank,
            Listing::No => listed && !alone,
        };
        self.listing = match (is_item, leads) {
            (true, _) => Listing::Yes,
            (false, true) => Listing::Headed,
            (false, false) => Listing::No,
        };
        if is_item { Role::Item { level: 1 } } else { Role::Paragraph }
    }

    /// The level of an item by its indent.
    fn level(&mut self, indent: usize) -> u8 {
        while self.indents.last().is_some_and(|&last| last > indent + 1) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|&last| indent > last + 1) {
            self.indents.push(indent);
        }
        u8::try_from(self.indents.len()).unwrap_or(u8::MAX)
    }

    /// Ends the open block.
    fn end(&mut self) {
        if let Some(open) = self.open.take() {
            let leads = open.made.text.ends_with(':') && open.made.role == Role::Paragraph;
            if leads && self.listing == Listing::No {
                self.listing = Listing::Headed;
            }
            self.out.push(open.made);
        }
        self.out.append(&mut self.held);
    }
}

/// Whether `next` belongs to the block that `last` is the last line of.
fn goes_on(layout: Layout, last: &Line, next: &Line, parted: bool, interrupted: bool) -> bool {
    let Layout::Wrapped { width, .. } = layout else { return false };
    if marker_len(&next.text) > 0 || next.text.contains('\t') || last.text.contains('\t') {
        return false;
    }
    let ended = last.text.ends_with(['.', ':', ';', '!', '?']);
    let lower = next.text.chars().next().is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ')' | '®' | '™' | '©'));
    let first_word = next.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    // The next word would not have fitted: the line was broken for want of room.
    let full = last.width + 1 + first_word > width;
    if sections::is_heading_words(&last.text) || sections::is_heading_words(&next.text) && !lower {
        return false;
    }
    let mid_sentence = lower && !ended;
    if parted || interrupted {
        return mid_sentence && (full || interrupted || last.page != next.page);
    }
    full || mid_sentence
}

/// Whether a line was cut inside a word: lines that end between words end in a blank in this text.
fn cut_inside_word(layout: Layout, last: &Line, next: &Line) -> bool {
    let open_ends = matches!(layout, Layout::Wrapped { open_ends: true, .. });
    let letters = last.text.ends_with(char::is_alphabetic) && next.text.starts_with(char::is_lowercase);
    let sign = next.text.starts_with(['®', '™', '©', ',', '.', ';', ')']);
    open_ends && !last.open_end && !next.open_start && letters || sign
}

/// Adds a line, a hyphen at the line's end resolved.
fn join(text: &mut String, next: &str, glued: bool) {
    let trimmed = text.trim_end();
    let hyphened = !glued && trimmed.ends_with('-') && next.starts_with(char::is_lowercase);
    if hyphened {
        let kept = trimmed.len();
        text.truncate(kept);
    }
    text.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::super::blocks;

    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = blocks(text)
            .iter()
            .map(|block| {
                let level = block.role.level().map_or(String::new(), |level| level.to_string());
                let out = if block.left_out.is_some() { "-" } else { "" };
                format!("{out}{}{level}: {}", block.role.as_str(), block.text.replace('\t', " | "))
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn wrapped_lines_join_and_short_lines_stay() {
        check(
            "RIVER HEALTH\nPolicy 7\n\nWe regard the marrow injection of the knee as\ninvestigational, since no trial has followed its\npatients for long enough to tell. It is not\ncovered.\n\nThe end of the text stands on a line of its own.\n",
            &[
                "paragraph: RIVER HEALTH",
                "paragraph: Policy 7",
                "paragraph: We regard the marrow injection of the knee as investigational, since no trial has followed its patients for long enough to tell. It is not covered.",
                "paragraph: The end of the text stands on a line of its own.",
            ],
        );
    }

    #[test]
    fn items_have_levels_by_their_indent() {
        check(
            "All of these must be true of the member now:\n  1. An age of eighteen years or more, and\n  2. Either of the following is written down:\n     a) pain for half a year or more, or\n     b) a fall in the use of the joint\n",
            &[
                "paragraph: All of these must be true of the member now:",
                "item1: 1. An age of eighteen years or more, and",
                "item1: 2. Either of the following is written down:",
                "item2: a) pain for half a year or more, or",
                "item2: b) a fall in the use of the joint",
            ],
        );
    }

    #[test]
    fn columns_are_rows() {
        check(
            "Number:     RP-1\nEffective:  May 2025\nNothing else stands here.\nAnd so on.",
            &[
                "row: Number: | RP-1",
                "paragraph: Effective: May 2025",
                "paragraph: Nothing else stands here.",
                "paragraph: And so on.",
            ],
        );
    }

    #[test]
    fn captured_pages_list_their_items_line_by_line() {
        let long = "x".repeat(220);
        check(
            &format!("{long}\n\nCovered for any of:\n\nfirst use;\nsecond use\n\nAfter the list.\n\nLast."),
            &[
                &format!("paragraph: {long}"),
                "paragraph: Covered for any of:",
                "item1: first use;",
                "item1: second use",
                "paragraph: After the list.",
                "paragraph: Last.",
            ],
        );
    }

    #[test]
    fn furniture_inside_a_sentence_does_not_cut_it() {
        let gels = ["calm", "dark", "pale", "warm"];
        let sentence = |gel: &str| format!("The {gel} gel of the {gel} kind is seen by us as\n");
        let end = |gel: &str| format!("unproven for the {gel} joint and for the knee at this time.\nA {gel} line.\n");
        let pages = gels
            .iter()
            .enumerate()
            .map(|(n, gel)| format!("{}River Health\nPage {} of 4\n{}", sentence(gel), n + 1, end(gel)));
        let made = blocks(&pages.collect::<String>());
        let joined =
            "The dark gel of the dark kind is seen by us as unproven for the dark joint and for the knee at this time.";
        assert!(made.iter().any(|block| block.text == joined && block.left_out.is_none()), "{made:#?}");
        let copies: Vec<bool> =
            made.iter().filter(|b| b.text == "River Health").map(|b| b.left_out.is_some()).collect();
        assert_eq!(copies, [false, true, true, true]);
    }

    #[test]
    fn words_cut_at_a_line_end_are_whole_again() {
        check(
            "The members of the plan may ask for a copy \nof the criteria that the plan has used in the \ncase, and the plan must then send that co\npy to them within thirty days of the letter. \n",
            &[
                "paragraph: The members of the plan may ask for a copy of the criteria that the plan has used in the case, and the plan must then send that copy to them within thirty days of the letter.",
            ],
        );
    }

    #[test]
    fn form_feeds_part_pages() {
        let made = blocks("One.\u{c}Two.");
        assert_eq!(made.iter().map(|block| block.page).collect::<Vec<_>>(), [Some(1), Some(2)]);
    }
}
