//! What a sentence with a stance names: the service before its verb or behind the payer's, and the use behind it.

use super::indication::{bounded, cut, purpose, use_behind};
use super::naming::{name, strip_word, unmarked};
use crate::text::single_blanks;

/// Service and use in a sentence's own words; `None` where it names none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) service: Option<String>,
    pub(super) indication: Option<String>,
}

/// Reads a sentence whose stance begins at byte `at`.
pub(super) fn read(sentence: &str, at: usize) -> Named {
    let words = single_blanks(sentence);
    let (opening, main) = opened(unmarked(&words));
    let lower = main.to_ascii_lowercase();
    // "For cord blood, refer to …": the opening names what is handed on.
    if ["refer to", "please ", "see ", "consult"].iter().any(|pointer| lower.starts_with(pointer)) {
        return Named { service: opening.and_then(|words| name(cut(words))), indication: None };
    }
    let before = single_blanks(&sentence[..at]);
    let before = opened(unmarked(&before)).1;
    let service = object(main).or_else(|| of_agent(main)).unwrap_or_else(|| name(whole_subject(main, before)));
    let indication =
        use_behind(main).or_else(|| opening.and_then(bounded)).or_else(|| purpose(whole_subject(main, before)));
    Named { service, indication }
}

/// The words before the first verb or stance; where the sentence has neither, those before the match.
fn whole_subject<'a>(main: &'a str, before: &'a str) -> &'a str {
    let stance = stance(&main.to_ascii_lowercase()).map(|(at, _)| at);
    match (verb(main), stance) {
        (None, None) => subject(before),
        (verb, stance) => {
            let end = verb.into_iter().chain(stance).min().unwrap_or(main.len());
            subject(&main[..end])
        }
    }
}

/// Words that begin a clause of its own before the main one.
const SUBORDINATE: [&str; 20] = [
    "for ",
    "in ",
    "if ",
    "when ",
    "because ",
    "due to ",
    "although ",
    "since ",
    "based on ",
    "as ",
    "with ",
    "under ",
    "on ",
    "effective ",
    "unless ",
    "after ",
    "before ",
    "except ",
    "to ",
    "where ",
];

/// Adverbs and the like that stand before a sentence.
const ADVERBS: [&str; 10] = [
    "however",
    "therefore",
    "in addition",
    "additionally",
    "accordingly",
    "note",
    "thus",
    "also",
    "otherwise",
    "in general",
];

/// A sentence's opening clause, where it names a use ("For adults with …,"), and the rest.
fn opened(words: &str) -> (Option<&str>, &str) {
    let lower = words.to_ascii_lowercase();
    let rest = |len: usize| words[len..].trim_start_matches([',', ':', ' ']);
    let adverb =
        ADVERBS.iter().find(|adverb| lower.strip_prefix(**adverb).is_some_and(|rest| rest.starts_with([',', ':'])));
    if let Some(adverb) = adverb {
        return opened(rest(adverb.len()));
    }
    if !SUBORDINATE.iter().any(|word| lower.starts_with(word)) {
        return (None, words);
    }
    let commas: Vec<usize> = outside(words).filter(|&(_, c)| c == ',').map(|(at, _)| at).collect();
    let joined = |at: usize| {
        let next = words[at + 1..].trim_start().split(' ').next().unwrap_or_default();
        ["and", "or", "and/or", "including"].contains(&next)
    };
    let names = |at: usize| verb(words[at + 1..].trim_start()) != Some(0) && words[at + 1..].split(' ').count() > 1;
    let at = match commas.last() {
        Some(&last) if !joined(last) && names(last) => last,
        Some(_) => commas[0],
        None => return (None, words),
    };
    let opening = ["for ", "in "].iter().find_map(|word| strip_word(words, word));
    let named = opening.map(|opening| opening[..at + opening.len() - words.len()].trim());
    (named, words[at + 1..].trim_start())
}

/// The characters outside of brackets, with their places.
pub(super) fn outside(words: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0_usize;
    words.char_indices().filter(move |&(_, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

/// Verbs that end a subject.
const VERBS: [&str; 22] = [
    "is", "are", "was", "were", "be", "may", "will", "shall", "can", "must", "should", "does", "do", "has", "have",
    "meets", "meet", "remains", "remain", "requires", "is(are)", "aren't",
];

/// Words that open a relative clause: its verb is not the sentence's.
const RELATIVE: [&str; 8] = ["that", "which", "who", "whose", "when", "where", "if", "whom"];

/// The byte at which the first verb of the main clause begins.
pub(super) fn verb(words: &str) -> Option<usize> {
    let mut relative = false;
    let mut depth = 0_i32;
    let mut at = 0;
    let mut before = "";
    for word in words.split(' ') {
        let opens = word.matches(['(', '[']).count() as i32;
        let closes = word.matches([')', ']']).count() as i32;
        let bare = word.trim_matches(|c: char| matches!(c, ',' | ';' | ':'));
        let lower = bare.to_ascii_lowercase();
        if depth == 0 && (opens == 0 || lower == "is(are)") {
            let verb = VERBS.contains(&lower.as_str());
            if RELATIVE.contains(&lower.as_str()) {
                relative = true;
            } else if verb && relative {
                relative = false;
            } else if verb && !matches!(before, "and" | "or" | "not") {
                return Some(at);
            }
        }
        depth = (depth + opens - closes).max(0);
        before = if lower == "and" {
            "and"
        } else if lower == "or" {
            "or"
        } else {
            ""
        };
        at += word.len() + 1;
    }
    None
}

/// The words before the first verb of the main clause.
fn subject(words: &str) -> &str {
    let end = verb(words).unwrap_or(words.len());
    let mut subject = words[..end.min(words.len())].trim_end_matches([' ', ',', ':']);
    const ADVERBIAL: [&str; 6] = [" also", " therefore", " currently", " generally", " and", " only"];
    while let Some(rest) = ADVERBIAL.iter().find_map(|word| subject.strip_suffix(word)) {
        subject = rest.trim_end_matches([' ', ',']);
    }
    subject
}

/// What is said of a service, as its first words stand in a sentence.
pub(super) const STANCES: [&str; 14] = [
    "not medically necessary",
    "medically necessary",
    "a medically necessary",
    "investigational",
    "experimental",
    "unproven",
    "not covered",
    "non-covered",
    "medically appropriate",
    "as medically",
    "to be ",
    "not reasonable",
    "reasonable and necessary",
    "cosmetic",
];

/// Where the first stance stands in `lower`.
pub(super) fn stance(lower: &str) -> Option<(usize, usize)> {
    STANCES.iter().filter_map(|stance| Some((lower.find(stance)?, stance.len()))).min()
}

/// The service of "<payer> considers <service> medically necessary": `None` where no payer speaks.
fn object(main: &str) -> Option<Option<String>> {
    const ACTIVE: [&str; 7] = ["considers ", "consider ", "covers ", "cover ", "regards ", "deems ", "approves "];
    let lower = main.to_ascii_lowercase();
    let (at, verb) = ACTIVE.iter().filter_map(|verb| Some((lower.find(verb)?, *verb))).min()?;
    let speaker = lower[..at].split_whitespace().filter(|word| !VERBS.contains(word)).count();
    if speaker == 0 || speaker > 6 {
        return None;
    }
    let behind = &main[at + verb.len()..];
    let lower = behind.to_ascii_lowercase();
    let end = stance(&lower).map_or_else(|| cut(behind).len(), |(at, _)| at);
    Some(name(behind[..end].trim().trim_end_matches(" as").trim_end_matches(" a")))
}

/// The service of "Coverage is provided for <service> when …", "Members may be eligible for <service>": `None` where
/// the subject is another.
fn of_agent(main: &str) -> Option<Option<String>> {
    const AGENTS: [&str; 12] = [
        "coverage",
        "benefits",
        "benefit",
        "reimbursement",
        "payment",
        "members",
        "authorization",
        "approval",
        "requests",
        "prior authorization",
        "medical necessity",
        "use",
    ];
    let lower = main.to_ascii_lowercase();
    let agent = AGENTS.iter().find(|agent| {
        lower.strip_prefix(**agent).is_some_and(|rest| rest.starts_with(' ') && !rest.starts_with(" with "))
    })?;
    let rest = &main[agent.len()..];
    let at = [" for ", " of "].iter().filter_map(|word| Some(rest.find(word)? + word.len())).min()?;
    let object = subject(cut(&rest[at..]));
    Some(name(object))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, stance: &str, service: Option<&str>, indication: Option<&str>) {
        let at = sentence.find(stance).expect("the stance stands in the sentence");
        let named = read(sentence, at);
        assert_eq!((named.service.as_deref(), named.indication.as_deref()), (service, indication), "{sentence}");
    }

    #[test]
    fn the_service_stands_before_the_verb_without_marker_and_article() {
        check("B. The use of gel grafts is considered investigational.", "considered", Some("gel grafts"), None);
        check(
            "II. Fat testing (81479) to establish a diagnosis of gout is considered unproven for all other indications.",
            "considered",
            Some("Fat testing (81479) to establish a diagnosis of gout"),
            Some("to establish a diagnosis of gout"),
        );
        check(
            "Panel testing is clinically proven and, therefore, may be medically necessary for any of the following:",
            "medically",
            Some("Panel testing"),
            None,
        );
        check(
            "Testing of members who have gout is unproven.",
            "unproven",
            Some("Testing of members who have gout"),
            None,
        );
        check("It is considered investigational.", "considered", None, None);
        check("To rule out gout when it is covered.", "covered", None, None);
        check(
            "• Gel® (wax solution – Alder Works) is(are) covered when all are met.",
            "(are)",
            Some("Gel® (wax solution – Alder Works)"),
            None,
        );
        check("Approve if the member meets one of these:", "Approve", None, None);
        check("For cord blood banking, refer to the policy on storage.", "refer", Some("cord blood banking"), None);
        check(
            "Panel analysis to confirm a diagnosis of gout (81479) is considered medically necessary when:",
            "diagnosis",
            Some("Panel analysis to confirm a diagnosis of gout (81479)"),
            Some("to confirm a diagnosis of gout (81479)"),
        );
        check("The evidence is insufficient, so gel is unproven.", "insufficient", None, None);
    }

    #[test]
    fn the_payer_is_no_service() {
        check(
            "Alder considers fat testing not medically necessary for the choice of a diet.",
            "not medically",
            Some("fat testing"),
            Some("the choice of a diet"),
        );
        check("A. Alder considers the following medically necessary:", "considers", None, None);
        check("Coverage is provided for gel grafts when criteria are met.", "provided", Some("gel grafts"), None);
        // The sign for ohm takes fewer bytes in lower case.
        check("Alder considers a 5 \u{2126} gel—experimental.", "considers", Some("5 \u{2126} gel"), None);
    }

    #[test]
    fn an_opening_clause_is_none_and_may_name_the_use() {
        check(
            "However, for carriers of one gene (such as a, b) where much is copied, cell injection is considered \
             medically necessary to avoid mixing.",
            "considered",
            Some("cell injection"),
            Some("to avoid mixing"),
        );
        check(
            "For adults with gout, gel, foam, and wax are unproven.",
            "unproven",
            Some("gel, foam, and wax"),
            Some("adults with gout"),
        );
    }

    #[test]
    fn the_use_stands_behind_the_stance() {
        check(
            "One infusion of gel is considered medically necessary in individuals with gout (GT) when all are met:",
            "considered",
            Some("One infusion of gel"),
            Some("individuals with gout (GT)"),
        );
        check(
            "The stool test is investigational and not medically necessary as a screening test for adults.",
            "investigational",
            Some("stool test"),
            Some("a screening test for adults"),
        );
        check("Gel is investigational for all other indications.", "investigational", Some("Gel"), None);
    }
}
