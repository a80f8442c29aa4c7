//! The columns of the table of findings.

use super::{Cell, Column, copied, count, document_hash, document_path, list, made, maybe, page, words};
use crate::report::model::{CorrectionModel, FindingModel};

pub(super) const COLUMNS: &[Column<FindingModel>] = &[
    document_path(),
    document_hash(),
    copied("finding", "findings[].id", |_, f| words(&f.id)),
    copied("page", "findings[].page", |_, f| page(f.page)),
    copied("quote", "findings[].quote", |_, f| words(&f.quote)),
    copied("quote_cut", "findings[].quote_cut", |_, f| Cell::Truth(f.quote_cut)),
    copied("match", "findings[].match", |_, f| words(&f.matched)),
    copied("category", "findings[].category", |_, f| words(&f.category)),
    copied("operative", "findings[].operative", |_, f| Cell::Truth(f.operative)),
    copied("assertion", "findings[].assertion", |_, f| words(&f.assertion)),
    copied("holder", "findings[].holder", |_, f| maybe(f.holder.as_deref())),
    copied("unclear", "findings[].unclear", |_, f| Cell::Truth(f.unclear)),
    copied("force", "findings[].force", |_, f| words(&f.force)),
    copied("scope", "findings[].scope", |_, f| words(&f.scope)),
    copied("boilerplate", "findings[].boilerplate", |_, f| Cell::Truth(f.boilerplate)),
    made("barrier_rank", "its rank among the barriers of the summary, 1 the strongest", |a, f| {
        rank(a.summary.iter().flat_map(|summary| &summary.barriers).position(|barrier| barrier.finding == f.id))
    }),
    made("lever_rank", "its rank among the levers of the summary, 1 the strongest", |a, f| {
        rank(a.summary.iter().flat_map(|summary| &summary.levers).position(|lever| lever.finding == f.id))
    }),
    copied("lines_of_business", "findings[].lines_of_business", |_, f| list(&f.lines_of_business)),
    copied("states", "findings[].states", |_, f| list(&f.states)),
    copied("section", "findings[].section.heading", |_, f| maybe(f.section.heading.as_deref())),
    copied("section_tier", "findings[].section.tier", |_, f| maybe(f.section.tier.as_deref())),
    copied("page_end", "findings[].page_end", |_, f| page(f.page_end)),
    copied("page_label", "findings[].page_label", |_, f| maybe(f.page_label.as_deref())),
    copied("span_start", "findings[].span.start", |_, f| count(f.span.start)),
    copied("span_end", "findings[].span.end", |_, f| count(f.span.end)),
    copied("lead_in", "findings[].lead_in", |_, f| maybe(f.lead_in.as_deref())),
    copied("topics", "findings[].topics", |_, f| list(&f.topics)),
    copied("codes", "findings[].codes", |_, f| list(&f.codes)),
    copied("cues", "findings[].cues", |_, f| list(&f.cues)),
    copied("rule", "findings[].rule", |_, f| words(&f.rule)),
    copied("baseline", "findings[].baseline", |_, f| maybe(f.baseline.as_deref())),
    copied("suppressed", "findings[].suppressed.reason", |_, f| {
        maybe(f.suppressed.as_ref().map(|why| why.reason.as_str()))
    }),
    copied("suppressed_on", "findings[].suppressed.date", |_, f| {
        maybe(f.suppressed.as_ref().map(|why| why.date.as_str()))
    }),
    copied("corrected", "findings[].corrected.verdict", |_, f| correction(f, |one| &one.verdict)),
    copied("corrected_by", "findings[].corrected.who", |_, f| correction(f, |one| &one.who)),
    copied("corrected_why", "findings[].corrected.why", |_, f| correction(f, |one| &one.why)),
    copied("corrected_on", "findings[].corrected.date", |_, f| correction(f, |one| &one.date)),
];

fn correction(finding: &FindingModel, field: impl Fn(&CorrectionModel) -> &String) -> Cell {
    maybe(finding.corrected.as_ref().map(|correction| field(correction).as_str()))
}

fn rank(position: Option<usize>) -> Cell {
    position.map_or(Cell::Empty, |index| count(index + 1))
}
