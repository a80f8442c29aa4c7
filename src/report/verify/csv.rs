//! Claims of the tables: quotes, list items, matches and codes, each with the hash and page of its row.

use super::Claims;
use crate::report::tables::uttered;

/// Columns that hold a document's words, each with the column of its page.
const QUOTED: [(&str, &str); 3] = [("quote", "page"), ("item", "item_page"), ("code", "page")];

/// Whether `text` begins with the heads of a table of ours.
pub(super) fn is_table(text: &str) -> bool {
    let heads = text.lines().next().unwrap_or_default();
    // The data dictionary is a table of ours without a document's words.
    heads.split(',').any(|head| head == "sha256") || heads.starts_with("table,column,type,")
}

/// Reads a table.
pub(super) fn read(report: &str, claims: &mut Claims) -> Result<(), String> {
    let mut reader = ::csv::Reader::from_reader(report.as_bytes());
    let heads = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| heads.iter().position(|head| head == name);
    let (Some(hash), path) = (column("sha256"), column("path")) else { return Ok(()) };
    for record in reader.records() {
        let record = record.map_err(|error| format!("a row cannot be read ({error}): write the table again"))?;
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or_default());
        let cell = |column: Option<usize>| uttered(column.and_then(|column| record.get(column)).unwrap_or_default());
        if !cell(path).is_empty() {
            claims.path(cell(path));
        }
        for (words, page) in QUOTED {
            let (words, page) = (cell(column(words)), cell(column(page)));
            if words.is_empty() {
                continue;
            }
            match page.parse() {
                Ok(page) => claims.claim(line, cell(Some(hash)), words, Some(page)),
                Err(_) if page.is_empty() => claims.claim(line, cell(Some(hash)), words, None),
                Err(_) => claims.fault(line, format!("its page is “{page}”, which is no number")),
            }
        }
    }
    Ok(())
}
