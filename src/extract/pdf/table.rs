//! Tables: lines of several cells, their wrapped cells gathered into rows.

use super::layout::append_line;
use super::lines::Line;
use super::strokes::Strokes;
use crate::document::Role;
use crate::extract::flow::{FlowBlock, Look};

/// How far apart the left edges of one column may lie, in points.
const EDGE: f32 = 5.0;

/// How many of the first lines make one table; 0 where the first line begins none.
pub(super) fn extent(lines: &[Line]) -> usize {
    if lines[0].cells.len() < 2 {
        return 0;
    }
    let mut columns: Vec<f32> = lines[0].cells.iter().map(|cell| cell.x0).collect();
    let mut last = 0;
    for (index, line) in lines.iter().enumerate().skip(1) {
        let gap = line.y - lines[index - 1].y;
        if gap > 4.0 * line.size || gap < 0.0 {
            break;
        }
        let fits = line.cells.iter().all(|cell| fits_column(&columns, cell.x0, cell.x1));
        if line.cells.len() > 1 {
            if !fits && !line.cells.iter().any(|cell| columns.iter().skip(1).any(|x| (x - cell.x0).abs() <= EDGE)) {
                break;
            }
            for cell in &line.cells {
                if columns.iter().all(|x| (x - cell.x0).abs() > EDGE) {
                    columns.push(cell.x0);
                }
            }
            columns.sort_by(f32::total_cmp);
            last = index;
        } else if !fits || gap > 1.8 * line.size {
            break;
        } else if column_of(&columns, line.cells[0].x0) > 0 {
            last = index;
        }
    }
    last + 1
}

/// Whether a cell stands in one column: it begins at the column's edge and ends before the next.
fn fits_column(columns: &[f32], x0: f32, x1: f32) -> bool {
    let column = column_of(columns, x0);
    (columns[column] - x0).abs() <= 3.0 * EDGE && columns.get(column + 1).is_none_or(|&next| x1 <= next + 1.0)
}

fn column_of(columns: &[f32], x: f32) -> usize {
    columns.partition_point(|&edge| edge <= x + EDGE).saturating_sub(1)
}

/// Appends the rows of the table that `lines` are.
pub(super) fn rows(lines: &[Line], rules: &Strokes, page: u32, blocks: &mut Vec<FlowBlock>) {
    let columns = edges(lines);
    let left = columns[0];
    let right = lines.iter().filter_map(|line| line.cells.last()).map(|cell| cell.x1).fold(0.0, f32::max);
    let ruled: Vec<f32> = rules
        .all_across()
        .filter(|rule| rule.x1.min(right) - rule.x0.max(left) > 0.5 * (right - left))
        .map(|rule| rule.y)
        .filter(|&y| y > lines[0].y - 20.0 && y < lines[lines.len() - 1].y + 20.0)
        .collect();
    let between = |above: f32, below: f32| ruled.iter().any(|&y| y > above && y < below);
    let is_ruled = lines.windows(2).filter(|pair| between(pair[0].y, pair[1].y)).count() * 4 >= lines.len().min(8);
    let mut row = Row::new(columns.len());
    for (index, line) in lines.iter().enumerate() {
        let begins = index == 0 || {
            let above = &lines[index - 1];
            if is_ruled { between(above.y, line.y) } else { begins_row(above, line, &columns) }
        };
        if begins && index > 0 {
            row.close(index == 1, page, blocks);
            row = Row::new(columns.len());
        }
        row.add(line, &columns);
    }
    row.close(false, page, blocks);
}

/// The left edges of the columns.
fn edges(lines: &[Line]) -> Vec<f32> {
    let mut all: Vec<f32> = lines.iter().flat_map(|line| line.cells.iter().map(|cell| cell.x0)).collect();
    all.sort_by(f32::total_cmp);
    let mut edges: Vec<f32> = Vec::new();
    for x in all {
        if edges.last().is_none_or(|&edge| x - edge > EDGE) {
            edges.push(x);
        }
    }
    edges
}

/// Without rules, a row begins where the first column has new words or the lines stand apart.
fn begins_row(above: &Line, line: &Line, columns: &[f32]) -> bool {
    let apart = line.y - above.y > 1.6 * line.size;
    let first = &line.cells[0];
    let in_first = column_of(columns, first.x0) == 0;
    let goes_on = first.text.starts_with(char::is_lowercase) || first.text.starts_with('(') && line.cells.len() == 1;
    apart || in_first && !goes_on
}

struct Row {
    cells: Vec<String>,
    bold: bool,
    size: f32,
}

impl Row {
    fn new(columns: usize) -> Row {
        Row { cells: vec![String::new(); columns], bold: true, size: 0.0 }
    }

    fn add(&mut self, line: &Line, columns: &[f32]) {
        for cell in &line.cells {
            let text = &mut self.cells[column_of(columns, cell.x0)];
            if text.is_empty() {
                text.push_str(cell.text.trim());
            } else {
                append_line(text, cell.text.trim());
            }
            self.bold &= cell.bold;
            self.size = self.size.max(cell.size);
        }
    }

    fn close(self, first: bool, page: u32, blocks: &mut Vec<FlowBlock>) {
        let cells: Vec<String> = self.cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        let role = match cells.len() {
            0 => return,
            1 => Role::Paragraph,
            _ if first && self.bold => Role::Caption,
            _ => Role::Row,
        };
        let look = Look { size: (self.size * 10.0).round() as u16, bold: self.bold, lines: 1, ..Look::default() };
        blocks.push(FlowBlock {
            role,
            text: cells.join("\t"),
            page: Some(page),
            look,
            left_out: None,
            links: Vec::new(),
        });
    }
}
