//! `fineprint schema`.

use std::io::Write;

use anyhow::Result;

use crate::{Outcome, output};

/// Runs the command.
pub(crate) fn run() -> Result<Outcome> {
    let mut out = output::writer(None)?;
    out.write_all(fineprint::report::JSON_SCHEMA.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}
