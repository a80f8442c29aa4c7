//! One file a command.

mod analyze;
mod check;
mod demo;
mod eval;
mod extract;
mod rules;
mod schema;
mod show;
mod worker;

use anyhow::Result;

use crate::Outcome;
use crate::args::Command;

/// Runs a command.
pub(crate) fn run(command: Command) -> Result<Outcome> {
    match command {
        Command::Demo(args) => demo::run(&args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Rules(command) => rules::run(&command),
        Command::Schema => schema::run(),
        Command::Worker => worker::run(),
    }
}
