//! Many documents: what was not read, then one row each.

use std::io::{self, Write};

use super::Look;
use super::paint::{Kind, cell, cut};
use crate::report::clean::clean;
use crate::report::model::FindingModel;
use crate::report::{Analysis, words};

/// What the table keeps of one document: a few short strings, however long the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    path: String,
    payer: String,
    policy: String,
    stance: String,
    room: String,
    in_the_way: String,
    in_the_way_page: Option<u32>,
    open: String,
    corrected: (usize, usize),
    open_page: Option<u32>,
    /// The path as it is, for links.
    place: String,
    not_read: Option<String>,
    partly: Option<String>,
}

impl Row {
    /// The row of one document.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Row {
        let summary = analysis.summary.as_ref();
        let not_read = analysis.is_unread().then(|| why_not_read(analysis));
        let partly = (not_read.is_none() && analysis.is_partly_read()).then(|| issues(analysis));
        Row {
            path: clean(&analysis.source.path),
            payer: clean(analysis.policy.payer.as_ref().map_or_else(|| words::file(analysis), |payer| &payer.name)),
            policy: clean(&words::policy(analysis)),
            stance: summary.map_or("", |summary| words::stance(&summary.stance)).to_owned(),
            room: summary
                .and_then(|summary| summary.score.as_ref())
                .map_or(String::new(), |score| score.total.to_string()),
            in_the_way: in_the_way(analysis),
            in_the_way_page: strongest(analysis).and_then(|finding| finding.page),
            open: open(analysis),
            corrected: analysis.corrected(),
            open_page: summary.and_then(|summary| summary.levers.first()).and_then(|lever| lever.page),
            place: analysis.source.path.clone(),
            not_read,
            partly,
        }
    }
}

/// The finding of the strongest barrier.
fn strongest(analysis: &Analysis) -> Option<&FindingModel> {
    let barrier = analysis.summary.as_ref().and_then(|summary| summary.barriers.first());
    barrier.and_then(|barrier| analysis.finding(&barrier.finding))
}

fn in_the_way(analysis: &Analysis) -> String {
    let Some(finding) = strongest(analysis) else { return String::new() };
    let scope = words::scope(&finding.scope);
    let comma = if scope.is_empty() { "" } else { ", " };
    with_page(&format!("{}{comma}{scope}", words::category(&finding.category)), finding.page)
}

fn open(analysis: &Analysis) -> String {
    let lever = analysis.summary.as_ref().and_then(|summary| summary.levers.first());
    lever.map_or(String::new(), |lever| with_page(words::lever(&lever.kind), lever.page))
}

fn with_page(text: &str, page: Option<u32>) -> String {
    page.map_or(text.to_owned(), |page| format!("{text} p{page}"))
}

fn why_not_read(analysis: &Analysis) -> String {
    if let Some(error) = &analysis.error {
        return clean(&error.message);
    }
    let pages = analysis.extraction.issues.iter().filter(|issue| issue.code == "text-layer-missing").count();
    match analysis.source.pages {
        Some(of) if pages > 0 => format!("no text layer on {pages} of {of} pages: ask the payer for a text copy"),
        _ => issues(analysis),
    }
}

/// The first issue, and how many more there are.
fn issues(analysis: &Analysis) -> String {
    let issues = &analysis.extraction.issues;
    let first = issues.first().map_or("no reason is known", |issue| &issue.message);
    match issues.len() {
        0 | 1 => clean(first),
        more => format!("{} (and {} more)", clean(first), more - 1),
    }
}

/// Widths of the six columns; a payer column only where there is room for it.
struct Columns {
    payer: usize,
    policy: usize,
    stance: usize,
    in_the_way: usize,
    open: usize,
}

const ROOM: usize = 4;

impl Columns {
    fn fit(width: usize) -> Columns {
        let (payer, stance, in_the_way, open) = if width >= 120 { (18, 13, 34, 24) } else { (0, 13, 20, 18) };
        let gaps = if payer > 0 { 10 } else { 8 };
        let policy = width.saturating_sub(payer + stance + in_the_way + open + ROOM + gaps).max(16);
        Columns { payer, policy, stance, in_the_way, open }
    }
}

/// Writes the table.
///
/// # Errors
/// Those of `out`.
pub fn table(out: &mut dyn Write, rows: &[Row], look: Look) -> io::Result<()> {
    let not_read: Vec<&Row> = rows.iter().filter(|row| row.not_read.is_some()).collect();
    let partly: Vec<&Row> = rows.iter().filter(|row| row.partly.is_some()).collect();
    let read = rows.len() - not_read.len();
    let noun = if rows.len() == 1 { "document" } else { "documents" };
    let mut head = format!("{} {noun} · {read} read", rows.len());
    if !partly.is_empty() {
        head += &format!(", {} of them in part", partly.len());
    }
    writeln!(out, "{} · {} not read", look.bold(&head), not_read.len())?;
    let sum = |(accepted, rejected), row: &Row| (accepted + row.corrected.0, rejected + row.corrected.1);
    if let Some(corrections) = words::corrections(rows.iter().fold((0, 0), sum)) {
        writeln!(out, "{corrections}")?;
    }
    for row in &not_read {
        said(out, look, "not read", row, row.not_read.as_deref())?;
    }
    for row in &partly {
        said(out, look, "in part", row, row.partly.as_deref())?;
    }
    if read == 0 {
        return Ok(());
    }
    let columns = Columns::fit(look.width);
    writeln!(out, "\n{}", look.faint(heads(&columns).trim_end()))?;
    rows.iter().filter(|row| row.not_read.is_none()).try_for_each(|row| body(out, look, &columns, row))
}

fn said(out: &mut dyn Write, look: Look, what: &str, row: &Row, why: Option<&str>) -> io::Result<()> {
    writeln!(out, "  {what}  {}", row.path)?;
    writeln!(out, "            {}", look.faint(why.unwrap_or_default()))
}

fn heads(columns: &Columns) -> String {
    let payer = if columns.payer > 0 { cell("PAYER", columns.payer) + "  " } else { String::new() };
    let policy = cell("POLICY", columns.policy);
    let stance = cell("STANCE", columns.stance);
    format!("{payer}{policy}  {stance}  ROOM  {}  OPEN", cell("IN THE WAY", columns.in_the_way))
}

fn body(out: &mut dyn Write, look: Look, columns: &Columns, row: &Row) -> io::Result<()> {
    if columns.payer > 0 {
        write!(out, "{}  ", cell(&row.payer, columns.payer))?;
    }
    let mark = if row.partly.is_some() { "* " } else { "" };
    let link =
        |text: &str, page| if text.trim().is_empty() { text.to_owned() } else { look.linked(text, &row.place, page) };
    let policy = link(&cell(&format!("{mark}{}", row.policy), columns.policy), None);
    let way = link(&marked(look, Kind::InTheWay, &row.in_the_way, columns.in_the_way), row.in_the_way_page);
    let open = link(&marked(look, Kind::Open, &row.open, columns.open), row.open_page);
    let (stance, room) = (cell(&row.stance, columns.stance), &row.room);
    let line = format!("{policy}  {stance}  {room:>ROOM$}  {way}  {open}");
    writeln!(out, "{}", line.trim_end())
}

/// The text behind its shape, filled up to `width` columns; blanks where there is none.
fn marked(look: Look, kind: Kind, text: &str, width: usize) -> String {
    if text.is_empty() {
        return " ".repeat(width);
    }
    let text = keep_page(text, width.saturating_sub(2));
    look.painted(&cell(&format!("{} {text}", kind.shape()), width), kind)
}

/// Cuts before the page, so that the page stays.
fn keep_page(text: &str, width: usize) -> String {
    match text.rsplit_once(" p") {
        Some((words, page)) if text.chars().count() > width => {
            format!("{} p{page}", cut(words, width.saturating_sub(page.len() + 2)))
        }
        _ => text.to_owned(),
    }
}
