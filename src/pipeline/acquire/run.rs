//! One source into the store: from its first addresses, or from where a run was broken off, to its end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use super::kept::{ENCODING, begin, day, key};
use super::visitor::{Visit, Visitor, Wish};
use super::{AcquireError, AcquireSettings, Defined, Event, classify, runtime};
use crate::fetch::source::{Candidate, Page, Source};
use crate::fetch::{Class, Failure, Opened, Url};
use crate::pipeline::keep::{self, KeepError};
use crate::policy::{LineOfBusiness, SnapshotId, State};
use crate::store::{CandidateId, EventKind, LabelFrom, RunId, RunResult, Store, Taken, Validators, Yield};

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
    /// Documents that are no longer listed.
    pub gone: u64,
    /// Addresses that gave nothing, by class.
    pub failures: BTreeMap<Class, (u64, String)>,
    /// Answers with a body, and their bytes.
    pub bytes: u64,
}

/// Works one source.
pub(super) fn run(
    folder: &Path,
    defined: &Defined,
    settings: &AcquireSettings,
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
        visitor,
        tell,
        summary: Summary::default(),
        opened: BTreeMap::new(),
        inline: (String::new(), BTreeMap::new()),
        lists: BTreeSet::new(),
        lob: source.business(),
        states: source.in_states(),
        done: 0,
    };
    runtime()?.block_on(work.all())?;
    work.end()
}

pub(super) struct Work<'a> {
    pub(super) store: Store,
    pub(super) run: RunId,
    source: &'a Source,
    pub(super) settings: &'a AcquireSettings,
    pub(super) visitor: Visitor<'a>,
    tell: &'a dyn Fn(Event),
    summary: Summary,
    opened: BTreeMap<String, Option<Opened>>,
    /// The list whose documents stand in it, and their pages by address.
    inline: (String, BTreeMap<String, String>),
    /// What pages named, to tell pages that lead in a circle.
    lists: BTreeSet<Vec<String>>,
    lob: Vec<LineOfBusiness>,
    states: Vec<State>,
    done: u64,
}

/// Whether a run goes on.
enum Going {
    On,
    /// It ends here, and the next run goes on with the same address.
    Later(Failure),
}

impl Work<'_> {
    async fn all(&mut self) -> Result<(), AcquireError> {
        loop {
            let pending = self.store.pending(self.run)?;
            if pending.is_empty() {
                return Ok(());
            }
            let mut left = pending.len() as u64;
            for row in pending {
                left -= 1;
                let candidate: Candidate = serde_json::from_str(&row.data).unwrap_or_default();
                let listed = row.data.contains("\"listed\":true");
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
            self.listed_one(id, candidate)?
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
        (self.tell)(Event::Visited { url: candidate.url.clone(), done: self.done, left, failure });
        Ok(Going::On)
    }

    /// Visits and keeps what came; `Err` where the run ends and this address waits for the next.
    async fn visited(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
    ) -> Result<Result<Option<Failure>, Failure>, AcquireError> {
        let have = self.store.validators(&candidate.url, ENCODING)?.filter(|have| have.conditional_since < CONDITIONAL);
        let opened = match self.gate(candidate.gate.as_deref()).await? {
            Ok(opened) => opened,
            Err(failure) => return self.keep_failure(id, candidate, &failure).map(|()| Ok(Some(failure))),
        };
        let budget = &self.source.budget;
        let cap = if candidate.step.is_some() { budget.list_mib } else { budget.document_mib } << 20;
        let mut wish = Wish { cap, have: have.as_ref(), opened };
        let mut visit = self.visitor.visit(&candidate.url, &wish).await;
        let renews = candidate
            .gate
            .as_ref()
            .is_some_and(|gate| self.source.gate.get(gate).is_some_and(|gate| gate.token.is_some()));
        if visit.answer.status == Some(401) && renews {
            self.opened.clear();
            if let Ok(opened) = self.gate(candidate.gate.as_deref()).await? {
                wish.opened = opened;
                visit = self.visitor.visit(&candidate.url, &wish).await;
            }
        }
        self.keep_robots()?;
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
            Some(_) => self.list(id, candidate, &visit, have.as_ref())?,
            None => self.document(id, candidate, &visit)?,
        };
        // The status was good: only the page itself says whether we are welcome.
        match &failure {
            Some(wall) if wall.class == Class::BotWall => self.visitor.wall(&candidate.url, wall),
            _ => self.visitor.welcome(&candidate.url),
        }
        Ok(Ok(failure))
    }

    /// The header that opens a gate, when the user accepted its terms.
    async fn gate(&mut self, name: Option<&str>) -> Result<Result<Option<Opened>, Failure>, AcquireError> {
        let Some((name, gate)) = name.and_then(|name| self.source.gate.get_key_value(name)) else {
            return Ok(Ok(None));
        };
        if let Some(opened) = self.opened.get(name) {
            return Ok(Ok(opened.clone()));
        }
        let source = &self.source.id;
        if self.store.accepted(source, name)?.is_none() {
            let what = format!(
                "terms stand before it ({}; accept with `fineprint sources accept {source} {name}`)",
                gate.text
            );
            return Ok(Err(Failure::new(Class::Gate, what)));
        }
        let token = match &gate.token {
            None => None,
            Some(token) => {
                let visit = self.visitor.visit(&token.url, &Wish { cap: 1 << 20, ..Wish::default() }).await;
                self.keep_robots()?;
                let found = visit.result.map(|()| token.find(&visit.answer.body));
                match found {
                    Ok(Some(token)) => Some(token),
                    Ok(None) => return Ok(Err(Failure::new(Class::Gate, format!("{} gave no token", token.url)))),
                    Err(failure) => return Ok(Err(failure)),
                }
            }
        };
        let opened = gate.opened(token.as_deref());
        self.opened.insert(name.to_owned(), opened.clone());
        Ok(Ok(opened))
    }

    /// Keeps a list page with what it names.
    fn list(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        visit: &Visit,
        have: Option<&Validators>,
    ) -> Result<Option<Failure>, AcquireError> {
        let kept;
        let bytes = match have.filter(|_| visit.answer.not_modified()) {
            Some(have) => {
                kept = self.store.read_blob(&have.body)?;
                &kept
            }
            None => &visit.answer.body,
        };
        let Some(url) = visit.answer.url.clone().or_else(|| Url::parse(&candidate.url).ok()) else { return Ok(None) };
        let followed = self.source.follow(candidate, Page { url: &url, bytes });
        let followed = followed.map_err(|failure| classify::sharpened(failure, bytes)).and_then(|followed| {
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

    /// Keeps a document, or what came instead as evidence.
    fn document(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        visit: &Visit,
    ) -> Result<Option<Failure>, AcquireError> {
        if visit.answer.not_modified() {
            let key = key(candidate);
            self.summary.same += 1;
            self.keep(id, candidate, visit, None, &[], Yield::NotModified { key })?;
            return Ok(None);
        }
        let home = classify::led_home(&candidate.url, visit.answer.url.as_ref()).map_or(Ok(()), Err);
        let reading = match home.and_then(|()| self.source.document(candidate, &visit.answer.body)) {
            Ok(reading) => reading,
            Err(failure) => {
                let failure = match classify::page_class(&visit.answer.body) {
                    Some(class) if failure.class == Class::WrongKind => Failure { class, ..failure },
                    _ => failure,
                };
                self.keep(id, candidate, visit, Some(&failure), &[], Yield::Nothing)?;
                return Ok(Some(failure));
            }
        };
        let raw = self.store.put_blob(&visit.answer.body)?;
        let made = matches!(reading.bytes, std::borrow::Cow::Owned(_));
        let reading = reading.bytes.into_owned();
        self.take(id, candidate, visit, &raw, reading, made)
    }

    /// A document that stands in a list that was kept before.
    fn listed_one(&mut self, id: CandidateId, candidate: &Candidate) -> Result<Option<Failure>, AcquireError> {
        let visit = Visit {
            url: candidate.url.clone(),
            answer: crate::fetch::Answer::default(),
            result: Ok(()),
            robots: "stands in its list".to_owned(),
            waited: Duration::ZERO,
            attempt: 1,
        };
        let lost = || Failure::new(Class::IndexChanged, format!("{} is not in its list any more", candidate.url));
        let Some((raw, page)) = self.in_list(&candidate.url)? else {
            self.keep(id, candidate, &visit, Some(&lost()), &[], Yield::Nothing)?;
            return Ok(Some(lost()));
        };
        self.take(id, candidate, &visit, &raw, page.into_bytes(), true)
    }

    /// The page of a document of a list, and the list's own bytes.
    fn in_list(&mut self, wanted: &str) -> Result<Option<(SnapshotId, String)>, AcquireError> {
        for start in self.source.starts() {
            let Some(visit) = self.store.latest_visit(&start.url)? else { continue };
            // After "not modified" the bytes are those of the last answer that had some.
            let body = match visit.body {
                Some(body) => Some(body),
                None => self.store.validators(&start.url, ENCODING)?.map(|have| have.body),
            };
            let Some(body) = body else { continue };
            let known = format!("{} {}", start.url, body.as_str());
            if self.inline.0 != known {
                let (bytes, Ok(url)) = (self.store.read_blob(&body)?, Url::parse(&start.url)) else { continue };
                let found = self.source.follow(&start, Page { url: &url, bytes: &bytes }).unwrap_or_default();
                let pages = found.candidates.into_iter().filter_map(|found| Some((found.url, found.inline?))).collect();
                self.inline = (known, pages);
            }
            if let Some(page) = self.inline.1.get(wanted) {
                return Ok(Some((body, page.clone())));
            }
        }
        Ok(None)
    }

    fn take(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        visit: &Visit,
        raw: &SnapshotId,
        reading: Vec<u8>,
        made: bool,
    ) -> Result<Option<Failure>, AcquireError> {
        let key = key(candidate);
        let page = if made { Some(self.store.put_blob(&reading)?) } else { None };
        let read = match keep::read(&mut self.store, &self.source.id, key, reading, &self.settings.reading) {
            Ok(read) => read,
            Err(KeepError::NotKept { code, message }) => {
                let failure = classify::unkept(&code, &message, &candidate.url);
                self.keep(id, candidate, visit, Some(&failure), &[], Yield::Nothing)?;
                return Ok(Some(failure));
            }
            Err(KeepError::Store(error)) => return Err(error.into()),
            Err(error) => return Err(Failure::new(Class::NotAPolicy, error.to_string()).into()),
        };
        let at = (self.settings.now)();
        let meta = |name: &str| candidate.meta.get(name).map(String::as_str);
        let (lob, states) = (self.lob.clone(), self.states.clone());
        let taken = Taken {
            key,
            url: &candidate.url,
            blob: raw,
            reading: page.as_ref(),
            text: Some(&read.text),
            media_type: read.media_type,
            retrieved: Some(at.date()),
            payer: Some(&self.source.payer),
            title: meta("title"),
            number: meta("number"),
            effective: day(candidate, "effective"),
            revision: meta("revision"),
            label_from: (meta("effective").is_some() || meta("revision").is_some()).then_some(LabelFrom::Page),
            lines_of_business: &lob,
            states: &states,
        };
        let events = self.keep(id, candidate, visit, None, &[], Yield::Document(taken))?;
        let has = |kind: EventKind| events.contains(&kind);
        let count = if has(EventKind::New) {
            &mut self.summary.new
        } else if has(EventKind::Changed) {
            &mut self.summary.changed
        } else {
            &mut self.summary.same
        };
        *count += 1;
        Ok(None)
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
        let urls: Vec<&str> = listed.iter().map(String::as_str).collect();
        let judged = self.source.expect.judge(&urls, self.store.last_good_listing(&self.source.id)?);
        let (result, message) = match (&self.visitor.declined, judged) {
            (Some(declined), _) => (RunResult::Declined, Some(declined.to_string())),
            (None, Err(failure)) if lists == 0 => {
                self.summary.failures.entry(failure.class).or_insert_with(|| (0, failure.to_string())).0 += 1;
                (RunResult::Failed, Some(failure.to_string()))
            }
            _ if lists > 0 => (RunResult::Failed, Some(format!("{lists} list pages could not be read"))),
            _ => {
                self.summary.gone = self.store.mark_unseen_gone(self.run, &at)?.len() as u64;
                if documents == 0 {
                    (RunResult::Complete, None)
                } else {
                    (RunResult::Partial, Some(format!("{documents} documents could not be had")))
                }
            }
        };
        self.store.end_run(self.run, result, &at, message.as_deref())?;
        (self.summary.result, self.summary.message) = (Some(result), message);
        Ok(self.summary)
    }
}
