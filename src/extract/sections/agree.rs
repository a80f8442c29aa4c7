//! Whether what stands under a heading agrees with it: dates under history, citations under references.

use crate::policy::dates;

/// Whether a block reads like an entry of a revision history.
pub(super) fn is_dated(block: &str) -> bool {
    dates::first(block).is_some() || starts_with_year(block)
}

/// Whether a block says what was changed, as entries of a history do.
pub(super) fn is_change(block: &str) -> bool {
    const WORDS: [&str; 14] = [
        "annual review",
        "updated",
        "added",
        "removed",
        "revised",
        "reviewed",
        "no change",
        "clarified",
        "deleted",
        "reformatted",
        "changed",
        "new policy",
        "replaced",
        "archived",
    ];
    let lower = block.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// Whether a block reads like a citation: a year beside the marks of a journal, a book or an address.
pub(super) fn is_citation(block: &str) -> bool {
    let lower = block.to_lowercase();
    const MARKS: [&str; 16] = [
        "et al",
        "doi",
        "pmid",
        "pmc",
        "http",
        "www.",
        "accessed",
        "available at",
        "published",
        "retrieved",
        "isbn",
        "nct0",
        " j ",
        "journal",
        " med.",
        "eds.",
    ];
    let marked = MARKS.iter().any(|mark| lower.contains(mark)) || has_volume(&lower);
    marked && has_year(block) || lower.contains("http") || lower.contains("doi:")
}

/// Whether a block is a title and no sentence, as lists of related policies hold them.
pub(super) fn is_title(block: &str) -> bool {
    let words: Vec<&str> = block.split_whitespace().collect();
    !block.ends_with('.')
        && (1..=18).contains(&words.len())
        && !words.iter().any(|word| matches!(*word, "is" | "are" | "not" | "when" | "will"))
}

/// `2019;12(3):45` and the like.
fn has_volume(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (1..bytes.len())
        .any(|at| matches!(bytes[at], b':' | b';' | b'(') && (digit(at - 1) || bytes[at - 1] == b')') && digit(at + 1))
}

/// A number from 1900 to 2099 that stands alone.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_year)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit())
}

fn starts_with_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().is_some_and(is_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(of: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        for text in yes {
            assert!(of(text), "{text}");
        }
        for text in no {
            assert!(!of(text), "{text}");
        }
    }

    #[test]
    fn citations_have_a_year_and_a_mark() {
        check(
            is_citation,
            &[
                "Lopez A. Gel in horses. J Gels 2011;4:2.",
                "12. Sock Board. Guide. 2020. Accessed May 1, 2021.",
                "https://sock.example/a",
            ],
            &["Members may appeal within 180 days.", "The plan was founded in 2010."],
        );
    }

    #[test]
    fn history_entries_are_dated() {
        check(
            is_dated,
            &["02/1992 New.", "2021-04: wording moved", "4th QTR 2025 review"],
            &["Criteria were changed.", "Section 12"],
        );
    }

    #[test]
    fn titles_are_no_sentences() {
        check(
            is_title,
            &["CPB 0140 - Sock Testing", "Investigational Treatments of Reflux"],
            &["Gel is investigational", "It ended."],
        );
    }
}
