//! `fineprint.csv`: what a folder's owner tells of the documents beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Told, parse};

/// The file's name in a folder of documents.
pub(super) const NAME: &str = "fineprint.csv";

const COLUMNS: [&str; 7] = ["path", "payer", "url", "retrieved", "lob", "state", "number"];

/// One thing that is wrong in a sidecar table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct SidecarProblem {
    /// The line in the file, from 1.
    pub line: u64,
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

/// What the tables found so far say, by the file they say it of.
#[derive(Debug, Default)]
pub(super) struct Sidecars {
    rows: BTreeMap<PathBuf, Told>,
    read: Vec<PathBuf>,
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
        let text = fs::read_to_string(&path)
            .map_err(|error| problem(1, format!("cannot be read ({error}): save it as UTF-8 text")))?;
        let rows = told_by_table(&text).map_err(|problems| SidecarError { path: shown.clone(), problems })?;
        for (file, told) in rows {
            // The nearest table wins: it is read last, when the walk has come down to it.
            self.rows.insert(folder.join(file), told);
        }
        self.read.push(path);
        Ok(())
    }

    /// What was told of the file at `path`, named as the walk names it.
    pub(super) fn told(&self, path: &Path) -> Told {
        self.rows.get(path).cloned().unwrap_or_default()
    }
}

/// The rows of a `fineprint.csv`: path relative to its folder, and what it tells.
///
/// # Errors
/// All problems of the table at once.
pub fn told_by_table(text: &str) -> Result<Vec<(PathBuf, Told)>, Vec<SidecarProblem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return Err(vec![SidecarProblem { line: 1, message: error.to_string() }]),
    };
    check_header(&header)?;
    let mut rows: Vec<(PathBuf, Told)> = Vec::new();
    let mut problems = Vec::new();
    for record in reader.records() {
        let (line, row) = match record {
            Ok(record) => (record.position().map_or(0, csv::Position::line), row(&header, &record)),
            Err(error) => (error.position().map_or(0, csv::Position::line), Err(vec![error.to_string()])),
        };
        match row {
            Ok((path, _)) if rows.iter().any(|(known, _)| *known == path) => {
                let message = format!("{} has a row already: keep one", super::walk::shown(&path));
                problems.push(SidecarProblem { line, message });
            }
            Ok(row) => rows.push(row),
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
            "{cells} cells under {columns} columns: put cells with commas into \"quotation marks\""
        )]);
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
        assert_eq!(rows, [(PathBuf::from("a/b.pdf"), told), (PathBuf::from("c.txt"), Told::default())]);
    }

    #[test]
    fn columns_may_be_fewer_and_in_any_order() {
        let rows = told_by_table("\u{feff}payer,path\nBlue,./a.pdf\n").expect("a good table");
        assert_eq!(rows[0].0, PathBuf::from("a.pdf"));
        assert_eq!(rows[0].1.payer.as_deref(), Some("Blue"));
    }

    #[test]
    fn every_bad_row_is_named_with_its_line() {
        check_problems(
            "path,retrieved,lob,state\na.pdf,March 1,comercial,ZZ\n,,,\nb.pdf,2026-03-01\na.txt,,,\na.txt,,,\n",
            &[
                "line 2: \"March 1\" is no day: write it as 2026-03-01",
                "line 2: \"comercial\" is no line of business: use commercial, individual, medicare, medicaid, federal, \
                 tricare, self-funded",
                "line 2: \"ZZ\" is no state: use a postal code such as OH",
                "line 3: no path: name the document, relative to this file",
                "line 4: 2 cells under 4 columns: put cells with commas into \"quotation marks\"",
                "line 6: a.txt has a row already: keep one",
            ],
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
