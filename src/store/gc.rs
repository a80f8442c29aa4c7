//! Sweeping what nothing names: blobs of steps that were never kept, temporary files of killed processes.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::verify::files;
use super::{Store, StoreError, blobs};
use crate::policy::SnapshotId;

/// What was swept, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Blobs that nothing names, by hash.
    pub blobs: Vec<String>,
    /// Temporary files.
    pub temporary: u64,
    /// Bytes of all of them.
    pub bytes: u64,
}

const UNNAMED: &str = "
SELECT sha256 FROM blob AS b WHERE NOT EXISTS (SELECT 1 FROM visit WHERE body = b.sha256)
  AND NOT EXISTS (SELECT 1 FROM version WHERE blob = b.sha256 OR reading = b.sha256)
  AND NOT EXISTS (SELECT 1 FROM sighting WHERE blob = b.sha256)
  AND NOT EXISTS (SELECT 1 FROM acceptance WHERE terms = b.sha256)";

impl Store {
    /// Removes blobs that nothing names and temporary files; with `dry_run` only tells them. No visit, version or
    /// sighting is ever removed, so no bytes that were served as one are.
    ///
    /// # Errors
    /// When another process has the store open, or a file cannot be removed.
    pub fn gc(&mut self, dry_run: bool) -> Result<Collected, StoreError> {
        if self.read_only {
            return Err(StoreError::ReadOnly(self.folder.display().to_string()));
        }
        let alone = self.lock.unlock().is_ok() && self.lock.try_lock().is_ok();
        let swept = if alone { self.sweep(dry_run) } else { Err(StoreError::Busy("gc needs it alone".to_owned())) };
        let path = self.folder.join(super::LOCK);
        let shared = self.lock.unlock().and_then(|()| self.lock.lock_shared());
        shared.map_err(|error| StoreError::io(&path, "locked", &error))?;
        swept
    }

    fn sweep(&mut self, dry_run: bool) -> Result<Collected, StoreError> {
        let folder = self.folder.clone();
        let transaction = self.write()?;
        let mut unnamed: BTreeSet<PathBuf> = BTreeSet::new();
        for row in transaction.prepare(UNNAMED)?.query_map([], |row| row.get::<_, String>(0))? {
            unnamed.extend(SnapshotId::from_hex(&row?).map(|id| blobs::path(&folder, &id)));
        }
        let mut rows: BTreeSet<PathBuf> = BTreeSet::new();
        for row in transaction.prepare("SELECT sha256 FROM blob")?.query_map([], |row| row.get::<_, String>(0))? {
            rows.extend(SnapshotId::from_hex(&row?).map(|id| blobs::path(&folder, &id)));
        }
        if !dry_run {
            let sql = UNNAMED.replacen("SELECT sha256 FROM blob AS b", "DELETE FROM blob AS b", 1);
            transaction.execute(&sql, [])?;
        }
        // The rows go first: a blob without a row is swept the next time, a row without its blob would be a loss.
        transaction.commit()?;
        let mut swept = Collected::default();
        for path in files(&folder.join(blobs::BLOBS))? {
            if unnamed.contains(&path) || !rows.contains(&path) {
                swept.bytes += remove(&path, dry_run)?;
                swept.blobs.push(path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
            }
        }
        for path in files(&folder.join(blobs::TEMPORARY))? {
            swept.bytes += remove(&path, dry_run)?;
            swept.temporary += 1;
        }
        Ok(swept)
    }
}

/// Removes a file, unless it is only to be told; its size.
fn remove(path: &std::path::Path, dry_run: bool) -> Result<u64, StoreError> {
    let bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if !dry_run {
        fs::remove_file(path).map_err(|error| StoreError::io(path, "removed", &error))?;
    }
    Ok(bytes)
}
