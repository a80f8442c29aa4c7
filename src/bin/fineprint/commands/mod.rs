//! One file a command.

#[cfg(feature = "store")]
mod add;
mod agreement;
mod analyze;
mod brief;
mod check;
mod cite;
mod codebook;
mod compare;
mod config;
mod demo;
#[cfg(feature = "fetch")]
mod demo_fetch;
mod diff;
mod eval;
mod explain;
mod extract;
#[cfg(feature = "fetch")]
mod fetch;
mod find;
mod gaps;
mod rules;
mod sample;
mod schema;
mod shell;
mod show;
#[cfg(feature = "fetch")]
mod sources;
#[cfg(feature = "store")]
mod status;
#[cfg(feature = "store")]
mod store;
mod topics;
mod verify;
mod worker;

use anyhow::Result;

use crate::Outcome;
use crate::args::{Command, ConfigCommand};
use crate::config::Config;

#[cfg(feature = "store")]
pub(crate) use store::which;

/// Runs a command.
pub(crate) fn run(command: Command, config: &Config) -> Result<Outcome> {
    match command {
        Command::Demo(args) => demo::run(&args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Cite(args) => cite::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Find(args) => find::run(&args),
        Command::Brief(args) => brief::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Gaps(args) => gaps::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(command) => rules::run(&command),
        Command::Schema(args) => schema::run(&args),
        #[cfg(feature = "store")]
        Command::Add(args) => add::run(&args),
        #[cfg(feature = "fetch")]
        Command::Fetch(args) => fetch::run(&args),
        #[cfg(feature = "fetch")]
        Command::Sources(command) => sources::run(&command),
        #[cfg(feature = "store")]
        Command::Status(args) => status::run(&args),
        #[cfg(feature = "store")]
        Command::Store(command) => store::run(&command),
        Command::Help { words } => topics::run(&words),
        Command::Config(ConfigCommand::Show) => config::show(config),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { output } => shell::man(output.as_deref()),
        Command::Worker => worker::run(),
    }
}
