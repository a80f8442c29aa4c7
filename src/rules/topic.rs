//! Topics: what statements are about, as data (`corpora/topics/*.toml`, whose notation its first file describes).

use std::fmt::Write as _;

use serde::Deserialize;

/// One topic: a service or family of services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The id in outputs and flags, such as `prp`.
    pub id: String,
    /// Its plain name.
    pub name: String,
    /// The words that name it.
    pub terms: Vec<Term>,
    /// Codes of its services.
    codes: Vec<CodeRange>,
}

/// Words of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The words with single blanks, hyphens as blanks; in their own case where `cased`.
    pub words: String,
    /// What finding them means.
    pub kind: TermKind,
    /// Whether capitals must be those of `words`.
    pub cased: bool,
    /// Whether the last word may have any ending.
    pub open: bool,
}

/// What finding a term means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// It names the topic.
    Name,
    /// It names the topic only in a document that also uses a [`TermKind::Name`] of it.
    Short,
    /// It is something else, though it holds a term.
    LookAlike,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum CodeRange {
    Between(String, String),
    Beginning(String),
}

impl Topic {
    /// Whether `code`, in capitals, is one of the topic's.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.codes.iter().any(|range| match range {
            CodeRange::Beginning(start) => code.starts_with(start.as_str()),
            CodeRange::Between(from, to) => {
                let last = |text: &str| text.ends_with(|c: char| c.is_ascii_alphabetic()).then(|| text.chars().last());
                code.len() == from.len() && last(code) == last(from) && (from.as_str()..=to.as_str()).contains(&code)
            }
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSyntax {
    topic: Vec<TopicSyntax>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicSyntax {
    id: String,
    name: String,
    terms: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    codes: Vec<String>,
}

const EMBEDDED: [&str; 2] =
    [include_str!("../../corpora/topics/stem-cell.toml"), include_str!("../../corpora/topics/therapies.toml")];

/// The embedded topics, in the order of their files.
pub(super) fn embedded() -> Vec<Topic> {
    EMBEDDED.iter().flat_map(|text| read(text).expect("a test reads the embedded topics")).collect()
}

fn read(text: &str) -> Result<Vec<Topic>, String> {
    let file: FileSyntax = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.topic.into_iter().map(topic).collect())
}

fn topic(syntax: TopicSyntax) -> Topic {
    let kinds = [(syntax.terms, TermKind::Name), (syntax.short, TermKind::Short), (syntax.not, TermKind::LookAlike)];
    let terms = kinds.into_iter().flat_map(|(words, kind)| words.into_iter().map(move |words| term(&words, kind)));
    Topic {
        id: syntax.id,
        name: syntax.name,
        terms: terms.collect(),
        codes: syntax.codes.iter().map(|code| range(code)).collect(),
    }
}

fn term(words: &str, kind: TermKind) -> Term {
    let open = words.ends_with('*');
    let words = words.trim_end_matches('*').replace(['-', '/'], " ");
    let cased = words.chars().any(|c| c.is_ascii_uppercase());
    Term { words, kind, cased, open }
}

fn range(code: &str) -> CodeRange {
    match (code.strip_suffix('*'), code.split_once('-')) {
        (Some(start), _) => CodeRange::Beginning(start.to_owned()),
        (None, Some((from, to))) => CodeRange::Between(from.to_owned(), to.to_owned()),
        (None, None) => CodeRange::Between(code.to_owned(), code.to_owned()),
    }
}

/// The topics as one text, for the rule set's content id.
pub(super) fn canonical(topics: &[Topic]) -> String {
    topics.iter().fold(String::new(), |mut text, topic| {
        write!(text, "{topic:?}").expect("a string can always be written to");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn embedded_topics_have_ids_of_their_own_and_terms_without_inner_stars() {
        let topics = embedded();
        let ids: BTreeSet<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
        assert_eq!(ids.len(), topics.len());
        for topic in &topics {
            assert!(topic.terms.iter().any(|term| term.kind == TermKind::Name), "{}", topic.id);
            for term in &topic.terms {
                assert!(!term.words.contains('*') && term.words.len() > 1, "{}: {}", topic.id, term.words);
            }
        }
    }

    #[test]
    fn codes_are_one_a_range_or_a_beginning() {
        let codes = ["0263T-0265T", "20939", "E66*"].map(range).to_vec();
        let topic = Topic { id: String::new(), name: String::new(), terms: Vec::new(), codes };
        for (code, has) in
            [("0264T", true), ("02640", false), ("0264U", false), ("20939", true), ("E66.01", true), ("E65", false)]
        {
            assert_eq!(topic.has_code(code), has, "{code}");
        }
    }
}
