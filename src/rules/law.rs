//! Dated data that no policy prints: deadlines and rules by line of business, notes, and facts that overtake texts.

use serde::Deserialize;

/// A deadline or rule with its source.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawRow {
    /// A stable name.
    pub id: String,
    /// `deadline` or `rule`.
    pub kind: String,
    /// Identifiers of the lines of business that it is about.
    pub lob: Vec<String>,
    /// Postal codes of the states that it is about; empty for any.
    pub state: Vec<String>,
    /// What it says, in our words.
    pub text: String,
    /// Where it stands.
    pub citation: String,
    /// The day on which somebody checked it, `YYYY-MM-DD`.
    pub checked: String,
}

/// Something to know that no policy says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawNote {
    /// A stable name.
    pub id: String,
    /// What it says, in our words.
    pub text: String,
}

/// Deadlines, rules and notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// In the order of the file.
    #[serde(rename = "row")]
    pub rows: Vec<LawRow>,
    /// In the order of the file.
    #[serde(rename = "note")]
    pub notes: Vec<LawNote>,
}

/// An event that makes sentences of policies outdated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedFact {
    /// A stable name.
    pub id: String,
    /// The day, `YYYY-MM-DD`.
    pub since: String,
    /// What happened, in our words.
    pub what: String,
    /// Who says so.
    pub source: String,
    /// The day on which somebody checked it.
    pub checked: String,
    /// A sentence is overtaken where it holds one of each group, in lower case.
    says: Vec<Vec<String>>,
    /// A document that holds one of these knows of the event.
    knows: Vec<String>,
}

impl DatedFact {
    /// Whether `text` says what the event has overtaken.
    #[must_use]
    pub fn may_overtake(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.says.iter().all(|group| group.iter().any(|word| lower.contains(word.as_str())))
    }

    /// Whether a document, in lower case, knows of the event.
    #[must_use]
    pub fn knows(&self, lower: &str) -> bool {
        self.knows.iter().any(|word| lower.contains(word.as_str()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactFile {
    fact: Vec<DatedFact>,
}

const LAW: &str = include_str!("../../corpora/jurisdiction.toml");
const FACTS: &str = include_str!("../../corpora/dated-facts.toml");

/// The embedded deadlines, rules and notes.
pub(super) fn law() -> Law {
    toml::from_str(LAW).expect("a test reads the embedded table")
}

/// The embedded facts.
pub(super) fn facts() -> Vec<DatedFact> {
    toml::from_str::<FactFile>(FACTS).expect("a test reads the embedded table").fact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_citation_and_the_day_of_its_check() {
        let is_day = |text: &str| text.len() == 10 && text.bytes().filter(u8::is_ascii_digit).count() == 8;
        for row in law().rows {
            assert!(!row.citation.is_empty() && is_day(&row.checked), "{}", row.id);
            assert!(matches!(row.kind.as_str(), "deadline" | "rule"), "{}", row.id);
        }
        assert!(!law().notes.is_empty());
        for fact in facts() {
            assert!(is_day(&fact.since) && is_day(&fact.checked) && !fact.source.is_empty(), "{}", fact.id);
        }
    }

    #[test]
    fn a_fact_overtakes_the_sentence_that_it_contradicts() {
        let fact = &facts()[0];
        assert!(fact.may_overtake("To date no mesenchymal stem cell product is FDA approved."));
        assert!(!fact.may_overtake("Mesenchymal stem cells are studied in trials."));
        assert!(fact.knows("remestemcel-l was approved in 2024"));
    }
}
