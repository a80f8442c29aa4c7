//! Where the phrases of a rule set stand in a document.
//!
//! A [`Matcher`] is compiled once and shared; a [`Scanner`] is one worker's reusable state. Every phrase
//! has anchors, words of which one stands in each of its matches. One Aho-Corasick pass over the matching
//! text finds the anchors; a sentence with hits is split into words once, and only the phrases that the
//! hits stand for are confirmed on it, each by a small automaton and only near its anchor. Scanning never fails.
//!
//! Overlaps: each rule, look-alike list and cue gives its leftmost-longest matches without overlap; matches
//! of different ones may overlap and are settled by `context`. Knows neither policies nor verdicts.

mod anchor;
mod compile;
mod machine;
mod scan;
mod tokens;

pub use compile::Matcher;
pub use scan::Scanner;

use crate::document::BlockId;
use crate::rules::{CueIndex, RuleIndex};
use crate::text::Span;

/// What matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A rule's pattern.
    Rule(RuleIndex),
    /// A rule's look-alike.
    LookAlike(RuleIndex),
    /// A cue.
    Cue(CueIndex),
}

/// One match of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// The words, from the first letter to the last, in the document's matching text.
    pub span: Span,
    /// What matched.
    pub target: Target,
}

/// A sentence in which something matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedSentence {
    /// The sentence in the document's matching text; a table's cell counts as one.
    pub span: Span,
    /// The block that it is part of.
    pub block: BlockId,
    /// Its matches, in order of place, then target.
    pub matches: Vec<Match>,
}

#[cfg(test)]
mod tests;
