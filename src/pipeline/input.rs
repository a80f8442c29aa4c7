//! One input document: where its bytes are and what was told of it.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use super::Told;
use super::run::snapshot_id;
use crate::extract::{ExtractError, Limits};
use crate::policy::SnapshotId;

/// Where a document's bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File(PathBuf),
    /// In a file that must hold what it held when it was kept.
    Kept(PathBuf, SnapshotId),
    /// In memory already: standard input, an embedded sample.
    Bytes(Vec<u8>),
    /// Nowhere: the path is a folder that could not be listed, for the system's reason.
    Unlisted(String),
}

/// One input document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path to print, with `/` between its parts; `-` for standard input.
    pub path: String,
    /// Where its bytes are.
    pub place: Place,
    /// What was told of it.
    pub told: Told,
}

/// Why an input's bytes could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The file could not be opened or read.
    #[error("the file could not be read: {reason}; {hint}")]
    Unreadable {
        /// The system's reason.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// A store's file no longer holds what was kept there.
    #[error(
        "the stored bytes {0} have changed: nothing was read of them; run `fineprint store verify`, and fetch or add the document again"
    )]
    Damaged(String),
    /// A folder could not be listed.
    #[error(
        "the folder could not be listed ({0}), and no document in it was read: check its permissions, and run again"
    )]
    Unlisted(String),
    /// The file is larger than the limit.
    #[error(transparent)]
    TooLarge(ExtractError),
}

impl InputError {
    /// The code in outputs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            InputError::Unreadable { .. } | InputError::Damaged(_) | InputError::Unlisted(_) => "unreadable",
            InputError::TooLarge(error) => error.code(),
        }
    }

    fn unreadable(error: &io::Error) -> InputError {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check the path",
            io::ErrorKind::PermissionDenied => "check its permissions",
            _ => "check the disk and try again",
        };
        InputError::Unreadable { reason: reason(error), hint }
    }
}

/// The system's words for `error`, without the number that differs between systems.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

impl Input {
    /// The bytes, and their number as far as it is known when they are too many.
    pub(super) fn read(&self, limits: &Limits) -> Result<Cow<'_, [u8]>, (InputError, u64)> {
        let bytes = match &self.place {
            Place::Bytes(bytes) => Cow::Borrowed(bytes.as_slice()),
            Place::Unlisted(reason) => return Err((InputError::Unlisted(reason.clone()), 0)),
            Place::File(path) | Place::Kept(path, _) => {
                let file = File::open(path).map_err(|error| (InputError::unreadable(&error), 0))?;
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                if size > limits.max_bytes {
                    return Err((too_large(size, limits), size));
                }
                Cow::Owned(read_at_most(file, limits).map_err(|error| (InputError::unreadable(&error), 0))?)
            }
        };
        let size = bytes.len() as u64;
        if let Place::Kept(_, id) = &self.place
            && size <= limits.max_bytes
            && snapshot_id(&bytes) != *id
        {
            return Err((InputError::Damaged(id.as_str().to_owned()), size));
        }
        if size > limits.max_bytes { Err((too_large(size, limits), size)) } else { Ok(bytes) }
    }
}

/// All of `reader`, or one byte more than the limit when it holds more.
fn read_at_most(reader: impl Read, limits: &Limits) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limits.max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large(size: u64, limits: &Limits) -> InputError {
    InputError::TooLarge(ExtractError::Limit {
        what: format!("the file's size of {size} bytes"),
        limit: format!("{} bytes", limits.max_bytes),
        flag: "--max-bytes",
    })
}
