//! `fineprint analyze`.

use std::io::{self, Write};

use anyhow::Result;
use fineprint::pipeline::{self, Sink, Stream};
use fineprint::report::Analysis;
use fineprint::report::terminal::{Look, Row, table};

#[cfg(feature = "store")]
use fineprint::pipeline::{Compiled, Settings};
#[cfg(feature = "store")]
use fineprint::store::{Select, Store};

use crate::args::{AnalyzeArgs, AnalyzeFormat};
use crate::closing::{self, Tally};
use crate::progress::Bar;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &AnalyzeArgs) -> Result<Outcome> {
    let settings = inputs::settings(&args.run, args.told.as_of)?;
    let compiled = inputs::compiled(&args.rules)?;
    #[cfg(feature = "store")]
    if let Some((mut store, select)) = inputs::stored(&args.inputs, args.told.as_of)? {
        return stored(args, &mut store, &select, &compiled, &settings);
    }
    let found = inputs::found(&args.inputs, inputs::told(&args.told), &settings.limits)?;
    let writer = output::writer(args.output.as_deref())?;
    let mut sink = Printer { form: Form::of(args, writer), tally: Tally::default() };
    let bar = Bar::new(found.inputs.len());
    pipeline::analyze(&found.inputs, &compiled, &settings, &mut sink, |step| bar.step(step))?;
    bar.close();
    sink.form.finish(output::look(args.output.as_deref()))?;
    Ok(closing::say(&found, &sink.tally))
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
    let writer = output::writer(args.output.as_deref())?;
    let mut sink = Printer { form: Form::of(args, writer), tally: Tally::default() };
    let bar = Bar::new(store.documents(select)?.len());
    let told = inputs::told(&args.told);
    let (found, reused) =
        pipeline::stored::analyze_store(store, select, &told, compiled, settings, &mut sink, |step| bar.step(step))?;
    bar.close();
    sink.form.finish(output::look(args.output.as_deref()))?;
    if reused.taken > 0 {
        output::note(&format!("{} analyses taken from the store, {} made", reused.taken, reused.made));
    }
    Ok(closing::say(&found, &sink.tally))
}

/// Where analyses go.
enum Form {
    /// Each as it comes.
    Stream(Stream<Box<dyn Write>>),
    /// A row of each is kept until all are there: what was not read stands above the table.
    Table(Box<dyn Write>, Vec<Row>),
}

impl Form {
    fn of(args: &AnalyzeArgs, writer: Box<dyn Write>) -> Form {
        match args.format {
            AnalyzeFormat::Json => Form::Stream(Stream::array(writer)),
            AnalyzeFormat::Jsonl => Form::Stream(Stream::lines(writer)),
            AnalyzeFormat::Table => Form::Table(writer, Vec::new()),
        }
    }

    fn finish(self, look: Look) -> io::Result<()> {
        match self {
            Form::Stream(stream) => stream.finish(),
            Form::Table(_, rows) if rows.is_empty() => Ok(()),
            Form::Table(mut writer, rows) => {
                table(&mut writer, &rows, look)?;
                writer.flush()
            }
        }
    }
}

/// Prints what goes by and counts it.
struct Printer {
    form: Form,
    tally: Tally,
}

impl Sink<Analysis> for Printer {
    fn take(&mut self, analysis: Analysis) -> io::Result<()> {
        self.tally.count(&analysis.extraction.completeness);
        match &mut self.form {
            Form::Stream(stream) => stream.take(analysis),
            Form::Table(_, rows) => {
                rows.push(Row::of(&analysis));
                Ok(())
            }
        }
    }
}
