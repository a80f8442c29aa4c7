//! Tables whose cells are drawn: borders that meet make a grid, and words belong to the cell around them.
//!
//! A cell's words stay together however its lines and those of its neighbours stand to each other. A cell that
//! spans several rows belongs to the row in which it begins.

use std::collections::BTreeMap;

use super::layout::{self, Measure, append_line};
use super::lines::{Cell, Line};
use super::strokes::{Across, Down, Strokes};
use crate::document::Role;
use crate::extract::flow::{FlowBlock, Look};
use crate::extract::markers;

/// How far apart lines may end that are meant to meet, in points.
const NEAR: f32 = 3.0;
/// More pairs of lines are a drawing.
const MOST_PAIRS: usize = 400_000;

/// The borders of one table.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    across: Vec<Across>,
    down: Vec<Down>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// The tables of a page, from top to bottom; one inside of another stands for both.
pub(super) fn grids(rules: &Strokes) -> Vec<Grid> {
    let across = merged_across(&rules.across);
    let down = merged_down(&rules.down);
    if across.is_empty() || down.is_empty() || across.len() * down.len() > MOST_PAIRS {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = groups(&across, &down)
        .into_iter()
        .map(|(across, down)| Grid::new(across, down))
        .filter(Grid::is_table)
        .collect();
    let inner: Vec<bool> = grids.iter().map(|outer| !grids.iter().any(|other| outer.holds_grid(other))).collect();
    let mut keep = inner.into_iter();
    grids.retain(|_| keep.next().unwrap_or(true));
    grids.sort_by(|a, b| a.top.total_cmp(&b.top));
    grids
}

/// Pieces of one line drawn one after the other as one.
fn merged_across(all: &[Across]) -> Vec<Across> {
    let mut sorted = all.to_vec();
    sorted.sort_by(|a, b| (a.y.round(), a.x0).partial_cmp(&(b.y.round(), b.x0)).unwrap_or(std::cmp::Ordering::Equal));
    let mut merged: Vec<Across> = Vec::new();
    for line in sorted {
        match merged.last_mut() {
            Some(last) if (last.y - line.y).abs() <= 1.5 && line.x0 <= last.x1 + NEAR => last.x1 = last.x1.max(line.x1),
            _ => merged.push(line),
        }
    }
    merged.retain(|line| line.x1 - line.x0 > 8.0);
    merged
}

fn merged_down(all: &[Down]) -> Vec<Down> {
    let mut sorted = all.to_vec();
    sorted.sort_by(|a, b| (a.x.round(), a.y0).partial_cmp(&(b.x.round(), b.y0)).unwrap_or(std::cmp::Ordering::Equal));
    let mut merged: Vec<Down> = Vec::new();
    for line in sorted {
        match merged.last_mut() {
            Some(last) if (last.x - line.x).abs() <= 1.5 && line.y0 <= last.y1 + NEAR => last.y1 = last.y1.max(line.y1),
            _ => merged.push(line),
        }
    }
    merged.retain(|line| line.y1 - line.y0 > 5.0);
    merged
}

/// Lines that meet, directly or over others.
fn groups(across: &[Across], down: &[Down]) -> Vec<(Vec<Across>, Vec<Down>)> {
    let mut group: Vec<usize> = (0..down.len()).collect();
    let mut of_across: Vec<Option<usize>> = vec![None; across.len()];
    for (index, line) in across.iter().enumerate() {
        for (other, post) in down.iter().enumerate() {
            let meets = post.x >= line.x0 - NEAR
                && post.x <= line.x1 + NEAR
                && line.y >= post.y0 - NEAR
                && line.y <= post.y1 + NEAR;
            if !meets {
                continue;
            }
            match of_across[index] {
                None => of_across[index] = Some(group[other]),
                Some(known) if known != group[other] => {
                    let old = group[other];
                    group.iter_mut().filter(|group| **group == old).for_each(|group| *group = known);
                    of_across.iter_mut().filter(|group| **group == Some(old)).for_each(|group| *group = Some(known));
                }
                Some(_) => {}
            }
        }
    }
    let mut made: BTreeMap<usize, (Vec<Across>, Vec<Down>)> = BTreeMap::new();
    for (line, group) in across.iter().zip(&of_across) {
        if let Some(group) = group {
            made.entry(*group).or_default().0.push(*line);
        }
    }
    for (post, group) in down.iter().zip(&group) {
        if let Some(found) = made.get_mut(group) {
            found.1.push(*post);
        }
    }
    made.into_values().collect()
}

impl Grid {
    fn new(across: Vec<Across>, down: Vec<Down>) -> Grid {
        let least = |values: &mut dyn Iterator<Item = f32>| values.fold(f32::MAX, f32::min);
        let most = |values: &mut dyn Iterator<Item = f32>| values.fold(f32::MIN, f32::max);
        Grid {
            left: least(&mut across.iter().map(|line| line.x0).chain(down.iter().map(|line| line.x))),
            right: most(&mut across.iter().map(|line| line.x1).chain(down.iter().map(|line| line.x))),
            top: least(&mut across.iter().map(|line| line.y).chain(down.iter().map(|line| line.y0))),
            bottom: most(&mut across.iter().map(|line| line.y).chain(down.iter().map(|line| line.y1))),
            across,
            down,
        }
    }

    /// At least two columns, and a border above and below.
    fn is_table(&self) -> bool {
        let inner = |line: &&Down| line.x > self.left + 2.0 * NEAR && line.x < self.right - 2.0 * NEAR;
        self.across.len() >= 2 && self.down.iter().any(|line| inner(&line)) && self.bottom - self.top > 8.0
    }

    fn holds_grid(&self, other: &Grid) -> bool {
        let larger = (self.right - self.left) * (self.bottom - self.top)
            > 1.05 * (other.right - other.left) * (other.bottom - other.top);
        larger
            && other.left >= self.left - NEAR
            && other.right <= self.right + NEAR
            && other.top >= self.top - NEAR
            && other.bottom <= self.bottom + NEAR
    }

    /// Where borders part the words of a line at that height.
    pub(super) fn posts_at(&self, y: f32, size: f32) -> impl Iterator<Item = f32> {
        let middle = y - 0.3 * size;
        self.down.iter().filter(move |post| post.y0 <= middle && post.y1 >= middle).map(|post| post.x)
    }

    /// Whether the words stand in the table.
    fn holds(&self, cell: &Cell) -> bool {
        let (x, y) = ((cell.x0 + cell.x1) / 2.0, cell.y - 0.3 * cell.size);
        x > self.left - NEAR && x < self.right + NEAR && y > self.top - NEAR && y < self.bottom + NEAR
    }

    /// The upper and left border of the cell around the words.
    fn corner(&self, cell: &Cell) -> (f32, f32) {
        let y = cell.y - 0.3 * cell.size;
        let posts = self.posts_at(cell.y, cell.size).filter(|x| *x <= cell.x0 + NEAR);
        let left = posts.fold(self.left, f32::max);
        let next = self.posts_at(cell.y, cell.size).filter(|x| *x > cell.x0 + NEAR).fold(self.right, f32::min);
        let middle = (left + next.max(left)) / 2.0;
        let over = |line: &&Across| line.y <= y && line.x0 - NEAR <= middle && line.x1 + NEAR >= middle;
        let top = self.across.iter().filter(over).map(|line| line.y).fold(self.top, f32::max);
        (top, left)
    }

    /// Takes the words that stand in the table out of the lines.
    pub(super) fn take(&self, lines: &mut Vec<Line>) -> Vec<Line> {
        let mut taken = Vec::new();
        for line in lines.iter_mut() {
            let (inside, outside): (Vec<Cell>, Vec<Cell>) =
                std::mem::take(&mut line.cells).into_iter().partition(|cell| self.holds(cell));
            line.cells = outside;
            if !inside.is_empty() {
                taken.push(Line::of(inside));
            }
        }
        lines.retain(|line| !line.cells.is_empty());
        taken
    }

    /// The rows of the words taken.
    pub(super) fn rows(&self, taken: Vec<Line>, page: u32) -> Vec<FlowBlock> {
        // Borders are told apart in whole points: tops first, then lefts.
        let mut cells: BTreeMap<(i32, i32), Vec<Line>> = BTreeMap::new();
        let mut tops: Vec<f32> = Vec::new();
        for line in taken {
            for cell in line.cells {
                let (top, left) = self.corner(&cell);
                let top = match tops.iter().find(|known| (**known - top).abs() <= NEAR) {
                    Some(&known) => known,
                    None => {
                        tops.push(top);
                        top
                    }
                };
                let own = cells.entry(((top * 2.0) as i32, left.round() as i32)).or_default();
                match own.last_mut() {
                    Some(last) if (last.y - line.y).abs() < 0.1 => last.cells.push(cell),
                    _ => own.push(Line { y: line.y, size: cell.size, cells: vec![cell] }),
                }
            }
        }
        let mut rows: BTreeMap<i32, Vec<Vec<Line>>> = BTreeMap::new();
        for ((top, _), lines) in cells {
            rows.entry(top).or_default().push(lines);
        }
        let mut blocks = Vec::new();
        for (index, (_, cells)) in rows.into_iter().enumerate() {
            row(cells, index == 0, page, &mut blocks);
        }
        blocks
    }
}

/// Letters of a cell that holds running text.
const RUNNING: usize = 1_200;

/// Whether a cell holds a list or running text, which is no row's cell but blocks of its own.
fn is_running(lines: &[Line]) -> bool {
    let letters: usize = lines.iter().flat_map(|line| &line.cells).map(|cell| cell.text.len()).sum();
    let marked = lines.iter().filter(|line| markers::marker_len(&line.cells[0].text) > 0).count();
    letters > RUNNING || marked >= 2 && lines.len() >= 4
}

fn row(cells: Vec<Vec<Line>>, first: bool, page: u32, blocks: &mut Vec<FlowBlock>) {
    if cells.iter().any(|cell| is_running(cell)) {
        for lines in cells {
            let measure = Measure::of(&lines);
            blocks.extend(layout::prose(&lines, measure, page));
        }
        return;
    }
    let all = || cells.iter().flatten().flat_map(|line| &line.cells);
    let bold = all().all(|cell| cell.bold);
    let size = all().map(|cell| cell.size).fold(0.0, f32::max);
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
    let texts: Vec<String> = cells.iter().map(|lines| words(lines)).filter(|text| !text.is_empty()).collect();
    let role = match texts.len() {
        0 => return,
        1 => Role::Paragraph,
        _ if first && bold => Role::Caption,
        _ => Role::Row,
    };
    let lines = if role == Role::Paragraph { lines.min(usize::from(u16::MAX)) as u16 } else { 1 };
    let look = Look { size: (size * 10.0).round() as u16, bold, lines, ..Look::default() };
    blocks.push(FlowBlock { role, look, ..FlowBlock::words(texts.join("\t"), Some(page)) });
}

/// The words of one cell.
fn words(lines: &[Line]) -> String {
    let mut text = String::new();
    for cell in lines.iter().flat_map(|line| &line.cells) {
        if text.is_empty() {
            text.push_str(cell.text.trim());
        } else {
            append_line(&mut text, cell.text.trim());
        }
    }
    text
}
