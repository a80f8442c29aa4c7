//! Standard output, standard error and `--output`.

use std::env;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::{Result, anyhow};
use fineprint::report::terminal::Look;

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

/// Columns where nobody can say how many there are: a file, a pipe.
const WIDTH: usize = 140;

/// How to print for reading, to `path` or to standard output.
pub(crate) fn look(path: Option<&Path>) -> Look {
    let terminal = path.is_none() && io::stdout().is_terminal();
    let width = terminal_size::terminal_size().filter(|_| terminal).map_or(WIDTH, |(width, _)| usize::from(width.0));
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    Look { width, colour: terminal && !set("NO_COLOR") && !dumb }
}

/// A line on standard error. One that cannot be written is lost: there is nowhere left to say so.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// A line on standard error with the program's name before it.
pub(crate) fn complain(line: &str) {
    note(&format!("fineprint: {line}"));
}
