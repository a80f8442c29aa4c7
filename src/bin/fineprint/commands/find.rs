//! `fineprint find`.

use std::io::{self, Write};

use anyhow::Result;
use fineprint::compare::{self, Hit, Query};
use fineprint::pipeline::{self, Sink, Told, Wanted, Worked};

use crate::ask_args::{FindArgs, FindFormat};
use crate::closing::{self, Tally};
use crate::progress::Bar;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &FindArgs) -> Result<Outcome> {
    let format = output::format(args.format, args.output.as_deref(), FindFormat::Table)?;
    let settings = inputs::settings(&args.run, args.as_of)?;
    let found = inputs::found_on(&args.inputs, Told::default(), &settings)?;
    let compiled = inputs::compiled(&args.rules)?;
    let query = Query { text: args.query.clone(), payer: args.payer.clone() };
    let mut sink = Finder { query, hits: Vec::new(), tally: Tally::default() };
    let wanted = Wanted { analysis: true, text: true, ..Wanted::default() };
    let bar = Bar::new(found.inputs.len());
    pipeline::work(&found.inputs, Some(&compiled), &settings, wanted, &mut sink, |step| bar.step(step))?;
    bar.close();
    let mut out = output::writer(args.output.as_deref())?;
    let width = output::look(args.output.as_deref()).width;
    match format {
        FindFormat::Table => compare::hits_terminal(&mut out, &sink.query, &sink.hits, width)?,
        FindFormat::Md => compare::hits_markdown(&mut out, &sink.query, &sink.hits)?,
        FindFormat::Csv => compare::hits_csv(&mut out, &sink.hits)?,
    }
    out.flush()?;
    Ok(closing::say(&found, &sink.tally))
}

/// Keeps the places that name what was asked.
struct Finder {
    query: Query,
    hits: Vec<Hit>,
    tally: Tally,
}

impl Sink<Worked> for Finder {
    fn take(&mut self, worked: Worked) -> io::Result<()> {
        self.tally.count(&worked.completeness);
        if let (Some(analysis), Some(text)) = (&worked.analysis, &worked.text) {
            self.hits.extend(compare::find(&self.query, analysis, text));
            if analysis.is_partly_read() {
                output::complain(&format!(
                    "{}: read in part: {} may stand in what was not read",
                    worked.path, self.query.text
                ));
            }
        } else if let Some(error) = &worked.error {
            output::complain(&format!("{}: {} ({})", worked.path, error.message, error.code));
        }
        Ok(())
    }
}
