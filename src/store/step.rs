//! One step of a run: a visit, the links that it found and the document that it gave, in one transaction.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::{CandidateId, NewVisit, Recorded, Step, Store, StoreError, VisitId, Yield, blobs, documents, frontier};
use crate::policy::SnapshotId;

impl Store {
    /// Keeps a step, whole or not at all.
    ///
    /// # Errors
    /// When a blob that it names is not there, or the catalog cannot be written.
    pub fn record(&mut self, step: &Step<'_>) -> Result<Recorded, StoreError> {
        let mut named: Vec<&SnapshotId> = step.visit.body.into_iter().collect();
        if let Yield::Document(taken) = &step.gives {
            named.push(taken.blob);
            named.extend(taken.reading);
        }
        let sizes =
            named.into_iter().map(|id| Ok((id, self.blob_size(id)?))).collect::<Result<Vec<_>, StoreError>>()?;
        let transaction = self.write()?;
        for (id, bytes) in sizes {
            transaction.execute("INSERT OR IGNORE INTO blob VALUES (?, ?)", params![id.as_str(), bytes])?;
        }
        let visit = insert_visit(&transaction, &step.visit)?;
        frontier::insert(&transaction, step.visit.run, Some(visit), step.found)?;
        if let Some(CandidateId(candidate)) = step.candidate {
            transaction.execute("UPDATE candidate SET done = ? WHERE id = ?", params![visit.0, candidate])?;
        }
        let mut events = Vec::new();
        let at = documents::At { run: step.visit.run, visit, moment: step.visit.at };
        let document = match &step.gives {
            Yield::Nothing => None,
            Yield::Document(taken) => Some(documents::take(&transaction, &at, taken, &mut events)?),
            Yield::NotModified { key } => documents::not_modified(&transaction, &at, key, &mut events)?,
        };
        transaction.commit()?;
        Ok(Recorded { visit, document, events })
    }

    /// The size of a blob's file, which must be there before a row names it.
    pub(super) fn blob_size(&self, id: &SnapshotId) -> Result<u64, StoreError> {
        let path = blobs::path(&self.folder, id);
        let metadata = std::fs::metadata(&path).map_err(|error| StoreError::io(&path, "found", &error))?;
        Ok(metadata.len())
    }
}

fn insert_visit(transaction: &Transaction<'_>, visit: &NewVisit<'_>) -> Result<VisitId, StoreError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO visit (run, role, url, final_url, hops, at, ip, status, accept_encoding, etag, last_modified, headers,
                            body, wire_len, robots, delay_ms, attempt, failure_class, failure_message)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    statement.execute(params![
        visit.run.0,
        visit.role.as_str(),
        visit.url,
        visit.final_url,
        json!(visit.hops).to_string(),
        visit.at.as_str(),
        visit.ip,
        visit.status,
        visit.accept_encoding,
        visit.etag,
        visit.last_modified,
        headers(visit.headers).to_string(),
        visit.body.map(SnapshotId::as_str),
        visit.wire_len,
        visit.robots,
        visit.delay_ms,
        visit.attempt,
        visit.failure.map(|failure| failure.class),
        visit.failure.map(|failure| failure.message),
    ])?;
    Ok(VisitId(transaction.last_insert_rowid()))
}

/// Headers as an array of pairs. A value that is not UTF-8 is an object with its bytes in hexadecimal.
fn headers(headers: &[(String, Vec<u8>)]) -> Value {
    let value = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => json!(text),
        Err(_) => json!({"hex": bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()}),
    };
    headers.iter().map(|(name, bytes)| json!([name, value(bytes)])).collect()
}
