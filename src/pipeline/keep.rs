//! Taking documents into a store: reading them once to tell versions by their words, and adding what a person downloaded.

use std::collections::BTreeMap;

use super::input::InputError;
use super::{Collected, Input, Place, RunError, Settings, Told, Wanted, work};
use crate::extract;
use crate::policy::{MediaType, PayerId, SnapshotId};
use crate::store::{
    EventKind, Moment, NewRun, NewSource, NewVisit, ReadText, Role, RunId, RunResult, Step, Store, StoreError, Taken,
    Yield,
};

/// A document as it was read for keeping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Its words, as they tell its version.
    pub text: ReadText,
    /// Its format.
    pub media_type: MediaType,
}

/// Why a document was not kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeepError {
    /// It is none, or could not be read.
    #[error("{message}")]
    NotKept {
        /// The contract's code: `not-a-policy`, `empty`, `encrypted` and so on.
        code: String,
        /// What, where, what to do.
        message: String,
    },
    /// Something that it needs was not told.
    #[error("{0}")]
    Untold(&'static str),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing could be read at all.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Name and version of what reads a format. The version is a content id of the reading sources.
#[must_use]
pub fn reader(media_type: MediaType) -> String {
    let name = match media_type {
        MediaType::Pdf => "pdf",
        MediaType::Html => "html",
        MediaType::Docx => "docx",
        MediaType::Text => "text",
        MediaType::Other(_) => "other",
    };
    format!("{name}/{}", env!("FINEPRINT_READER"))
}

/// Reads a document's words before it is kept under `key`. Older versions of it that another reader read are read
/// again first, so that a change of ours is never a version of the payer's. A scan has no words and is told by its bytes.
///
/// # Errors
/// When the bytes are no document of ours: an error page, a bot wall, empty, encrypted.
pub fn read(
    store: &mut Store,
    source: &str,
    key: &str,
    bytes: Vec<u8>,
    settings: &Settings,
) -> Result<Read, KeepError> {
    let media_type = extract::sniff(&bytes);
    let reader = reader(media_type);
    let text = text_of(bytes, settings)?;
    for stale in store.stale_texts(source, key, &reader)? {
        let bytes = store.read_blob(&stale.reading)?;
        if let Ok(text) = text_of(bytes, settings) {
            store.put_text(stale.version, &ReadText::of(&text, &reader))?;
        }
    }
    Ok(Read { text: ReadText::of(&text, &reader), media_type })
}

/// The matching text of a document.
fn text_of(bytes: Vec<u8>, settings: &Settings) -> Result<String, KeepError> {
    let input = Input { path: "-".to_owned(), place: Place::Bytes(bytes), told: Told::default() };
    let wanted = Wanted { text: true, ..Wanted::default() };
    let mut worked = Collected(Vec::new());
    work(&[input], None, &Settings { jobs: 1, ..settings.clone() }, wanted, &mut worked, |_| ())?;
    let worked = worked.0.pop();
    match worked.as_ref().and_then(|worked| worked.error.as_ref()) {
        Some(error) => Err(KeepError::NotKept { code: error.code.clone(), message: error.message.clone() }),
        None => Ok(worked.and_then(|worked| worked.text).unwrap_or_default()),
    }
}

/// What became of a file that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// A document that was not there.
    New,
    /// Another version of one that was.
    Version,
    /// The same words as a version that was there, in other bytes or from another address.
    Sighting,
    /// The very same bytes, known already: nothing was written.
    Known,
}

/// Adds what a person downloaded, each payer's documents as a source `by-hand-<payer>`. What a file was told is all
/// that is known of it; the payer must be. The outcome of each input in order.
///
/// # Errors
/// When the store cannot be written; a file that is not kept is its own outcome.
pub fn add(
    store: &mut Store,
    inputs: &[Input],
    at: &Moment,
    settings: &Settings,
    mut each: impl FnMut(&Input, Result<Added, KeepError>),
) -> Result<(), StoreError> {
    let mut runs: BTreeMap<String, RunId> = BTreeMap::new();
    for input in inputs {
        match add_one(store, &mut runs, input, at, settings) {
            Err(KeepError::Store(error)) => return Err(error),
            outcome => each(input, outcome),
        }
    }
    for run in runs.into_values() {
        store.end_run(run, RunResult::Complete, at, None)?;
    }
    Ok(())
}

fn add_one(
    store: &mut Store,
    runs: &mut BTreeMap<String, RunId>,
    input: &Input,
    at: &Moment,
    settings: &Settings,
) -> Result<Added, KeepError> {
    let told = &input.told;
    let payer = told
        .payer
        .as_deref()
        .ok_or(KeepError::Untold("whose policy it is was not told: give --payer, or a fineprint.csv beside it"))?;
    let source = format!("by-hand-{}", PayerId::from_name(payer).as_str());
    let name = input.path.rsplit('/').next().unwrap_or(&input.path);
    let url = told.url.clone().unwrap_or_else(|| format!("file:{name}"));
    let key = told.number.as_deref().or(told.url.as_deref()).unwrap_or(name);
    let not_kept =
        |error: &InputError| KeepError::NotKept { code: error.code().to_owned(), message: error.to_string() };
    let bytes = input.read(&settings.limits).map_err(|(error, _)| not_kept(&error))?.into_owned();
    let blob = super::run::snapshot_id(&bytes);
    if store.holds(&source, key, &blob, &url)? {
        // A run that was killed behind its last document is ended by the next one that finds nothing left to do.
        if let Some(run) = store.unfinished_run(&source)? {
            runs.insert(source, run);
        }
        return Ok(Added::Known);
    }
    let kept = read(store, &source, key, bytes.clone(), settings)?;
    store.put_blob(&bytes)?;
    let run = match runs.get(&source) {
        Some(run) => *run,
        None => begin(store, &source, payer, at)?,
    };
    runs.insert(source, run);
    let taken = taken(key, &url, &blob, &kept, told);
    let visit = NewVisit { body: Some(&blob), ..NewVisit::of(run, Role::Document, &url, at) };
    let recorded = store.record(&Step { visit, candidate: None, found: &[], gives: Yield::Document(taken) })?;
    Ok(match recorded.events.iter().find(|kind| matches!(kind, EventKind::New | EventKind::Changed)) {
        Some(EventKind::New) => Added::New,
        Some(_) => Added::Version,
        None => Added::Sighting,
    })
}

/// The run that takes a payer's documents: one that was broken off goes on.
fn begin(store: &mut Store, source: &str, payer: &str, at: &Moment) -> Result<RunId, StoreError> {
    store.put_source(&NewSource { id: source, payer: Some(payer), definition: "", at })?;
    if let Some(run) = store.unfinished_run(source)? {
        return Ok(run);
    }
    let tool = concat!("fineprint ", env!("CARGO_PKG_VERSION"));
    store.begin_run(&NewRun { source, started: at, tool, config: "{}" })
}

fn taken<'a>(key: &'a str, url: &'a str, blob: &'a SnapshotId, kept: &'a Read, told: &'a Told) -> Taken<'a> {
    Taken {
        key,
        url,
        blob,
        reading: None,
        text: Some(&kept.text),
        media_type: kept.media_type,
        retrieved: told.retrieved,
        payer: told.payer.as_deref(),
        title: None,
        number: told.number.as_deref(),
        effective: None,
        revision: None,
        label_from: None,
        lines_of_business: &told.lines_of_business,
        states: &told.states,
    }
}
