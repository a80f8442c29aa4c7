//! Which statements of a policy are about the service that was asked for.

use std::cmp::Reverse;

use crate::report::Analysis;
use crate::report::model::{FindingModel, StanceModel};

/// A service to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Its name in the words of whoever asks.
    pub service: String,
    /// Topics that the name holds; where there are some they decide, else the words of the name do.
    pub topics: Vec<String>,
    /// What for.
    pub indication: Option<String>,
    /// Its code.
    pub code: Option<String>,
}

/// Words that tell nothing of a service.
const PLAIN: [&str; 16] = [
    "the",
    "of",
    "for",
    "and",
    "or",
    "in",
    "a",
    "an",
    "to",
    "with",
    "by",
    "on",
    "therapy",
    "treatment",
    "injection",
    "procedure",
];

/// How closely a statement is about what was asked; larger is closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Closeness {
    /// It names the indication.
    indication: bool,
    /// It names the service in its own words, or none in a policy whose title names it.
    own: bool,
    /// It is about named uses and not about the rest.
    listed: bool,
}

impl Asked {
    /// The statements about the service, closest first, then in document order.
    pub(super) fn statements<'a>(&self, analysis: &'a Analysis) -> Vec<(Closeness, &'a StanceModel)> {
        let Some(summary) = &analysis.summary else { return Vec::new() };
        let title = analysis.policy.title.as_deref().unwrap_or_default();
        let titled = self.names(title) || self.short_for(title);
        let findings = analysis.findings_by_id();
        let mut found: Vec<(Closeness, &StanceModel)> = summary
            .stances
            .iter()
            .filter_map(|statement| {
                let finding = findings.get(statement.finding.as_str()).copied();
                let words = words_of(statement);
                let about = titled || finding.is_some_and(|finding| self.has_topic(finding));
                let own = self.names(&words)
                    || finding.is_some_and(|finding| self.has_code(finding))
                    || about && self.short_for(&words)
                    || titled && self.names_no_other(statement, title);
                let about = own || about;
                let indication = self.indication.as_ref().is_some_and(|indication| all_words(indication, &words));
                about.then_some((Closeness { indication, own, listed: !statement.residual }, statement))
            })
            .collect();
        found.sort_by_key(|(closeness, _)| Reverse(*closeness));
        found
    }

    /// Whether there is something in it that tells a service from others.
    #[must_use]
    pub fn tells(&self) -> bool {
        !self.topics.is_empty() || self.code.is_some() || !telling(&self.service).is_empty()
    }

    /// Whether the policy names the service at all, in its title or in what was found in it.
    #[must_use]
    pub fn is_named_in(&self, analysis: &Analysis) -> bool {
        let title = analysis.policy.title.as_deref().unwrap_or_default();
        let coded = |code: &String| {
            analysis.summary.as_ref().is_some_and(|summary| summary.codes.iter().any(|one| one.code == *code))
        };
        self.names(title)
            || self.short_for(title)
            || self.code.as_ref().is_some_and(coded)
            || analysis.findings.iter().any(|finding| self.is_about(finding))
            || !self.statements(analysis).is_empty()
    }

    /// Whether a finding is about the service.
    pub(super) fn is_about(&self, finding: &FindingModel) -> bool {
        self.has_topic(finding) || self.has_code(finding) || self.names(&finding.quote)
    }

    fn has_topic(&self, finding: &FindingModel) -> bool {
        finding.topics.iter().any(|topic| self.topics.contains(topic))
    }

    fn has_code(&self, finding: &FindingModel) -> bool {
        self.code.as_ref().is_some_and(|code| finding.codes.contains(code))
    }

    fn names(&self, words: &str) -> bool {
        all_words(&self.service, words)
    }

    /// Whether the text has the initials of the service, or the words of which the service is the initials.
    fn short_for(&self, text: &str) -> bool {
        let service = words(&self.service);
        let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
        let short = initials(&service);
        if let [asked] = service.as_slice() {
            let count = asked.chars().count();
            return (3..=5).contains(&count) && words(text).windows(count).any(|words| initials(words) == *asked);
        }
        let is_short = |word: &str| word.len() > 2 && word.to_lowercase() == short && word.to_uppercase() == word;
        text.split(|c: char| !c.is_alphanumeric()).any(is_short)
    }

    /// Whether a statement of a policy titled `title` names no service of its own: neither its subject nor its section
    /// has a word that tells another.
    fn names_no_other(&self, statement: &StanceModel, title: &str) -> bool {
        let own = words(&self.service);
        let section = statement.section.heading.as_deref().unwrap_or_default();
        let said = words(&format!("{} {section}", words_of(statement)));
        let others = telling(title).into_iter().filter(|word| !own.contains(word) && !is_general(word));
        let subject = statement.service.as_deref().unwrap_or_default();
        let subject = words(subject);
        let subject = subject.iter().take_while(|word| !ENDS_SUBJECT.contains(&word.as_str()));
        statement.item.is_none()
            && !others.into_iter().any(|word| said.contains(&word))
            && subject.into_iter().all(|word| is_general(word))
    }
}

/// Words behind which the subject of a statement is over.
const ENDS_SUBJECT: [&str; 9] = ["for", "when", "who", "whose", "if", "that", "which", "unless", "provided"];

/// Words of titles and subjects that name no service, besides the plain ones: times, grants, uses, persons, documents.
const GENERAL: &str = "month months year years week weeks day days authorization authorizations reauthorization approval \
                       coverage request requests indication indications use uses approved fda compendial labeled label \
                       below above following listed described other all any this these it such initial first second \
                       third repeat further continuation continued course courses reference product products drug \
                       drugs service services member members patient patients individual individuals adult adults child \
                       children criteria criterion policy guideline guidelines management specialty medical clinical \
                       coverage related";

fn is_general(word: &str) -> bool {
    PLAIN.contains(&word)
        || word.bytes().all(|b| b.is_ascii_digit())
        || GENERAL.split_whitespace().any(|general| general == word)
}

pub(super) fn words_of(statement: &StanceModel) -> String {
    let parts = [Some(&statement.quote), statement.item.as_ref(), statement.service.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a service's name that tell it from others.
fn telling(service: &str) -> Vec<String> {
    words(service).into_iter().filter(|word| !PLAIN.contains(&word.as_str())).collect()
}

/// Whether every telling word of `wanted` begins a word of `text` that is at most half as long again: plurals, "transplantation".
pub(super) fn all_words(wanted: &str, text: &str) -> bool {
    let (text, telling) = (words(text), telling(wanted));
    !telling.is_empty()
        && telling.iter().all(|word| {
            let stem = word.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(word);
            text.iter().any(|other| other.starts_with(stem) && other.len() <= stem.len() + (stem.len() / 2).max(2))
        })
}

#[cfg(test)]
mod tests {
    use super::all_words;

    #[test]
    fn words_match_in_any_order_with_plural() {
        assert!(all_words("hyaluronic acid injections", "Injection of hyaluronic acid"));
        assert!(all_words("knee", "osteoarthritis of the knees"));
        assert!(!all_words("knee", "kneeling"), "a longer word is another");
        assert!(!all_words("the therapy", "therapy"), "nothing telling was asked");
    }
}
