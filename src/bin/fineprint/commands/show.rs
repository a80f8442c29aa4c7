//! `fineprint show`.

use std::io::Write;

use anyhow::{Result, anyhow, bail};
use fineprint::pipeline::{self, Collected, Input, Settings};
use fineprint::report::Analysis;
use fineprint::report::terminal::page;

use crate::args::{InputArgs, RulesArgs, ShowArgs};
use crate::closing::{self, Tally};
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &ShowArgs) -> Result<Outcome> {
    if args.path.is_dir() {
        bail!(
            "{0} is a folder and show takes one document: name one, or see them all with `fineprint analyze {0}`",
            args.path.display()
        );
    }
    let settings = inputs::settings_for_one(&args.limits, args.told.as_of)?;
    let paths = InputArgs { paths: vec![args.path.clone()], files_from: None, glob: Vec::new() };
    let found = inputs::found(&paths, inputs::told(&args.told), &settings.limits)?;
    let analysis = analyzed(&found.inputs, &settings, &args.rules)?;
    let mut out = output::writer(None)?;
    page(&mut out, &analysis, output::look(None))?;
    out.flush()?;
    let mut tally = Tally::default();
    tally.count(&analysis.extraction.completeness);
    Ok(closing::outcome(&found, &tally))
}

fn analyzed(documents: &[Input], settings: &Settings, rules: &RulesArgs) -> Result<Analysis> {
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(documents, &inputs::compiled(rules)?, settings, &mut analyses, |_| ())?;
    analyses.0.pop().ok_or_else(|| anyhow!("there is no document to show: name one"))
}
