//! What holds for every pattern and every sentence: the matcher finds what a naive reading of the pattern finds.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Matcher, Target};
use crate::document::{Block, Document, SectionId};
use crate::policy::MediaType;
use crate::rules::{Node, PackText, RuleSet};
use crate::text::Span;

const WORDS: &[&str] = &["cells", "covered", "not", "is", "plan", "review", "case", "by"];

/// The places behind all matches of `node` that begin before word `at`, read off its definition.
fn ends(node: &Node, words: &[&str], at: usize) -> BTreeSet<usize> {
    let one = |fits: bool| if fits { BTreeSet::from([at + 1]) } else { BTreeSet::new() };
    match node {
        Node::Word(word) => one(words.get(at).is_some_and(|other| *other == &**word)),
        Node::Stem(word) => one(words.get(at).is_some_and(|other| other.starts_with(&**word))),
        Node::Gap(most) => (at..=at + usize::from(*most)).take_while(|end| *end <= words.len()).collect(),
        Node::Optional(part) => ends(part, words, at).into_iter().chain([at]).collect(),
        Node::Choice(parts) => parts.iter().flat_map(|part| ends(part, words, at)).collect(),
        Node::Sequence(parts) => parts.iter().fold(BTreeSet::from([at]), |places, part| {
            places.into_iter().flat_map(|place| ends(part, words, place)).collect()
        }),
        other => unreachable!("the strategy makes no {other:?}"),
    }
}

/// The leftmost-longest matches without overlap, as ranges of words.
fn naive(node: &Node, words: &[&str]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for start in 0..words.len() {
        let behind = found.last().is_none_or(|last| start >= last.1);
        if let Some(end) = ends(node, words, start).into_iter().max().filter(|end| behind && *end > start) {
            found.push((start, end));
        }
    }
    found
}

/// A pattern in the notation: words with stems, optional words, alternatives and gaps between.
fn pattern() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS);
    let stem = prop_oneof![Just("co*"), Just("pla*"), Just("c*"), Just("re*")];
    let piece = prop_oneof![
        4 => word.clone().prop_map(str::to_owned),
        1 => stem.prop_map(str::to_owned),
        2 => (word.clone(), word.clone()).prop_map(|(a, b)| format!("{{{a}|{b} not}}")),
        1 => word.clone().prop_map(|word| format!("[{word}]")),
        1 => (1_u8..4).prop_map(|most| format!("~{most}")),
    ];
    (word.clone(), proptest::collection::vec(piece, 0..5), word)
        .prop_map(|(first, middle, last)| format!("{first} {} {last}", middle.join(" ")))
}

fn sentence() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(proptest::sample::select(WORDS), 0..24)
}

fn rules(pattern: &str) -> RuleSet {
    let text = format!(
        "[[rule]]\nid = \"a/b\"\ncategory = \"barrier/investigational\"\npatterns = [{pattern:?}]\n\
         examples = [\"x\"]\ncounter_examples = [\"y\"]\nwhy = \"z\"\n"
    );
    RuleSet::parse(&[PackText { name: "laws", file: "laws.toml", text: &text }]).expect("the pattern is sound")
}

proptest! {
    #[test]
    fn the_matcher_finds_what_a_naive_reading_finds(pattern in pattern(), words in sentence()) {
        let rules = rules(&pattern);
        let text = words.join(" ");
        let mut document = Document::empty(MediaType::Text, "laws/1");
        document.text.clone_from(&text);
        document.blocks.push(Block::paragraph(Span::new(0, text.len()), SectionId::new(0)));
        let matcher = Matcher::new(&rules);
        let scanned = matcher.scanner().scan(&document);
        let got: Vec<&str> = scanned
            .iter()
            .flat_map(|sentence| &sentence.matches)
            .filter(|found| matches!(found.target, Target::Rule(_)))
            .map(|found| found.span.of(&text))
            .collect();
        let expected: Vec<String> = naive(&rules.rules[0].patterns[0].node, &words)
            .into_iter()
            .map(|(start, end)| words[start..end].join(" "))
            .collect();
        prop_assert_eq!(got, expected, "{} in {}", pattern, text);
    }
}
