//! Documents of a store as inputs, and their analyses, made again only where reader, rules or settings changed.

use std::io;

use sha2::{Digest, Sha256};

use super::{Compiled, Found, Input, Place, Progress, RunError, Settings, Sink, Told, analyze};
use crate::report::Analysis;
use crate::store::{Select, Store, StoreError, Stored, Triple, VersionId};

/// How many new analyses are kept in one transaction.
const BATCH: usize = 64;

/// What `select` chooses, as inputs: paths are source and key, bytes are read from the store's folder, and what the
/// store knows of payer, address and day counts as told. `told` wins over it.
///
/// # Errors
/// When the catalog cannot be read.
pub fn found(store: &Store, select: &Select, told: &Told) -> Result<Found, StoreError> {
    let stored = store.documents(select)?;
    Ok(Found { inputs: stored.iter().map(|stored| input(store, stored, told)).collect(), ..Found::default() })
}

/// One stored version as an input.
#[must_use]
pub fn input(store: &Store, stored: &Stored, told: &Told) -> Input {
    let known = Told {
        payer: stored.payer.clone(),
        url: Some(stored.url.clone()),
        retrieved: stored.retrieved,
        lines_of_business: stored.lines_of_business.clone(),
        states: stored.states.clone(),
        number: stored.number.clone(),
        age: None,
    };
    let place = Place::Kept(store.blob_path(&stored.reading), stored.reading.clone());
    Input { path: stored.path.clone(), place, told: told.clone().or(&known) }
}

/// How many analyses were taken from the store, and how many were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reused {
    /// Taken.
    pub taken: usize,
    /// Made.
    pub made: usize,
}

/// Analyzes what `select` chooses and hands each analysis to `sink` in order, as [`analyze`] does over the same
/// inputs. An analysis that the same reader made by the same rules and settings is taken from the store; new ones are
/// kept there, where it can be written.
///
/// # Errors
/// When the store cannot be used, threads cannot be started or the sink cannot write.
pub fn analyze_store(
    store: &mut Store,
    select: &Select,
    told: &Told,
    compiled: &Compiled,
    settings: &Settings,
    sink: &mut impl Sink<Analysis>,
    progress: impl FnMut(Progress),
) -> Result<(Found, Reused), StoredError> {
    let stored = store.documents(select)?;
    let inputs: Vec<Input> = stored.iter().map(|stored| input(store, stored, told)).collect();
    let mut plan = Vec::new();
    for (stored, input) in stored.iter().zip(&inputs) {
        let triple = triple(input, compiled, settings);
        let known = store.derived(stored.version, &triple)?.is_some();
        plan.push(Planned { version: stored.version, path: input.path.clone(), triple, known });
    }
    let open = inputs.iter().zip(&plan).filter(|(_, planned)| !planned.known).map(|(input, _)| input.clone());
    let open: Vec<Input> = open.collect();
    let mut merged = Merged { store, plan: &plan, next: 0, made: Vec::new(), sink, progress };
    if !open.is_empty() {
        analyze(&open, compiled, settings, &mut merged, |_| ())?;
    }
    merged.hand_on_known().map_err(RunError::Write)?;
    merged.keep().map_err(RunError::Write)?;
    let reused = Reused { taken: inputs.len() - open.len(), made: open.len() };
    Ok((Found { inputs, ..Found::default() }, reused))
}

/// Why analyses of a store ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// The store could not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The run ended.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// What an analysis of `input` is made by.
fn triple(input: &Input, compiled: &Compiled, settings: &Settings) -> Triple {
    let Settings { limits, as_of, pre, corrections, .. } = settings;
    let said = format!("{limits:?} {as_of:?} {:?} {pre:?} {corrections:?}", input.told);
    let hex: String = Sha256::digest(said).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let extractor = concat!(env!("CARGO_PKG_VERSION"), "+", env!("FINEPRINT_CHAIN"));
    Triple { extractor: extractor.to_owned(), rules: compiled.rules.id.clone(), settings: hex }
}

struct Planned {
    version: VersionId,
    path: String,
    triple: Triple,
    known: bool,
}

/// Puts known analyses between those that are made, in the order of the plan, and keeps the made ones.
struct Merged<'a, S, P> {
    store: &'a mut Store,
    plan: &'a [Planned],
    next: usize,
    made: Vec<(VersionId, Triple, String)>,
    sink: &'a mut S,
    progress: P,
}

impl<S: Sink<Analysis>, P: FnMut(Progress)> Merged<'_, S, P> {
    /// Hands on the known ones up to the next that must be made.
    fn hand_on_known(&mut self) -> io::Result<()> {
        while let Some(planned) = self.plan.get(self.next).filter(|planned| planned.known) {
            let json = self.store.derived(planned.version, &planned.triple).map_err(io::Error::other)?;
            let mut analysis: Analysis = serde_json::from_str(&json.unwrap_or_default())?;
            // The path tells which version stands now; all else is as it was.
            analysis.source.path.clone_from(&planned.path);
            self.hand_on(analysis)?;
        }
        Ok(())
    }

    fn hand_on(&mut self, analysis: Analysis) -> io::Result<()> {
        self.sink.take(analysis)?;
        self.next += 1;
        (self.progress)(Progress { done: self.next, of: self.plan.len() });
        Ok(())
    }

    fn keep(&mut self) -> io::Result<()> {
        if self.store.is_read_only() {
            self.made.clear();
            return Ok(());
        }
        self.store.put_derived(&std::mem::take(&mut self.made)).map_err(io::Error::other)
    }
}

impl<S: Sink<Analysis>, P: FnMut(Progress)> Sink<Analysis> for Merged<'_, S, P> {
    fn take(&mut self, analysis: Analysis) -> io::Result<()> {
        self.hand_on_known()?;
        let planned = &self.plan[self.next];
        // What failed may have failed for this machine or this minute.
        if analysis.error.is_none() {
            self.made.push((planned.version, planned.triple.clone(), serde_json::to_string(&analysis)?));
        }
        self.hand_on(analysis)?;
        if self.made.len() >= BATCH { self.keep() } else { Ok(()) }
    }
}
