//! The words of the commands that ask across policies: `compare`, `find`, `brief`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use fineprint::pipeline::parse;
use fineprint::policy::Date;

use crate::args::{InputArgs, LimitArgs, RulesArgs, RunArgs, ToldArgs};

/// Put plans side by side for one service: who covers it first, each with its quote.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint compare --service 'platelet-rich plasma' policies/
  fineprint compare --service 'stem cell injection' --indication knee --code 0232T policies/ --format html -o plans.html")]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) service: ServiceArgs,
    #[command(flatten)]
    pub(crate) inputs: InputArgs,
    #[command(flatten)]
    pub(crate) told: ToldArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    /// How to print the plans; without it the ending of --output decides, else table.
    #[arg(long, value_enum)]
    pub(crate) format: Option<CompareFormat>,
    /// Write to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What to look for.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "The service")]
pub(crate) struct ServiceArgs {
    /// The service, in any words.
    #[arg(long, value_name = "WORDS", value_parser = asked)]
    pub(crate) service: String,
    /// What it is for.
    #[arg(long, value_name = "WORDS")]
    pub(crate) indication: Option<String>,
    /// Its code.
    #[arg(long, value_name = "CODE")]
    pub(crate) code: Option<String>,
}

/// Find the policies that name a code or a policy's number, as it stands on a denial letter.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint find 0232T policies/
  fineprint find M17.11 policies/ --payer bluestone
  fineprint find MP-114 policies/ --format csv -o found.csv")]
pub(crate) struct FindArgs {
    /// The code or number.
    #[arg(value_name = "CODE", value_parser = asked)]
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) inputs: InputArgs,
    /// With --store, take the versions that stood on this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse::date)]
    pub(crate) as_of: Option<Date>,
    /// Only policies of payers whose name holds these words.
    #[arg(long, value_name = "NAME")]
    pub(crate) payer: Option<String>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    /// How to print the places; without it the ending of --output decides, else table.
    #[arg(long, value_enum)]
    pub(crate) format: Option<FindFormat>,
    /// Write to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Write the skeleton of an appeal's policy section: the payer's own words as exhibits, and blanks for the case.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint brief policy.pdf --service 'platelet-rich plasma'
  fineprint brief policy.pdf --service 'platelet-rich plasma' --retrieved 2026-11-01 --output brief.docx")]
pub(crate) struct BriefArgs {
    /// The policy.
    #[arg(value_name = "POLICY")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) service: ServiceArgs,
    #[command(flatten)]
    pub(crate) told: ToldArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    /// Write to FILE: Markdown, or a Word document where its name ends in .docx.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Formats of `brief`, as the ending of its file means them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    Md,
    Docx,
}

/// Words that name something, without blanks around them.
pub(crate) fn asked(words: &str) -> Result<String, String> {
    if words.chars().any(char::is_alphanumeric) {
        Ok(words.trim().to_owned())
    } else {
        Err("it names nothing: give a word or a number".to_owned())
    }
}

/// Formats of `compare`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    /// For reading in a terminal.
    Table,
    /// Markdown.
    Md,
    /// CSV, one row a policy.
    Csv,
    /// One page of HTML.
    Html,
}

/// Formats of `find`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindFormat {
    /// For reading in a terminal.
    Table,
    /// Markdown.
    Md,
    /// CSV, one row a place.
    Csv,
}
