//! Tables that people filled in with a spreadsheet: CSV with named columns, parted by commas, semicolons or tabs.

use fineprint::text::{TableLines, delimiter, line_ends};

/// A row by its number, as a spreadsheet shows it, with the cells of the columns that were asked for.
pub(crate) type Row<const N: usize> = (usize, [String; N]);

/// The rows of `text`.
///
/// # Errors
/// What is wrong: a column that is missing, or what is no CSV.
pub(crate) fn rows<const N: usize>(text: &str, columns: [&str; N]) -> Result<Vec<Row<N>>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let at = heads.iter().position(|head| head.trim() == column);
        *place = at.ok_or_else(|| format!("there is no column {column}: the first line is {}", columns.join(",")))?;
    }
    let mut rows = Vec::new();
    let mut lines = TableLines::new(text);
    // Lines within cells are no rows.
    let mut within: usize = heads.iter().map(line_ends).sum();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let offset = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let row = lines.of(offset) - within;
        if record.len() != heads.len() {
            return Err(format!("row {row} has {} cells and the heads have {}", record.len(), heads.len()));
        }
        within += record.iter().map(line_ends).sum::<usize>();
        rows.push((row, places.map(|place| record.get(place).unwrap_or_default().to_owned())));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn spreadsheets_of_all_countries_are_read() {
        for text in
            ["\u{feff}b,a\r\n1,\"x\r\ny\"\r\n2,z\r\n", "b;a\n1;\"x\r\ny\"\n2;z\n", "b\ta\n1\t\"x\r\ny\"\n2\tz\n"]
        {
            let read = rows(text, ["a", "b"]).expect("it is a table");
            assert_eq!(read, [(2, ["x\r\ny".into(), "1".into()]), (3, ["z".into(), "2".into()])], "{text}");
        }
        let read = rows("\r\na;b\r\n\r\n\"x\r\ny\";1\r\n\r\n\r\nz;2\r\n", ["a"]).expect("it is a table");
        assert_eq!(read, [(4, ["x\r\ny".into()]), (7, ["z".into()])], "blank lines are rows of a spreadsheet");
        assert_eq!(rows("a,b\n\n1\n", ["a"]).expect_err("it lacks one"), "row 3 has 1 cells and the heads have 2");
        assert!(rows("b,a\n", ["c"]).expect_err("it lacks one").contains("no column c"));
    }
}
