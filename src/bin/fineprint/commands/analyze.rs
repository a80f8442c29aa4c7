//! `fineprint analyze`.

use std::io;

use anyhow::Result;
use fineprint::document::Completeness;
use fineprint::pipeline::{self, Sink, Stream};
use fineprint::report::Analysis;

use crate::args::{AnalyzeArgs, AnalyzeFormat};
use crate::closing::{self, Tally};
use crate::progress::Bar;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &AnalyzeArgs) -> Result<Outcome> {
    let settings = inputs::settings(&args.run, args.told.as_of);
    let found = inputs::found(&args.inputs, inputs::told(&args.told), &settings.limits)?;
    let compiled = inputs::compiled(&args.rules)?;
    let writer = output::writer(args.output.as_deref())?;
    let stream = match args.format {
        AnalyzeFormat::Json => Stream::array(writer),
        AnalyzeFormat::Table | AnalyzeFormat::Jsonl => Stream::lines(writer),
    };
    let mut sink = Counted { inner: stream, tally: Tally::default() };
    let bar = Bar::new(found.inputs.len());
    pipeline::analyze(&found.inputs, &compiled, &settings, &mut sink, |step| bar.step(step))?;
    bar.close();
    sink.inner.finish()?;
    Ok(closing::say(&found, &sink.tally))
}

/// Counts what goes by.
struct Counted<S> {
    inner: S,
    tally: Tally,
}

impl<S: Sink<Analysis>> Sink<Analysis> for Counted<S> {
    fn take(&mut self, analysis: Analysis) -> io::Result<()> {
        self.tally.count(completeness(&analysis));
        self.inner.take(analysis)
    }
}

fn completeness(analysis: &Analysis) -> Completeness {
    if analysis.is_unread() {
        Completeness::None
    } else if analysis.extraction.completeness == Completeness::Partial.as_str() {
        Completeness::Partial
    } else {
        Completeness::Full
    }
}
