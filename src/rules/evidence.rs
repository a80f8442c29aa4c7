//! What payers ask of evidence: the limbs of their tests, kinds of studies, and by which words a society is in favour.

use std::fmt;

use serde::Deserialize;

use crate::text::{Phrases, Span};

/// Something that payers ask for, with the words by which it is known.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceTerm {
    /// A stable name.
    pub id: String,
    /// What it is, in our words.
    pub says: String,
    words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Society {
    names: Vec<String>,
    supports: Vec<String>,
    unless: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    limb: Vec<EvidenceTerm>,
    study: Vec<EvidenceTerm>,
    asks: Words,
    society: Society,
}

/// What a word of the table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceWord {
    /// The limb of that number of a payer's test.
    Limb(usize),
    /// The kind of study of that number.
    Study(usize),
    /// Asked for or missed.
    Asks,
    /// The name of a society.
    Society,
    /// In favour.
    Supports,
    /// Not in favour, or another's words.
    Unless,
}

/// The table, ready to be looked for in one pass.
pub struct EvidenceTerms {
    /// The limbs of payers' tests.
    pub limbs: Vec<EvidenceTerm>,
    /// Kinds of studies.
    pub studies: Vec<EvidenceTerm>,
    words: Vec<EvidenceWord>,
    phrases: Phrases,
}

impl fmt::Debug for EvidenceTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EvidenceTerms").field("limbs", &self.limbs).field("studies", &self.studies).finish()
    }
}

impl EvidenceTerms {
    /// Every word of the table in `text`, ordered by where it ends.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (EvidenceWord, Span)> + 'a {
        self.phrases.places(text).map(|(number, span)| (self.words[number], span))
    }
}

/// The file, for the identity of the rules.
pub(super) const TEXT: &str = include_str!("../../corpora/evidence.toml");

/// The embedded table.
pub(super) fn embedded() -> EvidenceTerms {
    let file: File = toml::from_str(TEXT).expect("a test reads the embedded table");
    let mut phrases: Vec<&String> = Vec::new();
    let mut words: Vec<EvidenceWord> = Vec::new();
    for (number, limb) in file.limb.iter().enumerate() {
        phrases.extend(&limb.words);
        words.resize(phrases.len(), EvidenceWord::Limb(number));
    }
    for (number, study) in file.study.iter().enumerate() {
        phrases.extend(&study.words);
        words.resize(phrases.len(), EvidenceWord::Study(number));
    }
    let society = &file.society;
    for (list, word) in [
        (&file.asks.words, EvidenceWord::Asks),
        (&society.names, EvidenceWord::Society),
        (&society.supports, EvidenceWord::Supports),
        (&society.unless, EvidenceWord::Unless),
    ] {
        phrases.extend(list);
        words.resize(phrases.len(), word);
    }
    let phrases = Phrases::new(phrases);
    EvidenceTerms { limbs: file.limb, studies: file.study, words, phrases }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_what_they_stand_for() {
        let terms = embedded();
        let found: Vec<EvidenceWord> = terms
            .places("Larger trials that improve the net health outcome are needed.")
            .map(|(word, _)| word)
            .collect();
        let limb = terms.limbs.iter().position(|limb| limb.id == "net-outcome").expect("it is in the table");
        let larger = terms.studies.iter().position(|study| study.id == "larger").expect("it is in the table");
        for word in [EvidenceWord::Limb(limb), EvidenceWord::Study(larger), EvidenceWord::Asks] {
            assert!(found.contains(&word), "{word:?}");
        }
        assert!(terms.limbs.iter().chain(&terms.studies).all(|term| !term.says.is_empty()));
    }
}
