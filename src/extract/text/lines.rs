//! Lines of a text and what their lengths tell about how it was written.

use crate::extract::clean;
use crate::extract::markers::marker_len;

/// One line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its words, blanks collapsed; columns apart by U+0009.
    pub text: String,
    /// Blanks before the first word.
    pub indent: usize,
    /// Whether a blank stands at its end.
    pub open_end: bool,
    /// Whether a blank stands at its start.
    pub open_start: bool,
    /// The page, from 1, where form feeds part pages.
    pub page: Option<u32>,
    /// Its length in characters, indent included.
    pub width: usize,
    /// Page furniture: the first copy or a later one.
    pub furniture: Option<Copy>,
}

/// Which copy of page furniture a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Copy {
    /// The first.
    First,
    /// A later one.
    Later,
}

impl Line {
    /// Takes a line as it stands in the file.
    pub(super) fn new(raw: &str, page: Option<u32>) -> Line {
        let cleaned: String = raw.chars().filter_map(clean::character).collect();
        let indent =
            cleaned.chars().take_while(|&c| c == ' ' || c == '\t').map(|c| if c == '\t' { 4 } else { 1 }).sum();
        let width = cleaned.trim_end().chars().count();
        let ends = |blank: fn(&str) -> bool| blank(&cleaned);
        Line {
            text: columns(cleaned.trim()),
            indent,
            open_end: ends(|line| line.ends_with([' ', '\t'])),
            open_start: ends(|line| line.starts_with([' ', '\t'])),
            page,
            width,
            furniture: None,
        }
    }

    /// Whether it holds no word.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// Collapses blanks; tabs and runs of three blanks or more between words part columns.
fn columns(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut blanks = String::new();
    let body = line.len() - line[marker_len(line)..].len();
    for (at, c) in line.char_indices() {
        if c == ' ' || c == '\t' {
            blanks.push(c);
            continue;
        }
        if !blanks.is_empty() {
            let apart = blanks.contains('\t') || blanks.len() >= 3;
            out.push(if apart && at > body { '\t' } else { ' ' });
            blanks.clear();
        }
        out.push(c);
    }
    out
}

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Lines are broken at this width or a little before it.
    Wrapped {
        /// The usual width of a full line in characters.
        width: usize,
        /// Whether lines usually end in a blank, so that one without was cut inside a word.
        open_ends: bool,
    },
    /// Every line is a block.
    Lines,
}

/// Tells the layout from the widths of the lines.
pub(super) fn layout(lines: &[Line]) -> Layout {
    let mut widths: Vec<usize> = lines.iter().filter(|line| !line.is_blank()).map(|line| line.width).collect();
    widths.sort_unstable();
    let at = |percent: usize| widths.get(widths.len() * percent / 100).copied().unwrap_or(0);
    // Wrapped text has a right edge: its widest lines are hardly wider than many others.
    let (most, wide) = (at(98), at(80));
    if widths.len() < 4 || !(30..=200).contains(&most) || wide * 3 < most {
        return Layout::Lines;
    }
    let open = lines.iter().filter(|line| !line.is_blank() && line.open_end).count();
    Layout::Wrapped { width: at(90).max(40), open_ends: open * 10 >= widths.len() * 7 }
}
