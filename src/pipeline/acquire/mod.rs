//! Acquiring: sources to visits, visits to documents in the store.
//!
//! One thread makes all requests. Sources that share a host are worked one after the other, so that a host never has
//! two requests of ours in flight; others run beside them, each with its own handle on the store. What takes a
//! processor's time, reading a list or a document, goes to a pool with a thread a core, and the requests go on. Every
//! visit is one transaction with what it gave, and the list of what is still to be visited lies in the store: a run that
//! was killed goes on there.

mod absent;
mod classify;
mod documents;
mod gates;
mod kept;
mod plan;
mod pool;
mod proof;
mod rest;
mod run;
mod visitor;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use crate::fetch::source::Source;
use crate::fetch::{ClientSettings, Failure};
use crate::pipeline::Settings;
use crate::pipeline::ordered::STACK_BYTES;
use crate::store::{Moment, Store, StoreError};

use pool::Pool;

pub use plan::{Listed, Plan, Saved, plan, plan_from};
pub use proof::{Expected, PageRow, PageTable, expected, prove};
pub use run::Summary;

/// Most groups of hosts that are asked at a time.
const HOSTS: usize = 10;

/// How to acquire.
#[derive(Clone, Debug)]
pub struct AcquireSettings {
    /// How requests are made.
    pub client: ClientSettings,
    /// How documents are read before they are kept.
    pub reading: Settings,
    /// Whether also what was asked for not long ago is asked for again.
    pub again: bool,
    /// Tells the time: what is kept says when.
    pub now: fn() -> Moment,
    /// Name and version of the program.
    pub tool: String,
}

/// What happens while sources are worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A host is given time.
    Waits {
        /// The host.
        host: String,
        /// How long.
        pause: Duration,
    },
    /// An address was visited.
    Visited {
        /// Visits done in this run.
        done: u64,
        /// Visits still to be made, as far as they are known.
        left: u64,
    },
    /// Something a person should know.
    Note(String),
}

/// Why a source could not be worked at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AcquireError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing could be asked at all.
    #[error("{0}")]
    Failed(#[from] Failure),
    /// The threads that read could not be started.
    #[error("the threads that read could not be started ({0}): raise the limits of this process")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// No runtime could be started.
    #[error("no runtime could be started ({0}): raise the limits of this process")]
    Runtime(std::io::Error),
}

/// A source with the text that defines it.
#[derive(Clone, Debug)]
pub struct Defined {
    /// The source.
    pub source: Source,
    /// Its file's text; it is kept with each run.
    pub text: String,
}

/// A source's id with what its run did.
pub type Outcome = (String, Result<Summary, AcquireError>);

/// Works sources into the store in `folder`; the outcome of each, in the order given.
///
/// # Errors
/// When the store cannot be opened or another process fetches into it; what happens to one source is its outcome.
pub fn acquire(
    folder: &std::path::Path,
    sources: &[Defined],
    settings: &AcquireSettings,
    tell: &dyn Fn(&str, Event),
) -> Result<Vec<Outcome>, AcquireError> {
    let _alone = Store::create(folder)?.fetching()?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let readers = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build()?;
    let runtime = runtime()?;
    let outcomes = RefCell::new(Vec::new());
    readers.in_place_scope(|scope| {
        let work = |group: Vec<usize>| {
            let outcomes = &outcomes;
            async move {
                for at in group {
                    let defined = &sources[at];
                    let told = |event| tell(&defined.source.id, event);
                    let outcome = run::run(folder, defined, settings, Pool { scope }, &told).await;
                    outcomes.borrow_mut().push((at, defined.source.id.clone(), outcome));
                }
            }
        };
        runtime.block_on(pool::together(groups(sources).into_iter().map(work), HOSTS));
    });
    let mut outcomes = outcomes.into_inner();
    outcomes.sort_by_key(|(at, ..)| *at);
    Ok(outcomes.into_iter().map(|(_, id, outcome)| (id, outcome)).collect())
}

/// The sources in groups of which no two share a host.
fn groups(sources: &[Defined]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<&str>, Vec<usize>)> = Vec::new();
    for (at, defined) in sources.iter().enumerate() {
        let mut hosts: BTreeSet<&str> = defined.source.hosts.iter().map(String::as_str).collect();
        let mut members = Vec::new();
        groups.retain(|(others, group)| {
            let apart = others.is_disjoint(&hosts);
            if !apart {
                hosts.extend(others);
                members.extend(group);
            }
            apart
        });
        members.push(at);
        groups.push((hosts, members));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// A runtime for requests, on the thread that drives it.
fn runtime() -> Result<tokio::runtime::Runtime, AcquireError> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AcquireError::Runtime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_with_a_common_host_are_one_group() {
        let source = |id: &str, hosts: &str| {
            let text = format!(
                "format = 1\nid = \"{id}\"\npayer = \"P\"\nchecked = \"never\"\norigin = \"invented\"\nhosts = [{hosts}]\n\
                 [[fixed]]\nurl = \"https://{}/x.pdf\"\n[document]\nkind = [\"pdf\"]\n",
                hosts.split('"').nth(1).unwrap()
            );
            Defined { source: Source::parse(&text).unwrap(), text }
        };
        let sources = [
            source("a", "\"a.test\""),
            source("b", "\"b.test\""),
            source("c", "\"c.test\""),
            source("d", "\"a.test\", \"b.test\""),
        ];
        let mut groups = groups(&sources);
        groups.sort();
        assert_eq!(groups, [vec![0, 1, 3], vec![2]]);
    }
}
