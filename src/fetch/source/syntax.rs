//! The keys of a source file.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::expect::Expect;
use super::gate::Gate;
use super::rule::{Css, Rule};
use super::sound;
use crate::fetch::{Kind, Reach};
use crate::policy::{LineOfBusiness, State};

/// What is wrong with a source file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// It is no TOML, has an unknown key, or a selector or pattern that cannot be read.
    #[error("{0}")]
    Syntax(String),
    /// What it says does not hold together; all of it at once.
    #[error("{}", .0.join("; "))]
    Unsound(Vec<String>),
}

/// How far a source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Rules for every step; still to be checked by a person where `checked` says never.
    #[default]
    Full,
    /// What is known so far, with open questions; `fetch --all` leaves it out.
    Draft,
}

/// One payer's list of policies.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The version of this format: 1.
    pub format: u32,
    /// The name of the source and of its folder.
    pub id: String,
    /// Who pays.
    pub payer: String,
    /// How far the source is.
    #[serde(default)]
    pub status: Status,
    /// The day on which a person ran `sources check` on a connected machine, or `never`.
    pub checked: String,
    /// Where the facts come from.
    pub origin: String,
    /// What is not known.
    #[serde(default)]
    pub questions: Vec<String>,
    /// The page where a person begins.
    pub homepage: Option<String>,
    /// Lines of business of all its documents.
    #[serde(default)]
    pub lines_of_business: Vec<String>,
    /// States of all its documents; none is no statement.
    #[serde(default)]
    pub states: Vec<String>,
    /// The hosts that may be asked, and no other.
    pub hosts: Vec<String>,
    /// Ports beside 443.
    #[serde(default)]
    pub ports: Vec<u16>,
    /// Whether plain http is allowed, for payers that have nothing else.
    #[serde(default)]
    pub allow_http: bool,
    /// For the demo and tests: the source lies on this machine, where no pace is needed.
    #[serde(default)]
    pub loopback: bool,
    /// Query parameters that are no part of an address: sessions, campaigns.
    #[serde(default)]
    pub strip_query: Vec<String>,
    #[serde(default)]
    pub(super) pace: PaceKeys,
    /// What one run may cost.
    #[serde(default)]
    pub budget: Budget,
    /// The site owner's written permission, where its robots.txt says otherwise.
    pub robots_override: Option<Override>,
    /// Terms that stand before pages, by name.
    #[serde(default)]
    pub gate: BTreeMap<String, Gate>,
    #[serde(default)]
    pub(super) start: Vec<Start>,
    #[serde(default)]
    pub(super) fixed: Vec<Fixed>,
    #[serde(default)]
    pub(super) list: Vec<List>,
    pub(super) document: Document,
    /// What a sound list looks like.
    #[serde(default)]
    pub expect: Expect,
}

/// Hours in which no document is asked for twice.
pub(super) const REVISIT: f64 = 20.0;

/// The wait that a source asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaceKeys {
    pub(super) min_delay_s: Option<f64>,
    /// Hours in which a document is not asked for again; lists rest for three tenths of that.
    pub(super) revisit_h: Option<f64>,
}

/// What one run may cost.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Budget {
    /// Requests, robots.txt and repetitions among them.
    pub requests: u32,
    /// MiB over the wire.
    pub mib: u64,
    /// Hours.
    pub hours: u64,
    /// MiB of one document.
    pub document_mib: u64,
    /// MiB of one list page or archive.
    pub list_mib: u64,
}

impl Default for Budget {
    /// 2,000 requests, 2 GiB, 4 hours; 64 MiB a document, 16 MiB a list page.
    fn default() -> Budget {
        Budget { requests: 2_000, mib: 2_048, hours: 4, document_mib: 64, list_mib: 16 }
    }
}

/// An owner's permission to ask for what robots.txt forbids.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Why it is needed.
    pub reason: String,
    /// Who gave it, when, and where the letter lies.
    pub permission: String,
}

/// An address to begin at.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    pub(super) url: String,
    /// Values for the names in braces: `["A-Z", "0-9"]`, or words.
    #[serde(default)]
    pub(super) expand: BTreeMap<String, Vec<String>>,
    pub(super) gate: Option<String>,
    /// The list that reads the page; `start` without.
    pub(super) name: Option<String>,
    /// For zip archives: the CSV in it, `inner.zip!table.csv` for one archive in another.
    pub(super) member: Option<String>,
    /// What is known of all documents from here.
    #[serde(default)]
    pub(super) meta: BTreeMap<String, String>,
}

/// A document whose address a person found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fixed {
    pub(super) url: String,
    pub(super) gate: Option<String>,
    #[serde(default)]
    pub(super) meta: BTreeMap<String, String>,
}

/// How a page is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The step whose pages it reads.
    #[serde(default = "start")]
    pub(super) from: String,
    /// The name of the step that its links are; without one they are documents.
    pub(super) name: Option<String>,
    /// What one entry is; for a step that is not fetched it is left out.
    #[serde(default)]
    pub(super) each: Each,
    /// Its address.
    #[serde(default)]
    pub(super) link: Rule,
    /// Whether the links are fetched; where not, the next list works on their addresses.
    #[serde(default = "yes")]
    pub(super) fetch: bool,
    pub(super) gate: Option<String>,
    /// Something that a sound page has even when its list is empty.
    pub(super) present: Option<Css>,
    pub(super) next: Option<Next>,
    #[serde(default)]
    pub(super) meta: BTreeMap<String, Rule>,
}

fn start() -> String {
    "start".to_owned()
}

fn yes() -> bool {
    true
}

/// One entry of a page: one of these.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Each {
    pub(super) css: Option<Css>,
    pub(super) json: Option<String>,
    pub(super) csv: bool,
}

/// The page after this one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Next {
    pub(super) css: Option<Css>,
    #[serde(default = "href")]
    pub(super) attr: String,
    /// Where the token of the next page stands; it becomes `param`.
    pub(super) json: Option<String>,
    pub(super) param: Option<String>,
    /// With `param` and without `json`: the page's number times this.
    pub(super) step: Option<u32>,
    #[serde(default = "pages")]
    pub(super) max: u32,
}

fn href() -> String {
    "href".to_owned()
}

fn pages() -> u32 {
    50
}

/// What an answer is as a document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) kind: Vec<Kind>,
    /// What makes it the same document under another address.
    #[serde(default)]
    pub(super) key: Rule,
    #[serde(default)]
    pub(super) meta: BTreeMap<String, Rule>,
    /// For JSON and tables: the fields that hold its words, in order, each HTML or plain.
    #[serde(default)]
    pub(super) text: Vec<String>,
}

impl Source {
    /// Reads a source file.
    ///
    /// # Errors
    /// With line and column for what is no source, or with all that does not hold together.
    pub fn parse(text: &str) -> Result<Source, SourceError> {
        let source: Source = toml::from_str(text).map_err(|error| SourceError::Syntax(error.to_string()))?;
        let problems = sound::problems(&source);
        if problems.is_empty() { Ok(source) } else { Err(SourceError::Unsound(problems)) }
    }

    /// Where its requests may go.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach { hosts: self.hosts.clone(), ports: self.ports.clone(), http: self.allow_http, loopback: self.loopback }
    }

    /// The shortest wait between two requests to one host: three seconds, or more; none on this machine.
    #[must_use]
    pub fn floor(&self) -> Duration {
        let least = if self.loopback { 0.0 } else { 3.0 };
        Duration::from_secs_f64(self.pace.min_delay_s.unwrap_or(least).clamp(least, 3_600.0))
    }

    /// How long an address rests after a sound answer: a document for 20 hours or more, a list for three tenths of
    /// that; no time on this machine.
    #[must_use]
    pub fn rest(&self, list: bool) -> Duration {
        let least = if self.loopback { 0.0 } else { REVISIT };
        let hours = self.pace.revisit_h.unwrap_or(least).clamp(least, 24.0 * 366.0);
        Duration::from_secs_f64(hours * if list { 0.3 } else { 1.0 } * 3_600.0)
    }

    /// Its lines of business.
    #[must_use]
    pub fn business(&self) -> Vec<LineOfBusiness> {
        self.lines_of_business.iter().filter_map(|id| LineOfBusiness::from_id(id)).collect()
    }

    /// Its states.
    #[must_use]
    pub fn in_states(&self) -> Vec<State> {
        self.states.iter().filter_map(|code| State::from_code(code)).collect()
    }

    /// The addresses that it begins at, as they stand in the file.
    pub fn start_urls(&self) -> impl Iterator<Item = &str> {
        self.start.iter().map(|start| start.url.as_str()).chain(self.fixed.iter().map(|fixed| fixed.url.as_str()))
    }
}
