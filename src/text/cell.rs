//! Cells of CSV that no spreadsheet takes for a formula, and their words again; what parts the cells of a table, and
//! where its lines begin.

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

/// What parts the cells of a table: the sign of comma, semicolon and tab that its first line with words has most of.
#[must_use]
pub fn delimiter(table: &str) -> u8 {
    let heads = table.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: &u8| heads.bytes().filter(|byte| byte == sign).count();
    // The first of several that are as frequent.
    [b',', b';', b'\t'].into_iter().min_by_key(|sign| std::cmp::Reverse(count(sign))).unwrap_or(b',')
}

/// Counts the lines of a table whose records are read one after the other. Readers of CSV pass blank lines over and say
/// that a record begins before them.
#[derive(Clone, Debug)]
pub struct TableLines<'t> {
    rest: &'t str,
    at: usize,
    line: usize,
}

impl<'t> TableLines<'t> {
    /// Before the first record of `table`.
    #[must_use]
    pub fn new(table: &'t str) -> TableLines<'t> {
        TableLines { rest: table, at: 0, line: 1 }
    }

    /// The line, from 1, on which the record stands that a reader finds at byte `offset`; offsets ascend.
    pub fn of(&mut self, offset: usize) -> usize {
        let ahead = self.rest.get(offset.saturating_sub(self.at)..).unwrap_or_default();
        let record = ahead.trim_start_matches(['\r', '\n']);
        let (before, rest) = self.rest.split_at(self.rest.len() - record.len());
        self.line += line_ends(before);
        (self.rest, self.at) = (rest, self.at + before.len());
        self.line
    }
}

/// How many lines end in `text`.
#[must_use]
pub fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    (0..bytes.len()).filter(ends).count()
}
