//! A document as it was read: its matching text, blocks in reading order, sections, pages, printed metadata.
//!
//! Invariants, kept by `extract`: blocks lie in the text in order without overlap, each
//! section's blocks are one run, every span stands on character borders. Nothing that a document holds
//! is dropped: words that do not belong in the matching text (later copies of page furniture, struck
//! text) are kept in [`Document::left_out`].

mod block;
mod codes;
mod issue;
mod section;

use crate::policy::{MediaType, Metadata, Tier};
use crate::text::Span;

pub use block::{Block, BlockId, LeftOut, LeftOutReason, Link, Role};
pub use codes::{Code, codes};
pub use issue::{Completeness, ExtractIssue, IssueCode};
pub use section::{Section, SectionId};

/// One page of a paged document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where the page's text lies in the matching text, without the page break after it.
    pub span: Span,
    /// The number printed on the page, where one was found.
    pub label: Option<String>,
}

/// One extracted document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it was extracted from.
    pub media_type: MediaType,
    /// Name and version of the extractor, such as `pdf/1`.
    pub extractor: &'static str,
    /// The matching text: reading order, wrapped lines joined, blocks ended by a line break, pages by U+000C.
    /// A paragraph that goes on over a page holds the page break inside.
    pub text: String,
    /// The blocks of the matching text, in order.
    pub blocks: Vec<Block>,
    /// The sections, in order; every block belongs to one.
    pub sections: Vec<Section>,
    /// The pages, in order; empty for formats without pages.
    pub pages: Vec<Page>,
    /// Words that are not in the matching text.
    pub left_out: Vec<LeftOut>,
    /// What the policy prints about itself.
    pub metadata: Metadata,
    /// How much of it could be read.
    pub completeness: Completeness,
    /// What could not be read, and other things to know.
    pub issues: Vec<ExtractIssue>,
}

impl Document {
    /// A document without words, for formats to fill in.
    #[must_use]
    pub fn empty(media_type: MediaType, extractor: &'static str) -> Document {
        Document {
            media_type,
            extractor,
            text: String::new(),
            blocks: Vec::new(),
            sections: Vec::new(),
            pages: Vec::new(),
            left_out: Vec::new(),
            metadata: Metadata::default(),
            completeness: Completeness::Full,
            issues: Vec::new(),
        }
    }

    /// The block with that id.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The section that a block belongs to.
    #[must_use]
    pub fn section_of(&self, id: BlockId) -> &Section {
        &self.sections[self.block(id).section.index()]
    }

    /// The tier that a block's words count with: its own where its wording tells it, else that of its section.
    #[must_use]
    pub fn tier_of(&self, id: BlockId) -> Option<Tier> {
        self.block(id).tier.or(self.section_of(id).tier)
    }

    /// The index of the page, from 1, on which byte `offset` of the matching text stands; `None` without pages.
    #[must_use]
    pub fn page_at(&self, offset: usize) -> Option<u32> {
        let after = self.pages.partition_point(|page| page.span.start() <= offset);
        (after > 0).then(|| u32::try_from(after).expect("pages are counted in u32"))
    }

    /// The number printed on the page with that index from 1.
    #[must_use]
    pub fn page_label(&self, page: u32) -> Option<&str> {
        self.pages.get(page.checked_sub(1)? as usize)?.label.as_deref()
    }
}
