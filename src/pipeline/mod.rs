//! From paths to analyses: finding the inputs, working them in parallel, handing results on in order.
//!
//! The only room with threads. One document never stops a run: what cannot be read, and a panic while
//! reading, become that document's own line. Results reach the [`Sink`] in input order, so one worker and
//! sixteen give the same bytes, and no worker runs more than a few documents ahead of the writer, so
//! memory stays bounded however many documents there are. With an [`Isolation`] the documents are read in worker
//! processes. No clock but for a document's time limit: what a date is measured against is told.

#[cfg(feature = "fetch")]
pub mod acquire;
mod chain;
mod crash;
mod input;
mod isolate;
#[cfg(feature = "store")]
pub mod keep;
mod ordered;
pub mod parse;
mod pre;
mod run;
mod sidecar;
mod sink;
#[cfg(feature = "store")]
pub mod stored;
mod told;
mod walk;

pub use chain::{Compiled, Wanted, Worked};
pub use crash::quiet_crashes;
pub use input::{Input, InputError, Place};
pub use isolate::{Isolation, MEMORY_IS_LIMITED, ServeError, serve};
pub use pre::{Pre, PreError};
pub use run::{Progress, RunError, Settings, analyze, work};
pub use sidecar::{SidecarError, SidecarProblem, ToldRow, Unfit, told_by_table};
pub use sink::{Collected, Sink, Stream};
pub use told::Told;
pub use walk::{Found, Skipped, WalkError, WalkOptions, find};
