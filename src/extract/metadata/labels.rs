//! Printed labels and the values beside them.

use std::sync::LazyLock;

use crate::policy::dates;
use crate::text::{Phrases, Span};

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// The first effective date.
    Original,
    /// The effective date of this version, said so.
    Current,
    /// An effective date.
    Effective,
    /// A review, approval or revision.
    Review,
    /// The next review.
    Next,
    /// The number.
    Number,
    /// The title.
    Title,
    /// The payer.
    Payer,
    /// Lines of business and products.
    Lines,
    /// States.
    States,
    /// Something else: it only ends the value before it.
    Other,
}

/// A label with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    /// What it announces.
    pub label: Label,
    /// The words beside it; may be empty.
    pub value: Span,
    /// The index of its block.
    pub block: usize,
}

/// Labels in lower case. Those with `true` are common words and count only before a colon, a tab or leaders.
const LABELS: &[(&str, Label, bool)] = &[
    ("original effective date", Label::Original, false),
    ("original effective", Label::Original, false),
    ("original policy effective date", Label::Original, false),
    ("original policy date", Label::Original, false),
    ("original date", Label::Original, true),
    ("original issue date", Label::Original, false),
    ("originally effective", Label::Original, true),
    ("original bulletin date", Label::Original, false),
    ("original implementation date", Label::Original, false),
    ("initial effective date", Label::Original, false),
    ("initial policy effective date", Label::Original, false),
    ("initial approval date", Label::Original, false),
    ("first effective date", Label::Original, false),
    ("first effective", Label::Original, true),
    ("date of origin", Label::Original, false),
    ("origination date", Label::Original, false),
    ("origination", Label::Original, true),
    ("date originated", Label::Original, false),
    ("policy created", Label::Original, true),
    ("created date", Label::Original, false),
    ("date created", Label::Original, false),
    ("current effective date", Label::Current, false),
    ("current policy effective date", Label::Current, false),
    ("current version effective date", Label::Current, false),
    ("current version effective", Label::Current, false),
    ("this version effective", Label::Current, false),
    ("version effective date", Label::Current, false),
    ("annual effective policy date", Label::Current, false),
    ("revision effective date", Label::Current, false),
    ("revised effective date", Label::Current, false),
    ("updated revision effective", Label::Current, false),
    ("effective date of this revision", Label::Current, false),
    ("effective date of current version", Label::Current, false),
    ("effective date", Label::Effective, false),
    ("effective dates", Label::Effective, false),
    ("policy effective date", Label::Effective, false),
    ("policy effective", Label::Effective, true),
    ("date effective", Label::Effective, false),
    ("effective as of", Label::Effective, false),
    ("effective", Label::Effective, false),
    ("last effective date", Label::Effective, false),
    ("last review date", Label::Review, false),
    ("last review/revision date", Label::Review, false),
    ("last review", Label::Review, false),
    ("last reviewed", Label::Review, false),
    ("last reviewed date", Label::Review, false),
    ("last reviewed/revised", Label::Review, false),
    ("date of last review", Label::Review, false),
    ("date last reviewed", Label::Review, false),
    ("date last revised", Label::Review, false),
    ("latest review date", Label::Review, false),
    ("latest review", Label::Review, false),
    ("latest revision date", Label::Review, false),
    ("latest revision", Label::Review, false),
    ("most recent review date", Label::Review, false),
    ("most recent review", Label::Review, false),
    ("most recent revision", Label::Review, false),
    ("last revision date", Label::Review, false),
    ("last revision", Label::Review, false),
    ("last revised", Label::Review, false),
    ("date of last revision", Label::Review, false),
    ("last approval date", Label::Review, false),
    ("last approved", Label::Review, false),
    ("date/last approved", Label::Review, false),
    ("last update", Label::Review, true),
    ("last updated", Label::Review, false),
    ("last modified", Label::Review, false),
    ("page updated", Label::Review, true),
    ("review date", Label::Review, false),
    ("review dates", Label::Review, false),
    ("review/revision date", Label::Review, false),
    ("review/revised", Label::Review, true),
    ("reviewed date", Label::Review, false),
    ("date reviewed", Label::Review, false),
    ("reviewed/revised", Label::Review, true),
    ("reviewed/approved", Label::Review, true),
    ("reviewed", Label::Review, true),
    ("re-review date", Label::Review, false),
    ("re-review date(s)", Label::Review, false),
    ("re-review", Label::Review, true),
    ("revision date", Label::Review, false),
    ("revision dates", Label::Review, false),
    ("revision date(s)", Label::Review, false),
    ("revised date", Label::Review, false),
    ("revised dates", Label::Review, false),
    ("revised", Label::Review, true),
    ("date revised", Label::Review, false),
    ("approval date", Label::Review, false),
    ("annual approval date", Label::Review, false),
    ("annual review date", Label::Review, false),
    ("annual review", Label::Review, true),
    ("approved", Label::Review, true),
    ("approved date", Label::Review, false),
    ("date approved", Label::Review, false),
    ("committee approval date", Label::Review, false),
    ("committee approval", Label::Review, true),
    ("policy last reviewed", Label::Review, false),
    ("last review of this policy was completed on", Label::Review, false),
    ("this policy was last reviewed on", Label::Review, false),
    ("this policy was last reviewed", Label::Review, false),
    ("policy reviewed", Label::Review, true),
    ("next review date", Label::Next, false),
    ("next review", Label::Next, false),
    ("next annual review date", Label::Next, false),
    ("next annual review", Label::Next, false),
    ("next scheduled review date", Label::Next, false),
    ("next scheduled review", Label::Next, false),
    ("next policy review", Label::Next, false),
    ("next revision date", Label::Next, false),
    ("next review due", Label::Next, false),
    ("date of next review", Label::Next, false),
    ("review due date", Label::Next, false),
    ("annual review due", Label::Next, false),
    ("renewal date", Label::Next, false),
    ("next update", Label::Next, true),
    ("policy number", Label::Number, false),
    ("policy no.", Label::Number, false),
    ("policy no", Label::Number, true),
    ("policy #", Label::Number, false),
    ("policy id", Label::Number, false),
    ("policy reference number", Label::Number, false),
    ("policy identification number", Label::Number, false),
    ("medical policy number", Label::Number, false),
    ("medical policy no.", Label::Number, false),
    ("medical policy #", Label::Number, false),
    ("medical policy", Label::Number, true),
    ("medical policy bulletin", Label::Number, true),
    ("payment policy number", Label::Number, false),
    ("reimbursement policy number", Label::Number, false),
    ("coverage policy number", Label::Number, false),
    ("coverage policy", Label::Number, true),
    ("medical coverage policy", Label::Number, true),
    ("clinical policy number", Label::Number, false),
    ("guideline number", Label::Number, false),
    ("guideline #", Label::Number, false),
    ("criteria number", Label::Number, false),
    ("document #", Label::Number, false),
    ("document number", Label::Number, false),
    ("document id", Label::Number, false),
    ("doc id", Label::Number, false),
    ("reference number", Label::Number, false),
    ("reference #", Label::Number, false),
    ("ref #", Label::Number, false),
    ("reference no.", Label::Number, false),
    ("bulletin number", Label::Number, false),
    ("bulletin no.", Label::Number, false),
    ("lcd id", Label::Number, false),
    ("manual section number", Label::Number, false),
    ("number", Label::Number, true),
    ("mcg #", Label::Number, false),
    ("policy title", Label::Title, false),
    ("policy name", Label::Title, true),
    ("medical policy title", Label::Title, true),
    ("guideline title", Label::Title, true),
    ("document title", Label::Title, true),
    ("bulletin title", Label::Title, true),
    ("reimbursement policy title", Label::Title, true),
    ("title", Label::Title, true),
    ("subject", Label::Title, true),
    ("policy\t", Label::Title, false),
    ("topic", Label::Title, true),
    ("plan", Label::Payer, true),
    ("payer", Label::Payer, true),
    ("health plan", Label::Payer, true),
    ("line of business", Label::Lines, true),
    ("lines of business", Label::Lines, true),
    ("line(s) of business", Label::Lines, true),
    ("lob", Label::Lines, true),
    ("lob(s)", Label::Lines, true),
    ("products", Label::Lines, true),
    ("product", Label::Lines, true),
    ("product(s)", Label::Lines, true),
    ("applies to", Label::Lines, true),
    ("applicable to", Label::Lines, true),
    ("applicable lines of business", Label::Lines, true),
    ("applicable products", Label::Lines, true),
    ("benefit plans", Label::Lines, true),
    ("market", Label::Lines, true),
    ("state(s)", Label::States, true),
    ("states", Label::States, true),
    ("state", Label::States, true),
    ("applicable states", Label::States, true),
    ("section", Label::Other, true),
    ("issue date", Label::Other, false),
    ("issued date", Label::Other, false),
    ("end date", Label::Other, true),
    ("publish date", Label::Other, false),
    ("published", Label::Other, true),
    ("posted", Label::Other, true),
    ("print date", Label::Other, false),
    ("archived date", Label::Other, false),
    ("archive date", Label::Other, false),
    ("retired", Label::Other, true),
    ("retirement date", Label::Other, false),
    ("termination date", Label::Other, false),
    ("submission date", Label::Other, false),
    ("provider notice date", Label::Other, false),
    ("notification date", Label::Other, false),
    ("status", Label::Other, true),
    ("version", Label::Other, true),
    ("owner", Label::Other, true),
    ("department", Label::Other, true),
    ("department/approved by", Label::Other, true),
    ("responsible department(s)", Label::Other, true),
    ("category", Label::Other, true),
    ("policy type", Label::Other, true),
    ("policy category", Label::Other, true),
    ("prior policy name and number", Label::Other, true),
    ("precertification", Label::Other, true),
    ("replaces", Label::Other, true),
    ("related policies", Label::Other, true),
    ("claim types", Label::Other, true),
    ("application", Label::Other, true),
    ("page", Label::Other, true),
    ("page number(s)", Label::Other, true),
    ("scope", Label::Other, true),
    ("type", Label::Other, true),
    ("source", Label::Other, true),
];

static WORDS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(LABELS.iter().map(|label| label.0)));

/// Signs between a label and its value.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | ':' | '.' | '#' | '\t' | '|' | '-' | '–' | '—' | '…' | '\u{c}' | '*' | '_')
}

/// Finds the labels in one block; a label at its end takes its value from the `next` block.
pub(super) fn scan(text: &str, span: Span, next: Option<Span>, block: usize, found: &mut Vec<Labelled>) {
    let words = span.of(text);
    let places = places(words);
    for (index, &(_, end, label)) in places.iter().enumerate() {
        let stop = places.get(index + 1).map_or(words.len(), |next| next.0);
        let rest = &words[end..stop];
        let value = rest.trim_start_matches(is_separator);
        let from = end + rest.len() - value.len();
        // A value ends with its cell.
        let cell = value.find(['\t', '\u{c}']).unwrap_or(value.len());
        let trimmed = value[..cell].trim_end();
        let at_end = value.trim().is_empty() && stop == words.len();
        let value = match next {
            Some(next) if at_end && !next.is_empty() && places_in(text, next) == 0 => next,
            _ => Span::new(from, from + trimmed.len()).shifted(span.start()),
        };
        found.push(Labelled { label, value, block });
    }
}

/// Pairs the labels that fill the cells of `heads` with the cells of `values`.
pub(super) fn columns(text: &str, heads: Span, values: Span, block: usize, found: &mut Vec<Labelled>) {
    let heads: Vec<&str> = heads.of(text).split('\t').collect();
    let labels: Vec<Option<Label>> = heads.iter().map(|head| whole(head)).collect();
    if labels.iter().flatten().count() < 2 || places_in(text, values) > 0 {
        return;
    }
    let mut at = values.start();
    for (index, cell) in values.of(text).split('\t').enumerate() {
        if let Some(&Some(label)) = labels.get(index) {
            found.push(Labelled { label, value: Span::new(at, at + cell.len()), block });
        }
        at += cell.len() + 1;
    }
}

/// The label that a cell is nothing but.
fn whole(cell: &str) -> Option<Label> {
    let lower = cell.trim().trim_end_matches(':').to_ascii_lowercase();
    LABELS.iter().find(|(words, ..)| *words == lower).map(|&(_, label, _)| label)
}

fn places_in(text: &str, span: Span) -> usize {
    places(span.of(text)).len()
}

/// Where labels stand: start, end, what they announce. Longer labels win over those inside them.
fn places(words: &str) -> Vec<(usize, usize, Label)> {
    let mut places: Vec<(usize, usize, Label)> = WORDS
        .places(words)
        .map(|(which, at)| (at.start(), at.end(), LABELS[which]))
        .filter(|&(start, end, (_, _, weak))| is_label(words, start, end, weak))
        .map(|(start, end, (_, label, _))| (start, end, label))
        .collect();
    places.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
    let mut kept: Vec<(usize, usize, Label)> = Vec::new();
    for place in places {
        // "Policy Name: Medical Policy: Gene Therapy": a label right behind the title's belongs to the title.
        let in_title = |last: &(usize, usize, Label)| {
            last.2 == Label::Title && words[last.1..place.0.max(last.1)].trim_matches(is_separator).is_empty()
        };
        if kept.last().is_none_or(|last| place.0 >= last.1 && !in_title(last)) {
            kept.push(place);
        }
    }
    kept
}

/// Whether the words from `start` to `end` are printed as a label: with a capital, not within a sentence,
/// common words only before a colon, a tab or leaders.
fn is_label(words: &str, start: usize, end: usize, weak: bool) -> bool {
    let before = words[..start].trim_end();
    let attached = words[..start].ends_with(|c: char| c.is_alphanumeric());
    let in_sentence = before.rsplit([' ', '\t']).next().is_some_and(|word| {
        word.starts_with(|c: char| c.is_lowercase()) && word.ends_with(|c: char| c.is_alphanumeric() || c == ',')
    });
    let capital = words[start..].starts_with(|c: char| c.is_uppercase());
    let after = &words[end..];
    let cell = words[..end].ends_with('\t');
    let joined = !cell && after.starts_with(|c: char| c.is_alphanumeric() || c == '/' && !weak);
    let gap = after.len() - after.trim_start_matches([' ', ')']).len();
    let announced =
        after[gap..].starts_with([':', '\t', '|']) || after[gap..].starts_with("..") || after[gap..].starts_with("…");
    let fills = before.is_empty() && after.trim_matches(is_separator).is_empty();
    let first = before.is_empty() || before.ends_with([';', '|']);
    let dated = first && dates::first(after.trim_start()).is_some_and(|dated| dated.span.start() == 0);
    let said = words[start..end].contains(" of this policy was ");
    (capital || said) && !attached && !joined && (!in_sentence || said) && (!weak || announced || fills || dated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Label, &str)]) {
        let mut found = Vec::new();
        scan(text, Span::new(0, text.len()), None, 0, &mut found);
        let shown: Vec<(Label, &str)> = found.iter().map(|each| (each.label, each.value.of(text))).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn labels_end_each_others_values() {
        check(
            "Medical Policy: P-12-003 Topic: Sock Therapy Section: Feet Effective Date: July 1, 2018 Last Reviewed: March 2018",
            &[
                (Label::Number, "P-12-003"),
                (Label::Title, "Sock Therapy"),
                (Label::Other, "Feet"),
                (Label::Effective, "July 1, 2018"),
                (Label::Review, "March 2018"),
            ],
        );
        check("Effective Date .......... 7/15/2026", &[(Label::Effective, "7/15/2026")]);
        check("Original Effective Date:\t1/1/2020", &[(Label::Original, "1/1/2020")]);
    }

    #[test]
    fn words_in_sentences_are_no_labels() {
        check("See the next review date of the plan; the subject is long.", &[]);
        check("The title of the plan", &[]);
        check("codes effective 04/01/2025", &[]);
    }

    #[test]
    fn heads_of_columns_take_the_cells_below() {
        let text = "Effective Date\tNext Review\n1/1/2025\t1/1/2026";
        let mut found = Vec::new();
        columns(text, Span::new(0, 26), Span::new(27, text.len()), 0, &mut found);
        let shown: Vec<(Label, &str)> = found.iter().map(|each| (each.label, each.value.of(text))).collect();
        assert_eq!(shown, [(Label::Effective, "1/1/2025"), (Label::Next, "1/1/2026")]);
    }
}
