//! `fineprint worker`: the other side of [`fineprint::pipeline::Isolation`], started by fineprint itself.

use std::io;

use anyhow::Result;

use crate::Outcome;

/// Runs the command.
pub(crate) fn run() -> Result<Outcome> {
    fineprint::pipeline::serve(io::stdin(), io::stdout())?;
    Ok(Outcome::Done)
}
