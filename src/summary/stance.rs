//! What a finding says of its service.

use super::View;
use super::advice::kind;
use super::asides::waits;
use super::kinds::{LeverKind, ServiceStance};
use crate::finding::Finding;
use crate::policy::{Metadata, Tier};
use crate::rules::{Category, Force};
use crate::text::Span;

/// What a finding says of its service; `None` for findings that take no stance.
pub(super) fn stance(view: &View<'_>, finding: &Finding) -> Option<ServiceStance> {
    match finding.category {
        Category::Investigational => Some(ServiceStance::Investigational),
        Category::NotMedicallyNecessary => Some(ServiceStance::NotMedicallyNecessary),
        // "Most plans may exclude" warns of a contract and refuses nothing.
        Category::BenefitExclusion if finding.boilerplate || is_disputed(view, finding) => None,
        // "May not be covered"; a "can" behind the refusal weakens nothing.
        Category::BenefitExclusion if finding.force == Force::Permissive && is_permissive(view, finding) => None,
        Category::BenefitExclusion if is_unproven(view, finding) => Some(ServiceStance::Investigational),
        Category::BenefitExclusion | Category::CosmeticOrConvenience => Some(ServiceStance::Excluded),
        Category::ConditionalCoverage | Category::MedicallyNecessary => {
            let conditional = has_condition(finding.sentence.of(&view.document.text), said_at(finding));
            Some(if conditional { ServiceStance::CoveredWithCriteria } else { ServiceStance::Covered })
        }
        Category::QuantityOrFrequency if limits_coverage(view, finding) => Some(ServiceStance::CoveredWithCriteria),
        Category::FederalProgramOverride if hands_to_program(view, finding) => Some(ServiceStance::NotAddressed),
        // Said where the policy binds, lacking evidence is the refusal: "evidence does not support …".
        // That there is none, by itself, is a reason for something.
        Category::InsufficientEvidence if finding.tier == Some(Tier::Binding) => {
            let words = finding.sentence.of(&view.document.text).trim_start_matches(|c: char| !c.is_alphabetic());
            let told = ["There ", "No study", "No studies", "No trial"].iter().any(|start| words.starts_with(start));
            (!told).then_some(ServiceStance::Investigational)
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

/// Words that choose from a list: a condition behind the stance, but not in "variants in any of the following genes
/// are …".
const CHOICES: &[&str] =
    &[" any of the following", " one of the following", " all of the following", " one or more of", " all of these"];

/// Where in its sentence a finding takes its stance; the start where it has no words of its own.
fn said_at(finding: &Finding) -> usize {
    finding.span.start().saturating_sub(finding.sentence.start()).min(finding.sentence.len())
}

fn has_condition(sentence: &str, said_at: usize) -> bool {
    let lower = sentence.to_lowercase();
    let for_list =
        ["for the following", "for these "].iter().any(|words| lower.contains(words)) || heads_services(sentence);
    let behind = sentence.get(said_at..).unwrap_or(sentence);
    const USES: [&str; 5] = ["indication", "condition", "diagnos", "situation", "circumstance"];
    let before = sentence.get(..said_at).unwrap_or_default();
    let chosen = contains(before, CHOICES) && USES.iter().any(|word| before.to_lowercase().contains(word));
    contains(sentence, CONDITIONS)
        || chosen
        || contains(behind, CHOICES)
        || contains(behind, &[" before ", " prior to ", " in which "])
        || is_measured(behind)
        || waits(&before.to_lowercase()).is_some()
        || ["with:", "who has:", "who have:", "with the following:"].iter().any(|end| lower.trim_end().ends_with(end))
        || sentence.trim_end().ends_with(':') && !for_list
}

/// Whether some words state a condition, and do not only open a list.
pub(super) fn names_condition(words: &str) -> bool {
    contains(words, CONDITIONS) || contains(words, CHOICES)
}

/// Whether some words contain any of `phrases`, signs taken as blanks: " form " is a whole word.
pub(super) fn contains(words: &str, phrases: &[&str]) -> bool {
    let words: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let lower = format!(" {} ", words.to_lowercase());
    phrases.iter().any(|phrase| lower.contains(phrase))
}

/// "… with a flow below 300 L/min", "6 years of age or older": a threshold.
fn is_measured(words: &str) -> bool {
    let words: Vec<String> = words
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%').to_lowercase())
        .collect();
    let compares = |word: &str| ["below", "above", "least", "than", "under", "over"].contains(&word);
    let number = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    const BOUNDS: [&str; 7] = ["greater", "more", "older", "less", "higher", "lower", "younger"];
    let bound = |at: usize| {
        words[at] == "or"
            && words.get(at + 1).is_some_and(|word| BOUNDS.contains(&word.as_str()))
            && words[at.saturating_sub(5)..at].iter().any(number)
    };
    words.windows(2).any(|pair| compares(&pair[0]) && number(&pair[1])) || (0..words.len()).any(bound)
}

/// "A member who is denied may file an appeal": the refusal is what the right is against.
fn is_disputed(view: &View<'_>, finding: &Finding) -> bool {
    let denied = finding.span.of(&view.document.text).to_lowercase().contains("denied");
    denied
        && view.findings_in(finding.sentence).any(|other| {
            other.operative
                && other.sentence == finding.sentence
                && kind(other.category) == Some(LeverKind::DisputeRights)
        })
}

/// "The following does not meet coverage criteria due to a lack of published literature": said there or in the words
/// that head the list, lacking evidence is what the refusal means.
fn is_unproven(view: &View<'_>, finding: &Finding) -> bool {
    let text = &view.document.text;
    if !finding.span.of(text).to_lowercase().contains("coverage criteria") {
        return false;
    }
    let head = view.block_of(finding).lead_in.map(|head| view.document.block(head).span);
    let lacks = |words: Span| {
        view.findings_in(words).any(|other| other.operative && other.category == Category::InsufficientEvidence)
    };
    let refuses = |head: &Span| head.of(text).to_lowercase().contains("coverage criteria");
    lacks(finding.sentence) || head.filter(refuses).is_some_and(lacks)
}

/// "For Medicare members, refer to the applicable NCD": the use is handed to the programme's rules.
fn hands_to_program(view: &View<'_>, finding: &Finding) -> bool {
    let lower = finding.sentence.of(&view.document.text).to_lowercase();
    let rules = ["ncd", "lcd", "coverage determination", "medicare coverage"].iter().any(|rule| lower.contains(rule));
    let hands = ["refer to", "decided under", "determined under", "reviewed under", "are decided by", "is decided by"];
    rules && lower.contains("medicare") && hands.iter().any(|words| lower.contains(words))
}

/// Whether "may", "might", "can" or "could" stands in the words of a refusal or just before them. Where a sentence in
/// small letters prints the "NOT" behind it in capitals, it forbids.
fn is_permissive(view: &View<'_>, finding: &Finding) -> bool {
    let sentence = finding.sentence.of(&view.document.text);
    let said = said_at(finding);
    let end = (said + finding.span.len()).min(sentence.len());
    let before: Vec<&str> = sentence[..said].split_whitespace().rev().take(1).collect();
    let own = || sentence[said..end].split_whitespace();
    let modal = |word: &str| ["may", "might", "can", "could"].iter().any(|modal| word.eq_ignore_ascii_case(modal));
    let small = sentence.chars().filter(|c| c.is_lowercase()).count();
    let stressed = own().any(|word| word == "NOT") && small * 2 > sentence.len();
    own().chain(before).any(modal) && !stressed || finding.span.is_empty()
}

/// "Coverage of X is limited to members with …", "X is limited to adults with …": cover under a condition.
fn limits_coverage(view: &View<'_>, finding: &Finding) -> bool {
    let lower = finding.sentence.of(&view.document.text).to_lowercase();
    let limit = ["limited to ", "restricted to "].iter().find_map(|verb| Some((lower.find(verb)?, verb.len())));
    const COVER: [&str; 5] = ["coverage", "reimbursement", "benefits", "authorization", "approval"];
    const WHOM: [&str; 8] = ["members", "patients", "individuals", "persons", "people", "those", "adults", "children"];
    let cover = |words: &str| COVER.iter().any(|word| words.contains(word));
    limit.is_some_and(|(at, len)| cover(&lower[..at]) || WHOM.iter().any(|whom| lower[at + len..].starts_with(whom)))
        || lower.contains("limits coverage of") && lower.trim_end().ends_with(':')
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
    ["reimbursement", "payment polic", "billing"].iter().any(|word| title.contains(word))
        // "RP-12", "MRP-3": a reimbursement policy.
        || number.split_once('-').is_some_and(|(kind, _)| kind.len() <= 3 && kind.ends_with("rp"))
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
