//! Where two columns stand side by side: of prose, by their shape; of anything, by the order in which they were drawn.

use super::layout::leading;
use super::lines::{Cell, Line};
use super::strokes::Strokes;

/// The fewest lines of a column of prose.
const COLUMN_LINES: usize = 6;
/// The fewest lines of a column that was drawn before the one beside it.
const DRAWN_LINES: usize = 4;

/// Where two columns stand side by side: first line, line behind the last, and where the right one begins.
pub(super) fn columns(lines: &[Line], rules: &Strokes) -> Option<(usize, usize, f32)> {
    let cells = || lines.iter().flat_map(|line| &line.cells);
    let left = cells().map(|cell| cell.x0).fold(f32::MAX, f32::min);
    let right = cells().map(|cell| cell.x1).fold(0.0, f32::max);
    let width = right - left;
    let middle = |cell: &&Cell| cell.x0 > left + 0.3 * width && cell.x0 < left + 0.7 * width;
    let mut edges: Vec<i32> = cells().filter(middle).map(|cell| cell.x0.round() as i32).collect();
    edges.sort_unstable();
    let prose = most_common(&edges, 2, COLUMN_LINES).map(|edge| edge as f32 - 3.0).and_then(|x| {
        let found = bands(lines, x).find(|&(from, to)| is_prose_band(&lines[from..to], x, width, rules));
        found.map(|(from, to)| (from, to, x))
    });
    let apart = most_common(&edges, 2, DRAWN_LINES).and_then(|edge| {
        // A list's bullets stand further in than its head.
        let edge = edge as f32;
        let outdent = |cell: &&Cell| cell.x0 > edge - 24.0 && cell.x0 < edge;
        let x = cells().filter(outdent).map(|cell| cell.x0).fold(edge, f32::min) - 3.0;
        let found = bands(lines, x).find_map(|(from, to)| {
            drawn_apart(&lines[from..to], x).map(|(first, behind)| (from + first, from + behind))
        });
        found.map(|(from, to)| (from, to, x))
    });
    let length = |found: &(usize, usize, f32)| found.1 - found.0;
    [prose, apart].into_iter().flatten().rev().max_by_key(length)
}

/// The runs of lines of which no words stand across `x`, from top to bottom.
fn bands(lines: &[Line], x: f32) -> impl Iterator<Item = (usize, usize)> {
    let crosses = move |line: &Line| line.cells.iter().any(|cell| cell.x0 < x && cell.x1 > x);
    let mut from = 0;
    std::iter::from_fn(move || {
        while lines.get(from).is_some_and(crosses) {
            from += 1;
        }
        let to = from + lines[from.min(lines.len())..].iter().take_while(|line| !crosses(line)).count();
        (to > from).then(|| (std::mem::replace(&mut from, to), to))
    })
}

/// The lines within a band of which everything on the left was drawn before everything on the right, as columns are
/// and rows are not.
fn drawn_apart(band: &[Line], x: f32) -> Option<(usize, usize)> {
    let is_left = |cell: &&Cell| cell.x1 <= x;
    let has = |line: &Line, left: bool| line.cells.iter().any(|cell| is_left(&cell) == left);
    for from in (0..band.len()).filter(|&at| has(&band[at], false)) {
        let (mut last, mut first) = (0, u32::MAX);
        let (mut sides, mut to, mut whole) = ([0, 0], from, true);
        for (at, line) in band.iter().enumerate().skip(from) {
            last = line.cells.iter().filter(is_left).map(|cell| cell.drawn.1).fold(last, u32::max);
            first = line.cells.iter().filter(|cell| !is_left(cell)).map(|cell| cell.drawn.0).fold(first, u32::min);
            whole = last < first;
            if !whole {
                break;
            }
            sides[0] += usize::from(has(line, true));
            if has(line, false) {
                sides[1] += 1;
                to = at + 1;
            }
        }
        if sides.iter().all(|&lines| lines >= DRAWN_LINES) {
            return Some((from, to + longer(&band[from..to], &band[to..], has)));
        }
        if whole {
            // Further down stand fewer of the same lines.
            return None;
        }
    }
    None
}

/// How many lines behind a band the left column goes on alone, in its own leading: it may be the longer one.
fn longer(band: &[Line], behind: &[Line], has: impl Fn(&Line, bool) -> bool) -> usize {
    let left: Vec<&Line> = band.iter().filter(|line| has(line, true)).collect();
    let leading = leading(left.iter().copied());
    let own = behind.iter().take_while(|line| !has(line, false));
    let pairs = left.last().copied().into_iter().chain(own.clone()).zip(own);
    let goes_on = |(above, line): &(&Line, &Line)| {
        line.y - above.y <= 1.3 * leading.max(above.size) && line.size <= 1.1 * above.size
    };
    pairs.take_while(goes_on).count()
}

/// The value that stands most often in `sorted` with its neighbours up to `near`, if at least `least` times.
fn most_common(sorted: &[i32], near: i32, least: usize) -> Option<i32> {
    let count = |value: i32| {
        sorted.partition_point(|&other| other <= value + near) - sorted.partition_point(|&other| other < value - near)
    };
    let best = sorted.iter().copied().max_by_key(|&value| (count(value), -value))?;
    (count(best) >= least).then_some(best - near / 2)
}

/// Prose on both sides: enough lines, most of them full and of several words, no table's rules across.
fn is_prose_band(band: &[Line], x: f32, width: f32, rules: &Strokes) -> bool {
    let (top, bottom) = (band[0].y, band[band.len() - 1].y);
    let across =
        rules.all_across().filter(|rule| rule.x0 < x - 20.0 && rule.x1 > x + 20.0 && rule.y > top && rule.y < bottom);
    if across.count() > 2 {
        return false;
    }
    let side = |is_left: bool| -> Vec<(f32, f32, usize, usize)> {
        band.iter()
            .filter_map(|line| {
                let own: Vec<&Cell> = line.cells.iter().filter(|cell| (cell.x1 <= x) == is_left).collect();
                let (first, last) = (own.first()?, own.last()?);
                let words = own.iter().map(|cell| cell.text.split(' ').count()).sum();
                Some((first.x0, last.x1, words, own.len()))
            })
            .collect()
    };
    [side(true), side(false)].iter().all(|lines| {
        let left = lines.iter().map(|line| line.0).fold(f32::MAX, f32::min);
        let right = lines.iter().map(|line| line.1).fold(0.0, f32::max);
        let own = right - left;
        let full = lines.iter().filter(|line| line.1 > right - 0.2 * own).count();
        let words: usize = lines.iter().map(|line| line.2).sum();
        let split = lines.iter().filter(|line| line.3 > 1).count();
        lines.len() >= COLUMN_LINES
            && own > 0.28 * width
            && full * 2 >= lines.len()
            && words >= 4 * lines.len()
            && split * 4 <= lines.len()
    })
}
