//! Lines to blocks: columns, tables, paragraphs, headings.
//!
//! A page is cut into flows (a column is one), a flow into tables and prose. Nothing is dropped: what fits
//! no shape is a paragraph where it stands.

use super::columns::columns;
use super::grid::Grid;
use super::lines::{Cell, Line};
use super::strokes::Strokes;
use super::table;
use crate::document::Role;
use crate::extract::flow::{FlowBlock, Look};
use crate::extract::markers;

/// A hyphen that ended a line; resolved when the whole document's words are known.
pub(super) const LINE_END_HYPHEN: char = '\u{1f}';

/// A drawn table with the words in it.
type Framed<'g> = (&'g Grid, Vec<Line>);

/// Lines that are read from top to bottom, and the drawn tables among them.
struct Flow<'g> {
    lines: Vec<Line>,
    tables: Vec<Framed<'g>>,
}

/// The blocks of one page's body in reading order.
pub(super) fn blocks(mut lines: Vec<Line>, rules: &Strokes, grids: &[Grid], page: u32) -> Vec<FlowBlock> {
    let mut tables: Vec<Framed<'_>> = grids.iter().map(|grid| (grid, grid.take(&mut lines))).collect();
    tables.retain(|(_, taken)| !taken.is_empty());
    // The margins of the page are those of its whole body, however tables part it.
    let measure = (!tables.is_empty()).then(|| Measure::of(&lines));
    // A table within one column stays in it; a wider one parts the page.
    let gutter = columns(&lines, rules).map(|(_, _, x)| x);
    let (mut narrow, wide): (Vec<_>, Vec<_>) =
        tables.into_iter().partition(|(grid, _)| gutter.is_some_and(|x| grid.right <= x || grid.left >= x));
    let mut blocks = Vec::new();
    for (grid, taken) in wide {
        let under = lines.split_off(lines.partition_point(|line| line.y < grid.top));
        let later = narrow.split_off(narrow.partition_point(|(other, _)| other.top < grid.top));
        let over = Flow { lines: std::mem::replace(&mut lines, under), tables: std::mem::replace(&mut narrow, later) };
        blocks.extend(parted(over, rules, measure, page));
        blocks.extend(grid.rows(taken, page));
    }
    blocks.extend(parted(Flow { lines, tables: narrow }, rules, measure, page));
    blocks
}

/// The blocks of what no table parts: column after column.
fn parted(whole: Flow<'_>, rules: &Strokes, measure: Option<Measure>, page: u32) -> Vec<FlowBlock> {
    let mut blocks = Vec::new();
    let flows = flows(whole, rules);
    let one = flows.len() == 1;
    for Flow { mut lines, tables } in flows {
        let measure = measure.filter(|_| one).unwrap_or_else(|| Measure::of(&lines));
        for (grid, taken) in tables {
            let under = lines.split_off(lines.partition_point(|line| line.y < grid.top));
            unframed(&std::mem::replace(&mut lines, under), rules, measure, page, &mut blocks);
            blocks.extend(grid.rows(taken, page));
        }
        unframed(&lines, rules, measure, page, &mut blocks);
    }
    blocks
}

/// The blocks of lines that stand in no drawn table.
fn unframed(flow: &[Line], rules: &Strokes, measure: Measure, page: u32, blocks: &mut Vec<FlowBlock>) {
    let mut from = 0;
    let mut at = 0;
    while at < flow.len() {
        let rows = table::extent(&flow[at..]);
        if rows == 0 {
            at += 1;
            continue;
        }
        blocks.extend(prose(&flow[from..at], measure, page));
        table::rows(&flow[at..at + rows], rules, page, blocks);
        at += rows;
        from = at;
    }
    blocks.extend(prose(&flow[from..], measure, page));
}

/// The paragraphs of lines.
pub(super) fn prose(lines: &[Line], measure: Measure, page: u32) -> Vec<FlowBlock> {
    let mut prose = Prose { measure, page, open: None, blocks: Vec::new() };
    for line in lines {
        prose.line(line);
    }
    prose.close();
    prose.blocks
}

/// The margins of a flow and the usual distance of its baselines, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    left: f32,
    right: f32,
    leading: f32,
}

impl Measure {
    pub(super) fn of(lines: &[Line]) -> Measure {
        Measure {
            left: lines.iter().filter_map(|line| line.cells.first()).map(|cell| cell.x0).fold(f32::MAX, f32::min),
            right: lines.iter().filter_map(|line| line.cells.last()).map(|cell| cell.x1).fold(0.0, f32::max),
            leading: leading(lines.iter()),
        }
    }
}

/// A part of the page as flows: two columns of prose are two flows, what stands over and under them others.
fn flows<'g>(whole: Flow<'g>, rules: &Strokes) -> Vec<Flow<'g>> {
    let Some((from, to, x)) = columns(&whole.lines, rules) else { return vec![whole] };
    let mut over = whole.lines;
    let under = over.split_off(to);
    let band = over.split_off(from);
    let (top, bottom) = (band[0].y - band[0].size, under.first().map_or(f32::MAX, |line| line.y - line.size));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in band {
        let (before, behind): (Vec<Cell>, Vec<Cell>) = line.cells.into_iter().partition(|cell| cell.x1 <= x);
        for (side, cells) in [(&mut left, before), (&mut right, behind)] {
            if !cells.is_empty() {
                side.push(Line::of(cells));
            }
        }
    }
    let (above, rest): (Vec<_>, Vec<_>) = whole.tables.into_iter().partition(|(grid, _)| grid.bottom <= top);
    let (below, beside): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(grid, _)| grid.top >= bottom);
    let (on_left, on_right) = beside.into_iter().partition(|(grid, _)| grid.right <= x);
    let parts = [(over, above), (left, on_left), (right, on_right)];
    let mut flows: Vec<Flow<'_>> = parts.into_iter().map(|(lines, tables)| Flow { lines, tables }).collect();
    flows.extend(self::flows(Flow { lines: under, tables: below }, rules));
    flows.retain(|flow| !flow.lines.is_empty() || !flow.tables.is_empty());
    flows
}

/// The usual distance between the baselines of a flow.
pub(super) fn leading<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> f32 {
    let below = lines.clone().skip(1);
    let mut gaps: Vec<f32> =
        lines.zip(below).map(|(line, next)| next.y - line.y).filter(|&gap| gap > 1.0 && gap < 40.0).collect();
    gaps.sort_by(f32::total_cmp);
    // Prose is set tighter than what stands between paragraphs: the lower third is inside of paragraphs.
    gaps.get(gaps.len() / 3).copied().unwrap_or(12.0)
}

/// Prose of one flow, gathered line by line.
struct Prose {
    measure: Measure,
    page: u32,
    open: Option<Open>,
    blocks: Vec<FlowBlock>,
}

/// A paragraph that may go on.
struct Open {
    text: String,
    first_x: f32,
    last: Line,
    lines: usize,
    bold: bool,
    size: f32,
    gap_above: f32,
    marked: bool,
}

impl Prose {
    fn line(&mut self, line: &Line) {
        let text = line.cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        let bold = line.cells.iter().all(|cell| cell.bold);
        if let Some(open) = &mut self.open
            && !ends_before(open, line, &text, bold, self.measure)
        {
            append_line(&mut open.text, &text);
            open.bold &= bold;
            open.lines += 1;
            open.last = line.clone();
            return;
        }
        let gap_above = self.open.as_ref().map_or(0.0, |open| line.y - open.last.y);
        self.close();
        self.open = Some(Open {
            marked: markers::marker_len(&text) > 0,
            text,
            first_x: line.cells[0].x0,
            last: line.clone(),
            lines: 1,
            bold,
            size: line.size,
            gap_above,
        });
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        self.blocks.push(FlowBlock {
            role: Role::Paragraph,
            text: open.text,
            page: Some(self.page),
            look: Look {
                size: (open.size * 10.0).round() as u16,
                bold: open.bold,
                indent: (open.first_x - self.measure.left).max(0.0).round() as u16,
                gap_above: (10.0 * open.gap_above / self.measure.leading.max(1.0)).clamp(0.0, 1000.0).round() as u16,
                lines: open.lines.min(usize::from(u16::MAX)) as u16,
            },
            left_out: None,
            links: Vec::new(),
        });
    }
}

/// Adds a line to a paragraph; a hyphen at its end is kept as a mark to be resolved later.
pub(super) fn append_line(text: &mut String, line: &str) {
    let trimmed = text.trim_end().len();
    text.truncate(trimmed);
    let hyphen = text.chars().next_back().filter(|c| matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}'));
    let letter_before = text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    if let Some(hyphen) = hyphen.filter(|_| letter_before && line.starts_with(|c: char| c.is_alphanumeric())) {
        text.truncate(text.len() - hyphen.len_utf8());
        if hyphen != '\u{ad}' {
            text.push(LINE_END_HYPHEN);
        }
    } else if !text.ends_with(['/', '–']) || !line.starts_with(char::is_alphanumeric) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Whether a new block begins with `line`.
fn ends_before(open: &Open, line: &Line, text: &str, bold: bool, measure: Measure) -> bool {
    let Measure { left, right, leading } = measure;
    let gap = line.y - open.last.y;
    let tight = 1.35 * leading.max(1.05 * line.size.min(open.size));
    if gap > tight || gap < 0.0 || ends_in_leader(&open.text) {
        return true;
    }
    if (line.size - open.size).abs() > 0.09 * open.size {
        return true;
    }
    let width = right - left;
    let last_right = open.last.cells.last().map_or(0.0, |cell| cell.x1);
    let short = last_right < right - 0.25 * width;
    let begins = text.starts_with(|c: char| !c.is_lowercase());
    // A full line that ends in "or" before a small letter breaks within a sentence.
    let joint = ends_in_connective(&open.text) && (short || begins);
    let done = open.text.ends_with(['.', ':', ';', '?', '!', '”', '"']) || joint;
    if open.bold != bold && (short || open.bold && done) && open.lines == 1 {
        return true;
    }
    if markers::marker_len(text) > 0 {
        let after = text[markers::marker_len(text)..].chars().next();
        if markers::is_bullet(text) && !text.starts_with(['-', '–', '—', '*']) || done || short {
            return true;
        }
        if after.is_some_and(char::is_uppercase) && open.marked {
            return true;
        }
    }
    let x = line.cells[0].x0;
    let last_x = open.last.cells[0].x0;
    let dedented = x < last_x - 6.0 && (open.lines > 1 || open.marked);
    let indented = x > last_x + 6.0 && done && !(open.lines == 1 && open.marked);
    dedented && (done || begins) || indented || short && begins && (done || last_right < right - 0.4 * width)
}

fn ends_in_connective(text: &str) -> bool {
    text.ends_with(" and") || text.ends_with(" or") || text.ends_with(" AND") || text.ends_with(" OR")
}

/// A line of a table of contents: dots that lead to a page's number.
fn ends_in_leader(text: &str) -> bool {
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit());
    words.len() < text.len() && words.trim_end().ends_with("....")
}
