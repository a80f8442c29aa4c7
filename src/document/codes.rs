//! Codes of procedures and diagnoses in a text: CPT, its category II and III and PLA codes, HCPCS level II, ICD-10-CM.
//!
//! Five digits are also years, sums, zip codes and numbers of studies. So outside of a coding section a code
//! counts only where its words say so: after "CPT", "HCPCS", "ICD" or "code", in brackets after a service, or
//! in a row with others that do. Inside, the look of the code is enough, with the known traps left out.

use crate::text::Span;

/// A code and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its place in the text.
    pub span: Span,
    /// The code in capitals, without signs that were attached to it.
    pub code: String,
    /// `CPT`, `HCPCS` or `ICD-10-CM`.
    pub system: &'static str,
}

/// The codes in `text`, in order. `in_coding` says that the text stands in a coding section or table.
///
/// A range ("38205-38243") gives its two ends.
#[must_use]
pub fn codes(text: &str, in_coding: bool) -> Vec<Code> {
    let mut found = Vec::new();
    let mut last: Option<(usize, &'static str)> = None;
    for span in candidates(text) {
        let word = span.of(text);
        let Some((system, certain)) = shape(word) else { continue };
        if is_trap(text, span, word) {
            continue;
        }
        let joined = last.is_some_and(|(end, other)| other == system && is_list(&text[end..span.start()]));
        if certain && in_coding || joined || is_announced(text, span, system) || is_bracketed(text, span, certain) {
            last = Some((span.end(), system));
            found.push(Code { span, code: word.to_ascii_uppercase(), system });
        }
    }
    found
}

/// Runs of letters, digits and inner stops that could be codes.
fn candidates(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let is_part = |at: usize| {
        let stop = bytes[at] == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        bytes[at].is_ascii_alphanumeric() || stop && at > 0 && bytes[at - 1].is_ascii_alphanumeric()
    };
    let starts = (0..bytes.len()).filter(move |&at| is_part(at) && (at == 0 || !is_part(at - 1)));
    starts.filter_map(move |start| {
        let end = (start..bytes.len()).find(|&at| !is_part(at)).unwrap_or(bytes.len());
        (3..=8).contains(&(end - start)).then(|| Span::new(start, end))
    })
}

/// The system of a word with the shape of a code, and whether the shape alone is telling.
fn shape(word: &str) -> Option<(&'static str, bool)> {
    let bytes = word.as_bytes();
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    match (bytes.len(), bytes[0], bytes[bytes.len() - 1]) {
        (5, b'0'..=b'9', b'0'..=b'9') if digits == 5 => Some(("CPT", true)),
        (5, b'0'..=b'9', b'T' | b'U' | b'F' | b'M') if digits == 4 => Some(("CPT", true)),
        (5, b'A'..=b'V', b'0'..=b'9') if digits == 4 && !matches!(bytes[0], b'D' | b'F' | b'I' | b'N' | b'O') => {
            Some(("HCPCS", true))
        }
        _ => diagnosis(bytes).map(|certain| ("ICD-10-CM", certain)),
    }
}

/// Whether the bytes are an ICD-10-CM code, and if so whether more than three characters make that sure.
fn diagnosis(bytes: &[u8]) -> Option<bool> {
    let head = bytes.len() >= 3
        && bytes[0].is_ascii_uppercase()
        && bytes[0] != b'U'
        && bytes[1].is_ascii_digit()
        && (bytes[2].is_ascii_digit() || matches!(bytes[2], b'A' | b'B'));
    if !head {
        return None;
    }
    match bytes.get(3) {
        None => Some(false),
        Some(b'.') => {
            let rest = &bytes[4..];
            let fits =
                (1..=4).contains(&rest.len()) && rest.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
            fits.then_some(true)
        }
        Some(_) => None,
    }
}

/// Numbers of other kinds that look like codes.
fn is_trap(text: &str, span: Span, word: &str) -> bool {
    let before = &text[..span.start()];
    let after = &text[span.end()..];
    let sum = before.ends_with(['$', '#', '.', '€'])
        || before.ends_with(',') && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit());
    let part_of_number = before.ends_with(['/', '_', '@', '='])
        || after.starts_with(['_', '@', '%', '='])
        || after.starts_with(',') && {
            let group = after[1..].bytes().take_while(u8::is_ascii_digit).count();
            group == 3
        };
    let digits_only = word.bytes().all(|b| b.is_ascii_digit());
    let phone = digits_only
        && (before.ends_with('-')
            && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit())
            && !is_code_range(before)
            || after.starts_with('-') && after[1..].bytes().take_while(u8::is_ascii_digit).count() == 4);
    let label = last_word(before);
    const LABELS: [&str; 27] = [
        "pmid", "pmc", "pmcid", "nct", "doi", "lcd", "article", "ncd", "box", "suite", "section", "sections",
        "chapter", "version", "grant", "no", "number", "cpb", "policy", "page", "fax", "phone", "call", "zip", "usd",
        "e", "id",
    ];
    let named = LABELS.contains(&label.trim_end_matches([':', '.', '#']).to_ascii_lowercase().as_str());
    let state = digits_only
        && label.len() == 2
        && crate::policy::State::from_code(label).is_some()
        && label == label.to_ascii_uppercase();
    // Medicare's local determinations (L39128) and articles (A57526) have five digits and are no codes; stages and levels are short.
    sum || part_of_number || phone || named && !matches!(label, "No" | "no") || state
}

/// Whether what stands before a dash is itself a code of the same length.
fn is_code_range(before: &str) -> bool {
    let left = last_word(before[..before.len() - 1].trim_end());
    left.len() == 5 && left.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// The last word of a text.
fn last_word(text: &str) -> &str {
    text.trim_end().rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '/' | ',' | ';')).next().unwrap_or("")
}

/// Whether only commas, dashes, "and" and the like stand between two codes.
fn is_list(between: &str) -> bool {
    let words = between.trim_matches(|c: char| c.is_whitespace() || ",;-–—/&*†‡§+\t".contains(c));
    between.len() <= 12
        && matches!(words.to_ascii_lowercase().as_str(), "" | "and" | "or" | "to" | "thru" | "through" | "and/or")
}

/// Whether the words before a code say that it is one.
fn is_announced(text: &str, span: Span, system: &str) -> bool {
    let from = text[..span.start()].char_indices().rev().take(60).last().map_or(0, |(at, _)| at);
    let before = text[from..span.start()].to_ascii_lowercase();
    // Only words of the same clause announce.
    let clause = before.rsplit(['.', ';']).next().unwrap_or_default();
    let named: &[&str] = match system {
        "ICD-10-CM" => &["icd-10", "icd10", "icd", "diagnosis code"],
        _ => &["cpt", "hcpcs", "pla code", "procedure code"],
    };
    let near = |word: &str, reach: usize| clause.rfind(word).is_some_and(|at| clause.len() - at - word.len() <= reach);
    named.iter().any(|name| near(name, 24)) || system != "ICD-10-CM" && (near("code", 4) || near("codes", 14))
}

/// Whether a code stands in brackets after a service, alone or with others.
fn is_bracketed(text: &str, span: Span, certain: bool) -> bool {
    let Some(open) = text[..span.start()].rfind(['(', ')', '[', ']']) else { return false };
    let inside = &text[open + 1..span.start()];
    let opens = text[open..].starts_with(['(', '[']);
    let first = inside.trim().is_empty() || inside.trim().eq_ignore_ascii_case("e.g.,");
    let digits_only = span.of(text).bytes().all(|b| b.is_ascii_digit());
    let closes = text[span.end()..].trim_start().starts_with([')', ']', ',', ';', '-', '–']);
    // "(12345)" alone may be anything; category III, PLA and HCPCS codes may not.
    certain && opens && first && closes && !digits_only
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, in_coding: bool, expected: &[&str]) {
        let found: Vec<String> = codes(text, in_coding).into_iter().map(|code| code.code).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn coding_tables_give_every_shape() {
        check("38241\tMarrow work", true, &["38241"]);
        check(
            "0232T†, 0481T, 0364U*, Q4100 thru Q4199, J3490",
            true,
            &["0232T", "0481T", "0364U", "Q4100", "Q4199", "J3490"],
        );
        check("81400–81408; 43999†", true, &["81400", "81408", "43999"]);
        check("M17.11, E71.520 and Z68.45", true, &["M17.11", "E71.520", "Z68.45"]);
    }

    #[test]
    fn prose_needs_a_word_that_says_so() {
        check("CPT code 38241 is used for the graft (0232T).", false, &["38241", "0232T"]);
        check("CPT codes 20610, 20611 and 0232T", false, &["20610", "20611", "0232T"]);
        check("In the trial 38241 persons took part, 12345 of them once.", false, &[]);
        check("ICD-10 codes M17.0 - M17.9", false, &["M17.0", "M17.9"]);
    }

    #[test]
    fn look_alikes_are_left_out() {
        check("PMID: 31234, LCD L39128, Article A57526, $12500, 12,500, V2.2023", true, &[]);
        check("call 800-555-12345 or write to Pond, WI 53703-1234", true, &[]);
        check("stage T4 N11 and 10,000 members", false, &[]);
    }

    #[test]
    fn three_characters_alone_are_a_diagnosis_only_where_announced() {
        check("C34", true, &[]);
        check("ICD-10 C34", true, &["C34"]);
        check("Common ICD codes: C34, C50", false, &["C34", "C50"]);
    }

    #[test]
    fn places_are_those_of_the_code() {
        let text = "HCPCS G0460*";
        assert_eq!(codes(text, true)[0].span.of(text), "G0460");
        assert_eq!(codes(text, true)[0].system, "HCPCS");
    }
}
