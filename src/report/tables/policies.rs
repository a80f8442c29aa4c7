//! The columns of the table of policies.

use super::{Cell, Column, copied, count, document_hash, document_path, list, made, maybe, page, words};
use crate::report::Analysis;
use crate::report::model::{PartsModel, SummaryModel};

pub(super) const COLUMNS: &[Column<()>] = &[
    document_path(),
    document_hash(),
    copied("url", "source.url", |a, ()| maybe(a.source.url.as_deref())),
    copied("retrieved_at", "source.retrieved_at", |a, ()| maybe(a.source.retrieved_at.as_deref())),
    copied("payer_id", "policy.payer.id", |a, ()| maybe(a.policy.payer.as_ref().map(|payer| payer.id.as_str()))),
    copied("payer", "policy.payer.name", |a, ()| maybe(a.policy.payer.as_ref().map(|payer| payer.name.as_str()))),
    copied("author", "policy.author", |a, ()| maybe(a.policy.author.as_deref())),
    copied("number", "policy.number", |a, ()| maybe(a.policy.number.as_deref())),
    copied("title", "policy.title", |a, ()| maybe(a.policy.title.as_deref())),
    copied("original_effective_date", "policy.original_effective_date", |a, ()| {
        maybe(a.policy.original_effective_date.as_deref())
    }),
    copied("effective_date", "policy.effective_date", |a, ()| maybe(a.policy.effective_date.as_deref())),
    copied("last_review_date", "policy.last_review_date", |a, ()| maybe(a.policy.last_review_date.as_deref())),
    copied("next_review_date", "policy.next_review_date", |a, ()| maybe(a.policy.next_review_date.as_deref())),
    copied("lines_of_business", "policy.lines_of_business", |a, ()| list(&a.policy.lines_of_business)),
    copied("states", "policy.states", |a, ()| list(&a.policy.states)),
    copied("told", "policy.told", |a, ()| list(&a.policy.told)),
    copied("media_type", "source.media_type", |a, ()| words(&a.source.media_type)),
    copied("pages", "source.pages", |a, ()| a.source.pages.map_or(Cell::Empty, count)),
    copied("completeness", "extraction.completeness", |a, ()| words(&a.extraction.completeness)),
    made("issues", "how many notes there are on the reading of the document", |a, ()| count(a.extraction.issues.len())),
    copied("error", "error.code", |a, ()| maybe(a.error.as_ref().map(|error| error.code.as_str()))),
    copied("error_message", "error.message", |a, ()| maybe(a.error.as_ref().map(|error| error.message.as_str()))),
    copied("stance", "summary.stance", |a, ()| maybe(a.summary.as_ref().map(|summary| summary.stance.as_str()))),
    copied("score", "summary.score.total", |a, ()| {
        let score = a.summary.as_ref().and_then(|summary| summary.score.as_ref());
        score.map_or(Cell::Empty, |score| Cell::Number(f64::from(score.total)))
    }),
    copied("score_stance", "summary.score.parts.stance", |a, ()| part(a, |parts| parts.stance)),
    copied("score_discretion", "summary.score.parts.discretion", |a, ()| part(a, |parts| parts.discretion)),
    copied("score_law", "summary.score.parts.law", |a, ()| part(a, |parts| parts.law)),
    copied("score_tension", "summary.score.parts.tension", |a, ()| part(a, |parts| parts.tension)),
    copied("score_staleness", "summary.score.parts.staleness", |a, ()| part(a, |parts| parts.staleness)),
    copied("score_hardness", "summary.score.parts.hardness", |a, ()| part(a, |parts| parts.hardness)),
    made("statements", "rows of this document in the table of statements", |a, ()| {
        counted(a, |summary| summary.stances.len())
    }),
    made("barriers", "barriers in the summary", |a, ()| counted(a, |summary| summary.barriers.len())),
    made("levers", "levers in the summary", |a, ()| counted(a, |summary| summary.levers.len())),
    made("accepted", "findings that people accepted (--corrections)", |a, ()| count(a.corrected().0)),
    made("rejected", "findings that people rejected (--corrections)", |a, ()| count(a.corrected().1)),
    made("contradictions", "contradictions in the summary", |a, ()| counted(a, |summary| summary.contradictions.len())),
    copied("review_state", "summary.staleness.state", |a, ()| {
        maybe(a.summary.as_ref().map(|summary| summary.staleness.state.as_str()))
    }),
    copied("as_of", "summary.staleness.as_of", |a, ()| {
        maybe(a.summary.as_ref().and_then(|summary| summary.staleness.as_of.as_deref()))
    }),
    copied("months_overdue", "summary.staleness.months_overdue", |a, ()| {
        page(a.summary.as_ref().map(|summary| summary.staleness.months_overdue))
    }),
    copied("rules", "rules.id", |a, ()| words(&a.rules.id)),
];

fn part(analysis: &Analysis, of: fn(&PartsModel) -> f64) -> Cell {
    let score = analysis.summary.as_ref().and_then(|summary| summary.score.as_ref());
    score.map_or(Cell::Empty, |score| Cell::Number(of(&score.parts)))
}

fn counted(analysis: &Analysis, of: fn(&SummaryModel) -> usize) -> Cell {
    analysis.summary.as_ref().map_or(Cell::Empty, |summary| count(of(summary)))
}
