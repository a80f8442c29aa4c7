//! The four dates.

use super::labels::{Label, Labelled};
use super::{FRONT, Page};
use crate::policy::dates::{self, Dated};
use crate::policy::{Date, Field, Tier};
use crate::text::Span;

/// When the policy first took effect.
pub(super) fn original(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    first(page, labelled, Label::Original)
}

/// When this version took effect: what is called current, else the first that is only called effective.
pub(super) fn effective(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    first(page, labelled, Label::Current)
        .or_else(|| first(page, labelled, Label::Effective))
        .or_else(|| only_in_history(page, labelled, Label::Effective))
        .or_else(|| said_in_history(page, labelled))
}

/// The value of a label that begins a block of the history, where only one block does: payers who print the dates of
/// the version at the end print each once.
fn only_in_history(page: &Page<'_>, labelled: &[Labelled], label: Label) -> Option<Field<Date>> {
    let begins = |each: &&Labelled| {
        let block = &page.document.blocks[each.block];
        each.label == label && page.in_history(block) && each.value.start() <= block.span.start() + 24
    };
    let mut values = labelled.iter().filter(begins).filter_map(|each| latest_at_start(page, each.value));
    let only = values.next()?;
    values.next().is_none().then(|| Field::printed(only.date, only.span))
}

/// The latest date that an entry of the history says its text took effect on: "… clarified. Effective 11/1/2024."
///
/// Older than a year before the last review it is that of a version that was replaced.
fn said_in_history(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    let document = page.document;
    let entries = document.blocks.iter().filter(|block| {
        let section = &document.sections[block.section.index()];
        section.tier == Some(Tier::History) && section.corroborated
    });
    let said = entries.flat_map(|block| {
        let words = block.span.of(&document.text);
        let said = words.match_indices("Effective ").filter_map(move |(at, label)| {
            let begins = words[..at].trim_end();
            let begins = begins.is_empty() || begins.ends_with(['.', ';', '\t', ')']);
            let dated = dates::first(&words[at + label.len()..]).filter(|dated| dated.span.start() == 0)?;
            let ends = words[at + label.len() + dated.span.end()..].trim_start();
            let alone = ends.is_empty() || ends.starts_with(['.', ';', ')']);
            let dated = Dated { span: dated.span.shifted(block.span.start() + at + label.len()), ..dated };
            (begins && alone && is_plausible(&dated)).then_some(dated)
        });
        said.collect::<Vec<_>>()
    });
    // The first of equals: histories begin with the newest entry.
    let latest = said.max_by_key(|dated| (dated.date, std::cmp::Reverse(dated.span.start())))?;
    let is_old = last_review(page, labelled).is_some_and(|review| (review.value - latest.date).get_days() > 366);
    if is_old {
        return None;
    }
    Some(Field::printed(latest.date, latest.span))
}

/// Policies of payers are younger than 1960, and none is printed with dates ten years ahead: such a date is a number.
fn is_plausible(dated: &Dated) -> bool {
    (1960..=2034).contains(&dated.date.year())
}

/// When the next review is due.
pub(super) fn next_review(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    first(page, labelled, Label::Next)
}

/// The last review, approval or revision: the latest that is labelled so, else the latest entry of the history.
pub(super) fn last_review(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Date>> {
    let latest = labelled_dates(page, labelled, Label::Review, false).into_iter().max_by_key(|dated| dated.date);
    let in_history = || {
        let front = labelled_dates(page, labelled, Label::Review, true);
        front.into_iter().chain(latest_entry(page)).max_by_key(|dated| dated.date)
    };
    latest.or_else(in_history).map(|dated| Field::printed(dated.date, dated.span))
}

/// The latest date of the first value with that label that begins with one: outside of the revision history,
/// else in a history that stands in front, where some payers print the dates of the version.
fn first(page: &Page<'_>, labelled: &[Labelled], label: Label) -> Option<Field<Date>> {
    let dates = |in_history| labelled_dates(page, labelled, label, in_history).into_iter().next();
    let dated = dates(false).or_else(|| dates(true))?;
    Some(Field::printed(dated.date, dated.span))
}

/// The dates with that label, in a history in front or outside of any.
fn labelled_dates(page: &Page<'_>, labelled: &[Labelled], label: Label, in_history: bool) -> Vec<Dated> {
    let fits = labelled.iter().filter(|each| {
        let history = page.in_history(&page.document.blocks[each.block]);
        each.label == label
            && history == in_history
            && (!history || each.block < FRONT || matches!(label, Label::Review | Label::Next))
    });
    fits.filter(|each| !goes_on(page.document.text.as_str(), each.value))
        .filter_map(|each| latest_at_start(page, each.value))
        .collect()
}

/// "Effective August 1, 2019, the plan uses …": a sentence that begins like a label.
fn goes_on(text: &str, value: Span) -> bool {
    let words = value.of(text);
    let Some(dated) = dates::first(words).filter(|dated| dated.span.start() == 0) else { return false };
    let rest = &words[dated.span.end()..];
    let after = rest.trim_start_matches([',', ' ']);
    rest.len() > 40 && rest.starts_with(',') && after.starts_with(char::is_alphabetic) && words.ends_with(['.', ':'])
}

/// The latest of the dates with which a value begins: "02/18/2019; 05/15/2018".
pub(super) fn latest_at_start(page: &Page<'_>, value: Span) -> Option<Dated> {
    let words = value.of(&page.document.text);
    let mut end = 0;
    let mut latest: Option<Dated> = None;
    for dated in dates::all(words) {
        let between = &words[end..dated.span.start()];
        if !is_plausible(&dated) {
            break;
        }
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

/// "Date: ", "Commercial: ": a word may stand between label and date, or for what services the date counts.
fn is_short_word(between: &str) -> bool {
    let lower = between.trim().to_ascii_lowercase();
    let for_services = lower.starts_with("for ") && lower.ends_with("on or after") && lower.len() <= 60;
    for_services || between.len() <= 14 && between.split_whitespace().count() <= 1
}

/// The latest date at an edge of an entry of the history. Entries that only tell when a text took effect
/// count where no entry speaks of a review, an approval or a revision.
fn latest_entry(page: &Page<'_>) -> Option<Dated> {
    let document = page.document;
    let entries = document.blocks.iter().filter(|block| {
        let section = &document.sections[block.section.index()];
        section.tier == Some(Tier::History) && section.corroborated
    });
    let dated = entries.filter_map(|block| {
        let words = block.span.of(&document.text);
        let edge =
            |dated: &Dated| dated.span.start() <= 24 || dated.span.end() + 2 >= words.len() || words.contains('\t');
        let dated = dates::all(words).into_iter().filter(is_plausible).find(edge)?;
        let lower = words.to_lowercase();
        if lower.starts_with("next ") || lower.contains("next review") {
            return None;
        }
        let review = ["review", "revis", "approv", "updat", "annual"].iter().any(|word| lower.contains(word));
        Some((review || !lower.contains("effective"), Dated { span: dated.span.shifted(block.span.start()), ..dated }))
    });
    let latest = dated.max_by_key(|(review, dated)| (*review, dated.date, std::cmp::Reverse(dated.span.start())));
    latest.map(|(_, dated)| dated)
}
