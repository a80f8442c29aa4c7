//! Where the words of topics stand: one Aho-Corasick pass for all terms over a text with hyphens as blanks.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use crate::rules::{Term, TermKind, Topic};
use crate::text::Span;

/// A topic named in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// The topic's place in the rule set's `topics`.
    pub topic: usize,
}

/// The terms of all topics, compiled.
#[derive(Debug)]
pub(super) struct TopicFinder {
    automaton: AhoCorasick,
    terms: Vec<(usize, Term)>,
}

impl TopicFinder {
    pub(super) fn new(topics: &[Topic]) -> TopicFinder {
        let terms: Vec<(usize, Term)> = topics
            .iter()
            .enumerate()
            .flat_map(|(index, topic)| topic.terms.iter().map(move |term| (index, term.clone())))
            .collect();
        let words = terms.iter().map(|(_, term)| term.words.as_bytes());
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(words)
            .expect("some hundred short terms fit an automaton");
        TopicFinder { automaton, terms }
    }

    /// The mentions in `text`, in order. Short forms count beside a name in the text or a topic of `known`.
    pub(super) fn mentions(&self, text: &str, known: &BTreeSet<usize>) -> Vec<Mention> {
        let plain = Plain::new(text);
        let mut found: Vec<(TermKind, Mention)> = self
            .automaton
            .find_overlapping_iter(&plain.text)
            .filter_map(|hit| {
                let (topic, term) = &self.terms[hit.pattern().as_usize()];
                let end = plain.whole_word(hit.start(), hit.end(), term)?;
                Some((term.kind, Mention { span: plain.original(hit.start(), end), topic: *topic }))
            })
            .collect();
        let of_kind = |kind: TermKind| found.iter().filter(move |(other, _)| *other == kind).map(|(_, one)| *one);
        let others: Vec<Mention> = of_kind(TermKind::LookAlike).collect();
        let is_other = |mention: &Mention| {
            others.iter().any(|other| other.topic == mention.topic && other.span.overlaps(mention.span))
        };
        let mut named: BTreeSet<usize> =
            of_kind(TermKind::Name).filter(|mention| !is_other(mention)).map(|mention| mention.topic).collect();
        named.extend(known);
        found.retain(|(kind, mention)| match kind {
            TermKind::LookAlike => false,
            TermKind::Name => !is_other(mention),
            TermKind::Short => named.contains(&mention.topic) && !is_other(mention),
        });
        let mut mentions: Vec<Mention> = found.into_iter().map(|(_, mention)| mention).collect();
        mentions.sort_unstable();
        mentions.dedup();
        mentions
    }
}

/// A text with every run of white space, dashes and slashes as one blank, and the way back.
struct Plain {
    text: String,
    places: Vec<usize>,
}

impl Plain {
    fn new(text: &str) -> Plain {
        let mut plain = Plain { text: String::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            let blank = c.is_whitespace() || matches!(c, '-' | '/' | '\u{2010}'..='\u{2015}');
            let (c, width) = if blank { (' ', 1) } else { (c, c.len_utf8()) };
            if !(blank && plain.text.ends_with(' ')) {
                plain.text.push(c);
                plain.places.extend((0..width).map(|byte| at + byte));
            }
        }
        plain
    }

    /// The end of the word or phrase at `start..end` where it is whole and its capitals are right.
    fn whole_word(&self, start: usize, end: usize, term: &Term) -> Option<usize> {
        let is_inner = |c: char| c.is_alphanumeric();
        if self.text[..start].ends_with(is_inner) || term.cased && self.text[start..end] != term.words {
            return None;
        }
        let rest = &self.text[end..];
        let ending = rest.find(|c: char| !is_inner(c)).unwrap_or(rest.len());
        let fits = term.open || matches!(&rest[..ending], "" | "s" | "es");
        fits.then_some(end + ending)
    }

    fn original(&self, start: usize, end: usize) -> Span {
        Span::new(self.places[start], self.places[end - 1] + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let topics = RuleSet::parse(&[]).expect("no pack is sound").topics;
        let found: Vec<(&str, &str)> = TopicFinder::new(&topics)
            .mentions(text, &BTreeSet::new())
            .iter()
            .map(|mention| (topics[mention.topic].id.as_str(), mention.span.of(text)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn whole_words_in_any_spelling_of_blanks_and_hyphens() {
        check("Platelet\u{2011}rich\u{c}plasma gels", &[("prp", "Platelet\u{2011}rich\u{c}plasma")]);
        check("The exosomes of unexosomed cells", &[("exosomes", "exosomes")]);
        check("Osteocel and osteocel", &[("orthobiologics", "Osteocel")]);
    }

    #[test]
    fn short_forms_need_their_topic_in_the_document() {
        check("The HCT and the MSC of an ASC", &[]);
        check("Mesenchymal stem cells: MSCs", &[("msc", "Mesenchymal stem cells"), ("msc", "MSCs")]);
    }

    #[test]
    fn a_transplant_of_blood_cells_is_no_injection_of_stromal_ones() {
        check("mesenchymal stem cell transplantation", &[("msc", "mesenchymal stem cell")]);
        check("Autologous stem cell transplantation", &[("hct", "stem cell transplantation")]);
        check("Autologous repair; iron chelation; amniotic fluid embolism", &[]);
    }
}
