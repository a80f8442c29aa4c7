//! What a sound list looks like: a source that broke without a noise looks like one that found no work.

use serde::Deserialize;

use crate::fetch::{Class, Failure};

/// What must hold of all documents that a run lists.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    /// Fewest documents.
    pub list_min: u64,
    /// How much shorter than in the last good run the list may be: 0.25 is a quarter.
    pub shrink_max: f64,
    /// Parts of addresses of which each must be found.
    pub must_contain: Vec<String>,
}

impl Default for Expect {
    fn default() -> Expect {
        Expect { list_min: 1, shrink_max: 0.25, must_contain: Vec::new() }
    }
}

impl Expect {
    /// Holds a whole list against what is expected and against the last good run.
    ///
    /// # Errors
    /// `index-empty` without any document, `index-shrunk` with too few, `index-changed` when one is missing that must be there.
    pub fn judge(&self, urls: &[&str], last_good: Option<u64>) -> Result<(), Failure> {
        let found = urls.len() as u64;
        if found == 0 {
            return Err(Failure::new(Class::IndexEmpty, "the lists name no document"));
        }
        let least = last_good.map_or(0.0, |last| last as f64 * (1.0 - self.shrink_max));
        if (found as f64) < least || found < self.list_min {
            let before = last_good.map_or(String::new(), |last| format!(", {last} in the last good run"));
            let what = format!("the lists name {found} documents, at least {} are expected{before}", self.list_min);
            return Err(Failure::new(Class::IndexShrunk, what));
        }
        match self.must_contain.iter().find(|part| !urls.iter().any(|url| url.contains(part.as_str()))) {
            Some(part) => {
                Err(Failure::new(Class::IndexChanged, format!("no document with `{part}` in its address is listed")))
            }
            None => Ok(()),
        }
    }
}
