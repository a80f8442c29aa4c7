//! `fineprint cite`.

use std::io::Write;

use anyhow::Result;
use fineprint::pipeline::{self, Collected};
use fineprint::report::{CitationFormat, citations};

use crate::args::{CiteArgs, CiteFormat, RulesArgs};
use crate::closing::{self, Tally};
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &CiteArgs) -> Result<Outcome> {
    let format = match output::format(args.format, args.output.as_deref(), CiteFormat::Ris)? {
        CiteFormat::Ris => CitationFormat::Ris,
        CiteFormat::Bibtex => CitationFormat::Bibtex,
        CiteFormat::CslJson => CitationFormat::CslJson,
    };
    let settings = inputs::settings(&args.run, args.told.as_of)?;
    let found = inputs::found_on(&args.inputs, inputs::told(&args.told), &settings)?;
    let compiled = inputs::compiled(&RulesArgs { rules: Vec::new() })?;
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(&found.inputs, &compiled, &settings, &mut analyses, |_| ())?;
    let mut tally = Tally::default();
    analyses.0.iter().for_each(|analysis| tally.count(&analysis.extraction.completeness));
    // What could not be read has no number, title or date to cite.
    analyses.0.retain(|analysis| !analysis.is_unread());
    let mut out = output::writer(args.output.as_deref())?;
    citations(&mut out, format, &analyses.0)?;
    out.flush()?;
    Ok(closing::say(&found, &tally))
}
