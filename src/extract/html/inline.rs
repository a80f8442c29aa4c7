//! The words of a block while they are gathered: white space collapsed, bold runs and line breaks remembered.

use super::super::clean;
use crate::extract::flow::{FlowLink, links_within};
use crate::text::Span;

/// Words of one block in the making.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    space: bool,
    bold: Vec<(usize, usize)>,
    inner: Vec<(usize, usize)>,
    breaks: Vec<usize>,
    links: Vec<FlowLink>,
    /// The target of the link that is open, and where its words begin.
    open: Option<(String, usize)>,
}

/// The look of the words that are added.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// Heavy or underlined.
    pub bold: bool,
    /// A link within the page.
    pub inner: bool,
}

/// A part of a block between two line breaks that matter.
#[derive(Debug)]
pub(super) struct Piece {
    /// Its words.
    pub text: String,
    /// Bold throughout.
    pub bold: bool,
    /// The length of the bold words that it begins with, where others follow.
    pub lead: usize,
    /// Nothing but links within the page.
    pub inner: bool,
    /// The links on its words.
    pub links: Vec<FlowLink>,
}

impl Inline {
    /// Adds words; white space collapses over calls.
    pub(super) fn push(&mut self, words: &str, style: Style) {
        for c in words.chars().filter_map(clean::character) {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.text.is_empty() {
                self.text.push(' ');
            }
            let start = self.text.len();
            self.text.push(c);
            for (on, runs) in [(style.bold, &mut self.bold), (style.inner, &mut self.inner)] {
                if on {
                    extend(runs, start, self.text.len());
                }
            }
        }
    }

    /// A gap between words that no tag shows: a cell's paragraph, a line break.
    pub(super) fn gap(&mut self) {
        self.space = true;
    }

    /// Whether the words so far introduce a list.
    pub(super) fn introduces(&self) -> bool {
        self.text.ends_with(':')
    }

    /// A line break.
    pub(super) fn line_break(&mut self) {
        self.breaks.push(self.text.len());
        self.space = true;
    }

    /// A link begins.
    pub(super) fn open_link(&mut self, target: &str) {
        self.close_link();
        self.open = Some((target.to_owned(), self.text.len()));
    }

    /// The open link ends. A link without words is none.
    pub(super) fn close_link(&mut self) {
        let Some((target, start)) = self.open.take() else { return };
        let start = start + (self.text[start..].len() - self.text[start..].trim_start().len());
        if start < self.text.len() {
            self.links.push(FlowLink { span: Span::new(start, self.text.len()), target });
        }
    }

    /// All that was gathered; a link that is open goes on behind it.
    fn take(&mut self) -> Inline {
        let target = self.open.as_ref().map(|(target, _)| target.clone());
        self.close_link();
        let mut taken = std::mem::take(self);
        self.open = target.map(|target| (target, 0));
        taken.open = None;
        taken
    }

    /// Takes the words as one line, for a cell.
    pub(super) fn take_line(&mut self) -> (String, Vec<FlowLink>, bool) {
        let taken = self.take();
        let bold = !taken.text.is_empty() && covered(&taken.bold, &taken.text, 0, taken.text.len());
        (taken.text, taken.links, bold)
    }

    /// Takes the words, split at the line breaks that end a thought. `whole` keeps them together.
    pub(super) fn take_pieces(&mut self, whole: bool) -> Vec<Piece> {
        let taken = self.take();
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut breaks = taken.breaks.iter().copied().peekable();
        while let Some(at) = breaks.next() {
            let double = breaks.peek() == Some(&at);
            if !whole && at > start && (double || ends_thought(&taken.text[start..at], &taken.text[at..])) {
                pieces.extend(taken.piece(start, at));
                start = at;
            }
        }
        pieces.extend(taken.piece(start, taken.text.len()));
        pieces
    }

    /// The words from `start` to `end` as a piece; `None` when there are none.
    fn piece(&self, start: usize, end: usize) -> Option<Piece> {
        let words = &self.text[start..end];
        let start = start + (words.len() - words.trim_start().len());
        let text = words.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let bold = covered(&self.bold, &self.text, start, end);
        let lead = self.bold.iter().find(|run| run.0 <= start && start < run.1).map_or(0, |run| run.1.min(end) - start);
        let inner = covered(&self.inner, &self.text, start, end);
        let links = links_within(&self.links, start..start + text.len());
        Some(Piece { text, bold, lead: if bold { 0 } else { lead }, inner, links })
    }
}

/// Makes the last run longer, over a blank if need be, or begins a new one.
fn extend(runs: &mut Vec<(usize, usize)>, start: usize, end: usize) {
    match runs.last_mut() {
        Some(last) if start <= last.1 + 1 => last.1 = end,
        _ => runs.push((start, end)),
    }
}

/// Whether every letter and digit of `text` from `start` to `end` lies in a run.
fn covered(runs: &[(usize, usize)], text: &str, start: usize, end: usize) -> bool {
    let mut letters = text[start..end].char_indices().filter(|(_, c)| c.is_alphanumeric()).peekable();
    letters.peek().is_some() && letters.all(|(at, _)| runs.iter().any(|run| run.0 <= start + at && start + at < run.1))
}

/// Whether a line break between these words ends a thought; it does not where a sentence was broken for its looks.
fn ends_thought(before: &str, after: &str) -> bool {
    let last = before.trim_end().chars().next_back();
    let next = after.trim_start().chars().next();
    let goes_on = next.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ')' | ';'));
    !(goes_on && last.is_some_and(|c| !matches!(c, '.' | ':' | ';' | '!' | '?')))
}
