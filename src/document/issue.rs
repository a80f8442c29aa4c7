//! What to know about a document's extraction.

/// How much of a document could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Completeness {
    /// All of it, as far as could be told.
    Full,
    /// Some of it; the issues name the rest.
    Partial,
    /// Nothing.
    None,
}

impl Completeness {
    /// The name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Completeness::Full => "full",
            Completeness::Partial => "partial",
            Completeness::None => "none",
        }
    }
}

/// The kinds of issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueCode {
    /// A page without a text layer.
    TextLayerMissing,
    /// A page on which some words seem to stand in pictures or in fonts without Unicode.
    TextLayerPartial,
    /// The file ends early.
    Truncated,
    /// The file's structure was damaged and had to be rebuilt.
    Damaged,
    /// A page that could not be read.
    PageUnreadable,
    /// The charset was guessed or some bytes did not fit it.
    Charset,
    /// Several policies or versions in one file.
    SeveralPolicies,
}

impl IssueCode {
    /// The name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            IssueCode::TextLayerMissing => "text-layer-missing",
            IssueCode::TextLayerPartial => "text-layer-partial",
            IssueCode::Truncated => "truncated",
            IssueCode::Damaged => "damaged",
            IssueCode::PageUnreadable => "page-unreadable",
            IssueCode::Charset => "charset",
            IssueCode::SeveralPolicies => "several-policies",
        }
    }
}

/// One thing that could not be read, or that a reader should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtractIssue {
    /// Its kind.
    pub code: IssueCode,
    /// The page, from 1, where it concerns one.
    pub page: Option<u32>,
    /// What, where, and what to do about it.
    pub message: String,
}
