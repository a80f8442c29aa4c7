//! Analyses that were made of versions. They are kept by what made them, and can be made again.

use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError, VersionId};

/// What an analysis was made by: another reader, other rules or other settings make another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Triple {
    /// The reader with its version.
    pub extractor: String,
    /// The content id of the rule set.
    pub rules: String,
    /// A content id of limits, dates and what was told.
    pub settings: String,
}

impl Store {
    /// The analysis of a version by that triple, as JSON, where it was made.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn derived(&self, version: VersionId, triple: &Triple) -> Result<Option<String>, StoreError> {
        let sql = "SELECT analysis FROM derived WHERE version = ? AND extractor = ? AND rules = ? AND settings = ?";
        let keys = params![version.0, triple.extractor, triple.rules, triple.settings];
        Ok(self.db.prepare_cached(sql)?.query_row(keys, |row| row.get(0)).optional()?)
    }

    /// Keeps analyses, each with its version, that one triple each made.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn put_derived(&mut self, made: &[(VersionId, Triple, String)]) -> Result<(), StoreError> {
        let transaction = self.write()?;
        for (version, triple, analysis) in made {
            transaction.execute(
                "INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?, ?)",
                params![version.0, triple.extractor, triple.rules, triple.settings, analysis],
            )?;
        }
        Ok(transaction.commit()?)
    }
}
