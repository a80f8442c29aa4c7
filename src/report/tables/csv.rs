//! Tables as CSV: UTF-8, one line of heads, no cell that a spreadsheet would take for a formula.

use std::io::{self, Write};

use super::{Cell, Table};
use crate::report::Analysis;
use crate::text::inert;

/// A table that is written row by row.
#[derive(Debug)]
pub struct CsvTable<W: Write> {
    table: Table,
    writer: ::csv::Writer<W>,
}

impl<W: Write> CsvTable<W> {
    /// Begins the table with its line of heads.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(table: Table, out: W) -> io::Result<CsvTable<W>> {
        let mut writer = ::csv::Writer::from_writer(out);
        writer.write_record(table.heads())?;
        Ok(CsvTable { table, writer })
    }

    /// Writes the rows of one document.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn take(&mut self, analysis: &Analysis) -> io::Result<()> {
        self.table.rows(analysis).iter().try_for_each(|row| Ok(self.writer.write_record(row.iter().map(text))?))
    }

    /// Flushes.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A cell as text.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Words(words) => inert(words),
        Cell::Number(number) => number.to_string(),
        Cell::Truth(true) => "yes".to_owned(),
        Cell::Truth(false) => "no".to_owned(),
    }
}
