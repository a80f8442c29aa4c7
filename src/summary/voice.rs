//! Sentences that bind nobody: another's words without a speech verb of the payer's, samples of wording, rows of
//! history, questions, definitions of decisions, doors that are shut.
//!
//! Context judges findings one by one; these are signs of the whole sentence, asked before it is set out as what the
//! payer says or leaves open.

use super::View;
use super::asides::{defines_a_label, is_duty, is_relative};
use super::kinds::LeverKind;
use crate::finding::Finding;
use crate::policy::{Metadata, Tier, dates};

/// Whether a finding's sentence is no statement and no lever of the payer's.
pub(super) fn binds_nobody(view: &View<'_>, metadata: &Metadata, finding: &Finding) -> bool {
    let words = cell(view, finding);
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '[');
    is_of_what_was_replaced(view, finding)
        || words.trim_end().ends_with('?')
        || is_row(words)
        || is_sample(words)
        || is_remainder(words)
        || defines_a_decision(words)
        || defines_a_label(words)
        || is_relative(view, finding)
        || is_of_medicare(finding, words)
        || is_two_faced(words)
        || is_on_claims(words)
        || is_anothers(words, metadata)
}

/// The words of a finding's sentence; of a table's row, those of the cell in which it stands.
pub(super) fn cell<'a>(view: &View<'a>, finding: &Finding) -> &'a str {
    let text = &view.document.text;
    let own = finding.span.start().clamp(finding.sentence.start(), finding.sentence.end());
    let start = text[finding.sentence.start()..own]
        .rfind('\t')
        .map_or(finding.sentence.start(), |tab| finding.sentence.start() + tab + 1);
    let words = &text[start..finding.sentence.end()];
    words.split('\t').next().unwrap_or(words)
}

/// "Replaces the appendix of 2023, under which …": what the clause says is no longer in force.
fn is_of_what_was_replaced(view: &View<'_>, finding: &Finding) -> bool {
    let own = finding.span.start().clamp(finding.sentence.start(), finding.sentence.end());
    let before = view.document.text[finding.sentence.start()..own].to_lowercase();
    let clause = [", under which", ", in which", ", by which", ", whereby", ", which"]
        .iter()
        .find_map(|turn| before.rfind(turn));
    clause.is_some_and(|at| {
        ["replaces", "replaced", "supersedes", "superseded", "repeals", "repealed"]
            .iter()
            .any(|verb| before[..at].contains(verb))
    })
}

/// Whether a lever's sentence shuts the door, or tells of a study.
pub(super) fn shuts_the_door(view: &View<'_>, finding: &Finding, kind: LeverKind) -> bool {
    let lower = finding.sentence.of(&view.document.text).to_lowercase();
    let has = |list: &[&str]| list.iter().any(|words| lower.contains(words));
    if is_duty(&lower) {
        return true;
    }
    if kind != LeverKind::IndividualReview {
        return false;
    }
    let told =
        matches!(finding.tier, Some(Tier::Evidence | Tier::Description)) && has(&[" was ", " were ", " had been "]);
    let shut = ["not available", "not granted", "not made", "not permitted", "not allowed", "not offered", "no longer"];
    told || lower.contains("exception")
        && (has(&["no exception", "no individual exception", "no other exception", "without exception"]) || has(&shut))
}

/// A row of history: it opens with a full date, or is a few words that end in a date.
fn is_row(words: &str) -> bool {
    let dates = dates::all(words);
    let opens = dates.first().is_some_and(|dated| dated.has_day && dated.span.start() == 0);
    let trimmed = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = dates.last().is_some_and(|dated| dated.span.end() == trimmed.len());
    opens || ends && words.split_whitespace().count() <= 6
}

/// A sample of wording: its subject is a blank in brackets to be filled in.
fn is_sample(words: &str) -> bool {
    let blank = words.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    blank.is_some_and(|(blank, rest)| {
        blank.len() < 40 && ["is ", "are ", "was ", "has "].iter().any(|verb| rest.starts_with(verb))
    })
}

/// The rest of a sentence whose head stands elsewhere: it begins with a verb of speech or a relative in small letters.
fn is_remainder(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let relative = ["under which", "in which", "by which", "for which", "whereby"];
    SPEAKS.contains(&first) || relative.iter().any(|start| words.starts_with(start))
}

/// "A decision that the contract excludes the service.": a kind of decision, without a verb of its own.
fn defines_a_decision(words: &str) -> bool {
    let lower = words.to_lowercase();
    let rest = lower.strip_prefix("a ").or_else(|| lower.strip_prefix("an ")).unwrap_or("");
    [
        "decision that",
        "determination that",
        "denial that",
        "finding that",
        "notice that",
        "denial of a",
        "request for a",
    ]
    .iter()
    .any(|start| rest.starts_with(start))
        && ![" will ", " must ", " may ", " is made", " are "].iter().any(|verb| lower.contains(verb))
}

/// "Under LCD L99999, lamps are covered …" among the evidence: what another programme does.
fn is_of_medicare(finding: &Finding, words: &str) -> bool {
    let lower = words.to_lowercase();
    let told = matches!(finding.tier, Some(Tier::Evidence | Tier::Description));
    told && [
        "under lcd",
        "under ncd",
        "under the lcd",
        "under the ncd",
        "under medicare",
        "under local coverage",
        "under national coverage",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

/// "Any claim without a code will be denied", "If wrong codes are submitted, …": the form of a claim, no service.
fn is_on_claims(words: &str) -> bool {
    let lower = words.to_lowercase();
    let codes = lower.starts_with("if ")
        && ["codes are submitted", "code is submitted", "codes are billed", "code is billed"]
            .iter()
            .any(|words| lower.contains(words));
    let returned = ["claim will be denied", "claim will be returned", "claims will be returned"];
    let until = returned.iter().any(|words| lower.contains(words))
        && ["billed", "resubmit", "correct coding"].iter().any(|word| lower.contains(word));
    codes
        || until
        || ["claims ", "any claim ", "any claims ", "a claim ", "all claims "]
            .iter()
            .any(|start| lower.starts_with(start))
            && ["submitted", "without", "filed", "received", "missing", "incomplete"]
                .iter()
                .any(|word| lower.contains(word))
}

/// "May be medically necessary and still be left out": a warning, no coverage.
fn is_two_faced(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.contains("may be medically necessary")
        && ["and still ", "and yet ", "but still ", "but not covered", "and not be covered"]
            .iter()
            .any(|turn| lower.contains(turn))
}

/// Verbs by which a body speaks.
const SPEAKS: [&str; 32] = [
    "consider",
    "cover",
    "lists",
    "reports",
    "reported",
    "describes",
    "ruled",
    "considers",
    "considered",
    "said",
    "says",
    "wrote",
    "writes",
    "states",
    "stated",
    "found",
    "finds",
    "recommends",
    "recommended",
    "concluded",
    "concludes",
    "advises",
    "advised",
    "holds",
    "held",
    "suggests",
    "suggested",
    "declared",
    "covers",
    "believes",
    "endorses",
    "noted",
];

/// Bodies that are not payers.
const BODIES: [&str; 19] = [
    "board",
    "society",
    "association",
    "alliance",
    "agency",
    "forum",
    "institute",
    "college",
    "council",
    "federation",
    "academy",
    "congress",
    "network",
    "organization",
    "ministry",
    "task",
    "coalition",
    "collaborative",
    "guild",
];

/// Whether the sentence's subject is a body that is not the payer, and its verb one of speech.
fn is_anothers(words: &str, metadata: &Metadata) -> bool {
    let lower = words.to_lowercase();
    let tokens: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','))
        .filter(|word| !word.is_empty())
        .collect();
    let Some(verb) = tokens.iter().take(14).position(|word| SPEAKS.contains(word)) else { return false };
    let subject = &tokens[..verb];
    // "A neighboring plan covers", "Other payers consider".
    let one = |pair: &[&str]| {
        ["another", "neighboring"].contains(&pair[0]) && ["plan", "payer", "insurer"].contains(&pair[1])
    };
    let many = |pair: &[&str]| {
        ["other", "some", "several", "many"].contains(&pair[0]) && ["payers", "insurers"].contains(&pair[1])
    };
    let others = |pair: &[&str]| one(pair) || many(pair);
    if subject.len() <= 6 && subject.windows(2).any(others) {
        return true;
    }
    // "The League of Lamps (2024) recommends": a source with its year speaks.
    let is_year = |word: &&str| word.len() == 4 && word.parse().is_ok_and(|year: u16| (1950..2050).contains(&year));
    if subject.last().is_some_and(is_year) && subject.len() > 1 {
        return true;
    }
    // "It is considered", "X is found": the passive is the payer's own.
    let passive =
        subject.last().is_some_and(|word| ["is", "are", "be", "been", "was", "were", "not", "as"].contains(word));
    let own = metadata.payer.as_ref().map(|payer| payer.value.name.to_lowercase()).unwrap_or_default();
    let body = |word: &&&str| BODIES.contains(*word) && !own.contains(**word);
    let is_cms = subject.first().is_some_and(|word| *word == "cms");
    let ours = ["we", "our", "plan", "plans", "policy", "health", "member", "members", "services"];
    !passive && (is_cms || subject.iter().any(|word| body(&word)) && !subject.iter().any(|word| ours.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_sentence_that_binds_nobody() {
        let anothers = |words: &str| is_anothers(words, &Metadata::default());
        assert!(anothers("A state lamp board (2019) ruled that moon lamps are not covered by its own plan."));
        assert!(anothers("The Society of Lamp Surgeons (2022) considers moon lamps medically necessary."));
        assert!(anothers("CMS covers up to 12 visits in 90 days."));
        assert!(anothers("A neighboring plan in Ohio covers moon lamps after two failures."));
        assert!(!anothers("The plan considers moon lamps investigational."));
        assert!(!anothers("Lamp therapy by a network provider is considered medically necessary."));
        assert!(
            is_row("3/9/17 Moon lamps considered investigational.") && is_row("Independent medical review – 02/2018.")
        );
        assert!(!is_row("Effective 3/9/17, moon lamps are considered investigational for all uses."));
        assert!(is_sample("[Service] is considered investigational.") && !is_sample("[1] Lamps are covered."));
        assert!(is_remainder("recommends that payers look case by case.") && !is_remainder("Under which rule? Ours."));
        assert!(defines_a_decision("A decision that the contract excludes the service."));
        assert!(!defines_a_decision("A denial of a claim will be reviewed."));
        assert!(is_two_faced("A lamp may be medically necessary and still be left out of a contract."));
    }
}
