//! Whether a line names a code or number: itself, in a range, or by its family.

/// "MP-114", "mp 114" and "MP114" are one number.
pub(super) fn same_number(a: &str, b: &str) -> bool {
    crate::text::letters_and_digits(a) == crate::text::letters_and_digits(b)
}

/// How a line names what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// As typed.
    Itself,
    /// A diagnosis family that it belongs to: `M17.1` names `M17.11`.
    Family(String),
    /// A range that holds it.
    Range(String),
}

/// Where a line names `wanted` first: itself before family and range.
pub(super) fn named_in(line: &str, wanted: &str) -> Option<(usize, How)> {
    let words = words(line);
    let is = |word: &str| word.eq_ignore_ascii_case(wanted) || wanted.contains('-') && same_number(word, wanted);
    let itself = words.iter().find(|(_, word)| is(word)).map(|(at, _)| (*at, How::Itself));
    itself.or_else(|| range(&words, line, wanted)).or_else(|| family(&words, wanted))
}

/// Words of letters, digits, stops and hyphens with their places; stops at their ends are none of them.
fn words(line: &str) -> Vec<(usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (is_part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, line[from..at].trim_end_matches(['.', '-'])));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// "38240-38243" and "38240 through 38243" hold 38241.
fn range(words: &[(usize, &str)], line: &str, wanted: &str) -> Option<(usize, How)> {
    if !is_code(wanted) {
        return None;
    }
    let holds = |from: &str, to: &str| {
        let (from, to) = (from.to_ascii_uppercase(), to.to_ascii_uppercase());
        let last = |code: &str| code.chars().last().filter(char::is_ascii_alphabetic);
        let alike = |code: &str| is_code(code) && code.len() == wanted.len() && last(code) == last(wanted);
        alike(&from) && alike(&to) && (from.as_str()..=to.as_str()).contains(&wanted)
    };
    let joined = words.iter().find_map(|(at, word)| {
        let (from, to) = word.split_once('-')?;
        holds(from, to).then(|| (*at, How::Range(format!("{from}–{to}"))))
    });
    joined.or_else(|| {
        words
            .windows(2)
            .find_map(|pair| {
                let [(at, from), (next, to)] = pair else { return None };
                let between = line[at + from.len()..*next].trim().to_ascii_lowercase();
                let joins = matches!(between.as_str(), "–" | "—" | "to" | "through" | "thru");
                (joins && holds(from, to)).then(|| (*at, How::Range(format!("{from}–{to}"))))
            })
            .or_else(|| {
                words.windows(3).find_map(|three| {
                    let [(at, from), (_, joint), (_, to)] = three else { return None };
                    let joins = matches!(joint.to_ascii_lowercase().as_str(), "to" | "through" | "thru" | "-");
                    (joins && holds(from, to)).then(|| (*at, How::Range(format!("{from}–{to}"))))
                })
            })
    })
}

/// A diagnosis that begins as `wanted` does: three characters at least, and a stop in what was asked.
fn family(words: &[(usize, &str)], wanted: &str) -> Option<(usize, How)> {
    wanted.contains('.').then_some(())?;
    let is = |word: &str| {
        let word = word.to_ascii_uppercase();
        word.len() >= 3 && word.len() < wanted.len() && wanted.starts_with(&word) && word.as_bytes()[1].is_ascii_digit()
    };
    words.iter().find(|(_, word)| is(word)).map(|(at, word)| (*at, How::Family((*word).to_owned())))
}

/// Whether the shape is that of a procedure code.
fn is_code(word: &str) -> bool {
    word.len() == 5
        && word.bytes().filter(u8::is_ascii_digit).count() >= 4
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, wanted: &str, expected: impl Into<Option<How>>) {
        assert_eq!(named_in(line, wanted).map(|(_, how)| how), expected.into(), "{line}");
    }

    #[test]
    fn a_line_names_a_code_itself_in_a_range_or_by_its_family() {
        check("0232T\tInjection", "0232T", Some(How::Itself));
        check("See policy mp 114.", "MP-114", None);
        check("See policy MP-114.", "MP-114", Some(How::Itself));
        check("Codes 38240-38243 apply", "38241", Some(How::Range("38240–38243".to_owned())));
        check("Codes 38240 – 38243 apply", "38241", Some(How::Range("38240–38243".to_owned())));
        check("Codes 38240 through 38243 apply", "38241", Some(How::Range("38240–38243".to_owned())));
        check("M17.1 and others", "M17.11", Some(How::Family("M17.1".to_owned())));
        check("M17.12 and 138241", "M17.11", None);
        check("10232T5", "0232T", None);
    }
}
