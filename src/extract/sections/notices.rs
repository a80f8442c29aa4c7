//! Which paragraphs are general notices of a payer, by their own wording (`corpora/sections/notices.tsv`).

use std::sync::LazyLock;

use crate::text::single_blanks;

static WORDINGS: LazyLock<Vec<(u32, String)>> =
    LazyLock::new(|| parse(include_str!("../../../corpora/sections/notices.tsv")));

fn parse(source: &str) -> Vec<(u32, String)> {
    let lines = source.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(weight, words)| Some((weight.parse().ok()?, plain(words))))
        .collect()
}

/// Whether the words of a paragraph are those of a general notice.
pub(super) fn is_notice(paragraph: &str) -> bool {
    let plain = plain(paragraph);
    let mut weight = 0;
    for (each, words) in WORDINGS.iter() {
        if plain.contains(words) {
            weight += each;
            if weight >= 2 {
                return true;
            }
        }
    }
    false
}

/// Lower case, curly apostrophes straight, blanks single.
fn plain(text: &str) -> String {
    single_blanks(text).replace('’', "'").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, expected: bool) {
        assert_eq!(is_notice(paragraph), expected, "{paragraph}");
    }

    #[test]
    fn notices_are_known_by_their_wording() {
        check("This text is not a guarantee of payment by the Pond Plan.", true);
        check("Where the member’s contract differs, the benefit plan document takes\u{c}precedence.", true);
    }

    #[test]
    fn statements_are_none() {
        check("Sock therapy is considered investigational for all indications.", false);
        check("Coverage is subject to the member's contract.", false);
    }
}
