//! How each source stands: its last good run, what it holds, what fails.

use rusqlite::params;

use super::{Moment, Store, StoreError};

/// How one source stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceStatus {
    /// The source.
    pub source: String,
    /// Who pays.
    pub payer: Option<String>,
    /// When its last complete run ended.
    pub last_good: Option<Moment>,
    /// When its last run began, how it ended (`None`: broken off or at work) and what was said of it.
    pub last_run: Option<(Moment, Option<String>, Option<String>)>,
    /// Documents that are listed.
    pub documents: u64,
    /// Documents that are no longer listed.
    pub gone: u64,
    /// Versions of all of them.
    pub versions: u64,
    /// What the last run still has to visit.
    pub pending: u64,
    /// What failed in the last run, the most frequent first.
    pub failures: Vec<FailureCount>,
}

/// A class of failures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureCount {
    /// The class.
    pub class: String,
    /// How many addresses failed so and were not had later in the run.
    pub count: u64,
    /// One of the addresses.
    pub url: String,
    /// What was said of it last.
    pub message: String,
}

const SOURCES: &str = "
SELECT s.id, s.payer, (SELECT max(ended) FROM run WHERE source = s.id AND result = 'complete'),
       (SELECT count(*) FROM document WHERE source = s.id AND gone_since IS NULL),
       (SELECT count(*) FROM document WHERE source = s.id AND gone_since IS NOT NULL),
       (SELECT count(*) FROM version AS v JOIN document AS d ON d.id = v.document WHERE d.source = s.id),
       r.id, r.started, r.result, r.message,
       (SELECT count(*) FROM candidate WHERE run = r.id AND done IS NULL)
FROM source AS s LEFT JOIN run AS r ON r.id = (SELECT max(id) FROM run WHERE source = s.id)
ORDER BY s.id";

/// With one max(), SQLite takes the other columns from its row: the last failure of each class.
const FAILURES: &str = "
SELECT failure_class, count(DISTINCT url), url, failure_message, max(id) FROM visit AS v
WHERE run = ?1 AND failure_class IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM visit AS later WHERE later.run = ?1 AND later.url = v.url AND later.id > v.id)
GROUP BY failure_class ORDER BY 2 DESC, 1";

impl Store {
    /// How each source stands, by id.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn sources(&self) -> Result<Vec<SourceStatus>, StoreError> {
        let mut statement = self.db.prepare_cached(SOURCES)?;
        let mut rows = statement.query([])?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            let run: Option<i64> = row.get(6)?;
            let moment = |text: Option<String>| text.as_deref().and_then(Moment::parse);
            let began = moment(row.get(7)?);
            let (result, message) = (row.get(8)?, row.get(9)?);
            sources.push(SourceStatus {
                source: row.get(0)?,
                payer: row.get(1)?,
                last_good: moment(row.get(2)?),
                last_run: began.map(|began| (began, result, message)),
                documents: row.get(3)?,
                gone: row.get(4)?,
                versions: row.get(5)?,
                pending: row.get(10)?,
                failures: run.map_or(Ok(Vec::new()), |run| self.failures(run))?,
            });
        }
        Ok(sources)
    }

    /// How many of what the store holds, in a fixed order.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn figures(&self) -> Result<Vec<(&'static str, u64)>, StoreError> {
        let count = |what, sql: &str| Ok((what, self.db.query_row(sql, [], |row| row.get(0))?));
        [
            ("sources", "SELECT count(*) FROM source"),
            ("runs", "SELECT count(*) FROM run"),
            ("visits", "SELECT count(*) FROM visit"),
            ("documents", "SELECT count(*) FROM document"),
            ("documents no longer listed", "SELECT count(*) FROM document WHERE gone_since IS NOT NULL"),
            ("versions", "SELECT count(*) FROM version"),
            ("events", "SELECT count(*) FROM event"),
            ("analyses", "SELECT count(*) FROM derived"),
            ("blobs", "SELECT count(*) FROM blob"),
            ("bytes in blobs", "SELECT coalesce(sum(bytes), 0) FROM blob"),
        ]
        .into_iter()
        .map(|(what, sql)| count(what, sql))
        .collect()
    }

    fn failures(&self, run: i64) -> Result<Vec<FailureCount>, StoreError> {
        let mut statement = self.db.prepare_cached(FAILURES)?;
        let rows = statement.query_map(params![run], |row| {
            Ok(FailureCount { class: row.get(0)?, count: row.get(1)?, url: row.get(2)?, message: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
