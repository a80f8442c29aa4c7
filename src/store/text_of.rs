//! Whose change it is: versions told by an older reader are read again before a payer's change is seen in them.

use rusqlite::params;

use super::{ReadText, Store, StoreError, VersionId};
use crate::policy::SnapshotId;

/// A version whose text was read by another reader than today's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleText {
    /// The version.
    pub version: VersionId,
    /// The bytes to read again.
    pub reading: SnapshotId,
}

impl Store {
    /// The versions of one document that another reader than `reader` read; of those read as bytes alone, none.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn stale_texts(&self, source: &str, key: &str, reader: &str) -> Result<Vec<StaleText>, StoreError> {
        let family = reader.split('/').next().unwrap_or(reader);
        let sql = "SELECT v.id, coalesce(v.reading, v.blob) FROM version AS v JOIN document AS d ON d.id = v.document
                   WHERE d.source = ?1 AND d.key = ?2 AND v.reader <> ?3 AND v.reader LIKE ?4 || '/%' ORDER BY v.id";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut stale = Vec::new();
        let mut rows = statement.query(params![source, key, ReadText::reader(reader), family])?;
        while let Some(row) = rows.next()? {
            let reading: String = row.get(1)?;
            if let Some(reading) = SnapshotId::from_hex(&reading) {
                stale.push(StaleText { version: VersionId(row.get(0)?), reading });
            }
        }
        Ok(stale)
    }

    /// Tells a version by its text as it is read today.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn put_text(&mut self, version: VersionId, text: &ReadText) -> Result<(), StoreError> {
        let transaction = self.write()?;
        transaction.execute(
            "UPDATE version SET text_id = coalesce(?2, blob), reader = ?3 WHERE id = ?1",
            params![version.0, text.id.as_ref().map(SnapshotId::as_str), text.reader],
        )?;
        Ok(transaction.commit()?)
    }
}
