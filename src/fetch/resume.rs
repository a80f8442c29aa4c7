//! A body that was cut: its rest is asked for by a range, under the strong validator of what came before.
//!
//! Only a 200 with a strong `ETag` (RFC 9110, 13.1.5) and no packing can be gone on with. What comes must say
//! that it goes on at the very byte, of the same length and under the same validator; then the whole must have that
//! length. Anything else is refused, and the whole is asked for again. Nothing of a cut body is ever stored.

use super::ask::Answer;
use super::{Class, Failure};

/// The beginning of a body, in memory until the rest has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    etag: Vec<u8>,
    whole: Option<u64>,
    bytes: Vec<u8>,
}

impl Cut {
    /// What can be gone on with of an answer whose body broke off; `whole` is its length, where that is known.
    pub(super) fn of(answer: &Answer, whole: Option<Option<u64>>, bytes: Vec<u8>) -> Option<Cut> {
        let etag = answer.header("etag").filter(|etag| etag.starts_with(b"\""))?.to_vec();
        let plain = answer.header("content-encoding").is_none_or(|coding| coding == b"identity");
        let refused = answer.header("accept-ranges").is_some_and(|ranges| ranges == b"none");
        let told = || std::str::from_utf8(answer.header("content-length")?).ok()?.trim().parse().ok();
        let whole = whole.unwrap_or_else(told);
        let useful = !bytes.is_empty() && whole.is_none_or(|whole| (bytes.len() as u64) < whole);
        (plain && !refused && useful).then_some(Cut { etag, whole, bytes })
    }

    /// The bytes that came.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn etag(&self) -> &[u8] {
        &self.etag
    }

    pub(super) fn whole(&self) -> Option<u64> {
        self.whole
    }

    /// The `Range` of what is missing.
    pub(super) fn range(&self) -> Vec<u8> {
        format!("bytes={}-", self.bytes.len()).into_bytes()
    }

    /// Whether a 206 goes on where the bytes end.
    ///
    /// # Errors
    /// `status` for another range, another length, another validator, or a packed part.
    pub(super) fn continued(&self, answer: &Answer) -> Result<(), Failure> {
        let wrong = |what: &str| Err(Failure::new(Class::Status, format!("the rest of a cut answer {what}")));
        let Some((from, whole)) = answer.header("content-range").and_then(range) else {
            return wrong("does not say where it begins");
        };
        if from != self.bytes.len() as u64 {
            return wrong("begins elsewhere than it was asked for");
        }
        if self.whole.is_some_and(|known| known != whole) {
            return wrong("is that of an answer of another length");
        }
        if answer.header("etag").is_some_and(|etag| etag != self.etag) {
            return wrong("is that of other bytes");
        }
        if answer.header("content-encoding").is_some_and(|coding| coding != b"identity") {
            return wrong("is packed");
        }
        Ok(())
    }

    /// Whether what was put together has the length that the answer gave.
    ///
    /// # Errors
    /// `truncated` when it has another.
    pub(super) fn is_whole(&self, answer: &Answer, found: u64) -> Result<(), Failure> {
        match answer.header("content-range").and_then(range) {
            Some((_, whole)) if whole == found => Ok(()),
            _ => Err(Failure::new(Class::Truncated, format!("an answer that was gone on with has {found} bytes"))),
        }
    }
}

/// Where `bytes 5-9/10` begins and how long the whole is; only of ranges that go on to the end.
fn range(value: &[u8]) -> Option<(u64, u64)> {
    let (places, whole) = std::str::from_utf8(value).ok()?.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (from, to) = places.split_once('-')?;
    let (from, to, whole): (u64, u64, u64) = (from.parse().ok()?, to.parse().ok()?, whole.parse().ok()?);
    (from <= to && to.checked_add(1) == Some(whole)).then_some((from, whole))
}
