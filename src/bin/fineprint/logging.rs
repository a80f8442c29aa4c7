//! What the parsers say of a document, on standard error with `-v`. Only of documents read in this process.

use log::{LevelFilter, Log, Metadata, Record};

use crate::output;

struct ToStandardError;

impl Log for ToStandardError {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        output::detail(&format!("{}: {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

/// Shows warnings from `-v` on, everything from `-vv` on.
pub(crate) fn start(verbose: u8) {
    let level = match verbose {
        0 => LevelFilter::Off,
        1 => LevelFilter::Warn,
        _ => LevelFilter::Trace,
    };
    // There is no other logger in this program.
    if log::set_logger(&ToStandardError).is_ok() {
        log::set_max_level(level);
    }
}
