//! Page furniture: lines that come back at the edges of pages, page numbers, print stamps.

use std::collections::HashMap;

use super::PageLines;
use super::grid::Grid;
use super::lines::Line;

/// The furniture of one page.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// The words of each line, and whether it is the first of its kind.
    pub(super) lines: Vec<(String, bool)>,
    /// The number printed on the page.
    pub(super) label: Option<String>,
}

/// How many lines from the top and the bottom may be furniture.
const EDGE_LINES: usize = 6;

/// How far from the top or the bottom furniture may stand, as a part of the page's height.
const EDGE: f32 = 0.22;
/// How much the height may differ at which a line comes back, in points.
const JITTER: f32 = 3.0;

/// Takes the furniture out of the pages' lines.
///
/// A line is furniture when the same words, page numbers aside, stand at the same height at the edge of two pages
/// nearby (of one, in documents of two or three pages), or when it is a page number or the stamp of a browser's
/// print. A line at the edge that the file marks as an artifact is furniture too, though it does not come back; a mark
/// in the middle of a page is none. A sentence that a policy repeats stands at other heights, or pages apart, or with other numbers.
pub(super) fn take(pages: &mut [PageLines]) -> Vec<Taken> {
    let keys: Vec<Vec<Option<Key>>> = pages.iter().map(at_edges).collect();
    let mut told: HashMap<String, ()> = HashMap::new();
    let mut all = Vec::with_capacity(pages.len());
    for (number, page) in pages.iter_mut().enumerate() {
        let is_furniture = furniture_of(page, &keys[number], number, &keys);
        let mut own = Vec::new();
        let mut marks = is_furniture.iter();
        page.lines.retain_mut(|line| {
            let body = !marks.next().is_some_and(|taken| *taken);
            if !body {
                own.push(std::mem::take(line));
            }
            body
        });
        let mut taken = Taken { label: own.iter().find_map(|line| page_label(&line.words())), ..Taken::default() };
        for words in in_reading_order(own, &page.grids) {
            let first = told.insert(key(&words), ()).is_none();
            taken.lines.push((words, first));
        }
        all.push(taken);
    }
    all
}

/// For each line of a page, whether it is furniture.
fn furniture_of(page: &PageLines, own: &[Option<Key>], number: usize, keys: &[Vec<Option<Key>>]) -> Vec<bool> {
    let count = page.lines.len();
    let marked = marked(page, own);
    let mut found: Vec<bool> = Vec::with_capacity(count);
    for (index, line) in page.lines.iter().enumerate() {
        let outer = index < 2 || index + 2 >= count || line.y < 0.06 * page.height || line.y > 0.94 * page.height;
        let repeated = own[index].as_ref().is_some_and(|key| !key.short && comes_back(key, number, keys));
        let words = || line.words();
        found.push(repeated || marked[index] || outer && (is_page_number(&words()) || is_stamp(&words())));
    }
    // A short line is furniture within furniture: a version between a title and a date.
    for index in 1..count.saturating_sub(1) {
        let short = own[index].as_ref().is_some_and(|key| key.short && comes_back(key, number, keys));
        found[index] = found[index] || short && found[index - 1] && found[index + 1];
    }
    found
}

/// More lines than this below each other are no running head.
const MARKED_LINES: usize = 2;

/// For each line of a page, whether it stands at the edge and the file marks it as an artifact. The mark alone counts
/// for little: writers set it on rows of tables that go on over the page, and on notices of several lines whose
/// sentences must stay whole.
fn marked(page: &PageLines, own: &[Option<Key>]) -> Vec<bool> {
    let (top, bottom) = (EDGE * page.height, (1.0 - EDGE) * page.height);
    let in_body = |grid: &Grid| grid.bottom > top && grid.top < bottom;
    let in_table = |y: f32| page.grids.iter().any(|grid| in_body(grid) && grid.top <= y && y <= grid.bottom);
    let lines = page.lines.iter().zip(own);
    let mut marked: Vec<bool> =
        lines.map(|(line, key)| key.is_some() && line.is_artifact() && !in_table(line.y)).collect();
    for run in marked.chunk_by_mut(|a, b| a == b).filter(|run| run.len() > MARKED_LINES) {
        run.fill(false);
    }
    marked
}

/// The words of furniture line by line, in a drawn table row by row.
fn in_reading_order(mut lines: Vec<Line>, grids: &[Grid]) -> Vec<String> {
    let mut read = Vec::new();
    for grid in grids {
        let inside = grid.take(&mut lines);
        if let Some(first) = inside.first() {
            let y = first.y;
            read.extend(grid.rows(inside, 0).into_iter().map(|row| (y, row.text.replace('\t', " "))));
        }
    }
    read.extend(lines.iter().map(|line| (line.y, line.words())));
    read.sort_by(|a, b| a.0.total_cmp(&b.0));
    read.into_iter().map(|(_, words)| words.replace(super::layout::LINE_END_HYPHEN, "-")).collect()
}

/// A line at a page's edge: its words as in [`key`], its numbers in order, and its height on the page.
struct Key {
    words: String,
    numbers: Vec<usize>,
    y: f32,
    /// Its letters are too few to be told by themselves.
    short: bool,
}

impl Key {
    fn of(line: &Line) -> Option<Key> {
        let words = line.words();
        let numbers = words.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
        let short = !is_repeatable(&words);
        (!short || words.len() > 1).then(|| Key { words: key(&words), numbers, y: line.y, short })
    }

    /// Whether `other` is this line again `pages` further on: every number is the same or counts the pages.
    fn is_again(&self, other: &Key, pages: isize) -> bool {
        let counts = |(a, b): (&usize, &usize)| a == b || a.checked_add_signed(pages) == Some(*b);
        (other.y - self.y).abs() <= JITTER
            && other.words == self.words
            && other.numbers.len() == self.numbers.len()
            && self.numbers.iter().zip(&other.numbers).all(counts)
    }
}

/// The keys of a page's lines; `None` for those that stand in its body or come back by themselves.
fn at_edges(page: &PageLines) -> Vec<Option<Key>> {
    let count = page.lines.len();
    let lines = page.lines.iter().enumerate();
    lines
        .map(|(index, line)| {
            let edge = line.y < EDGE * page.height || line.y > (1.0 - EDGE) * page.height;
            let few = index < EDGE_LINES || index + EDGE_LINES >= count;
            (edge && few).then(|| Key::of(line))?
        })
        .collect()
}

/// Whether the line stands on pages nearby as well: on both sides, or on one and the one behind it.
fn comes_back(key: &Key, number: usize, keys: &[Vec<Option<Key>>]) -> bool {
    let [before2, before, after, after2] = [-2, -1, 1, 2].map(|pages: isize| {
        let lines = number.checked_add_signed(pages).and_then(|page| keys.get(page));
        lines.is_some_and(|lines| lines.iter().flatten().any(|other| key.is_again(other, pages)))
    });
    let beside = usize::from(before) + usize::from(after);
    let near = beside + usize::from(before2) + usize::from(after2);
    beside > 0 && near >= 2 || keys.len() <= 3 && near > 0 || before2 && after2
}

/// The words without case, numbers as `#`.
fn key(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    for c in words.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii_digit() {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else {
            key.extend(c.to_lowercase());
        }
    }
    key
}

/// Lone bullets, codes and short cells come back by themselves.
fn is_repeatable(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphabetic()).count() >= 4
}

/// `12`, `Page 3 of 12`, `3 | Page`, `- 3 -`.
fn is_page_number(words: &str) -> bool {
    matches!(
        key(words).as_str(),
        "#" | "page#" | "page#of#" | "#of#" | "#page" | "p#" | "pg#" | "#pages" | "page#pages"
    ) && words.len() <= 24
        && !words.contains('.')
}

/// The address or time that a browser prints at a page's edge.
fn is_stamp(words: &str) -> bool {
    let address = words.starts_with("http://") || words.starts_with("https://");
    let time = words.split_whitespace().any(|word| {
        word.split_once(':').is_some_and(|(hours, minutes)| {
            !hours.is_empty()
                && hours.len() <= 2
                && hours.bytes().all(|b| b.is_ascii_digit())
                && minutes.len() >= 2
                && minutes.as_bytes()[..2].iter().all(u8::is_ascii_digit)
        })
    });
    let date = words.chars().filter(char::is_ascii_digit).count() >= 6;
    address || time && date && words.chars().count() < 160
}

/// The number that the page carries.
fn page_label(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    if let Some(at) = lower.find("page") {
        let behind: String = lower[at + 4..].trim_start().chars().take_while(char::is_ascii_digit).collect();
        let before: String = words[..at.min(words.len())].trim_end().trim_end_matches('|').trim_end().to_owned();
        let before: String =
            before.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
        return [behind, before].into_iter().find(|number| !number.is_empty() && number.len() <= 4);
    }
    let number = words.trim().trim_matches(['-', '–', ' ', '|']);
    let arabic = number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
    let roman = number.len() <= 6 && number.bytes().all(|b| b"ivxl".contains(&b));
    (!number.is_empty() && (arabic || roman)).then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::lines::Cell;
    use super::*;

    /// What is taken of pages that hold these lines from the top down, at the same heights.
    fn check(pages: &[&[&str]], expected: &[&str]) {
        let line = |(index, text): (usize, &&str)| {
            let mut cell = Cell::default();
            cell.text = (*text).to_owned();
            Line { y: 50.0 + 14.0 * index as f32, size: 11.0, cells: vec![cell] }
        };
        let page = |texts: &&[&str]| PageLines {
            lines: texts.iter().enumerate().map(line).collect(),
            height: 792.0,
            ..PageLines::default()
        };
        let mut pages: Vec<PageLines> = pages.iter().map(page).collect();
        let taken = take(&mut pages);
        let words: Vec<&str> = taken.iter().flat_map(|taken| &taken.lines).map(|(words, _)| words.as_str()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn lines_with_other_numbers_are_furniture_only_where_they_count_pages() {
        check(
            &[
                &["Policy 7.01 | Page 1 of 3", "Initial approval: 6 months"],
                &["Policy 7.01 | Page 2 of 3", "Initial approval: 12 months"],
                &["Policy 7.01 | Page 3 of 3", "Initial approval: 24 months"],
            ],
            &["Policy 7.01 | Page 1 of 3", "Policy 7.01 | Page 2 of 3", "Policy 7.01 | Page 3 of 3"],
        );
    }
}
