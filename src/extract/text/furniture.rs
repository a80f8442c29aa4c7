//! Page furniture in texts that were cut from paged documents: running heads and feet around page numbers.
//!
//! Without pages to count on, a line is furniture only when it holds a page number of the form
//! "page 3 of 12", or stands beside such lines again and again.

use super::lines::{Copy, Line};

/// How many lines around a page number may belong to head and foot.
const REACH: usize = 4;

/// Marks the lines that are page furniture.
pub(super) fn mark(lines: &mut [Line]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|&at| !lines[at].is_blank()).collect();
    let numbered: Vec<usize> = (0..filled.len()).filter(|&n| is_page_number(&lines[filled[n]].text)).collect();
    if numbered.len() < 3 {
        return;
    }
    // Each neighbour counts once a page, by its words with digits taken out.
    let mut seen: Vec<(String, usize, usize)> = Vec::new();
    for &n in &numbered {
        for beside in n.saturating_sub(REACH)..(n + REACH + 1).min(filled.len()) {
            let key = key(&lines[filled[beside]].text);
            match seen.iter_mut().find(|entry| entry.0 == key) {
                Some(entry) if entry.2 != n => (entry.1, entry.2) = (entry.1 + 1, n),
                Some(_) => {}
                None => seen.push((key, 1, n)),
            }
        }
    }
    let often = (numbered.len() / 3).max(3);
    seen.retain(|(key, times, _)| *times >= often && key.len() >= 4);
    let mut first: Vec<String> = Vec::new();
    for &n in &numbered {
        for beside in n.saturating_sub(REACH)..(n + REACH + 1).min(filled.len()) {
            let line = &mut lines[filled[beside]];
            let key = key(&line.text);
            if line.furniture.is_none() && (beside == n || seen.iter().any(|entry| entry.0 == key)) {
                let again = first.contains(&key);
                line.furniture = Some(if again { Copy::Later } else { Copy::First });
                if !again {
                    first.push(key);
                }
            }
        }
    }
}

/// Whether a short line holds "page 3 of 12".
fn is_page_number(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let digits = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
    words
        .windows(4)
        .any(|w| w[0].to_ascii_lowercase().ends_with("page") && digits(w[1]) && w[2] == "of" && digits(w[3]))
}

/// The letters of a line, by which copies are known.
fn key(line: &str) -> String {
    line.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
