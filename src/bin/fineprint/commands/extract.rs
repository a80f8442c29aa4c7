//! `fineprint extract`.

use std::io::{self, Write};

use anyhow::Result;
use fineprint::document::Completeness;
use fineprint::pipeline::{self, Extracted, Sink, Told};
use fineprint::report::Extraction;

use crate::args::{ExtractArgs, ExtractFormat};
use crate::closing::{self, Tally};
use crate::progress::Bar;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &ExtractArgs) -> Result<Outcome> {
    let settings = inputs::settings(&args.run, None);
    let found = inputs::found(&args.inputs, Told::default(), &settings.limits)?;
    let mut sink =
        Printer { writer: output::writer(args.output.as_deref())?, format: args.format, tally: Tally::default() };
    let bar = Bar::new(found.inputs.len());
    pipeline::extract_all(&found.inputs, &settings, &mut sink, |step| bar.step(step))?;
    bar.close();
    sink.writer.flush()?;
    Ok(closing::say(&found, &sink.tally))
}

/// Prints each document as it comes.
struct Printer {
    writer: Box<dyn Write>,
    format: ExtractFormat,
    tally: Tally,
}

impl Sink<Extracted> for Printer {
    fn take(&mut self, result: Extracted) -> io::Result<()> {
        let Extracted { source, media_type, document } = &result;
        self.tally.count(document.as_ref().map_or(Completeness::None, |document| document.completeness));
        match (self.format, document) {
            (ExtractFormat::Text, Ok(document)) => writeln!(self.writer, "{}", document.text),
            (ExtractFormat::Text, Err((code, message))) => {
                output::complain(&format!("{}: {message} ({code})", source.path));
                Ok(())
            }
            (ExtractFormat::Json, Ok(document)) => self.line(&Extraction::of(source, document)),
            (ExtractFormat::Json, Err((code, message))) => {
                self.line(&Extraction::failed(source, media_type, code, message))
            }
        }
    }
}

impl Printer {
    fn line(&mut self, extraction: &Extraction) -> io::Result<()> {
        serde_json::to_writer(&mut self.writer, extraction)?;
        self.writer.write_all(b"\n")
    }
}
