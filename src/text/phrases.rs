//! A fixed set of phrases looked for all at once.

use std::fmt;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::Span;

/// Phrases that are found in one pass over a text, ASCII letters in either case.
///
/// For tables of names and labels: looking for each of two hundred phrases by itself costs two hundred passes.
pub struct Phrases {
    automaton: AhoCorasick,
}

impl Phrases {
    /// The set of these phrases, numbered in their order. Empty phrases are never found.
    #[must_use]
    pub fn new<P: AsRef<str>>(phrases: impl IntoIterator<Item = P>) -> Phrases {
        let words: Vec<P> = phrases.into_iter().collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.iter().map(AsRef::as_ref))
            .expect("a table's phrases fit an automaton");
        Phrases { automaton }
    }

    /// Every place of every phrase, overlapping ones too, with the phrase's number, ordered by where they end.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Span)> + 'a {
        let all = self.automaton.find_overlapping_iter(text);
        all.filter(|found| !found.is_empty())
            .map(|found| (found.pattern().as_usize(), Span::new(found.start(), found.end())))
    }
}

impl fmt::Debug for Phrases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phrases").field("count", &self.automaton.patterns_len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_phrases_are_all_found() {
        let phrases = Phrases::new(["virginia", "west virginia", ""]);
        let text = "In West Virginia and VIRGINIA";
        let found: Vec<(usize, &str)> = phrases.places(text).map(|(which, span)| (which, span.of(text))).collect();
        assert_eq!(found, [(1, "West Virginia"), (0, "Virginia"), (0, "VIRGINIA")]);
    }
}
