//! The words of the command line that are about fetching.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use crate::args::LimitArgs;
use crate::store_args::FolderArgs;

/// Where sources are.
#[derive(Debug, ClapArgs)]
pub(crate) struct SourcesArgs {
    /// Sources in FOLDER/ID/source.toml instead of the embedded ones.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) sources: Option<PathBuf>,
}

/// Who asks.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Who asks")]
pub(crate) struct ContactArgs {
    /// Your mail address or a page about you. It is sent with every request: without one nothing is asked.
    #[arg(long, value_name = "MAIL")]
    pub(crate) contact: Option<String>,
    /// Certificates in PEM that are trusted beside the system's.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_bundle: Option<PathBuf>,
}

/// One source.
#[derive(Debug, ClapArgs)]
pub(crate) struct OneArgs {
    /// The source's id.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) sources: SourcesArgs,
}

/// How a source's site is asked.
#[derive(Debug, ClapArgs)]
pub(crate) struct LiveArgs {
    #[command(flatten)]
    pub(crate) contact: ContactArgs,
    #[command(flatten)]
    pub(crate) folder: FolderArgs,
}

/// Fetch policies from payers' sites into the store: polite, resumable, every version kept.
///
/// One request at a time to a host, three seconds and more between two, robots.txt obeyed, and a site that declines
/// is left alone. A run that was broken off goes on where it stopped; what did not change is not sent again.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint sources list                                   what there is
  fineprint fetch cigna-commercial --contact you@example.org
  fineprint fetch --all --dry-run --contact you@example.org      what would be asked for
  fineprint fetch --url https://example.org/mp-114.pdf --payer 'Bluestone Health' --contact you@example.org
  fineprint status                                         what failed, and what to do

No source was checked against its live site yet: begin with `fineprint sources check ID`.")]
pub(crate) struct FetchArgs {
    /// Ids of sources.
    #[arg(value_name = "SOURCE", required_unless_present_any = ["all", "url", "inbox"])]
    pub(crate) ids: Vec<String>,
    /// Every source that is no draft.
    #[arg(long, conflicts_with = "ids")]
    pub(crate) all: bool,
    /// One document by its address.
    #[arg(long, value_name = "URL", requires = "payer", conflicts_with_all = ["ids", "all"])]
    pub(crate) url: Option<String>,
    /// Keep what a person downloaded into FOLDER instead, as `fineprint add FOLDER` does: nothing is asked.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["ids", "all", "url", "dry_run"])]
    pub(crate) inbox: Option<PathBuf>,
    /// Whose policy the document at --url is, or those of --inbox are.
    #[arg(long, value_name = "NAME")]
    pub(crate) payer: Option<String>,
    /// Read robots.txt and the lists, and print what would be fetched.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) sources: SourcesArgs,
    #[command(flatten)]
    pub(crate) contact: ContactArgs,
    #[command(flatten)]
    pub(crate) folder: FolderArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// List, show, prove and check the sources.
#[derive(Debug, Subcommand)]
pub(crate) enum SourcesCommand {
    /// List every source: its payer, how far it is, when a person checked it.
    List {
        #[command(flatten)]
        sources: SourcesArgs,
    },
    /// Print a source's file.
    Show(OneArgs),
    /// Prove sources by their saved pages, without a network.
    Test {
        /// Ids of sources; all without.
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// The folder of the sources with their pages.
        #[arg(long, value_name = "FOLDER", default_value = "corpora/sources")]
        sources: PathBuf,
        /// Write what was found as what is expected, for you to review. The command fails all the same.
        #[arg(long)]
        bless: bool,
    },
    /// Read a source's lists from its site and hold them against what it expects. Documents are not fetched.
    Check {
        #[command(flatten)]
        one: OneArgs,
        #[command(flatten)]
        live: LiveArgs,
    },
    /// Read a source's lists from its site and save the pages into FOLDER, to write pages of their shape from.
    Record {
        #[command(flatten)]
        one: OneArgs,
        /// Where to.
        #[arg(value_name = "FOLDER")]
        to: PathBuf,
        #[command(flatten)]
        live: LiveArgs,
    },
    /// Say that you read a payer's terms and accept them. fineprint never does that for you.
    Accept {
        #[command(flatten)]
        one: OneArgs,
        /// The gate's name in the source.
        #[arg(value_name = "GATE")]
        gate: String,
        /// Your name, for the record.
        #[arg(long, value_name = "NAME")]
        by: String,
        #[command(flatten)]
        folder: FolderArgs,
    },
}
