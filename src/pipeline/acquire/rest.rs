//! What was asked for not long ago is not asked for again: a document rests for 20 hours, a list for six.

use std::time::Duration;

use super::AcquireError;
use super::kept::key;
use super::run::Work;
use super::visitor::Visit;
use crate::fetch::source::Candidate;
use crate::fetch::{Failure, Url};
use crate::store::{CandidateId, Yield};

impl Work<'_, '_> {
    /// Takes an address as it was, when it rests; what became of it, or `None` when it must be asked for. That a document
    /// was met again is not said: nobody looked.
    pub(super) async fn rested(
        &mut self,
        id: CandidateId,
        candidate: &Candidate,
    ) -> Result<Option<Option<Failure>>, AcquireError> {
        let list = candidate.step.is_some();
        let rest = self.source.rest(list);
        if self.settings.again || rest.is_zero() {
            return Ok(None);
        }
        let (key, now) = ((!list).then(|| key(candidate)), (self.settings.now)());
        let since = self.store.since_asked(&self.source.id, &candidate.url, key, &now)?.map(Duration::from_secs);
        let Some(since) = since.filter(|since| *since < rest) else { return Ok(None) };
        let why = format!("not asked for again: it was {} minutes ago", since.as_secs() / 60);
        let mut visit = Visit::unasked(&candidate.url, &why);
        if !list {
            self.keep(id, candidate, &visit, None, &[], Yield::Nothing)?;
            (self.summary.same, self.summary.rested) = (self.summary.same + 1, self.summary.rested + 1);
            return Ok(Some(None));
        }
        let last = self.store.last_body(&candidate.url)?;
        let Some((body, answered)) = last.filter(|(body, _)| self.store.is_sound(body)) else { return Ok(None) };
        // Its links stand relative to the address that answered.
        visit.answer.url = Url::parse(&answered).ok();
        self.summary.rested += 1;
        self.list(id, candidate, &mut visit, Some(&body)).await.map(Some)
    }
}
