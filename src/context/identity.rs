//! Stable names of findings.

use std::collections::HashMap;

use crate::document::Document;
use crate::finding::{Finding, FindingId};
use crate::rules::RuleSet;
use crate::text::letters_and_digits;

/// A name to be given by [`name`].
pub(super) fn unnamed() -> FindingId {
    FindingId(String::new())
}

/// Gives out names within one document.
pub(super) struct Names<'a> {
    document: &'a Document,
    rules: &'a RuleSet,
    seen: HashMap<u64, u64>,
}

impl<'a> Names<'a> {
    pub(super) fn new(document: &'a Document, rules: &'a RuleSet) -> Names<'a> {
        Names { document, rules, seen: HashMap::new() }
    }

    /// Names findings by rule, the letters and digits of their words, and which of several alike they are in
    /// the document, so that a change elsewhere in the document renames none.
    pub(super) fn name(&mut self, findings: &mut [Finding]) {
        for finding in findings {
            let rule = self.rules.rules[finding.rule.0 as usize].id.as_str();
            let words = letters_and_digits(finding.sentence.of(&self.document.text));
            let matched = letters_and_digits(finding.span.of(&self.document.text));
            let key = fnv1a([rule, &words, &matched].into_iter());
            let nth = self.seen.entry(key).or_default();
            let id = key ^ nth.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            *nth += 1;
            finding.id = FindingId(format!("{id:016x}"));
        }
    }
}

/// The 64-bit FNV-1a hash (draft-eastlake-fnv) of the parts with a zero byte behind each.
fn fnv1a<'t>(parts: impl Iterator<Item = &'t str>) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.flat_map(|part| part.bytes().chain(std::iter::once(0))) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
