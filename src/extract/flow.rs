//! What every format gives: blocks in reading order with their words, before sections and matching text.

use std::ops::Range;

use crate::document::{LeftOutReason, Role};
use crate::text::Span;

/// A block as a format's reader saw it. `assemble` turns a run of these into a [`crate::document::Document`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FlowBlock {
    /// What it is; `assemble` may make a paragraph a heading or an item by its words.
    pub role: Role,
    /// Its words: wrapped lines joined, hyphens resolved, cells separated by U+0009. No line breaks;
    /// U+000C where a page ends inside.
    pub text: String,
    /// The page on which it begins, from 1; `None` for formats without pages.
    pub page: Option<u32>,
    /// The look of its letters, for headings.
    pub look: Look,
    /// Set for words that do not belong in the matching text.
    pub left_out: Option<LeftOutReason>,
    /// Links in it, in order.
    pub links: Vec<FlowLink>,
}

/// A link within a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FlowLink {
    /// The words that carry it, in bytes of the block's text.
    pub span: Span,
    /// The target as written.
    pub target: String,
}

impl FlowBlock {
    /// A paragraph of these words, its look unknown.
    pub(crate) fn words(text: String, page: Option<u32>) -> FlowBlock {
        FlowBlock { role: Role::Paragraph, text, page, look: Look::default(), left_out: None, links: Vec::new() }
    }

    /// The words in `place` without the blanks around them as a block of the same kind, with the links on them.
    pub(crate) fn part(&self, place: Range<usize>) -> FlowBlock {
        let words = &self.text[place.clone()];
        let text = words.trim().to_owned();
        let start = place.start + (words.len() - words.trim_start().len());
        let links = links_within(&self.links, start..start + text.len());
        FlowBlock { role: self.role, text, page: self.page, look: self.look, left_out: self.left_out, links }
    }

    /// Puts a marker in front of the words.
    pub(crate) fn put_in_front(&mut self, marker: &str) {
        self.text.insert_str(0, marker);
        for link in &mut self.links {
            link.span = link.span.shifted(marker.len());
        }
    }

    /// The page on which it ends.
    pub(crate) fn last_page(&self) -> Option<u32> {
        let breaks = self.text.bytes().filter(|&byte| byte == 0xc).count();
        Some(self.page? + u32::try_from(breaks).expect("pages are limited"))
    }
}

/// The links on the words in `place`, cut to it and counted from its start.
pub(crate) fn links_within(links: &[FlowLink], place: Range<usize>) -> Vec<FlowLink> {
    let within = |link: &FlowLink| {
        let start = link.span.start().max(place.start);
        let end = link.span.end().min(place.end);
        let span = (start < end).then(|| Span::new(start - place.start, end - place.start))?;
        Some(FlowLink { span, target: link.target.clone() })
    };
    links.iter().filter_map(within).collect()
}

/// How a block's letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Size in tenths of a point; 0 unknown.
    pub size: u16,
    /// Bold throughout.
    pub bold: bool,
    /// Distance from the left edge of the text column, in points; 0 unknown.
    pub indent: u16,
    /// Distance to the block above, in tenths of a line; 0 unknown.
    pub gap_above: u16,
    /// Printed lines; 0 unknown.
    pub lines: u16,
}
