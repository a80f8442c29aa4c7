//! Text and places in it: [`Span`], [`LineIndex`], [`CodePointIndex`], sentences, sets of [`Phrases`].
//!
//! Everything here is a value over `&str`. A place is a half-open range of bytes; it becomes a line,
//! a column or a count of code points only where somebody must see it. Knows nothing of documents.

mod cell;
mod index;
mod phrases;
mod roman;
mod sentence;
mod span;

pub use cell::{TableLines, delimiter, inert, line_ends, uttered};
pub use index::{CodePointIndex, LineIndex, Position};
pub use phrases::Phrases;
pub use roman::roman;
pub use sentence::sentences;
pub use span::Span;

/// The letters and digits of `text` in lower case (ASCII `a-z0-9` only), the form in which quotes and
/// gold units are compared, so that line ends, bullets and dashes do not matter.
#[must_use]
pub fn letters_and_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => {}
            c => out.extend(c.to_lowercase().filter(char::is_ascii_alphanumeric)),
        }
    }
    out
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
