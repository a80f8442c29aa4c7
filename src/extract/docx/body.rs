//! Paragraphs and tables of a part as blocks.

use std::collections::HashMap;

use roxmltree::Node;

use super::numbering::Numbering;
use super::styles::{self, Style};
use super::{ExtractError, Parts, attribute, child, is, parse, switched_on, value};
use crate::document::{LeftOutReason, Role};
use crate::extract::flow::{FlowBlock, FlowLink, Look};
use crate::text::Span;

/// The blocks of `parts.main`, in order; footnotes stand behind the block that refers to them.
pub(super) fn blocks(parts: &Parts) -> Result<Vec<FlowBlock>, ExtractError> {
    let main = parse(&parts.main)?;
    // Styles, numbers, notes and links are helps: a broken one is done without.
    let styles = parts.styles.as_deref().and_then(|text| parse(text).ok());
    let numbering = parts.numbering.as_deref().and_then(|text| parse(text).ok());
    let footnotes = parts.footnotes.as_deref().and_then(|text| parse(text).ok());
    let endnotes = parts.endnotes.as_deref().and_then(|text| parse(text).ok());
    let relations = parts.relations.as_deref().and_then(|text| parse(text).ok());
    let mut reader = Reader {
        styles: styles.as_ref().map(|xml| styles::read(xml.root_element())).unwrap_or_default(),
        numbering: numbering.as_ref().map(|xml| Numbering::read(xml.root_element())).unwrap_or_default(),
        footnotes: footnotes.as_ref().map(|xml| by_id(xml.root_element(), "footnote")).unwrap_or_default(),
        endnotes: endnotes.as_ref().map(|xml| by_id(xml.root_element(), "endnote")).unwrap_or_default(),
        targets: relations.as_ref().map(|xml| targets(xml.root_element())).unwrap_or_default(),
        blocks: Vec::new(),
        in_note: false,
    };
    reader.children(main.root_element());
    Ok(reader.blocks)
}

fn by_id<'a, 'i>(root: Node<'a, 'i>, name: &str) -> HashMap<&'a str, Node<'a, 'i>> {
    root.children().filter(|&node| is(node, name)).filter_map(|node| Some((attribute(node, "id")?, node))).collect()
}

fn targets<'a>(root: Node<'a, '_>) -> HashMap<&'a str, &'a str> {
    root.children().filter_map(|node| Some((node.attribute("Id")?, node.attribute("Target")?))).collect()
}

struct Reader<'a, 'i> {
    styles: HashMap<String, Style>,
    numbering: Numbering,
    footnotes: HashMap<&'a str, Node<'a, 'i>>,
    endnotes: HashMap<&'a str, Node<'a, 'i>>,
    targets: HashMap<&'a str, &'a str>,
    blocks: Vec<FlowBlock>,
    /// A note that refers to itself would have no end: within a note none is read.
    in_note: bool,
}

/// The words of one paragraph while its runs are read.
#[derive(Default)]
struct Words<'a, 'i> {
    /// One piece for each line that a forced break begins.
    lines: Vec<String>,
    struck: String,
    bold: bool,
    plain: bool,
    size: u16,
    /// Targets of the links that begin with [`LINK`], in order.
    links: Vec<String>,
    notes: Vec<Node<'a, 'i>>,
    /// The target of a link by field codes that has not begun yet.
    field: Option<String>,
    /// Whether such a link is open.
    in_field: bool,
}

/// Stands where a link begins while a paragraph is gathered; private use, never printed.
const LINK: char = '\u{f8f0}';

/// Stands where a link ends.
const LINK_END: char = '\u{f8f1}';

impl<'a, 'i> Reader<'a, 'i> {
    /// Descends to paragraphs and tables. `roxmltree` bounds the depth of a document.
    fn children(&mut self, node: Node<'a, 'i>) {
        for child in node.children().filter(Node::is_element) {
            if is(child, "p") {
                self.paragraph(child);
            } else if is(child, "tbl") {
                self.table(child);
            } else if !is(child, "sectPr") {
                self.children(child);
            }
        }
    }

    fn paragraph(&mut self, node: Node<'a, 'i>) {
        let mut words = Words { lines: vec![String::new()], ..Words::default() };
        self.runs(node, false, &mut words);
        let properties = child(node, "pPr");
        let style =
            properties.and_then(|properties| value(properties, "pStyle")).and_then(|id| self.styles.get(id)).cloned();
        let style = style.unwrap_or_default();
        let is_gone =
            properties.and_then(|properties| child(properties, "rPr")).is_some_and(|mark| child(mark, "del").is_some());
        let has_words = words.lines.iter().any(|line| !line.trim().is_empty());
        // A paragraph that a tracked change deletes takes no number.
        let (role, marker) =
            if is_gone && !has_words { (Role::Paragraph, None) } else { self.role(properties, &style) };
        let look = Look {
            size: if words.size == 0 { style.size } else { words.size },
            bold: style.bold || words.bold && !words.plain,
            ..Look::default()
        };
        let links = std::mem::take(&mut words.links);
        self.push_lines(role, marker.as_deref(), look, &words.lines, &links);
        if !words.struck.trim().is_empty() {
            let left_out = Some(LeftOutReason::Struck);
            self.blocks.push(FlowBlock { left_out, ..block(Role::Paragraph, squeeze(&words.struck), look) });
        }
        if !self.in_note {
            words.notes.into_iter().for_each(|note| self.note(note));
        }
    }

    /// The lines of a paragraph: each after the first is a block of its own where it begins like one.
    fn push_lines(&mut self, role: Role, marker: Option<&str>, look: Look, lines: &[String], links: &[String]) {
        let mut texts: Vec<String> = Vec::new();
        for line in lines.iter().map(|line| squeeze(line)).filter(|line| !line.is_empty()) {
            let begins = line.trim_start_matches(LINK).starts_with(|c: char| !c.is_lowercase());
            match texts.last_mut().filter(|_| !begins) {
                Some(last) => {
                    last.push(' ');
                    last.push_str(&line);
                }
                None => texts.push(line),
            }
        }
        let mut targets = links.iter();
        for (index, text) in texts.into_iter().enumerate() {
            let (text, links) = without_marks(&text, &mut targets);
            let mut made = FlowBlock { links, ..block(role, text, look) };
            if let Some(marker) = marker.filter(|_| index == 0) {
                made.put_in_front(&format!("{marker} "));
            }
            if !made.text.trim().is_empty() {
                self.blocks.push(made);
            }
        }
    }

    fn role(&mut self, properties: Option<Node<'a, 'i>>, style: &Style) -> (Role, Option<String>) {
        let own = properties.and_then(|properties| child(properties, "numPr")).and_then(|numbers| {
            let level = value(numbers, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
            Some((value(numbers, "numId")?.to_owned(), level))
        });
        let list = own.or_else(|| style.list.clone()).filter(|(id, _)| id != "0");
        let marker = list.as_ref().and_then(|(id, level)| self.numbering.next_marker(id, *level));
        let role = match (style.heading, &list) {
            (Some(level), _) => Role::Heading { level },
            (None, Some((_, level))) => Role::Item { level: level + 1 },
            (None, None) => Role::Paragraph,
        };
        (role, marker)
    }

    /// Collects the runs below `node`; `struck` below a deletion.
    fn runs(&mut self, node: Node<'a, 'i>, struck: bool, words: &mut Words<'a, 'i>) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "r" => self.run(child, struck, words),
                "del" | "moveFrom" => self.runs(child, true, words),
                "hyperlink" => {
                    let id = child.attributes().find(|a| a.name() == "id").map(|a| a.value());
                    let target = id.and_then(|id| self.targets.get(id)).map(|&target| target.to_owned());
                    let is_link = target.is_some();
                    words.begin_link(target);
                    self.runs(child, struck, words);
                    if is_link {
                        words.mark(LINK_END);
                    }
                }
                "Fallback" | "pPr" => {}
                // A text box holds paragraphs of its own.
                "txbxContent" => self.children(child),
                _ => self.runs(child, struck, words),
            }
        }
    }

    fn run(&mut self, run: Node<'a, 'i>, struck: bool, words: &mut Words<'a, 'i>) {
        let properties = child(run, "rPr");
        let lined = properties.is_some_and(|letters| switched_on(letters, "strike") || switched_on(letters, "dstrike"));
        let mut text = String::new();
        for node in run.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "t" | "delText" => {
                    let words = node.text().unwrap_or_default().chars();
                    text.extend(words.filter(|&c| c != LINK && c != LINK_END));
                }
                "tab" => text.push(' '),
                "noBreakHyphen" => text.push('-'),
                "sym" => text.push('•'),
                "br" | "cr" => text.push('\n'),
                "footnoteReference" | "endnoteReference" => {
                    let notes = if is(node, "footnoteReference") { &self.footnotes } else { &self.endnotes };
                    words.notes.extend(attribute(node, "id").and_then(|id| notes.get(id)));
                }
                "instrText" => words.field = field_target(node.text().unwrap_or_default()).or(words.field.take()),
                "fldChar" => words.field_mark(attribute(node, "fldCharType")),
                "drawing" | "pict" | "AlternateContent" | "object" => self.runs(node, struck, words),
                _ => {}
            }
        }
        if struck || lined {
            words.struck.push_str(&text);
            return;
        }
        if !text.trim().is_empty() {
            let bold = properties.is_some_and(|letters| switched_on(letters, "b"));
            words.bold |= bold;
            words.plain |= !bold;
            let size = properties.and_then(|letters| value(letters, "sz")).and_then(styles::half_points);
            words.size = words.size.max(size.unwrap_or(0));
        }
        let mut lines = text.split('\n');
        let last = words.lines.last_mut().expect("a paragraph has a line");
        last.push_str(lines.next().unwrap_or_default());
        words.lines.extend(lines.map(str::to_owned));
    }

    fn note(&mut self, note: Node<'a, 'i>) {
        let start = self.blocks.len();
        self.in_note = true;
        self.children(note);
        self.in_note = false;
        for block in &mut self.blocks[start..] {
            block.role = Role::Footnote;
        }
    }

    /// A table's rows with their cells; a table of one column is a frame around paragraphs.
    fn table(&mut self, table: Node<'a, 'i>) {
        let rows: Vec<Node<'a, 'i>> =
            table.descendants().filter(|&row| is(row, "tr") && of_table(row, table)).collect();
        let cells = |row: Node<'a, 'i>| row.descendants().filter(move |&cell| is(cell, "tc") && of_row(cell, row));
        if rows.iter().all(|&row| cells(row).count() <= 1) {
            for row in rows {
                self.children(row);
            }
            return;
        }
        let several = rows.len() > 1;
        for (index, row) in rows.into_iter().enumerate() {
            let head = child(row, "trPr").is_some_and(|properties| switched_on(properties, "tblHeader"));
            let is_gone = child(row, "trPr").is_some_and(|properties| child(properties, "del").is_some());
            let mut made = block(Role::Row, String::new(), Look::default());
            let mut beside = Vec::new();
            for (index, cell) in cells(row).enumerate() {
                if index > 0 {
                    made.text.push('\t');
                }
                self.cell(cell, &mut made, &mut beside);
            }
            if made.text.trim().is_empty() {
                self.blocks.extend(beside);
                continue;
            }
            let role =
                if head || index == 0 && several && first_row_is_head(table) { Role::Caption } else { Role::Row };
            let left_out = is_gone.then_some(LeftOutReason::Struck);
            self.blocks.push(FlowBlock { role, left_out, ..made });
            self.blocks.extend(beside);
        }
    }

    /// Adds the words of a cell to its row, its paragraphs with a blank between. Struck words and notes stand `beside` the row.
    fn cell(&mut self, cell: Node<'a, 'i>, row: &mut FlowBlock, beside: &mut Vec<FlowBlock>) {
        let start = self.blocks.len();
        self.children(cell);
        let mut first = true;
        for made in self.blocks.split_off(start) {
            if made.left_out.is_some() || made.role == Role::Footnote {
                beside.push(made);
                continue;
            }
            if !std::mem::take(&mut first) {
                row.text.push(' ');
            }
            let at = row.text.len();
            row.links.extend(made.links.into_iter().map(|link| FlowLink { span: link.span.shifted(at), ..link }));
            row.text.push_str(&made.text.replace('\t', " "));
        }
    }
}

impl Words<'_, '_> {
    /// A link begins; without a target there is none.
    fn begin_link(&mut self, target: Option<String>) {
        if let Some(target) = target {
            self.links.push(target);
            self.mark(LINK);
        }
    }

    fn mark(&mut self, mark: char) {
        self.lines.last_mut().expect("a paragraph has a line").push(mark);
    }

    /// The words of a field stand between "separate" and "end".
    fn field_mark(&mut self, kind: Option<&str>) {
        match kind {
            Some("separate") => {
                let target = self.field.take();
                self.in_field = target.is_some();
                self.begin_link(target);
            }
            Some("end") if std::mem::take(&mut self.in_field) => self.mark(LINK_END),
            _ => {}
        }
    }
}

/// The address in `HYPERLINK "https://…"`.
fn field_target(code: &str) -> Option<String> {
    let rest = code.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let target = rest.strip_prefix('"')?.split('"').next()?;
    (!target.is_empty()).then(|| target.to_owned())
}

/// A line without the marks of its links, and the links.
fn without_marks<'t>(text: &str, targets: &mut impl Iterator<Item = &'t String>) -> (String, Vec<FlowLink>) {
    let mut out = String::with_capacity(text.len());
    let mut links: Vec<FlowLink> = Vec::new();
    let mut open: Option<(usize, &String)> = None;
    let mut close = |open: &mut Option<(usize, &'t String)>, end: usize| {
        if let Some((start, target)) = open.take().filter(|&(start, _)| start < end) {
            links.push(FlowLink { span: Span::new(start, end), target: target.clone() });
        }
    };
    for c in text.chars() {
        match c {
            LINK => {
                close(&mut open, out.len());
                open = targets.next().map(|target| (out.len(), target));
            }
            LINK_END => close(&mut open, out.trim_end().len()),
            // A blank before a mark and one behind it are one.
            ' ' if out.is_empty() || out.ends_with(' ') => {}
            c => out.push(c),
        }
    }
    close(&mut open, out.len());
    out.truncate(out.trim_end().len());
    let end = out.len();
    links.retain(|link| link.span.end() <= end);
    (out, links)
}

/// Whether `row` belongs to `table` itself and not to a table inside it.
fn of_table(row: Node<'_, '_>, table: Node<'_, '_>) -> bool {
    row.ancestors().skip(1).find(|&node| is(node, "tbl")) == Some(table)
}

fn of_row(cell: Node<'_, '_>, row: Node<'_, '_>) -> bool {
    cell.ancestors().skip(1).find(|&node| is(node, "tr")) == Some(row)
}

/// Whether the table's look sets its first row apart and that row is short, as heads are.
fn first_row_is_head(table: Node<'_, '_>) -> bool {
    let look = child(table, "tblPr").and_then(|properties| child(properties, "tblLook"));
    look.and_then(|look| attribute(look, "firstRow")) == Some("1")
}

fn block(role: Role, text: String, look: Look) -> FlowBlock {
    FlowBlock { role, text, page: None, look, left_out: None, links: Vec::new() }
}

/// Runs of white space as one blank, soft hyphens and zero-width characters gone.
fn squeeze(text: &str) -> String {
    let kept: String =
        text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')).collect();
    crate::text::single_blanks(&kept)
}
