//! Procedure and diagnosis codes, and in which table they stand.

use std::collections::BTreeSet;

use super::View;
use super::kinds::CodeTable;
use super::model::CodeMention;
use crate::document::{self, BlockId, Role};
use crate::finding::Finding;
use crate::policy::Tier;
use crate::rules::{Category, Group};

/// Every code in document order, each once a table.
pub(super) fn codes(view: &View<'_>) -> Vec<CodeMention> {
    let policy = view.document;
    let mut seen = BTreeSet::new();
    let mut mentions = Vec::new();
    for (index, block) in policy.blocks.iter().enumerate() {
        let coding = policy.sections[block.section.index()].tier == Some(Tier::Coding);
        let found = document::codes(block.span.of(&policy.text), coding);
        if found.is_empty() {
            continue;
        }
        let (table, by) = table(view, index).map_or((CodeTable::Named, None), |(table, by)| (table, Some(by)));
        for code in found {
            if seen.insert((code.code.clone(), table)) {
                let span = code.span.shifted(block.span.start());
                mentions.push(CodeMention {
                    code: code.code,
                    system: code.system,
                    table,
                    span,
                    by: by.map(|by| by.id.clone()),
                });
            }
        }
    }
    mentions
}

/// The table that a block's codes stand in, by its own words, else by the words that head it, and whose words those
/// are.
fn table<'a>(view: &View<'a>, index: usize) -> Option<(CodeTable, &'a Finding)> {
    let mut at = index;
    // Nested lists have few levels; the bound keeps a damaged structure from going round.
    for _ in 0..16 {
        if let Some(table) = said_in(view, at) {
            return Some(table);
        }
        match view.document.blocks[at].lead_in.map(BlockId::index) {
            Some(head) if head < at => at = head,
            _ => break,
        }
    }
    heading_above(view, index).and_then(|heading| said_in(view, heading))
}

fn heading_above(view: &View<'_>, index: usize) -> Option<usize> {
    let section = view.document.blocks[index].section;
    (0..=index)
        .rev()
        .take_while(|&at| view.document.blocks[at].section == section)
        .find(|&at| matches!(view.document.blocks[at].role, Role::Heading { .. } | Role::Caption))
}

/// What the operative words of a block say of the codes below.
fn said_in<'a>(view: &View<'a>, index: usize) -> Option<(CodeTable, &'a Finding)> {
    view.findings_in(view.document.blocks[index].span)
        .filter(|finding| finding.operative && !is_on_claims(view, finding))
        .filter_map(|finding| Some((kind(finding)?, finding)))
        .last()
}

/// Whether a finding is about one claim beside another and not about the code.
fn is_on_claims(view: &View<'_>, finding: &Finding) -> bool {
    let words = finding.sentence.of(&view.document.text).to_lowercase();
    ["billed with", "same date of service", "same day", "billed together", "when billed", "repeat use", "per pregnancy"]
        .iter()
        .any(|phrase| words.contains(phrase))
}

fn kind(finding: &Finding) -> Option<CodeTable> {
    match (finding.category, finding.category.group()?) {
        (Category::MedicallyNecessary, _) => Some(CodeTable::Covered),
        (_, Group::CoveredWhen) => Some(CodeTable::CoveredIfCriteria),
        (_, Group::Investigational | Group::NotMedicallyNecessary | Group::NotCovered) => Some(CodeTable::NotCovered),
        _ => None,
    }
}
