//! What a service is for, as a sentence says it: behind its stance, in its opening, or in the service's own words.

use super::clause::{STANCES, outside, stance, verb};
use super::naming::{LONGEST, shortened, strip_word};

/// Words that end a name of a service or use.
const STOPS: [&str; 24] = [
    " when ",
    " if ",
    " unless ",
    " because ",
    " who meet",
    " whenever ",
    " provided ",
    " due to ",
    " including ",
    " includ",
    " such as ",
    " except ",
    " only ",
    " based on ",
    " as follows",
    " where ",
    " and is ",
    " and are ",
    " therefore",
    " regardless ",
    " until ",
    " with all ",
    " meeting ",
    " as there ",
];

/// The words up to the first stop.
pub(super) fn cut(words: &str) -> &str {
    let stop = STOPS.iter().filter_map(|stop| words.find(stop)).min().unwrap_or(words.len());
    let mark = outside(words).find(|&(_, c)| matches!(c, ';' | ':')).map_or(words.len(), |(at, _)| at);
    let sentence = words.find(". ").unwrap_or(words.len());
    words[..stop.min(mark).min(sentence)].trim_end_matches(['.', ',', ' '])
}

/// "… medically necessary for knee osteoarthritis when …": the use behind the stance, up to the end of its clause.
pub(super) fn use_behind(main: &str) -> Option<String> {
    let lower = main.to_ascii_lowercase();
    let (at, len) = stance(&lower)?;
    let mut rest = main[at + len..].trim_start();
    // "investigational, and not medically necessary", "experimental, investigational or unproven"
    loop {
        let next = rest.trim_start_matches([',', '/', ' ', ')', '(']);
        let next = ["and/or ", "and ", "or "].iter().find_map(|word| strip_word(next, word)).unwrap_or(next);
        let more = STANCES.iter().chain(&["necessary", "covered", "investigational"]).find_map(|s| strip_word(next, s));
        match more {
            Some(behind) => rest = behind.trim_start(),
            None => break,
        }
    }
    if strip_word(rest, "to ").is_some() {
        return bounded(rest);
    }
    let opening = ["for ", "in ", "as ", "when used for ", "when used "];
    bounded(opening.iter().find_map(|word| strip_word(rest, word))?)
}

/// A use in words that are no more than a name.
pub(super) fn bounded(words: &str) -> Option<String> {
    let words = cut(words);
    let words = words.strip_prefix("the treatment of ").unwrap_or(words).trim();
    let lower = words.to_ascii_lowercase();
    let pointing = [
        "all other",
        "any other",
        "the following",
        "any of the",
        "all of the",
        "one of the",
        "other ",
        "all ",
        "any ",
        "these",
        "those",
        "members",
        "following",
        "certain ",
    ];
    let points = words.is_empty() || pointing.iter().any(|pointer| lower.starts_with(pointer));
    let words = if words.split(' ').count() > LONGEST { shortened(words)? } else { words };
    (!points).then(|| words.to_owned())
}

/// "Testing of members with X to determine prognosis": what the service is for, where its own words say so.
pub(super) fn purpose(subject: &str) -> Option<String> {
    const PURPOSES: [&str; 8] = [
        " to determine ",
        " to predict ",
        " to diagnose ",
        " to establish ",
        " to confirm ",
        " to guide ",
        " to assess ",
        " to identify ",
    ];
    let at = PURPOSES.iter().filter_map(|purpose| subject.find(purpose)).min()?;
    let rest = subject[at + 1..].trim();
    let end = verb(rest).unwrap_or(rest.len());
    bounded(&rest[..end])
}
