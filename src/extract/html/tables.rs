//! Whether a table shows data or only places words, and the rows of those that show data.

use scraper::ElementRef;

use super::block;
use super::chrome::{holds, letters};
use crate::document::Role;
use crate::extract::flow::{FlowBlock, FlowLink};

/// A cell longer than this that stands alone in its row is prose.
const PROSE: usize = 300;

/// Whether the table only places words on the page: its cells are then read like any other part.
pub(super) fn is_layout(table: ElementRef<'_>) -> bool {
    let role = table.value().attr("role");
    if matches!(role, Some("presentation" | "none")) || holds(table, &["table"]) {
        return true;
    }
    if holds(table, &["th", "thead", "caption"]) {
        return false;
    }
    holds(table, &["h1", "h2", "h3", "h4"]) || most_cells(table) <= 1
}

/// The largest number of cells in a row.
fn most_cells(table: ElementRef<'_>) -> usize {
    let rows = table.descendants().filter_map(ElementRef::wrap).filter(|row| row.value().name() == "tr");
    rows.map(|row| row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")).count())
        .max()
        .unwrap_or(0)
}

/// Whether a list of terms holds short values, so that term and meaning can share a row.
pub(super) fn is_short(terms: ElementRef<'_>) -> bool {
    let mut meanings = terms.descendants().filter_map(ElementRef::wrap).filter(|below| below.value().name() == "dd");
    meanings.all(|meaning| letters(meaning) <= 160 && !holds(meaning, &["ul", "ol", "table", "p", "dl"]))
}

/// Whether a list in a cell is long enough to be taken out of its row.
pub(super) fn is_long_list(list: ElementRef<'_>) -> bool {
    list.child_elements().any(|item| letters(item) > 40) || letters(list) > 200
}

/// A row in the making.
#[derive(Debug)]
pub(super) struct RowInMaking {
    cells: Vec<String>,
    /// Counted along the cells with a tab between them.
    links: Vec<FlowLink>,
    length: usize,
    heads: usize,
    bold: bool,
    /// In the head rows of the table.
    pub in_head: bool,
}

impl RowInMaking {
    /// A row without cells.
    pub(super) fn new(in_head: bool) -> RowInMaking {
        RowInMaking { cells: Vec::new(), links: Vec::new(), length: 0, heads: 0, bold: true, in_head }
    }

    /// Adds a cell.
    pub(super) fn push(&mut self, (text, links, bold): (String, Vec<FlowLink>, bool), is_head: bool) {
        self.heads += usize::from(is_head);
        self.bold &= bold || text.is_empty();
        let start = self.length;
        self.links.extend(links.into_iter().map(|link| FlowLink { span: link.span.shifted(start), ..link }));
        self.length += text.len() + 1;
        self.cells.push(text);
    }

    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The row as a block; `None` when its cells are empty. What remains is an empty row.
    pub(super) fn take(&mut self) -> Option<FlowBlock> {
        let row = std::mem::replace(self, RowInMaking::new(self.in_head));
        let filled: Vec<&String> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
        let only = (filled.len() == 1).then(|| filled[0].clone());
        let role = match &only {
            _ if filled.is_empty() => return None,
            _ if row.in_head || row.heads == row.cells.len() => Role::Caption,
            Some(cell) if cell.len() > PROSE => Role::Paragraph,
            Some(cell) if cell.ends_with(':') || row.bold => Role::Caption,
            _ => Role::Row,
        };
        let made = FlowBlock { links: row.links, ..block(role, row.cells.join("\t"), row.bold) };
        Some(made.part(0..made.text.len()))
    }
}
