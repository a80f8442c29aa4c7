//! Documents worked in child processes, so that none can hurt the run.
//!
//! A bomb in a document can overflow the stack, abort or never end; nothing of that can be caught in the
//! process. So long-lived workers run the chain: the parent reads a document, writes it into a worker's pipe
//! and reads the report's model back. The worker limits its own memory, the parent kills by wall time; a death
//! is the line of its document, and the next document gets a new worker. The worker's program is any that calls
//! [`serve`]: `fineprint worker` does.

mod confine;
mod frame;
mod message;
mod serve;
mod watch;
mod worker;

use std::path::PathBuf;
use std::time::Duration;

pub(super) use message::PackRow;
pub use serve::{ServeError, serve};
pub(super) use watch::Watch;
pub(super) use worker::{Team, Worker};

/// Whether this system lets a process limit its own memory. Elsewhere only time, size and pages are limited.
pub const MEMORY_IS_LIMITED: bool = confine::MEMORY_IS_LIMITED;

/// The program of the workers and what one document may cost there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isolation {
    /// A program that calls [`serve`] on its standard input and output.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// The address space of one worker, in bytes, where the system can limit it.
    pub max_memory: u64,
    /// The wall time of one document.
    pub max_time: Duration,
    /// The result of one document as JSON, in bytes.
    pub max_output: u64,
}

impl Isolation {
    /// Workers started as `program worker` with the default limits: 1 GiB, 60 seconds, 256 MiB of result.
    #[must_use]
    pub fn new(program: PathBuf) -> Isolation {
        Isolation {
            program,
            arguments: vec!["worker".to_owned()],
            max_memory: 1 << 30,
            max_time: Duration::from_secs(60),
            max_output: 256 << 20,
        }
    }
}
