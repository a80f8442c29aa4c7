//! Findings folded into a leverage summary: stance per service, barriers and levers in order, score with its parts.
//!
//! Every line stands on a finding or a span of the document's matching text; the score is integer
//! arithmetic over one table of weights. Never a prediction.

mod advice;
mod apart;
mod asides;
mod clause;
mod codes;
mod contradictions;
mod criteria;
mod evidence;
mod handed;
mod history;
mod indication;
mod inline;
mod kinds;
mod model;
mod naming;
mod ranked;
mod reach;
mod score;
mod staleness;
mod stance;
mod statements;
mod subject;
mod voice;

use std::collections::BTreeMap;

use crate::document::{Block, Completeness, Document};
use crate::finding::{Finding, FindingId};
use crate::policy::{Metadata, Tier};
use crate::rules::RuleSet;
use crate::text::Span;

pub use kinds::{
    CodeTable, Connective, DocumentStance, Fight, LeverKind, ServiceStance, Silence, StalenessState, Tension,
};
pub use model::{
    Barrier, Change, CodeMention, Contradiction, Criterion, Evidence, HistoryEvent, Lever, LeverageSummary, Limb,
    Score, Side, Staleness, Statement, Tenths, Wanted,
};
pub use reach::Asked;

/// Folds the findings of one document.
///
/// `metadata` is the document's own with what was told about it; `asked` is for whom and for which day.
#[must_use]
pub fn summarize(
    document: &Document,
    metadata: &Metadata,
    findings: &[Finding],
    rules: &RuleSet,
    asked: &Asked,
) -> LeverageSummary {
    if document.completeness == Completeness::None {
        return LeverageSummary::default();
    }
    let view =
        View { document, findings, by_id: findings.iter().map(|finding| (&finding.id, finding)).collect(), rules };
    let stances = statements::statements(&view, metadata);
    let barriers = ranked::barriers(&view, metadata);
    let levers = ranked::levers(&view, metadata);
    let criteria = criteria::criteria(&view, &stances);
    let codes = codes::codes(&view);
    let evidence = evidence::evidence(&view, metadata);
    let found = contradictions::Found { statements: &stances, levers: &levers, codes: &codes, evidence: &evidence };
    let contradictions = contradictions::contradictions(&view, &found);
    let staleness = staleness::staleness(&view, metadata, &evidence, asked.as_of);
    let summary = LeverageSummary {
        stance: statements::document_stance(&stances),
        silences: silences(&view, metadata, &evidence),
        history: history::history(&view),
        stances,
        barriers,
        levers,
        criteria,
        contradictions,
        evidence,
        staleness,
        codes,
        law: reach::law(&rules.law, asked),
        notes: if asked.lines_of_business.is_empty() { Vec::new() } else { rules.law.notes.clone() },
        score: None,
    };
    scored(&view, metadata, summary, asked)
}

/// The summary with the score of each statement, and the document's.
fn scored(view: &View<'_>, metadata: &Metadata, mut summary: LeverageSummary, asked: &Asked) -> LeverageSummary {
    let scorer = score::Scorer::new(view, metadata, &summary, asked);
    let scores: Vec<Option<Score>> =
        summary.stances.iter().map(|statement| scorer.score(statement, &summary.criteria)).collect();
    for (statement, score) in summary.stances.iter_mut().zip(scores) {
        statement.score = score;
    }
    summary.score = score::of_document(&summary.stances);
    summary
}

/// A document with its findings.
struct View<'a> {
    document: &'a Document,
    findings: &'a [Finding],
    by_id: BTreeMap<&'a FindingId, &'a Finding>,
    rules: &'a RuleSet,
}

impl<'a> View<'a> {
    /// The operative findings, in document order.
    fn operative(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.findings.iter().filter(|finding| finding.operative)
    }

    /// The finding with that id.
    fn finding(&self, id: &FindingId) -> Option<&'a Finding> {
        self.by_id.get(id).copied()
    }

    /// The findings whose sentence begins in `span`, in document order.
    fn findings_in(&self, span: Span) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let start = self.findings.partition_point(|finding| finding.sentence.start() < span.start());
        self.findings[start..].iter().take_while(move |finding| finding.sentence.start() < span.end())
    }

    /// The block in which words stand.
    fn block_at(&self, words: Span) -> &'a Block {
        let blocks = &self.document.blocks;
        let at = blocks.partition_point(|block| block.span.end() <= words.start());
        &blocks[at.min(blocks.len() - 1)]
    }

    /// The block in which a finding's sentence stands.
    fn block_of(&self, finding: &Finding) -> &'a Block {
        self.block_at(finding.sentence)
    }

    /// The weight of a finding in hundredths of a point, with the factors of its section and force.
    fn value(&self, finding: &Finding) -> i32 {
        let weights = &self.rules.weights;
        // What is said in force below a heading of history or references stands there by accident: a closing notice.
        let tier = match finding.tier {
            Some(Tier::History | Tier::References) if finding.operative => Tier::Notice.id(),
            tier => tier.map_or("unknown", Tier::id),
        };
        let tier = weights.get("tier", tier);
        let force = weights.get("force", finding.force.id());
        weights.get("category", finding.category.id()) * tier * force / 100
    }
}

/// What this policy does not say and policies usually do.
///
/// A kind that only a match outside of the operative text names, or the plain words for it, is not silence.
fn silences(view: &View<'_>, metadata: &Metadata, evidence: &Evidence) -> Vec<Silence> {
    let whole = view.document.text.to_lowercase();
    let has = |kind: LeverKind| {
        let named = |finding: &Finding| !finding.span.is_empty() && advice::kind(finding.category) == Some(kind);
        let words: &[&str] = match kind {
            LeverKind::IndividualReview => {
                &["case-by-case", "case by case", "individual consideration", "exceptions", "exception request"]
            }
            _ => &["appeal", "grievance", "external review", "peer-to-peer"],
        };
        view.findings.iter().any(named) || words.iter().any(|words| whole.contains(words))
    };
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
