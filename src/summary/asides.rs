//! Sentences that take a stance only by the way: a law's words, what a label means, which services are meant, a duty of
//! those who ask, the reason within a criterion.

use super::criteria::{connective, refuses};
use super::kinds::Connective;
use super::{View, voice};
use crate::document::{Block, Role};
use crate::finding::Finding;
use crate::rules::Category;

/// "An insurer that issues a policy in this state shall provide coverage …", "Section 1862(a)(1)(A) …": a law's words, which refuse nobody and are
/// no statement of the payer's.
pub(super) fn speaks_law(view: &View<'_>, finding: &Finding) -> bool {
    let lower = voice::cell(view, finding).trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let cited = [
        "title xviii",
        "title xix",
        "section 1862",
        "section 1861",
        "social security act",
        "42 cfr",
        "42 c.f.r",
        "42 u.s.c",
        "45 cfr",
    ];
    if cited.iter().any(|start| lower.starts_with(start)) || lower.contains(" is a federal medicaid requirement") {
        return true;
    }
    let any = ["a ", "an ", "any ", "each ", "every ", "all ", "no "].iter().any(|start| lower.starts_with(start));
    let Some((subject, said)) = lower.split_once(" shall ") else { return false };
    let insures = [
        "insurer",
        "carrier",
        "issuer",
        "policy",
        "policies",
        "health plan",
        "benefit plan",
        "contract",
        "organization",
    ];
    let acts =
        ["provide", "include", "cover", "not exclude", "not deny", "offer", "not limit", "not refuse", "reimburse"];
    any && insures.iter().any(|word| subject.contains(word)) && acts.iter().any(|verb| said.starts_with(verb))
}

/// Words for any service, of which definitions speak.
const ANY_SERVICE: [&str; 15] = [
    "service",
    "services",
    "treatment",
    "treatments",
    "procedure",
    "procedures",
    "drug",
    "device",
    "technology",
    "technologies",
    "therapy",
    "item",
    "intervention",
    "test",
    "supplies",
];

/// "A treatment is investigational when reliable evidence does not permit conclusions …": what a label means.
pub(super) fn defines_a_label(words: &str) -> bool {
    let lower = words.to_lowercase();
    // "Unproven: a service for which …", "1 month is equal to 30 days".
    let term = lower.split_once(':').filter(|(term, _)| term.split(' ').count() <= 3);
    let label = |term: &str| ["investigational", "experimental", "unproven", "medically necessary"].contains(&term);
    if term
        .is_some_and(|(term, rest)| label(term) && [" a ", " an ", " any "].iter().any(|start| rest.starts_with(start)))
        || lower.contains(" is equal to ")
    {
        return true;
    }
    let Some(rest) = ["a ", "an ", "any "].iter().find_map(|article| lower.strip_prefix(article)) else { return false };
    let Some((subject, said)) = rest.split_once(" is ") else { return false };
    let generic = subject.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_any = generic.clone().count() <= 6
        && generic.clone().any(|word| ANY_SERVICE.contains(&word))
        && generic
            .clone()
            .all(|word| ANY_SERVICE.contains(&word) || ["or", "and", "medical", "health", "care"].contains(&word));
    let label = ["investigational", "experimental", "unproven", "medically necessary"];
    is_any
        && label.iter().any(|label| said.contains(label))
        && [" when ", " if ", " unless "].iter().any(|word| said.contains(word))
        && ["evidence", "conclusions", "outcomes", "accepted", "research", "approv", "literature", "standard"]
            .iter()
            .any(|word| said.contains(word))
}

/// "… coverage of services that the plan considers to be unproven": the label only says which services are meant.
pub(super) fn is_relative(view: &View<'_>, finding: &Finding) -> bool {
    let own = finding.span.start().clamp(finding.sentence.start(), finding.sentence.end());
    let own_words = finding.span.of(&view.document.text).to_lowercase();
    let speaks = ["considers ", "consider ", "deems ", "regards "].iter().any(|verb| own_words.starts_with(verb));
    let before = view.document.text[finding.sentence.start()..own].to_lowercase();
    let before: Vec<&str> = before.split_whitespace().rev().take(6).collect();
    let relative = before.iter().position(|word| ["that", "which"].contains(word));
    speaks && relative.is_some_and(|at| before.get(at + 1).is_some_and(|word| ANY_SERVICE.contains(word)))
}

/// "The supplier must confirm benefits", "Records must be submitted with the request": a duty of those who ask.
pub(super) fn is_duty(lower: &str) -> bool {
    if lower.starts_with("if requesting") || lower.contains("please ") && lower.contains("following documentation") {
        return true;
    }
    let modal = [" must ", " should ", " shall ", " need to ", " is required to ", " are required to "];
    let Some((at, verb)) =
        modal.iter().filter_map(|modal| Some((lower.find(modal)?, lower.find(modal)? + modal.len()))).min()
    else {
        return false;
    };
    let (who, what) = (&lower[..at], &lower[verb..]);
    let asks =
        ["supplier", "provider", "physician", "prescriber", "member", "facility", "facilities", "practitioner", "you"]
            .iter()
            .any(|one| {
                who.split(|c: char| !c.is_alphabetic())
                    .any(|word| word.trim_end_matches('s') == one.trim_end_matches('s'))
            });
    let checks = ["verify ", "confirm ", "check ", "determine "].iter().any(|verb| what.contains(verb))
        && ["benefit", "eligib", "coverage"].iter().any(|word| what.contains(word));
    let papers = ["record", "documentation", "notes", "form", "information", "report", "photograph", "letter"];
    let sent = ["be submitted", "be included", "be provided", "accompany", "be attached", "be sent", "be faxed"];
    let shows = ["document ", "support ", "demonstrate ", "reflect ", "indicate "];
    let sends = papers.iter().any(|paper| who.contains(paper))
        && (shows.iter().any(|verb| what.starts_with(verb))
            || sent.iter().any(|verb| what.starts_with(verb))
                && ["request", "review", "authorization"].iter().any(|word| what.contains(word)));
    let decides = ["govern", "control", "supersede", "prevail", "precedence", "conflict"];
    (asks && checks || sends) && !decides.iter().any(|word| lower.contains(word))
}

/// "A reviewing psychiatrist may approve a level that the score does not give": what a person at the plan is free to do
/// is a lever and no statement on a service.
pub(super) fn leaves_to_a_person(sentence: &str) -> bool {
    const PERSONS: [&str; 12] = [
        "director",
        "reviewer",
        "physician",
        "psychiatrist",
        "psychologist",
        "geneticist",
        "pharmacist",
        "oncologist",
        "dentist",
        "nurse",
        "clinician",
        "committee",
    ];
    const FREE: [&str; 14] = [
        "outside",
        "not meet",
        "not satisf",
        "not met",
        "not listed",
        "weighing",
        "discussing",
        "individual",
        "exception",
        "higher",
        "beyond",
        "not give",
        "circumstances",
        "facts",
    ];
    let lower = sentence.to_lowercase();
    let verb = ["may approve", "may authorize", "may allow", "may grant", "can approve", "can authorize", "may waive"];
    let Some(at) = verb.iter().filter_map(|verb| lower.find(verb)).min() else { return false };
    let person = PERSONS.iter().any(|person| lower[..at].contains(person));
    person && FREE.iter().any(|word| lower.contains(word)) && !lower.contains("may not be")
}

/// "A four-week trial is required before a lamp is considered reasonable and necessary": when, and not whether.
pub(super) fn is_awaited(view: &View<'_>, finding: &Finding) -> bool {
    let own = finding.span.start().clamp(finding.sentence.start(), finding.sentence.end());
    let before = view.document.text[finding.sentence.start()..own].to_lowercase();
    let near: Vec<&str> = before.split_whitespace().rev().take(6).collect();
    matches!(finding.category, Category::MedicallyNecessary | Category::ConditionalCoverage)
        && near.iter().any(|word| ["before", "until"].contains(word))
        && ["required", "must", "needed"].iter().any(|word| before.contains(word))
}

/// A criterion's clause, "no other scan in 12 months, as a second one is not medically necessary": the item of a list
/// of criteria that gives a reason refuses nothing.
pub(super) fn is_within_criterion(view: &View<'_>, finding: &Finding) -> bool {
    let document = view.document;
    let block = view.block_of(finding);
    let up = |block: &&'_ Block| Some(document.block(block.lead_in?));
    let covers = |block: &Block| {
        let says = |wanted: fn(Category) -> bool| {
            view.findings_in(block.span).any(|other| other.operative && wanted(other.category))
        };
        let needed = connective(block.span.of(&document.text)) != Connective::Unstated;
        says(|category| matches!(category, Category::ConditionalCoverage | Category::MedicallyNecessary))
            || needed && !says(refuses)
    };
    let listed = matches!(block.role, Role::Item { .. }) && std::iter::successors(up(&block), up).any(covers);
    let start = (block.span.start() + block.marker_len as usize).max(finding.sentence.start());
    let own = finding.span.start().max(start);
    let before = document.text[start..own].to_lowercase();
    const CLAUSES: [&str; 12] = [
        ", as ",
        ", since ",
        " because ",
        ", which ",
        " that would ",
        " or is ",
        " or are ",
        " if ",
        " where ",
        " in which ",
        " unless ",
        " for which ",
    ];
    let asked =
        before.contains(" must ") && [", as ", ", since ", " because "].iter().any(|turn| before.contains(turn));
    asked || listed && CLAUSES.iter().any(|turn| before.contains(turn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_and_duties_are_told_from_statements() {
        assert!(defines_a_label("A treatment is investigational when reliable evidence does not permit conclusions."));
        assert!(!defines_a_label("A lamp is investigational when evidence on the member's gout is wanting."));
        assert!(is_duty("the lamp supplier must confirm eligibility and benefits before delivery."));
        assert!(is_duty("clinical notes must be submitted with the request for case-by-case review."));
        assert!(is_duty("the medical records should document that the criteria are met."));
        assert!(leaves_to_a_person("The medical director may approve a lamp outside of these criteria."));
        assert!(!leaves_to_a_person("The medical director may approve a lamp when it is new."));
        assert!(defines_a_label("Unproven: a service for which the literature shows no effect."));
        assert!(!is_duty("requests for individual consideration must be submitted in writing."));
    }
}
