//! `fineprint analyze`.

use std::io::Write;

use anyhow::Result;
use fineprint::pipeline::{self, Lines};

use crate::args::AnalyzeArgs;
use crate::progress::Bar;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &AnalyzeArgs) -> Result<Outcome> {
    let settings = inputs::settings(&args.run, args.told.as_of);
    let found = inputs::found(&args.inputs, inputs::told(&args.told), &settings.limits)?;
    let compiled = inputs::compiled(&args.rules)?;
    let mut writer = output::writer(args.output.as_deref())?;
    let bar = Bar::new(found.inputs.len());
    let mut sink = Lines::new(&mut writer);
    pipeline::analyze(&found.inputs, &compiled, &settings, &mut sink, |step| bar.step(step))?;
    bar.close();
    writer.flush()?;
    Ok(Outcome::Done)
}
