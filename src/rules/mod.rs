//! Rules as data: TOML packs become a [`RuleSet`] of rules, cues and weights, or a list of everything wrong with them.
//!
//! `syntax` is what a pack's file says, [`Rule`] and [`Cue`] what it means; [`Pattern`] is the phrase
//! notation. Packs are handed in as text; the embedded ones are [`embedded`]. Nothing here reads a policy.

mod category;
mod check;
mod cue;
mod embedded;
mod error;
mod pattern;
mod read;
mod rule;
mod set;
mod syntax;
mod verdict;
mod weights;

pub use category::{Category, Group};
pub use cue::{Cue, CueIndex, Direction, Effect, Reach};
pub use embedded::embedded;
pub use error::RuleError;
pub(crate) use pattern::is_apostrophe;
pub use pattern::{Form, Node, Pattern};
pub use rule::{Rule, RuleIndex};
pub use set::{PackText, RuleSet};
pub use verdict::{Assertion, Force, Holder, Scope};
pub use weights::Weights;
