//! Renderers over a serializable mirror model with a schema version.
//!
//! [`Analysis`] is what `fineprint analyze` prints for machines and all that renderers see. Everything is
//! written into an `impl Write`; nothing here knows the store, the clock or a file.

mod agreement;
mod cite;
mod clean;
mod codebook;
mod extracted;
pub mod html;
mod markdown;
mod marks;
pub mod model;
mod overview;
mod own;
mod run;
mod sheet;
pub mod tables;
pub mod terminal;
pub mod verify;
mod words;

pub(crate) use agreement::{AtHand, names};
pub(crate) use html::Esc;
pub(crate) use markdown::{HASH, escaped};
pub(crate) use overview::plans;
pub(crate) use own::{ARCHIVE, GENERATOR};
pub(crate) use sheet::GLOSSARY;
pub(crate) use verify::MANY;
pub(crate) use words::{
    UNSTATED, connective as connective_words, counted, fight as fight_words, lever as lever_words, page as page_words,
    payer as payer_words, payers as payers_words, place as place_words, policy as policy_words,
    service_stance as stance_words, tension as tension_words,
};

pub use cite::{CitationFormat, citations};
pub use clean::clean;
pub use codebook::{codebook_html, codebook_markdown};
pub use extracted::Extraction;
pub use markdown::{Markdown, markdown};
pub use marks::{Baseline, MarkCounts, Marks, Suppression};
pub use model::{Analysis, JSON_SCHEMA};
pub use own::is_own;
pub use run::RunRecord;
