//! What a policy is about, as far as a verdict turns on it: earlier treatments are steps before a treatment, but
//! indications for a test.

use crate::document::{Document, Role};

/// Among so many blocks stand the title and the headings of the opening.
const OPENING: usize = 12;

/// Words of titles of policies on tests.
const OF_TESTS: [&str; 14] = [
    "assay",
    "assays",
    "biomarker",
    "biomarkers",
    "genetic",
    "genomic",
    "laboratory",
    "molecular",
    "panel",
    "panels",
    "sequencing",
    "test",
    "testing",
    "tests",
];

/// Whether a title names tests: the title that the document prints, or the headings of the opening before the first
/// words below one. A later heading ("Required genetic testing") may be a part of a policy on a drug. Without a title
/// it is taken to be about anything.
pub(super) fn is_tests(document: &Document) -> bool {
    document.metadata.title.as_ref().is_some_and(|title| names_tests(&title.value))
        || opening(document).any(names_tests)
}

fn names_tests(title: &str) -> bool {
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    words.any(|word| OF_TESTS.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// Whether a document announces what policies say from now on: "Medical Policy Updates", a newsletter. What it calls
/// added or revised is in force.
pub(super) fn announces(document: &Document) -> bool {
    let headings = document.blocks.iter().take(OPENING).filter(|block| matches!(block.role, Role::Heading { .. }));
    headings.map(|block| block.span.of(&document.text)).any(|words| {
        let lower = words.to_lowercase();
        let changes = ["updates", "changes", "revisions", "announcement"].iter().any(|word| lower.contains(word));
        lower.contains("newsletter")
            || changes && lower.contains("polic") && !["summary", "history"].iter().any(|word| lower.contains(word))
    })
}

/// The headings of the opening before the first words below one.
fn opening(document: &Document) -> impl Iterator<Item = &str> {
    let opening = document.blocks.iter().take(OPENING).filter(|block| block.role != Role::Furniture);
    let below = opening.skip_while(|block| !matches!(block.role, Role::Heading { .. }));
    let headings = below.take_while(|block| matches!(block.role, Role::Heading { .. }));
    headings.map(|block| block.span.of(&document.text))
}
