//! Hyphens at line ends: part of the word, or only of the line.

use std::collections::HashMap;

use super::layout::LINE_END_HYPHEN;
use crate::extract::flow::FlowBlock;

/// Beginnings that are written with a hyphen.
const PREFIXES: &[&str] = &[
    "non", "long", "short", "well", "self", "anti", "pre", "post", "high", "low", "evidence", "peer", "case", "by",
    "cost", "first", "second", "third", "in", "out", "on", "off", "up", "cell", "stem", "age", "co", "multi", "cross",
    "follow", "end", "full", "large", "small", "two", "three", "four", "one", "double", "single", "meta", "x", "t",
    "b", "re",
];

/// Endings that are written with a hyphen behind most words: "sham-controlled".
const SECONDS: &[&str] = &[
    "adjusted",
    "approved",
    "associated",
    "based",
    "blind",
    "blinded",
    "controlled",
    "dependent",
    "derived",
    "directed",
    "free",
    "guided",
    "limiting",
    "line",
    "matched",
    "mediated",
    "naive",
    "negative",
    "positive",
    "refractory",
    "related",
    "resistant",
    "responsive",
    "risk",
    "specific",
    "targeted",
    "term",
    "threatening",
    "treated",
    "type",
    "wide",
];
/// Beginnings that are written together with these, too.
const TOGETHER: &[&str] = &["inter", "over", "under", "dis", "mis", "sub", "trans", "auto", "hyper", "hypo", "para"];

/// Decides every hyphen that ended a line: it stays where the hyphenated word stands elsewhere in the document,
/// goes where the joined word does, and else stays behind beginnings that take one or between two known words.
pub(super) fn resolve(flow: &mut [FlowBlock]) {
    let broken: Vec<usize> = (0..flow.len()).filter(|&at| flow[at].text.contains(LINE_END_HYPHEN)).collect();
    let mut known: HashMap<String, bool> = HashMap::new();
    for &at in &broken {
        divided(&flow[at].text, |before, after| {
            known.extend(spellings(before, after).map(|word| (word, false)));
        });
    }
    if known.is_empty() {
        return;
    }
    for block in flow.iter() {
        look_up(&block.text, &mut known);
    }
    for at in broken {
        flow[at].text = resolved(&flow[at].text, &known);
    }
}

/// The words that tell about a hyphen: with it, without it, and what stands before and behind it.
fn spellings(before: &str, after: &str) -> [String; 4] {
    let after = after.to_lowercase();
    let last = before.rsplit('-').next().unwrap_or("").to_owned();
    [format!("{before}-{after}"), format!("{before}{after}"), last, after]
}

/// Marks the words that stand in a text, whole and in the parts between their hyphens.
fn look_up(text: &str, known: &mut HashMap<String, bool>) {
    let mut lower = String::new();
    let mut mark = |word: &str| {
        if word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            if let Some(stands) = known.get_mut(word) {
                *stands = true;
            }
        } else {
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            if let Some(stands) = known.get_mut(&lower) {
                *stands = true;
            }
        }
    };
    let whole = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != LINE_END_HYPHEN);
    for word in whole.filter(|word| !word.is_empty() && !word.contains(LINE_END_HYPHEN)) {
        mark(word);
        if word.contains('-') {
            word.split('-').for_each(&mut mark);
        }
    }
}

/// Hands on the words before and behind each hyphen of a text that is to be decided.
fn divided(text: &str, mut decide: impl FnMut(&str, &str)) {
    let mut out = String::with_capacity(text.len());
    for part in text.split(LINE_END_HYPHEN) {
        if !out.is_empty() || text.starts_with(LINE_END_HYPHEN) {
            let before = word_before(&out);
            // Behind another hyphen, one stays anyway.
            decide(before.rsplit('-').next().unwrap_or(""), &word_behind(part));
            out.push('-');
        }
        out.push_str(part);
    }
}

fn word_before(text: &str) -> String {
    text.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("").to_lowercase()
}

fn word_behind(text: &str) -> String {
    text.trim_start_matches('\u{c}').chars().take_while(|c| c.is_alphanumeric()).collect()
}

fn resolved(text: &str, known: &HashMap<String, bool>) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(LINE_END_HYPHEN) {
        if (!out.is_empty() || text.starts_with(LINE_END_HYPHEN))
            && stays(&word_before(&out), &word_behind(part), known)
        {
            out.push('-');
        }
        out.push_str(part);
    }
    out
}

fn stays(before: &str, after: &str, known: &HashMap<String, bool>) -> bool {
    if before.contains('-')
        || after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || before.ends_with(|c: char| c.is_ascii_digit())
    {
        return true;
    }
    let [hyphenated, joined, last, behind] = spellings(before, after);
    let stands = |word: &str| known.get(word).is_some_and(|stands| *stands);
    if stands(&hyphenated) || stands(&joined) {
        return stands(&hyphenated);
    }
    let compound = SECONDS.contains(&behind.as_str()) && !TOGETHER.contains(&last.as_str());
    PREFIXES.contains(&last.as_str()) || last.len() > 2 && (compound || stands(&last) && stands(&behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_of_lines_go_and_those_of_words_stay() {
        let mut flow: Vec<FlowBlock> = [
            "an investigational, long-term use",
            "investiga\u{1f}tional, case-by\u{1f}case, long\u{1f}term, re\u{1f}evaluate, treat\u{1f}ments, non\u{1f}covered, sham\u{1f}controlled, un\u{1f}related",
        ]
        .map(|text| FlowBlock::words(text.to_owned(), None))
        .into();
        resolve(&mut flow);
        assert_eq!(
            flow[1].text,
            "investigational, case-by-case, long-term, re-evaluate, treatments, non-covered, sham-controlled, unrelated"
        );
    }
}
