//! Tables that people filled in with a spreadsheet: CSV with named columns, parted by commas, semicolons or tabs.

/// A row by its number, as a spreadsheet shows it, with the cells of the columns that were asked for.
pub(crate) type Row<const N: usize> = (usize, [String; N]);

/// The rows of `text`.
///
/// # Errors
/// What is wrong: a column that is missing, or what is no CSV.
pub(crate) fn rows<const N: usize>(text: &str, columns: [&str; N]) -> Result<Vec<Row<N>>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let heads = text.lines().next().unwrap_or_default();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|sign| heads.bytes().filter(|byte| byte == sign).count());
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let at = heads.iter().position(|head| head.trim() == column);
        *place = at.ok_or_else(|| format!("there is no column {column}: the first line is {}", columns.join(",")))?;
    }
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        // The heads are row 1.
        rows.push((index + 2, places.map(|place| record.get(place).unwrap_or_default().to_owned())));
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
        assert!(rows("b,a\n", ["c"]).expect_err("it lacks one").contains("no column c"));
    }
}
