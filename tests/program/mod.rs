//! Starts the binary apart from whoever runs the tests: their config file is not read.

use std::process::Command;

/// A home that holds nothing.
pub(crate) const HOME: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-home");

/// `program`, which is fineprint or starts it, with that home.
pub(crate) fn apart(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("HOME", HOME).env("XDG_CONFIG_HOME", HOME).env("APPDATA", HOME);
    command
}
