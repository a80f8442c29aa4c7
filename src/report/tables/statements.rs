//! The columns of the table of statements.

use super::{Cell, Column, copied, count, document_hash, document_path, list, made, maybe, page, words};
use crate::report::model::StanceModel;

pub(super) const COLUMNS: &[Column<(usize, StanceModel)>] = &[
    document_path(),
    document_hash(),
    made("row", "the statement's number within its document, from 1", |_, (number, _)| count(number + 1)),
    copied("page", "summary.stances[].page", |_, (_, s)| page(s.page)),
    copied("quote", "summary.stances[].quote", |_, (_, s)| words(&s.quote)),
    copied("item", "summary.stances[].item", |_, (_, s)| maybe(s.item.as_deref())),
    copied("item_page", "summary.stances[].item_page", |_, (_, s)| page(s.item_page)),
    copied("service", "summary.stances[].service", |_, (_, s)| maybe(s.service.as_deref())),
    copied("indication", "summary.stances[].indication", |_, (_, s)| maybe(s.indication.as_deref())),
    copied("stance", "summary.stances[].stance", |_, (_, s)| words(&s.stance)),
    copied("residual", "summary.stances[].residual", |_, (_, s)| Cell::Truth(s.residual)),
    copied("lines_of_business", "summary.stances[].lines_of_business", |_, (_, s)| list(&s.lines_of_business)),
    copied("states", "summary.stances[].states", |_, (_, s)| list(&s.states)),
    copied("topics", "summary.stances[].topics", |_, (_, s)| list(&s.topics)),
    copied("section", "summary.stances[].section.heading", |_, (_, s)| maybe(s.section.heading.as_deref())),
    copied("lists", "summary.stances[].lists", |_, (_, s)| list(&s.lists)),
    copied("hands_to", "summary.stances[].hands_to", |_, (_, s)| list(&s.hands_to)),
    copied("score", "summary.stances[].score.total", |_, (_, s)| {
        s.score.as_ref().map_or(Cell::Empty, |score| Cell::Number(f64::from(score.total)))
    }),
    copied("finding", "summary.stances[].finding", |_, (_, s)| words(&s.finding)),
];
