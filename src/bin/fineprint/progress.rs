//! A progress bar on standard error, when that is a terminal.

use std::io::{self, IsTerminal};

use fineprint::pipeline::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// A bar that is silent where nobody watches.
#[derive(Debug)]
pub(crate) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar for `documents`.
    pub(crate) fn new(documents: usize) -> Bar {
        if documents < 2 || !io::stderr().is_terminal() {
            return Bar { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new(documents as u64);
        let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} documents, {eta} left");
        bar.set_style(style.expect("the template is well formed"));
        Bar { bar }
    }

    /// Shows one step.
    pub(crate) fn step(&self, progress: Progress) {
        self.bar.set_position(progress.done as u64);
    }

    /// Takes the bar away.
    pub(crate) fn close(self) {
        self.bar.finish_and_clear();
    }
}
