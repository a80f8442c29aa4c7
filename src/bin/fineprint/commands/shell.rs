//! `fineprint completions` and `fineprint man`: what a shell and `man` know of the command line.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::args::Args;
use crate::{Outcome, output};

/// Prints the completions for a shell.
pub(crate) fn completions(shell: Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    generate(shell, &mut Args::command(), "fineprint", &mut script);
    let mut out = output::writer(None)?;
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// Writes a manual page for the program and each command into `folder`, or prints the program's.
pub(crate) fn man(folder: Option<&Path>) -> Result<Outcome> {
    match folder {
        Some(folder) => {
            fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Args::command(), folder)).with_context(
                || format!("the manual could not be written into {}: check the folder", folder.display()),
            )?;
        }
        None => {
            let mut out = output::writer(None)?;
            clap_mangen::Man::new(Args::command()).render(&mut out)?;
            out.flush()?;
        }
    }
    Ok(Outcome::Done)
}
