//! The walk over a page's tree: elements open and close blocks, words gather in between.
//!
//! The walk keeps its own stack, so that hostile nesting costs memory and never the call stack.

use std::ops::Range;

use scraper::{ElementRef, Html, Node};

use super::block;
use super::chrome::{is_chrome, letters};
use super::element::{Kind, kind, struck_classes};
use super::inline::{Inline, Piece, Style};
use super::lists::Lists;
use super::tables::{RowInMaking, is_layout, is_long_list, is_short};
use crate::document::{LeftOutReason, Role};
use crate::extract::flow::FlowBlock;
use crate::extract::{sections, text};

/// The blocks of a page in reading order.
pub(super) fn blocks(page: &Html) -> Vec<FlowBlock> {
    let root = page.root_element();
    let mut walk = Walk { letters: letters(root), struck_classes: struck_classes(page), ..Walk::default() };
    let mut at = *root;
    loop {
        let entered = match at.value() {
            Node::Text(words) => {
                walk.words(words);
                false
            }
            Node::Element(_) => walk.open(ElementRef::wrap(at).expect("the node is an element")),
            _ => false,
        };
        if entered && let Some(child) = at.first_child() {
            at = child;
            continue;
        }
        if entered {
            walk.close();
        }
        loop {
            if at == *root {
                walk.flush();
                return walk.out;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            at = at.parent().expect("every node but the root has a parent");
            walk.close();
        }
    }
}

/// An open element.
#[derive(Debug)]
struct Frame {
    kind: Kind,
    chrome: bool,
    /// What the cell state was before a list was taken out of its row.
    leaves_cell: bool,
    /// For tables and lists of terms: whether their rows are data.
    data: bool,
    /// A link within the page.
    inner: bool,
}

/// The state of the walk.
#[derive(Debug, Default)]
struct Walk {
    out: Vec<FlowBlock>,
    letters: usize,
    /// Classes whose words the page's own styles strike through.
    struck_classes: Vec<String>,
    frames: Vec<Frame>,
    inline: Inline,
    struck: Inline,
    lists: Lists,
    row: Option<RowInMaking>,
    in_cell: bool,
    raw: Option<String>,
    chrome_depth: usize,
    struck_depth: usize,
    bold_depth: usize,
    inner_depth: usize,
    heading: Option<u8>,
    in_caption: bool,
}

impl Walk {
    /// Words of the page.
    fn words(&mut self, words: &str) {
        if let Some(raw) = &mut self.raw {
            raw.push_str(words);
            return;
        }
        let style = Style { bold: self.bold_depth > 0, inner: self.inner_depth > 0 };
        let target = if self.struck_depth > 0 { &mut self.struck } else { &mut self.inline };
        target.push(words, style);
    }

    /// Opens an element; `false` when what stands in it is not to be walked.
    fn open(&mut self, element: ElementRef<'_>) -> bool {
        let value = element.value();
        let is_struck = || value.classes().any(|class| self.struck_classes.iter().any(|struck| struck == class));
        let kind = match kind(value) {
            Kind::Inline | Kind::Bold | Kind::Block if is_struck() => Kind::Struck,
            kind => kind,
        };
        match kind {
            Kind::Dropped => return false,
            Kind::Title | Kind::NoScript => {
                self.aside(element);
                return false;
            }
            Kind::Break => {
                if let Some(raw) = &mut self.raw {
                    raw.push('\n');
                }
                if self.in_cell {
                    self.inline.gap();
                } else {
                    self.inline.line_break();
                }
                return false;
            }
            Kind::Box => {
                if matches!(value.attr("type"), Some("checkbox" | "radio")) {
                    self.words(if value.attr("checked").is_some() { " ☒ " } else { " ☐ " });
                }
                return false;
            }
            _ => {}
        }
        let chrome = self.chrome_depth == 0 && is_chrome(element, self.letters);
        let mut frame = Frame { kind, chrome, leaves_cell: false, data: false, inner: false };
        if chrome {
            self.flush();
            self.chrome_depth += 1;
        }
        self.begin(element, &mut frame);
        self.frames.push(frame);
        true
    }

    /// What opening an element changes.
    fn begin(&mut self, element: ElementRef<'_>, frame: &mut Frame) {
        match frame.kind {
            Kind::Inline => {}
            Kind::Bold => self.bold_depth += 1,
            Kind::Struck => self.struck_depth += 1,
            Kind::Link => {
                let target = element.value().attr("href").unwrap_or_default();
                frame.inner = target.starts_with('#');
                self.inner_depth += usize::from(frame.inner);
                if !target.is_empty() && !frame.inner && !target.starts_with("javascript:") {
                    self.inline.open_link(target);
                }
            }
            Kind::Table | Kind::Terms => {
                self.border();
                let nested = self.row.is_some();
                frame.data = !nested && if frame.kind == Kind::Table { !is_layout(element) } else { is_short(element) };
                if frame.data && frame.kind == Kind::Terms {
                    self.row = Some(RowInMaking::new(false));
                }
            }
            Kind::Row if self.in_data() => {
                let in_head =
                    self.frames.iter().rev().find(|f| f.kind != Kind::Block).is_some_and(|f| f.kind == Kind::TableHead);
                self.row = Some(RowInMaking::new(in_head));
            }
            Kind::Cell(_) | Kind::Term | Kind::Meaning if self.row.is_some() => {
                if frame.kind == Kind::Term && self.row.as_ref().is_some_and(|row| row.len() > 1) {
                    self.end_row();
                }
                self.flush();
                self.in_cell = true;
            }
            Kind::List => {
                frame.leaves_cell = self.in_cell && (self.inline.introduces() || is_long_list(element));
                if frame.leaves_cell {
                    self.end_cell(false);
                    self.end_row();
                }
                self.border();
                self.lists.open(element.value());
            }
            Kind::Item => {
                self.border();
                self.lists.item(element.value());
                if self.in_cell
                    && let Some(marker) = self.lists.take_marker("")
                {
                    self.words(&marker);
                }
            }
            Kind::Heading(level) => {
                self.border();
                self.heading = Some(level);
            }
            Kind::Caption => {
                self.border();
                self.in_caption = true;
            }
            Kind::Preformatted => {
                self.border();
                self.raw = Some(String::new());
            }
            Kind::Fold | Kind::Term => {
                self.border();
                self.bold_depth += 1;
            }
            _ => self.border(),
        }
    }

    /// Closes the innermost element.
    fn close(&mut self) {
        let frame = self.frames.pop().expect("elements close after they open");
        match frame.kind {
            Kind::Inline => {}
            Kind::Bold => self.bold_depth -= 1,
            Kind::Struck => {
                self.struck_depth -= 1;
                self.struck.gap();
            }
            Kind::Link => {
                self.inner_depth -= usize::from(frame.inner);
                self.inline.close_link();
            }
            Kind::Cell(is_head) if self.row.is_some() => self.end_cell(is_head),
            Kind::Term | Kind::Meaning if self.row.is_some() => self.end_cell(false),
            Kind::Row | Kind::Table | Kind::Terms if frame.kind == Kind::Row || frame.data => {
                self.flush();
                self.end_row();
                if frame.kind != Kind::Table || frame.data {
                    self.row = None;
                }
            }
            Kind::List => {
                self.border();
                self.lists.close();
                self.in_cell |= frame.leaves_cell;
            }
            Kind::Heading(_) => {
                self.border();
                self.heading = None;
            }
            Kind::Caption => {
                self.border();
                self.in_caption = false;
            }
            Kind::Preformatted => self.end_raw(),
            Kind::Fold | Kind::Term => {
                self.border();
                self.bold_depth -= 1;
            }
            _ => self.border(),
        }
        if frame.chrome {
            self.flush();
            self.chrome_depth -= 1;
        }
    }

    /// Whether the innermost table shows data.
    fn in_data(&self) -> bool {
        self.frames
            .iter()
            .rev()
            .find(|frame| matches!(frame.kind, Kind::Table | Kind::Terms))
            .is_some_and(|table| table.data)
    }

    /// The end of a block; inside a cell only a gap.
    fn border(&mut self) {
        if self.in_cell { self.inline.gap() } else { self.flush() }
    }

    /// Puts the gathered words into the row as a cell.
    fn end_cell(&mut self, is_head: bool) {
        let cell = self.inline.take_line();
        if let Some(row) = &mut self.row {
            row.push(cell, is_head);
        }
        self.in_cell = false;
        self.end_struck();
    }

    /// Gives out the row so far.
    fn end_row(&mut self) {
        let made = self.row.as_mut().and_then(RowInMaking::take);
        if let Some(made) = made {
            self.give(made);
        }
    }

    /// Gives out the lines of a preformatted part, read as plain text is.
    fn end_raw(&mut self) {
        let raw = self.raw.take().unwrap_or_default();
        if self.in_cell {
            self.words(&raw);
            return;
        }
        for made in text::blocks(&raw) {
            self.give(made);
        }
    }

    /// Title and words for readers without scripts: furniture, so that they head no section.
    fn aside(&mut self, element: ElementRef<'_>) {
        let mut inline = Inline::default();
        let raw: String = element.text().collect();
        let words = if raw.contains('<') { Html::parse_fragment(&raw).root_element().text().collect() } else { raw };
        inline.push(&words, Style::default());
        let (text, ..) = inline.take_line();
        if !text.is_empty() {
            self.flush();
            self.out.push(block(Role::Furniture, text, false));
        }
    }

    /// Gives out the gathered words as blocks.
    fn flush(&mut self) {
        for piece in self.inline.take_pieces(self.heading.is_some() || self.in_caption) {
            let marker = self.lists.take_marker(&piece.text);
            let role = match (&marker, self.heading) {
                (_, Some(level)) => Role::Heading { level },
                (Some(_), None) => Role::Item { level: self.lists.level() },
                (None, None) if self.in_caption => Role::Caption,
                (None, None) => Role::Paragraph,
            };
            let role = if piece.inner { Role::Furniture } else { role };
            let whole = FlowBlock { links: piece.links.clone(), ..block(role, piece.text.clone(), piece.bold) };
            for (place, bold) in split_lead(&piece) {
                let marker = marker.as_deref().filter(|_| place.start == 0).unwrap_or_default();
                let mut made = whole.part(place);
                made.look.bold = bold;
                made.put_in_front(marker);
                self.give(made);
            }
        }
        self.end_struck();
    }

    /// Gives out the struck words.
    fn end_struck(&mut self) {
        let (text, ..) = self.struck.take_line();
        if !text.is_empty() {
            let mut made = block(Role::Paragraph, text, false);
            made.left_out = Some(LeftOutReason::Struck);
            self.out.push(made);
        }
    }

    /// Gives out a block.
    fn give(&mut self, mut made: FlowBlock) {
        if self.chrome_depth > 0 {
            made.role = Role::Furniture;
        }
        self.out.push(made);
    }
}

/// A paragraph that begins with a known heading in bold, without a colon, is heading and paragraph.
fn split_lead(piece: &Piece) -> Vec<(Range<usize>, bool)> {
    let lead = piece.text.get(..piece.lead).unwrap_or_default().trim();
    if lead.is_empty() || lead.ends_with(':') || !sections::is_heading_words(lead) {
        return vec![(0..piece.text.len(), piece.bold)];
    }
    let parts = [(0..piece.lead, true), (piece.lead..piece.text.len(), false)];
    parts.into_iter().filter(|(place, _)| !piece.text[place.clone()].trim().is_empty()).collect()
}
