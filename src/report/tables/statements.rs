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
    copied("finding", "summary.stances[].finding", |_, (_, s)| words(&s.finding)),
];
