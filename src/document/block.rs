//! Blocks: paragraphs, headings, list items, table rows and page furniture.

use super::SectionId;
use crate::policy::Tier;
use crate::text::Span;

/// The place of a block in [`super::Document::blocks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(u32);

impl BlockId {
    /// The id of the block at `index`.
    #[must_use]
    pub fn new(index: usize) -> BlockId {
        BlockId(u32::try_from(index).expect("blocks are counted in u32"))
    }

    /// The index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a block is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading, level 1 the highest.
    Heading {
        /// From 1.
        level: u8,
    },
    /// Running prose.
    Paragraph,
    /// An item of a list, level 1 the outermost. The text holds the item's marker as printed.
    Item {
        /// From 1.
        level: u8,
    },
    /// A row of a table, its cells separated by U+0009.
    Row,
    /// A table's caption or a row of column heads.
    Caption,
    /// A footnote.
    Footnote,
    /// Running head or foot, page number, print stamp: the first copy of it.
    Furniture,
}

impl Role {
    /// The name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Heading { .. } => "heading",
            Role::Paragraph => "paragraph",
            Role::Item { .. } => "item",
            Role::Row => "row",
            Role::Caption => "caption",
            Role::Footnote => "footnote",
            Role::Furniture => "furniture",
        }
    }

    /// The level of a heading or item.
    #[must_use]
    pub fn level(self) -> Option<u8> {
        match self {
            Role::Heading { level } | Role::Item { level } => Some(level),
            _ => None,
        }
    }
}

/// One block of the matching text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its place in the matching text, without the line break after it.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// The section it belongs to.
    pub section: SectionId,
    /// For items: the paragraph, heading or item that heads the list. For rows: the caption or column heads above.
    pub lead_in: Option<BlockId>,
    /// For items and rows: the length in bytes of the marker at the start of the text ("•", "1.", "a)"), blanks after it included.
    pub marker_len: u32,
    /// The tier of this block alone where its own wording tells it (a general notice inside any section);
    /// `None`: that of its section.
    pub tier: Option<Tier>,
    /// Links in it with their targets, in order.
    pub links: Vec<Link>,
}

impl Block {
    /// A paragraph without marker and lead-in.
    #[must_use]
    pub fn paragraph(span: Span, section: SectionId) -> Block {
        Block { span, role: Role::Paragraph, section, lead_in: None, marker_len: 0, tier: None, links: Vec::new() }
    }
}

/// Words of the document that are not in the matching text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The words.
    pub text: String,
    /// The page, from 1, where there are pages.
    pub page: Option<u32>,
    /// Why they are left out.
    pub reason: LeftOutReason,
}

/// Why words stand outside of the matching text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOutReason {
    /// A later copy of page furniture.
    RepeatedFurniture,
    /// Struck through or deleted by a tracked change: not current text.
    Struck,
}

/// A link within a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words that carry the link, in the matching text; the whole block where only that is known.
    pub span: Span,
    /// The target as written.
    pub target: String,
}
