//! Documents, versions and events as others read them.

use rusqlite::{Row, params};
use sha2::{Digest, Sha256};

use super::{DocumentId, EventKind, Moment, Store, StoreError, VersionId};
use crate::policy::{Date, LineOfBusiness, SnapshotId, State};

/// Which versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Versions {
    /// Of each document the one that stands: on the day asked for, or now.
    #[default]
    Current,
    /// All, the oldest first.
    All,
}

/// Which documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Select {
    /// Of this source alone.
    pub source: Option<String>,
    /// Which versions.
    pub versions: Versions,
    /// The version that was met last on or before this day; documents that were first met later are left out.
    pub on: Option<Date>,
    /// Also documents that are no longer listed.
    pub gone: bool,
}

/// A version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The document.
    pub document: DocumentId,
    /// The version.
    pub version: VersionId,
    /// Its source.
    pub source: String,
    /// Its key.
    pub key: String,
    /// The version's number within the document, from 1, in the order in which they were met.
    pub ordinal: u32,
    /// The bytes as served.
    pub blob: SnapshotId,
    /// The bytes to analyze: those as served, or what was taken out of them.
    pub reading: SnapshotId,
    /// By content.
    pub media_type: String,
    /// Source, key and, unless it is the version that stands, `@` and the ordinal, as a path that any system takes.
    pub path: String,
    /// The address of its first sighting.
    pub url: String,
    /// The day on which these words were first retrieved.
    pub retrieved: Option<Date>,
    /// Who pays.
    pub payer: Option<String>,
    /// The title that the list gave.
    pub title: Option<String>,
    /// The payer's number.
    pub number: Option<String>,
    /// The effective date that list or address gave.
    pub effective: Option<Date>,
    /// For whom.
    pub lines_of_business: Vec<LineOfBusiness>,
    /// Where.
    pub states: Vec<State>,
    /// The document is no longer listed.
    pub gone: bool,
}

impl Stored {
    /// The path without the version.
    fn place(&self) -> (String, String) {
        let name = match self.path.split_once('@') {
            Some((name, rest)) => format!("{name}{}", rest.trim_start_matches(|c: char| c.is_ascii_digit())),
            None => self.path.clone(),
        };
        (self.source.clone(), name)
    }
}

/// Something that happened to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The source.
    pub source: String,
    /// The document's key.
    pub key: String,
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Moment,
    /// The ordinal of the version before, where it tells one.
    pub from: Option<u32>,
    /// The ordinal of the version after.
    pub to: Option<u32>,
    /// In words.
    pub detail: String,
}

const DOCUMENTS: &str = "
SELECT d.id, v.id, d.source, d.key, v.ordinal, v.blob, coalesce(v.reading, v.blob), v.media_type,
       (SELECT url FROM sighting WHERE version = v.id ORDER BY visit LIMIT 1), v.retrieved, d.payer, d.title, d.number,
       v.effective, d.lines_of_business, d.states, d.gone_since IS NOT NULL, d.current = v.id,
       EXISTS (SELECT 1 FROM document AS o WHERE o.source = d.source
               AND o.key IN (substr(d.key, 1, length(d.key) - 4), substr(d.key, 1, length(d.key) - 5)))
FROM document AS d JOIN version AS v ON v.document = d.id
WHERE (?1 IS NULL OR d.source = ?1) AND (?4 OR d.gone_since IS NULL)
  AND (?2 OR v.id = CASE WHEN ?3 IS NULL THEN d.current ELSE
    (SELECT s.version FROM sighting AS s JOIN version AS w ON w.id = s.version
     WHERE w.document = d.id AND s.day <= ?3 ORDER BY s.day DESC, s.visit DESC LIMIT 1) END)
ORDER BY d.source, d.key, (SELECT min(day) FROM sighting WHERE version = v.id), v.ordinal";

impl Store {
    /// Versions of documents, in the order of source, path and first day.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn documents(&self, select: &Select) -> Result<Vec<Stored>, StoreError> {
        let mut statement = self.db.prepare_cached(DOCUMENTS)?;
        let on = select.on.map(|date| date.to_string());
        let mut rows = statement.query(params![select.source, select.versions == Versions::All, on, select.gone])?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            documents.extend(stored(row)?);
        }
        // By path, as a walk over the exported files finds them; versions of one document stay by day.
        documents.sort_by_key(Stored::place);
        Ok(documents)
    }

    /// What happened, oldest first, to the documents of one source or of all.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn events(&self, source: Option<&str>) -> Result<Vec<EventRow>, StoreError> {
        let sql = "SELECT d.source, d.key, e.kind, e.at, f.ordinal, t.ordinal, e.detail FROM event AS e
                   JOIN document AS d ON d.id = e.document
                   LEFT JOIN version AS f ON f.id = e.from_version LEFT JOIN version AS t ON t.id = e.to_version
                   WHERE ?1 IS NULL OR d.source = ?1 ORDER BY e.id";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([source])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let (kind, at): (String, String) = (row.get(2)?, row.get(3)?);
            if let (Some(kind), Some(at)) = (EventKind::from_name(&kind), Moment::parse(&at)) {
                let (source, key, detail) = (row.get(0)?, row.get(1)?, row.get(6)?);
                events.push(EventRow { source, key, kind, at, from: row.get(4)?, to: row.get(5)?, detail });
            }
        }
        Ok(events)
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Option<Stored>> {
    let (source, key, ordinal, media_type): (String, String, u32, String) =
        (row.get(2)?, row.get(3)?, row.get(4)?, row.get(7)?);
    let (blob, reading): (String, String) = (row.get(5)?, row.get(6)?);
    let (Some(blob), Some(reading)) = (SnapshotId::from_hex(&blob), SnapshotId::from_hex(&reading)) else {
        return Ok(None);
    };
    let date =
        |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.and_then(|date| date.parse().ok()));
    let stands: Option<bool> = row.get(17)?;
    // `x.pdf` is not `x.pdf.pdf`, unless another document of the source is `x`.
    let whole: bool = row.get(18)?;
    let ending = ending(&media_type);
    let path = path(&source, &key, whole, (stands != Some(true)).then_some(ordinal), ending);
    Ok(Some(Stored {
        document: DocumentId(row.get(0)?),
        version: VersionId(row.get(1)?),
        source,
        key,
        ordinal,
        blob,
        reading,
        media_type,
        path,
        url: row.get(8)?,
        retrieved: date(9)?,
        payer: row.get(10)?,
        title: row.get(11)?,
        number: row.get(12)?,
        effective: date(13)?,
        lines_of_business: list(&row.get::<_, String>(14)?, LineOfBusiness::from_id),
        states: list(&row.get::<_, String>(15)?, State::from_code),
        gone: row.get(16)?,
    }))
}

/// The known names of a JSON array.
fn list<T>(json: &str, from: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let names: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    names.iter().filter_map(|name| from(name)).collect()
}

fn ending(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "pdf",
        "text/html" => "html",
        "text/plain" => "txt",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        _ => "bin",
    }
}

/// A path of letters, digits, dots, dashes and underscores. A key that holds anything else gets a piece of its hash,
/// so that two keys never share a path. A key's own ending is not said twice, unless the `whole` key must be told from
/// one without it.
fn path(source: &str, key: &str, whole: bool, ordinal: Option<u32>, ending: &str) -> String {
    let own = |key: &str| key.strip_suffix(ending).and_then(|stem| stem.strip_suffix('.')).map(str::len);
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let safe = key.len() <= 100 && key.chars().all(fits) && !key.starts_with('.') && !key.ends_with('.');
    let mut name: String = if safe {
        let stem = own(key).filter(|&stem| !whole && stem > 0 && !key[..stem].ends_with('.'));
        key[..stem.unwrap_or(key.len())].to_owned()
    } else {
        let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
        let stem = own(&key.to_ascii_lowercase()).unwrap_or(key.len());
        let short: String = key[..stem].trim_matches('.').chars().take(60).map(plain).collect();
        let hash: String = Sha256::digest(key).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        format!("{short}-{hash}")
    };
    if let Some(ordinal) = ordinal {
        name += &format!("@{ordinal}");
    }
    format!("{source}/{name}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_path_is_safe_and_its_own() {
        assert_eq!(path("s", "mm_0520", false, None, "pdf"), "s/mm_0520.pdf");
        assert_eq!(path("s", "mm_0520", false, Some(2), "pdf"), "s/mm_0520@2.pdf");
        assert_eq!(path("s", "mm_0520.pdf", false, Some(2), "pdf"), "s/mm_0520@2.pdf");
        assert_eq!(path("s", "mm_0520.pdf", true, None, "pdf"), "s/mm_0520.pdf.pdf");
        assert!(path("s", "a/MM.PDF", false, None, "pdf").starts_with("s/a-MM-"));
        let odd = ["../../etc/passwd", "..", "a/b", "a-b", "A-b", "a:b", "https://example.org/a?b=c", "é"];
        let paths: std::collections::BTreeSet<String> =
            odd.iter().map(|key| path("s", key, false, None, "pdf").to_lowercase()).collect();
        assert_eq!(paths.len(), odd.len(), "also where a file system knows no case");
        for path in paths {
            assert_eq!(path.matches('/').count(), 1, "{path}");
            assert!(!path.contains("..") || path.starts_with("s/..-") || !path.contains("/.."), "{path}");
        }
    }
}
