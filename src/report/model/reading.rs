//! The running text of a document, for pages that show quotes in their place. Carried on request, never serialized.

/// The blocks of a document with their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In reading order.
    pub blocks: Vec<ReadBlock>,
    /// Struck words with their pages: printed in the document and not in force.
    pub struck: Vec<(Option<u32>, String)>,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBlock {
    /// What it is on the page, as in the extraction: `heading`, `paragraph`, `item`, `row`, …
    pub role: String,
    /// The level of a heading or item.
    pub level: Option<u8>,
    /// Its tier, `S1` to `S9`, where known.
    pub tier: Option<String>,
    /// The heading of its section.
    pub heading: Option<String>,
    /// The page on which it begins, from 1.
    pub page: Option<u32>,
    /// Where it begins in the matching text, in code points.
    pub start: usize,
    /// Its words.
    pub text: String,
}
