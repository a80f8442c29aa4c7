//! The tables as an Excel workbook: one sheet each, with filters, frozen heads and links between them.
//!
//! Words are written as strings, so no cell is ever a formula; links go to a policy's row and, where an
//! address was told, to it. The file holds no time of its making: the same analyses give the same bytes.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook as Book, Worksheet, XlsxError};

use super::{Cell, Table, dictionary};
use crate::report::Analysis;

/// The most rows that a sheet takes, heads included.
const MOST_ROWS: u32 = 1_048_576;

/// The most links that Excel takes on a sheet are 65,530; the rows behind them stay without.
const MOST_LINKS: u32 = 65_000;

/// A workbook in the making; it is kept in memory until it is written.
#[derive(Debug, Default)]
pub struct Workbook {
    /// For each table its rows, and for each row the row of its policy.
    rows: [Vec<(usize, Vec<Cell>)>; 4],
}

impl Workbook {
    /// Adds the rows of one document.
    pub fn take(&mut self, analysis: &Analysis) {
        let policy = self.rows[0].len() + 1;
        for (table, rows) in Table::ALL.into_iter().zip(&mut self.rows) {
            rows.extend(table.rows(analysis).into_iter().map(|row| (policy, row)));
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Those of `out`, and when a table has more rows than a sheet takes.
    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        let bytes = self.made().map_err(io::Error::other)?;
        out.write_all(&bytes)?;
        out.flush()
    }

    fn made(self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Book::new();
        let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_title("fineprint").set_creation_datetime(&day));
        for (table, rows) in Table::ALL.into_iter().zip(&self.rows) {
            fill(book.add_worksheet(), table, rows)?;
        }
        let names = ["table", "column", "type", "what it says", "in the JSON"];
        let described = dictionary().into_iter().map(|row| {
            [row.table.id().to_owned(), row.column.to_owned(), row.kind, row.description, row.path.to_owned()]
        });
        let rows: Vec<_> = described.map(|row| (0, row.map(Cell::Words).to_vec())).collect();
        let sheet = book.add_worksheet();
        sheet.set_name("dictionary")?;
        begin(sheet, &names, rows.len())?;
        rows.iter().zip(1..).try_for_each(|((_, row), at)| cells(sheet, at, row))?;
        book.save_to_buffer()
    }
}

fn fill(sheet: &mut Worksheet, table: Table, rows: &[(usize, Vec<Cell>)]) -> Result<(), XlsxError> {
    let heads = table.heads();
    sheet.set_name(table.id())?;
    begin(sheet, &heads, rows.len())?;
    for ((policy, row), at) in rows.iter().zip(1..MOST_ROWS) {
        cells(sheet, at, row)?;
        if at < MOST_LINKS {
            link(sheet, table, at, *policy, row, &heads)?;
        }
    }
    if rows.len() < MOST_ROWS as usize {
        return Ok(());
    }
    let many = format!("{} has {} rows and a sheet takes {MOST_ROWS}: use --format csv", table.id(), rows.len());
    Err(XlsxError::ParameterError(many))
}

/// Names, widths, the frozen line of heads and its filters.
fn begin(sheet: &mut Worksheet, heads: &[&str], rows: usize) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
    for (head, column) in heads.iter().zip(0..) {
        sheet.write_string_with_format(0, column, *head, &bold)?;
        sheet.set_column_width(column, width(head))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    let last = u32::try_from(rows).unwrap_or(MOST_ROWS - 1).min(MOST_ROWS - 1);
    sheet.autofilter(0, 0, last, u16::try_from(heads.len() - 1).unwrap_or(u16::MAX))?;
    Ok(())
}

fn width(head: &str) -> f64 {
    match head {
        "quote" | "what it says" => 80.0,
        "title" | "item" | "match" | "service" | "path" | "type" => 40.0,
        "payer" | "category" | "section" | "in the JSON" | "column" => 26.0,
        _ => 13.0,
    }
}

fn cells(sheet: &mut Worksheet, at: u32, row: &[Cell]) -> Result<(), XlsxError> {
    for (cell, column) in row.iter().zip(0..) {
        match cell {
            Cell::Empty => {}
            Cell::Words(words) => {
                sheet.write_string(at, column, words)?;
            }
            Cell::Number(number) => {
                sheet.write_number(at, column, *number)?;
            }
            Cell::Truth(truth) => {
                sheet.write_string(at, column, if *truth { "yes" } else { "no" })?;
            }
        }
    }
    Ok(())
}

/// From a row to its policy, and from a policy to its address.
fn link(
    sheet: &mut Worksheet,
    table: Table,
    at: u32,
    policy: usize,
    row: &[Cell],
    heads: &[&str],
) -> Result<(), XlsxError> {
    let column_of = |name: &str| heads.iter().position(|head| *head == name);
    let target = if table == Table::Policies {
        column_of("url").zip(column_of("url").and_then(|column| address(&row[column])))
    } else {
        column_of("path").zip(Some(format!("internal:policies!A{}", policy + 1)))
    };
    let Some((column, target)) = target else { return Ok(()) };
    if let Cell::Words(words) = &row[column] {
        let shown = Url::new(target).set_text(words);
        sheet.write_url(at, u16::try_from(column).unwrap_or_default(), shown)?;
    }
    Ok(())
}

/// An address that a spreadsheet takes as a link.
fn address(cell: &Cell) -> Option<String> {
    let Cell::Words(words) = cell else { return None };
    let is_web = words.starts_with("https://") || words.starts_with("http://");
    (is_web && words.len() < 2_000 && !words.contains(char::is_whitespace)).then(|| words.clone())
}
