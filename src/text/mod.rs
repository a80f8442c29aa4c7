//! Text and places in it: [`Span`], [`LineIndex`], [`CodePointIndex`] and sentences.
//!
//! Everything here is a value over `&str`. A place is a half-open range of bytes; it becomes a line,
//! a column or a count of code points only where somebody must see it. Knows nothing of documents.

mod index;
mod sentence;
mod span;

pub use index::{CodePointIndex, LineIndex, Position};
pub use sentence::sentences;
pub use span::Span;

/// The letters and digits of `text` in lower case (ASCII `a-z0-9` only), the form in which quotes and
/// gold units are compared, so that line ends, bullets and dashes do not matter.
#[must_use]
pub fn letters_and_digits(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter(char::is_ascii_alphanumeric).collect()
}

/// `text` with every run of white space (page breaks included) as one blank, trimmed.
#[must_use]
pub fn single_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
