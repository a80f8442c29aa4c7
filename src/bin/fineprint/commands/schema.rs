//! `fineprint schema`.

use std::io::Write;

use anyhow::Result;
use fineprint::report::JSON_SCHEMA;
use fineprint::report::tables::dictionary_markdown;

use crate::args::SchemaArgs;
use crate::{Outcome, output};

/// Runs the command.
pub(crate) fn run(args: &SchemaArgs) -> Result<Outcome> {
    let mut out = output::writer(None)?;
    if args.dictionary {
        out.write_all(dictionary_markdown().as_bytes())?;
    } else {
        out.write_all(JSON_SCHEMA.as_bytes())?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
