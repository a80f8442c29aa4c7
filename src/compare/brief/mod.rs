//! The skeleton of an appeal's policy section: the payer's own words as numbered exhibits, and blanks for the case.
//!
//! Nothing of the case is invented: what only the reader knows is a blank line. The parts become Markdown or DOCX.

mod docx;
mod markdown;
mod parts;

pub use docx::docx;
pub use markdown::markdown;
pub use parts::{Exhibit, Part, brief};
