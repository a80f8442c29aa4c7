//! Anchors: the words by which a pattern is found before it is confirmed.
//!
//! Every match of a pattern holds at least one of its anchors, at a known distance from its start. An
//! anchor is one run of ASCII letters and digits inside one word, so that no variant of typography can
//! hide it and no match of another anchor that starts earlier can swallow it. Of the words that cannot be
//! missing, the rarest are chosen: rare words make few false alarms.

use super::Node;
use super::common::frequency;

/// A word by which a pattern is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// A run of ASCII letters and digits in lower case.
    pub(crate) literal: Box<str>,
    /// Whether the run must end where a run of letters and digits ends in the text.
    pub(crate) whole: bool,
    /// The fewest words and marks between the match's start and this one.
    pub(crate) fewest_before: usize,
    /// The most.
    pub(crate) most_before: usize,
}

/// The rarest anchors of `node`, or `None` where it has none; for a regular expression places are unknown.
pub(crate) fn anchors(node: &Node) -> Option<Vec<Anchor>> {
    best(node).map(|found| found.anchors)
}

/// Whether `node` has anchors, without choosing among them.
pub(crate) fn findable(node: &Node) -> bool {
    match node {
        Node::Word(word) => run_of_word(word, true).is_some(),
        Node::Stem(word) => run_of_word(word, false).is_some(),
        Node::Regex { .. } => best(node).is_some(),
        Node::Number | Node::Mark(_) | Node::Gap(_) | Node::Start | Node::End | Node::Optional(_) => false,
        Node::Choice(parts) => parts.iter().all(findable),
        Node::Sequence(parts) => parts.iter().any(findable),
    }
}

#[derive(Clone)]
struct Found {
    anchors: Vec<Anchor>,
    cost: u32,
}

fn best(node: &Node) -> Option<Found> {
    match node {
        Node::Word(word) => of_word(word, true),
        Node::Stem(word) => of_word(word, false),
        Node::Regex { expression, word } => match word {
            Some(word) => of_word(word, true),
            None => of_regex(expression),
        },
        Node::Number | Node::Mark(_) | Node::Gap(_) | Node::Start | Node::End | Node::Optional(_) => None,
        Node::Choice(parts) => {
            let mut all = Found { anchors: Vec::new(), cost: 0 };
            for part in parts {
                let found = best(part)?;
                all.cost += found.cost;
                all.anchors.extend(found.anchors);
            }
            Some(all)
        }
        Node::Sequence(parts) => {
            let mut before = (0, 0);
            let mut choice: Option<Found> = None;
            for part in parts {
                if let Some(found) = best(part) {
                    let rarer = choice.as_ref().is_none_or(|chosen| found.cost < chosen.cost);
                    if rarer {
                        choice = Some(found.behind(before));
                    }
                }
                let (fewest, most) = part.lengths();
                before = (before.0 + fewest, before.1 + most);
            }
            choice
        }
    }
}

impl Found {
    fn behind(mut self, before: (usize, usize)) -> Found {
        for anchor in &mut self.anchors {
            anchor.fewest_before += before.0;
            anchor.most_before += before.1;
        }
        self
    }
}

/// The run of letters that stands for `word`; `&` is the word `and` too, and no run of letters.
fn run_of_word(word: &str, whole: bool) -> Option<&str> {
    if word == "and" || !whole && "and".starts_with(word) { None } else { longest_run(word) }
}

fn of_word(word: &str, whole: bool) -> Option<Found> {
    let run = run_of_word(word, whole)?;
    // A stem's run at its end goes on in the text; every other run ends where it ends in the pattern.
    let whole = whole || !word.ends_with(run);
    let anchor = Anchor { literal: run.into(), whole, fewest_before: 0, most_before: 0 };
    Some(Found { cost: frequency(run, whole), anchors: vec![anchor] })
}

fn longest_run(word: &str) -> Option<&str> {
    word.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|run| !run.is_empty())
        .fold(None, |longest: Option<&str>, run| longest.filter(|l| l.len() >= run.len()).or(Some(run)))
}

/// The longest run of plain letters that every match of the expression must hold, read conservatively.
///
/// The run may stand inside a longer word of the text, on either side: only runs between characters that are
/// literally no letters are bounded, and those alone are trusted.
fn of_regex(source: &str) -> Option<Found> {
    let run = fixed_runs(source).into_iter().filter(|run| run.len() >= 3).min_by_key(|run| frequency(run, true))?;
    let anchor = Anchor { literal: run.to_ascii_lowercase().into(), whole: false, fewest_before: 0, most_before: 0 };
    Some(Found { cost: frequency(run, true), anchors: vec![anchor] })
}

/// Runs of letters at the top level of an expression, after its start, a blank or `\b`, that no quantifier touches.
fn fixed_runs(source: &str) -> Vec<&str> {
    let bytes = source.as_bytes();
    let mut runs = Vec::new();
    if source.matches("(?").count() != source.matches("(?:").count() {
        return runs;
    }
    let (mut at, mut depth, mut class, mut at_word) = (0, 0_i32, false, false);
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'\\' => {
                at_word = depth == 0 && !class && bytes.get(at + 1) == Some(&b'b');
                at += 2;
                continue;
            }
            b'[' if !class => class = true,
            b']' if class => class = false,
            b'(' if !class => depth += 1,
            b')' if !class => depth -= 1,
            b'|' if depth == 0 && !class => return Vec::new(),
            _ if byte.is_ascii_alphabetic() && depth == 0 && !class => {
                let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
                let quantified = matches!(bytes.get(end), Some(b'?' | b'*' | b'{' | b'+'));
                let stop = if quantified { end - 1 } else { end };
                if at_word {
                    runs.push(&source[at..stop]);
                }
                at = end;
                at_word = false;
                continue;
            }
            _ => {}
        }
        at_word = byte == b' ' && depth == 0 && !class;
        at += 1;
    }
    runs
}
