//! For reading in a terminal: a table for many documents, a page for one.
//!
//! The answer comes first, then the payer's words, then how we got there. What was not read stands above
//! what was. Shape and word carry the meaning (▲ in the way, ● open, ◆ against itself, ○ a note), colour
//! only repeats it. Words of documents are cleaned of control characters: a hostile file must not steer
//! the terminal.

mod page;
mod page_head;
mod page_stance;
mod paint;
mod table;

pub use super::clean::clean;
pub use page::page;
pub(crate) use paint::{lines, shortened};
pub use table::{Row, table};

/// How the terminal looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether to use colours.
    pub colour: bool,
    /// The folder, with `/`, from which links to documents start; `None` where the terminal shows none.
    pub links: Option<&'static str>,
}

#[cfg(test)]
mod tests;
