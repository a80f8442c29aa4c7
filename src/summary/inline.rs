//! Lists within a sentence: "… when (1) the burn is deep; (2) the skin is clean; and (3) dressings failed".
//!
//! Only marks in brackets that count on from the first, each with words of its own and parted from the next, are a
//! list. Citations of statutes, counts ("two (2) doses") and references ("(2) above") are none.

use std::collections::BTreeSet;

use super::View;
use super::criteria::connective;
use super::kinds::{Connective, ServiceStance};
use super::model::{Criterion, Statement};
use super::stance::names_condition;
use crate::text::{Span, roman, sentences};

/// Criteria with those that stand in a list within the sentence of a statement or of a criterion, in document order.
///
/// A criterion that holds such a list is cut where the list begins, and the parts stand below it.
pub(super) fn split(view: &View<'_>, statements: &[Statement], criteria: Vec<Criterion>) -> Vec<Criterion> {
    let text = &view.document.text;
    let conditional = |one: &&Statement| one.stance == ServiceStance::CoveredWithCriteria && one.item.is_none();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for statement in statements.iter().filter(conditional) {
        let whole = with_list(view, statement.quote);
        let Some(list) = list(whole.of(text)).filter(|list| names_condition(list.head.of(whole.of(text)))) else {
            continue;
        };
        let is_criterion = || criteria.iter().any(|criterion| criterion.quote.contains(statement.quote));
        if !is_criterion() && seen.insert(whole) {
            let own = Criterion { finding: statement.finding.clone(), quote: whole, level: 0, connective: list.joined };
            all.extend(parts(text, &own, &list));
        }
    }
    for mut criterion in criteria {
        let words = criterion.quote.of(text);
        match list(words).filter(|list| opens(list.head.of(words))) {
            Some(list) => {
                let parts = parts(text, &criterion, &list);
                let start = criterion.quote.start();
                criterion.quote = Span::new(start, start + list.head.end());
                all.push(criterion);
                all.extend(parts);
            }
            None => all.push(criterion),
        }
    }
    all.sort_by_key(|criterion| criterion.quote.start());
    all
}

/// Where the words over a list end in a sentence that holds one: "… when all are met:|(1) …; and (2) …".
pub(super) fn opening(words: &str) -> Option<usize> {
    let head = list(words)?.head;
    head.of(words).ends_with(':').then(|| head.end())
}

/// A statement's words; behind a colon with the sentences of its block that begin with marks.
fn with_list(view: &View<'_>, quote: Span) -> Span {
    let text = &view.document.text;
    let rest = Span::new(quote.end(), view.block_at(quote).span.end().max(quote.end()));
    if !quote.of(text).trim_end().ends_with(':') {
        return quote;
    }
    let words = rest.of(text);
    let marked =
        |span: &Span| words[span.start()..].split_whitespace().next().is_some_and(|word| !marks(word).is_empty());
    let end = sentences(words).into_iter().take_while(marked).last().map_or(0, Span::end);
    Span::new(quote.start(), quote.end() + end)
}

/// Whether the words of a criterion open a list: "…:", "… either", "… when".
fn opens(head: &str) -> bool {
    let last = head.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    head.ends_with(':') || ["either", "both", "when", "if"].contains(&last.as_str())
}

/// The parts of a list below what holds it. What the words before say on how many goes before the joints.
fn parts(text: &str, of: &Criterion, list: &Inline) -> Vec<Criterion> {
    let words = of.quote.of(text);
    let head = list.head.of(words);
    let last = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    let stated = match last.to_lowercase().as_str() {
        "both" => Connective::All,
        "either" => Connective::AtLeast(1),
        _ if last.ends_with(':') => connective(head),
        _ => Connective::Unstated,
    };
    let connective = if stated == Connective::Unstated { list.joined } else { stated };
    let start = of.quote.start();
    let part = |part: &Span| Criterion {
        finding: of.finding.clone(),
        quote: Span::new(start + part.start(), start + part.end()),
        level: of.level.saturating_add(1),
        connective,
    };
    list.parts.iter().map(part).collect()
}

/// The parts of a list within some words; spans are bytes of these words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Inline {
    /// The words before the first mark.
    pub(super) head: Span,
    /// Each part with its mark, without the joint behind it.
    pub(super) parts: Vec<Span>,
    /// What the words between the parts say; `Unstated` where they differ or say nothing.
    pub(super) joined: Connective,
}

/// A mark in brackets: "(2)", "b)".
struct Mark {
    span: Span,
    /// Whether a bracket opens it, and what it counts as: as digits, as a letter, as a Roman number.
    opens: bool,
    values: [Option<usize>; 3],
}

/// The first list within some words.
pub(super) fn list(words: &str) -> Option<Inline> {
    let marks = marks(words);
    let mut found: Vec<Inline> = Vec::new();
    for style in 0..3 {
        for opens in [true, false] {
            let mut chain: Vec<&Mark> = Vec::new();
            for mark in marks.iter().filter(|mark| mark.opens == opens) {
                if mark.values[style] == Some(chain.len() + 1) {
                    chain.push(mark);
                }
            }
            found.extend(parted(words, &chain));
        }
    }
    found.into_iter().min_by_key(|list| list.head.end())
}

fn marks(words: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    for word in words.split(char::is_whitespace) {
        let start = at;
        at += word.len() + words[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        let Some(name) = word.strip_suffix(')') else { continue };
        let (opens, name) = name.strip_prefix('(').map_or((false, name), |name| (true, name));
        let lower = name.to_ascii_lowercase();
        let letter = match *lower.as_bytes() {
            [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a') + 1),
            _ => None,
        };
        let digits = (name.len() <= 2).then(|| name.parse().ok()).flatten();
        let values = [digits, letter, roman(name).map(usize::from)];
        if values.iter().any(Option::is_some) {
            marks.push(Mark { span: Span::new(start, start + word.len()), opens, values });
        }
    }
    marks
}

/// The list that some marks part, if they do.
fn parted(words: &str, chain: &[&Mark]) -> Option<Inline> {
    let first = chain.first().filter(|_| chain.len() > 1)?.span.start();
    let head = words[..first].trim_end();
    if !heads(head) {
        return None;
    }
    let mut parts = Vec::new();
    let mut joints = Vec::new();
    for (at, mark) in chain.iter().enumerate() {
        let end = chain.get(at + 1).map_or(words.len(), |next| next.span.start());
        let between = words[mark.span.end()..end].trim_end();
        let (own, joint) = without_joint(between);
        let last = at + 1 == chain.len();
        if !says(own) || !last && joint.is_none() && !between.ends_with([';', ',', '.']) {
            return None;
        }
        joints.extend(joint.filter(|_| !last));
        let own = if last { between } else { own };
        parts.push(Span::new(mark.span.start(), mark.span.end() + own.len()));
    }
    joints.sort_unstable();
    joints.dedup();
    let joined = match joints[..] {
        ["and"] => Connective::All,
        ["or"] => Connective::AtLeast(1),
        _ => Connective::Unstated,
    };
    Some(Inline { head: Span::new(0, head.len()), parts, joined })
}

/// Whether a list can follow some words: not "section", "one", "42 CFR".
fn heads(head: &str) -> bool {
    const NONE: [&str; 27] = [
        "section",
        "sections",
        "subsection",
        "paragraph",
        "paragraphs",
        "item",
        "items",
        "step",
        "part",
        "number",
        "clause",
        "phase",
        "grade",
        "stage",
        "level",
        "type",
        "cfr",
        "usc",
        "criterion",
        "one",
        "two",
        "three",
        "four",
        "and",
        "table",
        "category",
        "rule",
    ];
    let last = head.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let word = last.trim_end_matches([':', ',', ';']);
    word.chars().next_back().is_some_and(char::is_alphabetic) && !NONE.contains(&word)
}

/// Whether the words of a part say something by themselves: not "above", not "to".
fn says(own: &str) -> bool {
    let mut words = own.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    let first = words.next().unwrap_or_default().trim_end_matches([',', ';', '.']);
    !["above", "below", "and", "or", "through", "to", ""].contains(&first) && words.next().is_some()
}

/// Words without the "; and" or ", or" behind them, and which it was.
fn without_joint(words: &str) -> (&str, Option<&'static str>) {
    let (before, last) = words.rsplit_once(char::is_whitespace).unwrap_or(("", words));
    let joint = match last.to_ascii_lowercase().as_str() {
        "and" => Some("and"),
        "or" | "and/or" => Some("or"),
        _ => None,
    };
    let own = if joint.is_some() { before } else { words };
    (own.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')), joint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_count_on_part_a_sentence() {
        let check = |words: &str, parts: &[&str], joined: Connective| {
            let list = list(words).expect("it is a list");
            let found: Vec<&str> = list.parts.iter().map(|part| part.of(words)).collect();
            assert_eq!((found.as_slice(), list.joined), (parts, joined), "{words}");
        };
        check(
            "Gel is covered when (1) it is wet; (2) it is new; and (3) it holds.",
            &["(1) it is wet", "(2) it is new", "(3) it holds."],
            Connective::All,
        );
        check(
            "Gel is covered if: a) it is wet, or b) it is new",
            &["a) it is wet", "b) it is new"],
            Connective::AtLeast(1),
        );
        check(
            "Gel is covered when (1) either (a) it is wet or (b) it is new, and (2) it holds",
            &["(1) either (a) it is wet or (b) it is new", "(2) it holds"],
            Connective::All,
        );
        check(
            "Gel is covered when (i) it is wet; and (ii) it is new; or (iii) it holds",
            &["(i) it is wet", "(ii) it is new", "(iii) it holds"],
            Connective::Unstated,
        );
    }

    #[test]
    fn the_words_over_a_list_end_in_a_colon() {
        let words = "Gel is covered if all are met: (1) it is wet; and (2) it is new.";
        assert_eq!(opening(words).map(|end| &words[..end]), Some("Gel is covered if all are met:"));
        assert_eq!(opening("Gel is covered when (1) it is wet; and (2) it is new."), None);
    }

    #[test]
    fn citations_counts_and_references_part_nothing() {
        for words in [
            "Gel is covered when 42 CFR 440.230 (a) is met and (b) the state agrees.",
            "Gel is covered when section (a) is met, and (b) is not.",
            "Gel is covered if criteria (1) and (2) above are met.",
            "Gel is covered if the rules of (1) above and (2) below are met.",
            "Gel is covered when one (1) dose, two (2) doses or three (3) doses failed.",
            "Gel is covered for grades (1) to (3) only.",
            "Gel is covered when (2) it is wet and (3) it is new.",
            "Gel is covered when (1) it is wet.",
            "Gel is covered under Sec. 1861(a)(1) when b) it is wet.",
        ] {
            assert_eq!(list(words), None, "{words}");
        }
    }
}
