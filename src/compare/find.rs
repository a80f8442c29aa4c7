//! From what stands on a denial letter, a code or a policy's number, to the policies that name it.

use std::io::{self, Write};
use std::ops::Range;

use super::escape::{cell, markdown as md, write_lines};
use super::naming::{How, named_in, same_number};
use crate::report::model::CodeModel;
use crate::report::{Analysis, HASH, counted, page_words, payer_words as payer, policy_words as policy};
use crate::text::single_blanks;

/// A code or number to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// As typed.
    pub text: String,
    /// Only policies whose payer's name holds these words.
    pub payer: Option<String>,
}

/// One place that names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The payer.
    pub payer: String,
    /// Number and title.
    pub policy: String,
    /// The document.
    pub path: String,
    /// Its hash.
    pub sha256: String,
    /// The page, from 1.
    pub page: Option<u32>,
    /// In which table, or how it is named, in plain words.
    pub place: String,
    /// The words around it, as they stand in the document; empty where they were told and are not printed.
    pub quote: String,
    /// The same words by the cells of the table whose row they are; one where they are none.
    pub cells: Vec<String>,
    /// Whether words of the line before and after them were left out.
    pub cut: (bool, bool),
}

/// The longest quote, in characters, half of it on each side.
const LONGEST: usize = 240;
/// The most places of one document that are shown for reading; the CSV holds all.
const MOST: usize = 12;

/// The places of one document, `text` its matching text: its own number and the tables of codes first, then the rest,
/// in order; each line of the document once.
#[must_use]
pub fn find(query: &Query, analysis: &Analysis, text: &str) -> Vec<Hit> {
    let wanted = query.text.trim().to_ascii_uppercase();
    let named =
        |payer: &str| query.payer.as_ref().is_none_or(|words| payer.to_lowercase().contains(&words.to_lowercase()));
    let blank = Hit::nowhere(analysis);
    if wanted.is_empty() || !named(&blank.payer) {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = Vec::new();
    let own = analysis.policy.number.as_deref().filter(|number| same_number(number, &wanted));
    let mut own_found = false;
    let mut begun = 0;
    for (number, part) in text.split('\u{c}').enumerate() {
        let page = analysis.source.pages.map(|_| u32::try_from(number + 1).unwrap_or(u32::MAX));
        for line in part.split('\n') {
            let place = (page, begun..begun + line.chars().count());
            // Behind the line stands its end or the page's, one code point each.
            begun = place.1.end + 1;
            let number = own.filter(|_| !own_found).and_then(|number| line.find(number));
            own_found |= number.is_some();
            let number = number.map(|at| (at, "this policy's own number".to_owned()));
            let code = || named_in(line, &wanted).map(|(at, how)| (at, table(analysis, &wanted, &place, how)));
            let Some((at, place)) = number.or_else(code) else { continue };
            let (words, cut) = around(line, at);
            let cells = words.split('\t').map(single_blanks).filter(|cell| !cell.is_empty()).collect();
            hits.push(Hit { page, place, quote: single_blanks(words), cells, cut, ..blank.clone() });
        }
    }
    if own.is_some() && !own_found {
        let told = "this policy's own number, as it was told or stands in several lines";
        hits.insert(0, Hit { place: told.to_owned(), ..blank });
    }
    hits.dedup_by(|a, b| a.quote == b.quote && a.page == b.page);
    hits.sort_by_key(|hit| match hit.place.as_str() {
        own if own.starts_with("this policy's own") => 0,
        listed if listed.starts_with("listed") => 1,
        _ => 2,
    });
    hits
}

/// The tables in which the policy lists the code, in plain words: that of the line itself, else those of its page, else
/// said to be elsewhere. The line is told by its page and its code points.
fn table(analysis: &Analysis, wanted: &str, (page, line): &(Option<u32>, Range<usize>), how: How) -> String {
    let code = match &how {
        How::Itself => wanted.to_owned(),
        How::Family(family) => family.to_ascii_uppercase(),
        How::Range(range) => range.chars().take_while(char::is_ascii_alphanumeric).collect(),
    };
    let mentions = || analysis.summary.iter().flat_map(|summary| &summary.codes).filter(|mention| mention.code == code);
    let words = |of: &dyn Fn(&CodeModel) -> bool| -> String {
        let mut tables: Vec<&str> = mentions().filter(|mention| of(mention)).filter_map(listed).collect();
        tables.dedup();
        tables.join("; also ")
    };
    let own = |mention: &CodeModel| line.contains(&mention.span.start) && mention.span.end > 0;
    let of_page = |mention: &CodeModel| page.is_none() || mention.page == *page;
    let table = if mentions().any(own) {
        Some(words(&own)).filter(|own| !own.is_empty()).unwrap_or_else(|| "named".to_owned())
    } else {
        match (words(&of_page), words(&|mention| !of_page(mention))) {
            (here, _) if !here.is_empty() => here,
            (_, elsewhere) if !elsewhere.is_empty() => format!("named here, on another page {elsewhere}"),
            _ => "named".to_owned(),
        }
    };
    match how {
        How::Itself => table,
        How::Family(family) => format!("{table} by its family {family}"),
        How::Range(range) => format!("{table} by the range {range}"),
    }
}

/// The table of a mention; none where the code is but named.
fn listed(mention: &CodeModel) -> Option<&'static str> {
    match mention.table.as_str() {
        "named" => None,
        "covered" => Some("listed as covered"),
        "covered-if-criteria" => Some("listed as covered if criteria are met"),
        _ => Some("listed as not covered"),
    }
}

/// Where words were asked for as if they were a code.
const NO_CODE: &str = "This is neither a code nor a policy's number, for which find looks: for a service ask compare \
                       --service, for a topic analyze --topic.";

/// The words around byte `at` of a line, cut at blanks, and whether there are more before and after.
fn around(line: &str, at: usize) -> (&str, (bool, bool)) {
    let half = LONGEST / 2;
    let from = line[..at].char_indices().rev().nth(half).map_or(0, |(from, _)| from);
    let from = if from == 0 { 0 } else { line[from..at].find(' ').map_or(at, |blank| from + blank + 1) };
    let to = line[at..].char_indices().nth(half).map_or(line.len(), |(to, _)| at + to);
    let to = if to == line.len() { to } else { line[at..to].rfind(' ').map_or(to, |blank| at + blank) };
    (&line[from..to], (from > 0, to < line.len()))
}

impl Hit {
    /// A document without a place in it.
    fn nowhere(analysis: &Analysis) -> Hit {
        Hit {
            payer: payer(analysis),
            policy: policy(analysis),
            path: analysis.source.path.clone(),
            sha256: analysis.source.sha256.clone().unwrap_or_default(),
            page: None,
            place: String::new(),
            quote: String::new(),
            cells: Vec::new(),
            cut: (false, false),
        }
    }

    /// What is `quoted` of it with signs of omission outside of the quotation marks.
    fn omitting(&self, quoted: &str) -> String {
        let (before, after) = self.cut;
        let sign = |cut: bool, sign: &'static str| if cut { sign } else { "" };
        format!("{}{quoted}{}", sign(before, "[…] "), sign(after, " […]"))
    }
}

/// The places document by document.
fn documents(hits: &[Hit]) -> impl Iterator<Item = &[Hit]> {
    hits.chunk_by(|one, next| (&one.path, &one.sha256) == (&next.path, &next.sha256))
}

/// How many places of a document are not shown.
fn more(of_document: &[Hit]) -> Option<String> {
    let more = of_document.len().saturating_sub(MOST);
    let places = counted(more, "more place", "more places");
    (more > 0).then(|| format!("and {places} in this document; --format csv prints all"))
}

/// For reading in a terminal of `width` columns.
///
/// # Errors
/// Those of `out`.
pub fn hits_terminal(out: &mut dyn Write, query: &Query, hits: &[Hit], width: usize) -> io::Result<()> {
    let width = width.clamp(40, 100);
    let mut write = |indent: usize, text: &str| write_lines(out, width, indent, text);
    if hits.is_empty() {
        write(0, &format!("{} is named in none of the policies that were read", query.text))?;
        if !query.text.bytes().any(|b| b.is_ascii_digit()) {
            write(0, NO_CODE)?;
        }
        return write(0, "That says nothing about coverage: another policy, or the plan's contract, may name it.");
    }
    for of_document in documents(hits) {
        let first = &of_document[0];
        write(0, "")?;
        write(0, &format!("{} · {}", first.payer, first.policy))?;
        write(0, &first.path)?;
        for hit in of_document.iter().take(MOST) {
            let page = hit.page.map(|page| format!("  p. {page}")).unwrap_or_default();
            write(2, &format!("{}{page}", hit.place))?;
            if !hit.quote.is_empty() {
                write(4, &hit.omitting(&format!("“{}”", hit.cells.join("” | “"))))?;
            }
        }
        if let Some(more) = more(of_document) {
            write(2, &more)?;
        }
    }
    write(0, "")?;
    write(0, "The quotes are the payers', the matching is fineprint's. The plan's contract governs.")
}

/// As Markdown.
///
/// # Errors
/// Those of `out`.
pub fn hits_markdown(out: &mut dyn Write, query: &Query, hits: &[Hit]) -> io::Result<()> {
    writeln!(out, "# Policies that name {}", md(&query.text))?;
    if hits.is_empty() {
        return writeln!(out, "\nNone of those that were read. That says nothing about coverage.");
    }
    for of_document in documents(hits) {
        let first = &of_document[0];
        writeln!(out, "\n## {} · {}\n\n- file: {}", md(&first.payer), md(&first.policy), md(&first.path))?;
        for hit in of_document.iter().take(MOST) {
            writeln!(out, "\n{}", md(&hit.place))?;
            if !hit.quote.is_empty() {
                writeln!(
                    out,
                    "\n> {}\n> — {}{HASH}{}",
                    hit.omitting(&format!("“{}”", md(&hit.quote))),
                    page_words(hit.page),
                    hit.sha256
                )?;
            }
        }
        if let Some(more) = more(of_document) {
            writeln!(out, "\n{more}")?;
        }
    }
    Ok(())
}

/// As CSV: UTF-8, safe for spreadsheets.
///
/// # Errors
/// Those of `out`.
pub fn hits_csv(out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(["payer", "policy", "where", "page", "quote", "path", "sha256"])?;
    for hit in hits {
        let page = hit.page.map(|page| page.to_string()).unwrap_or_default();
        let cells = [&hit.payer, &hit.policy, &hit.place, &page, &hit.quote, &hit.path, &hit.sha256];
        table.write_record(cells.map(|words| cell(words)))?;
    }
    table.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_counted_and_the_table_holds_it() {
        let hit = |number: usize| Hit {
            payer: "Moon Health".to_owned(),
            policy: "MP-1".to_owned(),
            path: "a.pdf".to_owned(),
            sha256: String::new(),
            page: None,
            place: "named".to_owned(),
            quote: format!("line {number} of it"),
            cells: vec![format!("line {number}"), "of it".to_owned()],
            cut: (false, false),
        };
        let hits: Vec<Hit> = (0..MOST + 3).map(hit).collect();
        let query = Query { text: "0232T".to_owned(), payer: None };
        let mut page = Vec::new();
        hits_terminal(&mut page, &query, &hits, 80).expect("it is written");
        let page = String::from_utf8(page).expect("it is UTF-8");
        assert!(page.contains("and 3 more places") && !page.contains("line 12"), "{page}");
        assert!(page.contains("“line 3” | “of it”"), "cells are parted: {page}");
        let mut table = Vec::new();
        hits_csv(&mut table, &hits).expect("it is written");
        assert_eq!(String::from_utf8(table).expect("it is UTF-8").lines().count(), MOST + 4);
    }
}
