//! `fineprint config`.

use std::io::Write;

use anyhow::Result;

use crate::config::Config;
use crate::{Outcome, output};

/// Shows each value with the file and line that it came from.
pub(crate) fn show(config: &Config) -> Result<Outcome> {
    let mut out = output::writer(None)?;
    match &config.path {
        None => writeln!(out, "no config file: `fineprint help config` says where one is looked for")?,
        Some(path) => {
            for value in &config.values {
                let words = value.words.join(", ");
                writeln!(out, "{} = {words}    ({}:{})", value.name(), path.display(), value.line)?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}
