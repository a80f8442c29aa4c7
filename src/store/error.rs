//! Why the store could not do something, and what to do.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no store in the folder.
    #[error(
        "there is no store in {0}: name its folder with --store, or begin one with `fineprint fetch` or `fineprint add`"
    )]
    NoStore(String),
    /// The catalog was written by a later fineprint, or by another program.
    #[error("the catalog in {folder} is {found}: {hint}")]
    Foreign {
        /// The folder.
        folder: String,
        /// What it is.
        found: String,
        /// What to do.
        hint: &'static str,
    },
    /// The disk, a quota or a file's size is used up.
    #[error(
        "the disk of the store is full ({0}): make room and run the command again, nothing that was complete is lost"
    )]
    Full(String),
    /// Another process works on the store.
    #[error("another process works on the store ({0}): wait for it to end and try again")]
    Busy(String),
    /// The store can only be read.
    #[error("the store in {0} cannot be written: check the folder's permissions and the disk, or copy it elsewhere")]
    ReadOnly(String),
    /// A file of the store could not be read or written.
    #[error("{what} could not be {action} ({reason}): check the folder's permissions and the disk")]
    Io {
        /// The file.
        what: String,
        /// "read", "written" and so on.
        action: &'static str,
        /// The system's reason.
        reason: String,
    },
    /// Bytes are not what they were.
    #[error("{0}: run `fineprint store verify`, and fetch or add the document again")]
    Damaged(String),
    /// The catalog refused; a fault of the program or of the catalog.
    #[error("the catalog refused: {0}; run `fineprint store verify`")]
    Catalog(String),
}

impl StoreError {
    /// A short name for outputs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::NoStore(_) => "no-store",
            StoreError::Foreign { .. } => "store-foreign",
            StoreError::Full(_) => "store-full",
            StoreError::Busy(_) => "store-busy",
            StoreError::ReadOnly(_) => "store-read-only",
            StoreError::Io { .. } => "store-io",
            StoreError::Damaged(_) => "store-damaged",
            StoreError::Catalog(_) => "store-catalog",
        }
    }

    /// The error of a file operation on `path`.
    pub(super) fn io(path: &Path, action: &'static str, error: &io::Error) -> StoreError {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        let what = path.display().to_string();
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => StoreError::Full(format!("{what} could not be {action}")),
            _ => StoreError::Io { what, action, reason: error.to_string() },
        }
    }
}

impl StoreError {
    /// The same of the store in `folder`, where the catalog told it and knows no path.
    pub(super) fn of(self, folder: &Path) -> StoreError {
        let named = |what: String| format!("{}: {what}", folder.display());
        match self {
            StoreError::Full(what) => StoreError::Full(named(what)),
            StoreError::Busy(what) => StoreError::Busy(named(what)),
            StoreError::Damaged(what) => StoreError::Damaged(named(what)),
            StoreError::Catalog(what) => StoreError::Catalog(named(what)),
            StoreError::ReadOnly(_) => StoreError::ReadOnly(folder.display().to_string()),
            other => other,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        let message = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full(message),
            // Writing past a file size limit or a quota surfaces as an I/O error of the write.
            Some(ErrorCode::SystemIoFailure) if is_write(&error) => StoreError::Full(message),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => StoreError::ReadOnly(message),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(message),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged(format!("the catalog is damaged ({message})"))
            }
            _ => StoreError::Catalog(message),
        }
    }
}

fn is_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE};
    matches!(error, rusqlite::Error::SqliteFailure(failure, _)
        if matches!(failure.extended_code, SQLITE_IOERR_WRITE | SQLITE_IOERR_TRUNCATE | SQLITE_IOERR_SHMSIZE))
}
