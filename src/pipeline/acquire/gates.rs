//! Gates before pages: shut until the user accepted their terms, then opened for the host that they name.

use super::AcquireError;
use super::run::Work;
use super::visitor::{Visit, Wish};
use crate::fetch::source::{Candidate, Gate, Source};
use crate::fetch::{Class, Failure, Opened};
use crate::store::Role;

/// The gate before an address, with its name.
pub(super) fn before<'s>(source: &'s Source, candidate: &Candidate) -> Option<(&'s str, &'s Gate)> {
    let (name, gate) = source.gate.get_key_value(candidate.gate.as_deref()?)?;
    Some((name, gate))
}

/// The failure of an address whose terms nobody accepted.
pub(super) fn shut(source: &Source, candidate: &Candidate, (name, gate): (&str, &Gate)) -> Failure {
    let what = format!(
        "terms stand before {} ({}; accept with `fineprint sources accept {} {name} --by NAME`)",
        candidate.url, gate.text, source.id
    );
    Failure::new(Class::Gate, what)
}

impl Work<'_, '_> {
    /// The header that opens the gate before an address, when there is one and the user accepted its terms.
    pub(super) async fn gate(
        &mut self,
        candidate: &Candidate,
    ) -> Result<Result<Option<Opened>, Failure>, AcquireError> {
        let Some((name, gate)) = before(self.source, candidate) else { return Ok(Ok(None)) };
        if let Some(opened) = self.opened.get(name) {
            return Ok(Ok(opened.clone()));
        }
        if self.store.accepted(&self.source.id, name)?.is_none() {
            return Ok(Err(shut(self.source, candidate, (name, gate))));
        }
        let token = match &gate.token {
            None => None,
            Some(token) => {
                let mut visit = self.visitor.visit(&token.url, &Wish { cap: 1 << 20, ..Wish::default() }).await;
                self.keep_robots()?;
                // That it was asked for is on record; the token itself is nobody's to keep.
                let answer = std::mem::take(&mut visit.answer.body);
                self.keep_beside(Role::Terms, &visit)?;
                let found = visit.result.map(|()| token.find(&answer));
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

    /// A new token, where the answer says that the old one is worn out and the gate has tokens.
    pub(super) async fn renewed(
        &mut self,
        candidate: &Candidate,
        visit: &Visit,
    ) -> Result<Option<Opened>, AcquireError> {
        let tokens = before(self.source, candidate).is_some_and(|(_, gate)| gate.token.is_some());
        if visit.answer.status != Some(401) || !tokens {
            return Ok(None);
        }
        self.opened.clear();
        Ok(self.gate(candidate).await?.unwrap_or_default())
    }
}
