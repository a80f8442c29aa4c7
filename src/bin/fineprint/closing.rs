//! The closing line on standard error: how many documents were read, what was skipped by what.

use fineprint::document::Completeness;
use fineprint::pipeline::Found;

use crate::output::counted;
use crate::{Outcome, output};

/// How many documents were read, and how well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    read: usize,
    partly: usize,
    not_read: usize,
    /// Documents that say what --fail-on names.
    met: usize,
}

impl Tally {
    /// Counts one document by its completeness in outputs.
    pub(crate) fn count(&mut self, completeness: &str) {
        if completeness == Completeness::Full.as_str() {
            self.read += 1;
        } else if completeness == Completeness::Partial.as_str() {
            self.partly += 1;
        } else {
            self.not_read += 1;
        }
    }

    /// Counts a document that says what --fail-on names.
    pub(crate) fn count_met(&mut self) {
        self.met += 1;
    }

    fn documents(&self) -> usize {
        self.read + self.partly + self.not_read
    }
}

/// Says how the run went and gives its outcome.
pub(crate) fn say(found: &Found, tally: &Tally) -> Outcome {
    if found.inputs.is_empty() {
        output::complain(&format!("no document here{}: name a file, or a folder that holds some", skipped(found)));
        return Outcome::NothingToDo;
    }
    output::note(&line(found, tally));
    outcome(tally)
}

/// The outcome of a run that had documents.
pub(crate) fn outcome(tally: &Tally) -> Outcome {
    match tally {
        _ if tally.not_read > 0 => Outcome::SomeFailed,
        Tally { met: 0, .. } => Outcome::Done,
        Tally { .. } => Outcome::Met,
    }
}

fn line(found: &Found, tally: &Tally) -> String {
    let mut line = format!("{}: {} read", counted(tally.documents(), "document"), tally.read);
    if tally.partly > 0 {
        line += &format!(", {} partly read", tally.partly);
    }
    if tally.not_read > 0 {
        line += &format!(", {} not read", tally.not_read);
    }
    if tally.met > 0 {
        line += &format!(", {} with what --fail-on names", tally.met);
    }
    line + &skipped(found)
}

/// What a walk left out, or nothing.
fn skipped(found: &Found) -> String {
    let skipped = &found.skipped;
    let causes = [
        (skipped.hidden, "hidden"),
        (skipped.ignored, "by .fineprintignore"),
        (skipped.by_glob, "by --glob"),
        (skipped.no_file, "no file"),
        (skipped.own, "written by fineprint"),
    ];
    let all: usize = causes.iter().map(|(count, _)| count).sum();
    let causes: Vec<String> =
        causes.iter().filter(|(count, _)| *count > 0).map(|(count, cause)| format!("{count} {cause}")).collect();
    if all == 0 { String::new() } else { format!("; skipped {all}: {}", causes.join(", ")) }
}
