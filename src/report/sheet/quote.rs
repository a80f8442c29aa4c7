//! Cutting a quote to what fits a page, around the words that matter, and showing the cuts.

use crate::report::clean::clean;
use crate::text::single_blanks;

/// A stretch of a quote, verbatim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Excerpt {
    /// The words, single blanks between them.
    pub(in crate::report) words: String,
    /// Whether words before it were left out.
    pub(in crate::report) cut_before: bool,
    /// Whether words after it were left out.
    pub(in crate::report) cut_after: bool,
}

impl Excerpt {
    /// The words in quotation marks, with signs of omission outside of them.
    pub(in crate::report) fn before(&self) -> &'static str {
        if self.cut_before { "[…] “" } else { "“" }
    }

    /// What stands after the words.
    pub(in crate::report) fn after(&self) -> &'static str {
        if self.cut_after { "” […]" } else { "”" }
    }
}

/// Signs that stand before a list item and are no words of it.
const BULLETS: &[char] = &['•', '●', '▪', '■', '◦', '○', '\u{f0b7}', '·', '–', '-', ' '];

/// At most `most` characters of `quote`, cut at words, so that `matched` stands in it.
pub(in crate::report) fn excerpt(quote: &str, matched: &str, cut: bool, most: usize) -> Excerpt {
    let quote = single_blanks(&clean(quote));
    let quote = quote.trim_start_matches(BULLETS);
    // A hollow bullet is often written as the letter.
    let quote = quote.strip_prefix("o ").unwrap_or(quote);
    let whole = Excerpt { words: quote.to_owned(), cut_before: false, cut_after: cut };
    if quote.chars().count() <= most {
        return whole;
    }
    let matched = single_blanks(&clean(matched));
    let at = if matched.is_empty() { 0 } else { quote.find(&matched).unwrap_or(0) };
    let ends = quote[..at].chars().count() + matched.chars().count();
    // The match stands in the second half of what is kept where it is not near the beginning.
    let skipped = if ends <= most { 0 } else { ends.saturating_sub(most / 2 + matched.chars().count() / 2) };
    let start = quote.char_indices().nth(skipped).map_or(0, |(at, _)| at);
    let start = if start == 0 { 0 } else { quote[start..].find(' ').map_or(start, |blank| start + blank + 1) };
    let rest = &quote[start..];
    let kept = match rest.char_indices().nth(most) {
        None => rest,
        Some((end, _)) => rest[..end].rsplit_once(' ').map_or(&rest[..end], |(kept, _)| kept),
    };
    Excerpt { words: kept.to_owned(), cut_before: start > 0, cut_after: cut || kept.len() < rest.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_quote_is_whole_and_loses_only_its_bullet() {
        let whole = excerpt("• Not  covered.", "Not covered", false, 100);
        assert_eq!(whole, Excerpt { words: "Not covered.".to_owned(), cut_before: false, cut_after: false });
    }

    #[test]
    fn a_letter_that_is_a_bullet_goes_and_one_of_a_word_stays() {
        assert_eq!(excerpt("o Age 18 or older", "", false, 100).words, "Age 18 or older");
        assert_eq!(excerpt("or age 18", "", false, 100).words, "or age 18");
    }

    #[test]
    fn a_long_quote_is_cut_at_words_around_its_match() {
        let quote = format!("{}is not covered {}", "before ".repeat(100), "after ".repeat(100));
        let cut = excerpt(&quote, "is not covered", false, 80);
        assert!(cut.words.contains("is not covered") && cut.words.chars().count() <= 80, "{cut:?}");
        assert!(cut.cut_before && cut.cut_after && single_blanks(&quote).contains(&cut.words));
        let start = excerpt(&quote, "", true, 20);
        assert_eq!(start.words, "before before");
        assert!(excerpt(&"x".repeat(5_000), "", false, 50).words.len() == 50);
    }
}
