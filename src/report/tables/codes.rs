//! The columns of the table of codes.

use super::{Column, copied, count, document_hash, document_path, made, page, words};
use crate::report::model::CodeModel;

pub(super) const COLUMNS: &[Column<(usize, CodeModel)>] = &[
    document_path(),
    document_hash(),
    made("row", "the code's number within its document, from 1", |_, (number, _)| count(number + 1)),
    copied("page", "summary.codes[].page", |_, (_, c)| page(c.page)),
    copied("code", "summary.codes[].code", |_, (_, c)| words(&c.code)),
    copied("system", "summary.codes[].system", |_, (_, c)| words(&c.system)),
    copied("table", "summary.codes[].table", |_, (_, c)| words(&c.table)),
];
