//! The rows of a policy's history: when, what changed from what to what, which levers came and went.

use super::View;
use super::advice;
use super::kinds::LeverKind;
use super::model::{Change, HistoryEvent};
use crate::document::{Block, Role};
use crate::finding::Finding;
use crate::policy::{Tier, dates};
use crate::text::Span;

/// The longest wording of a change, in bytes.
const LONGEST: usize = 160;

/// The dated rows of history sections, newest first.
pub(super) fn history(view: &View<'_>) -> Vec<HistoryEvent> {
    let document = view.document;
    let rows: Vec<&Block> = document
        .blocks
        .iter()
        .filter(|block| document.sections[block.section.index()].tier == Some(Tier::History))
        .filter(|block| !matches!(block.role, Role::Heading { .. } | Role::Furniture | Role::Caption))
        .collect();
    let mut events = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        for (date, span) in dated(&document.text, row.span) {
            let span = with_words(&document.text, span, rows.get(index + 1).map(|next| next.span));
            let change = change(view, span);
            events.push(HistoryEvent { date: Some(date), quote: span, change });
        }
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.date));
    events
}

/// The events of a row: a new one begins at each date that stands behind the end of a sentence.
fn dated(text: &str, row: Span) -> Vec<(crate::policy::Date, Span)> {
    let words = row.of(text);
    let mut starts: Vec<(crate::policy::Date, usize)> = Vec::new();
    for dated in dates::all(words) {
        let before = words[..dated.span.start()].trim_end();
        if starts.is_empty() || before.ends_with(['.', ';']) {
            starts.push((dated.date, if starts.is_empty() { 0 } else { dated.span.start() }));
        }
    }
    let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([words.len()]);
    let events = starts.iter().zip(ends).map(|((date, start), end)| {
        let event = &words[*start..end];
        (*date, Span::new(row.start() + start, row.start() + start + event.trim_end().len()))
    });
    events.collect()
}

/// A row that is a date alone reads on in the next, where that has no date of its own.
fn with_words(text: &str, span: Span, next: Option<Span>) -> Span {
    let bare = span.of(text).chars().filter(|c| c.is_alphabetic()).count() < 4;
    match next.filter(|next| bare && dates::first(next.of(text)).is_none()) {
        Some(next) if next.start() >= span.end() => Span::new(span.start(), next.end()),
        _ => span,
    }
}

/// Words by which something came or went.
const REMOVED: [&str; 6] = ["removed", "deleted", "withdrawn", "withdrew", "no longer", "eliminated"];
const ADDED: [&str; 3] = ["added", "new statement", "inserted"];

fn change(view: &View<'_>, event: Span) -> Option<Change> {
    if let Some(kind) = lever_beside(view, event, &REMOVED) {
        return Some(Change::LeverWithdrawn(kind));
    }
    if let Some((from, to)) = from_to(&view.document.text, event) {
        return Some(Change::Wording { from, to });
    }
    lever_beside(view, event, &ADDED).map(Change::LeverAdded)
}

/// How near a verb must stand to a lever to be about it, in bytes.
const BESIDE: usize = 60;

/// The kind of the lever in a row beside one of the `verbs`, in the same sentence.
fn lever_beside(view: &View<'_>, event: Span, verbs: &[&str]) -> Option<LeverKind> {
    let text = &view.document.text;
    let beside = |finding: &&Finding| {
        let sentence = finding.sentence.of(text).to_ascii_lowercase();
        let own = finding.span.start() - finding.sentence.start();
        let gap = |at: usize, verb: &str| {
            let behind = at.saturating_sub(own + finding.span.len());
            behind.max(own.saturating_sub(at + verb.len()))
        };
        verbs.iter().flat_map(|verb| sentence.match_indices(verb)).any(|(at, verb)| gap(at, verb) <= BESIDE)
    };
    let levers = view.findings.iter().filter(|finding| !finding.span.is_empty() && event.contains(finding.span));
    levers
        .filter(|finding| finding.sentence.contains(finding.span))
        .filter(beside)
        .find_map(|finding| advice::kind(finding.category))
}

/// Verbs behind which "from" is a change.
const CHANGES: [&str; 12] =
    ["chang", "revis", "moved", "updat", "increas", "decreas", "extend", "reduc", "reclass", "modif", "alter", "went "];

/// Words that make a change one of coverage.
const TELLING: [&str; 16] = [
    "medically necessary",
    "necessity",
    "investigational",
    "experimental",
    "unproven",
    "covered",
    "coverage",
    "excluded",
    "denial",
    "criteria",
    "individual",
    "case-by-case",
    "exception",
    "months",
    "years",
    "authorization",
];

/// "from X to Y" where either speaks of coverage.
fn from_to(text: &str, event: Span) -> Option<(Span, Span)> {
    let words = event.of(text);
    let lower = words.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = lower[at..].find("from ").map(|found| at + found) {
        at = found + "from ".len();
        let before = lower[..found].rsplit(['.', ';']).next().unwrap_or_default();
        let starts = found > 0
            && !lower.as_bytes()[found - 1].is_ascii_alphanumeric()
            && CHANGES.iter().any(|verb| before.contains(verb));
        let Some(to) = lower[at..].find(" to ").map(|to| at + to).filter(|to| starts && !lower[at..*to].contains(". "))
        else {
            continue;
        };
        let new = to + " to ".len();
        let end = lower[new..].find([';', '.']).map_or(lower.len(), |end| new + end);
        let (old, new) = (bare(words, at, to), bare(words, new, end));
        let telling = |(start, end): (usize, usize)| TELLING.iter().any(|word| lower[start..end].contains(word));
        let fits = |(start, end): (usize, usize)| start < end && end - start <= LONGEST;
        if fits(old) && fits(new) && (telling(old) || telling(new)) {
            let span = |(start, end): (usize, usize)| Span::new(event.start() + start, event.start() + end);
            return Some((span(old), span(new)));
        }
    }
    None
}

/// Without blanks and quotation marks around it.
fn bare(words: &str, start: usize, end: usize) -> (usize, usize) {
    let part = &words[start..end];
    let quotes = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | ',' | '\'' | '‘' | '’');
    let lead = part.len() - part.trim_start_matches(quotes).len();
    let kept = part.trim_matches(quotes);
    (start + lead, start + lead + kept.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_coverage_has_its_old_and_new_words() {
        let row = "8/1/25 Moon lamps changed from “investigational” to may be considered medically necessary; no more.";
        let (from, to) = from_to(row, Span::new(0, row.len())).expect("it changed");
        assert_eq!((from.of(row), to.of(row)), ("investigational", "may be considered medically necessary"));
        let dates = "Published date changed from 03-01-2017 to 03-20-2017.";
        assert_eq!(from_to(dates, Span::new(0, dates.len())), None);
    }

    #[test]
    fn one_row_may_hold_several_events_and_a_bare_date_reads_on() {
        let row = "11/15/15 Revision; codes updated. 01/01/16 Update effective 02/01/16 made.";
        let events: Vec<&str> = dated(row, Span::new(0, row.len())).iter().map(|(_, span)| span.of(row)).collect();
        assert_eq!(events, ["11/15/15 Revision; codes updated.", "01/01/16 Update effective 02/01/16 made."]);
        let rows = "10-01-2023\nDescription updated";
        assert_eq!(with_words(rows, Span::new(0, 10), Some(Span::new(11, rows.len()))).of(rows), rows);
    }
}
