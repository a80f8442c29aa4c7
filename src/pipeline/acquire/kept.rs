//! What a run keeps in the store: its first addresses, each step with what it gave, the answers for robots.txt.

use serde_json::Value;

use super::run::Work;
use super::visitor::Visit;
use super::{AcquireError, AcquireSettings, Defined};
use crate::fetch::source::Candidate;
use crate::fetch::{Failure, Url};
use crate::policy::Date;
use crate::store::{
    self, CandidateId, EventKind, Moment, NewCandidate, NewRun, NewSource, NewVisit, Role, RunId, Step, Store, Yield,
};

/// What is asked to be packed as; validators hold for it alone.
pub(super) const ENCODING: &str = "gzip";

/// The run to go on with, or a new one with the source's first addresses.
pub(super) fn begin(store: &mut Store, defined: &Defined, settings: &AcquireSettings) -> Result<RunId, AcquireError> {
    let (source, at) = (&defined.source, (settings.now)());
    store.put_source(&NewSource { id: &source.id, payer: Some(&source.payer), definition: &defined.text, at: &at })?;
    store.end_outdated(&source.id, &at)?;
    if let Some(run) = store.unfinished_run(&source.id)? {
        // One that was killed before its first addresses were kept has none.
        add(store, run, &source.starts())?;
        return Ok(run);
    }
    let config = serde_json::json!({
        "user_agent": settings.client.user_agent, "floor_s": source.floor().as_secs_f64(),
        "requests": source.budget.requests, "mib": source.budget.mib, "hours": source.budget.hours,
    });
    let config = config.to_string();
    let run = store.begin_run(&NewRun { source: &source.id, started: &at, tool: &settings.tool, config: &config })?;
    add(store, run, &source.starts())?;
    Ok(run)
}

fn add(store: &mut Store, run: RunId, candidates: &[Candidate]) -> Result<(), AcquireError> {
    let kept: Vec<Kept<'_>> = candidates.iter().map(Kept::of).collect();
    let rows: Vec<NewCandidate<'_>> = kept.iter().map(Kept::row).collect();
    store.add_candidates(run, &rows)?;
    Ok(())
}

/// Marks a candidate whose document stands in the list itself; its words are not kept a second time.
const LISTED: &str = "listed";

/// A candidate from what the store keeps of it, and whether its document stands in its list.
pub(super) fn from_kept(data: &str) -> (Candidate, bool) {
    let data: Value = serde_json::from_str(data).unwrap_or_default();
    let listed = data[LISTED] == true;
    (serde_json::from_value(data).unwrap_or_default(), listed)
}

/// A candidate beside what the store keeps of it.
struct Kept<'a> {
    candidate: &'a Candidate,
    data: String,
}

impl<'a> Kept<'a> {
    fn of(candidate: &'a Candidate) -> Kept<'a> {
        let mut data = serde_json::to_value(candidate).unwrap_or_default();
        if candidate.inline.is_some() {
            data[LISTED] = Value::Bool(true);
        }
        Kept { candidate, data: data.to_string() }
    }

    fn row(&self) -> NewCandidate<'_> {
        let meta = |name: &str| self.candidate.meta.get(name).map(String::as_str);
        let role = match self.candidate.step.as_deref() {
            None => Role::Document,
            Some(_) if self.candidate.anchor.is_some() => Role::Detail,
            Some(_) => Role::Index,
        };
        NewCandidate {
            role,
            url: &self.candidate.url,
            key: self.candidate.key.as_deref(),
            title: meta("title"),
            number: meta("number"),
            effective: day(self.candidate, "effective"),
            revision: meta("revision"),
            anchor: self.candidate.anchor.as_deref(),
            selector: self.candidate.selector.as_deref(),
            data: &self.data,
        }
    }
}

pub(super) fn day(candidate: &Candidate, name: &str) -> Option<Date> {
    candidate.meta.get(name)?.parse().ok()
}

impl Work<'_, '_> {
    /// One step as one transaction.
    pub(super) fn keep(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        visit: &Visit,
        failure: Option<&Failure>,
        found: &[Candidate],
        gives: Yield<'_>,
    ) -> Result<Vec<EventKind>, AcquireError> {
        let role = Kept::of(candidate).row().role;
        let kept: Vec<Kept<'_>> = found.iter().map(Kept::of).collect();
        let rows: Vec<NewCandidate<'_>> = kept.iter().map(Kept::row).collect();
        self.record(Some(id), role, visit, failure, &rows, gives)
    }

    fn record(
        &mut self,
        id: Option<CandidateId>,
        role: Role,
        visit: &Visit,
        failure: Option<&Failure>,
        found: &[NewCandidate<'_>],
        gives: Yield<'_>,
    ) -> Result<Vec<EventKind>, AcquireError> {
        let answer = &visit.answer;
        let body = if answer.body.is_empty() { None } else { Some(self.store.put_blob(&answer.body)?) };
        let at: Moment = (self.settings.now)();
        let ip = answer.ip.map(|ip| ip.to_string());
        let message = failure.map(Failure::to_string);
        let kept = NewVisit {
            final_url: answer.url.as_ref().map(Url::as_str),
            hops: &answer.hops,
            ip: ip.as_deref(),
            status: answer.status,
            accept_encoding: ENCODING,
            etag: answer.header("etag"),
            last_modified: answer.header("last-modified"),
            headers: &answer.headers,
            body: body.as_ref(),
            wire_len: body.as_ref().map(|_| answer.wire),
            robots: Some(&visit.robots),
            delay_ms: u64::try_from(visit.waited.as_millis()).unwrap_or(u64::MAX),
            attempt: visit.attempt,
            failure: failure
                .zip(message.as_deref())
                .map(|(failure, message)| store::Failure { class: failure.class.id(), message }),
            ..NewVisit::of(self.run, role, &visit.url, &at)
        };
        Ok(self.store.record(&Step { visit: kept, candidate: id, found, gives })?.events)
    }

    pub(super) fn keep_failure(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        failure: &Failure,
    ) -> Result<(), AcquireError> {
        let visit = Visit::unasked(&candidate.url, "");
        self.keep(id, candidate, &visit, Some(failure), &[], Yield::Nothing).map(|_| ())
    }

    /// Keeps a visit that no list named.
    pub(super) fn keep_beside(&mut self, role: Role, visit: &Visit) -> Result<(), AcquireError> {
        self.record(None, role, visit, visit.result.as_ref().err(), &[], Yield::Nothing).map(|_| ())
    }

    /// Keeps the answers for robots.txt.
    pub(super) fn keep_robots(&mut self) -> Result<(), AcquireError> {
        for visit in std::mem::take(&mut self.visitor.robots) {
            self.keep_beside(Role::Robots, &visit)?;
        }
        Ok(())
    }
}

/// What makes it the same document next time: its key, or else its address.
pub(super) fn key(candidate: &Candidate) -> &str {
    candidate.key.as_deref().unwrap_or(&candidate.url)
}
