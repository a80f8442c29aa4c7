//! To which other policies a use is handed: their names as printed.

use crate::document::Document;
use crate::text::Span;

/// Words behind which another policy is named.
const POINTERS: [&str; 10] = [
    "refer to ",
    "see ",
    "addressed in ",
    "addressed under ",
    "found in ",
    "covered in ",
    "located in ",
    "discussed in ",
    "consult ",
    "reviewed under ",
];

/// Words that belong to the pointing and not to the name.
const OPENINGS: [&str; 12] = [
    "the ",
    "our ",
    "separate ",
    "following ",
    "medical policy titled ",
    "policy titled ",
    "coverage policy titled ",
    "medical policy entitled ",
    "policy entitled ",
    "policy on ",
    "guideline titled ",
    "policy: ",
];

/// The names of other policies in a sentence: the words of its links, else what follows "refer to" or "see".
pub(super) fn to(document: &Document, sentence: Span) -> Vec<Span> {
    let at = document.blocks.partition_point(|block| block.span.end() <= sentence.start());
    let links = document.blocks.get(at).map_or(&[][..], |block| &block.links);
    let linked: Vec<Span> = links
        .iter()
        .map(|link| link.span)
        .filter(|span| span.start() >= sentence.start() && span.end() <= sentence.end() && span.len() < sentence.len())
        .collect();
    if linked.is_empty() { pointed(&document.text, sentence).into_iter().collect() } else { linked }
}

fn pointed(text: &str, sentence: Span) -> Option<Span> {
    let words = sentence.of(text);
    let lower = words.to_ascii_lowercase();
    let mut at = POINTERS.iter().filter_map(|pointer| Some(lower.find(pointer)? + pointer.len())).min()?;
    while let Some(opening) = OPENINGS.iter().find(|opening| lower[at..].starts_with(**opening)) {
        at += opening.len();
    }
    let rest = &words[at..];
    let stops = [" for ", "; ", ". ", ", which", " which ", " that "];
    let end = stops.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '”');
    let named = name.chars().any(|c| c.is_uppercase() || c.is_ascii_digit()) && name.split(' ').count() <= 20;
    named.then(|| Span::new(sentence.start() + at, sentence.start() + at + name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::MediaType;

    fn check(sentence: &str, expected: &[&str]) {
        let document = Document { text: sentence.to_owned(), ..Document::empty(MediaType::Text, "test/1") };
        let found: Vec<&str> =
            to(&document, Span::new(0, sentence.len())).iter().map(|span| span.of(sentence)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_name_behind_the_pointer() {
        check("For nerve grafts, refer to the medical policy titled Nerve Repair.", &["Nerve Repair"]);
        check("Cord blood is addressed in MP-114; nothing here applies.", &["MP-114"]);
        check("For other uses see the plan.", &[]);
    }
}
