//! Dates in every shape that payers print, by a small scanner: no guess is made about a year or a month.
//!
//! `02/1992`, `10-01-2024`, `12/1/22`, `November 21, 2024`, `21 Nov 2024`, `July 2024`, `2025-04-08`,
//! `4TH QTR 2025`. A month without a day is its first day; a quarter is the first day of its first month.

use super::Date;
use crate::text::Span;

/// A date and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dated {
    /// The date.
    pub date: Date,
    /// Its place in the text.
    pub span: Span,
    /// Whether a day is printed.
    pub has_day: bool,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The first date in a text.
pub(crate) fn first(text: &str) -> Option<Dated> {
    starts(text).find_map(|at| date_at(text, at))
}

/// All dates in a text, in order, without overlap.
pub(crate) fn all(text: &str) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    for at in starts(text) {
        if found.last().is_some_and(|last| at < last.span.end()) {
            continue;
        }
        found.extend(date_at(text, at));
    }
    found
}

/// Where words begin.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(move |&at| {
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let digit = bytes[at].is_ascii_digit() && !matches!(before, b'/' | b'-' | b'.');
        // "Date:12/1/2024" and "Effective06/2024" occur; a number inside a number is none.
        digit && !before.is_ascii_digit() || bytes[at].is_ascii_alphabetic() && !before.is_ascii_alphanumeric()
    })
}

/// The date that begins at byte `at`.
fn date_at(text: &str, at: usize) -> Option<Dated> {
    let rest = text.get(at..)?;
    let (date, length, has_day) = if rest.as_bytes()[0].is_ascii_digit() {
        quarter(rest).or_else(|| iso(rest)).or_else(|| slashed(rest)).or_else(|| day_first(rest))?
    } else {
        month_first(rest)?
    };
    let next = rest[length..].chars().next();
    let ends = next.is_none_or(|c| !c.is_ascii_digit()) && !rest[length..].starts_with(['/', '%']);
    ends.then(|| Dated { date, span: Span::new(at, at + length), has_day })
}

/// `2025-04-08`, `2025/4/8`, `2025-04`.
fn iso(text: &str) -> Option<(Date, usize, bool)> {
    let (year, mut at) = number(text, 4)?;
    if at != 4 {
        return None;
    }
    let sign = text[at..].chars().next().filter(|c| matches!(c, '-' | '/' | '–'))?;
    at += sign.len_utf8();
    let (month, length) = number(&text[at..], 2)?;
    at += length;
    if let Some(after) = text[at..].strip_prefix(sign)
        && let Some((day, length)) = number(after, 2)
    {
        return Some((made(year, month, day)?, at + sign.len_utf8() + length, true));
    }
    (length == 2 && sign != '–').then(|| Some((made(year, month, 1)?, at, false)))?
}

/// `10/01/2024`, `10-1-24`, `10.01.2024`, `02/1992`, `11/22`.
fn slashed(text: &str) -> Option<(Date, usize, bool)> {
    let (month, mut at) = number(text, 2)?;
    let blank = |at: usize| text[at..].len() - text[at..].trim_start_matches(' ').len();
    at += blank(at).min(1);
    let sign = text[at..].chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    at += 1;
    at += blank(at).min(1);
    let (second, length) = number(&text[at..], 4)?;
    at += length;
    if length <= 2 {
        let mut then = at + blank(at).min(1);
        if text[then..].starts_with(sign) {
            then += 1;
            then += blank(then).min(1);
            let (year, length) = number(&text[then..], 4)?;
            let fits = length == 4 || length == 2;
            return fits.then(|| Some((made(full_year(year, length), month, second)?, then + length, true)))?;
        }
        // `11/22` is a month and a year only where it cannot be a day of the month or a fraction.
        let year = full_year(second, length);
        let is_month = sign == '/' && length == 2 && at == 5 && second >= 10;
        return is_month.then(|| Some((made(year, month, 1)?, at, false)))?;
    }
    (length == 4 && sign != '.').then(|| Some((made(second, month, 1)?, at, false)))?
}

/// `21 November 2024`, `1st of May 2020`.
fn day_first(text: &str) -> Option<(Date, usize, bool)> {
    let (day, mut at) = number(text, 2)?;
    if let Some(after) = ["st", "nd", "rd", "th"].iter().find(|suffix| text[at..].starts_with(**suffix)) {
        at += after.len();
    }
    at += gap(&text[at..])?;
    if text[at..].starts_with("of ") {
        at += 3;
    }
    let (month, length) = month_name(&text[at..])?;
    at += length;
    at += gap(text.get(at..)?)?;
    let (year, length) = number(&text[at..], 4)?;
    (length == 4).then(|| Some((made(year, month, day)?, at + length, true)))?
}

/// `November 21, 2024`, `Nov. 21 2024`, `July 2024`, `July, 2024`.
fn month_first(text: &str) -> Option<(Date, usize, bool)> {
    let (month, mut at) = month_name(text)?;
    at += gap(text.get(at..)?)?;
    let (first, length) = number(&text[at..], 4)?;
    if length == 4 {
        return Some((made(first, month, 1)?, at + 4, false));
    }
    at += length;
    if let Some(after) = ["st", "nd", "rd", "th"].iter().find(|suffix| text[at..].starts_with(**suffix)) {
        at += after.len();
    }
    at += gap(&text[at..])?;
    let (year, length) = number(&text[at..], 4)?;
    (length == 4).then(|| Some((made(year, month, first)?, at + 4, true)))?
}

/// `4TH QTR 2025`, `1st Quarter 2026`.
fn quarter(text: &str) -> Option<(Date, usize, bool)> {
    let (count, mut at) = number(text, 1)?;
    let lower = text.get(at..(at + 24).min(text.len()))?.to_ascii_lowercase();
    let suffix =
        ["st", "nd", "rd", "th"].iter().find(|suffix| lower.starts_with(**suffix)).map_or(0, |suffix| suffix.len());
    let rest = lower[suffix..].trim_start();
    let word = ["quarter", "qtr.", "qtr"].iter().find(|word| rest.starts_with(**word))?;
    let blanks = lower[suffix..].len() - rest.len();
    at += suffix + blanks + word.len();
    at += gap(&text[at..])?;
    let (year, length) = number(&text[at..], 4)?;
    let fits = length == 4 && (1..=4).contains(&count);
    fits.then(|| Some((made(year, count * 3 - 2, 1)?, at + length, false)))?
}

/// Blanks, a comma, a page break between the parts of a date.
fn gap(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches([' ', '\u{c}', ',', '.', '-', '\t']);
    let length = text.len() - rest.len();
    (1..=3).contains(&length).then_some(length)
}

/// A month's name or its three or four letters, and the length, a full stop included.
fn month_name(text: &str) -> Option<(i32, usize)> {
    let count = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = text[..count].to_ascii_lowercase();
    let fits = |name: &str| {
        word == name || word.len() == 3 && name.starts_with(&word) || word == "sept" && name == "september"
    };
    let index = MONTHS.iter().position(|name| fits(name))?;
    let stop = usize::from(text[count..].starts_with('.'));
    Some((i32::try_from(index + 1).expect("months are twelve"), count + stop))
}

/// A number of at most `most` digits and its length.
fn number(text: &str, most: usize) -> Option<(i32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > most {
        return None;
    }
    Some((text[..length].parse().ok()?, length))
}

fn full_year(year: i32, digits: usize) -> i32 {
    match (digits, year) {
        (2, 0..=69) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    }
}

fn made(year: i32, month: i32, day: i32) -> Option<Date> {
    if !(1900..=2100).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = all(text).iter().map(|dated| dated.date.to_string()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_printed_shape_is_read() {
        check("02/1992 and 10-01-2024 and 12/1/22", &["1992-02-01", "2024-10-01", "2022-12-01"]);
        check("November 21, 2024; Nov. 3 2020; July 2024", &["2024-11-21", "2020-11-03", "2024-07-01"]);
        check("2025-04-08, 21 Nov 2024", &["2025-04-08", "2024-11-21"]);
        check("NEXT ANNUAL REVIEW DATE: 4TH QTR 2025", &["2025-10-01"]);
        check("Mar. 1, 2026", &["2026-03-01"]);
        check("October 01, 2024", &["2024-10-01"]);
        check("Date:6/1/2024", &["2024-06-01"]);
        check("02/22 and 11/24", &["2022-02-01", "2024-11-01"]);
    }

    #[test]
    fn numbers_that_are_no_dates_are_left_alone() {
        check("TBD, page 3 of 12, code 38205, 1/2 tablet, 800-555-1234", &[]);
        check("version 2.2025.1 of 13/45/2020", &[]);
        check("may 5 mg be given; 21 CFR 1271", &[]);
        check("2012;4(3):1-10", &[]);
    }

    #[test]
    fn spans_hold_the_printed_date() {
        let text = "Effective July 1, 2018 on";
        assert_eq!(first(text).unwrap().span.of(text), "July 1, 2018");
    }
}
