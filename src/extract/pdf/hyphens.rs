//! Hyphens at line ends: part of the word, or only of the line.

use std::collections::HashSet;

use super::layout::LINE_END_HYPHEN;
use crate::extract::flow::FlowBlock;

/// Beginnings that are written with a hyphen.
const PREFIXES: &[&str] = &[
    "non", "long", "short", "well", "self", "anti", "pre", "post", "high", "low", "evidence", "peer", "case", "by",
    "cost", "first", "second", "third", "in", "out", "on", "off", "up", "cell", "stem", "age", "co", "multi", "cross",
    "follow", "end", "full", "large", "small", "two", "three", "four", "one", "double", "single", "meta", "x", "t",
    "b", "re",
];

/// Decides every hyphen that ended a line: it stays where the hyphenated word stands elsewhere in the document,
/// goes where the joined word does, and else stays behind beginnings that take one or between two known words.
pub(super) fn resolve(flow: &mut [FlowBlock]) {
    if !flow.iter().any(|block| block.text.contains(LINE_END_HYPHEN)) {
        return;
    }
    let mut words = HashSet::new();
    for block in flow.iter() {
        let whole = block.text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != LINE_END_HYPHEN);
        for word in whole.filter(|word| !word.contains(LINE_END_HYPHEN)) {
            words.insert(word.to_lowercase());
            words.extend(word.split('-').map(str::to_lowercase));
        }
    }
    for block in flow.iter_mut().filter(|block| block.text.contains(LINE_END_HYPHEN)) {
        block.text = resolved(&block.text, &words);
    }
}

fn resolved(text: &str, words: &HashSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(LINE_END_HYPHEN) {
        if !out.is_empty() || text.starts_with(LINE_END_HYPHEN) {
            let before = out.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("").to_lowercase();
            let after: String = part.trim_start_matches('\u{c}').chars().take_while(|c| c.is_alphanumeric()).collect();
            if stays(&before, &after, words) {
                out.push('-');
            }
        }
        out.push_str(part);
    }
    out
}

fn stays(before: &str, after: &str, words: &HashSet<String>) -> bool {
    let after_lower = after.to_lowercase();
    let last = before.rsplit('-').next().unwrap_or("");
    if before.contains('-')
        || after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || before.ends_with(|c: char| c.is_ascii_digit())
    {
        return true;
    }
    if words.contains(&format!("{before}-{after_lower}")) {
        return true;
    }
    if words.contains(&format!("{before}{after_lower}")) {
        return false;
    }
    PREFIXES.contains(&last) || words.contains(last) && words.contains(&after_lower) && last.len() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_of_lines_go_and_those_of_words_stay() {
        let mut flow: Vec<FlowBlock> = [
            "an investigational, long-term use",
            "investiga\u{1f}tional, case-by\u{1f}case, long\u{1f}term, re\u{1f}evaluate, treat\u{1f}ments, non\u{1f}covered",
        ]
        .map(|text| FlowBlock::words(text.to_owned(), None))
        .into();
        resolve(&mut flow);
        assert_eq!(flow[1].text, "investigational, case-by-case, long-term, re-evaluate, treatments, non-covered");
    }
}
