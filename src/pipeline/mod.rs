//! From paths to analyses: finding the inputs, working them in parallel, handing results on in order.
//!
//! The only room with threads. One document never stops a run: what cannot be read, and a panic while
//! reading, become that document's own line. Results reach the [`Sink`] in input order, so one worker and
//! sixteen give the same bytes, and no worker runs more than a few documents ahead of the writer, so
//! memory stays bounded however many documents there are. No clock: what a date is measured against is told.

mod analyze;
mod crash;
mod input;
mod ordered;
pub mod parse;
mod run;
mod sidecar;
mod sink;
mod told;
mod walk;

pub use analyze::{Compiled, analyze_one};
pub use crash::quiet_crashes;
pub use input::{Input, InputError, Place};
pub use run::{Extracted, Progress, RunError, Settings, analyze, extract_all};
pub use sidecar::{SidecarError, SidecarProblem, told_by_table};
pub use sink::{Collected, Sink, Stream};
pub use told::Told;
pub use walk::{Found, Skipped, Unlisted, WalkError, WalkOptions, find};
