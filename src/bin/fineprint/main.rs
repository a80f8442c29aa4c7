//! The command line of fineprint: words to settings, settings to a command, its outcome to an exit code.
//!
//! Only here are standard output and error written and the environment read.

mod args;
mod ask_args;
#[cfg(feature = "store")]
mod clock;
mod closing;
mod columns;
mod commands;
mod config;
mod corrections;
#[cfg(feature = "fetch")]
mod fetch_args;
mod inputs;
mod logging;
mod marks;
mod output;
mod progress;
mod report_args;
mod reports;
mod samples;
mod size;
mod store_args;
mod study_args;

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::{CommandFactory, FromArgMatches, Parser};

use args::{Args, Command};
use config::Config;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done, whatever was found.
    Done,
    /// There was no document to work on.
    NothingToDo,
    /// What `--fail-on` names was said.
    Met,
    /// Something could not be read or did not hold; what could be written was.
    SomeFailed,
}

fn main() -> ExitCode {
    fineprint::pipeline::quiet_crashes();
    let done = arguments().and_then(|(args, config)| {
        output::follow(&args.print);
        logging::start(args.print.verbose);
        if let Some(path) = &config.path {
            output::detail(&format!("config file: {}", path.display()));
        }
        commands::run(args.command, &config)
    });
    // Where there was no document, what stood there is not written over by a report of nothing.
    let settled = output::settle(done.as_ref().is_ok_and(|outcome| *outcome != Outcome::NothingToDo));
    let done = done.and_then(|outcome| settled.map(|()| outcome));
    let code = match done {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::NothingToDo | Outcome::Met) => 1,
        Ok(Outcome::SomeFailed) => 2,
        Err(error) if is_broken_pipe(&error) => 0,
        Err(error) => {
            output::fail(&format!("{error:#}"));
            2
        }
    };
    ExitCode::from(code)
}

/// The words of the command line, with those of the config file where there is one and it is wanted.
fn arguments() -> Result<(Args, Config)> {
    let words: Vec<OsString> = env::args_os().collect();
    let mut command = Args::command();
    command.build();
    let matches = command.clone().get_matches_from(&words);
    let args = Args::from_arg_matches(&matches)?;
    if args.print.no_config || matches!(args.command, Command::Worker) {
        return Ok((args, Config::default()));
    }
    let config = Config::find(&env::current_dir().context("the folder of the run is gone: change to another")?)?;
    let all = config.beside(words.clone(), &command, &matches)?;
    if all == words {
        return Ok((args, config));
    }
    let args = Args::try_parse_from(all).map_err(|error| {
        let path = config.path.as_deref().unwrap_or(Path::new("")).display().to_string();
        anyhow!("{path} beside the command line does not work: {}", error.to_string().trim_start_matches("error: "))
    })?;
    Ok((args, config))
}

/// Whether the reader of our output went away: `fineprint … | head` is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
