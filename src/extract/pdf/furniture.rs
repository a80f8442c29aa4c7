//! Page furniture: lines that come back at the edges of pages, page numbers, print stamps.

use std::collections::HashMap;

use super::PageLines;
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

/// Takes the furniture out of the pages' lines.
///
/// A line is furniture when the same words, numbers aside, stand at the edge of three pages (of two, in
/// documents of two or three), or when it is a page number or the stamp of a browser's print.
pub(super) fn take(pages: &mut [PageLines]) -> Vec<Taken> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let mut keys: Vec<String> = at_edges(page).map(|line| key(&words(line))).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = if pages.len() <= 3 { 2 } else { 3 };
    let mut told: HashMap<String, ()> = HashMap::new();
    let mut all = Vec::with_capacity(pages.len());
    for page in pages.iter_mut() {
        let count = page.lines.len();
        let mut taken = Taken::default();
        let mut index = 0;
        let height = page.height;
        page.lines.retain(|line| {
            let at_edge = index < EDGE_LINES || index + EDGE_LINES >= count;
            let outer = index < 2 || index + 2 >= count || line.y < 0.06 * height || line.y > 0.94 * height;
            index += 1;
            let words = words(line);
            let key = key(&words);
            let repeated = at_edge && seen.get(&key).is_some_and(|&pages| pages >= enough) && is_repeatable(&words);
            let is_furniture = repeated || outer && (is_page_number(&words) || is_stamp(&words));
            if is_furniture {
                if let Some(label) = page_label(&words) {
                    taken.label.get_or_insert(label);
                }
                taken.lines.push((words, told.insert(key, ()).is_none()));
            }
            !is_furniture
        });
        all.push(taken);
    }
    all
}

fn at_edges(page: &PageLines) -> impl Iterator<Item = &Line> {
    let count = page.lines.len();
    page.lines
        .iter()
        .enumerate()
        .filter(move |(index, _)| *index < EDGE_LINES || index + EDGE_LINES >= count)
        .map(|(_, line)| line)
}

fn words(line: &Line) -> String {
    line.cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ")
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
