//! The command line of fineprint: words to settings, settings to a command, its outcome to an exit code.
//!
//! Only here are standard output and error written and the environment read.

mod args;
#[cfg(feature = "store")]
mod clock;
mod closing;
mod commands;
mod inputs;
mod output;
mod progress;
mod reports;
mod samples;
mod size;
mod store_args;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use args::Args;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done, whatever was found.
    Done,
    /// There was no document to work on.
    NothingToDo,
    /// Something could not be read or did not hold; what could be written was.
    SomeFailed,
}

fn main() -> ExitCode {
    fineprint::pipeline::quiet_crashes();
    let code = match commands::run(Args::parse().command) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::NothingToDo) => 1,
        Ok(Outcome::SomeFailed) => 2,
        Err(error) if is_broken_pipe(&error) => 0,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            2
        }
    };
    ExitCode::from(code)
}

/// Whether the reader of our output went away: `fineprint … | head` is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
