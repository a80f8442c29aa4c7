//! What is known of bytes that somebody adds again, and facts that are told anew.

use rusqlite::{OptionalExtension, params};
use serde_json::json;

use super::{Store, StoreError};
use crate::policy::{Date, LineOfBusiness, SnapshotId, State};

/// The days on which one document was met in the same bytes under the same address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The day on which these words were first retrieved, where somebody told it.
    pub first: Option<Date>,
    /// The last of the days.
    pub last: Option<Date>,
}

impl Store {
    /// When the source's document with that key was met in these very bytes under this address; `None` if never.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn held(&self, source: &str, key: &str, blob: &SnapshotId, url: &str) -> Result<Option<Held>, StoreError> {
        let sql = "SELECT v.retrieved, s.day FROM sighting AS s JOIN version AS v ON v.id = s.version
                   JOIN document AS d ON d.id = v.document
                   WHERE d.source = ? AND d.key = ? AND s.blob = ? AND s.url = ? ORDER BY s.day DESC LIMIT 1";
        let days = |row: &rusqlite::Row<'_>| {
            let (first, last): (Option<String>, String) = (row.get(0)?, row.get(1)?);
            Ok(Held { first: first.and_then(|day| day.parse().ok()), last: last.parse().ok() })
        };
        let held = self.db.prepare_cached(sql)?.query_row(params![source, key, blob.as_str(), url], days);
        Ok(held.optional()?)
    }

    /// Puts what is told of a document over what was told before; an empty list or `None` leaves it. Whether
    /// anything became another.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn tell(
        &mut self,
        source: &str,
        key: &str,
        payer: Option<&str>,
        lines_of_business: &[LineOfBusiness],
        states: &[State],
    ) -> Result<bool, StoreError> {
        let lobs = lines_of_business.iter().copied().map(LineOfBusiness::id).collect::<Vec<_>>();
        let states = states.iter().map(State::code).collect::<Vec<_>>();
        let transaction = self.write()?;
        let changed = transaction.execute(
            "UPDATE document SET payer = coalesce(?3, payer), lines_of_business = iif(?4 = '[]', lines_of_business, ?4),
               states = iif(?5 = '[]', states, ?5)
             WHERE source = ?1 AND key = ?2
               AND (payer IS NOT coalesce(?3, payer) OR ?4 NOT IN ('[]', lines_of_business) OR ?5 NOT IN ('[]', states))",
            params![source, key, payer, json!(lobs).to_string(), json!(states).to_string()],
        )?;
        transaction.commit()?;
        Ok(changed > 0)
    }
}
