//! `fineprint status`.

use std::io::{self, Write};

use anyhow::Result;
use fineprint::report::terminal::clean;
use fineprint::store::{Moment, SourceStatus, Store};
use serde_json::{Value, json};

use crate::store_args::{ListFormat, StatusArgs};
use crate::{Outcome, output};

/// Runs the command.
pub(crate) fn run(args: &StatusArgs) -> Result<Outcome> {
    let sources = Store::open(&args.folder.store)?.sources()?;
    let mut out = output::writer(None)?;
    for source in &sources {
        match args.format {
            ListFormat::Table => page(&mut out, source)?,
            ListFormat::Jsonl => writeln!(out, "{}", line(source))?,
        }
    }
    out.flush()?;
    if sources.is_empty() {
        let store = args.folder.store.display();
        output::complain(&format!(
            "the store in {store} holds nothing yet: begin with `fineprint fetch` or `fineprint add`"
        ));
    }
    Ok(if sources.is_empty() { Outcome::NothingToDo } else { Outcome::Done })
}

fn page(out: &mut impl Write, source: &SourceStatus) -> io::Result<()> {
    let payer = source.payer.as_deref().map_or(String::new(), |payer| format!("  {}", clean(payer)));
    writeln!(out, "{}{payer}", source.source)?;
    let gone = if source.gone > 0 { format!(", {} no longer listed", source.gone) } else { String::new() };
    let [documents, versions] = [(source.documents, "document"), (source.versions, "version")]
        .map(|(count, noun)| output::counted(count as usize, noun));
    writeln!(out, "  {documents}{gone}; {versions}")?;
    match &source.last_good {
        Some(at) => writeln!(out, "  last good run: {at}")?,
        None => writeln!(out, "  no run was complete yet")?,
    }
    if let Some((began, result, message)) = &source.last_run
        && result.as_deref() != Some("complete")
    {
        let ended = match result.as_deref() {
            None => format!("broken off or at work, {} to visit: fetch it again to go on", source.pending),
            Some("partial") => "some could not be had, see below; the next run tries them again".to_owned(),
            Some("declined") => {
                "the site declines automated access and is left alone: download by hand and use `fineprint add`"
                    .to_owned()
            }
            Some(other) => other.to_owned(),
        };
        let message = message.as_deref().map_or(String::new(), |message| format!(" ({})", clean(message)));
        writeln!(out, "  last run, begun {began}: {ended}{message}")?;
    }
    for failure in &source.failures {
        let (class, count) = (&failure.class, failure.count);
        writeln!(out, "  {count} × {class}: {} ({})", clean(&failure.message), clean(&failure.url))?;
    }
    Ok(())
}

fn line(source: &SourceStatus) -> Value {
    let failures: Vec<Value> = source
        .failures
        .iter()
        .map(|failure| {
            json!({"class": failure.class, "count": failure.count, "url": failure.url, "message": failure.message})
        })
        .collect();
    let last_run = source
        .last_run
        .as_ref()
        .map(|(began, result, message)| json!({"began": began.as_str(), "result": result, "message": message}));
    json!({
        "source": source.source, "payer": source.payer, "documents": source.documents, "gone": source.gone,
        "versions": source.versions, "pending": source.pending, "failures": failures, "last_run": last_run,
        "last_good_run": source.last_good.as_ref().map(Moment::as_str),
    })
}
