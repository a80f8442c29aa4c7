//! One source into the store: from its first addresses, or from where a run was broken off, to its end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::absent::Absent;
use super::kept::{ENCODING, begin, from_kept};
use super::pool::Pool;
use super::visitor::{Visit, Visitor, Wish};
use super::{AcquireError, AcquireSettings, Defined, Event, classify};
use crate::fetch::source::{Candidate, Followed, Page, Source};
use crate::fetch::{Class, Failure, Opened, Url};
use crate::policy::{LineOfBusiness, SnapshotId, State};
use crate::store::{CandidateId, EventKind, RunId, RunResult, Store, Validators, Yield};

/// After so many answers "not modified" a document is asked for without condition.
const CONDITIONAL: u32 = 10;

/// What a run over one source did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How it ended; `None` when it goes on in the next run.
    pub result: Option<RunResult>,
    /// What there is to say about its end.
    pub message: Option<String>,
    /// Documents that the lists name.
    pub listed: u64,
    /// Documents that were not in the store.
    pub new: u64,
    /// New versions of documents that were.
    pub changed: u64,
    /// Documents that are as they were.
    pub same: u64,
    /// Addresses that had been asked for not long before and were not asked for again.
    pub rested: u64,
    /// Documents that are no longer listed.
    pub gone: u64,
    /// Addresses that gave nothing, by class.
    pub failures: BTreeMap<Class, (u64, String)>,
    /// Answers with a body, and their bytes.
    pub bytes: u64,
}

impl Summary {
    /// The count that a document with these events belongs to.
    pub(super) fn of(&mut self, events: &[EventKind]) -> &mut u64 {
        if events.contains(&EventKind::New) {
            &mut self.new
        } else if events.contains(&EventKind::Changed) {
            &mut self.changed
        } else {
            &mut self.same
        }
    }
}

/// Works one source.
pub(super) async fn run<'s>(
    folder: &Path,
    defined: &'s Defined,
    settings: &'s AcquireSettings,
    pool: Pool<'_, 's>,
    tell: &dyn Fn(Event),
) -> Result<Summary, AcquireError> {
    let mut store = Store::open(folder)?;
    let source = &defined.source;
    let run = begin(&mut store, defined, settings)?;
    let visitor = Visitor::new(source, &settings.client, tell)?;
    let mut work = Work {
        store,
        run,
        source,
        settings,
        pool,
        visitor,
        tell,
        summary: Summary::default(),
        opened: BTreeMap::new(),
        inline: (String::new(), BTreeMap::new()),
        absent: BTreeMap::new(),
        lists: BTreeSet::new(),
        lob: source.business(),
        states: source.in_states(),
        done: 0,
    };
    work.all().await?;
    work.end()
}

/// One source at work; `'s` outlives the pool.
pub(super) struct Work<'r, 's> {
    pub(super) store: Store,
    pub(super) run: RunId,
    pub(super) source: &'s Source,
    pub(super) settings: &'s AcquireSettings,
    pub(super) pool: Pool<'r, 's>,
    pub(super) visitor: Visitor<'r>,
    tell: &'r dyn Fn(Event),
    pub(super) summary: Summary,
    pub(super) opened: BTreeMap<String, Option<Opened>>,
    /// The list whose documents stand in it, and their pages by address.
    pub(super) inline: (String, BTreeMap<String, String>),
    /// What each host answers for an address that is not there.
    pub(super) absent: BTreeMap<String, Absent>,
    /// What pages named, to tell pages that lead in a circle.
    lists: BTreeSet<Vec<String>>,
    pub(super) lob: Vec<LineOfBusiness>,
    pub(super) states: Vec<State>,
    done: u64,
}

/// Whether a run goes on.
enum Going {
    On,
    /// It ends here, and the next run goes on with the same address.
    Later(Failure),
}

impl Work<'_, '_> {
    async fn all(&mut self) -> Result<(), AcquireError> {
        loop {
            let pending = self.store.pending(self.run)?;
            if pending.is_empty() {
                return Ok(());
            }
            let mut left = pending.len() as u64;
            for row in pending {
                left -= 1;
                let (candidate, listed) = from_kept(&row.data);
                match self.one(row.id, &candidate, listed, left).await? {
                    Going::On => {}
                    Going::Later(failure) => {
                        self.summary.message = Some(failure.to_string());
                        return Ok(());
                    }
                }
            }
        }
    }

    async fn one(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        listed: bool,
        left: u64,
    ) -> Result<Going, AcquireError> {
        let failure = if listed {
            self.listed_one(id, candidate).await?
        } else {
            match self.visited(id, candidate).await? {
                Ok(failure) => failure,
                Err(later) => return Ok(Going::Later(later)),
            }
        };
        self.done += 1;
        if let Some(failure) = &failure {
            let count = self.summary.failures.entry(failure.class).or_insert_with(|| (0, failure.to_string()));
            count.0 += 1;
        }
        (self.tell)(Event::Visited { done: self.done, left });
        Ok(Going::On)
    }

    /// Visits and keeps what came; `Err` where the run ends and this address waits for the next.
    async fn visited(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
    ) -> Result<Result<Option<Failure>, Failure>, AcquireError> {
        if let Some(done) = self.rested(id, candidate).await? {
            return Ok(Ok(done));
        }
        let have = self.store.validators(&candidate.url, ENCODING)?.filter(|have| have.conditional_since < CONDITIONAL);
        let mut visit = match self.asked(candidate, have.as_ref()).await? {
            Ok(visit) => visit,
            Err(failure) => return self.keep_failure(id, candidate, &failure).map(|()| Ok(Some(failure))),
        };
        match visit.result.clone() {
            Err(failure) if matches!(failure.class, Class::Budget | Class::Parked) => return Ok(Err(failure)),
            Err(failure) => {
                let failure = classify::sharpened(failure, &visit.answer.body);
                self.keep(id, candidate, &visit, Some(&failure), &[], Yield::Nothing)?;
                return Ok(Ok(Some(failure)));
            }
            Ok(()) => {}
        }
        self.summary.bytes += visit.answer.wire;
        let failure = match candidate.step {
            Some(_) => {
                let kept = have.as_ref().filter(|_| visit.answer.not_modified()).map(|have| &have.body);
                self.list(id, candidate, &mut visit, kept).await?
            }
            None => self.document(id, candidate, &visit).await?,
        };
        // The status was good: only the page itself says whether we are welcome.
        match &failure {
            Some(wall) if wall.class == Class::BotWall => self.visitor.wall(&candidate.url, wall),
            _ => self.visitor.welcome(&candidate.url),
        }
        Ok(Ok(failure))
    }

    /// Asks for an address, behind its gate, and once more where the gate had to be opened anew; the failure of a gate
    /// that stays shut.
    async fn asked(
        &mut self,
        candidate: &Candidate,
        have: Option<&Validators>,
    ) -> Result<Result<Visit, Failure>, AcquireError> {
        let opened = match self.gate(candidate).await? {
            Ok(opened) => opened,
            Err(failure) => return Ok(Err(failure)),
        };
        let budget = &self.source.budget;
        let cap = if candidate.step.is_some() { budget.list_mib } else { budget.document_mib } << 20;
        let mut visit = self.visitor.visit(&candidate.url, &Wish { cap, have, opened, once: false }).await;
        if let Some(opened) = self.renewed(candidate, &visit).await? {
            let wish = Wish { cap, have, opened: Some(opened), once: false };
            visit = self.visitor.visit(&candidate.url, &wish).await;
        }
        self.keep_robots()?;
        Ok(Ok(visit))
    }

    /// Keeps a list page with what it names; `kept` are its bytes where they were not sent again.
    pub(super) async fn list(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        visit: &mut Visit,
        kept: Option<&SnapshotId>,
    ) -> Result<Option<Failure>, AcquireError> {
        let Some(url) = visit.answer.url.clone().or_else(|| Url::parse(&candidate.url).ok()) else { return Ok(None) };
        let bytes = match kept {
            Some(body) => self.store.read_blob(body)?,
            None => std::mem::take(&mut visit.answer.body),
        };
        let bytes = Arc::new(bytes);
        let followed = self.follow(candidate, url, &bytes).await;
        if kept.is_none() {
            visit.answer.body = Arc::unwrap_or_clone(bytes);
        }
        let visit = &*visit;
        let followed = followed.and_then(|followed| {
            let names: Vec<String> =
                followed.candidates.iter().filter(|found| found.page == 0).map(|found| found.url.clone()).collect();
            let known = !self.lists.insert(names);
            let circle = known && candidate.page > 0;
            let what = || format!("{} names what another page of its list named", candidate.url);
            if circle { Err(Failure::new(Class::PageLoop, what())) } else { Ok(followed) }
        });
        match followed {
            Ok(followed) => {
                for problem in &followed.problems {
                    (self.tell)(Event::Note(problem.clone()));
                }
                self.keep(id, candidate, visit, None, &followed.candidates, Yield::Nothing)?;
                Ok(None)
            }
            Err(failure) => {
                self.keep(id, candidate, visit, Some(&failure), &[], Yield::Nothing)?;
                Ok(Some(failure))
            }
        }
    }

    /// What a page names, read in the pool.
    pub(super) async fn follow(
        &self,
        candidate: &Candidate,
        url: Url,
        bytes: &Arc<Vec<u8>>,
    ) -> Result<Followed, Failure> {
        let (source, candidate, bytes) = (self.source, candidate.clone(), Arc::clone(bytes));
        let read = move || {
            let followed = source.follow(&candidate, Page { url: &url, bytes: &bytes });
            followed.map_err(|failure| classify::sharpened(failure, &bytes))
        };
        self.pool.run(read).await?
    }

    /// Ends the run, if all that it listed was visited.
    fn end(mut self) -> Result<Summary, AcquireError> {
        let listed = self.store.listed(self.run)?;
        self.summary.listed = listed.len() as u64;
        if self.summary.message.is_some() {
            return Ok(self.summary);
        }
        let at = (self.settings.now)();
        let (lists, documents) = self.store.failed(self.run)?;
        let counted = |count: u64, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let urls: Vec<&str> = listed.iter().map(String::as_str).collect();
        let judged = self.source.expect.judge(&urls, self.store.last_good_listing(&self.source.id)?);
        let (result, message) = match (&self.visitor.declined, judged) {
            (Some(declined), _) => (RunResult::Declined, Some(declined.to_string())),
            (None, Err(failure)) if lists == 0 => {
                self.summary.failures.entry(failure.class).or_insert_with(|| (0, failure.to_string())).0 += 1;
                (RunResult::Failed, Some(failure.to_string()))
            }
            _ if lists > 0 => (RunResult::Failed, Some(format!("{} could not be read", counted(lists, "list page")))),
            _ => {
                self.summary.gone = self.store.mark_unseen_gone(self.run, &at)?.len() as u64;
                if documents == 0 {
                    (RunResult::Complete, None)
                } else {
                    (RunResult::Partial, Some(format!("{} could not be had", counted(documents, "document"))))
                }
            }
        };
        self.store.end_run(self.run, result, &at, message.as_deref())?;
        (self.summary.result, self.summary.message) = (Some(result), message);
        Ok(self.summary)
    }
}
