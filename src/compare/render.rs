//! A comparison for a terminal, and as Markdown, CSV and HTML.

use std::io::{self, Write};

use super::escape::{cell, html as esc, markdown as md, write_lines};
use super::plans::{LABELS, Quoted};
use super::{Comparison, Row};
use crate::report::terminal::shortened;
use crate::report::{GENERATOR, GLOSSARY, HASH, MANY, page_words, payers_words, place_words};

/// What stands below every comparison.
const LIMITS: &str = "The quotes are the payers'; order and matching are fineprint's. The plan's contract governs. The room \
                      is what the words leave, 0 to 100; it is no forecast. Not legal or medical advice.";

/// The longest quote of a cell, in characters; tables for machines hold it whole.
const LONGEST: usize = 360;

fn title(comparison: &Comparison) -> String {
    let asked = &comparison.asked;
    let parts = [Some(&asked.service), asked.indication.as_ref(), asked.code.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

fn count(comparison: &Comparison) -> String {
    let plural = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let policies = comparison.rows.iter().filter(|row| !row.path.is_empty()).count();
    let payers: std::collections::BTreeSet<&str> = comparison.rows.iter().map(|row| row.payer.as_str()).collect();
    let mut words =
        format!("{} name it · asked of {}", plural(policies, "policy", "policies"), payers_words(payers.into_iter()));
    if policies == 1 {
        words = words.replace("name it", "names it");
    }
    if !comparison.unread.is_empty() {
        words += &format!(", {} not read", plural(comparison.unread.len(), "document", "documents"));
    }
    words
}

/// The page as verify reads it, and the section.
fn place(quote: &Quoted) -> String {
    place_words(quote.page, quote.section.as_deref())
}

/// For reading in a terminal of `width` columns.
///
/// # Errors
/// Those of `out`.
pub fn terminal(out: &mut dyn Write, comparison: &Comparison, width: usize) -> io::Result<()> {
    let width = width.clamp(40, 100);
    let mut write = |indent: usize, text: &str| write_lines(out, width, indent, text);
    write(0, &title(comparison))?;
    write(0, &count(comparison))?;
    for (path, why) in &comparison.unread {
        write(2, &format!("○ not read: {path}: {why}"))?;
    }
    let mut group = None;
    for row in &comparison.rows {
        if group != Some(row.group) {
            group = Some(row.group);
            write(0, "")?;
            write(0, &row.group.heading().to_uppercase())?;
        }
        write(2, &format!("{} · {}", row.payer, row.policy))?;
        for cell in row.cells.iter().filter(|_| !row.path.is_empty()) {
            write(4, &format!("{}: {}", cell.label, cell.words))?;
            for quote in &cell.quotes {
                write(6, &format!("“{}”  {}", shortened(&quote.text, LONGEST), place(quote)))?;
            }
        }
        if !row.path.is_empty() {
            write(4, &row.path)?;
        }
    }
    if !comparison.differences.is_empty() {
        write(0, "")?;
        write(0, "WHERE THEY DIFFER")?;
    }
    for difference in &comparison.differences {
        write(2, &format!("◆ {difference}"))?;
    }
    write(0, "")?;
    write(0, LIMITS)
}

/// As Markdown.
///
/// # Errors
/// Those of `out`.
pub fn markdown(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}\n", md(&title(comparison)), md(&count(comparison)))?;
    for (path, why) in &comparison.unread {
        writeln!(out, "- not read: {}: {}", md(path), md(why))?;
    }
    writeln!(out, "\n| payer | policy | stance | room |\n| --- | --- | --- | --- |")?;
    for row in &comparison.rows {
        let room = &row.cells[6].words;
        writeln!(out, "| {} | {} | {} | {} |", md(&row.payer), md(&row.policy), md(&row.cells[0].words), md(room))?;
    }
    let mut group = None;
    for row in comparison.rows.iter().filter(|row| !row.path.is_empty()) {
        if group != Some(row.group) {
            group = Some(row.group);
            writeln!(out, "\n## {}", row.group.heading())?;
        }
        writeln!(out, "\n### {} · {}\n", md(&row.payer), md(&row.policy))?;
        for cell in &row.cells {
            writeln!(out, "- **{}**: {}", cell.label, md(&cell.words))?;
            for quote in &cell.quotes {
                writeln!(out, "\n  > “{}”", md(&quote.text))?;
                writeln!(out, "  > — {}{HASH}{}", md(&place(quote)), row.sha256)?;
            }
        }
        writeln!(out, "- file: {}", md(&row.path))?;
    }
    if !comparison.differences.is_empty() {
        writeln!(out, "\n## Where they differ\n")?;
    }
    for difference in &comparison.differences {
        writeln!(out, "- {}", md(difference))?;
    }
    writeln!(out, "\n## Words used here\n")?;
    GLOSSARY.iter().try_for_each(|(term, meaning)| writeln!(out, "- **{term}**: {meaning}"))?;
    writeln!(out, "\n---\n{}", md(LIMITS))
}

/// As CSV: one row a policy, for each column its words, quote, page; UTF-8, safe for spreadsheets.
///
/// # Errors
/// Those of `out`.
pub fn csv(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let mut head: Vec<String> = ["group", "payer", "policy", "path", "sha256"].map(str::to_owned).to_vec();
    for label in LABELS {
        head.extend([
            label.replace(' ', "_"),
            format!("{}_quote", label.replace(' ', "_")),
            format!("{}_page", label.replace(' ', "_")),
        ]);
    }
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(&head)?;
    for row in &comparison.rows {
        table.write_record(csv_row(row).iter().map(|words| cell(words)))?;
    }
    for (path, why) in &comparison.unread {
        let mut cells = vec!["Not read", "not read", "not read", path, ""];
        cells.extend(LABELS.iter().flat_map(|_| [why.as_str(), "", ""]));
        table.write_record(cells.into_iter().map(cell))?;
    }
    table.flush()
}

fn csv_row(row: &Row) -> Vec<String> {
    let mut cells: Vec<String> = vec![
        row.group.heading().to_owned(),
        row.payer.clone(),
        row.policy.clone(),
        row.path.clone(),
        row.sha256.clone(),
    ];
    for cell in &row.cells {
        let quotes: Vec<&str> = cell.quotes.iter().map(|quote| quote.text.as_str()).collect();
        let page = |quote: &Quoted| quote.page.map_or("no page".to_owned(), |page| page.to_string());
        let pages: Vec<String> = cell.quotes.iter().map(page).collect();
        cells.extend([cell.words.clone(), quotes.join(MANY), pages.join(MANY)]);
    }
    cells
}

/// The look of the page: a table that prints.
const STYLE: &str = include_str!("compare.css");

/// As one self-contained page of HTML without scripts.
///
/// # Errors
/// Those of `out`.
pub fn html(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let title = esc(&title(comparison));
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}: plans side by side</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<header><h1>{title}</h1>\n<p>{}</p></header>\n<main>",
        esc(&count(comparison))
    )?;
    for (path, why) in &comparison.unread {
        writeln!(out, "<p class=\"unread\">Not read: {}: {}</p>", esc(path), esc(why))?;
    }
    writeln!(out, "<table>\n<thead><tr><th scope=\"col\">payer and policy</th>")?;
    for label in LABELS {
        writeln!(out, "<th scope=\"col\">{label}</th>")?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    let mut group = None;
    for row in &comparison.rows {
        if group != Some(row.group) {
            group = Some(row.group);
            writeln!(
                out,
                "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"8\">{}</th></tr>",
                row.group.heading()
            )?;
        }
        html_row(out, row)?;
    }
    writeln!(out, "</tbody>\n</table>")?;
    if !comparison.differences.is_empty() {
        writeln!(out, "<h2>Where they differ</h2>\n<ul>")?;
        for difference in &comparison.differences {
            writeln!(out, "<li>{}</li>", esc(difference))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "<details><summary>Words used here</summary><dl>")?;
    GLOSSARY.iter().try_for_each(|(term, meaning)| writeln!(out, "<dt>{term}</dt><dd>{meaning}</dd>"))?;
    writeln!(out, "</dl></details>")?;
    writeln!(out, "</main>\n<footer><p>{}</p></footer>\n</body>\n</html>", esc(LIMITS))
}

fn html_row(out: &mut dyn Write, row: &Row) -> io::Result<()> {
    let document = format!(
        "<small class=\"file\">{}</small><small>SHA-256 <span class=\"hash\">{}</span></small>",
        esc(&row.path),
        esc(&row.sha256)
    );
    let file = if row.path.is_empty() { String::new() } else { document };
    writeln!(
        out,
        "<tr><th scope=\"row\">{}<br><span class=\"policy\">{}</span>{file}</th>",
        esc(&row.payer),
        esc(&row.policy)
    )?;
    for cell in &row.cells {
        write!(out, "<td data-label=\"{}\"><p>{}</p>", cell.label, esc(&cell.words))?;
        for quote in &cell.quotes {
            write!(out, "<blockquote>“<span class=\"qt\">{}</span>”</blockquote>", esc(&quote.text))?;
            let page = page_words(quote.page);
            let section = quote.section.as_ref().map(|section| format!(", {}", esc(section))).unwrap_or_default();
            write!(out, "<small><span class=\"pg\">{page}</span>{section}</small>")?;
        }
        writeln!(out, "</td>")?;
    }
    writeln!(out, "</tr>")
}
