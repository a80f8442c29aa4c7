//! The mirror model of `fineprint extract --format json`: what was read of one document, so that a person
//! or a script can hold any quote against it.

use serde::{Deserialize, Serialize};

use super::model::{ReadBlock, Reading};
use crate::document::{
    Block, BlockId, Completeness, Document, ExtractIssue, LeftOut, LeftOutReason, Section, SectionId,
};
use crate::policy::Source;
use crate::text::{CodePointIndex, Span};

const SCHEMA: &str = "fineprint/extraction/1";

/// Why struck words stand outside of the matching text.
const STRUCK: &str = "struck";

/// One document as it was read. Places are code points of the matching text, as in an analysis.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Extraction {
    schema: String,
    source: SourceView,
    error: Option<ErrorView>,
    extractor: Option<String>,
    completeness: String,
    characters: usize,
    issues: Vec<IssueView>,
    pages: Vec<PageView>,
    sections: Vec<SectionView>,
    blocks: Vec<BlockView>,
    left_out: Vec<LeftOutView>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct SourceView {
    path: String,
    sha256: Option<String>,
    media_type: String,
    bytes: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ErrorView {
    code: String,
    message: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct IssueView {
    code: String,
    page: Option<u32>,
    message: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct PageView {
    label: Option<String>,
    span: Place,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct SectionView {
    heading: Option<String>,
    level: u8,
    tier: Option<String>,
    corroborated: bool,
    parent: Option<usize>,
    span: Place,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct BlockView {
    role: String,
    level: Option<u8>,
    section: usize,
    lead_in: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tier: Option<String>,
    page: Option<u32>,
    page_end: Option<u32>,
    span: Place,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkView>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct LeftOutView {
    reason: String,
    page: Option<u32>,
    text: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct LinkView {
    text: String,
    span: Place,
    target: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Place {
    start: usize,
    end: usize,
}

impl Extraction {
    /// What was read of a document.
    #[must_use]
    pub fn of(source: &Source, document: &Document) -> Extraction {
        let index = CodePointIndex::new(&document.text);
        let place = |span: Span| Place {
            start: index.code_points_before(&document.text, span.start()),
            end: index.code_points_before(&document.text, span.end()),
        };
        let issue = |issue: &ExtractIssue| IssueView {
            code: issue.code.as_str().to_owned(),
            page: issue.page,
            message: issue.message.clone(),
        };
        Extraction {
            extractor: Some(document.extractor.to_owned()),
            completeness: document.completeness.as_str().to_owned(),
            characters: document.text.chars().count(),
            issues: document.issues.iter().map(issue).collect(),
            pages: document.pages.iter().map(|p| PageView { label: p.label.clone(), span: place(p.span) }).collect(),
            sections: document.sections.iter().map(|section| section_view(section, place(section.span))).collect(),
            blocks: document.blocks.iter().map(|block| block_view(document, block, &place)).collect(),
            left_out: document.left_out.iter().map(left_out_view).collect(),
            ..Extraction::nothing(source, document.media_type.as_str(), None)
        }
    }

    /// The SHA-256 of the document's bytes, in lower-case hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> Option<&str> {
        self.source.sha256.as_deref()
    }

    /// Where each page begins in the matching text, in code points; none for formats without pages.
    #[must_use]
    pub fn page_starts(&self) -> Vec<usize> {
        self.pages.iter().map(|page| page.span.start).collect()
    }

    /// The running text, for an analysis that is shown beside it.
    #[must_use]
    pub fn reading(self) -> Reading {
        let sections = self.sections;
        let section = |index: usize| sections.get(index);
        let block = |block: BlockView| ReadBlock {
            tier: block.tier.or_else(|| section(block.section)?.tier.clone()),
            heading: section(block.section).and_then(|section| section.heading.clone()),
            role: block.role,
            level: block.level,
            page: block.page,
            start: block.span.start,
            text: block.text,
        };
        let struck = self.left_out.into_iter().filter(|words| words.reason == STRUCK);
        Reading {
            blocks: self.blocks.into_iter().map(block).collect(),
            struck: struck.map(|words| (words.page, words.text)).collect(),
        }
    }

    /// The line of a document that could not be read.
    #[must_use]
    pub fn failed(source: &Source, media_type: &'static str, code: &str, message: &str) -> Extraction {
        let error = ErrorView { code: code.to_owned(), message: message.to_owned() };
        Extraction::nothing(source, media_type, Some(error))
    }

    fn nothing(source: &Source, media_type: &'static str, error: Option<ErrorView>) -> Extraction {
        let sha256 = source.snapshot.as_ref().map(|id| id.as_str().to_owned());
        let source =
            SourceView { path: source.path.clone(), sha256, media_type: media_type.to_owned(), bytes: source.bytes };
        Extraction {
            schema: SCHEMA.to_owned(),
            source,
            error,
            extractor: None,
            completeness: Completeness::None.as_str().to_owned(),
            characters: 0,
            issues: Vec::new(),
            pages: Vec::new(),
            sections: Vec::new(),
            blocks: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

fn section_view(section: &Section, span: Place) -> SectionView {
    SectionView {
        heading: section.heading.clone(),
        level: section.level,
        tier: section.tier.map(|tier| tier.id().to_owned()),
        corroborated: section.corroborated,
        parent: section.parent.map(SectionId::index),
        span,
    }
}

fn block_view(document: &Document, block: &Block, place: &impl Fn(Span) -> Place) -> BlockView {
    let words = |span: Span| span.of(&document.text).to_owned();
    BlockView {
        role: block.role.as_str().to_owned(),
        level: block.role.level(),
        section: block.section.index(),
        lead_in: block.lead_in.map(BlockId::index),
        tier: block.tier.map(|tier| tier.id().to_owned()),
        page: document.page_at(block.span.start()),
        page_end: document.page_at(block.span.end().saturating_sub(1).max(block.span.start())),
        span: place(block.span),
        text: words(block.span),
        links: block
            .links
            .iter()
            .map(|l| LinkView { text: words(l.span), span: place(l.span), target: l.target.clone() })
            .collect(),
    }
}

fn left_out_view(words: &LeftOut) -> LeftOutView {
    let reason = match words.reason {
        LeftOutReason::RepeatedFurniture => "repeated-furniture",
        LeftOutReason::Struck => STRUCK,
    };
    LeftOutView { reason: reason.to_owned(), page: words.page, text: words.text.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::MediaType;

    #[test]
    fn blocks_carry_their_words_and_places_in_code_points() {
        let mut document = Document::empty(MediaType::Text, "text/0");
        document.text = "“é”\nNot covered.".to_owned();
        let block = |start, end| Block::paragraph(Span::new(start, end), SectionId::new(0));
        document.blocks = vec![block(0, 8), block(9, 21)];
        let source = Source { path: "a.txt".to_owned(), url: None, snapshot: None, bytes: 21, retrieved: None };
        let json = serde_json::to_value(Extraction::of(&source, &document)).expect("it is plain data");
        assert_eq!(json["blocks"][1]["text"], "Not covered.");
        assert_eq!(json["blocks"][1]["span"], serde_json::json!({"start": 4, "end": 16}));
        assert_eq!((json["characters"].as_u64(), &json["error"]), (Some(16), &serde_json::Value::Null));
    }
}
