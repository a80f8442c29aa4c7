//! Bytes of a document to a [`Document`], with everything that could not be read as an issue.
//!
//! The format is recognised by content. Each format gives `FlowBlock`s in reading order; from
//! there on all formats share furniture, lists, sections and metadata. No rule and no payer's verdict
//! is known here. Bad bytes are data: an error comes only when nothing at all can be read.

mod assemble;
mod charset;
mod clean;
mod continued;
mod depth;
mod docx;
mod flattened;
pub(crate) mod flow;
mod html;
mod limits;
mod markers;
mod metadata;
mod page_class;
mod pdf;
mod sections;
mod sniff;
mod text;

use crate::document::{Completeness, Document, ExtractIssue};
use crate::policy::MediaType;
pub use limits::Limits;

/// Why nothing at all could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// A password is needed.
    #[error("the file is encrypted and needs a password: save a copy without one and try again")]
    Encrypted,
    /// The format is not one of ours.
    #[error("this is a {found}, not a PDF, HTML or text document: {hint}")]
    Unsupported {
        /// The format by the name a person knows it by.
        found: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// No bytes, or no words in a format that has only words.
    #[error("the file is empty: fetch it again")]
    Empty,
    /// An error page, log-in or bot wall saved as a document.
    #[error("this is {what}, not a policy: open the address in a browser and save the document itself")]
    NotAPolicy {
        /// "an error page", "a log-in page", "a bot wall".
        what: &'static str,
    },
    /// A limit was hit.
    #[error("{what} is over the limit of {limit}: raise it with {flag} if you trust the file")]
    Limit {
        /// What was counted.
        what: String,
        /// The limit.
        limit: String,
        /// The command line's flag.
        flag: &'static str,
    },
    /// The parser gave up on the whole file.
    #[error("the {format} could not be parsed: {reason}; fetch it again or open it in a viewer and save a copy")]
    Unparsable {
        /// The format.
        format: &'static str,
        /// The parser's reason.
        reason: String,
    },
}

impl ExtractError {
    /// The code in outputs. An unparsable file is `unsupported`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ExtractError::Encrypted => "encrypted",
            ExtractError::Unsupported { .. } | ExtractError::Unparsable { .. } => "unsupported",
            ExtractError::Empty => "empty",
            ExtractError::NotAPolicy { .. } => "not-a-policy",
            ExtractError::Limit { .. } => "limit",
        }
    }
}

/// The format of a document, by its content.
#[must_use]
pub fn sniff(bytes: &[u8]) -> MediaType {
    sniff::sniff(bytes)
}

/// Reads a document.
///
/// # Errors
/// When nothing at all can be read; see [`ExtractError`].
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    if bytes.is_empty() {
        return Err(ExtractError::Empty);
    }
    let document = match sniff(bytes) {
        MediaType::Pdf => pdf(bytes, limits),
        MediaType::Docx => {
            let flow = docx::read(bytes, limits)?;
            assemble::assemble(MediaType::Docx, "docx/1", Vec::new(), flow, limits)
        }
        MediaType::Html => {
            limits.html(bytes)?;
            words(MediaType::Html, "html/1", html::read(bytes)?, limits)
        }
        MediaType::Text => words(MediaType::Text, "text/1", text::read(bytes), limits),
        MediaType::Other(found) => {
            Err(ExtractError::Unsupported { found, hint: "save the policy as PDF, HTML or text and try again" })
        }
    }?;
    page_class::check(&document)?;
    Ok(document)
}

/// A document of a format that has nothing but words.
fn words(
    media_type: MediaType,
    extractor: &'static str,
    (flow, issues): (Vec<flow::FlowBlock>, Vec<ExtractIssue>),
    limits: &Limits,
) -> Result<Document, ExtractError> {
    if flow.iter().all(|block| block.text.trim().is_empty()) {
        return Err(ExtractError::Empty);
    }
    let last = flow.iter().filter_map(|block| block.page).max().unwrap_or(0) as usize;
    limits.pages(last)?;
    let mut document = assemble::assemble(media_type, extractor, vec![None; last], flow, limits)?;
    document.issues.extend(issues);
    Ok(document)
}

fn pdf(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    let read = pdf::read(bytes, limits)?;
    let mut document = assemble::assemble(MediaType::Pdf, "pdf/1", read.labels, read.flow, limits)?;
    let has_words = !document.blocks.is_empty() || !document.left_out.is_empty();
    if !has_words && read.issues.is_empty() {
        return Err(ExtractError::Empty);
    }
    document.completeness = if has_words { read.completeness } else { Completeness::None };
    document.issues.extend(read.issues);
    Ok(document)
}
