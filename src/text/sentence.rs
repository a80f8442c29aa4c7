//! Where sentences end in policy prose: abbreviations, decimals, section numbers and citations do not end one.

use super::Span;

/// Words after whose full stop no sentence ends, in lower case without the stop.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "eg", "ie", "vs", "no", "nos", "dr", "mr", "mrs", "ms", "st", "jr", "sr", "inc", "co", "corp", "al",
    "etc", "fig", "figs", "u.s", "u.s.c", "approx", "dept", "ed", "eds", "vol", "sec", "art", "ch", "pp", "p", "cf",
    "stat", "ann", "rev", "prof", "ph.d", "m.d", "d.o", "r.n", "pharm.d", "b.i.d", "t.i.d", "q.d", "subd", "incl",
];

/// The longest sentence in bytes: what follows is the next one. Real ones are shorter; work on a sentence grows faster
/// than its length, and a hostile document must not have one of a million matches.
const LONGEST: usize = 8 << 10;

/// The sentences of `text` in order, without the white space around them; their union holds every other character.
///
/// `text` is one block (a paragraph, a list item, a table row), so its start and end are borders too.
/// White space includes line and page breaks. A stop ends a sentence when white space and then a
/// capital, a digit, an opening bracket or a bullet follows, and the word before it is no abbreviation,
/// initial or number of a list. A colon ends one where the first item of a list follows on the same line.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|b| matches!(b, b'.' | b'?' | b'!' | b':')) {
        let stop = at + found;
        at = stop + 1;
        if let Some(end) = end_after(text, start, stop) {
            push_trimmed(text, start, end, &mut spans);
            start = end;
            at = end;
        }
    }
    push_trimmed(text, start, text.len(), &mut spans);
    spans
}

/// The end of the sentence whose stop stands at byte `stop`, closing quotes and brackets included, or `None` where it goes on.
fn end_after(text: &str, start: usize, stop: usize) -> Option<usize> {
    let rest = &text[stop + 1..];
    if text.as_bytes()[stop] == b':' {
        return opens_list(rest).then_some(stop + 1);
    }
    let closing = rest.len() - rest.trim_start_matches([')', ']', '"', '\'', '”', '’', '»', '*', '†', '‡']).len();
    let end = stop + 1 + closing;
    let after = &text[end..];
    let next = after.trim_start();
    if next.len() == after.len() && !after.is_empty() {
        return None;
    }
    let first = next.chars().next();
    let begins = first.is_none_or(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | '.' | '%' | '/' | '&'));
    if !begins || text.as_bytes()[stop] == b'.' && is_abbreviation(&text[start..stop], next) {
        return None;
    }
    Some(end)
}

/// Whether the mark of a first item stands next: " A. The", " 1) The", " • The". What is counted in brackets,
/// "(1) …; (2) …", is one sentence.
fn opens_list(rest: &str) -> bool {
    let mark = rest.trim_start();
    if mark.len() == rest.len() {
        return false;
    }
    if mark.starts_with(['•', '▪', '●', '○', '■', '➢']) {
        return true;
    }
    // A letter alone may be an initial: the second item stands further on.
    [("A", " B"), ("a", " b"), ("1", " 2"), ("I", " II"), ("i", " ii")].iter().any(|(first, second)| {
        let after = mark.strip_prefix(first).and_then(|after| after.strip_prefix(['.', ')']));
        after.is_some_and(|after| {
            // No farther than a sentence goes: a text may hold any number of colons.
            let after = &after[..after.floor_char_boundary(LONGEST)];
            let goes_on = [". ", ") "].iter().any(|stop| after.contains(&format!("{second}{stop}")));
            after.starts_with(char::is_whitespace) && goes_on
        })
    })
}

/// Whether the word that ends `before` takes a full stop of its own; `next` is what follows the stop.
fn is_abbreviation(before: &str, next: &str) -> bool {
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '/')).next().unwrap_or("");
    if word.is_empty() {
        return before.trim().is_empty();
    }
    let lower = word.to_lowercase();
    // "et al. The" does end a sentence; "No. 12" and "U.S. Food" do not.
    if lower == "al" || lower == "etc" || lower == "inc" {
        return !next.starts_with(|c: char| c.is_uppercase());
    }
    if lower == "no" || lower == "p" || lower == "ch" {
        return next.starts_with(|c: char| c.is_ascii_digit());
    }
    let initial = word.len() == 1 && word.starts_with(|c: char| c.is_uppercase());
    // "1. The member", "IV. Policy", "a. Age": a list's number at the very start.
    let number = before.trim_start().len() == word.len()
        && word.len() <= 4
        && (word.bytes().all(|b| b.is_ascii_digit())
            || word.bytes().all(|b| b"IVXivx".contains(&b))
            || word.len() == 1);
    ABBREVIATIONS.contains(&lower.as_str()) || initial && !before.trim_end().ends_with(" I") || number
}

fn push_trimmed(text: &str, start: usize, end: usize, spans: &mut Vec<Span>) {
    let mut start = start;
    while end - start > LONGEST {
        let cut = text.floor_char_boundary(start + LONGEST);
        let cut = text[start..cut].rfind(char::is_whitespace).map_or(cut, |blank| start + blank);
        let cut = if cut == start { text.floor_char_boundary(start + LONGEST) } else { cut };
        push_piece(text, start, cut, spans);
        start = cut;
    }
    push_piece(text, start, end, spans);
}

fn push_piece(text: &str, start: usize, end: usize, spans: &mut Vec<Span>) {
    let part = &text[start..end];
    let lead = part.len() - part.trim_start().len();
    let trimmed = part.trim();
    if !trimmed.is_empty() {
        spans.push(Span::new(start + lead, start + lead + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let got: Vec<&str> = sentences(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn plain_sentences_are_split() {
        check("It is covered. It is not! Is it? Yes.", &["It is covered.", "It is not!", "Is it?", "Yes."]);
    }

    #[test]
    fn abbreviations_decimals_and_initials_go_on() {
        check(
            "Use e.g. PRP of 2.5 ml vs. saline (Smith J. et al. 2016) in the U.S. Army.",
            &["Use e.g. PRP of 2.5 ml vs. saline (Smith J. et al. 2016) in the U.S. Army."],
        );
        check("See No. 12 for details. No. That is all.", &["See No. 12 for details.", "No.", "That is all."]);
    }

    #[test]
    fn list_numbers_belong_to_their_item() {
        check("1. The member is 18. 2 doses.", &["1. The member is 18.", "2 doses."]);
        check("IV. Policy limits apply.", &["IV. Policy limits apply."]);
    }

    #[test]
    fn a_lead_in_ends_before_its_first_item() {
        check("Covered when: A. It is new. B. It works.", &["Covered when:", "A. It is new.", "B. It works."]);
        check("Covered for: • pain • gout", &["Covered for:", "• pain • gout"]);
        check("Covered for: (1) pain; (2) gout", &["Covered for: (1) pain; (2) gout"]);
        check("Contact: A. Smith reads it.", &["Contact: A. Smith reads it."]);
        check("Note: I agree at 10:30 or at 1: 1.5 hours.", &["Note: I agree at 10:30 or at 1: 1.5 hours."]);
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_blanks_and_loses_nothing() {
        let text = format!("{}{}", "never ends é ".repeat(2_000), "x".repeat(3 * LONGEST));
        let spans = sentences(&text);
        assert!(spans.iter().all(|span| span.end() - span.start() <= LONGEST));
        let joined: String = spans.iter().flat_map(|span| span.of(&text).chars()).filter(|c| *c != ' ').collect();
        assert_eq!(joined, text.replace(' ', ""));
        assert!(spans[0].of(&text).ends_with(|c: char| "sré".contains(c)), "at a blank");
    }

    #[test]
    fn closing_quotes_stay_and_pages_may_break_inside() {
        check("“It is\u{c}unproven.” We agree.", &["“It is\u{c}unproven.”", "We agree."]);
    }
}
