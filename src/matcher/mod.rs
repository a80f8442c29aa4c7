//! Where the phrases of a rule set stand in a document.
//!
//! A [`Matcher`] is compiled once and shared; a [`Scanner`] is one worker's reusable state. Literals
//! are found by one Aho-Corasick pass over the matching text; the sentence around a hit is split into
//! words once and the patterns that the hit stands for are confirmed on it. Scanning never fails.
//! Overlaps: each rule gives its leftmost-longest matches without overlap, a cue that looks aside the shortest
//! from each word; matches of
//! different rules may overlap and are settled by `context`. Knows neither policies nor verdicts.

mod classes;
mod compile;
mod program;
mod scan;
mod topics;

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use compile::Compiled;
use scan::Buffers;
pub use topics::Mention;
use topics::TopicFinder;

use crate::document::{Block, BlockId, Document, SectionId};
use crate::rules::{CueIndex, Fired, RuleIndex, RuleSet};
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
    /// The sentence in the document's matching text; no sentence crosses the border of a table's cell.
    pub span: Span,
    /// The block that it is part of.
    pub block: BlockId,
    /// Its matches, in order of place, then target.
    pub matches: Vec<Match>,
}

impl ScannedSentence {
    /// Whether a look-alike of `rule` overlaps its match at `span`.
    #[must_use]
    pub fn is_look_alike(&self, span: Span, rule: RuleIndex) -> bool {
        self.matches.iter().any(|other| other.target == Target::LookAlike(rule) && other.span.overlaps(span))
    }
}

/// The compiled rule set: immutable, shared by all workers.
#[derive(Debug)]
pub struct Matcher {
    compiled: Compiled,
    topics: TopicFinder,
}

impl Matcher {
    /// Compiles the rules and cues of `rules`.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Matcher {
        Matcher { compiled: compile::compile(rules), topics: TopicFinder::new(&rules.topics) }
    }

    /// The automaton of anchors in lower case, for measuring the first pass alone.
    #[must_use]
    pub fn automaton(&self) -> &AhoCorasick {
        &self.compiled.automaton
    }

    /// The topics named in `text`, in order; short forms count where the text or `known` has their topic.
    #[must_use]
    pub fn topics(&self, text: &str, known: &BTreeSet<usize>) -> Vec<Mention> {
        self.topics.mentions(text, known)
    }

    /// A scanner for one worker.
    #[must_use]
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner { matcher: self, buffers: Buffers::default() }
    }
}

/// One worker's state, reused from document to document.
#[derive(Debug)]
pub struct Scanner<'m> {
    matcher: &'m Matcher,
    buffers: Buffers,
}

impl Scanner<'_> {
    /// The sentences of `document` in which something matched, in order.
    pub fn scan(&mut self, document: &Document) -> Vec<ScannedSentence> {
        scan::scan(&self.matcher.compiled, &mut self.buffers, &document.text, &document.blocks)
    }

    /// The same for a text without structure, as one paragraph with [`BlockId`] 0.
    pub fn scan_text(&mut self, text: &str) -> Vec<ScannedSentence> {
        let block = Block::paragraph(Span::new(0, text.len()), SectionId::new(0));
        scan::scan(&self.matcher.compiled, &mut self.buffers, text, &[block])
    }
}

/// The parts of a block in which the matcher looks for matches, in order: its sentences, and for a row
/// the sentences of each cell. No match crosses from one to another.
#[must_use]
pub fn sentences_of(document: &Document, block: &Block) -> Vec<Span> {
    scan::parts(&document.text, block)
}

/// What fires in `text`, look-alikes applied, vetoes of cues not: for the examples of rules and cues.
#[must_use]
pub fn fired(matcher: &Matcher, text: &str) -> Fired {
    let mut fired = Fired::default();
    for sentence in matcher.scanner().scan_text(text) {
        for found in &sentence.matches {
            match found.target {
                Target::Rule(rule) if !sentence.is_look_alike(found.span, rule) => fired.rules.push(rule),
                Target::Cue(cue) => fired.cues.push(cue),
                Target::Rule(_) | Target::LookAlike(_) => {}
            }
        }
    }
    fired.rules.sort_unstable();
    fired.rules.dedup();
    fired.cues.sort_unstable();
    fired.cues.dedup();
    fired
}

/// The rules that fire in `text`, look-alikes applied, vetoes of cues not.
#[must_use]
pub fn fires(matcher: &Matcher, text: &str) -> Vec<RuleIndex> {
    fired(matcher, text).rules
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
