//! The words for how results are written: `analyze` and `show`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use fineprint::rules::Category;

/// How results are written.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Results")]
pub(crate) struct ReportArgs {
    /// Only what is said of TOPIC, such as prp or msc; may be repeated.
    #[arg(long, value_name = "TOPIC", value_delimiter = ',')]
    pub(crate) topic: Vec<String>,
    /// How to write the results; without it the ending of --output decides, else table.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReportFormat>,
    /// Write the results to PATH instead of standard output: a file, or for html and csv a folder.
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// With --format csv: only this table, to a file or to standard output.
    #[arg(long, value_enum, value_name = "TABLE")]
    pub(crate) table: Option<TableName>,
    /// With --format html: one file, however many policies; above 50 it needs JavaScript to be of use.
    #[arg(long)]
    pub(crate) single: bool,
    /// End with exit code 1 when the payer says something of CATEGORY, such as barrier/investigational, or of a
    /// whole kind, such as barrier. May be repeated.
    #[arg(long, value_name = "CATEGORY", value_parser = category_or_kind)]
    pub(crate) fail_on: Vec<String>,
    /// Also list the matches that are no finding, each with what rejected it: with --format json or jsonl as
    /// `rejected`, with table instead of the table.
    #[arg(long)]
    pub(crate) rejected: bool,
    /// Mark each finding as known or new against FILE, an earlier `--format json` or `jsonl`, and count both and what is
    /// gone. Nothing is left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// With --baseline: --fail-on counts new findings only.
    #[arg(long, requires = "baseline", requires = "fail_on")]
    pub(crate) new_only: bool,
    /// Mark the findings whose ids stand in FILE as suppressed, with reason and day (`fineprint help baseline`).
    /// Nothing is left out, but --fail-on passes over them.
    #[arg(long, value_name = "FILE")]
    pub(crate) suppress: Option<PathBuf>,
    /// Let people's verdicts decide: FILE is a CSV with the columns id,verdict,who,why,date, the verdict accept or reject
    /// (`fineprint help baseline`). They are counted in every output.
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    /// Write what was run on what, with which rules and counts, to FILE as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) run_record: Option<PathBuf>,
}

/// A category's id, or the part of one before a `/`.
fn category_or_kind(word: &str) -> Result<String, String> {
    let known = |category: Category| category.id() == word || category.id().split('/').next() == Some(word);
    if Category::all().any(known) {
        return Ok(word.to_owned());
    }
    Err(format!("there is no category {word}: `fineprint rules list` names them"))
}

/// Formats of `analyze` and `show`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For reading in a terminal: a row a document, or one document's page.
    Table,
    /// One JSON array.
    Json,
    /// The same objects, one a line, in the order of the inputs.
    Jsonl,
    /// Tables of policies, findings, statements and codes: a folder with --output, else one on standard output.
    Csv,
    /// A Markdown page a policy.
    Md,
    /// Pages that stand alone: each policy beside its text; needs --output.
    Html,
    /// An Excel workbook of the tables; needs --output.
    Xlsx,
}

/// The tables of `--format csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableName {
    Policies,
    Findings,
    Statements,
    Codes,
}
