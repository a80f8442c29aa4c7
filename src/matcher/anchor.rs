//! Anchors: words of which one stands in every match of a phrase.

use crate::rules::Node;

/// A word by which a phrase is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchor {
    /// In lower case, ASCII.
    pub(super) word: String,
    /// Whether it is the beginning of a word.
    pub(super) stem: bool,
    /// The fewest tokens of the match before it.
    pub(super) fewest_before: u32,
    /// The most tokens of the match before it.
    pub(super) most_before: u32,
}

/// The anchors of a phrase: those of the part whose words are rarest.
pub(super) fn anchors(phrase: &Node) -> Vec<Anchor> {
    best(phrase).map(|(_, anchors)| anchors).unwrap_or_default()
}

/// The anchors of a node with their cost: how often they are to be expected, in all.
fn best(node: &Node) -> Option<(u32, Vec<Anchor>)> {
    match node {
        Node::Word(word) => single(word, false),
        Node::Stem(stem) => single(stem, true),
        Node::Choice(parts) => {
            let each: Option<Vec<_>> = parts.iter().map(best).collect();
            let each = each?;
            let cost = each.iter().map(|(cost, _)| cost).sum();
            Some((cost, each.into_iter().flat_map(|(_, anchors)| anchors).collect()))
        }
        Node::Sequence(parts) => {
            let (mut fewest, mut most) = (0, 0);
            let mut found: Option<(u32, Vec<Anchor>)> = None;
            for part in parts {
                if let Some((cost, mut anchors)) = best(part)
                    && found.as_ref().is_none_or(|(lowest, _)| cost < *lowest)
                {
                    for anchor in &mut anchors {
                        anchor.fewest_before += fewest;
                        anchor.most_before += most;
                    }
                    found = Some((cost, anchors));
                }
                let (short, long) = tokens(part);
                (fewest, most) = (fewest + short, most + long);
            }
            found
        }
        _ => None,
    }
}

/// A word as an anchor; only its letters before an apostrophe or a letter beyond ASCII count.
fn single(word: &str, stem: bool) -> Option<(u32, Vec<Anchor>)> {
    let plain: String = word.chars().take_while(char::is_ascii_alphanumeric).collect();
    if plain.is_empty() {
        return None;
    }
    let stem = stem || plain.len() < word.len();
    let cost = cost(&plain, stem);
    Some((cost, vec![Anchor { word: plain, stem, fewest_before: 0, most_before: 0 }]))
}

/// The fewest and the most tokens of a node's matches.
fn tokens(node: &Node) -> (u32, u32) {
    match node {
        Node::Word(_) | Node::Stem(_) | Node::Number | Node::Mark(_) => (1, 1),
        Node::Gap(words) => (0, u32::from(*words)),
        Node::Start | Node::End => (0, 0),
        Node::Sequence(parts) => parts.iter().map(tokens).fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1)),
        Node::Choice(parts) => {
            let each = parts.iter().map(tokens);
            each.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0, 0))
        }
        Node::Optional(part) => (0, tokens(part).1),
    }
}

/// Words that stand in every document again and again, per 100,000 words, roughly.
const COMMON: &[(&str, u32)] = &[
    ("the", 5000),
    ("of", 4000),
    ("and", 3500),
    ("or", 2200),
    ("for", 1800),
    ("in", 2300),
    ("to", 1900),
    ("a", 1500),
    ("is", 1300),
    ("with", 1200),
    ("are", 800),
    ("be", 700),
    ("that", 600),
    ("not", 600),
    ("by", 600),
    ("as", 600),
    ("on", 500),
    ("this", 450),
    ("from", 400),
    ("may", 400),
    ("an", 400),
    ("at", 350),
    ("have", 350),
    ("has", 300),
    ("was", 500),
    ("were", 500),
    ("been", 250),
    ("when", 250),
    ("if", 200),
    ("no", 250),
    ("any", 200),
    ("all", 250),
    ("patients", 600),
    ("testing", 500),
    ("test", 350),
    ("medical", 450),
    ("policy", 350),
    ("treatment", 350),
    ("following", 220),
    ("criteria", 200),
    ("considered", 180),
    ("medically", 220),
    ("necessary", 220),
    ("clinical", 400),
    ("evidence", 200),
    ("coverage", 200),
    ("health", 200),
    ("member", 120),
    ("individual", 150),
    ("individuals", 180),
    ("service", 60),
    ("services", 120),
    ("review", 120),
    ("plan", 120),
    ("other", 200),
    ("use", 180),
    ("therapy", 200),
    ("must", 60),
    ("should", 120),
    ("will", 120),
    ("does", 60),
    ("do", 60),
    ("can", 90),
    ("code", 80),
    ("codes", 100),
    ("one", 130),
    ("more", 150),
    ("least", 80),
    ("less", 70),
    ("under", 60),
    ("used", 130),
];

/// How often a word is to be expected per 100,000 words: from the table, or by its length.
fn cost(word: &str, stem: bool) -> u32 {
    let by_length = match word.len() {
        0..=2 => 400,
        3 => 150,
        4 => 60,
        5 => 40,
        6 => 25,
        7..=8 => 15,
        _ => 8,
    };
    let known = |(common, count): &(&str, u32)| (*common == word || stem && common.starts_with(word)).then_some(*count);
    COMMON.iter().filter_map(known).sum::<u32>().max(by_length)
}
