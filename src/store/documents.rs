//! From what a visit gave to documents, versions, sightings and events.
//!
//! A document is known by its source's key. Its version is the canonical text, or the bytes where there is no
//! text; bytes that were met before are the version that they were. The current version is that of the latest day.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::json;

use super::{DocumentId, EventKind, Moment, RunId, StoreError, Taken, VersionId, VisitId};
use crate::policy::{LineOfBusiness, MediaType, SnapshotId, State};

/// How many sightings back a text that returns counts as one that is served by turns.
const FLAP_SIGHTINGS: i64 = 6;

/// Who kept bytes that nobody read.
const UNREAD: &str = "bytes";

/// Where and when something happens.
pub(super) struct At<'a> {
    pub run: RunId,
    pub visit: VisitId,
    pub moment: &'a Moment,
}

/// A document's row as far as decisions need it.
struct Known {
    id: i64,
    url: String,
    current: Option<i64>,
    gone: bool,
}

/// Keeps a document that a visit gave.
pub(super) fn take(
    transaction: &Transaction<'_>,
    at: &At<'_>,
    taken: &Taken<'_>,
    events: &mut Vec<EventKind>,
) -> Result<(DocumentId, VersionId), StoreError> {
    let known = known(transaction, at.run, taken.key)?;
    let document = match &known {
        Some(known) => known.id,
        None => insert_document(transaction, at, taken)?,
    };
    update_document(transaction, at, taken, document)?;
    let mut log = Log { transaction, at, document, events };
    let previous = known.as_ref().and_then(|known| known.current);
    if let Some(known) = &known {
        log.returned(known)?;
        log.moved(known, taken)?;
    }
    let found = find_version(transaction, document, taken)?;
    let flapped = match (found, previous) {
        (Some(found), Some(previous)) => found != previous && stood_lately(transaction, document, found)?,
        _ => false,
    };
    let version = match found {
        Some(version) => {
            log.reissued(version, taken)?;
            met_earlier(transaction, version, taken)?;
            version
        }
        None => insert_version(transaction, document, taken)?,
    };
    let day = taken.retrieved.map_or_else(|| at.moment.day().to_owned(), |day| day.to_string());
    transaction.execute(
        "INSERT INTO sighting VALUES (?, ?, ?, ?, ?)",
        params![at.visit.0, version, taken.blob.as_str(), taken.url, day],
    )?;
    let current = make_current(transaction, document)?;
    match previous {
        None => log.add(EventKind::New, None, Some(version), "met for the first time")?,
        Some(previous) if current != previous => {
            let (kind, detail) = if flapped {
                (EventKind::Flapping, "a text that stood a few sightings ago is served again")
            } else {
                (EventKind::Changed, "its text is another")
            };
            log.add(kind, Some(previous), Some(current), detail)?;
        }
        Some(_) => {}
    }
    Ok((DocumentId(document), VersionId(version)))
}

/// Keeps that the current version of a known document was confirmed.
pub(super) fn not_modified(
    transaction: &Transaction<'_>,
    at: &At<'_>,
    key: &str,
    events: &mut Vec<EventKind>,
) -> Result<Option<(DocumentId, VersionId)>, StoreError> {
    let Some(known) = known(transaction, at.run, key)? else { return Ok(None) };
    let Some(version) = known.current else { return Ok(None) };
    Log { transaction, at, document: known.id, events }.returned(&known)?;
    transaction.execute(
        "UPDATE document SET last_seen = ?, last_run = ?, gone_since = NULL WHERE id = ?",
        params![at.moment.as_str(), at.run.0, known.id],
    )?;
    transaction.execute(
        "INSERT INTO sighting SELECT ?1, version, blob, url, ?2 FROM sighting WHERE version = ?3 ORDER BY visit DESC LIMIT 1",
        params![at.visit.0, at.moment.day(), version],
    )?;
    Ok(Some((DocumentId(known.id), VersionId(version))))
}

/// The document with that key of the run's source.
fn known(transaction: &Transaction<'_>, run: RunId, key: &str) -> Result<Option<Known>, StoreError> {
    let sql = "SELECT d.id, d.url, d.current, d.gone_since IS NOT NULL FROM document AS d JOIN run AS r ON r.source = d.source
               WHERE r.id = ? AND d.key = ?";
    let known = |row: &rusqlite::Row<'_>| {
        Ok(Known { id: row.get(0)?, url: row.get(1)?, current: row.get(2)?, gone: row.get(3)? })
    };
    Ok(transaction.prepare_cached(sql)?.query_row(params![run.0, key], known).optional()?)
}

fn insert_document(transaction: &Transaction<'_>, at: &At<'_>, taken: &Taken<'_>) -> Result<i64, StoreError> {
    transaction.execute(
        "INSERT INTO document (source, key, url, lines_of_business, states, first_seen, last_seen, last_run)
         SELECT source, ?2, ?3, '[]', '[]', ?4, ?4, ?1 FROM run WHERE id = ?1",
        params![at.run.0, taken.key, taken.url, at.moment.as_str()],
    )?;
    Ok(transaction.last_insert_rowid())
}

/// Puts what is known now over what was known; what is not told stays.
fn update_document(transaction: &Transaction<'_>, at: &At<'_>, taken: &Taken<'_>, id: i64) -> Result<(), StoreError> {
    let lobs = taken.lines_of_business.iter().copied().map(LineOfBusiness::id).collect::<Vec<_>>();
    let states = taken.states.iter().map(State::code).collect::<Vec<_>>();
    transaction.prepare_cached(
        "UPDATE document SET url = ?2, payer = coalesce(?3, payer), title = coalesce(?4, title), number = coalesce(?5, number),
           lines_of_business = iif(?6 = '[]', lines_of_business, ?6), states = iif(?7 = '[]', states, ?7),
           last_seen = ?8, last_run = ?9, gone_since = NULL WHERE id = ?1",
    )?.execute(params![
        id,
        taken.url,
        taken.payer,
        taken.title,
        taken.number,
        json!(lobs).to_string(),
        json!(states).to_string(),
        at.moment.as_str(),
        at.run.0
    ])?;
    Ok(())
}

/// The version that these bytes or these words are; the current one first, then the oldest.
fn find_version(transaction: &Transaction<'_>, document: i64, taken: &Taken<'_>) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT v.id FROM version AS v JOIN document AS d ON d.id = v.document
               WHERE d.id = ?1 AND (v.text_id = ?2 OR EXISTS (SELECT 1 FROM sighting WHERE version = v.id AND blob = ?3))
               ORDER BY v.id = d.current DESC, v.ordinal LIMIT 1";
    let mut statement = transaction.prepare_cached(sql)?;
    Ok(statement.query_row(params![document, text_id(taken), taken.blob.as_str()], |row| row.get(0)).optional()?)
}

fn text_id<'a>(taken: &Taken<'a>) -> &'a str {
    taken.text.and_then(|text| text.id.as_ref()).unwrap_or(taken.blob).as_str()
}

fn insert_version(transaction: &Transaction<'_>, document: i64, taken: &Taken<'_>) -> Result<i64, StoreError> {
    transaction.execute(
        "INSERT INTO version (document, ordinal, blob, reading, media_type, text_id, reader, effective, revision, label_from, retrieved)
         VALUES (?1, 1 + (SELECT coalesce(max(ordinal), 0) FROM version WHERE document = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            document,
            taken.blob.as_str(),
            taken.reading.map(SnapshotId::as_str),
            taken.media_type.as_str(),
            text_id(taken),
            taken.text.map_or(UNREAD, |text| &text.reader),
            taken.effective.map(|date| date.to_string()),
            taken.revision,
            taken.label_from.map(super::LabelFrom::as_str),
            taken.retrieved.map(|date| date.to_string()),
        ],
    )?;
    Ok(transaction.last_insert_rowid())
}

/// Words that are known were had on an earlier day than was known.
fn met_earlier(transaction: &Transaction<'_>, version: i64, taken: &Taken<'_>) -> Result<(), StoreError> {
    if let Some(day) = taken.retrieved {
        transaction.execute(
            "UPDATE version SET retrieved = ?2 WHERE id = ?1 AND (retrieved IS NULL OR retrieved > ?2)",
            params![version, day.to_string()],
        )?;
    }
    Ok(())
}

/// Whether `version` was met among the last few sightings of its document.
fn stood_lately(transaction: &Transaction<'_>, document: i64, version: i64) -> Result<bool, StoreError> {
    let sql = "SELECT ?2 IN (SELECT s.version FROM sighting AS s JOIN version AS v ON v.id = s.version
                             WHERE v.document = ?1 ORDER BY s.visit DESC LIMIT ?3)";
    Ok(transaction.query_row(sql, params![document, version, FLAP_SIGHTINGS], |row| row.get(0))?)
}

/// Makes the version of the latest sighting, by day and then by order, the current one.
fn make_current(transaction: &Transaction<'_>, document: i64) -> Result<i64, StoreError> {
    let sql = "UPDATE document SET current = (
                 SELECT s.version FROM sighting AS s JOIN version AS v ON v.id = s.version
                 WHERE v.document = ?1 ORDER BY s.day DESC, s.visit DESC LIMIT 1) WHERE id = ?1 RETURNING current";
    Ok(transaction.prepare_cached(sql)?.query_row([document], |row| row.get(0))?)
}

/// Writes events of one document.
struct Log<'t, 'a> {
    transaction: &'t Transaction<'t>,
    at: &'t At<'a>,
    document: i64,
    events: &'t mut Vec<EventKind>,
}

impl Log<'_, '_> {
    fn add(&mut self, kind: EventKind, from: Option<i64>, to: Option<i64>, detail: &str) -> Result<(), StoreError> {
        let At { run, visit, moment } = self.at;
        self.transaction.execute(
            "INSERT INTO event (document, kind, at, run, visit, from_version, to_version, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            params![self.document, kind.as_str(), moment.as_str(), run.0, visit.0, from, to, detail],
        )?;
        self.events.push(kind);
        Ok(())
    }

    fn returned(&mut self, known: &Known) -> Result<(), StoreError> {
        if known.gone { self.add(EventKind::Back, None, known.current, "listed again") } else { Ok(()) }
    }

    /// Another address that was never met, while the old one was not met in this run: one document may have several.
    fn moved(&mut self, known: &Known, taken: &Taken<'_>) -> Result<(), StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sighting AS s JOIN version AS v ON v.id = s.version JOIN visit AS i ON i.id = s.visit
                                  WHERE v.document = ?1 AND (s.url = ?2 OR s.url = ?3 AND i.run = ?4))";
        let run = self.at.run.0;
        let met: bool = self
            .transaction
            .prepare_cached(sql)?
            .query_row(params![self.document, taken.url, known.url, run], |row| row.get(0))?;
        if met {
            return Ok(());
        }
        self.add(EventKind::Moved, known.current, None, &format!("from {} to {}", known.url, taken.url))
    }

    /// The same text under another label, or as another file where files are not made anew for each request.
    fn reissued(&mut self, version: i64, taken: &Taken<'_>) -> Result<(), StoreError> {
        let sql = "SELECT effective, revision, EXISTS (SELECT 1 FROM sighting WHERE version = ?1 AND blob = ?2)
                   FROM version WHERE id = ?1";
        type Label = (Option<String>, Option<String>, bool);
        let (effective, revision, same_file): Label = self
            .transaction
            .prepare_cached(sql)?
            .query_row(params![version, taken.blob.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let other = |old: &Option<String>, new: Option<String>| new.filter(|new| old.as_ref() != Some(new));
        let label = other(&effective, taken.effective.map(|date| date.to_string()));
        let label = label.or_else(|| other(&revision, taken.revision.map(str::to_owned)));
        if let Some(label) = label {
            self.transaction.execute(
                "UPDATE version SET effective = coalesce(?2, effective), revision = coalesce(?3, revision) WHERE id = ?1",
                params![version, taken.effective.map(|date| date.to_string()), taken.revision],
            )?;
            return self.add(
                EventKind::Reissued,
                None,
                Some(version),
                &format!("the same text under the label {label}"),
            );
        }
        let made_anew = matches!(taken.media_type, MediaType::Html | MediaType::Text | MediaType::Other(_));
        if same_file || made_anew {
            return Ok(());
        }
        self.add(EventKind::Reissued, None, Some(version), "the same text in another file")
    }
}
