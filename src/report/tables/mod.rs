//! The four tables that CSV files and the workbook hold: policies, findings, statements, codes.
//!
//! Every row names its document by path and SHA-256, every quote its page. A column is a name, its place in the
//! schema (from which the data dictionary takes its type and words) and how a cell is had from an analysis.

mod codes;
mod csv;
mod dictionary;
mod findings;
mod policies;
mod statements;
mod workbook;

use crate::report::Analysis;
use crate::report::clean::clean;

pub use csv::CsvTable;
pub use dictionary::{Described, dictionary, dictionary_csv, dictionary_markdown};
pub use workbook::Workbook;

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row a document, also for those that were not read.
    Policies,
    /// One row a finding.
    Findings,
    /// One row a statement of coverage or refusal.
    Statements,
    /// One row a code that the policy names.
    Codes,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Words, already without control characters.
    Words(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
}

/// A column of a table whose rows are made from `T`s.
struct Column<T> {
    name: &'static str,
    /// The place in the schema, such as `findings[].page`; empty for a column that is counted and not copied.
    path: &'static str,
    /// What a column says that is not in the schema.
    says: &'static str,
    cell: fn(&Analysis, &T) -> Cell,
}

/// A column that the schema describes.
const fn copied<T>(name: &'static str, path: &'static str, cell: fn(&Analysis, &T) -> Cell) -> Column<T> {
    Column { name, path, says: "", cell }
}

/// A column that is made here.
const fn made<T>(name: &'static str, says: &'static str, cell: fn(&Analysis, &T) -> Cell) -> Column<T> {
    Column { name, path: "", says, cell }
}

/// The columns that name a row's document.
const fn document_path<T>() -> Column<T> {
    copied("path", "source.path", |analysis, _| words(&analysis.source.path))
}

const fn document_hash<T>() -> Column<T> {
    copied("sha256", "source.sha256", |analysis, _| maybe(analysis.source.sha256.as_deref()))
}

impl Table {
    /// All of them, in the order of files and sheets.
    pub const ALL: [Table; 4] = [Table::Policies, Table::Findings, Table::Statements, Table::Codes];

    /// The name of its file and sheet.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Table::Policies => "policies",
            Table::Findings => "findings",
            Table::Statements => "statements",
            Table::Codes => "codes",
        }
    }

    /// The columns that identify a row.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Table::Policies => "path",
            Table::Findings => "path, finding",
            Table::Statements | Table::Codes => "path, row",
        }
    }

    /// The names of its columns.
    #[must_use]
    pub fn heads(self) -> Vec<&'static str> {
        self.described().into_iter().map(|(name, _, _)| name).collect()
    }

    /// The rows of one document.
    #[must_use]
    pub fn rows(self, analysis: &Analysis) -> Vec<Vec<Cell>> {
        let summary = analysis.summary.as_ref();
        match self {
            Table::Policies => vec![row(policies::COLUMNS, analysis, &())],
            Table::Findings => {
                analysis.findings.iter().map(|finding| row(findings::COLUMNS, analysis, finding)).collect()
            }
            Table::Statements => {
                let statements = summary.iter().flat_map(|summary| summary.stances.iter().enumerate());
                statements
                    .map(|numbered| row(statements::COLUMNS, analysis, &(numbered.0, numbered.1.clone())))
                    .collect()
            }
            Table::Codes => {
                let codes = summary.iter().flat_map(|summary| summary.codes.iter().enumerate());
                codes.map(|numbered| row(codes::COLUMNS, analysis, &(numbered.0, numbered.1.clone()))).collect()
            }
        }
    }

    /// Name, place in the schema and words of each column.
    fn described(self) -> Vec<(&'static str, &'static str, &'static str)> {
        fn all<T>(columns: &[Column<T>]) -> Vec<(&'static str, &'static str, &'static str)> {
            columns.iter().map(|column| (column.name, column.path, column.says)).collect()
        }
        match self {
            Table::Policies => all(policies::COLUMNS),
            Table::Findings => all(findings::COLUMNS),
            Table::Statements => all(statements::COLUMNS),
            Table::Codes => all(codes::COLUMNS),
        }
    }
}

fn row<T>(columns: &[Column<T>], analysis: &Analysis, item: &T) -> Vec<Cell> {
    columns.iter().map(|column| (column.cell)(analysis, item)).collect()
}

/// The longest cell: what a spreadsheet takes.
const LONGEST: usize = 32_000;

fn words(text: &str) -> Cell {
    Cell::Words(clean(text).chars().take(LONGEST).collect())
}

fn maybe(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, words)
}

fn list(items: &[String]) -> Cell {
    if items.is_empty() { Cell::Empty } else { words(&items.join("; ")) }
}

#[expect(clippy::cast_precision_loss, reason = "counts and places stay far below 2^52")]
fn count(number: usize) -> Cell {
    Cell::Number(number as f64)
}

fn page(page: Option<u32>) -> Cell {
    page.map_or(Cell::Empty, |page| Cell::Number(f64::from(page)))
}

#[cfg(test)]
mod tests;
