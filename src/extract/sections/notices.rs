//! Which paragraphs are general notices of a payer, by their own wording (`corpora/sections/notices.tsv`).

use std::sync::LazyLock;

use crate::text::Phrases;

static WORDINGS: LazyLock<Wordings> =
    LazyLock::new(|| Wordings::parse(include_str!("../../../corpora/sections/notices.tsv")));

/// The wordings of the table, and what each weighs.
#[derive(Debug)]
struct Wordings {
    phrases: Phrases,
    weights: Vec<u32>,
}

impl Wordings {
    fn parse(source: &str) -> Wordings {
        let lines = source.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let rows = lines
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(weight, words)| Some((weight.parse::<u32>().ok()?, plain(words))));
        let (weights, words): (Vec<u32>, Vec<String>) = rows.unzip();
        Wordings { phrases: Phrases::new(words), weights }
    }
}

/// Whether the words of a paragraph are those of a general notice: wordings that together weigh two or more.
pub(super) fn is_notice(paragraph: &str) -> bool {
    let plain = plain(paragraph);
    let mut seen: Vec<usize> = Vec::new();
    let mut weight = 0;
    for (which, _) in WORDINGS.phrases.places(&plain) {
        if !seen.contains(&which) {
            seen.push(which);
            weight += WORDINGS.weights[which];
            if weight >= 2 {
                return true;
            }
        }
    }
    false
}

/// Lower case, curly apostrophes straight, blanks single.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = !out.is_empty();
            continue;
        }
        if blank {
            out.push(' ');
            blank = false;
        }
        match c {
            '’' => out.push('\''),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
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
