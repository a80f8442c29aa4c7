//! The cells of one plan: for each column a few words of ours, and the quote they stand on.

use super::Asked;
use super::matched::{Closeness, all_words, words_of};
use super::plans::{Cell, Group, LABELS, Quoted, covers};
use crate::report::model::{CriterionModel, FindingModel, StanceModel, SummaryModel};
use crate::report::{Analysis, fight_words, lever_words, stance_words};

/// The sentence, and the list item that names the service.
fn quoted(statement: &StanceModel) -> Vec<Quoted> {
    let section = &statement.section.heading;
    let of = |text: &String, page| Quoted { text: text.clone(), page, section: section.clone() };
    let item = statement.item.iter().map(|item| of(item, statement.item_page));
    std::iter::once(of(&statement.quote, statement.page)).chain(item).collect()
}

pub(super) fn stance_cell(asked: &Asked, group: Group, main: &[&StanceModel], table: Option<&str>) -> Cell {
    let Some(first) = main.first() else {
        let table =
            table.map_or_else(String::new, |table| format!("; the code is listed as {}", table.replace('-', " ")));
        return Cell {
            label: LABELS[0],
            words: format!("silent: no binding statement on it found{table}"),
            quotes: Vec::new(),
        };
    };
    let mut words = if group == Group::Mixed { "mixed".to_owned() } else { stance_words(&first.stance).to_owned() };
    if first.residual {
        words += ", as one of all other uses";
    }
    if let Some(indication) = &asked.indication
        && !all_words(indication, &words_of(first))
    {
        words += &format!("; “{indication}” is not named in it");
    }
    if !first.hands_to.is_empty() {
        words += &format!("; handed to {}", first.hands_to.join(", "));
    }
    Cell { label: LABELS[0], words, quotes: quoted(first) }
}

/// The next statement on the service that says something else.
pub(super) fn also_cell(statements: &[(Closeness, &StanceModel)], main: &[&StanceModel]) -> Cell {
    let first = main.first().map(|statement| statement.stance.as_str());
    let other =
        statements.iter().map(|(_, statement)| *statement).find(|statement| Some(statement.stance.as_str()) != first);
    match other {
        Some(statement) => Cell {
            label: LABELS[1],
            words: stance_words(&statement.stance).to_owned()
                + if statement.residual { ", all other uses" } else { "" },
            quotes: quoted(statement),
        },
        None => Cell { label: LABELS[1], words: "no other stance on it".to_owned(), quotes: Vec::new() },
    }
}

fn of_finding(finding: &FindingModel) -> Quoted {
    Quoted { text: finding.quote.clone(), page: finding.page, section: finding.section.heading.clone() }
}

/// The hardest barrier that speaks of the service, else the refusal of it, which is one.
pub(super) fn barrier_cell(asked: &Asked, analysis: &Analysis, summary: &SummaryModel, main: &[&StanceModel]) -> Cell {
    let stands = |id: &str| main.iter().any(|statement| statement.finding == id && refuses(statement));
    let about = |id: &str| analysis.finding(id).filter(|finding| asked.is_about(finding) || stands(id));
    let hardest = summary.barriers.iter().find_map(|barrier| Some((barrier, about(&barrier.finding)?)));
    match hardest {
        Some((barrier, finding)) => {
            Cell { label: LABELS[2], words: fight_words(&barrier.fight).to_owned(), quotes: vec![of_finding(finding)] }
        }
        None => match main.iter().find(|statement| refuses(statement)) {
            Some(statement) => {
                Cell { label: LABELS[2], words: stance_words(&statement.stance).to_owned(), quotes: quoted(statement) }
            }
            None => Cell { label: LABELS[2], words: "none found for this service".to_owned(), quotes: Vec::new() },
        },
    }
}

fn refuses(statement: &StanceModel) -> bool {
    !covers(statement) && statement.stance != "not-addressed"
}

/// The strongest lever that speaks of the service, else the strongest of the policy, named as such.
pub(super) fn lever_cell(asked: &Asked, analysis: &Analysis, summary: &SummaryModel) -> Cell {
    let about = |id: &str| analysis.finding(id).is_some_and(|finding| asked.is_about(finding));
    let own = summary.levers.iter().find(|lever| about(&lever.finding));
    let Some(lever) = own.or(summary.levers.first()) else {
        return Cell { label: LABELS[3], words: "none found in this policy".to_owned(), quotes: Vec::new() };
    };
    let whose = match own {
        _ if lever.boilerplate => "a general notice",
        Some(_) => "of this service",
        None => "policy-wide",
    };
    let caution = lever.caution.as_ref().map(|caution| format!("; caution: {caution}")).unwrap_or_default();
    Cell {
        label: LABELS[3],
        words: format!("{}, {whose}{caution}", lever_words(&lever.kind)),
        quotes: vec![Quoted { text: lever.quote.clone(), page: lever.page, section: lever.section.heading.clone() }],
    }
}

/// How many criteria are shown; the policy's own page holds all.
const MOST_CRITERIA: usize = 6;

/// The criteria of the closest statement on the service that covers it and has some.
pub(super) fn criteria_cell(
    summary: &SummaryModel,
    statements: &[(Closeness, &StanceModel)],
    main: &[&StanceModel],
) -> Cell {
    if !statements.iter().any(|(_, statement)| covers(statement)) {
        return Cell {
            label: LABELS[4],
            words: "none: it is not covered under criteria here".to_owned(),
            quotes: Vec::new(),
        };
    }
    let of = |statement: &StanceModel| -> Vec<&CriterionModel> {
        summary.criteria.iter().filter(|one| one.finding == statement.finding).collect()
    };
    let covering = statements.iter().map(|(_, statement)| *statement).filter(|statement| covers(statement));
    let mut listed = covering.map(|statement| (statement, of(statement))).filter(|(_, criteria)| !criteria.is_empty());
    let Some((statement, of_statement)) = listed.next() else {
        return Cell {
            label: LABELS[4],
            words: "no list was read under the statement: read on at its place".to_owned(),
            quotes: Vec::new(),
        };
    };
    let whose = if main.contains(&statement) { "" } else { " under another statement on it" };
    let how = match of_statement[0].connective.as_str() {
        "all" => "all of these".to_owned(),
        "none" => "none of these".to_owned(),
        "unstated" => "the list does not say whether all or one".to_owned(),
        other => format!("at least {other} these"),
    };
    let shown = of_statement.iter().take(MOST_CRITERIA);
    let rest = of_statement.len().saturating_sub(MOST_CRITERIA);
    let rest = if rest > 0 { format!("; the first {MOST_CRITERIA} stand here") } else { String::new() };
    let quote = |one: &CriterionModel| Quoted { text: one.quote.clone(), page: one.page, section: None };
    Cell {
        label: LABELS[4],
        words: format!("{} listed{whose}, {how}{rest}", of_statement.len()),
        quotes: shown.map(|one| quote(one)).collect(),
    }
}

pub(super) fn dates_cell(analysis: &Analysis, summary: &SummaryModel) -> Cell {
    let policy = &analysis.policy;
    let named = |what: &str, date: &Option<String>| date.as_ref().map(|date| format!("{what} {date}"));
    let mut parts: Vec<String> = [
        named("effective", &policy.effective_date),
        named("last review", &policy.last_review_date),
        named("next review", &policy.next_review_date),
        named("copy of", &analysis.source.retrieved_at),
    ]
    .into_iter()
    .flatten()
    .collect();
    if summary.staleness.is_overdue_as_printed() {
        parts.push(format!("{} months overdue", summary.staleness.months_overdue));
    }
    let words = if parts.is_empty() { "no date is printed".to_owned() } else { parts.join(", ") };
    Cell { label: LABELS[5], words, quotes: Vec::new() }
}

pub(super) fn room_cell(room: Option<u8>, main: &[&StanceModel]) -> Cell {
    let words = match (room, main.is_empty()) {
        (Some(room), _) => format!("{room} of 100"),
        (None, true) => "not scored: no stance".to_owned(),
        (None, false) => "not scored: handed to another policy".to_owned(),
    };
    Cell { label: LABELS[6], words, quotes: Vec::new() }
}
