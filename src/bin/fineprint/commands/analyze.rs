//! `fineprint analyze`.

use anyhow::Result;
#[cfg(feature = "store")]
use fineprint::pipeline;
use fineprint::pipeline::{Compiled, Found, Settings};
#[cfg(feature = "store")]
use fineprint::store::{Select, Store};

use crate::args::AnalyzeArgs;
#[cfg(feature = "store")]
use crate::output;
use crate::progress::Bar;
#[cfg(feature = "store")]
use crate::report_args::ReportFormat;
use crate::reports::{Reading, Reports, over};
use crate::{Outcome, closing, corrections, inputs};

/// Runs the command.
pub(crate) fn run(args: &AnalyzeArgs) -> Result<Outcome> {
    let corrections = corrections::of(args.report.corrections.as_deref())?;
    let settings = Settings { corrections, ..inputs::settings(&args.run, args.told.as_of)? };
    let compiled = inputs::compiled(&args.rules)?;
    #[cfg(feature = "store")]
    if let Some((mut store, select)) = inputs::stored(&args.inputs, args.told.as_of)? {
        return stored(args, &mut store, &select, &compiled, &settings);
    }
    let found = inputs::found(&args.inputs, inputs::told(&args.told), &settings.limits)?;
    fresh(args, &found, &compiled, &settings)
}

/// Over documents that are all worked now.
fn fresh(args: &AnalyzeArgs, found: &Found, compiled: &Compiled, settings: &Settings) -> Result<Outcome> {
    let mut reports = Reports::open(&args.report, found.inputs.len(), Reading::Table, settings, &compiled.rules)?;
    let bar = Bar::new(found.inputs.len());
    over(&found.inputs, compiled, settings, &mut reports, |step| bar.step(step))?;
    bar.close();
    let tally = reports.finish()?;
    Ok(closing::say(found, &tally))
}

/// Over the documents of a store: what was analyzed so before is taken from there.
#[cfg(feature = "store")]
fn stored(
    args: &AnalyzeArgs,
    store: &mut Store,
    select: &Select,
    compiled: &Compiled,
    settings: &Settings,
) -> Result<Outcome> {
    let told = inputs::told(&args.told);
    // Pages show the documents' text, and rejected matches are kept in no analysis.
    if args.report.written()? == ReportFormat::Html || args.report.rejected {
        return fresh(args, &pipeline::stored::found(store, select, &told)?, compiled, settings);
    }
    let count = store.documents(select)?.len();
    let mut reports = Reports::open(&args.report, count, Reading::Table, settings, &compiled.rules)?;
    let bar = Bar::new(count);
    let (found, reused) =
        pipeline::stored::analyze_store(store, select, &told, compiled, settings, &mut reports, |step| bar.step(step))?;
    bar.close();
    let tally = reports.finish()?;
    if reused.taken > 0 {
        output::note(&format!("{} analyses taken from the store, {} made", reused.taken, reused.made));
    }
    Ok(closing::say(&found, &tally))
}
