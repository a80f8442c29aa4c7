//! `fineprint show`.

use std::io::Write;

use anyhow::{Result, anyhow, bail};
use fineprint::pipeline::{self, Collected, Found, Input, Settings};
use fineprint::report::Analysis;
use fineprint::report::terminal::page;
#[cfg(feature = "store")]
use fineprint::store::Store;

use crate::args::{InputArgs, RulesArgs, ShowArgs};
use crate::closing::{self, Tally};
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &ShowArgs) -> Result<Outcome> {
    let settings = inputs::settings_for_one(&args.limits, args.told.as_of)?;
    let found = found(args, &settings)?;
    let analysis = analyzed(&found.inputs, &settings, &args.rules)?;
    let mut out = output::writer(None)?;
    page(&mut out, &analysis, output::look(None))?;
    out.flush()?;
    let mut tally = Tally::default();
    tally.count(&analysis.extraction.completeness);
    Ok(closing::outcome(&found, &tally))
}

/// The document, as an input.
fn found(args: &ShowArgs, settings: &Settings) -> Result<Found> {
    let told = inputs::told(&args.told);
    #[cfg(feature = "store")]
    if let Some(folder) = &args.store {
        let store = Store::open(folder)?;
        let stored = inputs::named(&store, &args.path.to_string_lossy())?;
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

fn analyzed(documents: &[Input], settings: &Settings, rules: &RulesArgs) -> Result<Analysis> {
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(documents, &inputs::compiled(rules)?, settings, &mut analyses, |_| ())?;
    analyses.0.pop().ok_or_else(|| anyhow!("there is no document to show: name one"))
}
