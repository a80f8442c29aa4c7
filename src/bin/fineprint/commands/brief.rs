//! `fineprint brief`.

use std::io::Write;

use anyhow::{Context, Result, anyhow, bail};
use fineprint::compare::brief;
use fineprint::pipeline::{self, Collected};

use crate::args::InputArgs;
use crate::ask_args::{BriefArgs, BriefFormat};
use crate::closing::{self, Tally};
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &BriefArgs) -> Result<Outcome> {
    if args.path.is_dir() {
        bail!("{} is a folder and brief takes one policy: name its file", args.path.display());
    }
    let format = output::format(None, args.output.as_deref(), BriefFormat::Md)?;
    let settings = inputs::settings_for_one(&args.limits, args.told.as_of)?;
    let paths = InputArgs { paths: vec![args.path.clone()], ..InputArgs::default() };
    let found = inputs::found(&paths, inputs::told(&args.told), &settings.limits)?;
    let compiled = inputs::compiled(&args.rules)?;
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(&found.inputs, &compiled, &settings, &mut analyses, |_| ())?;
    let analysis = analyses.0.pop().ok_or_else(|| anyhow!("there is no policy to write from: name its file"))?;
    let mut tally = Tally::default();
    tally.count(&analysis.extraction.completeness);
    let asked = super::compare::asked(&args.service, &compiled)?;
    if !analysis.is_unread() && !asked.is_named_in(&analysis) {
        output::complain(&format!(
            "{}: nothing that was found in it names {}: is it the policy of the denial letter?",
            args.path.display(),
            asked.service
        ));
    }
    let Some(parts) = brief::brief(&asked, &analysis) else {
        let why = analysis.error.map_or_else(|| "no text could be read".to_owned(), |error| error.message);
        output::complain(&format!("{}: {why}", args.path.display()));
        return Ok(closing::outcome(&tally));
    };
    match args.output.as_deref() {
        Some(path) if format == BriefFormat::Docx => {
            brief::docx(output::file(path)?, &parts)
                .with_context(|| format!("{} could not be written", path.display()))?;
        }
        path => {
            let mut out = output::writer(path)?;
            brief::markdown(&mut out, &parts)?;
            out.flush()?;
        }
    }
    Ok(closing::outcome(&tally))
}
