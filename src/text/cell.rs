//! Cells of CSV that no spreadsheet takes for a formula, and their words again.

/// Whether a spreadsheet would calculate with a cell of these words.
fn is_formula(words: &str) -> bool {
    words.starts_with(['\t', '\r']) || words.trim_start().starts_with(['=', '+', '-', '@'])
}

/// `words` with an apostrophe before them where a spreadsheet would take them for a formula.
#[must_use]
pub fn inert(words: &str) -> String {
    if is_formula(words) { format!("'{words}") } else { words.to_owned() }
}

/// The words of a cell that [`inert`] may have changed.
#[must_use]
pub fn uttered(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(words) if is_formula(words) => words,
        _ => cell,
    }
}
