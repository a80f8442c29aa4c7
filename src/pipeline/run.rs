//! Running the chain over many documents.

use std::borrow::Cow;
use std::io;

use sha2::{Digest, Sha256};

use super::analyze::media_type;
use super::ordered::ordered;
use super::{Compiled, Input, Sink, analyze_one, crash};
use crate::document::Document;
use crate::extract::{self, Limits};
use crate::matcher::Scanner;
use crate::policy::{Date, SnapshotId, Source};
use crate::report::Analysis;

/// How a run works.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// What one document may cost.
    pub limits: Limits,
    /// How many documents are worked at a time; at least one.
    pub jobs: usize,
    /// The day to measure staleness against; `None` for each document's day of retrieval, as told.
    pub as_of: Option<Date>,
}

impl Default for Settings {
    /// Default limits, one document at a time, no day but those told.
    fn default() -> Settings {
        Settings { limits: Limits::default(), jobs: 1, as_of: None }
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
    /// The sink could not write.
    #[error("the results could not be written")]
    Write(#[source] io::Error),
}

/// One document as it was read, or why it was not.
#[derive(Debug)]
pub struct Extracted {
    /// Where it came from.
    pub source: Source,
    /// The media type by content.
    pub media_type: &'static str,
    /// The document, or the code and message of the contract's `error`.
    pub document: Result<Document, (String, String)>,
}

/// Analyzes every input and hands each analysis to `sink` in input order; `progress` is called after each.
///
/// # Errors
/// When the threads cannot be started or the sink cannot write; a document's own failure is its analysis.
pub fn analyze<'c>(
    inputs: &[Input],
    compiled: &'c Compiled,
    settings: &Settings,
    sink: &mut impl Sink<Analysis>,
    mut progress: impl FnMut(Progress),
) -> Result<(), RunError> {
    let start = || compiled.matcher.scanner();
    let work = |scanner: &mut Scanner<'c>, index: usize| {
        let input = &inputs[index];
        match read(input, &settings.limits) {
            Ok((bytes, source)) => analyze_one(&bytes, &source, &input.told, compiled, scanner, settings),
            Err(failed) => {
                let (code, message) = failed.error;
                Analysis::failed(&failed.source, "application/octet-stream", code, &message, &compiled.rules)
            }
        }
    };
    drive(inputs.len(), settings.jobs, start, work, sink, &mut progress)
}

/// Reads every input and hands each document to `sink` in input order; `progress` is called after each.
///
/// # Errors
/// As [`analyze`].
pub fn extract_all(
    inputs: &[Input],
    settings: &Settings,
    sink: &mut impl Sink<Extracted>,
    mut progress: impl FnMut(Progress),
) -> Result<(), RunError> {
    let work = |(): &mut (), index: usize| match read(&inputs[index], &settings.limits) {
        Ok((bytes, source)) => {
            let document = match crash::guarded(|| extract::extract(&bytes, &settings.limits)) {
                Ok(read) => read.map_err(|error| (error.code().to_owned(), error.to_string())),
                Err(crashed) => Err(("crashed".to_owned(), crashed)),
            };
            Extracted { source, media_type: media_type(&bytes), document }
        }
        Err(failed) => {
            let (code, message) = failed.error;
            let document = Err((code.to_owned(), message));
            Extracted { source: failed.source, media_type: "application/octet-stream", document }
        }
    };
    drive(inputs.len(), settings.jobs, || (), work, sink, &mut progress)
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

struct Failed {
    source: Source,
    error: (&'static str, String),
}

/// An input's bytes with their source, or the source with why there are none.
fn read<'i>(input: &'i Input, limits: &Limits) -> Result<(Cow<'i, [u8]>, Source), Box<Failed>> {
    let source = |bytes: u64, snapshot: Option<SnapshotId>| Source {
        path: input.path.clone(),
        url: input.told.url.clone(),
        snapshot,
        bytes,
        retrieved: input.told.retrieved,
    };
    match input.read(limits) {
        Ok(bytes) => {
            let source = source(bytes.len() as u64, Some(snapshot_id(&bytes)));
            Ok((bytes, source))
        }
        Err((error, size)) => {
            Err(Box::new(Failed { source: source(size, None), error: (error.code(), error.to_string()) }))
        }
    }
}

fn snapshot_id(bytes: &[u8]) -> SnapshotId {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    SnapshotId::from_hex(&hex).expect("a SHA-256 has 64 hexadecimal digits")
}
