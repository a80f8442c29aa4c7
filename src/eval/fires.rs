//! Whether a finding stands in a unit.

/// How many letters beside a match tell one place of the same words from another.
const BESIDE: usize = 15;

/// A quote shorter than this says too little to stand for a whole unit.
const SHORT_QUOTE: usize = 30;

/// A match as long as this tells its place by itself.
const LONG_MATCH: usize = 40;

/// Whether `matched`, seen within `quote`, stands in `unit`; all three as letters and digits.
///
/// The unit and the quote were cut from the document by different programs: one may hold the other, or
/// they overlap. Short quotes and bare matches must not echo through a document.
pub(super) fn fires_in(unit: &str, quote: &str, matched: &str) -> bool {
    if matched.is_empty() || !unit.contains(matched) {
        return false;
    }
    if quote.contains(unit) {
        return true;
    }
    if unit.contains(quote) {
        return quote.len() >= SHORT_QUOTE || 2 * quote.len() >= unit.len();
    }
    let Some(start) = quote.find(matched) else { return false };
    let end = start + matched.len();
    let with_left = &quote[start.saturating_sub(BESIDE)..end];
    let with_right = &quote[start..quote.len().min(end + BESIDE)];
    start >= BESIDE && unit.contains(with_left)
        || quote.len() - end >= BESIDE && unit.contains(with_right)
        || matched.len() >= LONG_MATCH
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::letters_and_digits;

    fn check(unit: &str, quote: &str, matched: &str, expected: bool) {
        let [unit_letters, quote_letters, match_letters] = [unit, quote, matched].map(letters_and_digits);
        assert_eq!(
            fires_in(&unit_letters, &quote_letters, &match_letters),
            expected,
            "{matched:?} of {quote:?} in {unit:?}"
        );
    }

    #[test]
    fn a_match_counts_where_unit_and_quote_are_the_same_words() {
        check("The gel is unproven.", "• The gel\nis unproven.", "is unproven", true);
        check("The gel is unproven.", "The gel is unproven. It is new.", "is unproven", true);
        check("The gel is unproven.", "The gel is unproven. It is new.", "is new", false);
    }

    #[test]
    fn short_quotes_do_not_echo() {
        check("Coverage of the new gel and of the old gel is limited to adults", "the gel", "gel", false);
        check("1. Not covered: gel", "Not covered: gel", "not covered", true);
    }

    #[test]
    fn overlapping_cuts_count_by_the_words_beside_the_match() {
        let quote = "and for adults over sixty the gel is unproven for any use";
        check("for adults over sixty the gel is unproven", quote, "is unproven", true);
        check("in children the old foam is unproven", quote, "is unproven", false);
    }
}
