//! Marked content: which words the file itself calls no part of its text.

use hayro_syntax::object::{Dict, Name};

/// The marked content that is open while a page is drawn.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// How many sequences are open, one within the other.
    depth: u32,
    /// The depth of the outermost artifact of the page's making.
    artifact: Option<u32>,
}

impl Marked {
    /// A sequence begins. An artifact without a type, or of the type `Pagination`, is a running head, a page number or
    /// the like; backgrounds and layout are something else (ISO 32000-2, 14.8.2.2).
    pub(super) fn begin(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.depth = self.depth.saturating_add(1);
        if tag == b"Artifact" && self.artifact.is_none() {
            let kind = properties.and_then(|properties| properties.get::<Name<'_>>(b"Type"));
            let is_pagination = kind.is_none_or(|kind| kind.as_ref() == b"Pagination");
            self.artifact = is_pagination.then_some(self.depth);
        }
    }

    /// The innermost sequence ends.
    pub(super) fn end(&mut self) {
        if self.artifact == Some(self.depth) {
            self.artifact = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// Whether what is drawn now is marked as an artifact.
    pub(super) fn is_artifact(&self) -> bool {
        self.artifact.is_some()
    }
}
