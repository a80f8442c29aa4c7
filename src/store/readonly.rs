//! Opening a store that cannot be written: on a disk that takes no writes, or another user's. SQLite wants to write
//! beside a catalog with a write-ahead log even to read it, unless it is told that nobody writes.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, absolute};

use rusqlite::{Connection, OpenFlags};

use super::{CATALOG, LOCK, Store, StoreError, migrate};

/// Whether the system lets nobody here write into the store.
pub(super) fn is(folder: &Path) -> bool {
    [LOCK, CATALOG].iter().any(|name| {
        let opened = File::options().append(true).create(*name == LOCK).open(folder.join(name));
        opened.is_err_and(|error| matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem))
    })
}

impl Store {
    /// Opens the store in `folder` to read it and nothing else; no file is made or changed.
    ///
    /// # Errors
    /// When there is none, or it needs a write before it can be read.
    pub fn open_read_only(folder: &Path) -> Result<Store, StoreError> {
        let catalog = folder.join(CATALOG);
        let wrong = |error| StoreError::io(&catalog, "read", &error);
        let lock = File::open(folder.join(LOCK)).or_else(|_| File::open(&catalog)).map_err(wrong)?;
        // Where files cannot be locked, nobody writes.
        let _ = lock.lock_shared();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let path = absolute(&catalog).map_err(wrong)?;
        // What a writer left in its log would be passed over.
        let log = fs::metadata(folder.join(format!("{CATALOG}-wal"))).is_ok_and(|log| log.len() > 0);
        let address = format!("file://{}{}", escaped(&path), if log { "" } else { "?immutable=1" });
        let shown = folder.display().to_string();
        let db = Connection::open_with_flags(address, flags).map_err(|error| StoreError::from(error).of(folder))?;
        migrate::configure(&db).and_then(|()| migrate::is_current(&db, &shown)).map_err(|error| error.of(folder))?;
        Ok(Store { folder: folder.to_owned(), db, lock, read_only: true })
    }
}

/// `path` as SQLite takes it in an address: `/` between its parts and before a drive.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => out.push(char::from(*byte)),
            b'\\' if cfg!(windows) => out.push('/'),
            byte => out += &format!("%{byte:02X}"),
        }
    }
    if out.starts_with('/') { out } else { format!("/{out}") }
}
