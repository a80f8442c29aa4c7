//! What a host answers for an address that is not there. Some say so with status 200 and a page in words that nobody has
//! listed; so before the first HTML page of a host is believed, one address beside it is asked for that cannot be
//! there, once a run. A page that says little else than that answer is none.

use std::collections::BTreeSet;

use super::AcquireError;
use super::run::Work;
use super::visitor::{Visit, Wish};
use crate::extract::{self, Limits};
use crate::fetch::source::Candidate;
use crate::fetch::{Class, Failure, Url};
use crate::policy::MediaType;
use crate::store::Role;

/// Runs of three words that a page must have of its own to be believed, however much of it is the site's frame.
const OWN: usize = 30;

/// What a host answers for what is not there: all runs of three words of a page with status 200, or nothing where it
/// says that it is not there.
#[derive(Clone, Debug, Default)]
pub(super) struct Absent(BTreeSet<String>);

impl Absent {
    fn of(text: &str) -> Absent {
        Absent(threes(text).collect())
    }

    /// Whether a page says little else: three of its four runs are those of that answer, and few are its own.
    fn is_like(&self, text: &str) -> bool {
        let all: BTreeSet<String> = threes(text).collect();
        let own = all.difference(&self.0).count();
        !self.0.is_empty() && own < OWN && own * 4 <= all.len()
    }
}

/// All runs of three words.
fn threes(text: &str) -> impl Iterator<Item = String> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    (0..words.len().saturating_sub(2)).map(move |at| words[at..at + 3].join(" "))
}

/// An address beside another that nobody ever gave to a page.
fn beside(url: &Url, run: i64) -> Option<Url> {
    let (folder, file) = url.path().rsplit_once('/')?;
    let ending = file.rsplit_once('.').map_or(String::new(), |(_, ending)| format!(".{ending}"));
    let mut absent = url.clone();
    absent.set_query(None);
    absent.set_path(&format!("{folder}/no-such-page-{run}-of-fineprint{ending}"));
    Some(absent)
}

impl Work<'_, '_> {
    /// The failure of a page that is what its host answers for any address.
    pub(super) async fn like_absent(
        &mut self,
        candidate: &Candidate,
        visit: &Visit,
        text: &str,
    ) -> Result<Option<Failure>, AcquireError> {
        let html = extract::sniff(&visit.answer.body) == MediaType::Html;
        let Some(url) = visit.answer.url.as_ref().filter(|_| html) else { return Ok(None) };
        let host = url.origin().ascii_serialization();
        if !self.absent.contains_key(&host) {
            let absent = match beside(url, self.run.0) {
                Some(absent) => self.asked_for_nothing(&absent).await?,
                None => Absent::default(),
            };
            self.absent.insert(host.clone(), absent);
        }
        let like = self.absent.get(&host).is_some_and(|absent| absent.is_like(text));
        let what = || format!("{} is the page that {host} gives for any address that is not there", candidate.url);
        Ok(like.then(|| Failure::new(Class::SoftNotFound, what())))
    }

    /// Asks for what is not there. Whatever goes wrong, nothing is known then.
    async fn asked_for_nothing(&mut self, absent: &Url) -> Result<Absent, AcquireError> {
        let wish = Wish { cap: 1 << 20, once: true, ..Wish::default() };
        let mut visit = self.visitor.visit(absent.as_str(), &wish).await;
        if std::mem::replace(&mut visit.result, Ok(())).is_err() {
            visit.answer.body = Vec::new();
        }
        if visit.answer.status.is_some() {
            self.keep_beside(Role::Api, &visit)?;
        }
        let body = visit.answer.body;
        let read = move || {
            let limits = Limits { max_bytes: 1 << 20, max_text_bytes: 1 << 20, ..Limits::default() };
            // An error page by its words gives nothing: pages like it are told by theirs.
            extract::extract(&body, &limits).map_or_else(|_| Absent::default(), |page| Absent::of(&page.text))
        };
        Ok(self.pool.run(read).await.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_its_own_words_is_believed_whatever_the_frame() {
        let frame: String = (0..400).map(|n| format!("menu{n} ")).collect();
        let absent = Absent::of(&format!("{frame} This bulletin has left the shelf, dear visitor of /p/no-such-page"));
        let check = |words: &str, like: bool| assert_eq!(absent.is_like(words), like, "{words}");
        check(&format!("{frame} This bulletin has left the shelf, dear visitor of /p/lp-000"), true);
        let policy: String = (0..40).map(|n| format!("criterion{n} ")).collect();
        check(&format!("{frame} {policy}"), false);
        check("Knee injections are considered investigational for all indications.", false);
        check("", true);
        assert!(!Absent::default().is_like("anything at all"));
    }

    #[test]
    fn what_cannot_be_there_lies_beside_what_is() {
        let check = |url: &str, expected: &str| {
            let found = beside(&Url::parse(url).expect("an address"), 7).expect("it has a folder");
            assert_eq!(found.as_str(), expected);
        };
        check("https://a.test/p/x.html?v=2", "https://a.test/p/no-such-page-7-of-fineprint.html");
        check("https://a.test/", "https://a.test/no-such-page-7-of-fineprint");
    }
}
