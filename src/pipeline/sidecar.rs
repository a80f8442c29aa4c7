//! `fineprint.csv`: what a folder's owner tells of the documents beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{Told, parse};
use crate::text::{TableLines, delimiter};

/// The file's name in a folder of documents.
pub(super) const NAME: &str = "fineprint.csv";

const COLUMNS: [&str; 7] = ["path", "payer", "url", "retrieved", "lob", "state", "number"];

/// One thing that is wrong in a sidecar table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct SidecarProblem {
    /// The line in the file, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// A sidecar table that cannot be used; all problems of a file at once.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be used:\n{}", lines(problems))]
pub struct SidecarError {
    /// The file, with `/` between its parts.
    pub path: String,
    /// What is wrong with it, in order.
    pub problems: Vec<SidecarProblem>,
}

fn lines(problems: &[SidecarProblem]) -> String {
    problems.iter().map(|problem| format!("  {problem}")).collect::<Vec<_>>().join("\n")
}

/// A row of a sidecar table: what it tells, and of which file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRow {
    /// The line in the table, from 1.
    pub line: usize,
    /// The file, relative to the table's folder.
    pub path: PathBuf,
    /// What it tells.
    pub told: Told,
}

/// Rows of a sidecar table that fit no file, so that what they tell is told of nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table} tells of files that are not in its folder: {}; mend their path, which starts there", named(rows))]
pub struct Unfit {
    /// The table, with `/` between its parts.
    pub table: String,
    /// Line and path of each row.
    pub rows: Vec<(usize, String)>,
}

/// How many rows are told by name.
const MOST_NAMED: usize = 5;

fn named(rows: &[(usize, String)]) -> String {
    let first: Vec<String> = rows.iter().take(MOST_NAMED).map(|(line, path)| format!("line {line}, {path}")).collect();
    let more = rows.len().saturating_sub(MOST_NAMED);
    first.join("; ") + &if more > 0 { format!("; and {more} more") } else { String::new() }
}

/// What the tables found so far say, by the file they say it of.
#[derive(Debug, Default)]
pub(super) struct Sidecars {
    rows: BTreeMap<PathBuf, Told>,
    read: Vec<PathBuf>,
    pub(super) unfit: Vec<Unfit>,
}

impl Sidecars {
    /// Reads the table of `folder`, where there is one that was not read yet.
    pub(super) fn read(&mut self, folder: &Path) -> Result<(), SidecarError> {
        let path = folder.join(NAME);
        if self.read.contains(&path) || !path.is_file() {
            return Ok(());
        }
        let shown = super::walk::shown(&path);
        let problem =
            |line, message| SidecarError { path: shown.clone(), problems: vec![SidecarProblem { line, message }] };
        let text = fs::read_to_string(&path).map_err(|error| {
            problem(1, format!("cannot be read ({error}): save it as UTF-8 text, in a spreadsheet as \"CSV UTF-8\""))
        })?;
        let rows = told_by_table(&text).map_err(|problems| SidecarError { path: shown.clone(), problems })?;
        let mut unfit = Vec::new();
        for ToldRow { line, path: named, told } in rows {
            let file = folder.join(&named);
            // A walk names no file by way of the folder above.
            if !file.is_file() || named.components().any(|part| part == Component::ParentDir) {
                unfit.push((line, super::walk::shown(&named)));
            }
            // The nearest table wins: it is read last, when the walk has come down to it.
            self.rows.insert(file, told);
        }
        if !unfit.is_empty() {
            self.unfit.push(Unfit { table: shown, rows: unfit });
        }
        self.read.push(path);
        Ok(())
    }

    /// What was told of the file at `path`, named as the walk names it.
    pub(super) fn told(&self, path: &Path) -> Told {
        self.rows.get(path).cloned().unwrap_or_default()
    }
}

/// The rows of a `fineprint.csv`, parted by commas, semicolons or tabs.
///
/// # Errors
/// All problems of the table at once.
pub fn told_by_table(text: &str) -> Result<Vec<ToldRow>, Vec<SidecarProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = TableLines::new(text);
    let mut line = |position: Option<&csv::Position>| {
        lines.of(position.map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX)))
    };
    let header = match reader.headers() {
        Ok(header) => header.iter().map(str::to_ascii_lowercase).collect::<csv::StringRecord>(),
        Err(error) => return Err(vec![SidecarProblem { line: 1, message: error.to_string() }]),
    };
    check_header(&header)?;
    let mut rows: Vec<ToldRow> = Vec::new();
    let mut problems = Vec::new();
    for record in reader.records() {
        // Spreadsheets write rows of empty cells where somebody once typed.
        if record.as_ref().is_ok_and(|record| record.iter().all(str::is_empty)) {
            continue;
        }
        let (line, row) = match record {
            Ok(record) => (line(record.position()), row(&header, &record)),
            Err(error) => (line(error.position()), Err(vec![error.to_string()])),
        };
        match row {
            Ok((path, _)) if rows.iter().any(|known| known.path == path) => {
                let message = format!("{} has a row already: keep one", super::walk::shown(&path));
                problems.push(SidecarProblem { line, message });
            }
            Ok((path, told)) => rows.push(ToldRow { line, path, told }),
            Err(messages) => problems.extend(messages.into_iter().map(|message| SidecarProblem { line, message })),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

fn check_header(header: &csv::StringRecord) -> Result<(), Vec<SidecarProblem>> {
    let unknown = header.iter().find(|name| !COLUMNS.contains(name));
    let message = match unknown {
        Some(name) => format!("unknown column \"{name}\": use {}", COLUMNS.join(",")),
        None if !header.iter().any(|name| name == "path") => {
            format!("no column \"path\": the first line names the columns, {}", COLUMNS.join(","))
        }
        None => return Ok(()),
    };
    Err(vec![SidecarProblem { line: 1, message }])
}

/// One row, or everything wrong with it.
fn row(header: &csv::StringRecord, record: &csv::StringRecord) -> Result<(PathBuf, Told), Vec<String>> {
    let mut problems = Vec::new();
    if record.len() != header.len() {
        let (cells, columns) = (record.len(), header.len());
        return Err(vec![format!(
            "{cells} cells under {columns} columns: put a cell that holds what parts the cells into \"quotation marks\""
        )]);
    }
    if record.iter().any(|cell| cell.contains(['\n', '\r'])) {
        return Err(vec!["a cell goes on over several lines: close its quotation mark".to_owned()]);
    }
    let cell = |name: &str| {
        let at = header.iter().position(|column| column == name);
        at.and_then(|at| record.get(at)).filter(|cell| !cell.is_empty())
    };
    let path = cell("path").unwrap_or_default();
    if path.is_empty() {
        problems.push("no path: name the document, relative to this file".to_owned());
    }
    let retrieved = cell("retrieved").and_then(|day| collect(parse::date(day), &mut problems));
    let told = Told {
        payer: cell("payer").map(str::to_owned),
        url: cell("url").map(str::to_owned),
        retrieved,
        lines_of_business: list(cell("lob"), parse::line_of_business, &mut problems),
        states: list(cell("state"), parse::state, &mut problems),
        number: cell("number").map(str::to_owned),
        age: None,
    };
    let path = path.split(['/', '\\']).filter(|part| *part != ".").collect();
    if problems.is_empty() { Ok((path, told)) } else { Err(problems) }
}

fn list<T>(cell: Option<&str>, parse: fn(&str) -> Result<T, String>, problems: &mut Vec<String>) -> Vec<T> {
    let words = cell.unwrap_or_default().split([';', ',', '|', ' ']).filter(|word| !word.is_empty());
    words.filter_map(|word| collect(parse(word), problems)).collect()
}

fn collect<T>(result: Result<T, String>, problems: &mut Vec<String>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{LineOfBusiness, State};

    fn check_problems(text: &str, expected: &[&str]) {
        let problems = told_by_table(text).expect_err("there is a problem");
        let got: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn a_row_tells_what_its_cells_say() {
        let text = "path,payer,url,retrieved,lob,state,number\n\
                    a/b.pdf,\"Blue, Inc.\",https://example.org/b,2026-03-01,commercial; medicaid,OH;pa,MP-1\n\
                    c.txt,,,,,,\n";
        let rows = told_by_table(text).expect("a good table");
        let told = Told {
            payer: Some("Blue, Inc.".to_owned()),
            url: Some("https://example.org/b".to_owned()),
            retrieved: Some("2026-03-01".parse().expect("a day")),
            lines_of_business: vec![LineOfBusiness::Commercial, LineOfBusiness::Medicaid],
            states: vec![State::from_code("OH").expect("a state"), State::from_code("PA").expect("a state")],
            number: Some("MP-1".to_owned()),
            age: None,
        };
        let row = |line, path: &str, told| ToldRow { line, path: path.into(), told };
        assert_eq!(rows, [row(2, "a/b.pdf", told), row(3, "c.txt", Told::default())]);
    }

    #[test]
    fn spreadsheets_of_all_countries_are_read_and_blank_lines_are_lines() {
        for text in [
            "path;payer;lob\r\n\r\na.pdf;Blue, Inc.;\"commercial;medicaid\"\r\n\r\n\r\nb.pdf;Red;commercial\r\n",
            "path\tpayer\tlob\n\na.pdf\tBlue, Inc.\tcommercial medicaid\n\n\nb.pdf\tRed\tcommercial\n",
        ] {
            let rows = told_by_table(text).expect("a good table");
            let lines: Vec<usize> = rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [3, 6], "{text}");
            assert_eq!(rows[0].told.payer.as_deref(), Some("Blue, Inc."));
            assert_eq!(rows[0].told.lines_of_business.len(), 2);
        }
        check_problems(
            "path,lob\n\n\na.pdf,x\n",
            &[
                "line 4: \"x\" is no line of business: use commercial, individual, medicare, medicaid, federal, tricare, self-funded",
            ],
        );
    }

    #[test]
    fn columns_may_be_fewer_and_in_any_order() {
        let rows = told_by_table("\u{feff}payer,path\nBlue,./a.pdf\n").expect("a good table");
        assert_eq!(rows[0].path, PathBuf::from("a.pdf"));
        assert_eq!(rows[0].told.payer.as_deref(), Some("Blue"));
    }

    #[test]
    fn every_bad_row_is_named_with_its_line() {
        check_problems(
            "path,retrieved,lob,state\na.pdf,March 1,comercial,ZZ\n,2026-03-01,,\nb.pdf,2026-03-01\na.txt,,,\na.txt,,,\n",
            &[
                "line 2: \"March 1\" is no day: write it as 2026-03-01",
                "line 2: \"comercial\" is no line of business: use commercial, individual, medicare, medicaid, federal, \
                 tricare, self-funded",
                "line 2: \"ZZ\" is no state: use a postal code such as OH",
                "line 3: no path: name the document, relative to this file",
                "line 4: 2 cells under 4 columns: put a cell that holds what parts the cells into \
                 \"quotation marks\"",
                "line 6: a.txt has a row already: keep one",
            ],
        );
    }

    #[test]
    fn empty_rows_are_none_and_a_quotation_mark_that_stays_open_is_said() {
        let rows = told_by_table("Path,PAYER\n,\n a.pdf , Blue \n,\n").expect("a good table");
        assert_eq!((rows.len(), rows[0].line, rows[0].told.payer.as_deref()), (1, 3, Some("Blue")));
        check_problems(
            "path,payer\na.pdf,\"Blue\nb.pdf,Red\n",
            &["line 2: a cell goes on over several lines: close its quotation mark"],
        );
    }

    #[test]
    fn a_strange_header_is_one_clear_problem() {
        check_problems(
            "file,payer\n",
            &["line 1: unknown column \"file\": use path,payer,url,retrieved,lob,state,number"],
        );
    }
}
