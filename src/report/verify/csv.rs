//! Claims of the tables: quotes, list items, matches and codes, each with the hash and page of its row.

use super::Claims;
use crate::text::uttered;

/// Between several quotes of one cell, and between their pages.
pub(crate) const MANY: &str = " ‖ ";

/// Columns that hold a document's words, each with the column of its page; of a comparison, all that end in `_quote`.
fn quoted(heads: &::csv::StringRecord) -> Vec<(String, String)> {
    let own = [("quote", "page"), ("item", "item_page"), ("code", "page")];
    let own = own.map(|(words, page)| (words.to_owned(), page.to_owned()));
    let compared =
        heads.iter().filter_map(|head| Some((head.to_owned(), format!("{}_page", head.strip_suffix("_quote")?))));
    own.into_iter().chain(compared).collect()
}

/// Whether `text` begins with the heads of a table that names documents by their hash, or of the data dictionary.
pub(super) fn is_table(text: &str) -> bool {
    let heads = text.lines().next().unwrap_or_default();
    // The data dictionary is a table of ours without a document's words.
    heads.split(',').any(|head| head == "sha256") || heads.starts_with("table,column,type,")
}

/// Reads a table.
pub(super) fn read(report: &str, claims: &mut Claims) -> Result<(), String> {
    let mut reader = ::csv::Reader::from_reader(report.as_bytes());
    let heads = reader.headers().map_err(|error| error.to_string())?.clone();
    let quoted = quoted(&heads);
    let column = |name: &str| heads.iter().position(|head| head == name);
    let (Some(hash), path) = (column("sha256"), column("path")) else { return Ok(()) };
    for record in reader.records() {
        let record = record.map_err(|error| format!("a row cannot be read ({error}): write the table again"))?;
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or_default());
        let cell = |column: Option<usize>| uttered(column.and_then(|column| record.get(column)).unwrap_or_default());
        if !cell(path).is_empty() {
            claims.path(cell(path));
        }
        for (words, page) in &quoted {
            let (words, page) = (cell(column(words)), cell(column(page)));
            if words.is_empty() {
                continue;
            }
            let several: Vec<&str> = if words.contains(MANY) { words.split(MANY).collect() } else { vec![words] };
            let pages: Vec<&str> = page.split(MANY).collect();
            if several.len() != pages.len() {
                claims.fault(line, format!("{} quotes and {} pages in a cell", several.len(), pages.len()));
            }
            for (words, page) in several.into_iter().zip(pages) {
                match page.trim().parse() {
                    Ok(page) => claims.claim(line, cell(Some(hash)), words, Some(page)),
                    Err(_) if matches!(page.trim(), "" | "no page") => {
                        claims.claim(line, cell(Some(hash)), words, None);
                    }
                    Err(_) => claims.fault(line, format!("its page is “{page}”, which is no number")),
                }
            }
        }
    }
    Ok(())
}
