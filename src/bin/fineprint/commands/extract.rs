//! `fineprint extract`.

use std::io::{self, Write};

use anyhow::Result;
use fineprint::pipeline::{self, Sink, Told, Wanted, Worked};

use crate::args::{ExtractArgs, ExtractFormat};
use crate::closing::{self, Tally};
use crate::progress::Bar;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &ExtractArgs) -> Result<Outcome> {
    let settings = inputs::settings(&args.run, None)?;
    let found = inputs::found(&args.inputs, Told::default(), &settings.limits)?;
    let text = output::format(args.format, args.output.as_deref(), ExtractFormat::Text)? == ExtractFormat::Text;
    let wanted = Wanted { analysis: false, extraction: !text, text, ..Wanted::default() };
    let mut sink = Printer { writer: output::writer(args.output.as_deref())?, tally: Tally::default() };
    let bar = Bar::new(found.inputs.len());
    pipeline::work(&found.inputs, None, &settings, wanted, &mut sink, |step| bar.step(step))?;
    bar.close();
    sink.writer.flush()?;
    Ok(closing::say(&found, &sink.tally))
}

/// Prints each document as it comes: the extraction as a line, or the text.
struct Printer {
    writer: Box<dyn Write>,
    tally: Tally,
}

impl Sink<Worked> for Printer {
    fn take(&mut self, worked: Worked) -> io::Result<()> {
        self.tally.count(&worked.completeness);
        if let Some(extraction) = &worked.extraction {
            serde_json::to_writer(&mut self.writer, extraction)?;
            return self.writer.write_all(b"\n");
        }
        if let Some(error) = &worked.error {
            output::complain(&format!("{}: {} ({})", worked.path, error.message, error.code));
        }
        worked.text.map_or(Ok(()), |text| writeln!(self.writer, "{text}"))
    }
}
