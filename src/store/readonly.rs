//! Opening a store that cannot be written: on a disk that takes no writes, or another user's. SQLite wants to write
//! beside a catalog with a write-ahead log even to read it, unless it is told that nobody writes.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, absolute};

use rusqlite::{Connection, OpenFlags};

use super::{CATALOG, LOCK, Store, StoreError, migrate};

/// Whether the system lets nobody here write the store's files, and why.
fn refusal(folder: &Path) -> Option<ErrorKind> {
    let opened = |name: &str| File::options().append(true).create(name == LOCK).open(folder.join(name));
    let refused = [LOCK, CATALOG].into_iter().filter_map(|name| opened(name).err().map(|error| error.kind()));
    refused.into_iter().find(|kind| matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem))
}

/// Whether the store can only be read.
pub(super) fn is(folder: &Path) -> bool {
    refusal(folder).is_some()
}

impl Store {
    /// Opens the store in `folder` to read it and nothing else.
    ///
    /// # Errors
    /// When there is none, it needs a write before it can be read, or somebody may be writing and it cannot be told what.
    pub fn open_read_only(folder: &Path) -> Result<Store, StoreError> {
        let catalog = folder.join(CATALOG);
        let wrong = |error| StoreError::io(&catalog, "read", &error);
        let lock = File::open(folder.join(LOCK)).or_else(|_| File::open(&catalog)).map_err(wrong)?;
        // Where files cannot be locked, nobody writes.
        let _ = lock.lock_shared();
        let db = match connected(folder, "mode=ro") {
            Ok(db) => db,
            Err(error @ StoreError::Foreign { .. }) => return Err(error),
            Err(error) => {
                // What a writer left in its log would be passed over.
                let log = folder.join(format!("{CATALOG}-wal"));
                if fs::metadata(log).is_ok_and(|log| log.len() > 0) {
                    return Err(error);
                }
                alone(folder, &lock)?;
                connected(folder, "immutable=1")?
            }
        };
        Ok(Store { folder: folder.to_owned(), db, lock, read_only: true })
    }
}

/// Makes sure that nobody writes as long as `lock` is open: on a disk that takes no writes nobody can, else those who
/// could wait.
fn alone(folder: &Path, lock: &File) -> Result<(), StoreError> {
    if refusal(folder) == Some(ErrorKind::ReadOnlyFilesystem) {
        return Ok(());
    }
    let locked = lock.unlock().is_ok() && lock.try_lock().is_ok();
    let busy = || StoreError::Busy("it cannot be written here, and somebody has it open".to_owned());
    if locked { Ok(()) } else { Err(busy().of(folder)) }
}

/// The catalog, opened as `how` says in the address, where it is current.
fn connected(folder: &Path, how: &str) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let catalog = folder.join(CATALOG);
    let path = absolute(&catalog).map_err(|error| StoreError::io(&catalog, "read", &error))?;
    let opened = || -> Result<Connection, StoreError> {
        let db = Connection::open_with_flags(format!("file://{}?{how}", escaped(&path)), flags)?;
        migrate::configure(&db)?;
        migrate::is_current(&db, &folder.display().to_string())?;
        Ok(db)
    };
    opened().map_err(|error| error.of(folder))
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
