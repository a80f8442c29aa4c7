//! How old the text is on a given day. The clock is never asked.

use jiff::ToSpan;

use super::View;
use super::kinds::StalenessState;
use super::model::{Evidence, Overtaken, Staleness};
use crate::policy::{Date, Metadata, Tier};
use crate::rules::DatedFact;

/// A review within so many days is due.
const DUE_DAYS: i64 = 60;
/// References that end so many years before the last review were not refreshed.
const STALE_YEARS: i16 = 3;

/// The state on `as_of`. Without a printed next review, a year after the last one is assumed, and said.
pub(super) fn staleness(view: &View<'_>, metadata: &Metadata, evidence: &Evidence, as_of: Option<Date>) -> Staleness {
    Staleness { facts: overtaken(view, metadata, as_of), ..dated(metadata, evidence, as_of) }
}

/// The sentences outside of history and references that a fact of the table, known on the day, has overtaken.
fn overtaken(view: &View<'_>, metadata: &Metadata, as_of: Option<Date>) -> Vec<Overtaken> {
    let document = view.document;
    // A text that was reviewed after the event may have weighed it.
    let last = metadata.last_review.as_ref().or(metadata.effective.as_ref()).map(|field| field.value.to_string());
    let before = |fact: &&DatedFact| last.as_ref().is_none_or(|last| last.as_str() < fact.since.as_str());
    let known = |fact: &&DatedFact| as_of.is_none_or(|day| fact.since.as_str() <= day.to_string().as_str());
    let whole = document.text.to_lowercase();
    let mut found = Vec::new();
    for fact in view.rules.facts.iter().filter(known).filter(before).filter(|fact| !fact.knows(&whole)) {
        for block in &document.blocks {
            let tier = block.tier.or(document.sections[block.section.index()].tier);
            if matches!(tier, Some(Tier::History | Tier::References))
                || !fact.may_overtake(block.span.of(&document.text))
            {
                continue;
            }
            let sentences = crate::text::sentences(block.span.of(&document.text));
            let here = sentences.into_iter().map(|span| span.shifted(block.span.start()));
            found.extend(
                here.filter(|span| fact.may_overtake(span.of(&document.text)))
                    .map(|quote| Overtaken { quote, fact: fact.clone() }),
            );
        }
    }
    found
}

fn dated(metadata: &Metadata, evidence: &Evidence, as_of: Option<Date>) -> Staleness {
    let last = metadata.last_review.as_ref().or(metadata.effective.as_ref()).map(|field| field.value);
    let not_refreshed = match (last, evidence.newest_reference) {
        (Some(last), Some(newest)) => last.year() - newest >= STALE_YEARS,
        _ => false,
    };
    let mut staleness = Staleness { as_of, evidence_not_refreshed: not_refreshed, ..Staleness::default() };
    let Some(today) = as_of else { return staleness };
    let printed = metadata.next_review.as_ref().map(|field| field.value);
    let assumed = last.and_then(|last| last.checked_add(1.year()).ok());
    staleness.assumed_yearly = printed.is_none() && assumed.is_some();
    let Some(due) = printed.or(assumed) else {
        staleness.state = StalenessState::NoDatePrinted;
        return staleness;
    };
    let days = i64::from((due - today).get_days());
    staleness.months_overdue = months_between(due, today);
    staleness.state = match days {
        ..0 => StalenessState::Overdue,
        0..=DUE_DAYS => StalenessState::DueSoon,
        _ => StalenessState::InDate,
    };
    staleness
}

/// Whole months from `from` to `to`; 0 where `to` is not later.
fn months_between(from: Date, to: Date) -> u32 {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month());
    let whole = if to.day() < from.day() { months - 1 } else { months };
    u32::try_from(whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Field;
    use jiff::civil::date;

    fn check(next: Option<Date>, last: Option<Date>, as_of: Option<Date>, state: StalenessState, months: u32) {
        let metadata =
            Metadata { next_review: next.map(Field::told), last_review: last.map(Field::told), ..Metadata::default() };
        let got = dated(&metadata, &Evidence::default(), as_of);
        assert_eq!((got.state, got.months_overdue), (state, months));
    }

    #[test]
    fn the_state_is_measured_on_the_day_given_and_never_guessed() {
        let due = Some(date(2026, 2, 15));
        check(due, None, None, StalenessState::Unknown, 0);
        check(due, None, Some(date(2025, 6, 1)), StalenessState::InDate, 0);
        check(due, None, Some(date(2026, 1, 1)), StalenessState::DueSoon, 0);
        check(due, None, Some(date(2026, 11, 14)), StalenessState::Overdue, 8);
        check(due, None, Some(date(2026, 11, 15)), StalenessState::Overdue, 9);
        check(None, Some(date(2024, 2, 29)), Some(date(2025, 3, 1)), StalenessState::Overdue, 0);
        check(None, None, Some(date(2025, 3, 1)), StalenessState::NoDatePrinted, 0);
    }
}
