//! Findings folded into a leverage summary: stance per service, barriers and levers in order, score with its parts.
//!
//! Every line stands on a finding or a span of the document's matching text; the score is integer
//! arithmetic over one table of weights. Never a prediction.

mod advice;
mod codes;
mod contradictions;
mod criteria;
mod evidence;
mod model;
mod ranked;
mod score;
mod staleness;
mod statements;
mod subject;

use crate::document::{Completeness, Document};
use crate::finding::Finding;
use crate::policy::{Date, Metadata};
use crate::rules::RuleSet;

pub use model::{
    Barrier, CodeMention, CodeTable, Connective, Contradiction, Criterion, DocumentStance, Evidence, Fight,
    HistoryEvent, Lever, LeverKind, LeverageSummary, Score, ServiceStance, Silence, Staleness, StalenessState,
    Statement, Tension, Tenths,
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
    if document.completeness == Completeness::None {
        return LeverageSummary::default();
    }
    let view = View { document, findings, rules };
    let stances = statements::statements(&view, metadata);
    let barriers = ranked::barriers(&view);
    let levers = ranked::levers(&view);
    let criteria = criteria::criteria(&view);
    let codes = codes::codes(&view);
    let contradictions = contradictions::contradictions(&view, &stances, &levers);
    let evidence = evidence::evidence(&view);
    let staleness = staleness::staleness(metadata, &evidence, as_of);
    let mut summary = LeverageSummary {
        stance: statements::document_stance(&stances),
        silences: silences(metadata, &levers, &evidence),
        history: evidence::history(&view),
        stances,
        barriers,
        levers,
        criteria,
        contradictions,
        evidence,
        staleness,
        codes,
        score: None,
    };
    summary.score = score::score(&view, &summary);
    summary
}

/// A document with its findings.
struct View<'a> {
    document: &'a Document,
    findings: &'a [Finding],
    rules: &'a RuleSet,
}

impl<'a> View<'a> {
    /// The operative findings, in document order.
    fn operative(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.findings.iter().filter(|finding| finding.operative)
    }

    /// The block in which a finding's sentence stands.
    fn block_of(&self, finding: &Finding) -> usize {
        let blocks = &self.document.blocks;
        blocks.partition_point(|block| block.span.end() <= finding.sentence.start()).min(blocks.len() - 1)
    }

    /// The weight of a finding in hundredths of a point, with the factors of its section and force.
    fn value(&self, finding: &Finding) -> i32 {
        let weights = &self.rules.weights;
        let tier = weights.get("tier", finding.tier.map_or("unknown", crate::policy::Tier::id));
        let force = weights.get("force", finding.force.id());
        weights.get("category", finding.category.id()) * tier * force / 100
    }
}

/// What this policy does not say and policies usually do.
fn silences(metadata: &Metadata, levers: &[Lever], evidence: &Evidence) -> Vec<Silence> {
    let has = |kind: LeverKind| levers.iter().any(|lever| lever.kind == kind);
    let all = [
        (Silence::NoException, !has(LeverKind::IndividualReview)),
        (Silence::NoReviewDate, metadata.next_review.is_none()),
        (Silence::NoAppeal, !has(LeverKind::DisputeRights)),
        (Silence::NoReferences, evidence.newest_reference.is_none()),
    ];
    all.into_iter().filter(|&(_, silent)| silent).map(|(silence, _)| silence).collect()
}

#[cfg(test)]
mod tests;
