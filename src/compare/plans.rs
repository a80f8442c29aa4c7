//! The plans side by side: for each policy its stance on the service, and every cell filled or its reason told.

use std::collections::BTreeMap;

use super::differences::differences;
use super::matched::Closeness;
use super::{Asked, cells};
use crate::report::model::StanceModel;
use crate::report::{Analysis, payer_words as payer, policy_words as policy};

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
    /// Words of the document could not be read: it may cover what it seems to refuse.
    pub partly_read: bool,
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
    let differences = differences(asked, &rows, analyses);
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

fn without_policy(payer: &str) -> Row {
    let none = "no policy of this payer at hand names the service";
    let cells = LABELS.iter().map(|label| Cell { label, words: none.to_owned(), quotes: Vec::new() });
    Row {
        group: Group::NoPolicy,
        payer: payer.to_owned(),
        policy: "none at hand".to_owned(),
        path: String::new(),
        sha256: String::new(),
        partly_read: false,
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
        partly(analysis, cells::stance_cell(asked, group, &main, coded.map(|mention| mention.table.as_str()))),
        cells::also_cell(&statements, &main),
        cells::barrier_cell(asked, analysis, summary, &main),
        cells::lever_cell(asked, analysis, summary),
        cells::criteria_cell(summary, &statements, &main),
        cells::dates_cell(analysis, summary),
        cells::room_cell(room, &main),
    ];
    Some(Row {
        group,
        payer: payer(analysis),
        policy: policy(analysis),
        path: analysis.source.path.clone(),
        sha256: analysis.source.sha256.clone().unwrap_or_default(),
        partly_read: analysis.is_partly_read(),
        room,
        cells,
    })
}

/// A stance of a policy that was read in part, with a word on that.
fn partly(analysis: &Analysis, mut stance: Cell) -> Cell {
    if analysis.is_partly_read() {
        stance.words += "; this policy was read in part: more may stand in what was not read";
    }
    stance
}

/// The statements that are equally close to what was asked.
fn closest<'a>(statements: &[(Closeness, &'a StanceModel)]) -> Vec<&'a StanceModel> {
    let best = statements.first().map(|(closeness, _)| *closeness);
    statements.iter().filter(|(closeness, _)| Some(*closeness) == best).map(|(_, statement)| *statement).collect()
}

pub(super) fn covers(statement: &StanceModel) -> bool {
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
