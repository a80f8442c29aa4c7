//! From byte spans to quotes, pages and code points.

use super::finding::SectionModel;
use crate::document::Document;
use crate::text::{CodePointIndex, Span, single_blanks};

/// The longest quote, in code points.
const LONGEST_QUOTE: usize = 1_200;

/// The places of one document.
pub(super) struct Places<'d> {
    pub(super) document: &'d Document,
    index: CodePointIndex,
}

impl<'d> Places<'d> {
    pub(super) fn new(document: &'d Document) -> Places<'d> {
        Places { document, index: CodePointIndex::new(&document.text) }
    }

    /// A span in code points.
    pub(super) fn code_points(&self, span: Span) -> (usize, usize) {
        let count = |at| self.index.code_points_before(&self.document.text, at);
        (count(span.start()), count(span.end()))
    }

    /// The words at `span` with single blanks, cut at the end when too long; and whether they were cut.
    pub(super) fn quote(&self, span: Span) -> (String, bool) {
        let quote = single_blanks(span.of(&self.document.text));
        match quote.char_indices().nth(LONGEST_QUOTE) {
            Some((end, _)) => (quote[..end].trim_end().to_owned(), true),
            None => (quote, false),
        }
    }

    /// The words at `span` with single blanks.
    pub(super) fn words(&self, span: Span) -> String {
        single_blanks(span.of(&self.document.text))
    }

    /// The page on which a span begins.
    pub(super) fn page(&self, span: Span) -> Option<u32> {
        self.document.page_at(span.start())
    }

    /// The section in which a span begins.
    pub(super) fn section(&self, span: Span) -> SectionModel {
        let blocks = &self.document.blocks;
        let at = blocks.partition_point(|block| block.span.end() <= span.start());
        let section = blocks.get(at).map(|block| &self.document.sections[block.section.index()]);
        SectionModel {
            tier: section.and_then(|section| section.tier).map(|tier| tier.id().to_owned()),
            heading: section.and_then(|section| section.heading.clone()),
        }
    }

    /// The page on which a span ends.
    pub(super) fn page_end(&self, span: Span) -> Option<u32> {
        self.document.page_at(span.end().saturating_sub(1).max(span.start()))
    }

    /// The words within `most` code points before `at`, and after it.
    pub(super) fn around(&self, span: Span, most: usize) -> (String, String) {
        let text = &self.document.text;
        let start = text[..span.start()].char_indices().rev().nth(most - 1).map_or(0, |(at, _)| at);
        let end = text[span.end()..].char_indices().nth(most).map_or(text.len(), |(at, _)| span.end() + at);
        (single_blanks(&text[start..span.start()]), single_blanks(&text[span.end()..end]))
    }
}
