//! What a run would ask for: lists are read, documents are only named. For `--dry-run`, for checking a source
//! against its site, and, with saved pages instead of a site, for proving a source without a network.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::visitor::{Visitor, Wish};
use super::{AcquireError, AcquireSettings, Event, classify, gates, runtime};
use crate::fetch::robots::Decision;
use crate::fetch::source::{Candidate, Page, Source};
use crate::fetch::{Class, Failure, Opened, Url};

/// Most list pages of a plan.
const LISTS: usize = 200;

/// A page that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The address that was asked for.
    pub url: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A document that a run would ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The document.
    pub candidate: Candidate,
    /// What robots.txt says of it; `None` without a network.
    pub decision: Option<Result<Decision, Failure>>,
}

/// What a run would ask for.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The list pages that were read.
    pub pages: Vec<Saved>,
    /// The documents that they name.
    pub documents: Vec<Listed>,
    /// List pages that gave nothing, with why.
    pub failures: Vec<(String, Failure)>,
    /// Entries of which something could not be read.
    pub problems: Vec<String>,
    /// List pages that are not among the saved ones.
    pub unsaved: Vec<String>,
    /// What is wrong with the list as a whole.
    pub judged: Option<Failure>,
    /// What a run may meet and a plan cannot show, each as a sentence.
    pub unshown: Vec<String>,
}

/// Reads a source's lists from its site.
///
/// # Errors
/// When nothing can be asked at all.
pub fn plan(
    source: &Source,
    settings: &AcquireSettings,
    accepted: &dyn Fn(&str) -> bool,
    tell: &dyn Fn(Event),
) -> Result<Plan, AcquireError> {
    let mut visitor = Visitor::new(source, &settings.client, tell)?;
    runtime()?.block_on(async {
        let mut walk = Walk::new(source);
        while let Some(candidate) = walk.next() {
            if gates::before(source, &candidate).is_some_and(|(name, gate)| gate.token.is_some() && accepted(name)) {
                walk.leave_out(&format!("{} needs a token, which only a run asks for: what it lists", candidate.url));
                continue;
            }
            let page = match opened(source, &candidate, accepted) {
                Err(failure) => Err(failure),
                Ok(opened) => {
                    let wish = Wish { cap: source.budget.list_mib << 20, have: None, opened, once: false };
                    let visit = visitor.visit(&candidate.url, &wish).await;
                    visit
                        .result
                        .map(|()| (visit.answer.url.clone(), visit.answer.body.clone()))
                        .map_err(|failure| classify::sharpened(failure, &visit.answer.body))
                }
            };
            walk.take(&candidate, page);
        }
        for listed in &mut walk.plan.documents {
            let shut = gates::before(source, &listed.candidate).filter(|(name, _)| !accepted(name));
            listed.decision = Some(match shut {
                Some(gate) => Err(gates::shut(source, &listed.candidate, gate)),
                None => visitor.decision(&listed.candidate.url).await,
            });
        }
        walk.plan.unshown.extend(unshown(source, &walk.plan, accepted));
        Ok(walk.end())
    })
}

/// Reads a source's lists from saved pages.
#[must_use]
pub fn plan_from(source: &Source, saved: &[Saved]) -> Plan {
    let pages: BTreeMap<&str, &[u8]> = saved.iter().map(|saved| (saved.url.as_str(), saved.bytes.as_slice())).collect();
    let mut walk = Walk::new(source);
    while let Some(candidate) = walk.next() {
        match pages.get(candidate.url.as_str()) {
            Some(bytes) => walk.take(&candidate, Ok((None, bytes.to_vec()))),
            None => walk.plan.unsaved.push(candidate.url.clone()),
        }
    }
    walk.end()
}

/// What only a run meets.
fn unshown(source: &Source, plan: &Plan, accepted: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut told = Vec::new();
    for (name, gate) in source.gate.iter().filter(|(name, _)| accepted(name)) {
        let behind = plan.documents.iter().filter(|listed| listed.candidate.gate.as_ref() == Some(name)).count();
        if let (Some(token), 1..) = (&gate.token, behind) {
            told.push(format!(
                "a run first asks {} for a token, which {behind} of the documents need; a plan does not, so whether the site gives one and takes it is not shown",
                token.url
            ));
        }
    }
    let (budget, lists) = (&source.budget, plan.pages.len());
    if plan.documents.len() + lists > budget.requests as usize {
        told.push(format!(
            "one run makes {} requests at most: the rest is fetched by the runs after it",
            budget.requests
        ));
    }
    told
}

/// The header of an opened gate.
fn opened(source: &Source, candidate: &Candidate, accepted: &dyn Fn(&str) -> bool) -> Result<Option<Opened>, Failure> {
    match gates::before(source, candidate) {
        None => Ok(None),
        Some((name, gate)) if accepted(name) => Ok(gate.opened(None)),
        Some(gate) => Err(gates::shut(source, candidate, gate)),
    }
}

/// Lists still to be read, in order, each address once.
struct Walk<'a> {
    source: &'a Source,
    queue: VecDeque<Candidate>,
    seen: BTreeSet<String>,
    plan: Plan,
    /// Whether every list was to be read.
    whole: bool,
}

impl<'a> Walk<'a> {
    fn new(source: &'a Source) -> Walk<'a> {
        let mut walk =
            Walk { source, queue: VecDeque::new(), seen: BTreeSet::new(), plan: Plan::default(), whole: true };
        walk.found(source.starts());
        walk
    }

    fn next(&mut self) -> Option<Candidate> {
        if self.plan.pages.len() >= LISTS {
            let left = self.queue.len();
            if left > 0 {
                self.leave_out(&format!("a plan reads {LISTS} list pages: what the other {left} list"));
            }
            return None;
        }
        self.queue.pop_front()
    }

    /// Lists that are not read: what is known is not the whole.
    fn leave_out(&mut self, what: &str) {
        self.plan.unshown.push(format!("{what} is not shown"));
        self.whole = false;
    }

    fn found(&mut self, candidates: Vec<Candidate>) {
        for candidate in candidates {
            if !self.seen.insert(format!("{} {}", candidate.step.is_some(), candidate.url)) {
                continue;
            }
            match candidate.step {
                Some(_) => self.queue.push_back(candidate),
                None => self.plan.documents.push(Listed { candidate, decision: None }),
            }
        }
    }

    fn take(&mut self, candidate: &Candidate, page: Result<(Option<Url>, Vec<u8>), Failure>) {
        let followed = page.and_then(|(url, bytes)| {
            let unreadable = |_| Failure::new(Class::UrlDenied, format!("`{}` is no address", candidate.url));
            let url = url.map_or_else(|| Url::parse(&candidate.url).map_err(unreadable), Ok)?;
            let followed = self.source.follow(candidate, Page { url: &url, bytes: &bytes });
            let followed = followed.map_err(|failure| classify::sharpened(failure, &bytes));
            self.plan.pages.push(Saved { url: candidate.url.clone(), bytes });
            followed
        });
        match followed {
            Ok(followed) => {
                self.plan.problems.extend(followed.problems);
                self.found(followed.candidates);
            }
            Err(failure) => self.plan.failures.push((candidate.url.clone(), failure)),
        }
    }

    fn end(mut self) -> Plan {
        let urls: Vec<&str> = self.plan.documents.iter().map(|listed| listed.candidate.url.as_str()).collect();
        self.plan.judged = self.source.expect.judge(&urls, None).err().filter(|_| self.whole);
        self.plan
    }
}
