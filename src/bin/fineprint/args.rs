//! The words of the command line.

use std::path::PathBuf;

use clap::{ArgAction, Args as ClapArgs, ColorChoice, Parser, Subcommand, ValueEnum, value_parser};
use clap_complete::Shell;
use fineprint::pipeline::parse;
use fineprint::policy::{Date, LineOfBusiness, State};

use crate::ask_args::{BriefArgs, CompareArgs, FindArgs, asked};
#[cfg(feature = "fetch")]
use crate::fetch_args::{FetchArgs, SourcesCommand};
use crate::report_args::ReportArgs;
use crate::size::Size;
use crate::store_args::DiffArgs;
#[cfg(feature = "store")]
use crate::store_args::{AddArgs, StatusArgs, StoreCommand, StoredArgs};
use crate::study_args::{EvalArgs, ExplainArgs, GapsArgs, RulesCommand, SampleArgs};

/// Reads US health payers' medical policies and shows, in their own words, what blocks a claim and what
/// an advocate can hold on to.
#[derive(Debug, Parser)]
#[command(
    name = "fineprint",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "\
Begin with `fineprint demo`: it needs no file and no network. Then:
  fineprint analyze policies/            a table of all documents of a folder
  fineprint show policies/mp-114.pdf     one page for one policy

Topics: `fineprint help files`, formats, rules, baseline, limits, config, exit-codes.

Exit codes: 0 done, 1 no input document or --fail-on met, 2 something could not be read or did not hold (what could be \
read is written all the same)."
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) print: PrintArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How to talk, for every command.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "In general")]
pub(crate) struct PrintArgs {
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(crate) color: ColorChoice,
    /// When to make paths and pages links to the document (file://…#page=N); auto is in terminals known to show them.
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(crate) hyperlinks: ColorChoice,
    /// Only results and what went wrong, no notes.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say on standard error what a run is made of; twice for all that the parsers say (with --no-isolate).
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Read no config file (`fineprint help config`).
    #[arg(long, global = true)]
    pub(crate) no_config: bool,
}

/// One command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(DemoArgs),
    Analyze(AnalyzeArgs),
    Show(ShowArgs),
    Extract(ExtractArgs),
    Cite(CiteArgs),
    Verify(VerifyArgs),
    Diff(DiffArgs),
    Compare(CompareArgs),
    Find(FindArgs),
    Brief(BriefArgs),
    Eval(EvalArgs),
    Sample(SampleArgs),
    Gaps(GapsArgs),
    Explain(ExplainArgs),
    #[command(subcommand)]
    Rules(RulesCommand),
    Schema(SchemaArgs),
    #[cfg(feature = "store")]
    Add(AddArgs),
    #[cfg(feature = "fetch")]
    Fetch(FetchArgs),
    #[cfg(feature = "fetch")]
    #[command(subcommand)]
    Sources(SourcesCommand),
    #[cfg(feature = "store")]
    Status(StatusArgs),
    #[cfg(feature = "store")]
    #[command(subcommand)]
    Store(StoreCommand),
    /// Print the help of a topic or a command.
    Help {
        /// files, formats, rules, baseline, limits, config, exit-codes, or a command.
        #[arg(value_name = "TOPIC")]
        words: Vec<String>,
    },
    /// Show the config file's values, each with where it came from.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print the completions for a shell.
    #[command(
        after_help = "Example:\n  fineprint completions bash > ~/.local/share/bash-completion/completions/fineprint"
    )]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page of the program.
    #[command(after_help = "Example:\n  fineprint man --output ~/.local/share/man/man1")]
    Man {
        /// Write a page for each command into FOLDER instead.
        #[arg(long, short, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
    /// Read documents for a parent process; fineprint starts its workers itself.
    #[command(hide = true)]
    Worker,
}

/// Commands on the config file.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Show each value with the file and line that it came from.
    Show,
}

/// Analyze the embedded sample policies: a table, one page, and what to run next.
///
/// The policies and their payers are invented; their anatomy is that of real ones.
#[derive(Debug, ClapArgs)]
pub(crate) struct DemoArgs {
    /// Write the sample documents into FOLDER instead, to work with them as files.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) save: Option<PathBuf>,
    /// Start a site of two of the payers on this machine, fetch from it as from a payer's site, and analyze what came.
    #[cfg(feature = "fetch")]
    #[arg(long, conflicts_with = "save")]
    pub(crate) fetch: bool,
}

/// Analyze policies: stance, barriers, levers and score of each, every statement with its quote.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint analyze policies/                             a table of all documents
  fineprint analyze policies/ --format html -o report/    pages to read, search and print; open report/index.html
  fineprint analyze policies/ --format xlsx -o all.xlsx   a workbook; --format csv -o tables/ the same as CSV
  fineprint analyze policies/ --format jsonl -o out.jsonl one JSON object a line for each document
  fineprint analyze a.pdf b.html --payer 'Bluestone Health' --as-of 2026-11-01
  curl -s https://example.org/policy.html | fineprint analyze - --format json
  fineprint analyze --store fineprint-store --as-of 2026-11-01       as the documents stood on that day
  fineprint analyze policies/ --fail-on barrier/investigational      exit code 1 where a policy says it
  fineprint analyze policies/ --baseline old.jsonl --fail-on barrier --new-only    only for what is new since
  fineprint analyze policies/ --suppress looked-at.toml              with reason and day: `fineprint help baseline`
  fineprint analyze scans/ --pre ./ocr --pre-glob '*.tif'            read what a command of yours prints

In a walked folder only hidden files, a .fineprintignore and --glob skip a file; git's ignore files never do.
A fineprint.csv in a folder tells what its documents cannot say (path,payer,url,retrieved,lob,state,number).

Exit codes: 0 done, 1 no input document or --fail-on met, 2 something could not be read; `fineprint help exit-codes`.")]
pub(crate) struct AnalyzeArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,
    #[command(flatten)]
    pub(crate) told: ToldArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
}

/// Show one page for one policy: stance, what stands in the way, what is open, each with its quote.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint show policy.pdf
  fineprint show --store fineprint-store MP-114     as it stands in a store
  fineprint show policy.pdf --as-of 2026-11-01      also says whether its review is overdue on that day
  fineprint show policy.pdf --format html -o p.html the page beside the document's text, to read and print")]
pub(crate) struct ShowArgs {
    /// The document; `-` reads it from standard input. With --store its path there, its key, number or title.
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Take the document from the store in DIR.
    #[cfg(feature = "store")]
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) told: ToldArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
}

/// Cite policies for a reference manager: number, date of the version, day of retrieval, SHA-256 of the copy.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint cite policies/ -o policies.ris                   for Zotero, EndNote, Mendeley
  fineprint cite policy.pdf --format bibtex --retrieved 2026-11-20")]
pub(crate) struct CiteArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,
    #[command(flatten)]
    pub(crate) told: ToldArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// The format of the citations; without it the ending of --output decides, else ris.
    #[arg(long, value_enum)]
    pub(crate) format: Option<CiteFormat>,
    /// Write the citations to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Verify a report: is every quote in the document whose hash it names, on the page that it names?
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint verify out.jsonl policies/      JSON, JSON lines, CSV, Markdown or HTML that fineprint wrote
  fineprint verify report/ policies/        every report in a folder
  fineprint verify page.html                the documents are where the report says, from here or from its folder")]
pub(crate) struct VerifyArgs {
    /// The report, or a folder of reports.
    #[arg(value_name = "REPORT")]
    pub(crate) report: PathBuf,
    /// Files and folders that hold the documents; without any, the paths that the report names.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Print the JSON Schema of what `analyze --format json` and `jsonl` write, or what its tables hold.
#[derive(Debug, ClapArgs)]
pub(crate) struct SchemaArgs {
    /// Print the columns of the tables that `--format csv` and `xlsx` write instead.
    #[arg(long)]
    pub(crate) dictionary: bool,
}

/// Show what was read of each document: the matching text, or blocks and sections as JSON.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint extract policy.pdf | less           the text that findings point into, pages parted by U+000C
  fineprint extract policies/ --format json     one JSON object a line: sections, blocks, pages, issues")]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// How to print what was read; without it the ending of --output decides, else text.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ExtractFormat>,
    /// Write to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Formats of `cite`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CiteFormat {
    /// Zotero, EndNote, Mendeley.
    Ris,
    /// LaTeX.
    Bibtex,
    /// Pandoc and Zotero.
    CslJson,
}

/// Formats of `extract`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// The matching text.
    Text,
    /// One JSON object a line for each document.
    #[value(alias = "jsonl")]
    Json,
}

/// Which documents.
#[derive(Debug, Default, ClapArgs)]
pub(crate) struct InputArgs {
    /// Files and folders; folders are walked. `-` reads one document from standard input.
    #[cfg_attr(feature = "store", arg(value_name = "PATH", required_unless_present_any = ["files_from", "store"]))]
    #[cfg_attr(not(feature = "store"), arg(value_name = "PATH", required_unless_present = "files_from"))]
    pub(crate) paths: Vec<PathBuf>,
    /// Read more paths from FILE, one a line; `-` reads them from standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// In walked folders take only files that match GLOB, or leave them out with `!GLOB`. May be repeated.
    #[arg(long, value_name = "GLOB")]
    pub(crate) glob: Vec<String>,
    #[cfg(feature = "store")]
    #[command(flatten)]
    pub(crate) stored: StoredArgs,
}

/// What is told of every document, over what a fineprint.csv says.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "What the documents cannot say")]
pub(crate) struct ToldArgs {
    /// The payer of all documents.
    #[arg(long, value_name = "NAME", value_parser = asked)]
    pub(crate) payer: Option<String>,
    /// The line of business; may be repeated.
    #[arg(long, value_name = "LOB", value_parser = parse::line_of_business, value_delimiter = ',')]
    pub(crate) lob: Vec<LineOfBusiness>,
    /// The state by its postal code; may be repeated.
    #[arg(long, value_name = "STATE", value_parser = parse::state, value_delimiter = ',')]
    pub(crate) state: Vec<State>,
    /// The member's age in years: levers for other ages do not count.
    #[arg(long, value_name = "YEARS")]
    pub(crate) age: Option<u8>,
    /// The payer's number of the policy.
    #[arg(long, value_name = "NUMBER", value_parser = asked)]
    pub(crate) number: Option<String>,
    /// The address that the document was retrieved from.
    #[arg(long, value_name = "URL", value_parser = asked)]
    pub(crate) url: Option<String>,
    /// The day of retrieval.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse::date)]
    pub(crate) retrieved: Option<Date>,
    /// Measure staleness against this day instead of the day of retrieval; with --store, take the versions that stood on it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse::date)]
    pub(crate) as_of: Option<Date>,
}

/// How to work.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Work and limits")]
pub(crate) struct RunArgs {
    /// Documents worked at a time; 0 is one for each processor.
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// What one document may cost.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Work and limits")]
pub(crate) struct LimitArgs {
    /// Largest file.
    #[arg(long, value_name = "SIZE", default_value_t = Size(fineprint::extract::Limits::default().max_bytes))]
    pub(crate) max_bytes: Size,
    /// Most pages of a document.
    #[arg(long, value_name = "PAGES", default_value_t = fineprint::extract::Limits::default().max_pages)]
    pub(crate) max_pages: usize,
    /// Largest text of a document.
    #[arg(long, value_name = "SIZE", default_value_t = Size(fineprint::extract::Limits::default().max_text_bytes as u64))]
    pub(crate) max_text_bytes: Size,
    /// Deepest nesting of HTML and of the XML in DOCX.
    #[arg(long, value_name = "ELEMENTS", default_value_t = fineprint::extract::Limits::default().max_depth)]
    pub(crate) max_depth: usize,
    /// Most entries of an archive (DOCX).
    #[arg(long, value_name = "ENTRIES", default_value_t = fineprint::extract::Limits::default().max_entries)]
    pub(crate) max_entries: usize,
    /// Longest wall time for one document; held by worker processes.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = value_parser!(u64).range(1..=86_400))]
    pub(crate) max_seconds: u64,
    /// Most memory of one worker process; held on Linux only.
    #[arg(long, value_name = "SIZE", default_value_t = Size(1 << 30))]
    pub(crate) max_memory: Size,
    /// Largest result of one document as JSON; held by worker processes.
    #[arg(long, value_name = "SIZE", default_value_t = Size(256 << 20))]
    pub(crate) max_output: Size,
    /// Run COMMAND with each document's path and read what it prints (text, HTML or PDF) instead of the document.
    #[arg(long, value_name = "COMMAND", value_parser = asked)]
    pub(crate) pre: Option<String>,
    /// With --pre: only for documents whose name matches GLOB. May be repeated.
    #[arg(long, value_name = "GLOB", requires = "pre")]
    pub(crate) pre_glob: Vec<String>,
    /// Read the documents in this process instead of workers: a document that overflows the stack or the memory
    /// then ends the run, and time, memory and result have no limit.
    #[arg(long)]
    pub(crate) no_isolate: bool,
}

/// Which rules.
#[derive(Debug, ClapArgs)]
pub(crate) struct RulesArgs {
    /// Add the rule pack FILE to the embedded ones; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,
}
