//! The words of the command line that are about the store.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use crate::args::{LimitArgs, RulesArgs, ToldArgs};

/// Which store.
#[derive(Debug, ClapArgs)]
pub(crate) struct FolderArgs {
    /// The store's folder.
    #[arg(long, value_name = "DIR", default_value = "fineprint-store")]
    pub(crate) store: PathBuf,
}

/// Documents of a store instead of files.
#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = "Documents of a store")]
pub(crate) struct StoredArgs {
    /// Take the documents of the store in DIR; what it knows of payer, address and day counts as told.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["paths", "files_from", "glob"])]
    pub(crate) store: Option<PathBuf>,
    /// Of this source alone.
    #[arg(long, value_name = "ID", requires = "store")]
    pub(crate) source: Option<String>,
    /// Which versions of each document.
    #[arg(long, value_enum, default_value_t = WhichVersions::Current, requires = "store")]
    pub(crate) versions: WhichVersions,
    /// Also documents that their source no longer lists.
    #[arg(long, requires = "store")]
    pub(crate) gone: bool,
}

/// Which versions of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhichVersions {
    /// The one that stands.
    #[default]
    Current,
    /// All, the oldest first.
    All,
}

/// Look after a store: its figures, its events, its soundness, its documents as files.
#[derive(Debug, Subcommand)]
pub(crate) enum StoreCommand {
    /// Count what the store holds.
    Status {
        #[command(flatten)]
        folder: FolderArgs,
    },
    /// List what happened to documents: new, changed, reissued, moved, gone, back, flapping.
    Events {
        #[command(flatten)]
        folder: FolderArgs,
        /// Of this source alone.
        #[arg(long, value_name = "ID")]
        source: Option<String>,
        /// How to print them.
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Hash every kept byte again and hold the catalog against its laws; names what is wrong.
    Verify {
        #[command(flatten)]
        folder: FolderArgs,
    },
    /// Sweep bytes that nothing names and temporary files of processes that were killed. Nothing that was served
    /// as a document is ever removed.
    Gc {
        #[command(flatten)]
        folder: FolderArgs,
        /// Only say what would go.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the documents into FOLDER as files, with a fineprint.csv that tells payer, address and day.
    Export {
        /// Where to.
        #[arg(value_name = "FOLDER")]
        to: PathBuf,
        #[command(flatten)]
        folder: FolderArgs,
        /// Of this source alone.
        #[arg(long, value_name = "ID")]
        source: Option<String>,
        /// Which versions of each document.
        #[arg(long, value_enum, default_value_t = WhichVersions::Current)]
        versions: WhichVersions,
        /// Also documents that their source no longer lists.
        #[arg(long)]
        gone: bool,
    },
}

/// Say of each source of the store: its last good run, its documents and versions, and what fails and why.
#[derive(Debug, ClapArgs)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    pub(crate) folder: FolderArgs,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
}

/// Formats of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For reading.
    Table,
    /// One JSON object a line.
    Jsonl,
}

/// Add documents to the store that a person downloaded, from files or from an inbox folder.
///
/// Some sites allow only that. A folder is walked as in `analyze`, and a fineprint.csv in it tells payer, address and
/// day of each file. A file that was added before changes nothing, so an inbox can be added again and again.
#[derive(Debug, ClapArgs)]
#[command(mut_arg("as_of", |arg| arg.hide(true)), after_help = "\
Examples:
  fineprint add mp-114.pdf --payer 'Bluestone Health' --url https://example.org/mp-114.pdf --retrieved 2026-11-25
  fineprint add inbox/                              every file in it that is not in the store yet

A policy is known by its --number, else by its --url, else by its file's path below the folder that is named: give the
same one to have another version of it. An older text that came back stands again with the --retrieved day on which it
did; --lob and --state of a file that is known replace what was told before.")]
pub(crate) struct AddArgs {
    /// Files and folders.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) folder: FolderArgs,
    #[command(flatten)]
    pub(crate) told: ToldArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// Say what changed between two versions of one policy, and whose change it is.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  fineprint diff old.pdf new.pdf
  fineprint diff old.pdf new.html --format csv -o changes.csv
  fineprint diff --store fineprint-store MP-114                    the last two versions in the store
  fineprint diff --store fineprint-store MP-114 --from 1 --to 3")]
pub(crate) struct DiffArgs {
    /// The older and the newer document; with --store one document by its path there, key or number.
    #[arg(value_name = "OLD NEW | NAME", required = true, num_args = 1..=2)]
    pub(crate) paths: Vec<PathBuf>,
    /// Take the versions from the store in DIR.
    #[cfg(feature = "store")]
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// The older version by its number; by default the one before the newer.
    #[cfg(feature = "store")]
    #[arg(long, value_name = "N", requires = "store")]
    pub(crate) from: Option<u32>,
    /// The newer version by its number; by default the one that stands.
    #[cfg(feature = "store")]
    #[arg(long, value_name = "N", requires = "store")]
    pub(crate) to: Option<u32>,
    /// How to print the changes; without it the ending of --output decides, else terminal.
    #[arg(long, value_enum)]
    pub(crate) format: Option<DiffFormat>,
    /// Write to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
}

/// Formats of `diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For reading.
    Terminal,
    /// One JSON object.
    Json,
    /// One row a change.
    Csv,
}
