//! Pages that were flattened to one line: blocks again at headings and bullets that stand inside prose.
//!
//! Only long paragraphs are touched, and only where capitals or the end of a sentence show that a heading
//! of the table stands there: a heading found in the middle of a sentence does more harm than one missed.

use super::flow::FlowBlock;
use super::sections;
use crate::document::Role;

/// A paragraph of fewer bytes is left as it is.
const LONG: usize = 1_500;

/// The most words of a heading inside prose.
const MOST_WORDS: usize = 6;

/// Words that are headings alone and begin no sentence.
const ALONE: [&str; 7] =
    ["Description", "Background", "Rationale", "References", "Definitions", "Coding", "Bibliography"];

/// Words behind which the name of a part is meant and no part begins.
const LINKS: [&str; 20] = [
    "the", "this", "see", "our", "in", "of", "and", "or", "to", "a", "an", "under", "with", "for", "by", "from", "its",
    "these", "as", "on",
];

/// Splits flattened paragraphs.
pub(super) fn split(flow: Vec<FlowBlock>) -> Vec<FlowBlock> {
    let mut out = Vec::with_capacity(flow.len());
    for block in flow {
        if block.role == Role::Paragraph && block.left_out.is_none() && block.text.len() >= LONG {
            headed(&block, &mut out);
        } else if block.role == Role::Paragraph && bullets(&block.text).len() >= 2 {
            listed(&block, &mut out);
        } else {
            out.push(block);
        }
    }
    out
}

/// Cuts a long paragraph at the headings in it, and what is between them at bullets.
fn headed(block: &FlowBlock, out: &mut Vec<FlowBlock>) {
    let text = &block.text;
    let starts: Vec<usize> = word_starts(text);
    let mut from = 0;
    let mut index = 0;
    let mut part = |from: usize, to: usize, bold: bool| {
        let mut made = block.part(from..to);
        if made.text.is_empty() {
            return;
        }
        made.look.bold = bold;
        if bold { out.push(made) } else { listed(&made, out) }
    };
    while index < starts.len() {
        let Some(length) = heading_at(text, &starts, index) else {
            index += 1;
            continue;
        };
        let end = starts.get(index + length).copied().unwrap_or(text.len());
        part(from, starts[index], false);
        part(starts[index], end, true);
        from = end;
        index += length;
    }
    part(from, text.len(), false);
}

/// How many words the heading has that begins at word `index`; `None` where none does.
fn heading_at(text: &str, starts: &[usize], index: usize) -> Option<usize> {
    let at = starts[index];
    if !text[at..].starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    let before = text[..at].trim_end();
    let ended = before.is_empty()
        || before.ends_with(['.', ';', ':', '!', '?', ')', '*'])
        || before.ends_with(|c: char| c.is_ascii_digit());
    (1..=MOST_WORDS).rev().filter(|length| index + length < starts.len()).find(|&length| {
        let words = text[at..starts[index + length]].trim();
        let next = &text[starts[index + length]..];
        if words.len() < 5 || words.ends_with([',', '.', ';', ':']) || words.contains(['.', ';', '•']) {
            return false;
        }
        let capitals = words.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let next_word = next.split_whitespace().next().unwrap_or_default();
        let beside = |word: &str| {
            word.chars().filter(|c| c.is_alphabetic()).count() > 1 && word.chars().all(|c| !c.is_lowercase())
        };
        let last = before.split_whitespace().next_back().unwrap_or_default();
        let shape = if capitals {
            words.len() >= 5 && (ended || !beside(last)) && !beside(next_word)
        } else {
            let titled = words.split(' ').all(|word| word.starts_with(|c: char| c.is_uppercase()) || word.len() <= 3);
            let begins =
                next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '•' | '●' | '“'));
            // "… of all business Denial Statements Services that …": two titled words that stand in no phrase.
            let apart = last.starts_with(char::is_lowercase) && !LINKS.contains(&last) && words.contains(' ');
            let apart = apart && !next_word.eq_ignore_ascii_case("section");
            (ended || apart) && titled && begins && (words.contains([' ', '/']) || ALONE.contains(&words))
        };
        shape && sections::is_part_of_document(words)
    })
}

/// Where words begin.
fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut blank = true;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            blank = true;
        } else if std::mem::take(&mut blank) {
            starts.push(at);
        }
    }
    starts
}

/// Where bullets stand that begin an item: at the start, behind a blank or the end of a sentence.
fn bullets(text: &str) -> Vec<usize> {
    let bullet = |c: char| matches!(c, '•' | '●' | '▪' | '○' | '➢' | '■');
    text.char_indices()
        .filter(|&(at, c)| bullet(c) && (at == 0 || text[..at].ends_with([' ', '.', ';', ':', ')'])))
        .map(|(at, _)| at)
        .collect()
}

/// Cuts a paragraph at its bullets.
fn listed(block: &FlowBlock, out: &mut Vec<FlowBlock>) {
    let mut cuts = bullets(&block.text);
    if cuts.len() < 2 {
        out.push(block.clone());
        return;
    }
    cuts.push(block.text.len());
    let head = block.part(0..cuts[0]);
    if !head.text.is_empty() {
        out.push(head);
    }
    for pair in cuts.windows(2) {
        out.push(FlowBlock { role: Role::Item { level: 1 }, ..block.part(pair[0]..pair[1]) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let made = split(vec![FlowBlock::words(text.to_owned(), None)]);
        let shown: Vec<String> = made.iter().map(|block| format!("{}: {}", block.role.as_str(), block.text)).collect();
        let cut: Vec<String> = shown.iter().map(|line| line.chars().take(40).collect()).collect();
        assert_eq!(cut, expected);
    }

    #[test]
    fn bullets_inside_a_paragraph_are_items() {
        check(
            "POLICY ● Open surgery is covered. ● The rest is not.",
            &["paragraph: POLICY", "item: ● Open surgery is covered.", "item: ● The rest is not."],
        );
    }

    #[test]
    fn a_bullet_behind_a_stop_without_a_blank_is_one() {
        check(
            "● Open surgery.● The rest (see below.)● End.",
            &["item: ● Open surgery.", "item: ● The rest (see below.)", "item: ● End."],
        );
    }

    #[test]
    fn headings_inside_one_long_line_part_it() {
        let filler = "This goes on about socks and what they do to feet. ".repeat(40);
        check(
            &format!("{filler}Position Statement Sock therapy is investigational. {filler}REFERENCES 1. Lopez A. Gel."),
            &[
                "paragraph: This goes on about socks and ",
                "paragraph: Position Statement",
                "paragraph: Sock therapy is investigation",
                "paragraph: REFERENCES",
                "paragraph: 1. Lopez A. Gel.",
            ],
        );
    }

    #[test]
    fn a_heading_behind_words_without_a_stop_parts_them() {
        let filler = "This goes on about socks and what they do to feet. ".repeat(40);
        check(
            &format!("{filler}It is for all lines of business Denial Statements Socks will be denied."),
            &[
                "paragraph: This goes on about socks and ",
                "paragraph: Denial Statements",
                "paragraph: Socks will be denied.",
            ],
        );
    }

    #[test]
    fn heading_words_inside_sentences_stay() {
        let filler = "The Policy Statement of the plan and the References it has are long. ".repeat(40);
        check(&filler, &["paragraph: The Policy Statement of the p"]);
    }
}
