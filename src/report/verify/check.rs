//! Holding claims against a document.

use super::{Claim, normal};
use crate::report::words;

/// A document's text, ready to be searched.
#[derive(Debug)]
pub struct Text<'d> {
    text: &'d str,
    normal: String,
    /// For each page where it begins in `normal`.
    pages: Vec<usize>,
}

impl<'d> Text<'d> {
    /// Prepares a matching text whose pages begin at the code points `starts`; none for formats without pages.
    #[must_use]
    pub fn new(text: &'d str, starts: &[usize]) -> Text<'d> {
        let mut normal = String::with_capacity(text.len());
        let mut pages = Vec::with_capacity(starts.len());
        let mut bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let (mut from, mut points) = (0, 0);
        for &start in starts {
            let until = if start < points { Some(from) } else { bytes.nth(start - points) };
            let until = until.unwrap_or(text.len());
            points = points.max(start + 1);
            push(&mut normal, &text[from..until]);
            // Behind the blank that the page's first word adds.
            pages.push(if normal.is_empty() { 0 } else { normal.len() + 1 });
            from = until;
        }
        push(&mut normal, &text[from..]);
        Text { text, normal, pages }
    }

    /// The page, from 1, of a place in the prepared text.
    fn page_at(&self, at: usize) -> Option<u32> {
        let begun = self.pages.partition_point(|start| *start <= at);
        u32::try_from(begun).ok().filter(|page| *page > 0)
    }

    fn at_span(&self, (start, end): (usize, usize)) -> String {
        normal(&self.text.chars().skip(start).take(end.saturating_sub(start)).collect::<String>())
    }
}

/// Adds words behind a blank.
fn push(text: &mut String, words: &str) {
    let words = normal(words);
    if !text.is_empty() && !words.is_empty() {
        text.push(' ');
    }
    text.push_str(&words);
}

impl Claim {
    /// Whether the words stand in the document on the page that the report names.
    ///
    /// # Errors
    /// What does not hold.
    pub fn holds(&self, text: &Text<'_>) -> Result<(), String> {
        if let Some(span) = self.span {
            let there = text.at_span(span);
            return if there == self.words {
                Ok(())
            } else {
                Err(format!("at its place stands “{}”", short(&there)))
            };
        }
        let places: Vec<Option<u32>> = text.normal.match_indices(&self.words).map(|(at, _)| text.page_at(at)).collect();
        if self.words.is_empty() {
            return Err("it is empty".to_owned());
        }
        if places.is_empty() {
            return Err("these words are not in the document".to_owned());
        }
        let next = self.page.filter(|_| self.cut_before).map(|page| page + 1);
        if places.iter().any(|page| *page == self.page || next.is_some() && *page == next) {
            return Ok(());
        }
        let named = words::page(self.page);
        let mut pages: Vec<String> = places.iter().map(|page| words::page(*page)).collect();
        pages.dedup();
        pages.truncate(5);
        Err(format!("these words stand on {}, not on {named}", pages.join(", ")))
    }
}

/// The beginning of long words.
fn short(words: &str) -> String {
    match words.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
