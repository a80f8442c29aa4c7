//! Words of documents made inert in each format.

use std::io::{self, Write};

use crate::report::terminal::lines;
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

/// A cell of CSV; no spreadsheet takes it for a formula.
pub(super) fn cell(text: &str) -> String {
    inert(&plain(text))
}

/// Writes `text` broken into lines of at most `width` columns, each behind `indent` blanks.
pub(super) fn write_lines(out: &mut dyn Write, width: usize, indent: usize, text: &str) -> io::Result<()> {
    let text = plain(text);
    if text.is_empty() {
        return writeln!(out);
    }
    lines(&text, width - indent).iter().try_for_each(|line| writeln!(out, "{:indent$}{line}", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_are_inert() {
        let hostile = "=1+2\u{1b}[31m\u{202e}<b>, \"|*";
        assert_eq!(cell(hostile), "'=1+2 [31m <b>, \"|*");
        assert_eq!(html("<a href='x'>\u{0}&"), "&lt;a href=&#39;x&#39;&gt; &amp;");
        assert_eq!(markdown("# [x](y) *z* <b>"), r"\# \[x\](y) \*z\* \<b\>");
        assert_eq!(markdown("1. a"), r"1\. a");
    }
}
