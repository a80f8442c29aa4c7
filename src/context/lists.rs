//! Lists and tables: the stance of the lead-in reaches its items and rows.

use super::identity;
use super::view::{Views, mechanism};
use crate::document::{Block, BlockId, Role};
use crate::finding::{CueWords, Finding};
use crate::rules::{Category, Effect, Group, Scope};
use crate::text::{Span, sentences};

/// For every item and row whose lead-in states a stance and that states none of its own, a finding with an
/// empty match. Items under a condition are criteria and inherit nothing; neither do the items of a
/// negative limb ("none of the following").
pub(super) fn inherited(views: &Views<'_>, findings: &[Finding]) -> Vec<Finding> {
    let document = views.document;
    let mut inherited = Vec::new();
    let mut heads: Vec<Option<usize>> = vec![None; document.blocks.len()];
    for (index, block) in document.blocks.iter().enumerate() {
        let Some(lead_in) = block.lead_in else { continue };
        let head = match document.block(lead_in).role {
            // A nested list: the head of the outer list speaks, unless the inner lead-in has a stance of its own.
            Role::Item { .. } => stance_of(views, findings, lead_in).or(heads[lead_in.index()]),
            _ => stance_of(views, findings, lead_in),
        };
        heads[index] = head;
        let Some(head) = head.map(|head| &findings[head]) else { continue };
        if !gives_to(views, head, block) || has_own_stance(findings, block) {
            continue;
        }
        inherited.extend(handed_down(views, head, BlockId::new(index)));
    }
    inherited
}

/// The index of the last operative stance in the words that introduce the list, if it can head one: the
/// block's last sentence, or the one before a short "These include:".
fn stance_of(views: &Views<'_>, findings: &[Finding], id: BlockId) -> Option<usize> {
    let block = views.document.block(id);
    let text = block.span.of(&views.document.text);
    let of_block = sentences(text);
    let introducing = match of_block.as_slice() {
        [.., before, last] if last.len() <= SHORT_INTRODUCTION => *before,
        [.., last] => *last,
        [] => return None,
    };
    let from = introducing.shifted(block.span.start()).start();
    let text_from = &text[introducing.start()..];
    let stances: Vec<usize> = in_block(findings, block)
        .filter(|&index| findings[index].sentence.start() >= from)
        .filter(|&index| opens_list(text_from, findings[index].span.start().max(from) - from))
        .filter(|&index| findings[index].operative && is_stance(findings[index].category))
        .collect();
    // "… are not reasonable and necessary and therefore will be denied:": the label goes before what follows from it.
    let last = *stances.last()?;
    let label = |index: &&usize| {
        matches!(findings[**index].category, Category::Investigational | Category::NotMedicallyNecessary)
            && findings[**index].sentence == findings[last].sentence
    };
    let refused = findings[last].category == Category::BenefitExclusion;
    Some(stances.iter().rev().find(label).filter(|_| refused).copied().unwrap_or(last))
}

/// Whether the words before a list can head it with the stance at byte `at`: a whole sentence heads none unless it
/// points to what follows, and what stands in brackets is a remark.
fn opens_list(words: &str, at: usize) -> bool {
    let lower = words.trim_end().to_lowercase();
    let is_whole = [".", ";", "; or", "; and"].iter().any(|end| lower.ends_with(end));
    let points = ["following", "these", "those", "below", "listed", "include"].iter().any(|word| lower.contains(word));
    let brackets = |open: char, close: char| {
        let before = &words[..at];
        before.matches(open).count() > before.matches(close).count()
    };
    (!is_whole || points) && !brackets('[', ']')
}

/// The longest "These include, but are not limited to:" in bytes.
const SHORT_INTRODUCTION: usize = 60;

/// The indices of a block's findings.
fn in_block(findings: &[Finding], block: &Block) -> impl Iterator<Item = usize> {
    let start = findings.partition_point(|finding| finding.sentence.start() < block.span.start());
    let end = findings.partition_point(|finding| finding.sentence.start() < block.span.end());
    start..end
}

fn is_stance(category: Category) -> bool {
    matches!(
        category.group(),
        Some(Group::Investigational | Group::NotMedicallyNecessary | Group::NotCovered | Group::CoveredWhen)
    )
}

fn gives_to(views: &Views<'_>, head: &Finding, block: &Block) -> bool {
    // "… in an adult who has:" is followed by what the adult must have.
    let lower = head.sentence.of(&views.document.text).trim_end().to_lowercase();
    let whom = head.category == Category::MedicallyNecessary
        && ["who has:", "who have:", " with:", "all of these:", "each of these:"]
            .iter()
            .any(|end| lower.ends_with(end));
    !whom
        && matches!(block.role, Role::Item { .. } | Role::Row)
        && !matches!(
            head.category,
            Category::ConditionalCoverage | Category::ContinuityOfCare | Category::OffLabelCompendia
        )
}

fn has_own_stance(findings: &[Finding], block: &Block) -> bool {
    in_block(findings, block).any(|index| is_stance(findings[index].category))
}

/// The head's stance as a finding of the item, an empty match at the first sentence's start.
fn handed_down(views: &Views<'_>, head: &Finding, id: BlockId) -> Option<Finding> {
    let block = views.document.block(id);
    let text = block.span.of(&views.document.text);
    let first = sentences(text).first()?.shifted(block.span.start());
    let residual = residual_words(views, id);
    let section = views.document.section_of(id);
    let mut cues = vec![mechanism("list/lead-in")];
    cues.extend(residual.clone());
    Some(Finding {
        id: identity::unnamed(),
        scope: if residual.is_some() { Scope::Residual } else { head.scope },
        tier: section.tier,
        heading: section.heading.clone(),
        span: Span::new(first.start(), first.start()),
        sentence: first,
        lead_in: Some(head.id.clone()),
        topics: Vec::new(),
        codes: Vec::new(),
        cues,
        ..head.clone()
    })
}

/// The words that make an item a residual clause: "all other indications".
fn residual_words(views: &Views<'_>, block: BlockId) -> Option<CueWords> {
    views
        .sentences_of(block)
        .flat_map(|index| views.cues(index))
        .find_map(|&at| (views.cue(at.cue).effect == Effect::Scope(Scope::Residual)).then(|| views.words(at)))
}
