//! Standard output, standard error and `--output`.

use std::env;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Result, anyhow};
use clap::{ColorChoice, ValueEnum};
use fineprint::report::clean;
use fineprint::report::terminal::Look;

use crate::args::PrintArgs;

/// A buffered writer to `path`, or to standard output. Flush it at the end: an error on drop is lost.
pub(crate) fn writer(path: Option<&Path>) -> Result<Box<dyn Write>> {
    match path {
        None => Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock()))),
        Some(path) => {
            let wrong = |error: io::Error| {
                anyhow!("--output {} could not be created ({error}): check its folder", path.display())
            };
            Ok(Box::new(BufWriter::with_capacity(1 << 16, File::create(path).map_err(wrong)?)))
        }
    }
}

/// The format that the ending of `path` means, with its name among the values of `--format`.
fn by_ending<F: ValueEnum>(path: &Path) -> Option<F> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let names: &[&str] = match ending.as_str() {
        "json" => &["json", "csl-json"],
        "jsonl" | "ndjson" => &["jsonl"],
        "bib" => &["bibtex"],
        "htm" | "html" => &["html"],
        "csv" | "md" | "ris" | "xlsx" => &[ending.as_str()],
        _ => &[],
    };
    names.iter().find_map(|name| F::from_str(name, false).ok())
}

/// The format to write: `asked`, else what the ending of `path` means, else `usual`. An ending that means another
/// format than the one asked for is a slip of the pen.
pub(crate) fn format<F: ValueEnum + PartialEq>(asked: Option<F>, path: Option<&Path>, usual: F) -> Result<F> {
    let meant = path.and_then(by_ending::<F>);
    let name = |format: &F| format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    match (asked, meant, path) {
        (Some(asked), Some(meant), Some(path)) if asked != meant => Err(anyhow!(
            "--format {} and --output {} do not fit: give the file another ending, or leave out --format",
            name(&asked),
            path.display()
        )),
        (asked, meant, _) => Ok(asked.or(meant).unwrap_or(usual)),
    }
}

/// Columns where nobody can say how many there are: a file, a pipe.
const WIDTH: usize = 140;

/// What the flags say of printing.
#[derive(Clone, Copy, Debug, Default)]
struct Mode {
    colour: ColorChoice,
    quiet: bool,
    verbose: bool,
}

static MODE: OnceLock<Mode> = OnceLock::new();

/// Takes the flags to heart, once, before anything is printed.
pub(crate) fn follow(args: &PrintArgs) {
    let mode = Mode { colour: args.color, quiet: args.quiet, verbose: args.verbose > 0 };
    // A second call would say the same.
    let _ = MODE.set(mode);
}

fn mode() -> Mode {
    MODE.get().copied().unwrap_or_default()
}

/// How to print for reading, to `path` or to standard output.
pub(crate) fn look(path: Option<&Path>) -> Look {
    let terminal = path.is_none() && io::stdout().is_terminal();
    let width = terminal_size::terminal_size().filter(|_| terminal).map_or(WIDTH, |(width, _)| usize::from(width.0));
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    let colour = match mode().colour {
        ColorChoice::Auto => terminal && !set("NO_COLOR") && !dumb,
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    };
    Look { width, colour }
}

/// A number of things: "1 document", "2 documents".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A line on standard error for who wants to know; not with `--quiet`.
pub(crate) fn note(line: &str) {
    if !mode().quiet {
        say(line);
    }
}

/// A line on standard error with `--verbose`.
pub(crate) fn detail(line: &str) {
    if mode().verbose {
        say(line);
    }
}

/// A line on standard error with the program's name before it, also with `--quiet`.
pub(crate) fn complain(line: &str) {
    say(&format!("fineprint: {line}"));
}

/// The words with which a run ends; they may have several lines.
pub(crate) fn fail(words: &str) {
    for (index, line) in words.lines().enumerate() {
        if index == 0 { complain(line) } else { say(line) }
    }
}

/// One that cannot be written is lost: there is nowhere left to say so. Paths and words of documents are in it.
fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", clean(line));
}
