//! Words that the text itself marks as somebody else's: quotation marks and citations.

use super::view::words_in;
use crate::text::Span;

/// The fewest words of a quotation that hold a statement and not just a term.
const QUOTATION: usize = 6;

/// The quotations of a sentence or more in `text`, in order.
///
/// Curly marks open and close; straight ones are paired in order. A mark without its partner, as in inches
/// or a cut text, quotes nothing.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in text.char_indices() {
        match (mark, open) {
            ('“', None) => open = Some((at, '”')),
            ('"', None) if !follows_number(&text[..at]) => open = Some((at, '"')),
            ('”' | '"', Some((start, closing))) if mark == closing => {
                found.push(Span::new(start, at + mark.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    found.retain(|quotation| words_in(quotation.of(text)) >= QUOTATION);
    found
}

/// Inches: `12"`.
fn follows_number(before: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether `sentence` names the authors of a study.
pub(super) fn names_authors(sentence: &str) -> bool {
    sentence.contains(" et al")
}

/// Whether `sentence` cites a source for what it says: `(Bonney et al., 2016)`, `(NCCN, v2.2023)`, `(p. 653)`, `[12, 14]`.
pub(super) fn cites(sentence: &str) -> bool {
    if names_authors(sentence) {
        return true;
    }
    let brackets = sentence.match_indices('(').map(|(at, _)| &sentence[at + 1..]);
    brackets.filter_map(|rest| rest.split_once(')')).any(|(inside, _)| is_citation(inside))
}

/// Whether a sentence is an entry of a bibliography: a year behind which a volume or nothing stands, or a day of access.
pub(super) fn is_entry(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    let year_at = |at: usize| {
        let year = &bytes[at..at + 4];
        let after = bytes.get(at + 4);
        (year.starts_with(b"19") || year.starts_with(b"20"))
            && year.iter().all(u8::is_ascii_digit)
            && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric())
            && (after == Some(&b';') || at + 5 >= bytes.len() && after.is_none_or(|&mark| mark == b'.'))
    };
    sentence.contains("Accessed") || (0..bytes.len().saturating_sub(3)).any(year_at)
}

/// Whether dots lead from a title to the number of its page, as in a table of contents. The number may stand in the
/// sentence or behind it, in what follows.
pub(super) fn is_contents_line(sentence: &str, behind: &str) -> bool {
    let title = sentence.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let page = match sentence.trim_end().len() - title.len() {
        0 => behind.trim_start().bytes().take_while(u8::is_ascii_digit).count(),
        within => within,
    };
    (1..=4).contains(&page) && (title.trim_end().ends_with(".....") || title.trim_end().ends_with(". . . ."))
}

fn is_citation(inside: &str) -> bool {
    let page = inside.strip_prefix("p. ").or_else(|| inside.strip_prefix("pp. ")).or_else(|| inside.strip_prefix("p."));
    if page.is_some_and(|page| page.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == 'e')) {
        return true;
    }
    let named = inside.starts_with(|c: char| c.is_uppercase());
    let year = inside.split(|c: char| !c.is_ascii_alphanumeric()).next_back().unwrap_or("");
    let year = year.trim_end_matches(|c: char| c.is_ascii_lowercase());
    named && year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) && words_in(inside) <= 14
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_in_quotation_marks_are_borrowed_and_terms_are_not() {
        let check = |text: &str, words: &str, expected: bool| {
            let at = text.find(words).expect("the words are there");
            let span = Span::new(at, at + words.len());
            assert_eq!(quotations(text).iter().any(|quotation| quotation.contains(span)), expected, "{text}");
        };
        check("It says: “The gel is considered investigational in all of these.” We differ.", "is considered", true);
        check("Added: \"The gel is considered investigational for tendons.\"", "is considered", true);
        check("The label \"investigational\" is applied.", "investigational", false);
        check(
            "A 12\" cast is considered investigational, says \"nobody we know or ever met\".",
            "is considered",
            false,
        );
    }

    #[test]
    fn entries_of_a_bibliography_are_told_from_notices() {
        for (sentence, expected) in [
            ("Benefit design in employer plans. J Manag Benefits. 2017;12(3):201-9.", true),
            ("Washington, DC; 2020.", true),
            ("When contract language governs. Accessed May 2, 2023.", true),
            ("The member's contract governs from 2025 on.", false),
            ("Code 20205; see the contract.", false),
        ] {
            assert_eq!(is_entry(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn dots_that_lead_to_a_page_mark_a_table_of_contents() {
        assert!(is_contents_line("Services Not Covered ........ 4", ""));
        assert!(is_contents_line("Services Not Covered . . . . . 4", ""));
        assert!(is_contents_line("Services Not Covered ........", " 4 Codes"));
        assert!(!is_contents_line("Gels ... are not covered.", ""));
        assert!(!is_contents_line("Prior authorization ........ required", ""));
    }

    #[test]
    fn citations_are_told_from_other_brackets() {
        for (sentence, expected) in [
            ("No benefit was shown (Bonney et al., 2016).", true),
            ("No test is recommended (NCCN Prostate, v2.2023).", true),
            ("(p. 486) It is not justified.", true),
            ("It is covered (effective January 2023 for adults).", false),
            ("The gel (PRP) is unproven.", false),
        ] {
            assert_eq!(cites(sentence), expected, "{sentence}");
        }
    }
}
