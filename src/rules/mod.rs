//! Rules as data: TOML packs become a [`RuleSet`] of rules, cues and weights, or a list of everything wrong with them.
//!
//! `syntax` is what a pack's file says, [`Rule`] and [`Cue`] what it means; [`Pattern`] is the phrase
//! notation. Packs are handed in as text; the embedded ones are [`embedded`]. Nothing here reads a policy.

mod anchor;
mod category;
mod check;
mod common;
mod cue;
mod definition;
mod embedded;
mod error;
mod evidence;
mod law;
mod macros;
mod meaning;
mod nearest;
mod notation;
mod pattern;
mod rule;
mod set;
mod syntax;
mod topic;
mod verdict;
mod weights;
mod words;

pub(crate) use anchor::anchors;
pub use category::{Category, Group};
pub use check::{Case, CaseVerdict, Checked, Fired, check};
pub use cue::{Cue, CueIndex, Direction, Effect, Reach};
pub use embedded::{TRIGGERS, embedded};
pub use error::RuleError;
pub use evidence::{EvidenceTerm, EvidenceTerms, EvidenceWord};
pub use law::{DatedFact, Law, LawNote, LawRow};
pub(crate) use notation::compile_regex;
pub use pattern::{Node, Pattern};
pub use rule::{Rule, RuleIndex};
pub use set::{PackText, RuleSet};
pub use topic::{Term, TermKind, Topic};
pub use verdict::{Assertion, Force, Holder, Scope};
pub use weights::Weights;
pub(crate) use words::{FOLDED_AWAY, Kind, Token, Tokens};
