//! Glyphs to cells of lines: words with their spaces, split where a gap is too wide for one.

use super::baselines::baselines;
use super::glyphs::{Glyph, Text, is_blank, is_invisible};
use super::grid::Grid;

/// A run of words on one baseline without a wide gap.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) text: String,
    /// A table's border stands in front of it.
    bordered: bool,
    letters: usize,
    bold_letters: usize,
    artifact_letters: usize,
    /// When its first and its last glyph were drawn.
    pub(super) drawn: (u32, u32),
}

/// The cells on one baseline, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) cells: Vec<Cell>,
}

impl Line {
    /// The line of some cells, at the height and in the size of the largest.
    pub(super) fn of(cells: Vec<Cell>) -> Line {
        let size = cells.iter().map(|cell| cell.size).fold(0.0, f32::max);
        let y = cells.iter().find(|cell| cell.size == size).map_or(0.0, |cell| cell.y);
        Line { y, size, cells }
    }

    /// Whether the file marks all of its letters as no part of the text.
    pub(super) fn is_artifact(&self) -> bool {
        let letters: usize = self.cells.iter().map(|cell| cell.letters).sum();
        letters > 0 && self.cells.iter().all(|cell| cell.artifact_letters == cell.letters)
    }

    /// Its words, cells parted by blanks.
    pub(super) fn words(&self) -> String {
        self.cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ")
    }
}

/// Below this part of the size, a gap lies between letters; above, between words.
const WORD_GAP: f32 = 0.17;
/// Above this part of the size, a gap divides cells.
const CELL_GAP: f32 = 1.3;

/// The lines of a page from top to bottom; a table's borders part cells.
pub(super) fn lines(glyphs: &[Glyph], grids: &[Grid]) -> Vec<Line> {
    baselines(glyphs).iter().map(|glyphs| line(glyphs, grids)).filter(|line| !line.cells.is_empty()).collect()
}

/// The words that a line is drawn through, line by line.
pub(super) fn struck(glyphs: &[Glyph]) -> Vec<Line> {
    let own: Vec<Glyph> =
        glyphs.iter().filter(|glyph| glyph.struck).map(|glyph| Glyph { struck: false, ..glyph.clone() }).collect();
    lines(&own, &[])
}

fn line(glyphs: &[&Glyph], grids: &[Grid]) -> Line {
    let posts = posts(glyphs, grids);
    let mut cells: Vec<Cell> = Vec::new();
    let mut previous: Option<&Glyph> = None;
    let mut pending_blank = false;
    for &glyph in glyphs {
        if previous.is_some_and(|previous| is_overprint(previous, glyph)) {
            continue;
        }
        if glyph.struck {
            // The words around it stay one cell.
            if let Some(cell) = cells.last_mut() {
                cell.x1 = cell.x1.max(glyph.x1);
            }
        }
        if glyph.struck || is_blank(glyph) {
            pending_blank = true;
            continue;
        }
        let gap = cells.last().map_or(f32::MAX, |cell| glyph.x0 - cell.x1);
        let size = glyph.size.max(cells.last().map_or(0.0, |cell| cell.size));
        let bordered = cells.last().is_some_and(|cell| is_between(&posts, cell.x1, glyph.x0));
        if gap > CELL_GAP * size || bordered {
            cells.push(Cell { x0: glyph.x0, x1: glyph.x1, y: glyph.y, size: glyph.size, bordered, ..Cell::default() });
        } else if gap > WORD_GAP * size || pending_blank && !is_within_number(previous, glyph, gap) {
            cells.last_mut().expect("a gap stands behind a cell").text.push(' ');
        }
        pending_blank = false;
        cells.last_mut().expect("a cell was pushed").push(glyph);
        previous = Some(glyph);
    }
    Line::of(merge_justified(merge_markers(cells)))
}

/// Where a table's borders cross a line.
fn posts(glyphs: &[&Glyph], grids: &[Grid]) -> Vec<f32> {
    let (y, size) = glyphs.first().map_or((0.0, 0.0), |glyph| (glyph.y, glyph.size));
    let own = grids.iter().filter(|grid| grid.top <= y && grid.bottom >= y - size);
    own.flat_map(|grid| grid.posts_at(y, size)).collect()
}

/// Whether a border stands between words that end at `left` and begin at `right`.
fn is_between(posts: &[f32], left: f32, right: f32) -> bool {
    posts.iter().any(|&x| x > left - 1.5 && x < right + 1.5)
}

impl Cell {
    fn push(&mut self, glyph: &Glyph) {
        let start = self.text.len();
        self.drawn = match start {
            0 => (glyph.drawn, glyph.drawn),
            _ => (self.drawn.0.min(glyph.drawn), self.drawn.1.max(glyph.drawn)),
        };
        match &glyph.text {
            Text::Char(c) => push_char(*c, &mut self.text),
            Text::Several(text) => text.chars().for_each(|c| push_char(c, &mut self.text)),
        }
        let letters = self.text[start..].chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        self.bold_letters += if glyph.bold { letters } else { 0 };
        self.artifact_letters += if glyph.artifact { letters } else { 0 };
        self.bold = self.letters > 0 && self.bold_letters * 10 >= self.letters * 9;
        self.x1 = self.x1.max(glyph.x1);
        if glyph.size > self.size {
            self.size = glyph.size;
            self.y = glyph.y;
        }
    }
}

/// Whether two digits stand so close that a blank drawn over them parts no numbers.
fn is_within_number(previous: Option<&Glyph>, glyph: &Glyph, gap: f32) -> bool {
    let is_digit = |glyph: &Glyph| matches!(glyph.text, Text::Char(c) if c.is_ascii_digit());
    gap < 0.03 * glyph.size && is_digit(glyph) && previous.is_some_and(is_digit)
}

/// The same letter printed twice in nearly one place, which some writers do for bold.
pub(super) fn is_overprint(previous: &Glyph, glyph: &Glyph) -> bool {
    let same = match (&previous.text, &glyph.text) {
        (Text::Char(a), Text::Char(b)) => a == b && !a.is_whitespace(),
        _ => false,
    };
    same && (glyph.x0 - previous.x0).abs() < 0.12 * glyph.size && (glyph.y - previous.y).abs() < 0.12 * glyph.size
}

/// Appends a letter in its plain form: ligatures to letters, symbol fonts' bullets and boxes to their characters.
fn push_char(c: char, out: &mut String) {
    match c {
        'ﬀ' => out.push_str("ff"),
        'ﬁ' => out.push_str("fi"),
        'ﬂ' => out.push_str("fl"),
        'ﬃ' => out.push_str("ffi"),
        'ﬄ' => out.push_str("ffl"),
        'ﬅ' | 'ﬆ' => out.push_str("st"),
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{2028}' | '\u{2029}' => out.push(' '),
        // Controls that are blanks; a form feed would begin a page.
        c if c.is_control() && c.is_whitespace() => out.push(' '),
        '\u{f0fe}' | '\u{f0fd}' | '\u{f052}' | '\u{f053}' => out.push('☒'),
        '\u{f06f}' | '\u{f0a8}' | '\u{f071}' => out.push('☐'),
        '\u{f0b3}' => out.push('≥'),
        '\u{f0a3}'..='\u{f0a4}' => out.push('≤'),
        '\u{e000}'..='\u{f8ff}' => out.push('•'),
        c if is_invisible(c) => {}
        c => out.push(c),
    }
}

/// A line that is stretched to the margin has wide gaps of one width between its words: one cell, no table.
fn merge_justified(cells: Vec<Cell>) -> Vec<Cell> {
    let gaps: Vec<f32> = cells.windows(2).map(|pair| pair[1].x0 - pair[0].x1).collect();
    let (least, most) = (gaps.iter().copied().fold(f32::MAX, f32::min), gaps.iter().copied().fold(0.0, f32::max));
    let bordered = cells.iter().any(|cell| cell.bordered);
    if gaps.len() < 2 || bordered || most > 1.25 * least || cells.iter().any(|cell| cell.text.trim().contains("  ")) {
        return cells;
    }
    let mut cells = cells.into_iter();
    let mut whole = cells.next().expect("there are three cells");
    for cell in cells {
        whole.text.push(' ');
        whole.text.push_str(&cell.text);
        whole.drawn = (whole.drawn.0.min(cell.drawn.0), whole.drawn.1.max(cell.drawn.1));
        whole.x1 = cell.x1;
        whole.bold &= cell.bold;
        whole.letters += cell.letters;
        whole.bold_letters += cell.bold_letters;
        whole.artifact_letters += cell.artifact_letters;
    }
    vec![whole]
}

/// A bullet or number in front of a wide gap belongs to the words behind it.
fn merge_markers(cells: Vec<Cell>) -> Vec<Cell> {
    let mut merged: Vec<Cell> = Vec::new();
    for cell in cells {
        match merged.last_mut() {
            Some(marker)
                if !cell.bordered
                    && cell.x0 - marker.x1 < 5.0 * marker.size
                    && crate::extract::markers::is_bare(&marker.text) =>
            {
                marker.text.push(' ');
                marker.text.push_str(&cell.text);
                marker.drawn = (marker.drawn.0.min(cell.drawn.0), marker.drawn.1.max(cell.drawn.1));
                marker.x1 = cell.x1;
                marker.bold = cell.bold;
                marker.letters += cell.letters;
                marker.bold_letters += cell.bold_letters;
                marker.artifact_letters += cell.artifact_letters;
                marker.size = marker.size.max(cell.size);
            }
            _ => merged.push(cell),
        }
    }
    merged
}

/// Text in another direction as one line for each run of glyphs in a row.
pub(super) fn turned(glyphs: &[Glyph]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<(f32, f32)> = None;
    for glyph in glyphs {
        let near = last.is_some_and(|(x, y)| (glyph.x0 - x).hypot(glyph.y - y) < 2.5 * glyph.size.max(1.0));
        if !near || lines.is_empty() {
            let cell = Cell { x0: glyph.x0, y: glyph.y, ..Cell::default() };
            lines.push(Line { y: glyph.y, size: glyph.size, cells: vec![cell] });
        }
        let cell = &mut lines.last_mut().expect("a line was pushed").cells[0];
        if is_blank(glyph) {
            cell.text.push(' ');
        } else {
            cell.push(glyph);
        }
        last = Some((glyph.x0, glyph.y));
    }
    lines.retain(|line| !line.cells[0].text.trim().is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_font_maps_to_controls_steers_nothing() {
        let mut out = String::new();
        "a\u{c}b\u{1b}[31m\u{9b}c\u{202e}d\u{85}e\u{b}f\u{7f}".chars().for_each(|c| push_char(c, &mut out));
        assert_eq!(out, "a b[31mcd e f");
    }
}
