//! The local store: a folder with a SQLite catalog and the bytes of every answer under their hash.
//!
//! The catalog knows sources, runs, visits, candidates, documents, versions, sightings and events; nothing is
//! deleted by a fetch. Each call that writes is one transaction, durable when it returns, so a process may be
//! killed at any moment; several processes may use one store. Times are handed in: this room has no clock, no
//! network, and extracts nothing.

mod blobs;
mod canonical;
mod derived;
mod documents;
mod error;
mod export;
mod frontier;
mod gc;
mod held;
mod migrate;
mod moment;
mod nouns;
mod read;
mod readonly;
mod status;
mod step;
mod text_of;
mod verify;
mod visits;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::policy::SnapshotId;
use blobs::BlobWriter;
pub use canonical::canonical_text;
pub use derived::Triple;
pub use error::StoreError;
pub use export::{ExportError, Exported};
pub use gc::Collected;
pub use held::Held;
pub use moment::Moment;
pub use nouns::{
    Candidate, CandidateId, DocumentId, EventKind, Failure, LabelFrom, NewCandidate, NewRun, NewSource, NewVisit,
    ReadText, Recorded, Role, RunId, RunResult, Step, Taken, VersionId, VisitId, Yield,
};
pub use read::{EventRow, Select, Stored, Versions};
pub use status::{FailureCount, SourceStatus};
pub use text_of::StaleText;
pub use verify::{Problem, Verified};
pub use visits::Validators;

const CATALOG: &str = "catalog.sqlite";
const LOCK: &str = "lock";
/// Held alone by whoever fetches.
const FETCHING: &str = "fetch.lock";
/// Held alone by whoever opens the catalog: SQLite does not wait for others when a new file goes over to its write-ahead
/// log (<https://www.sqlite.org/wal.html>, "Sometimes Queries Return SQLITE_BUSY In WAL Mode").
const OPENING: &str = "opening";

/// An open store. Several may be open on one folder, in one process or in many.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    db: Connection,
    /// Held shared while the store is open; `gc` needs it alone.
    lock: File,
    read_only: bool,
}

impl Store {
    /// Opens the store in `folder`, making what is missing.
    ///
    /// # Errors
    /// When the folder cannot be written or holds a catalog that is not ours.
    pub fn create(folder: &Path) -> Result<Store, StoreError> {
        for name in [blobs::BLOBS, blobs::TEMPORARY] {
            let path = folder.join(name);
            fs::create_dir_all(&path).map_err(|error| StoreError::io(&path, "created", &error))?;
        }
        Store::opened(folder)
    }

    /// Opens the store in `folder`, which must be one; where it cannot be written, to read it.
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn open(folder: &Path) -> Result<Store, StoreError> {
        if !folder.join(CATALOG).is_file() {
            return Err(StoreError::NoStore(folder.display().to_string()));
        }
        if readonly::is(folder) {
            return Store::open_read_only(folder);
        }
        match Store::create(folder) {
            // The files may be written and the folder not.
            Err(StoreError::ReadOnly(_)) => Store::open_read_only(folder),
            opened => opened,
        }
    }

    /// Whether it can only be read.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    fn opened(folder: &Path) -> Result<Store, StoreError> {
        let lock = locked(&folder.join(LOCK), File::lock_shared)?;
        let _opening = locked(&folder.join(OPENING), File::lock)?;
        let begun = || -> Result<Connection, StoreError> {
            let mut db = Connection::open(folder.join(CATALOG))?;
            migrate::configure(&db)?;
            migrate::log(&db)?;
            migrate::migrate(&mut db, &folder.display().to_string())?;
            Ok(db)
        };
        let db = begun().map_err(|error| error.of(folder))?;
        Ok(Store { folder: folder.to_owned(), db, lock, read_only: false })
    }

    /// Alone in fetching into the store, for as long as the file is open.
    ///
    /// # Errors
    /// `Busy` when another process fetches into it.
    pub fn fetching(&self) -> Result<File, StoreError> {
        let path = self.folder.join(FETCHING);
        let file = locked(&path, |_| Ok(()))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy(
                "another fineprint fetches into it, and no host is asked twice at a time".to_owned(),
            )),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path, "locked", &error)),
        }
    }

    /// Keeps `bytes` under their hash.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<SnapshotId, StoreError> {
        use std::io::Write;
        let mut writer = BlobWriter::new(&self.folder)?;
        writer.write_all(bytes).map_err(|error| StoreError::io(&self.folder.join("blob"), "written", &error))?;
        Ok(writer.finish()?.0)
    }

    /// Where a blob's file is, or would be.
    #[must_use]
    pub fn blob_path(&self, id: &SnapshotId) -> PathBuf {
        blobs::path(&self.folder, id)
    }

    /// Whether a blob's file is there and holds what it held: its bytes are hashed.
    #[must_use]
    pub fn is_sound(&self, id: &SnapshotId) -> bool {
        blobs::is_sound(&self.blob_path(id), id)
    }

    /// A blob's bytes, held against their hash.
    ///
    /// # Errors
    /// When the file is gone, cannot be read, or is not what it was.
    pub fn read_blob(&self, id: &SnapshotId) -> Result<Vec<u8>, StoreError> {
        let path = self.blob_path(id);
        let bytes = fs::read(&path).map_err(|error| StoreError::io(&path, "read", &error))?;
        if blobs::id_of(&bytes) == *id {
            Ok(bytes)
        } else {
            Err(StoreError::Damaged(format!("the stored bytes {} have changed", path.display())))
        }
    }

    /// A transaction that writes: it waits for other writers from its beginning.
    fn write(&mut self) -> Result<Transaction<'_>, StoreError> {
        if self.read_only {
            return Err(StoreError::ReadOnly(self.folder.display().to_string()));
        }
        let begun = self.db.transaction_with_behavior(TransactionBehavior::Immediate);
        begun.map_err(|error| StoreError::from(error).of(&self.folder))
    }
}

/// The lock file at `path`, made if missing, once it is ours as `how` says.
fn locked(path: &Path, how: fn(&File) -> io::Result<()>) -> Result<File, StoreError> {
    let wrong = |error: io::Error| StoreError::io(path, "locked", &error);
    let file = File::options().create(true).append(true).open(path).map_err(wrong)?;
    how(&file).map_err(wrong)?;
    Ok(file)
}
