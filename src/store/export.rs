//! Documents as plain files beside a `fineprint.csv`: for people, for other programs, and for leaving the store.

use std::fs;
use std::path::Path;

use super::{Select, Store, StoreError, Stored};
use crate::policy::{LineOfBusiness, State};

/// Why an export ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file lies in the way.
    #[error("{0} is there already with other bytes: export into an empty folder")]
    InTheWay(String),
    /// The table could not be written.
    #[error("{path} could not be written ({reason}): check the folder and the disk")]
    Write {
        /// The file.
        path: String,
        /// The system's reason.
        reason: String,
    },
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Documents.
    pub documents: usize,
    /// Their bytes.
    pub bytes: u64,
}

impl Store {
    /// Writes what `select` chooses below `folder`, with a `fineprint.csv` that tells payer, address and day.
    /// The same selection of the same store gives the same bytes; files that are there already are left as they are.
    ///
    /// # Errors
    /// When a file is in the way or cannot be written.
    pub fn export(&self, folder: &Path, select: &Select) -> Result<Exported, ExportError> {
        let mut rows = Vec::new();
        let mut exported = Exported { documents: 0, bytes: 0 };
        for stored in self.documents(select)? {
            let bytes = self.read_blob(&stored.reading)?;
            keep(&folder.join(&stored.path), &bytes)?;
            exported.documents += 1;
            exported.bytes += bytes.len() as u64;
            rows.push(row(&stored));
        }
        let path = folder.join("fineprint.csv");
        let wrong = |reason: String| ExportError::Write { path: path.display().to_string(), reason };
        let mut table = csv::Writer::from_writer(Vec::new());
        table
            .write_record(["path", "payer", "url", "retrieved", "lob", "state", "number"])
            .map_err(|error| wrong(error.to_string()))?;
        for row in rows {
            table.write_record(row).map_err(|error| wrong(error.to_string()))?;
        }
        let table = table.into_inner().map_err(|error| wrong(error.to_string()))?;
        keep(&path, &table)?;
        Ok(exported)
    }
}

fn row(stored: &Stored) -> [String; 7] {
    let lobs: Vec<&str> = stored.lines_of_business.iter().copied().map(LineOfBusiness::id).collect();
    let states: Vec<&str> = stored.states.iter().map(State::code).collect();
    [
        stored.path.clone(),
        stored.payer.clone().unwrap_or_default(),
        stored.url.clone(),
        stored.retrieved.map(|date| date.to_string()).unwrap_or_default(),
        lobs.join(";"),
        states.join(";"),
        stored.number.clone().unwrap_or_default(),
    ]
}

/// Writes a file that is not there; one that is must hold the same bytes.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    if path.exists() {
        let same = fs::read(path).is_ok_and(|there| there == bytes);
        return if same { Ok(()) } else { Err(ExportError::InTheWay(path.display().to_string())) };
    }
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| ExportError::Write { path: path.display().to_string(), reason: error.to_string() })
}
