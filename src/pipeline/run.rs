//! Running the chain over many documents.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::thread;

use sha2::{Digest, Sha256};

use super::chain::Chain;
use super::isolate::{Team, Watch, Worker};
use super::ordered::ordered;
use super::{Compiled, Input, Isolation, Place, Pre, PreError, Sink, Wanted, Worked};
use crate::context::Without;
use crate::extract::Limits;
use crate::policy::{Date, SnapshotId, Source};
use crate::report::Analysis;
use crate::report::model::CorrectionModel;
use crate::rules::RuleSet;

/// How a run works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What one document may cost.
    pub limits: Limits,
    /// How many documents are worked at a time; at least one.
    pub jobs: usize,
    /// The day to measure staleness against; `None` for each document's day of retrieval, as told.
    pub as_of: Option<Date>,
    /// Worker processes to read the documents in; `None` reads them in this process, where one that overflows
    /// the stack or the memory ends the run.
    pub isolation: Option<Isolation>,
    /// Mechanisms of `context` that are turned off, to measure what they bring.
    pub without: Without,
    /// A command whose output is read instead of a document.
    pub pre: Option<Pre>,
    /// People's verdicts on findings, by their ids: they decide whether a finding is the payer's own statement in force.
    pub corrections: BTreeMap<String, CorrectionModel>,
}

impl Default for Settings {
    /// Default limits, one document at a time, no day but those told, in this process.
    fn default() -> Settings {
        Settings {
            limits: Limits::default(),
            jobs: 1,
            as_of: None,
            isolation: None,
            without: Without::default(),
            pre: None,
            corrections: BTreeMap::new(),
        }
    }
}

/// One step of a run, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Documents written so far.
    pub done: usize,
    /// Documents in all.
    pub of: usize,
}

/// Why a run ended before its last document.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The worker threads could not be started.
    #[error("the worker threads could not be started: try fewer --jobs")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// The worker processes could not be started.
    #[error("the worker processes could not be started ({0}): use --no-isolate to read the documents in this process")]
    Workers(String),
    /// The sink could not write.
    #[error("the results could not be written")]
    Write(#[source] io::Error),
}

/// Analyzes every input and hands each analysis to `sink` in input order; `progress` is called after each.
///
/// # Errors
/// As [`work`].
pub fn analyze(
    inputs: &[Input],
    compiled: &Compiled,
    settings: &Settings,
    sink: &mut impl Sink<Analysis>,
    progress: impl FnMut(Progress),
) -> Result<(), RunError> {
    let wanted = Wanted { analysis: true, ..Wanted::default() };
    work(inputs, Some(compiled), settings, wanted, &mut Analyses(sink), progress)
}

/// Works every input and hands what is `wanted` of each to `sink` in input order; `progress` is called after each.
///
/// # Errors
/// When threads or workers cannot be started or the sink cannot write; a document's own failure is its result.
pub fn work(
    inputs: &[Input],
    compiled: Option<&Compiled>,
    settings: &Settings,
    wanted: Wanted,
    sink: &mut impl Sink<Worked>,
    mut progress: impl FnMut(Progress),
) -> Result<(), RunError> {
    let rules = compiled.map(|compiled| &compiled.rules);
    // What a failed input says of itself is the same wherever documents are worked.
    let read = |index: usize| read(&inputs[index], settings, rules, wanted);
    let Some(isolation) = &settings.isolation else {
        let start = || Chain::new(compiled, settings);
        let work = |chain: &mut Chain<'_>, index: usize| match read(index) {
            Ok(read) => read.said(chain.work(&read.bytes, &read.source, &inputs[index].told, wanted)),
            Err(failed) => *failed,
        };
        return drive(inputs.len(), settings.jobs, start, work, sink, &mut progress);
    };
    let watch = Watch::new(isolation.max_time);
    thread::scope(|scope| {
        let _stop = watch.stop_on_drop();
        scope.spawn(|| watch.run());
        let team = Team::new(isolation, &watch, compiled, settings)?;
        let start = || Worker::new(&team);
        let work = |worker: &mut Worker<'_, '_>, index: usize| match read(index) {
            Ok(read) => {
                let asked = worker.ask(&read.bytes, &read.source, &inputs[index].told, wanted);
                read.said(asked.unwrap_or_else(|death| {
                    let (code, message) = death.error();
                    Worked::failed(&read.source, &read.bytes, code, &message, rules, wanted)
                }))
            }
            Err(failed) => *failed,
        };
        drive(inputs.len(), settings.jobs, start, work, sink, &mut progress)
    })
}

/// Hands on the analyses alone.
struct Analyses<'s, S>(&'s mut S);

impl<S: Sink<Analysis>> Sink<Worked> for Analyses<'_, S> {
    fn take(&mut self, worked: Worked) -> io::Result<()> {
        worked.analysis.map_or(Ok(()), |analysis| self.0.take(analysis))
    }
}

fn drive<S, T: Send>(
    of: usize,
    jobs: usize,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) -> T + Sync,
    sink: &mut impl Sink<T>,
    progress: &mut impl FnMut(Progress),
) -> Result<(), RunError> {
    let mut done = 0;
    ordered(of, jobs, start, work, |result| {
        sink.take(result).map_err(RunError::Write)?;
        done += 1;
        progress(Progress { done, of });
        Ok(())
    })
}

/// What is read for a document: its own bytes, or what a command printed for them.
struct Read<'i> {
    bytes: Cow<'i, [u8]>,
    source: Source,
    pre: Option<&'i str>,
}

impl Read<'_> {
    /// The result, which says what command it was read by.
    fn said(&self, mut worked: Worked) -> Worked {
        if let (Some(analysis), Some(command)) = (&mut worked.analysis, self.pre) {
            analysis.extraction.pre = Some(command.to_owned());
        }
        worked
    }
}

/// What to read for an input, with its source, or the result of one that has none. The hash is the document's own,
/// whatever a command made of it.
fn read<'i>(
    input: &'i Input,
    settings: &'i Settings,
    rules: Option<&RuleSet>,
    wanted: Wanted,
) -> Result<Read<'i>, Box<Worked>> {
    let source = |bytes: u64, snapshot: Option<SnapshotId>| Source {
        path: input.path.clone(),
        url: input.told.url.clone(),
        snapshot,
        bytes,
        retrieved: input.told.retrieved,
    };
    let unread =
        |source: &Source, code: &str, message: &str| Box::new(Worked::unread(source, code, message, rules, wanted));
    let bytes = input
        .read(&settings.limits)
        .map_err(|(error, size)| unread(&source(size, None), error.code(), &error.to_string()))?;
    let id = match &input.place {
        // Its reading has held the bytes against it.
        Place::Kept(_, id) => id.clone(),
        Place::File(_) | Place::Bytes(_) | Place::Unlisted(_) => snapshot_id(&bytes),
    };
    let source = source(bytes.len() as u64, Some(id));
    match printed(input, settings) {
        None => Ok(Read { bytes, source, pre: None }),
        Some((pre, Ok(printed))) => Ok(Read { bytes: Cow::Owned(printed), source, pre: Some(pre.command()) }),
        Some((pre, Err(error))) => {
            let failed = Read { bytes, source, pre: Some(pre.command()) };
            Err(Box::new(failed.said(*unread(&failed.source, error.code(), &error.to_string()))))
        }
    }
}

/// What the command before reading prints for an input in a file, where there is one for it.
fn printed<'s>(input: &Input, settings: &'s Settings) -> Option<(&'s Pre, Result<Vec<u8>, PreError>)> {
    let (Some(pre), Place::File(path) | Place::Kept(path, _)) = (&settings.pre, &input.place) else { return None };
    pre.reads(input.path.as_ref()).then(|| (pre, pre.run(path, &settings.limits)))
}

pub(super) fn snapshot_id(bytes: &[u8]) -> SnapshotId {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    SnapshotId::from_hex(&hex).expect("a SHA-256 has 64 hexadecimal digits")
}
