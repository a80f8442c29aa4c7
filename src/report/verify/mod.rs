//! Proof: every quote of a report is found again in the document whose hash it names, on the page it names.
//!
//! [`read`] takes a report that fineprint wrote (JSON, JSON lines, CSV, Markdown, HTML by its visible words) apart
//! into [`Claim`]s; [`Claim::holds`] holds one against a document. Neither trusts the other's data: a claim is the
//! words that a reader of the report sees.

mod check;
mod csv;
mod html;
mod json;
mod markdown;

use super::clean::clean;
use crate::text::single_blanks;

pub use check::Text;
pub(crate) use csv::MANY;
use csv::is_table;
#[cfg(test)]
pub(in crate::report) use html::elements;

/// Words that a report shows as a document's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The line of the report, from 1.
    pub line: usize,
    /// The SHA-256 of the document, as the report names it.
    pub document: String,
    /// The words, single blanks between them.
    pub words: String,
    /// The page that the report names; `None` where it says that there is none.
    pub page: Option<u32>,
    /// Whether words before them were left out, so that they may begin on the page after the one named.
    pub cut_before: bool,
    /// Where the words stand in the matching text, in code points, where the report says so.
    pub span: Option<(usize, usize)>,
}

/// What a report claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Every quote.
    pub claims: Vec<Claim>,
    /// What is wrong with the report itself, by line.
    pub faults: Vec<(usize, String)>,
    /// The paths of documents that it names.
    pub paths: Vec<String>,
}

/// Takes a report apart; its format is told by its content.
///
/// # Errors
/// When it is no report that fineprint wrote.
pub fn read(report: &str) -> Result<Claims, String> {
    let start = report.trim_start_matches('\u{feff}').trim_start();
    let mut claims = Claims::default();
    if start.starts_with(['{', '[']) {
        json::read(report, &mut claims)?;
    } else if start.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
        html::read(report, &mut claims);
    } else if is_table(start) {
        csv::read(report, &mut claims)?;
    } else if start.starts_with("# ") {
        markdown::read(report, &mut claims);
    } else {
        return Err("it is no JSON, CSV, Markdown or HTML that fineprint wrote: name a report. Word files and plain \
                    text are not verified: write the same with --format md"
            .to_owned());
    }
    Ok(claims)
}

impl Claims {
    fn claim(&mut self, line: usize, document: &str, words: &str, page: Option<u32>) {
        self.claims.push(Claim {
            line,
            document: document.to_owned(),
            words: normal(words),
            page,
            cut_before: false,
            span: None,
        });
    }

    fn fault(&mut self, line: usize, what: impl Into<String>) {
        self.faults.push((line, what.into()));
    }

    fn path(&mut self, path: &str) {
        if self.paths.last().is_none_or(|last| last != path) {
            self.paths.push(path.to_owned());
        }
    }
}

/// Words as they are compared: nothing that steers, single blanks.
fn normal(words: &str) -> String {
    single_blanks(&clean(words))
}

/// `p. 12` as 12, `no page` as `None`; anything else is an error.
fn page_of(words: &str) -> Result<Option<u32>, ()> {
    match words.trim().strip_prefix("p. ") {
        Some(number) => number.parse().map(Some).map_err(|_| ()),
        None if words.trim() == "no page" => Ok(None),
        None => Err(()),
    }
}

#[cfg(test)]
mod tests;
