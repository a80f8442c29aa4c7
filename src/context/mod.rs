//! From matches and cues to findings: assertion, holder, force, scope, lists, sections.
//!
//! Works sentence by sentence, block by block; never fails. Every verdict names what decided it, and
//! every match that is no finding is kept with the reason.

use crate::document::Document;
use crate::finding::{Finding, Rejected};
use crate::matcher::ScannedSentence;
use crate::rules::RuleSet;

/// What `judge` gives: findings in document order, and the matches that are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// By place, then rule.
    pub findings: Vec<Finding>,
    /// By place, then rule.
    pub rejected: Vec<Rejected>,
}

/// Gives every match its verdict.
#[must_use]
pub fn judge(document: &Document, sentences: &[ScannedSentence], rules: &RuleSet) -> Judgement {
    let _ = (document, sentences, rules);
    Judgement::default()
}
