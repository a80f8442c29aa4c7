//! Sentences that take a stance only by the way: a law's words, what a label means, which services are meant, a duty of
//! those who ask, the reason within a criterion.

use super::criteria::{connective, refuses};
use super::kinds::Connective;
use super::stance::contains;
use super::{View, voice};
use crate::document::{Block, Role};
use crate::finding::Finding;
use crate::rules::Category;

/// "An insurer that issues a policy in this state shall provide coverage …", "Section 1862(a)(1)(A) …": a law's words,
/// which refuse nobody and are no statement of the payer's.
pub(super) fn speaks_law(view: &View<'_>, finding: &Finding) -> bool {
    let lower = voice::cell(view, finding).trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    const CITED: [&str; 9] = [
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
    if CITED.iter().any(|start| lower.starts_with(start)) || lower.contains(" is a federal medicaid requirement") {
        return true;
    }
    const ACTS: [&str; 9] =
        ["provide", "include", "cover", "not exclude", "not deny", "offer", "not limit", "not refuse", "reimburse"];
    let any = ["a ", "an ", "any ", "each ", "every ", "all ", "no "].iter().any(|start| lower.starts_with(start));
    let Some((subject, said)) = lower.split_once(" shall ") else { return false };
    any && is_insurer(subject) && ACTS.iter().any(|verb| said.starts_with(verb))
}

/// Whether a subject is those who insure, "each insurer, carrier or health plan that …", or what they issue, "any
/// policy delivered in this state"; "all requests under this policy" are neither.
fn is_insurer(subject: &str) -> bool {
    const BEHIND: [&str; 18] = [
        "that",
        "which",
        "who",
        "whose",
        "under",
        "of",
        "for",
        "in",
        "to",
        "by",
        "with",
        "between",
        "as",
        "issued",
        "delivered",
        "offered",
        "providing",
        "offering",
    ];
    const INSURERS: [&str; 7] = ["insurer", "carrier", "issuer", "organization", "corporation", "hmo", "plan"];
    let words: Vec<&str> =
        subject.split_whitespace().take_while(|word| !word.starts_with('(') && !BEHIND.contains(word)).collect();
    let is_last =
        |at: usize| words[at].ends_with(',') || words.get(at + 1).is_none_or(|next| ["or", "and"].contains(next));
    let issued = ["issued", "delivered", "renewed", "amended", "insurance", "this state"];
    (0..words.len()).filter(|at| is_last(*at)).any(|at| {
        let noun = words[at].trim_end_matches(',');
        INSURERS.contains(&noun.trim_end_matches('s'))
            || ["policy", "policies", "contract", "contracts"].contains(&noun)
                && issued.iter().any(|word| subject.contains(word))
    })
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

/// "The supplier must confirm benefits", "Records must be submitted with the request": what a sentence says of its
/// service within a duty of those who ask. A refusal is more than that, unless it is what comes of neglect, as is what
/// stands behind the duty.
pub(super) fn is_in_duty(view: &View<'_>, finding: &Finding) -> bool {
    let sentence = finding.sentence.of(&view.document.text);
    let own = finding.span.start().saturating_sub(finding.sentence.start());
    let before = sentence.get(..own).unwrap_or_default();
    let neglect = contains(before, &[" failure to do so ", " failure to comply ", " result in "]);
    let behind = before.contains(';') || contains(before, &[" otherwise ", " or ", " else "]);
    (neglect || !behind && !refuses(finding.category)) && is_duty(&sentence.to_lowercase())
}

/// Whether a sentence is a duty of those who ask.
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
    const ASKING: [&str; 9] =
        ["supplier", "provider", "physician", "prescriber", "member", "facility", "facilitie", "practitioner", "you"];
    const PAPERS: [&str; 9] =
        ["record", "documentation", "note", "form", "information", "report", "photograph", "letter", "chart"];
    let speaks_of = |nouns: &[&str]| {
        who.split(|c: char| !c.is_alphabetic()).any(|word| nouns.contains(&word.strip_suffix('s').unwrap_or(word)))
    };
    let checks = ["verify ", "confirm ", "check ", "determine "].iter().any(|verb| what.contains(verb))
        && ["benefit", "eligib", "coverage"].iter().any(|word| what.contains(word));
    let sent = ["be submitted", "be included", "be provided", "accompany", "be attached", "be sent", "be faxed"];
    let shows = ["document ", "support ", "demonstrate ", "reflect ", "indicate "];
    let sends = speaks_of(&PAPERS)
        && (shows.iter().any(|verb| what.starts_with(verb))
            || sent.iter().any(|verb| what.starts_with(verb))
                && ["request", "review", "authorization"].iter().any(|word| what.contains(word)));
    let decides = ["govern", "control", "supersede", "prevail", "precedence", "conflict"];
    (speaks_of(&ASKING) && checks || sends) && !decides.iter().any(|word| lower.contains(word))
}

/// Those at a plan who decide on one case.
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

/// "A reviewing psychiatrist may approve a level that the score does not give": what a person at the plan is free to do
/// outside the criteria is a lever and no statement on a service.
pub(super) fn leaves_to_a_person(sentence: &str) -> bool {
    const OUTSIDE: &[&str] = &[
        " outside these ",
        " outside of these ",
        " outside the criteria ",
        " outside of the criteria ",
        " beyond these ",
        " beyond the criteria ",
        " not meet ",
        " not satisfy ",
        " not met ",
        " not give ",
        " not listed ",
        " exception ",
        " exceptions ",
        " higher level ",
        " facts of ",
        " individual facts ",
        " individual circumstances ",
    ];
    let lower = sentence.to_lowercase();
    let verb = ["may approve", "may authorize", "may allow", "may grant", "can approve", "can authorize", "may waive"];
    let Some(at) = verb.iter().filter_map(|verb| lower.find(verb)).min() else { return false };
    let mut before = lower[..at].split(|c: char| !c.is_alphabetic());
    let person = before.any(|word| PERSONS.contains(&word.strip_suffix('s').unwrap_or(word)));
    person && contains(&lower, OUTSIDE) && !lower.contains("may not be")
}

/// "A four-week trial is required before a lamp is considered reasonable and necessary": the trial of the item itself
/// says when, and not whether; what is "required by" a programme is that programme's rule.
pub(super) fn is_awaited(view: &View<'_>, finding: &Finding) -> bool {
    let own = finding.span.start().clamp(finding.sentence.start(), finding.sentence.end());
    let before = view.document.text[finding.sentence.start()..own].to_lowercase();
    let Some((asked, item)) = waits(&before) else { return false };
    let itself = |tried: &str| {
        let words = tried.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3);
        let end = ["is", "are", "must"];
        words.take_while(|word| !end.contains(word)).any(|word| item.split(' ').any(|own| own.starts_with(word)))
    };
    let tried = || {
        contains(asked, &[" trial ", " trials ", " rental ", " rented "])
            && [" trial of ", " rental of "]
                .iter()
                .filter_map(|of| asked.split_once(of))
                .all(|(_, tried)| itself(tried))
    };
    matches!(finding.category, Category::MedicallyNecessary | Category::ConditionalCoverage)
        && (contains(asked, &[" required by "]) || tried())
}

/// The words before a stance on either side of the "before" or "until" that makes it wait: "X is required before Y".
pub(super) fn waits(before: &str) -> Option<(&str, &str)> {
    let (asked, item) = [" before ", " until "].iter().filter_map(|word| before.rsplit_once(word)).next()?;
    let near = item.split_whitespace().count() < 6;
    (near && contains(asked, &[" required ", " must ", " needed "])).then_some((asked, item))
}

/// A criterion's clause, "no other scan in 12 months, as a second one is not medically necessary": the item of a list
/// of criteria that gives a reason refuses nothing, nor does one that begins with "no".
pub(super) fn is_within_criterion(view: &View<'_>, finding: &Finding) -> bool {
    let document = view.document;
    let block = view.block_of(finding);
    if !matches!(block.role, Role::Item { .. }) {
        return false;
    }
    let start = (block.span.start() + block.marker_len as usize).max(finding.sentence.start());
    let own = finding.span.start().max(start);
    let before = document.text[start..own].to_lowercase();
    const CLAUSES: &[&str] =
        &[" which ", " that would ", " or is ", " or are ", " if ", " where ", " in which ", " unless ", " for which "];
    let without = ["no ", "not ", "none ", "absence of ", "without "].iter().any(|start| before.starts_with(start));
    let spared = before.rsplit_once(" in which case ").is_some_and(|(_, what)| contains(what, &[" trial ", " step "]));
    let reason = [", as ", ", since ", " because "].iter().any(|turn| before.contains(turn));
    reason && binds_the_patient(&before)
        || goes_on(block.span.of(&document.text)) && is_one_of_criteria(view, block, finding)
        || (reason || spared || without && contains(&before, CLAUSES)) && is_in_list_of_criteria(view, block)
}

/// "The member must not have had a graft in 12 months, since …": whom the words before a stance bind.
fn binds_the_patient(before: &str) -> bool {
    let Some((who, _)) = before.split_once(" must ") else { return false };
    let who: Vec<&str> = who.split_whitespace().collect();
    let person = ["individual", "member", "patient", "person", "child", "adult", "recipient", "enrollee"];
    who.len() <= 3 && who.last().is_some_and(|last| person.contains(&last.strip_suffix('s').unwrap_or(last)))
}

/// "• Surgery was declined or is not covered; AND": whether the next item of the list is joined to this one.
fn goes_on(item: &str) -> bool {
    let end = item.trim_end();
    [" AND", " OR", ", and", "; and", ", or", "; or"].iter().any(|join| end.ends_with(join))
}

/// Whether an item is one of the conditions of the words that cover above it. A refusal is only where those words count
/// criteria ("all of the following"): services may be listed below plain coverage. Coverage is only without a condition
/// of its own.
fn is_one_of_criteria(view: &View<'_>, item: &Block, finding: &Finding) -> bool {
    let text = &view.document.text;
    let Some(head) = item.lead_in.map(|head| view.document.block(head)) else { return false };
    let covers = |category| matches!(category, Category::ConditionalCoverage | Category::MedicallyNecessary);
    let conditions = match refuses(finding.category) {
        true => connective(head.span.of(text)) != Connective::Unstated,
        false => !contains(&finding.sentence.of(text).to_lowercase(), &[" when ", " if "]),
    };
    conditions && view.findings_in(head.span).any(|other| other.operative && covers(other.category))
}

/// Whether words that cover, or say how many are needed and refuse nothing, head an item.
fn is_in_list_of_criteria(view: &View<'_>, item: &Block) -> bool {
    let document = view.document;
    let up = |block: &&'_ Block| Some(document.block(block.lead_in?));
    let says = |block: &Block, wanted: fn(Category) -> bool| {
        view.findings_in(block.span).any(|other| other.operative && wanted(other.category))
    };
    let covers = |category| matches!(category, Category::ConditionalCoverage | Category::MedicallyNecessary);
    let counts = |block: &Block| connective(block.span.of(&document.text)) != Connective::Unstated;
    let above = || std::iter::successors(up(&item), up);
    above().any(|block| says(block, covers)) || above().any(counts) && !above().any(|block| says(block, refuses))
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
        assert!(!is_duty("tests performed at home should demonstrate gout before a lamp is covered."));
        assert!(!leaves_to_a_person("The medical director may approve gel for individuals 18 or older."));
        assert!(!leaves_to_a_person("The nursery may approve gel outside of these criteria."));
        assert!(is_insurer("every insurer, carrier and health benefit plan that is offered here"));
        assert!(is_insurer("any group policy delivered in this state") && is_insurer("a health care service plan"));
        assert!(!is_insurer("all requests under this policy") && !is_insurer("each policy on lamps"));
        assert!(!is_insurer("any member of the health plan") && !is_insurer("all insurer forms"));
    }
}
