//! Standard output, standard error and `--output`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Result, anyhow};

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

/// A line on standard error. One that cannot be written is lost: there is nowhere left to say so.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// A line on standard error with the program's name before it.
pub(crate) fn complain(line: &str) {
    note(&format!("fineprint: {line}"));
}
