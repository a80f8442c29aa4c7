//! Sources, runs, and what a run still has to visit: all that is needed to go on after a break.

use rusqlite::{OptionalExtension, Transaction, params};

use super::{
    Candidate, CandidateId, DocumentId, EventKind, Moment, NewCandidate, NewRun, NewSource, RunId, RunResult, Store,
    StoreError, VisitId, blobs,
};

impl Store {
    /// Keeps a source, or its new definition. Older definitions stay with the runs that used them.
    ///
    /// # Errors
    /// When the catalog cannot be written, or the id is none.
    pub fn put_source(&mut self, source: &NewSource<'_>) -> Result<(), StoreError> {
        let hash = blobs::id_of(source.definition.as_bytes());
        let transaction = self.write()?;
        transaction
            .execute("INSERT OR IGNORE INTO definition VALUES (?, ?)", params![hash.as_str(), source.definition])?;
        transaction.execute(
            "INSERT INTO source VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET payer = coalesce(?2, payer), definition = ?3",
            params![source.id, source.payer, hash.as_str(), source.at.as_str()],
        )?;
        Ok(transaction.commit()?)
    }

    /// Begins a run.
    ///
    /// # Errors
    /// When the source is not there, or the catalog cannot be written.
    pub fn begin_run(&mut self, run: &NewRun<'_>) -> Result<RunId, StoreError> {
        let transaction = self.write()?;
        transaction.execute(
            "INSERT INTO run (source, definition, started, tool, config)
             VALUES (?1, (SELECT definition FROM source WHERE id = ?1), ?2, ?3, ?4)",
            params![run.source, run.started.as_str(), run.tool, run.config],
        )?;
        let id = RunId(transaction.last_insert_rowid());
        transaction.commit()?;
        Ok(id)
    }

    /// The newest run of `source` that was broken off; one that another process is at work on looks the same.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn unfinished_run(&self, source: &str) -> Result<Option<RunId>, StoreError> {
        let sql = "SELECT id FROM run WHERE source = ? AND ended IS NULL ORDER BY id DESC LIMIT 1";
        Ok(self.db.query_row(sql, [source], |row| row.get(0).map(RunId)).optional()?)
    }

    /// Ends a run.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn end_run(
        &mut self,
        run: RunId,
        result: RunResult,
        at: &Moment,
        message: Option<&str>,
    ) -> Result<(), StoreError> {
        let transaction = self.write()?;
        transaction.execute(
            "UPDATE run SET ended = ?, result = ?, message = ? WHERE id = ?",
            params![at.as_str(), result.as_str(), message, run.0],
        )?;
        Ok(transaction.commit()?)
    }

    /// Ends the runs of `source` that another definition of it began: what they listed is not what it lists now.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn end_outdated(&mut self, source: &str, at: &Moment) -> Result<(), StoreError> {
        let transaction = self.write()?;
        transaction.execute(
            "UPDATE run SET ended = ?2, result = 'failed', message = 'its source was described anew before it ended'
             WHERE source = ?1 AND ended IS NULL AND definition <> (SELECT definition FROM source WHERE id = ?1)",
            params![source, at.as_str()],
        )?;
        Ok(transaction.commit()?)
    }

    /// How many documents the last complete run of `source` listed.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn last_good_listing(&self, source: &str) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM candidate WHERE run = r.id AND role = 'document') FROM run AS r
                   WHERE source = ? AND result = 'complete' ORDER BY id DESC LIMIT 1";
        Ok(self.db.query_row(sql, [source], |row| row.get(0)).optional()?)
    }

    /// Keeps what a run begins with; those that are there already are left as they are. How many were new.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn add_candidates(&mut self, run: RunId, candidates: &[NewCandidate<'_>]) -> Result<usize, StoreError> {
        let transaction = self.write()?;
        let new = insert(&transaction, run, None, candidates)?;
        transaction.commit()?;
        Ok(new)
    }

    /// The addresses of the documents that a run listed, in the order in which they were found.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn listed(&self, run: RunId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT url FROM candidate WHERE run = ? AND role = 'document' ORDER BY id";
        let mut statement = self.db.prepare_cached(sql)?;
        Ok(statement.query_map([run.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// How many lists and documents of a run were visited in vain.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn failed(&self, run: RunId) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT coalesce(sum(c.role <> 'document'), 0), coalesce(sum(c.role = 'document'), 0)
                   FROM candidate AS c JOIN visit AS v ON v.id = c.done WHERE c.run = ? AND v.failure_class IS NOT NULL";
        Ok(self.db.query_row(sql, [run.0], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// What a run still has to visit, in the order in which it was found.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn pending(&self, run: RunId) -> Result<Vec<Candidate>, StoreError> {
        let sql = "SELECT id, url, data FROM candidate WHERE run = ? AND done IS NULL ORDER BY id";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([run.0], |row| {
            Ok(Candidate { id: CandidateId(row.get(0)?), url: row.get(1)?, data: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Says of the source's documents that this run did not meet that they are gone. For a run whose lists were whole.
    /// A document that was listed and could not be had is not gone.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn mark_unseen_gone(&mut self, run: RunId, at: &Moment) -> Result<Vec<DocumentId>, StoreError> {
        let transaction = self.write()?;
        let sql = "SELECT d.id FROM document AS d JOIN run AS r ON r.id = ?1 AND r.source = d.source
                   WHERE d.gone_since IS NULL AND d.last_run <> ?1
                     AND NOT EXISTS (SELECT 1 FROM candidate AS c WHERE c.run = ?1 AND (c.key = d.key OR c.url = d.url))
                   ORDER BY d.id";
        let gone: Vec<i64> =
            transaction.prepare(sql)?.query_map([run.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for id in &gone {
            transaction.execute("UPDATE document SET gone_since = ? WHERE id = ?", params![at.as_str(), id])?;
            transaction.execute(
                "INSERT INTO event (document, kind, at, run, from_version, detail)
                 SELECT id, ?2, ?3, ?4, current, 'no longer listed' FROM document WHERE id = ?1",
                params![id, EventKind::Gone.as_str(), at.as_str(), run.0],
            )?;
        }
        transaction.commit()?;
        Ok(gone.into_iter().map(DocumentId).collect())
    }
}

/// Inserts candidates found at `from`; how many were new.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    run: RunId,
    from: Option<VisitId>,
    candidates: &[NewCandidate<'_>],
) -> Result<usize, StoreError> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO candidate (run, from_visit, role, url, key, title, number, effective, revision, anchor, selector, data)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, role, url) DO NOTHING",
    )?;
    let mut new = 0;
    for c in candidates {
        let effective = c.effective.map(|date| date.to_string());
        new += statement.execute(params![
            run.0,
            from.map(|visit| visit.0),
            c.role.as_str(),
            c.url,
            c.key,
            c.title,
            c.number,
            effective,
            c.revision,
            c.anchor,
            c.selector,
            c.data
        ])?;
    }
    Ok(new)
}
