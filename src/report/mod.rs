//! Renderers over a serializable mirror model with a schema version.
//!
//! [`Analysis`] is what `fineprint analyze` prints for machines and all that renderers see. Everything is
//! written into an `impl Write`; nothing here knows the store, the clock or a file.

mod extracted;
pub mod model;
pub mod terminal;

pub use extracted::Extraction;
pub use model::{Analysis, JSON_SCHEMA};
