//! The four dates.

use super::Page;
use super::labels::{Label, Labelled};
use crate::policy::dates::{self, Dated};
use crate::policy::{Date, Field, Tier};
use crate::text::Span;

/// When the policy first took effect.
pub(super) fn original(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    first(page, labelled, Label::Original)
}

/// When this version took effect: what is called current, else the first that is only called effective.
pub(super) fn effective(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    first(page, labelled, Label::Current).or_else(|| first(page, labelled, Label::Effective))
}

/// When the next review is due.
pub(super) fn next_review(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    first(page, labelled, Label::Next)
}

/// The last review, approval or revision: the latest that is labelled so, else the latest entry of the history.
pub(super) fn last_review(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    let printed = |each: &&Labelled| each.label == Label::Review && !page.in_history(&page.document.blocks[each.block]);
    let latest = labelled
        .iter()
        .filter(printed)
        .filter_map(|each| latest_at_start(page, each.value))
        .max_by_key(|dated| dated.date);
    latest.or_else(|| latest_entry(page)).map(|dated| Field::printed(dated.date, dated.span))
}

/// The latest date of the first value with that label that begins with one.
fn first(page: &Page<'_>, labelled: &[Labelled], label: Label) -> Option<Field<Date>> {
    let outside = |each: &&Labelled| each.label == label && !page.in_history(&page.document.blocks[each.block]);
    let dated = labelled.iter().filter(outside).find_map(|each| latest_at_start(page, each.value))?;
    Some(Field::printed(dated.date, dated.span))
}

/// The latest of the dates with which a value begins: "02/18/2019; 05/15/2018".
fn latest_at_start(page: &Page<'_>, value: Span) -> Option<Dated> {
    let words = value.of(&page.document.text);
    let mut end = 0;
    let mut latest: Option<Dated> = None;
    for dated in dates::all(words) {
        let between = &words[end..dated.span.start()];
        let beside = between.len() <= 4 && !between.contains(char::is_alphabetic);
        let first = latest.is_none() && is_short_word(between);
        if !(beside || first) {
            break;
        }
        end = dated.span.end();
        if latest.is_none_or(|latest| dated.date > latest.date) {
            latest = Some(Dated { span: dated.span.shifted(value.start()), ..dated });
        }
    }
    latest
}

/// "Date: ", "Commercial: ": a word may stand between label and date.
fn is_short_word(between: &str) -> bool {
    between.len() <= 14 && between.split_whitespace().count() <= 1
}

/// The latest date at the start of an entry of the history.
fn latest_entry(page: &Page<'_>) -> Option<Dated> {
    let document = page.document;
    let entries = document.blocks.iter().filter(|block| {
        let section = &document.sections[block.section.index()];
        section.tier == Some(Tier::History) && section.corroborated
    });
    let dated = entries.filter_map(|block| {
        let words = block.span.of(&document.text);
        let dated = dates::first(words)?;
        // An entry begins with its date, or is a row with the date in one of its cells.
        let begins = dated.span.start() <= 24 || words.contains('\t');
        begins.then(|| Dated { span: dated.span.shifted(block.span.start()), ..dated })
    });
    dated.max_by_key(|dated| (dated.date, std::cmp::Reverse(dated.span.start())))
}
