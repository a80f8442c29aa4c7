//! Printed labels and the values beside them.

use std::sync::LazyLock;

use super::label_words::LABELS;
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
        let in_front = words[..places[0].0].trim_end();
        let value = match next {
            // "Proton Beam Therapy Policy Name:": set in columns, the value stands in front of its label.
            _ if at_end && label == Label::Title && places.len() == 1 && in_front.contains(' ') => {
                Span::new(span.start(), span.start() + in_front.len())
            }
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
pub(super) fn whole(cell: &str) -> Option<Label> {
    let lower = cell.trim().trim_end_matches(':').trim_end().to_ascii_lowercase();
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
            let between = &words[last.1..place.0.max(last.1)];
            last.2 == Label::Title && between.trim_matches(is_separator).is_empty() && !between.contains('\t')
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
    let follows = !words[..start].ends_with(['\t', '\u{c}']);
    let in_sentence = before.rsplit([' ', '\t']).next().filter(|_| follows).is_some_and(|word| {
        word.starts_with(|c: char| c.is_lowercase())
            && word.ends_with(|c: char| c.is_alphanumeric() || c == ',')
            && !word.contains(|c: char| c.is_ascii_digit())
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
