//! `fineprint show`.

use anyhow::{Result, bail};
use fineprint::pipeline::{Found, Settings};
#[cfg(feature = "store")]
use fineprint::{pipeline, store::Store};

use crate::args::{InputArgs, ShowArgs};
use crate::reports::{Reading, Reports, over};
use crate::{Outcome, closing, corrections, inputs};

/// Runs the command.
pub(crate) fn run(args: &ShowArgs) -> Result<Outcome> {
    let corrections = corrections::of(args.report.corrections.as_deref())?;
    let settings = Settings { corrections, ..inputs::settings_for_one(&args.limits, args.told.as_of)? };
    let found = found(args, &settings)?;
    let compiled = inputs::compiled(&args.rules)?;
    let mut reports = Reports::open(&args.report, found.inputs.len(), Reading::Page, &settings, &compiled.rules)?;
    over(&found.inputs, &compiled, &settings, &mut reports, |_| ())?;
    let tally = reports.finish()?;
    Ok(closing::outcome(&tally))
}

/// The document, as an input.
fn found(args: &ShowArgs, settings: &Settings) -> Result<Found> {
    let told = inputs::told(&args.told);
    #[cfg(feature = "store")]
    if let Some(folder) = &args.store {
        let store = Store::open(folder)?;
        let stored = inputs::named(&store, &args.path.to_string_lossy(), settings.as_of)?;
        return Ok(Found { inputs: vec![pipeline::stored::input(&store, &stored, &told)], ..Found::default() });
    }
    if args.path.is_dir() {
        bail!(
            "{0} is a folder and show takes one document: name one, or see them all with `fineprint analyze {0}`",
            args.path.display()
        );
    }
    let paths = InputArgs { paths: vec![args.path.clone()], ..InputArgs::default() };
    inputs::found(&paths, told, &settings.limits)
}
