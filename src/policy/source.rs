//! Where a document's bytes came from.

use super::Date;

/// The SHA-256 of a document's bytes, in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(String);

impl SnapshotId {
    /// Takes 64 hexadecimal digits; anything else is `None`.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<SnapshotId> {
        let fits = hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| SnapshotId(hex.to_ascii_lowercase()))
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The formats that fineprint can tell apart by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaType {
    /// Portable Document Format.
    Pdf,
    /// HTML in any charset.
    Html,
    /// Office Open XML text.
    Docx,
    /// Plain text.
    Text,
    /// Anything else, by the name a person would know it by ("ZIP archive", "PNG picture").
    Other(&'static str),
}

impl MediaType {
    /// The IANA media type, `application/octet-stream` for other formats.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            MediaType::Pdf => "application/pdf",
            MediaType::Html => "text/html",
            MediaType::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            MediaType::Text => "text/plain",
            MediaType::Other(_) => "application/octet-stream",
        }
    }
}

/// One input document: its path or address, hash and size, and what was told of its retrieval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as given on the command line, with `/` between its parts; `-` for standard input.
    pub path: String,
    /// The address that it was retrieved from, when told.
    pub url: Option<String>,
    /// The hash of the bytes, when they could be read.
    pub snapshot: Option<SnapshotId>,
    /// The size in bytes.
    pub bytes: u64,
    /// The day of retrieval, when told. Never a file time, never the clock.
    pub retrieved: Option<Date>,
}
