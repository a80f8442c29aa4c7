//! The one look at the clock: when something is put into a store.

use std::time::{SystemTime, UNIX_EPOCH};

use fineprint::store::Moment;

/// Now, in UTC.
#[expect(clippy::disallowed_methods, reason = "what is put into a store says when; no analysis depends on it")]
pub(crate) fn now() -> Moment {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Moment::from_unix(i64::try_from(seconds).unwrap_or(i64::MAX))
}
