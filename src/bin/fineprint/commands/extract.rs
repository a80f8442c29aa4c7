//! `fineprint extract`.

use std::io::{self, Write};

use anyhow::Result;
use fineprint::pipeline::{self, Extracted, Sink};

use crate::args::ExtractArgs;
use crate::progress::Bar;
use crate::{Outcome, inputs, output};
use fineprint::pipeline::Told;

/// Runs the command.
pub(crate) fn run(args: &ExtractArgs) -> Result<Outcome> {
    let settings = inputs::settings(&args.run, None);
    let found = inputs::found(&args.inputs, Told::default(), &settings.limits)?;
    let mut texts = Texts { writer: output::writer(args.output.as_deref())?, failed: false };
    let bar = Bar::new(found.inputs.len());
    pipeline::extract_all(&found.inputs, &settings, &mut texts, |step| bar.step(step))?;
    bar.close();
    texts.writer.flush()?;
    Ok(if texts.failed { Outcome::SomeFailed } else { Outcome::Done })
}

struct Texts {
    writer: Box<dyn Write>,
    failed: bool,
}

impl Sink<Extracted> for Texts {
    fn take(&mut self, result: Extracted) -> io::Result<()> {
        match result.document {
            Ok(document) => writeln!(self.writer, "{}", document.text),
            Err((code, message)) => {
                self.failed = true;
                output::complain(&format!("{}: {message} ({code})", result.source.path));
                Ok(())
            }
        }
    }
}
