//! What a finding says of its service.

use super::View;
use super::kinds::ServiceStance;
use crate::finding::Finding;
use crate::policy::{Metadata, Tier};
use crate::rules::{Category, Force};

/// What a finding says of its service; `None` for findings that take no stance.
pub(super) fn stance(view: &View<'_>, finding: &Finding) -> Option<ServiceStance> {
    match finding.category {
        Category::Investigational => Some(ServiceStance::Investigational),
        Category::NotMedicallyNecessary => Some(ServiceStance::NotMedicallyNecessary),
        // "Most plans may exclude" warns of a contract and refuses nothing.
        Category::BenefitExclusion if finding.boilerplate || finding.force == Force::Permissive => None,
        Category::BenefitExclusion | Category::CosmeticOrConvenience => Some(ServiceStance::Excluded),
        Category::ConditionalCoverage | Category::MedicallyNecessary => {
            let sentence = finding.sentence.of(&view.document.text);
            Some(if has_condition(sentence) { ServiceStance::CoveredWithCriteria } else { ServiceStance::Covered })
        }
        // Said where the policy binds, lacking evidence is the refusal: "evidence does not support …".
        // That there is none, by itself, is a reason for something.
        Category::InsufficientEvidence if finding.tier == Some(Tier::Binding) => {
            let words = finding.sentence.of(&view.document.text).trim_start_matches(|c: char| !c.is_alphabetic());
            (!words.starts_with("There ")).then_some(ServiceStance::Investigational)
        }
        Category::NotAddressed => Some(ServiceStance::NotAddressed),
        _ => None,
    }
}

/// Words of a condition; a list of microorganisms or diagnoses behind "for the following" is none.
const CONDITIONS: &[&str] = &[
    " when ",
    " if ",
    " criteri",
    " meet",
    " met",
    " provided ",
    " only ",
    " unless ",
    " subject to ",
    " any of the following",
    " one of the following",
    " all of the following",
    " one or more of",
    " in accordance ",
    " limited to ",
    " diagnosed with ",
    " must ",
    " requires ",
    " eligib",
    " following conditions",
    " following provisions",
    " following requirements",
    " following circumstances",
    " following situations",
    " as an alternative ",
    " to predict ",
    " based on ",
    " once ",
    " as follows",
    " billed ",
    " approv",
    " may cover ",
    " in certain ",
];

fn has_condition(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let for_list =
        ["for the following", "for these "].iter().any(|words| lower.contains(words)) || heads_services(sentence);
    names_condition(sentence) || sentence.trim_end().ends_with(':') && !for_list
}

/// Whether some words state a condition, and do not only open a list.
pub(super) fn names_condition(words: &str) -> bool {
    let words: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let lower = format!(" {} ", words.to_lowercase());
    CONDITIONS.iter().any(|word| lower.contains(word))
}

/// "<Payer> considers the following medically necessary:": the list is of services, not of criteria.
pub(super) fn heads_services(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let listed =
        ["considers the following", "consider the following", "the following"].iter().find_map(|w| lower.find(w));
    let stance = ["medically necessary", "covered", "medically appropriate"].iter().filter_map(|w| lower.find(w)).min();
    let behind = |at: usize| lower[at..].trim_end().trim_end_matches(':').len() < "medically necessary for".len();
    matches!((listed, stance), (Some(listed), Some(stance)) if listed < stance && behind(stance))
        && !["criteri", " when ", " if ", "condition", "requirement"].iter().any(|word| lower.contains(word))
}

/// Whether a policy says of itself that it is about how claims are paid.
pub(super) fn is_on_billing(metadata: &Metadata) -> bool {
    let title = metadata.title.as_ref().map(|title| title.value.to_lowercase()).unwrap_or_default();
    let number = metadata.number.as_ref().map(|number| number.value.to_lowercase()).unwrap_or_default();
    ["reimbursement", "payment polic", "billing"].iter().any(|word| title.contains(word)) || number.starts_with("rp-")
}

/// Whether a finding speaks of paying claims and not of covering a service.
pub(super) fn is_billing(view: &View<'_>, finding: &Finding) -> bool {
    match finding.category {
        Category::NotAddressed => return false,
        // In a policy on billing, lacking evidence is no refusal.
        Category::InsufficientEvidence => return true,
        _ => {}
    }
    let text = &view.document.text;
    let words = if finding.span.is_empty() { finding.sentence } else { finding.span }.of(text).to_lowercase();
    let sentence = finding.sentence.of(text).to_lowercase();
    let pays = ["reimburs", "paid", "pay", "denied", "deny", "denial", "allowed", "incorrect cod"];
    let covers = ["medically necessary", "medical necessity", "investigational", "experimental", "cosmetic"];
    let coding = ["code", "billed", "claim", "reimburs", "units", "separate service", "separately"];
    pays.iter().chain(&coding).any(|word| words.contains(word))
        || coding.iter().any(|word| sentence.contains(word)) && !covers.iter().any(|word| words.contains(word))
}

/// Whether a stance is the caption of codes: "For the following procedure codes …".
pub(super) fn is_code_caption(view: &View<'_>, finding: &Finding) -> bool {
    let lower = finding.sentence.of(&view.document.text).to_lowercase();
    let names_codes = lower.starts_with("for the following procedure")
        || lower.starts_with("for the procedure code")
        || lower.starts_with("the following code");
    names_codes && lower.contains("code")
}
