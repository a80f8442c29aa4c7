//! From byte offsets to what a person or another language counts in.

/// A line and a column, both from 1; the column counts code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
}

/// Where the lines of a text start, to turn byte offsets into [`Position`]s.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text` in one pass.
    #[must_use]
    pub fn new(text: &str) -> LineIndex {
        let starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i + 1))
            .collect();
        LineIndex { starts }
    }

    /// The position of byte `offset` of `text`, which must be the text the index was made from.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let column = text.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }
}

/// How many code points stand before every 4096th byte, so that byte offsets become code points fast.
#[derive(Clone, Debug)]
pub struct CodePointIndex {
    counts: Vec<u32>,
}

const STRIDE: usize = 4096;

impl CodePointIndex {
    /// Indexes `text` in one pass.
    #[must_use]
    pub fn new(text: &str) -> CodePointIndex {
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            counts.push(count);
            count += starts_in(chunk);
        }
        CodePointIndex { counts }
    }

    /// The number of code points of `text` before byte `offset`.
    #[must_use]
    pub fn code_points_before(&self, text: &str, offset: usize) -> usize {
        let Some(&count) = self.counts.get(offset / STRIDE) else {
            return text.chars().count();
        };
        let chunk = &text.as_bytes()[offset / STRIDE * STRIDE..offset];
        (count + starts_in(chunk)) as usize
    }
}

/// Bytes that begin a character.
fn starts_in(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_across_strides() {
        let text = "é€a".repeat(3000);
        let index = CodePointIndex::new(&text);
        for (n, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(index.code_points_before(&text, offset), n);
        }
        assert_eq!(index.code_points_before(&text, text.len()), 9000);
    }

    #[test]
    fn positions_count_lines_and_columns_from_one() {
        let text = "ab\né!\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 0), Position { line: 1, column: 1 });
        assert_eq!(index.position(text, 5), Position { line: 2, column: 2 });
        assert_eq!(index.position(text, text.len()), Position { line: 3, column: 1 });
    }
}
