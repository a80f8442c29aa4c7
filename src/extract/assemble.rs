//! Blocks of any format to a [`Document`]: matching text, spans, pages, list items with their lead-ins.

use super::flow::{FlowBlock, Look, links_within};
use super::{ExtractError, Limits, continued, markers, metadata, sections};
use crate::document::{Block, BlockId, Document, LeftOut, Link, Page, Role, SectionId};
use crate::policy::MediaType;
use crate::text::Span;

/// Builds the document.
///
/// `labels` holds one entry for each page and is empty for formats without pages.
///
/// # Errors
/// When the text is over the limit.
pub(crate) fn assemble(
    media_type: MediaType,
    extractor: &'static str,
    labels: Vec<Option<String>>,
    flow: Vec<FlowBlock>,
    limits: &Limits,
) -> Result<Document, ExtractError> {
    let mut document = Document::empty(media_type, extractor);
    let mut builder = Builder { document: &mut document, looks: Vec::new(), starts: vec![0] };
    let paged = !labels.is_empty();
    for block in flow {
        builder.add(&block, paged);
        if builder.document.text.len() > limits.max_text_bytes {
            return Err(limits.too_much_text());
        }
    }
    let looks = builder.finish(labels);
    headings(&mut document, &looks);
    items(&mut document, &looks);
    sections::find(&mut document, &looks);
    let unmarked = continued::unmarked(&mut document);
    lead_ins(&mut document);
    unmarked.into_iter().for_each(|(item, head)| document.blocks[item].lead_in = Some(head));
    continued::lists(&mut document);
    metadata::read(&mut document);
    Ok(document)
}

struct Builder<'d> {
    document: &'d mut Document,
    looks: Vec<Look>,
    /// Where each page begins in the matching text.
    starts: Vec<usize>,
}

impl Builder<'_> {
    fn add(&mut self, block: &FlowBlock, paged: bool) {
        let words = block.text.trim_matches(|c: char| c.is_whitespace() && c != '\u{c}');
        if words.is_empty() {
            return;
        }
        if let Some(reason) = block.left_out {
            self.document.left_out.push(LeftOut { text: words.to_owned(), page: block.page, reason });
            return;
        }
        while paged && block.page.is_some_and(|page| page as usize > self.starts.len()) {
            self.document.text.push('\u{c}');
            self.starts.push(self.document.text.len());
        }
        let start = self.document.text.len();
        self.document.text.push_str(words);
        if paged {
            let breaks = words.bytes().enumerate().filter(|&(_, byte)| byte == 0xc).map(|(at, _)| start + at + 1);
            self.starts.extend(breaks);
        }
        let span = Span::new(start, self.document.text.len());
        self.document.text.push('\n');
        let cut = block.text.find(words).unwrap_or(0);
        let links = links_within(&block.links, cut..cut + words.len()).into_iter();
        let links = links.map(|link| Link { span: link.span.shifted(start), target: link.target }).collect();
        self.document.blocks.push(Block { role: block.role, links, ..Block::paragraph(span, SectionId::new(0)) });
        self.looks.push(block.look);
    }

    fn finish(mut self, labels: Vec<Option<String>>) -> Vec<Look> {
        while self.starts.len() < labels.len() {
            self.document.text.push('\u{c}');
            self.starts.push(self.document.text.len());
        }
        let end = self.document.text.len();
        let ends = self.starts.iter().skip(1).map(|&start| start - 1).chain(std::iter::once(end));
        let spans: Vec<Span> = self.starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end)).collect();
        self.document.pages = spans.into_iter().zip(labels).map(|(span, label)| Page { span, label }).collect();
        self.looks
    }
}

/// The longest heading, in bytes.
const LONGEST_HEADING: usize = 140;

/// Makes paragraphs headings that are set larger than the body, or bold and short.
fn headings(document: &mut Document, looks: &[Look]) {
    let body = body_size(document, looks);
    let mut sizes: Vec<u16> = looks.iter().map(|look| look.size).filter(|&size| size > body + body / 12).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    for (block, look) in document.blocks.iter_mut().zip(looks) {
        let words = block.span.of(&document.text);
        if block.role != Role::Paragraph || look.size == 0 || words.len() > LONGEST_HEADING || look.lines > 3 {
            continue;
        }
        let open = !words.ends_with(['.', ';', ',']) && words.chars().any(char::is_alphabetic);
        let larger = sizes.iter().position(|&size| size == look.size);
        let level = match larger {
            Some(rank) => rank.min(4) + 1,
            None if look.bold => sizes.len().min(4) + 2,
            None => continue,
        };
        if open {
            block.role = Role::Heading { level: u8::try_from(level).expect("levels are few") };
        }
    }
}

/// The size in which most letters are set.
fn body_size(document: &Document, looks: &[Look]) -> u16 {
    let mut letters: Vec<(u16, usize)> = Vec::new();
    for (block, look) in document.blocks.iter().zip(looks) {
        match letters.iter_mut().find(|(size, _)| *size == look.size) {
            Some((_, count)) => *count += block.span.len(),
            None => letters.push((look.size, block.span.len())),
        }
    }
    letters.into_iter().max_by_key(|&(_, count)| count).map_or(0, |(size, _)| size)
}

/// Makes paragraphs with markers items, and finds the level of every item by its indent.
fn items(document: &mut Document, looks: &[Look]) {
    let mut open: Vec<(u16, bool)> = Vec::new();
    for (block, look) in document.blocks.iter_mut().zip(looks) {
        let words = block.span.of(&document.text);
        let marker = markers::marker_len(words);
        match block.role {
            Role::Paragraph if marker > 0 => {
                let indent = (look.indent, markers::is_bullet(words));
                let level = level(&mut open, indent);
                block.role = Role::Item { level };
                block.marker_len = u32::try_from(marker).expect("markers are short");
            }
            Role::Item { .. } => block.marker_len = u32::try_from(marker).expect("markers are short"),
            // A paragraph as deep as an item goes on with it.
            Role::Paragraph if open.last().is_some_and(|last| look.indent > last.0 + 2) => {}
            Role::Furniture => {}
            _ => open.clear(),
        }
    }
}

/// The level of an item: deeper where it is indented further, or where another kind of marker stands as deep.
fn level(open: &mut Vec<(u16, bool)>, (indent, bullet): (u16, bool)) -> u8 {
    while open.last().is_some_and(|last| last.0 > indent + 3) {
        open.pop();
    }
    let same = open.iter().position(|other| other.0.abs_diff(indent) <= 3 && other.1 == bullet);
    match same {
        Some(at) => open.truncate(at + 1),
        None => open.push((indent, bullet)),
    }
    u8::try_from(open.len().min(9)).expect("nine levels")
}

/// Links items and rows to the words that head them.
///
/// An item belongs to the nearest item of a lower level or, at the outermost level, to the paragraph or heading
/// in front of the list; a row to the caption or the paragraph in front of the table.
fn lead_ins(document: &mut Document) {
    let mut heads: Vec<Option<BlockId>> = vec![None; 10];
    let mut caption = None;
    for index in 0..document.blocks.len() {
        let id = BlockId::new(index);
        let block = &document.blocks[index];
        match block.role {
            Role::Furniture | Role::Footnote => {}
            Role::Caption => caption = Some(id),
            Role::Heading { .. } | Role::Paragraph => {
                heads.fill(None);
                heads[0] = Some(id);
                let introduces = block.role != Role::Paragraph || introduces(block.span.of(&document.text));
                caption = introduces.then_some(id).or(caption);
            }
            Role::Item { level } => {
                let level = usize::from(level.clamp(1, 9));
                let head = heads[..level].iter().rev().find_map(|head| *head);
                heads[level] = Some(id);
                heads[level + 1..].fill(None);
                // Behind items in a cell the table goes on.
                if !heads[0].is_some_and(|head| document.block(head).role == Role::Row) {
                    caption = Some(id);
                }
                document.blocks[index].lead_in = head;
            }
            Role::Row => {
                let is_row = |head: BlockId| document.block(head).role == Role::Row;
                let opens = opens_items(block.span.of(&document.text));
                // A row without a colon ends what an earlier row headed.
                if opens || heads[0].is_some_and(is_row) {
                    heads.fill(None);
                    heads[0] = opens.then_some(id);
                }
                document.blocks[index].lead_in = caption;
            }
        }
    }
}

/// Whether a row heads the items below it: "Not covered: | All charges", or a cell that ends in a colon.
fn opens_items(row: &str) -> bool {
    let row = row.trim_end();
    let cell = row.split('\t').next().unwrap_or_default().trim_end().to_lowercase();
    row.ends_with(':') || cell.ends_with(':') && ["cover", "exclu"].iter().any(|word| cell.contains(word))
}

/// Whether words introduce what follows.
pub(super) fn introduces(words: &str) -> bool {
    let words = words.trim_end_matches(['.', ' ']);
    words.ends_with(':') || ["following", "below", "listed"].iter().any(|end| words.ends_with(end))
}
