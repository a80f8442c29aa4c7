//! Sections.

use crate::policy::Tier;
use crate::text::Span;

/// The place of a section in [`super::Document::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(u32);

impl SectionId {
    /// The id of the section at `index`.
    #[must_use]
    pub fn new(index: usize) -> SectionId {
        SectionId(u32::try_from(index).expect("sections are counted in u32"))
    }

    /// The index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A heading with what stands under it, up to the next heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's words without number and colon; `None` for what stands before the first heading.
    pub heading: Option<String>,
    /// Level 1 the highest; 0 for what stands before the first heading.
    pub level: u8,
    /// Heading and body in the matching text.
    pub span: Span,
    /// The section that this one is part of.
    pub parent: Option<SectionId>,
    /// What kind of words it holds; `None` where neither heading nor content tell. Fails open.
    pub tier: Option<Tier>,
    /// Whether content agrees with the heading for history and references (dates, citations):
    /// only then do verdicts count on the tier.
    pub corroborated: bool,
}
