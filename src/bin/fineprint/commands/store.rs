//! `fineprint store`.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use fineprint::report::terminal::clean;
use fineprint::store::{EventRow, Select, Store, Versions};
use serde_json::json;

use crate::store_args::{ListFormat, StoreCommand, WhichVersions};
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(command: &StoreCommand) -> Result<Outcome> {
    match command {
        StoreCommand::Status { folder } => status(&Store::open(&folder.store)?),
        StoreCommand::Events { folder, source, format } => {
            let store = Store::open(&folder.store)?;
            inputs::check_source(&store, source.as_deref())?;
            events(&store.events(source.as_deref())?, *format)
        }
        StoreCommand::Verify { folder } => verify(&Store::open(&folder.store)?),
        StoreCommand::Gc { folder, dry_run } => gc(&mut Store::open(&folder.store)?, *dry_run),
        StoreCommand::Export { to, folder, source, versions, gone } => {
            let select = Select { source: source.clone(), versions: which(*versions), on: None, gone: *gone };
            let store = Store::open(&folder.store)?;
            inputs::check_source(&store, source.as_deref())?;
            export(&store, to, &select)
        }
    }
}

/// The versions that a flag names.
pub(crate) fn which(versions: WhichVersions) -> Versions {
    match versions {
        WhichVersions::Current => Versions::Current,
        WhichVersions::All => Versions::All,
    }
}

fn status(store: &Store) -> Result<Outcome> {
    let mut out = output::writer(None)?;
    for (what, count) in store.figures()? {
        writeln!(out, "{count:>12} {what}")?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn events(events: &[EventRow], format: ListFormat) -> Result<Outcome> {
    let mut out = output::writer(None)?;
    for event in events {
        let EventRow { source, key, kind, at, from, to, detail } = event;
        match format {
            ListFormat::Table => {
                let version = |version: &Option<u32>| version.map_or(String::new(), |version| version.to_string());
                let versions = match (from, to) {
                    (Some(_), Some(_)) => format!(" ({} to {})", version(from), version(to)),
                    _ => String::new(),
                };
                writeln!(out, "{at} {:<9} {source}/{}{versions}: {}", kind.as_str(), clean(key), clean(detail))?;
            }
            ListFormat::Jsonl => {
                let line = json!({"source": source, "key": key, "kind": kind.as_str(), "at": at.as_str(), "from": from, "to": to,
                    "detail": detail});
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn verify(store: &Store) -> Result<Outcome> {
    let verified = store.verify()?;
    let mut out = output::writer(None)?;
    for problem in &verified.problems {
        writeln!(out, "{}: {}", clean(&problem.what), problem.hint)?;
    }
    out.flush()?;
    let left = verified.unreferenced + verified.temporary;
    if left > 0 {
        output::note(&format!(
            "{left} files that nothing names, left by processes that were killed: no harm, `fineprint store gc` sweeps them"
        ));
    }
    let wrong = verified.problems.len();
    output::note(&format!("{} blobs of {} bytes hashed, {wrong} problems", verified.blobs, verified.bytes));
    Ok(if wrong == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

fn gc(store: &mut Store, dry_run: bool) -> Result<Outcome> {
    let swept = store.gc(dry_run)?;
    let mut out = output::writer(None)?;
    for blob in &swept.blobs {
        writeln!(out, "{blob}")?;
    }
    out.flush()?;
    let verb = if dry_run { "would go" } else { "swept" };
    let (blobs, temporary, bytes) = (swept.blobs.len(), swept.temporary, swept.bytes);
    output::note(&format!("{verb}: {blobs} blobs that nothing names and {temporary} temporary files, {bytes} bytes"));
    Ok(Outcome::Done)
}

fn export(store: &Store, to: &Path, select: &Select) -> Result<Outcome> {
    let exported = store.export(to, select)?;
    let documents = output::counted(exported.documents, "document");
    output::note(&format!("{documents} of {} bytes in {}", exported.bytes, to.display()));
    Ok(if exported.documents == 0 { Outcome::NothingToDo } else { Outcome::Done })
}
