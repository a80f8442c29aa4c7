//! Words of documents made inert in each format.

use std::fmt::Write as _;

use crate::report::{Esc, clean, escaped};
use crate::text::inert;

/// `text` on one line, without characters that steer a terminal or turn the reading direction.
pub(super) fn plain(text: &str) -> String {
    crate::text::single_blanks(&clean(text))
}

/// For content and attributes of HTML.
pub(super) fn html(text: &str) -> String {
    Esc(&plain(text)).to_string()
}

/// For a paragraph of Markdown: its own signs, and those of HTML, are plain.
pub(super) fn markdown(text: &str) -> String {
    escaped(&plain(text))
}

/// One cell of CSV; no spreadsheet takes it for a formula.
pub(super) fn csv(text: &str) -> String {
    let text = inert(&plain(text));
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// One row of CSV.
pub(super) fn csv_row(cells: &[&str]) -> String {
    let mut row = String::new();
    for (at, cell) in cells.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(row, "{comma}{}", csv(cell)).expect("a string can always be written to");
    }
    row + "\n"
}

/// The lines of `text` broken at blanks, at most `width` characters each where words allow.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in plain(text).split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_are_inert() {
        let hostile = "=1+2\u{1b}[31m\u{202e}<b>, \"|*";
        assert_eq!(csv(hostile), "\"'=1+2 [31m <b>, \"\"|*\"");
        assert_eq!(html("<a href='x'>\u{0}&"), "&lt;a href=&#39;x&#39;&gt; &amp;");
        assert_eq!(markdown("# [x](y) *z* <b>"), r"\# \[x\](y) \*z\* \<b\>");
        assert_eq!(markdown("1. a"), r"1\. a");
    }
}
