//! Sections and their tiers.

use super::flow::Look;
use crate::document::{Document, Section};
use crate::text::Span;

/// Finds the sections of `document`.
pub(super) fn find(document: &mut Document, looks: &[Look]) {
    let _ = looks;
    document.sections.push(Section {
        heading: None,
        level: 0,
        span: Span::new(0, document.text.len()),
        parent: None,
        tier: None,
        corroborated: false,
    });
}
