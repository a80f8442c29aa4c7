//! Barriers and levers, strongest first, each wording once.

use std::collections::BTreeSet;

use super::asides::{is_within_criterion, leaves_to_a_person, speaks_law};
use super::kinds::{Fight, LeverKind};
use super::model::{Barrier, Lever, Tenths};
use super::voice::{binds_nobody, shuts_the_door};
use super::{View, advice};
use crate::document::Role;
use crate::finding::Finding;
use crate::policy::{Metadata, Tier};
use crate::rules::Category;
use crate::text::letters_and_digits;

/// The most levers of one kind, and the most in all.
const MOST_OF_KIND: usize = 8;
const MOST_LEVERS: usize = 16;

/// The barriers, hardest first; of one wording only the first. Items that inherit a refusal stand with their lead-in.
pub(super) fn barriers(view: &View<'_>, metadata: &Metadata) -> Vec<Barrier> {
    let mut seen = BTreeSet::new();
    let said = view.operative().any(|finding| repeats(finding.category) && !is_heading(view, finding));
    let mut barriers: Vec<(i32, Barrier)> = view
        .operative()
        .filter(|finding| !finding.span.is_empty())
        .filter(|finding| !(said && repeats(finding.category) && is_heading(view, finding)))
        .filter(|finding| !binds_nobody(view, metadata, finding) && !stands_in_no_way(view, finding))
        .filter_map(|finding| {
            let fight = match advice::fight(finding.category)? {
                Fight::ContractExclusion if !names_contract(view, finding) => Fight::NotCovered,
                fight => fight,
            };
            let new = seen.insert((fight, letters_and_digits(finding.sentence.of(&view.document.text))));
            let value = view.value(finding);
            new.then(|| (value, Barrier { finding: finding.id.clone(), fight, severity: tenths(value) }))
        })
        .collect();
    barriers.sort_by_key(|(value, _)| *value);
    barriers.into_iter().map(|(_, barrier)| barrier).collect()
}

/// A heading says in short what its section says.
fn is_heading(view: &View<'_>, finding: &Finding) -> bool {
    matches!(view.block_of(finding).role, Role::Heading { .. })
}

/// The categories whose headings only say in short what the sentences below them say.
fn repeats(category: Category) -> bool {
    matches!(category, Category::Investigational | Category::NotMedicallyNecessary | Category::BenefitExclusion)
}

/// "May or may not be covered"; what a law says to insurers; what the regulator has approved, told where the policy
/// does not bind.
fn stands_in_no_way(view: &View<'_>, finding: &Finding) -> bool {
    let binds = matches!(finding.tier, None | Some(Tier::Binding | Tier::Guidelines | Tier::Note | Tier::Notice));
    let either = || finding.sentence.of(&view.document.text).to_lowercase().contains("may or may not");
    let refuses = matches!(
        advice::fight(finding.category),
        Some(Fight::Label | Fight::MedicalNecessity | Fight::ContractExclusion)
    );
    refuses && is_within_criterion(view, finding)
        || speaks_law(view, finding)
        || finding.category == Category::FdaNotApproved && !binds
        || finding.category == Category::BenefitExclusion && either()
}

/// Whether a refusal points to the member's contract and is not only the policy's own.
fn names_contract(view: &View<'_>, finding: &Finding) -> bool {
    let words = finding.sentence.of(&view.document.text).to_lowercase();
    ["contract", "benefit", "plan document", "plan exclu", "certificate", "evidence of coverage", "summary plan"]
        .iter()
        .any(|named| words.contains(named))
}

/// The levers, strongest first: of one sentence the strongest of each kind, of each kind the strongest few.
pub(super) fn levers(view: &View<'_>, metadata: &Metadata) -> Vec<Lever> {
    let mut found: Vec<(i32, LeverKind, &Finding)> = view
        .operative()
        .filter(|finding| !finding.span.is_empty())
        .filter_map(|finding| Some((view.value(finding), advice::kind(as_lever(view, finding))?, finding)))
        .filter(|(_, kind, finding)| !binds_nobody(view, metadata, finding) && !shuts_the_door(view, finding, *kind))
        .collect();
    found.sort_by_key(|(value, _, finding)| (-value, !decides(view, finding)));
    let mut seen = BTreeSet::new();
    let mut levers: Vec<Lever> = Vec::new();
    for (value, kind, finding) in found {
        let words = letters_and_digits(finding.sentence.of(&view.document.text));
        let of_kind = levers.iter().filter(|lever| lever.kind == kind).count();
        if of_kind < MOST_OF_KIND && levers.len() < MOST_LEVERS && seen.insert((kind, words)) {
            levers.push(Lever {
                finding: finding.id.clone(),
                kind,
                boilerplate: finding.boilerplate,
                strength: tenths(value),
                use_sentence: advice::use_sentence(as_lever(view, finding)),
                caution: advice::caution(as_lever(view, finding)),
            });
        }
    }
    levers
}

/// The category by which a finding is a lever: what a reviewer may approve outside of the criteria is discretion.
fn as_lever(view: &View<'_>, finding: &Finding) -> Category {
    let left = finding.category == Category::ConditionalCoverage
        && leaves_to_a_person(finding.sentence.of(&view.document.text));
    if left { Category::MedicalDirectorDiscretion } else { finding.category }
}

/// Whether a sentence says which of two texts wins, and does not only point to another.
fn decides(view: &View<'_>, finding: &Finding) -> bool {
    let words = finding.sentence.of(&view.document.text).to_lowercase();
    ["govern", "control", "prevail", "supersede", "precedence", "discrepan", "conflict"]
        .iter()
        .any(|word| words.contains(word))
}

/// Hundredths of a point as tenths, rounded half away from zero.
pub(super) fn tenths(hundredths: i32) -> Tenths {
    Tenths((hundredths.abs() + 5) / 10 * hundredths.signum())
}
