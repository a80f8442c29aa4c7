//! From an answer, or from a row of a list that was kept before, to a document in the store.

use std::borrow::Cow;
use std::sync::Arc;

use super::kept::{day, key};
use super::run::Work;
use super::visitor::Visit;
use super::{AcquireError, classify};
use crate::fetch::source::Candidate;
use crate::fetch::{Class, Failure, Url};
use crate::pipeline::keep::{KeepError, Unread, Words};
use crate::policy::SnapshotId;
use crate::store::{CandidateId, LabelFrom, Taken, Yield};

impl Work<'_, '_> {
    /// Keeps a document, or what came instead as evidence.
    pub(super) async fn document(
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
        match home.and_then(|()| self.source.document(candidate, &visit.answer.body)) {
            Ok(reading) => {
                let raw = self.store.put_blob(&visit.answer.body)?;
                self.take(id, candidate, visit, &raw, reading.bytes).await
            }
            Err(failure) => {
                let failure = classify::sharpened(failure, &visit.answer.body);
                self.nothing(id, candidate, visit, failure)
            }
        }
    }

    /// Keeps a visit that gave no document, and why.
    fn nothing(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        visit: &Visit,
        failure: Failure,
    ) -> Result<Option<Failure>, AcquireError> {
        self.keep(id, candidate, visit, Some(&failure), &[], Yield::Nothing)?;
        Ok(Some(failure))
    }

    /// A document that stands in a list that was kept before.
    pub(super) async fn listed_one(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
    ) -> Result<Option<Failure>, AcquireError> {
        let visit = Visit::unasked(&candidate.url, "stands in its list");
        let Some((raw, page)) = self.in_list(&candidate.url).await? else {
            let lost = Failure::new(Class::IndexChanged, format!("{} is not in its list any more", candidate.url));
            return self.nothing(id, candidate, &visit, lost);
        };
        self.take(id, candidate, &visit, &raw, Cow::Owned(page.into_bytes())).await
    }

    /// The page of a document of a list, and the list's own bytes.
    async fn in_list(&mut self, wanted: &str) -> Result<Option<(SnapshotId, String)>, AcquireError> {
        for start in self.source.starts() {
            let Some((body, answered)) = self.store.last_body(&start.url)? else { continue };
            let known = format!("{} {}", start.url, body.as_str());
            if self.inline.0 != known {
                let (bytes, Ok(url)) = (self.store.read_blob(&body)?, Url::parse(&answered)) else { continue };
                let found = self.follow(&start, url, &Arc::new(bytes)).await.unwrap_or_default();
                let pages = found.candidates.into_iter().filter_map(|found| Some((found.url, found.inline?))).collect();
                self.inline = (known, pages);
            }
            if let Some(page) = self.inline.1.get(wanted) {
                return Ok(Some((body, page.clone())));
            }
        }
        Ok(None)
    }

    /// Reads and keeps a document; what was made of fields is kept beside the bytes as served.
    async fn take(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
        visit: &Visit,
        raw: &SnapshotId,
        reading: Cow<'_, [u8]>,
    ) -> Result<Option<Failure>, AcquireError> {
        let made = matches!(reading, Cow::Owned(_));
        let page = if made { Some(self.store.put_blob(&reading)?) } else { None };
        let words = match self.words(candidate, visit, page.as_ref().unwrap_or(raw), reading.into_owned()).await? {
            Ok(words) => words,
            Err(failure) => return self.nothing(id, candidate, visit, failure),
        };
        let read = words.kept(&mut self.store)?;
        let (lob, states) = (self.lob.clone(), self.states.clone());
        let meta = |name: &str| candidate.meta.get(name).map(String::as_str);
        let taken = Taken {
            key: key(candidate),
            url: &candidate.url,
            blob: raw,
            reading: page.as_ref(),
            text: Some(&read.text),
            media_type: read.media_type,
            retrieved: Some((self.settings.now)().date()),
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
        *self.summary.of(&events) += 1;
        Ok(None)
    }

    /// The words of a document whose bytes are kept as `blob`, or why it is none.
    async fn words(
        &mut self,
        candidate: &Candidate,
        visit: &Visit,
        blob: &SnapshotId,
        bytes: Vec<u8>,
    ) -> Result<Result<Words, Failure>, AcquireError> {
        let settings = &self.settings.reading;
        let unread = Unread::of(&self.store, &self.source.id, key(candidate), bytes)?;
        match self.pool.run(move || unread.read(settings)).await? {
            Ok(words) => Ok(self.like_absent(candidate, visit, &words.text).await?.map_or(Ok(words), Err)),
            Err(KeepError::NotKept { code, message }) => {
                Ok(Err(classify::unkept(&code, &message, &candidate.url, &self.store.read_blob(blob)?)))
            }
            Err(KeepError::Store(error)) => Err(error.into()),
            Err(error) => Err(Failure::new(Class::NotAPolicy, error.to_string()).into()),
        }
    }
}
