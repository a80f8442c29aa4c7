//! Binding statements, and the document's stance from them.

use super::model::{DocumentStance, ServiceStance, Statement};
use super::{View, subject};
use crate::document::Role;
use crate::finding::Finding;
use crate::policy::{Metadata, Tier};
use crate::rules::{Category, Force, Scope};
use crate::text::Span;

/// Every binding statement in document order, one entry an item where a list names the services.
///
/// Binding are the operative stances of binding sections, guidelines, notes, and of sections whose kind is unknown.
/// What a code table says counts only where nothing else does.
pub(super) fn statements(view: &View<'_>, metadata: &Metadata) -> Vec<Statement> {
    let binding = collect(view, metadata, is_binding);
    if binding.iter().any(|statement| statement.stance != ServiceStance::NotAddressed) {
        return binding;
    }
    let coding = collect(view, metadata, |tier| tier == Some(Tier::Coding));
    if coding.is_empty() { binding } else { coding }
}

/// A use that is handed to another policy, wherever that is said but in evidence and history.
fn hands_on(finding: &Finding) -> bool {
    finding.category == Category::NotAddressed
        && !matches!(finding.tier, Some(Tier::Evidence | Tier::References | Tier::History))
}

fn is_binding(tier: Option<Tier>) -> bool {
    matches!(tier, Some(Tier::Binding | Tier::Guidelines | Tier::Note) | None)
}

fn collect(view: &View<'_>, metadata: &Metadata, tier: impl Fn(Option<Tier>) -> bool) -> Vec<Statement> {
    let stances: Vec<(&Finding, ServiceStance)> = view
        .operative()
        .filter(|finding| tier(finding.tier) || hands_on(finding))
        .filter_map(|finding| Some((finding, stance(view, finding)?)))
        .collect();
    let heads: Vec<&str> =
        stances.iter().filter_map(|(finding, _)| finding.lead_in.as_ref()).map(|id| id.0.as_str()).collect();
    let mut statements: Vec<Statement> = Vec::new();
    for &(finding, stance) in &stances {
        let is_heading = matches!(view.document.blocks[view.block_of(finding)].role, Role::Heading { .. });
        if is_heading || heads.contains(&finding.id.0.as_str()) || superseded(&stances, finding, stance) {
            continue;
        }
        let item = finding.lead_in.as_ref().map(|_| finding.sentence);
        let quote = match &finding.lead_in {
            Some(id) => view.findings.iter().find(|head| head.id == *id).map_or(finding.sentence, |head| head.sentence),
            None => finding.sentence,
        };
        let (service, indication) = subject::of(view, finding, item, metadata);
        statements.push(Statement {
            service,
            indication,
            lines_of_business: finding.lines_of_business.clone(),
            stance,
            residual: finding.scope == Scope::Residual,
            quote,
            item,
            finding: finding.id.clone(),
        });
    }
    statements
}

/// What a finding says of its service; `None` for findings that take no stance.
fn stance(view: &View<'_>, finding: &Finding) -> Option<ServiceStance> {
    match finding.category {
        Category::Investigational => Some(ServiceStance::Investigational),
        Category::NotMedicallyNecessary => Some(ServiceStance::NotMedicallyNecessary),
        // "Most plans may exclude" warns of a contract and refuses nothing.
        Category::BenefitExclusion if finding.boilerplate || finding.force == Force::Permissive => None,
        Category::BenefitExclusion | Category::CosmeticOrConvenience => Some(ServiceStance::Excluded),
        Category::ConditionalCoverage => Some(ServiceStance::CoveredWithCriteria),
        Category::MedicallyNecessary if has_condition(finding.sentence.of(&view.document.text)) => {
            Some(ServiceStance::CoveredWithCriteria)
        }
        Category::MedicallyNecessary => Some(ServiceStance::Covered),
        // Said where the policy binds, lacking evidence is the refusal: "evidence does not support …".
        Category::InsufficientEvidence if finding.tier == Some(Tier::Binding) => Some(ServiceStance::Investigational),
        Category::NotAddressed => Some(ServiceStance::NotAddressed),
        _ => None,
    }
}

fn has_condition(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    sentence.trim_end().ends_with(':')
        || [" when ", " if ", " following", " criteria", " who meet", " provided "]
            .iter()
            .any(|word| lower.contains(word))
}

/// Whether another stance of the same sentence says it better: the label beside "not medically necessary",
/// the condition beside "medically necessary", the first of two alike.
fn superseded(stances: &[(&Finding, ServiceStance)], finding: &Finding, stance: ServiceStance) -> bool {
    let same: Vec<&(&Finding, ServiceStance)> = stances
        .iter()
        .filter(|(other, _)| other.sentence == finding.sentence && other.lead_in == finding.lead_in)
        .collect();
    let has = |wanted: ServiceStance| same.iter().any(|(_, other)| *other == wanted);
    let first = same.iter().find(|(_, other)| *other == stance).is_some_and(|(other, _)| other.id == finding.id);
    match stance {
        ServiceStance::NotMedicallyNecessary if has(ServiceStance::Investigational) => true,
        ServiceStance::Excluded if has(ServiceStance::Investigational) || has(ServiceStance::NotMedicallyNecessary) => {
            true
        }
        ServiceStance::Covered if has(ServiceStance::CoveredWithCriteria) => true,
        ServiceStance::Investigational if finding.category == Category::InsufficientEvidence => same
            .iter()
            .any(|(other, other_stance)| other.id != finding.id && *other_stance != ServiceStance::NotAddressed),
        ServiceStance::NotAddressed => same.len() > 1 && !(first && same.iter().all(|(_, other)| *other == stance)),
        _ => !first,
    }
}

/// The document's stance.
pub(super) fn document_stance(statements: &[Statement]) -> DocumentStance {
    let any = |wanted: fn(ServiceStance) -> bool| statements.iter().any(|statement| wanted(statement.stance));
    let covered = any(|stance| stance == ServiceStance::Covered);
    let conditional = any(|stance| stance == ServiceStance::CoveredWithCriteria);
    let refused = any(ServiceStance::refuses);
    match (covered || conditional, refused) {
        (true, true) => DocumentStance::Mixed,
        (true, false) if conditional => DocumentStance::CoveredWithCriteria,
        (true, false) => DocumentStance::Covered,
        (false, true) => DocumentStance::NotCovered,
        (false, false) => DocumentStance::Silent,
    }
}

/// The words of a list item without its marker.
pub(super) fn item_words(view: &View<'_>, item: Span) -> String {
    let blocks = &view.document.blocks;
    let at = blocks.partition_point(|block| block.span.end() <= item.start()).min(blocks.len() - 1);
    let start = (blocks[at].span.start() + blocks[at].marker_len as usize).max(item.start()).min(item.end());
    crate::text::single_blanks(&view.document.text[start..item.end()])
}
