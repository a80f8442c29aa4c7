//! The canonical text of a document: what must differ before a payer's policy counts as another version.
//!
//! White space, typographic variants, the day on which a page was printed or generated, and tokens that a
//! server makes anew for each request (nonces, view states, session ids) are not what a policy says.

use crate::policy::dates;

/// Words before a date that make it the day of a print-out and no date of the policy.
const STAMPS: [&str; 12] = [
    "printed",
    "printed on",
    "print date",
    "date printed",
    "downloaded",
    "downloaded on",
    "generated",
    "generated on",
    "page generated",
    "today's date",
    "today is",
    "date retrieved",
];

/// A number that stands for this function: texts told by another one are read again before they are compared.
pub(super) const EDITION: u32 = 1;

/// The canonical form of a matching text: one line, single blanks, plain quotes and dashes, without stamps of
/// print-outs and without one-time tokens.
#[must_use]
pub fn canonical_text(text: &str) -> String {
    let plain: String = text.chars().filter_map(plain).collect();
    let joined = plain.split_whitespace().filter(|word| !is_token(word)).collect::<Vec<_>>().join(" ");
    without_stamps(&joined)
}

/// A character as it counts; `None` where it does not.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return None,
        '\u{2018}' | '\u{2019}' | '\u{201b}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    })
}

/// Whether a word is made anew for each request: 32 or more hexadecimal digits, a GUID, or 40 or more of base64
/// with letters of both cases and digits. An address keeps its tokens: they tell one document from another.
fn is_token(word: &str) -> bool {
    if word.contains("://") || word.starts_with("www.") {
        return false;
    }
    let word = word.rsplit(['=', ':']).find(|part| !part.is_empty()).unwrap_or(word);
    let count = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    let digits = count(u8::is_ascii_digit);
    let hex = count(u8::is_ascii_hexdigit);
    let dashes = word.len() - hex;
    let is_hex =
        digits > 0 && hex >= 32 && (dashes == 0 || dashes == 4 && word.len() == 36 && word.matches('-').count() == 4);
    let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'_' | b'-');
    let is_base64 = word.len() >= 40
        && word.bytes().all(base64)
        && digits > 1
        && count(u8::is_ascii_uppercase) > 1
        && count(u8::is_ascii_lowercase) > 1;
    is_hex || is_base64
}

/// `text` without the stamps of print-outs: cue, date, and the time behind it.
fn without_stamps(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for dated in dates::all(text) {
        let Some(begin) = stamp_begins(&text[from..dated.span.start()]) else { continue };
        kept.push_str(&text[from..from + begin]);
        from = dated.span.end() + time_length(&text[dated.span.end()..]);
    }
    kept.push_str(&text[from..]);
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where the cue begins that `before`, the text up to a date, ends in.
fn stamp_begins(before: &str) -> Option<usize> {
    let trimmed = before.trim_end_matches([' ', ':', '-', ',']);
    let weekday = |text: &str| {
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            .iter()
            .find_map(|day| ends(text, day))
    };
    let trimmed = weekday(trimmed).map_or(trimmed, |at| trimmed[..at].trim_end_matches([' ', ':', '-', ',']));
    STAMPS.iter().filter_map(|stamp| ends(trimmed, stamp)).min()
}

/// Where `word` begins, when `text` ends in it, whatever its case, as words of their own.
fn ends(text: &str, word: &str) -> Option<usize> {
    let at = text.len().checked_sub(word.len())?;
    let fits = text.get(at..)?.eq_ignore_ascii_case(word);
    let alone = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    (fits && alone).then_some(at)
}

/// How many bytes of `text`, which stands behind a date, tell the time: " at 10:22:05 AM EST".
fn time_length(text: &str) -> usize {
    let mut length = 0;
    let mut seen = false;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end().trim_matches([',', '.', ';', '(', ')', '|']);
        let clock = bare.contains(':') && bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
        let lead = !seen && matches!(bare, "" | "at" | "-");
        let tail = seen
            && matches!(
                bare.to_ascii_lowercase().as_str(),
                "am" | "pm"
                    | "a.m"
                    | "p.m"
                    | "est"
                    | "edt"
                    | "cst"
                    | "cdt"
                    | "mst"
                    | "mdt"
                    | "pst"
                    | "pdt"
                    | "utc"
                    | "gmt"
            );
        if !(clock || lead || tail) {
            break;
        }
        seen |= clock;
        length += word.len();
    }
    if seen { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: &str, right: &str) {
        assert_eq!(canonical_text(left), canonical_text(right));
    }

    fn differ(left: &str, right: &str) {
        assert_ne!(canonical_text(left), canonical_text(right));
    }

    #[test]
    fn white_space_and_typography_make_no_version() {
        same("Not covered.\n\nSee  the plan\u{a0}terms.\u{c}2", "Not covered. See the plan terms. 2");
        same(
            "the plan\u{2019}s \u{201c}residual\u{201d} clause \u{2013} all other uses",
            "the plan's \"residual\" clause - all other uses",
        );
        same("investi\u{ad}gational\u{200b}", "investigational");
    }

    #[test]
    fn the_day_of_a_print_out_makes_no_version() {
        same("Printed on: 11/25/2026 10:22 AM. Policy 7", "Printed on: 1/2/2027 9:01:44 PM. Policy 7");
        same(
            "Page generated Wednesday, November 25, 2026 at 04:33 UTC",
            "Page generated Friday, January 1, 2027 at 23:10 UTC",
        );
        same("Print date 2026-11-25 Policy", "Print date 2026-11-26 Policy");
    }

    #[test]
    fn one_time_tokens_make_no_version() {
        same("nonce=9f86d081884c7d659a2feaa0c55ad015 Policy", "nonce=a3bf4f1b2b0b822cd15d6c15b0f00a08 Policy");
        same("Request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 ok", "Request 7d444840-9dc0-11d1-b245-5ffdce74fad2 ok");
        same(
            "state DwEPDwUKLTI2NjY3NzQwNQ9kFgICAw9kFgICAQ8WAh4 x",
            "state DwEPDwUJODg4ODg4ODg4D2QWAgIDD2QWAgIBDxYCHgR x",
        );
    }

    #[test]
    fn what_a_policy_says_makes_a_version() {
        differ("Effective date: 11/25/2026", "Effective date: 11/26/2026");
        differ("Last reviewed on 1/2/2026", "Last reviewed on 1/2/2027");
        differ("medically necessary", "not medically necessary");
        differ("Reprinted 2019 edition, January 2, 2026", "Reprinted 2019 edition, January 3, 2026");
        differ("limit of 12 visits", "limit of 10 visits");
        differ(
            "see https://example.org/a?id=9f86d081884c7d659a2feaa0c55ad015",
            "see https://example.org/b?id=9f86d081884c7d659a2feaa0c55ad015",
        );
        differ("code 81479", "code 81455");
    }

    #[test]
    fn canonical_text_is_its_own_canonical_text() {
        for text in ["", " a\tb ", "Printed on 1/2/2026 at 10:00 AM by Printed on 1/2/2026", "\u{2019}"] {
            let once = canonical_text(text);
            assert_eq!(canonical_text(&once), once);
        }
    }
}
