//! The plans side by side: for each policy its stance on the service, and every cell filled or its reason told.

use std::collections::BTreeMap;

use super::Asked;
use super::matched::Closeness;
use crate::report::model::{CriterionModel, FindingModel, StanceModel, SummaryModel};
use crate::report::{Analysis, fight_words, lever_words, stance_words};

/// What plans say of a service, those that cover it first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What was asked.
    pub asked: Asked,
    /// One for each policy that names the service, and one for each payer of which none does.
    pub rows: Vec<Row>,
    /// Documents that could not be read: path and why.
    pub unread: Vec<(String, String)>,
    /// Where policies of one payer, or plans, do not agree.
    pub differences: Vec<String>,
}

/// Under which heading a row stands, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Covered without condition.
    Covered,
    /// Covered when criteria are met.
    CoveredIf,
    /// Some uses covered, some refused.
    Mixed,
    /// Handed to another policy.
    Elsewhere,
    /// Refused.
    Refused,
    /// The policy names the service and takes no stance.
    Silent,
    /// No policy of this payer at hand names it.
    NoPolicy,
}

impl Group {
    /// The heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Group::Covered => "Covered",
            Group::CoveredIf => "Covered when criteria are met",
            Group::Mixed => "Mixed: some uses covered, some refused",
            Group::Elsewhere => "Not addressed here",
            Group::Refused => "Not covered",
            Group::Silent => "Silent: named, and no binding statement found",
            Group::NoPolicy => "No policy of this payer at hand that names it",
        }
    }
}

/// A quote with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The words.
    pub text: String,
    /// The page, from 1.
    pub page: Option<u32>,
    /// The heading above.
    pub section: Option<String>,
}

/// One cell: our few words, and the quote they stand on. Never both empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The column.
    pub label: &'static str,
    /// What it says, or why there is nothing.
    pub words: String,
    /// The payer's words, each as it stands in the document.
    pub quotes: Vec<Quoted>,
}

/// One policy, or one payer without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub group: Group,
    /// The payer.
    pub payer: String,
    /// Number and title.
    pub policy: String,
    /// The document.
    pub path: String,
    /// Its hash.
    pub sha256: String,
    /// The room for this service, 0 to 100.
    pub room: Option<u8>,
    /// The cells, the same columns in every row.
    pub cells: Vec<Cell>,
}

/// The columns.
pub(super) const LABELS: [&str; 7] =
    ["stance", "also", "strongest barrier", "strongest lever", "criteria", "dates", "room"];

/// Puts the plans side by side.
#[must_use]
pub fn compare(asked: &Asked, analyses: &[Analysis]) -> Comparison {
    let mut rows: Vec<Row> = Vec::new();
    let mut unread = Vec::new();
    let mut payers: BTreeMap<String, bool> = BTreeMap::new();
    for analysis in analyses {
        if analysis.is_unread() {
            unread.push((analysis.source.path.clone(), reason(analysis)));
            continue;
        }
        let row = row(asked, analysis);
        let known = payers.entry(payer(analysis)).or_default();
        *known |= row.is_some();
        rows.extend(row);
    }
    rows.extend(payers.iter().filter(|(_, known)| !**known).map(|(payer, _)| without_policy(payer)));
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    unread.sort();
    let mut differences = differences(&rows, analyses);
    differences.extend(not_at_hand(asked, analyses));
    Comparison { asked: asked.clone(), rows, unread, differences }
}

fn order(row: &Row) -> (Group, u8, &str, &str, &str, &str) {
    (row.group, 100 - row.room.unwrap_or(0).min(100), &row.payer, &row.policy, &row.path, &row.sha256)
}

fn reason(analysis: &Analysis) -> String {
    let issue = analysis.extraction.issues.first().map(|issue| issue.message.clone());
    analysis
        .error
        .as_ref()
        .map(|error| error.message.clone())
        .or(issue)
        .unwrap_or_else(|| "it could not be read".to_owned())
}

/// The payer's name, or that none is printed.
pub(super) fn payer(analysis: &Analysis) -> String {
    analysis.policy.payer.as_ref().map_or_else(|| "payer not printed".to_owned(), |payer| payer.name.clone())
}

/// Number and title, or the file.
pub(super) fn policy(analysis: &Analysis) -> String {
    let file = analysis.source.path.rsplit('/').next().unwrap_or_default();
    let title = analysis.policy.title.as_deref().unwrap_or(file);
    let number = analysis.policy.number.as_deref().filter(|number| !title.contains(number));
    [number, Some(title)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn without_policy(payer: &str) -> Row {
    let none = "no policy of this payer at hand names the service";
    let cells = LABELS.iter().map(|label| Cell { label, words: none.to_owned(), quotes: Vec::new() });
    Row {
        group: Group::NoPolicy,
        payer: payer.to_owned(),
        policy: "none at hand".to_owned(),
        path: String::new(),
        sha256: String::new(),
        room: None,
        cells: cells.collect(),
    }
}

/// The row of a policy that names the service, in its statements, codes or title.
fn row(asked: &Asked, analysis: &Analysis) -> Option<Row> {
    let summary = analysis.summary.as_ref()?;
    let statements = asked.statements(analysis);
    let coded = asked.code.as_ref().and_then(|code| summary.codes.iter().find(|mention| mention.code == *code));
    if statements.is_empty() && coded.is_none() {
        return None;
    }
    let main = closest(&statements);
    let group = group(&main);
    let room = main.first().and_then(|statement| statement.score.as_ref()).map(|score| score.total);
    let cells = vec![
        stance_cell(asked, group, &main, coded.map(|mention| mention.table.as_str())),
        also_cell(&statements, &main),
        barrier_cell(asked, analysis, summary),
        lever_cell(asked, analysis, summary),
        criteria_cell(summary, &main),
        dates_cell(analysis, summary),
        room_cell(room, &main),
    ];
    Some(Row {
        group,
        payer: payer(analysis),
        policy: policy(analysis),
        path: analysis.source.path.clone(),
        sha256: analysis.source.sha256.clone().unwrap_or_default(),
        room,
        cells,
    })
}

/// The statements that are equally close to what was asked.
fn closest<'a>(statements: &[(Closeness, &'a StanceModel)]) -> Vec<&'a StanceModel> {
    let best = statements.first().map(|(closeness, _)| *closeness);
    statements.iter().filter(|(closeness, _)| Some(*closeness) == best).map(|(_, statement)| *statement).collect()
}

fn covers(statement: &StanceModel) -> bool {
    statement.stance.starts_with("covered")
}

fn group(main: &[&StanceModel]) -> Group {
    let addressed: Vec<&&StanceModel> = main.iter().filter(|statement| statement.stance != "not-addressed").collect();
    let any = addressed.iter().any(|statement| covers(statement));
    let all = addressed.iter().all(|statement| covers(statement));
    match (main.is_empty(), addressed.is_empty(), any, all) {
        (true, ..) => Group::Silent,
        (_, true, ..) => Group::Elsewhere,
        (_, _, true, true) if addressed.iter().all(|statement| statement.stance == "covered") => Group::Covered,
        (_, _, true, true) => Group::CoveredIf,
        (_, _, true, false) => Group::Mixed,
        (_, _, false, _) => Group::Refused,
    }
}

/// The sentence, and the list item that names the service.
fn quoted(statement: &StanceModel) -> Vec<Quoted> {
    let section = &statement.section.heading;
    let of = |text: &String, page| Quoted { text: text.clone(), page, section: section.clone() };
    let item = statement.item.iter().map(|item| of(item, statement.item_page));
    std::iter::once(of(&statement.quote, statement.page)).chain(item).collect()
}

fn stance_cell(asked: &Asked, group: Group, main: &[&StanceModel], table: Option<&str>) -> Cell {
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
        && !super::matched::all_words(indication, &super::matched::words_of(first))
    {
        words += &format!("; “{indication}” is not named in it");
    }
    if !first.hands_to.is_empty() {
        words += &format!("; handed to {}", first.hands_to.join(", "));
    }
    Cell { label: LABELS[0], words, quotes: quoted(first) }
}

/// The next statement on the service that says something else.
fn also_cell(statements: &[(Closeness, &StanceModel)], main: &[&StanceModel]) -> Cell {
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

fn barrier_cell(asked: &Asked, analysis: &Analysis, summary: &SummaryModel) -> Cell {
    let about = |id: &str| analysis.finding(id).filter(|finding| asked.is_about(finding));
    let hardest = summary.barriers.iter().find_map(|barrier| Some((barrier, about(&barrier.finding)?)));
    match hardest {
        Some((barrier, finding)) => {
            Cell { label: LABELS[2], words: fight_words(&barrier.fight).to_owned(), quotes: vec![of_finding(finding)] }
        }
        None => Cell { label: LABELS[2], words: "none found for this service".to_owned(), quotes: Vec::new() },
    }
}

/// The strongest lever that speaks of the service, else the strongest of the policy, named as such.
fn lever_cell(asked: &Asked, analysis: &Analysis, summary: &SummaryModel) -> Cell {
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

fn criteria_cell(summary: &SummaryModel, main: &[&StanceModel]) -> Cell {
    let statement = main.iter().find(|statement| covers(statement));
    let Some(statement) = statement else {
        return Cell {
            label: LABELS[4],
            words: "none: it is not covered under criteria here".to_owned(),
            quotes: Vec::new(),
        };
    };
    let of_statement: Vec<_> = summary.criteria.iter().filter(|one| one.finding == statement.finding).collect();
    let Some(first) = of_statement.first() else {
        return Cell {
            label: LABELS[4],
            words: "none listed apart from the statement itself".to_owned(),
            quotes: Vec::new(),
        };
    };
    let how = match first.connective.as_str() {
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
        words: format!("{} listed, {how}{rest}", of_statement.len()),
        quotes: shown.map(|one| quote(one)).collect(),
    }
}

fn dates_cell(analysis: &Analysis, summary: &SummaryModel) -> Cell {
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

fn room_cell(room: Option<u8>, main: &[&StanceModel]) -> Cell {
    let words = match (room, main.is_empty()) {
        (Some(room), _) => format!("{room} of 100"),
        (None, true) => "not scored: no stance".to_owned(),
        (None, false) => "not scored: handed to another policy".to_owned(),
    };
    Cell { label: LABELS[6], words, quotes: Vec::new() }
}

/// One payer with several stances, and plans that cover beside plans that refuse.
fn differences(rows: &[Row], analyses: &[Analysis]) -> Vec<String> {
    let versions: BTreeMap<&str, String> =
        analyses.iter().map(|analysis| (analysis.source.path.as_str(), version(analysis))).collect();
    let mut by_payer: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !matches!(row.group, Group::NoPolicy | Group::Silent | Group::Elsewhere)) {
        by_payer.entry(&row.payer).or_default().push(row);
    }
    let mut found: Vec<String> = Vec::new();
    for (payer, own) in &by_payer {
        if own.windows(2).any(|pair| pair[0].group != pair[1].group) {
            let each: Vec<String> = own
                .iter()
                .map(|row| {
                    let version = versions.get(row.path.as_str()).map(String::as_str).unwrap_or_default();
                    format!("{}{version}: {}", row.policy, row.group.heading().to_lowercase())
                })
                .collect();
            found.push(format!("{payer} says different things in different policies: {}", each.join("; ")));
        }
    }
    let of = |wanted: fn(Group) -> bool| -> Vec<&str> {
        by_payer.iter().filter(|(_, own)| own.iter().any(|row| wanted(row.group))).map(|(payer, _)| *payer).collect()
    };
    let covering = of(|group| matches!(group, Group::Covered | Group::CoveredIf | Group::Mixed));
    let refusing = of(|group| group == Group::Refused);
    if !covering.is_empty() && !refusing.is_empty() {
        found.push(format!(
            "Covered at least for some uses by {}; refused by {}",
            covering.join(", "),
            refusing.join(", ")
        ));
    }
    found
}

/// Policies to which the service is handed and that are not among those at hand.
fn not_at_hand(asked: &Asked, analyses: &[Analysis]) -> Vec<String> {
    let letters = |words: &str| crate::text::letters_and_digits(words);
    let known: Vec<String> = analyses
        .iter()
        .flat_map(|analysis| [analysis.policy.title.as_deref(), analysis.policy.number.as_deref()])
        .flatten()
        .map(letters)
        .filter(|name| name.len() >= 4)
        .collect();
    let mut found = std::collections::BTreeSet::new();
    for analysis in analyses.iter().filter(|analysis| !analysis.is_unread()) {
        for (_, statement) in asked.statements(analysis) {
            for name in &statement.hands_to {
                let wanted = letters(name);
                let at_hand = known.iter().any(|known| known.contains(&wanted) || wanted.contains(known.as_str()));
                if !wanted.is_empty() && !at_hand {
                    let named = crate::text::single_blanks(name);
                    found.insert(format!("{} hands it to {named}, which is not at hand", payer(analysis)));
                }
            }
        }
    }
    found.into_iter().collect()
}

fn version(analysis: &Analysis) -> String {
    let parts: Vec<&str> =
        analysis.policy.lines_of_business.iter().chain(&analysis.policy.states).map(String::as_str).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}
