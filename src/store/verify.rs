//! Holding a store against itself: every blob against its hash, the catalog against its own laws.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Store, StoreError, blobs};
use crate::policy::SnapshotId;

/// Something in the store that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, and where.
    pub what: String,
    /// What to do.
    pub hint: &'static str,
}

/// What was held against what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Blobs whose bytes were hashed.
    pub blobs: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Files that no row names: left by a process that was killed. No harm; `gc` sweeps them.
    pub unreferenced: u64,
    /// Temporary files of writers at work, or killed.
    pub temporary: u64,
}

const FETCH_AGAIN: &str = "fetch or add the document again: its bytes are then kept anew";
const CATALOG: &str = "restore the catalog from a backup, or export what can be read and begin a new store";

/// Laws that no CHECK can hold, each as a query for what breaks it.
const LAWS: [(&str, &str); 4] = [
    ("a document without a version that stands", "SELECT source || '/' || key FROM document WHERE current IS NULL"),
    (
        "a document whose standing version is another document's",
        "SELECT d.source || '/' || d.key FROM document AS d JOIN version AS v ON v.id = d.current WHERE v.document <> d.id",
    ),
    (
        "a version that was never met",
        "SELECT 'version ' || id FROM version AS v WHERE NOT EXISTS (SELECT 1 FROM sighting WHERE version = v.id)",
    ),
    (
        "a version of a failed visit",
        "SELECT 'visit ' || v.id FROM sighting AS s JOIN visit AS v ON v.id = s.visit WHERE v.failure_class IS NOT NULL",
    ),
];

impl Store {
    /// Hashes every blob and checks the catalog.
    ///
    /// # Errors
    /// When the catalog cannot be read at all; what is wrong inside is a problem of the result.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let mut verified = Verified::default();
        self.check_catalog(&mut verified)?;
        let mut rows: Vec<(String, u64)> = Vec::new();
        let mut statement = self.db.prepare("SELECT sha256, bytes FROM blob ORDER BY sha256")?;
        for row in statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            rows.push(row?);
        }
        let mut named = BTreeSet::new();
        for (hex, bytes) in &rows {
            if let Some(id) = SnapshotId::from_hex(hex) {
                named.insert(blobs::path(&self.folder, &id));
                self.check_blob(&id, *bytes, &mut verified);
            }
        }
        for path in files(&self.folder.join(blobs::BLOBS))? {
            verified.unreferenced += u64::from(!named.contains(&path));
        }
        verified.temporary = files(&self.folder.join(blobs::TEMPORARY))?.len() as u64;
        Ok(verified)
    }

    fn check_catalog(&self, verified: &mut Verified) -> Result<(), StoreError> {
        let mut statement = self.db.prepare("PRAGMA integrity_check")?;
        for row in statement.query_map([], |row| row.get::<_, String>(0))? {
            let row = row?;
            if row != "ok" {
                verified.problems.push(Problem { what: format!("the catalog: {row}"), hint: CATALOG });
            }
        }
        let mut statement = self.db.prepare("SELECT \"table\", rowid FROM pragma_foreign_key_check")?;
        for row in statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))? {
            let (table, row) = row?;
            let what = format!("the catalog: row {} of {table} names what is not there", row.unwrap_or(0));
            verified.problems.push(Problem { what, hint: CATALOG });
        }
        for (law, query) in LAWS {
            let mut statement = self.db.prepare(query)?;
            for row in statement.query_map([], |row| row.get::<_, String>(0))? {
                verified.problems.push(Problem { what: format!("{law}: {}", row?), hint: CATALOG });
            }
        }
        Ok(())
    }

    fn check_blob(&self, id: &SnapshotId, bytes: u64, verified: &mut Verified) {
        let path = blobs::path(&self.folder, id);
        let mut wrong = |what: String| {
            verified.problems.push(Problem { what: format!("blob {}: {what}", id.as_str()), hint: FETCH_AGAIN });
        };
        match blobs::hash_file(&path) {
            Ok((found, size)) if found == *id && size == bytes => {
                verified.blobs += 1;
                verified.bytes += size;
            }
            Ok((_, size)) if size != bytes => wrong(format!("has {size} bytes instead of {bytes}")),
            Ok(_) => wrong("its bytes have changed".to_owned()),
            Err(error) => wrong(format!("cannot be read ({error})")),
        }
    }
}

/// Every file below `folder`, in order.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let wrong = |error: std::io::Error| StoreError::io(folder, "listed", &error);
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        entries.push(entry.map_err(wrong)?.path());
    }
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
