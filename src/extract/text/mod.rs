//! Plain text to flow blocks: a file of wrapped lines, a page captured line by line, or a page on one line.
//!
//! Which of them it is shows in the lines themselves. Lines are joined only where they were clearly
//! wrapped; a wrong join glues two statements together, a missed one only cuts a sentence in two.

mod furniture;
mod lines;
mod paragraphs;

use super::charset;
use super::flow::{FlowBlock, Look};
use crate::document::{ExtractIssue, Role};

/// Reads a text file.
pub(super) fn read(bytes: &[u8]) -> (Vec<FlowBlock>, Vec<ExtractIssue>) {
    let decoded = charset::decode(bytes, None);
    (super::flattened::split(blocks(&decoded.text)), decoded.issue.into_iter().collect())
}

/// The blocks of a text. Form feeds part pages, where there are any.
pub(super) fn blocks(text: &str) -> Vec<FlowBlock> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let paged = pages.iter().filter(|page| !page.trim().is_empty()).count() > 1;
    let mut all = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let number = u32::try_from(index + 1).ok().filter(|_| paged);
        all.extend(page.split('\n').map(|line| lines::Line::new(line, number)));
    }
    furniture::mark(&mut all);
    paragraphs::paragraphs(&all)
}

/// A block of a text.
fn block(role: Role, text: String, line: &lines::Line) -> FlowBlock {
    let indent = u16::try_from(line.indent * 6).unwrap_or(u16::MAX);
    FlowBlock { role, look: Look { indent, ..Look::default() }, ..FlowBlock::words(text, line.page) }
}
