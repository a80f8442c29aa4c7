//! The entries of a page: elements of HTML, members of JSON, rows of a table.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use scraper::ElementRef;
use serde_json::Value;
use zip::ZipArchive;

use crate::fetch::{Class, Failure};

/// Most entries of one archive.
const ENTRIES: usize = 10_000;

/// One entry.
#[derive(Clone, Copy)]
pub(super) enum Row<'a> {
    Html(ElementRef<'a>),
    Json(&'a Value),
    Table(&'a BTreeMap<String, String>),
    Nothing,
}

/// The members that a pointer names: RFC 6901, and `/*` at its end for all members of a list.
pub(super) fn members<'a>(value: &'a Value, pointer: &str) -> Option<Vec<&'a Value>> {
    match pointer.strip_suffix("/*") {
        Some(list) => Some(value.pointer(list)?.as_array()?.iter().collect()),
        None => Some(vec![value.pointer(pointer)?]),
    }
}

/// The text or number that a pointer names; a bare name is a member of the entry.
pub(super) fn scalar(value: &Value, pointer: &str) -> Option<String> {
    let found = if pointer.starts_with('/') { value.pointer(pointer) } else { value.get(pointer) };
    match found? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The rows of a CSV with its first line as names.
pub(super) fn table(bytes: &[u8]) -> Result<Vec<BTreeMap<String, String>>, Failure> {
    let broken = |error: csv::Error| Failure::new(Class::IndexChanged, format!("the table cannot be read ({error})"));
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let names: Vec<String> = reader
        .byte_headers()
        .map_err(broken)?
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_owned())
        .collect();
    let mut rows = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(broken)?;
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
        rows.push(names.iter().cloned().zip(cells).collect());
    }
    Ok(rows)
}

/// One file of an archive, `inner.zip!table.csv` for an archive in an archive; nothing is ever written.
///
/// # Errors
/// `too-large` at the cap, `coding` for a broken archive, `index-changed` when the member is not there.
pub(super) fn member(bytes: &[u8], path: &str, cap: u64) -> Result<Vec<u8>, Failure> {
    let (name, rest) = path.split_once('!').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let broken =
        |error: &dyn std::fmt::Display| Failure::new(Class::Coding, format!("the archive cannot be read ({error})"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > ENTRIES {
        return Err(Failure::new(Class::TooLarge, format!("the archive has over {ENTRIES} entries")));
    }
    let missing = || Failure::new(Class::IndexChanged, format!("the archive has no `{name}`"));
    let names = archive.file_names().filter_map(Result::ok);
    let found =
        names.map(std::borrow::Cow::into_owned).find(|found| found == name || found.ends_with(&format!("/{name}")));
    let file = archive.by_name(&found.ok_or_else(missing)?).map_err(|error| broken(&error))?;
    let mut out = Vec::new();
    file.take(cap + 1).read_to_end(&mut out).map_err(|error| broken(&error))?;
    if out.len() as u64 > cap {
        return Err(Failure::new(Class::TooLarge, format!("`{name}` unpacks to more than {cap} bytes")));
    }
    match rest {
        Some(rest) if rest.contains('!') => Err(Failure::new(Class::TooLarge, "archives are opened two deep at most")),
        Some(rest) => member(&out, rest, cap),
        None => Ok(out),
    }
}
