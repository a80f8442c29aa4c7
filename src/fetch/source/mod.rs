//! Sources as data: where a payer lists its policies, how a list is read, what makes a document the same
//! document next month, and what a sound list looks like.
//!
//! A source is one TOML file without code. Unknown keys, wrong selectors and patterns are errors with
//! their line. [`Source::starts`] gives the first addresses, [`Source::follow`] what a page names,
//! [`Source::document`] what an answer is as a document: pure functions, provable from saved pages.

mod expect;
mod gate;
mod halved;
mod listing;
mod paging;
mod reading;
mod rows;
mod rule;
mod sound;
mod syntax;
#[cfg(test)]
mod tests;

pub use expect::Expect;
pub use gate::Gate;
pub use listing::{Candidate, Followed, Page};
pub use reading::Reading;
pub use syntax::{Budget, Source, SourceError, Status};
