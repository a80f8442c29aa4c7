//! The worker's side: one document after the other from the pipe, until it ends.

use std::io::{self, Read, Write};
use std::thread;

use super::message::{PackRow, Ready, Reply, Request, Setup};
use super::{confine, frame};
use crate::context::Mechanism;
use crate::extract::ExtractError;
use crate::pipeline::chain::{Chain, Worked};
use crate::pipeline::ordered::STACK_BYTES;
use crate::pipeline::{Compiled, Settings, parse};
use crate::rules::PackText;

/// Why a worker stopped before its parent did.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// What came through the pipe is none of ours.
    #[error("this is no talk of a parent ({0}): fineprint starts its workers itself")]
    Talk(String),
    /// The rules of the parent do not compile here.
    #[error("the rules cannot be used here: {0}")]
    Rules(String),
    /// The document is larger than the memory that is left.
    #[error("{NO_MEMORY} a document's bytes failed")]
    Memory,
    /// The pipe broke.
    #[error("the pipe to the parent broke")]
    Pipe(#[source] io::Error),
}

impl From<io::Error> for ServeError {
    fn from(error: io::Error) -> ServeError {
        if error.kind() == io::ErrorKind::OutOfMemory { ServeError::Memory } else { ServeError::Pipe(error) }
    }
}

/// How a process that got no memory says so: the standard library's words, and ours.
pub(super) const NO_MEMORY: &str = "memory allocation of";

impl From<serde_json::Error> for ServeError {
    fn from(error: serde_json::Error) -> ServeError {
        ServeError::Talk(error.to_string())
    }
}

/// Works the documents that a parent writes into `input`, each answered on `output`, until `input` ends.
///
/// Limits the memory of the whole process: call it in a process of its own.
///
/// # Errors
/// When `input` holds no talk of a parent or `output` cannot be written.
pub fn serve(input: impl Read + Send, output: impl Write + Send) -> Result<(), ServeError> {
    thread::scope(|scope| {
        let work = move || served(input, output);
        let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work)?;
        thread.join().unwrap_or_else(|_| Err(ServeError::Talk("a panic between documents".to_owned())))
    })
}

fn served(mut input: impl Read, mut output: impl Write) -> Result<(), ServeError> {
    let mut buffer = Vec::new();
    if !frame::read(&mut input, MOST, &mut buffer)? {
        return Ok(());
    }
    let setup: Setup = serde_json::from_slice(&buffer)?;
    confine::memory(setup.max_memory);
    let compiled = setup.rules.as_ref().map(|_| compiled(&setup.packs)).transpose()?;
    let ready = Ready { rules: compiled.as_ref().map(|compiled| compiled.rules.id.clone()) };
    frame::write(&mut output, &serde_json::to_vec(&ready)?)?;
    let as_of = setup.as_of.as_deref().and_then(|day| parse::date(day).ok());
    let without = setup.without.iter().filter_map(|name| Mechanism::from_id(name)).collect();
    let (limits, corrections) = (setup.limits.limits(), setup.corrections);
    let settings = Settings { limits, as_of, without, corrections, ..Settings::default() };
    let mut chain = Chain::new(compiled.as_ref(), &settings);
    while frame::read(&mut input, MOST, &mut buffer)? {
        let request: Request = serde_json::from_slice(&buffer)?;
        frame::read(&mut input, MOST, &mut buffer)?;
        let (source, told, wanted) = request.parts();
        let worked = chain.work(&buffer, &source, &told, wanted);
        let mut reply = frames(worked)?;
        if reply.iter().map(|frame| frame.len() as u64).sum::<u64>() > setup.max_output {
            let error = too_much_output(setup.max_output);
            reply = frames(Worked::failed(&source, &buffer, error.code(), &error.to_string(), chain.rules(), wanted))?;
        }
        reply.iter().try_for_each(|bytes| frame::write(&mut output, bytes))?;
    }
    Ok(())
}

/// The frames of a result.
fn frames(worked: Worked) -> Result<Vec<Vec<u8>>, ServeError> {
    let (reply, json) = Reply::of(worked);
    Ok([serde_json::to_vec(&reply)?].into_iter().chain(json.map(String::into_bytes)).collect())
}

/// Frames come from the parent, which holds to the limits itself.
const MOST: u64 = u64::MAX;

fn compiled(packs: &[PackRow]) -> Result<Compiled, ServeError> {
    let texts: Vec<PackText<'_>> = packs.iter().map(PackRow::text).collect();
    Compiled::embedded_and(&texts).map_err(|errors| {
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        ServeError::Rules(first)
    })
}

fn too_much_output(limit: u64) -> ExtractError {
    ExtractError::Limit { what: "its result".to_owned(), limit: format!("{limit} bytes"), flag: "--max-output" }
}
