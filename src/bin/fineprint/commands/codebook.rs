//! `fineprint rules codebook`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use fineprint::report::{codebook_html, codebook_markdown};

use crate::study_args::CodebookFormat;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(format: Option<CodebookFormat>, path: Option<&Path>, more: &[PathBuf]) -> Result<Outcome> {
    let format = output::format(format, path, CodebookFormat::Md)?;
    let rules = inputs::rule_set(more)?;
    let mut out = output::writer(path)?;
    match format {
        CodebookFormat::Md => codebook_markdown(&mut out, &rules)?,
        CodebookFormat::Html => codebook_html(&mut out, &rules)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}
