//! The words of the commands for who studies or changes the rules: `eval`, `sample`, `explain`, `rules`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use fineprint::context::Mechanism;

use crate::args::{InputArgs, LimitArgs, RulesArgs, RunArgs};
use crate::ask_args::asked;

/// A mechanism by its name.
fn mechanism(word: &str) -> Result<Mechanism, String> {
    Mechanism::from_id(word).ok_or_else(|| {
        let names: Vec<&str> = Mechanism::ALL.into_iter().map(Mechanism::id).collect();
        format!("there is no such mechanism: use one of {}", names.join(", "))
    })
}

/// Measure findings against labels: precision, recall and F1, with the errors by name.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint eval --gold corpora/gold/samples.units.jsonl corpora/policies
  fineprint eval --gold gold.jsonl --findings out.jsonl --errors 20
  fineprint eval --coded units.csv --second units-of-b.csv policies/     after `fineprint sample`")]
pub(crate) struct EvalArgs {
    /// The labels.
    #[arg(long, value_name = "FILE", required_unless_present = "coded", conflicts_with = "coded")]
    pub(crate) gold: Option<PathBuf>,
    /// The labels in a table that `fineprint sample` wrote and a person filled in.
    #[arg(long, value_name = "FILE")]
    pub(crate) coded: Option<PathBuf>,
    /// The same table as a second person filled it in: agreement and Cohen's kappa for each label, and each disagreement.
    #[arg(long, value_name = "FILE", requires = "coded")]
    pub(crate) second: Option<PathBuf>,
    /// Files and folders to analyze.
    #[arg(value_name = "PATH", required_unless_present = "findings")]
    pub(crate) paths: Vec<PathBuf>,
    /// Take the findings from FILE, as `analyze --format jsonl` wrote them, instead of analyzing.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub(crate) findings: Option<PathBuf>,
    /// List up to N errors: what is missing and what is noisy, with quote and place.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,
    /// Turn the mechanism NAME off, to see what it brings: look-alikes, overlaps, vetoes, negation and so on; a
    /// wrong name lists them. May be repeated.
    #[arg(long, value_name = "NAME", value_parser = mechanism, conflicts_with = "findings")]
    pub(crate) without: Vec<Mechanism>,
    /// Score what people's verdicts in FILE leave, a CSV with the columns id,verdict,who,why,date; said above the scores.
    #[arg(long, value_name = "FILE", conflicts_with = "findings")]
    pub(crate) corrections: Option<PathBuf>,
    /// How to print the scores.
    #[arg(long, value_enum, default_value_t = EvalFormat::Table)]
    pub(crate) format: EvalFormat,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
}

/// Draw sentences and items for coding by hand, as CSV without any verdict: fill in the column `labels`.
///
/// The same documents and seed give the same units, in whatever order the documents come. A label is a group such as
/// covered-when or a category such as favorable/conditional-coverage, several parted by blanks; with ~ behind it where the
/// words are there but are not the payer's own statement in force. `fineprint eval --coded` reads the table back.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint sample --n 200 --seed 1 policies/ -o units.csv
  fineprint sample --n 200 --seed 1 --near-triggers policies/ -o units.csv    only where words of a rule stand")]
pub(crate) struct SampleArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,
    /// How many units.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) n: usize,
    /// Another number draws other units.
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Only units in which words of a rule stand, whatever their verdict.
    #[arg(long)]
    pub(crate) near_triggers: bool,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    /// Write the table to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// List sentences in binding, front and coding sections that hold trigger words and no finding, for a person to review.
///
/// What is rejected names what rejected it. The column `labels` is for what you find there; a line with one is a gap of the rules.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint gaps policies/ -o gaps.csv
  fineprint gaps --n 100 --seed 1 policies/ -o gaps.csv     a random hundred")]
pub(crate) struct GapsArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,
    /// At most N of them, drawn at random.
    #[arg(long, value_name = "N")]
    pub(crate) n: Option<usize>,
    /// Another number draws others and orders all anew.
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    /// Write the table to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Explain how a verdict came about: rule, words, cues with their reach, section, and what was rejected there.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint explain policy.pdf:1204-1230            the span of a finding, in code points as in JSON
  fineprint explain policy.pdf:5f0c2a9d1e7b3846     the id of a finding
  fineprint explain --sentence 'PRP is no longer considered investigational.'")]
pub(crate) struct ExplainArgs {
    /// The document with a span or a finding's id behind it.
    #[arg(value_name = "FILE:SPAN", required_unless_present = "sentence", conflicts_with = "sentence")]
    pub(crate) place: Option<String>,
    /// Explain TEXT instead, as a paragraph of no known section.
    #[arg(long, value_name = "TEXT", value_parser = asked)]
    pub(crate) sentence: Option<String>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
}

/// List, explain and check the rules.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Check a rule pack: what is wrong in it with line and column, which example is missing, which
    /// counter-example is noisy. Without FILE, the embedded packs.
    Check {
        /// The pack.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Print the packs as a codebook, for a paper's appendix: each category's codes with definition, what counts, what
    /// does not, and examples.
    Codebook {
        /// How to print it; without it the ending of --output decides, else md.
        #[arg(long, value_enum)]
        format: Option<CodebookFormat>,
        /// Write to FILE instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        rules: RulesArgs,
    },
    /// List every rule and cue with its category or effect.
    List {
        #[command(flatten)]
        rules: RulesArgs,
    },
    /// Explain one rule or cue: its phrases, its look-alikes, examples, and why it matters.
    Explain {
        /// The rule's or cue's id.
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        rules: RulesArgs,
    },
}

/// The one format of `sample` and `gaps`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SheetFormat {
    Csv,
}

/// Formats of `rules codebook`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodebookFormat {
    /// Markdown.
    Md,
    /// One page of HTML.
    Html,
}

/// Formats of `eval`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvalFormat {
    /// One row a group.
    Table,
    /// One JSON object.
    Json,
}
