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
    /// It names the service in its own words.
    own: bool,
    /// It is about named uses and not about the rest.
    listed: bool,
}

impl Asked {
    /// The statements about the service, closest first, then in document order.
    pub(super) fn statements<'a>(&self, analysis: &'a Analysis) -> Vec<(Closeness, &'a StanceModel)> {
        let Some(summary) = &analysis.summary else { return Vec::new() };
        let title = analysis.policy.title.as_deref().unwrap_or_default();
        let titled = self.names(title);
        let findings = analysis.findings_by_id();
        let mut found: Vec<(Closeness, &StanceModel)> = summary
            .stances
            .iter()
            .filter_map(|statement| {
                let finding = findings.get(statement.finding.as_str()).copied();
                let words = words_of(statement);
                let own = self.names(&words) || finding.is_some_and(|finding| self.has_code(finding));
                let about = own || titled || finding.is_some_and(|finding| self.has_topic(finding));
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
