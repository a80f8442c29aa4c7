//! Taking documents into a store: reading them once to tell versions by their words, and adding what a person downloaded.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::input::InputError;
use super::{Collected, Input, Place, RunError, Settings, Told, Wanted, work};
use crate::extract;
use crate::policy::{MediaType, PayerId, SnapshotId};
use crate::store::{
    EventKind, Held, Moment, NewRun, NewSource, NewVisit, ReadText, Role, RunId, RunResult, StaleText, Step, Store,
    StoreError, Taken, VersionId, Yield,
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
    Ok(Unread::of(store, source, key, bytes)?.read(settings)?.kept(store)?)
}

/// A document before it is read, with the older versions of it that another reader read. It needs no store to be read,
/// so that it can be read elsewhere.
#[derive(Debug)]
pub(super) struct Unread {
    media_type: MediaType,
    bytes: Vec<u8>,
    stale: Vec<(VersionId, Place)>,
}

impl Unread {
    pub(super) fn of(store: &Store, source: &str, key: &str, bytes: Vec<u8>) -> Result<Unread, StoreError> {
        let media_type = extract::sniff(&bytes);
        let stale = store.stale_texts(source, key, &reader(media_type))?;
        let place = |stale: StaleText| Place::Kept(store.blob_path(&stale.reading), stale.reading);
        Ok(Unread { media_type, bytes, stale: stale.into_iter().map(|stale| (stale.version, place(stale))).collect() })
    }

    pub(super) fn read(self, settings: &Settings) -> Result<Words, KeepError> {
        let text = text_of(Place::Bytes(self.bytes), settings)?;
        let reader = reader(self.media_type);
        // One after the other: a policy may have had many versions. Damaged bytes of an older version stop nobody from
        // adding another; `verify` names them.
        let again = |place| Some(ReadText::of(&text_of(place, settings).ok()?, &reader));
        let stale = self.stale.into_iter().filter_map(|(version, place)| Some((version, again(place)?)));
        let stale = stale.collect();
        Ok(Words { media_type: self.media_type, text, stale })
    }
}

/// The words of a document, and what those of its older versions tell.
#[derive(Debug)]
pub(super) struct Words {
    media_type: MediaType,
    pub(super) text: String,
    stale: Vec<(VersionId, ReadText)>,
}

impl Words {
    /// Tells the older versions by their words as they are read today.
    pub(super) fn kept(self, store: &mut Store) -> Result<Read, StoreError> {
        let reader = reader(self.media_type);
        for (version, text) in &self.stale {
            store.put_text(*version, text)?;
        }
        Ok(Read { text: ReadText::of(&self.text, &reader), media_type: self.media_type })
    }
}

/// The matching text of a document.
fn text_of(place: Place, settings: &Settings) -> Result<String, KeepError> {
    let input = Input { path: "-".to_owned(), place, told: Told::default() };
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
    /// The same bytes, of which other facts are told now.
    Told,
    /// The same bytes, whose copy in the store was damaged or lost and is sound again.
    Mended,
}

impl Added {
    /// What the events of a step tell.
    fn by(events: &[EventKind]) -> Added {
        match events.iter().find(|kind| matches!(kind, EventKind::New | EventKind::Changed)) {
            Some(EventKind::New) => Added::New,
            Some(_) => Added::Version,
            None => Added::Sighting,
        }
    }
}

/// Adds what a person downloaded, each payer's documents as a source `by-hand-<payer>`. What a file was told is all
/// that is known of it; the payer must be. A file without number and address is known by its path below `roots`,
/// the files and folders that were named. The outcome of each input in order.
///
/// # Errors
/// When the store cannot be written; a file that is not kept is its own outcome.
pub fn add(
    store: &mut Store,
    inputs: &[Input],
    roots: &[PathBuf],
    at: &Moment,
    settings: &Settings,
    mut each: impl FnMut(&Input, Result<Added, KeepError>),
) -> Result<(), StoreError> {
    let mut adding = Adding { store, runs: BTreeMap::new(), named: BTreeSet::new(), roots, at, settings };
    for input in inputs {
        match adding.one(input) {
            Err(KeepError::Store(error)) => return Err(error),
            outcome => each(input, outcome),
        }
    }
    let Adding { store, runs, .. } = adding;
    for run in runs.into_values() {
        store.end_run(run, RunResult::Complete, at, None)?;
    }
    Ok(())
}

/// Files of one call being added.
struct Adding<'a> {
    store: &'a mut Store,
    /// The run of each source.
    runs: BTreeMap<String, RunId>,
    /// Sources and file names that stand for a document.
    named: BTreeSet<(String, String)>,
    roots: &'a [PathBuf],
    at: &'a Moment,
    settings: &'a Settings,
}

impl Adding<'_> {
    fn one(&mut self, input: &Input) -> Result<Added, KeepError> {
        let told = &input.told;
        let not_kept =
            |error: &InputError| KeepError::NotKept { code: error.code().to_owned(), message: error.to_string() };
        if let Place::Unlisted(reason) = &input.place {
            return Err(not_kept(&InputError::Unlisted(reason.clone())));
        }
        let (payer, source) = payer_and_source(told)?;
        let name = name(input, self.roots);
        let url = told.url.clone().unwrap_or_else(|| format!("file:{name}"));
        let key = told.number.as_deref().or(told.url.as_deref()).unwrap_or(&name);
        if told.number.is_none() && told.url.is_none() && !self.named.insert((source.clone(), name.clone())) {
            return Err(KeepError::Untold(
                "another file of the same name was added for the same payer: tell their --number, or add the folder above both",
            ));
        }
        let bytes = input.read(&self.settings.limits).map_err(|(error, _)| not_kept(&error))?.into_owned();
        let blob = super::run::snapshot_id(&bytes);
        if self.store.held(&source, key, &blob, &url)?.is_some_and(|held| tells_nothing(held, told)) {
            return self.known(&source, key, &blob, &bytes, told);
        }
        let kept = read(self.store, &source, key, bytes.clone(), self.settings)?;
        self.store.put_blob(&bytes)?;
        let run = match self.runs.get(&source) {
            Some(run) => *run,
            None => begin(self.store, &source, payer, self.at)?,
        };
        self.runs.insert(source, run);
        let taken = taken(key, &url, &blob, &kept, told);
        let visit = NewVisit { body: Some(&blob), ..NewVisit::of(run, Role::Document, &url, self.at) };
        let recorded =
            self.store.record(&Step { visit, candidate: None, found: &[], gives: Yield::Document(taken) })?;
        Ok(Added::by(&recorded.events))
    }

    /// A file that was added before: its bytes are held against those in the store, and what is told anew is kept.
    fn known(
        &mut self,
        source: &str,
        key: &str,
        blob: &SnapshotId,
        bytes: &[u8],
        told: &Told,
    ) -> Result<Added, KeepError> {
        // A run that was killed behind its last document is ended by the next one that finds nothing left to do.
        if let Some(run) = self.store.unfinished_run(source)? {
            self.runs.insert(source.to_owned(), run);
        }
        let anew = self.store.tell(source, key, told.payer.as_deref(), &told.lines_of_business, &told.states)?;
        if !self.store.is_sound(blob) {
            self.store.put_blob(bytes)?;
            return Ok(Added::Mended);
        }
        Ok(if anew { Added::Told } else { Added::Known })
    }
}

/// Who pays, as told, and the source that their documents are of.
fn payer_and_source(told: &Told) -> Result<(&str, String), KeepError> {
    let payer = told
        .payer
        .as_deref()
        .ok_or(KeepError::Untold("whose policy it is was not told: give --payer, or a fineprint.csv beside it"))?;
    match PayerId::from_name(payer).as_str() {
        "" => Err(KeepError::Untold("the payer's name has no letter from a to z and no digit: tell it with some")),
        id => Ok((payer, format!("by-hand-{id}"))),
    }
}

/// Whether the day that is told lies between those on which the same bytes were met. Without a day nothing says
/// that a known file came later than others.
fn tells_nothing(held: Held, told: &Told) -> bool {
    told.retrieved
        .is_none_or(|day| held.first.is_some_and(|first| first <= day) && held.last.is_some_and(|last| day <= last))
}

/// The path of a file below the folder that was named, which tells `a/policy.pdf` from `b/policy.pdf`; of a file that
/// was named itself its name.
fn name(input: &Input, roots: &[PathBuf]) -> String {
    let Place::File(path) = &input.place else { return input.path.clone() };
    let below = roots.iter().filter_map(|root| path.strip_prefix(root).ok());
    let below = below.filter(|below| !below.as_os_str().is_empty()).min_by_key(|below| below.components().count());
    let name = below.or(path.file_name().map(Path::new));
    name.map_or_else(|| input.path.clone(), super::walk::shown)
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
