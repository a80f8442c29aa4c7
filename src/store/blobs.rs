//! Bytes by their SHA-256 in a folder. A blob is written to a temporary file, flushed to the disk and renamed,
//! so that a name in the folder always stands for all of its bytes, whenever the process is killed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::StoreError;
use crate::policy::SnapshotId;

/// Where temporary files lie: on the same disk, so that a rename is one step.
pub(super) const TEMPORARY: &str = "tmp";

/// Where blobs lie.
pub(super) const BLOBS: &str = "blobs";

/// The path of a blob below `folder`: `blobs/ab/cd/<hash>`, never a name that a server gave.
pub(super) fn path(folder: &Path, id: &SnapshotId) -> PathBuf {
    let hex = id.as_str();
    folder.join(BLOBS).join(&hex[..2]).join(&hex[2..4]).join(hex)
}

/// Takes bytes as they come and keeps them under their hash at the end. Dropped before, it leaves nothing.
#[derive(Debug)]
pub(super) struct BlobWriter {
    folder: PathBuf,
    temporary: PathBuf,
    /// `None` once the bytes have their own name: the temporary one may then be another process's.
    file: Option<File>,
    hasher: Sha256,
    bytes: u64,
}

impl BlobWriter {
    /// A new temporary file below `folder`.
    pub(super) fn new(folder: &Path) -> Result<BlobWriter, StoreError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            // Another process, or one that was killed, may have taken a number: then the next is tried.
            let temporary = folder.join(TEMPORARY).join(NEXT.fetch_add(1, Ordering::Relaxed).to_string());
            match OpenOptions::new().write(true).create_new(true).open(&temporary) {
                Ok(file) => {
                    let (folder, hasher) = (folder.to_owned(), Sha256::new());
                    return Ok(BlobWriter { folder, temporary, file: Some(file), hasher, bytes: 0 });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(StoreError::io(&temporary, "created", &error)),
            }
        }
    }

    /// Keeps the bytes: their hash and number. Bytes that are there already and sound are not written again.
    ///
    /// # Errors
    /// When the disk is full or cannot be written; nothing is kept then.
    pub(super) fn finish(mut self) -> Result<(SnapshotId, u64), StoreError> {
        let id = hex_id(&std::mem::take(&mut self.hasher));
        let target = path(&self.folder, &id);
        if is_sound(&target, &id) {
            return Ok((id, self.bytes));
        }
        let wrong = |error: io::Error| StoreError::io(&target, "written", &error);
        self.file.as_ref().map_or(Ok(()), File::sync_all).map_err(wrong)?;
        let parent = target.parent().expect("a blob lies in a folder");
        fs::create_dir_all(parent).map_err(wrong)?;
        fs::rename(&self.temporary, &target).map_err(wrong)?;
        self.file = None;
        // The rename itself, and the folders that may be new, reach the disk before the catalog names the blob.
        for folder in parent.ancestors().take(3) {
            sync_folder(folder).map_err(wrong)?;
        }
        Ok((id, self.bytes))
    }
}

impl Write for BlobWriter {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        let written = file.write(buffer)?;
        self.hasher.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // One that stays is swept by gc.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Folders can be flushed to the disk on Unix only; elsewhere the rename is left to the system.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Whether the file at `path` is there and holds the bytes of `id`.
pub(super) fn is_sound(path: &Path, id: &SnapshotId) -> bool {
    hash_file(path).is_ok_and(|(found, _)| found == *id)
}

/// The hash and the size of a file, read piece by piece.
pub(super) fn hash_file(path: &Path) -> io::Result<(SnapshotId, u64)> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let (mut buffer, mut bytes) = (vec![0; 1 << 16], 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((hex_id(&hasher), bytes));
        }
        hasher.update(&buffer[..read]);
        bytes += read as u64;
    }
}

/// The id of some bytes.
pub(super) fn id_of(bytes: &[u8]) -> SnapshotId {
    let mut hasher = Sha256::new();
    hasher.update(bytes);
    hex_id(&hasher)
}

fn hex_id(hasher: &Sha256) -> SnapshotId {
    let hex: String = hasher.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    SnapshotId::from_hex(&hex).expect("a SHA-256 has 64 hexadecimal digits")
}
