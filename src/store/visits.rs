//! What earlier visits tell the next one: validators, the last good bytes, terms that were accepted.

use rusqlite::{OptionalExtension, Row, params};

use super::{Moment, Store, StoreError};
use crate::policy::SnapshotId;

/// What makes the next request for an address conditional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validators {
    /// The ETag, byte for byte.
    pub etag: Option<Vec<u8>>,
    /// The Last-Modified, byte for byte.
    pub last_modified: Option<Vec<u8>>,
    /// The bytes that they stand for.
    pub body: SnapshotId,
    /// How many answers since then were 304, so that a request without condition is due now and then.
    pub conditional_since: u32,
}

impl Store {
    /// The validators of the last good answer for `url` under the same Accept-Encoding; `None` also when its bytes are lost
    /// or damaged, so that they are had again.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn validators(&self, url: &str, accept_encoding: &str) -> Result<Option<Validators>, StoreError> {
        let sql = "SELECT v.etag, v.last_modified, v.body,
                     (SELECT count(*) FROM visit AS later WHERE later.url = ?1 AND later.id > v.id AND later.status = 304)
                   FROM visit AS v
                   WHERE v.url = ?1 AND v.accept_encoding = ?2 AND v.status IN (200, 206) AND v.failure_class IS NULL AND v.body IS NOT NULL
                   ORDER BY v.id DESC LIMIT 1";
        let row = |row: &Row<'_>| {
            let (body, conditional_since): (String, u32) = (row.get(2)?, row.get(3)?);
            let (etag, last_modified) = (row.get(0)?, row.get(1)?);
            Ok(SnapshotId::from_hex(&body).map(|body| Validators { etag, last_modified, body, conditional_since }))
        };
        let found = self.db.prepare_cached(sql)?.query_row(params![url, accept_encoding], row).optional()?;
        let Some(validators) = found.flatten() else { return Ok(None) };
        let any = validators.etag.is_some() || validators.last_modified.is_some();
        Ok((any && self.is_sound(&validators.body)).then_some(validators))
    }

    /// How many seconds before `now` an address last gave a sound answer; for a document's, only while that stands
    /// under `key` in the source and is listed.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn since_asked(
        &self,
        source: &str,
        url: &str,
        key: Option<&str>,
        now: &Moment,
    ) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT unixepoch(?4) - unixepoch(max(at)) FROM visit
                   WHERE url = ?2 AND status IN (200, 206, 304) AND failure_class IS NULL
                     AND (?3 IS NULL OR EXISTS (SELECT 1 FROM document
                                                WHERE source = ?1 AND key = ?3 AND url = ?2 AND gone_since IS NULL))";
        let since: Option<i64> =
            self.db.prepare_cached(sql)?.query_row(params![source, url, key, now.as_str()], |row| row.get(0))?;
        Ok(since.and_then(|since| u64::try_from(since).ok()))
    }

    /// The bytes of the last good answer for `url`, and the address that gave them.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn last_body(&self, url: &str) -> Result<Option<(SnapshotId, String)>, StoreError> {
        let sql = "SELECT body, coalesce(final_url, url) FROM visit
                   WHERE url = ? AND body IS NOT NULL AND failure_class IS NULL ORDER BY id DESC LIMIT 1";
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let found: Option<(String, String)> = self.db.prepare_cached(sql)?.query_row([url], row).optional()?;
        Ok(found.and_then(|(body, answered)| Some((SnapshotId::from_hex(&body)?, answered))))
    }

    /// Keeps that a person accepted the terms of a gate.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn accept(
        &mut self,
        source: &str,
        gate: &str,
        terms: Option<&SnapshotId>,
        by: &str,
        at: &Moment,
    ) -> Result<(), StoreError> {
        let size = terms.map(|id| self.blob_size(id)).transpose()?;
        let transaction = self.write()?;
        if let (Some(id), Some(bytes)) = (terms, size) {
            transaction.execute("INSERT OR IGNORE INTO blob VALUES (?, ?)", params![id.as_str(), bytes])?;
        }
        transaction.execute(
            "INSERT OR IGNORE INTO acceptance VALUES (?, ?, ?, ?, ?)",
            params![source, gate, terms.map(SnapshotId::as_str), by, at.as_str()],
        )?;
        Ok(transaction.commit()?)
    }

    /// When the terms of a gate were last accepted.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn accepted(&self, source: &str, gate: &str) -> Result<Option<Moment>, StoreError> {
        let sql = "SELECT max(at) FROM acceptance WHERE source = ? AND gate = ?";
        let at: Option<String> = self.db.query_row(sql, [source, gate], |row| row.get(0))?;
        Ok(at.as_deref().and_then(Moment::parse))
    }
}
