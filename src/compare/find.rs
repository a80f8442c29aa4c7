//! From what stands on a denial letter, a code or a policy's number, to the policies that name it.

use std::io::{self, Write};

use super::escape::{csv_row, lines, markdown as md};
use super::plans::{payer, policy};
use crate::report::{Analysis, HASH};
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
    let payer = payer(analysis);
    if wanted.is_empty() || !named(&payer) {
        return Vec::new();
    }
    let paged = analysis.source.pages.is_some();
    let hit = |page: Option<u32>, place: String, (quote, cut): (String, (bool, bool))| Hit {
        payer: payer.clone(),
        policy: policy(analysis),
        path: analysis.source.path.clone(),
        sha256: analysis.source.sha256.clone().unwrap_or_default(),
        page,
        place,
        quote,
        cut,
    };
    let mut hits: Vec<Hit> = Vec::new();
    let own = analysis.policy.number.as_deref().filter(|number| same_number(number, &wanted));
    let mut own_found = false;
    let mut page = 1;
    for (number, part) in text.split('\u{c}').enumerate() {
        if paged {
            page = u32::try_from(number + 1).unwrap_or(u32::MAX);
        }
        for line in part.lines() {
            let number = own.filter(|_| !own_found).and_then(|number| line.find(number));
            if let Some(at) = number {
                own_found = true;
                hits.push(hit(paged.then_some(page), "this policy's own number".to_owned(), around(line, at)));
            } else if let Some((at, how)) = named_in(line, &wanted) {
                let place = table(analysis, &wanted, paged.then_some(page), how);
                hits.push(hit(paged.then_some(page), place, around(line, at)));
            }
        }
    }
    if own.is_some() && !own_found {
        let told = "this policy's own number, as it was told or stands in several lines";
        hits.insert(0, hit(None, told.to_owned(), (String::new(), (false, false))));
    }
    hits.dedup_by(|a, b| a.quote == b.quote && a.page == b.page);
    hits.sort_by_key(|hit| match hit.place.as_str() {
        own if own.starts_with("this policy's own") => 0,
        listed if listed.starts_with("listed") => 1,
        _ => 2,
    });
    hits
}

/// "MP-114", "mp 114" and "MP114" are one number.
fn same_number(a: &str, b: &str) -> bool {
    crate::text::letters_and_digits(a) == crate::text::letters_and_digits(b)
}

/// How a line names what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
enum How {
    /// As typed.
    Itself,
    /// A diagnosis family that it belongs to: `M17.1` names `M17.11`.
    Family(String),
    /// A range that holds it.
    Range(String),
}

/// Where a line names `wanted` first: itself before family and range.
fn named_in(line: &str, wanted: &str) -> Option<(usize, How)> {
    let words = words(line);
    let is = |word: &str| word.eq_ignore_ascii_case(wanted) || wanted.contains('-') && same_number(word, wanted);
    let itself = words.iter().find(|(_, word)| is(word)).map(|(at, _)| (*at, How::Itself));
    itself.or_else(|| range(&words, line, wanted)).or_else(|| family(&words, wanted))
}

/// Words of letters, digits, stops and hyphens with their places; stops at their ends are none of them.
fn words(line: &str) -> Vec<(usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (is_part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, line[from..at].trim_end_matches(['.', '-'])));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// "38240-38243" and "38240 through 38243" hold 38241.
fn range(words: &[(usize, &str)], line: &str, wanted: &str) -> Option<(usize, How)> {
    if !is_code(wanted) {
        return None;
    }
    let holds = |from: &str, to: &str| {
        let (from, to) = (from.to_ascii_uppercase(), to.to_ascii_uppercase());
        let last = |code: &str| code.chars().last().filter(char::is_ascii_alphabetic);
        let alike = |code: &str| is_code(code) && code.len() == wanted.len() && last(code) == last(wanted);
        alike(&from) && alike(&to) && (from.as_str()..=to.as_str()).contains(&wanted)
    };
    let joined = words.iter().find_map(|(at, word)| {
        let (from, to) = word.split_once('-')?;
        holds(from, to).then(|| (*at, How::Range(format!("{from}–{to}"))))
    });
    joined.or_else(|| {
        words
            .windows(2)
            .find_map(|pair| {
                let [(at, from), (next, to)] = pair else { return None };
                let between = line[at + from.len()..*next].trim().to_ascii_lowercase();
                let joins = matches!(between.as_str(), "–" | "—" | "to" | "through" | "thru");
                (joins && holds(from, to)).then(|| (*at, How::Range(format!("{from}–{to}"))))
            })
            .or_else(|| {
                words.windows(3).find_map(|three| {
                    let [(at, from), (_, joint), (_, to)] = three else { return None };
                    let joins = matches!(joint.to_ascii_lowercase().as_str(), "to" | "through" | "thru" | "-");
                    (joins && holds(from, to)).then(|| (*at, How::Range(format!("{from}–{to}"))))
                })
            })
    })
}

/// A diagnosis that begins as `wanted` does: three characters at least, and a stop in what was asked.
fn family(words: &[(usize, &str)], wanted: &str) -> Option<(usize, How)> {
    wanted.contains('.').then_some(())?;
    let is = |word: &str| {
        let word = word.to_ascii_uppercase();
        word.len() >= 3 && word.len() < wanted.len() && wanted.starts_with(&word) && word.as_bytes()[1].is_ascii_digit()
    };
    words.iter().find(|(_, word)| is(word)).map(|(at, word)| (*at, How::Family((*word).to_owned())))
}

/// Whether the shape is that of a procedure code.
fn is_code(word: &str) -> bool {
    word.len() == 5
        && word.bytes().filter(u8::is_ascii_digit).count() >= 4
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The tables in which the policy lists the code, in plain words: on the place's own page, else said to be elsewhere.
fn table(analysis: &Analysis, wanted: &str, page: Option<u32>, how: How) -> String {
    let code = match &how {
        How::Itself => wanted.to_owned(),
        How::Family(family) => family.to_ascii_uppercase(),
        How::Range(range) => range.chars().take_while(char::is_ascii_alphanumeric).collect(),
    };
    let mentions = analysis.summary.iter().flat_map(|summary| &summary.codes);
    let listed: Vec<(&str, Option<u32>)> = mentions
        .filter(|mention| mention.code == code && mention.table != "named")
        .map(|mention| {
            let words = match mention.table.as_str() {
                "covered" => "listed as covered",
                "covered-if-criteria" => "listed as covered if criteria are met",
                _ => "listed as not covered",
            };
            (words, mention.page)
        })
        .collect();
    let of_page = |here: bool| -> String {
        let wanted = listed.iter().filter(|(_, own)| (page.is_none() || *own == page) == here);
        let mut tables: Vec<&str> = wanted.map(|(words, _)| *words).collect();
        tables.dedup();
        tables.join("; also ")
    };
    let table = match (of_page(true), of_page(false)) {
        (here, _) if !here.is_empty() => here,
        (_, elsewhere) if !elsewhere.is_empty() => format!("named here, on another page {elsewhere}"),
        _ => "named".to_owned(),
    };
    match how {
        How::Itself => table,
        How::Family(family) => format!("{table} by its family {family}"),
        How::Range(range) => format!("{table} by the range {range}"),
    }
}

/// The words around byte `at` of a line, cut at blanks, and whether there are more before and after.
fn around(line: &str, at: usize) -> (String, (bool, bool)) {
    let half = LONGEST / 2;
    let from = line[..at].char_indices().rev().nth(half).map_or(0, |(from, _)| from);
    let from = if from == 0 { 0 } else { line[from..at].find(' ').map_or(at, |blank| from + blank + 1) };
    let to = line[at..].char_indices().nth(half).map_or(line.len(), |(to, _)| at + to);
    let to = if to == line.len() { to } else { line[at..to].rfind(' ').map_or(to, |blank| at + blank) };
    (single_blanks(&line[from..to]), (from > 0, to < line.len()))
}

impl Hit {
    /// The words in quotation marks with signs of omission outside of them.
    fn quoted(&self, escape: fn(&str) -> String) -> String {
        let (before, after) = self.cut;
        let sign = |cut: bool, sign: &'static str| if cut { sign } else { "" };
        format!("{}“{}”{}", sign(before, "[…] "), escape(&self.quote), sign(after, " […]"))
    }
}

/// The places document by document.
fn documents(hits: &[Hit]) -> impl Iterator<Item = &[Hit]> {
    hits.chunk_by(|one, next| (&one.path, &one.sha256) == (&next.path, &next.sha256))
}

/// How many places of a document are not shown.
fn more(of_document: &[Hit]) -> Option<String> {
    let more = of_document.len().saturating_sub(MOST);
    (more > 0).then(|| format!("and {more} more places in this document; --format csv prints all"))
}

/// For reading in a terminal of `width` columns.
///
/// # Errors
/// Those of `out`.
pub fn hits_terminal(out: &mut dyn Write, query: &Query, hits: &[Hit], width: usize) -> io::Result<()> {
    let width = width.clamp(40, 100);
    let mut write = |indent: usize, text: &str| -> io::Result<()> {
        lines(text, width - indent).iter().try_for_each(|line| writeln!(out, "{:indent$}{line}", ""))
    };
    if hits.is_empty() {
        write(0, &format!("{} is named in none of the policies that were read", query.text))?;
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
                write(4, &hit.quoted(str::to_owned))?;
            }
        }
        if let Some(more) = more(of_document) {
            write(2, &more)?;
        }
    }
    Ok(())
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
                let page = hit.page.map_or("no page".to_owned(), |page| format!("p. {page}"));
                writeln!(out, "\n> {}\n> — {page}{HASH}{}", hit.quoted(md), hit.sha256)?;
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
    out.write_all(csv_row(&["payer", "policy", "where", "page", "quote", "path", "sha256"]).as_bytes())?;
    for hit in hits {
        let page = hit.page.map(|page| page.to_string()).unwrap_or_default();
        let cells = [&hit.payer, &hit.policy, &hit.place, &page, &hit.quote, &hit.path, &hit.sha256];
        out.write_all(csv_row(&cells.map(String::as_str)).as_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, wanted: &str, expected: impl Into<Option<How>>) {
        assert_eq!(named_in(line, wanted).map(|(_, how)| how), expected.into(), "{line}");
    }

    #[test]
    fn what_is_not_shown_is_counted_and_the_table_holds_it() {
        let hit = |number: usize| Hit {
            payer: "Moon Health".to_owned(),
            policy: "MP-1".to_owned(),
            path: "a.pdf".to_owned(),
            sha256: String::new(),
            page: None,
            place: "named".to_owned(),
            quote: format!("line {number}"),
            cut: (false, false),
        };
        let hits: Vec<Hit> = (0..MOST + 3).map(hit).collect();
        let query = Query { text: "0232T".to_owned(), payer: None };
        let mut page = Vec::new();
        hits_terminal(&mut page, &query, &hits, 80).expect("it is written");
        let page = String::from_utf8(page).expect("it is UTF-8");
        assert!(page.contains("and 3 more places") && !page.contains("line 12"), "{page}");
        let mut table = Vec::new();
        hits_csv(&mut table, &hits).expect("it is written");
        assert_eq!(String::from_utf8(table).expect("it is UTF-8").lines().count(), MOST + 4);
    }

    #[test]
    fn a_line_names_a_code_itself_in_a_range_or_by_its_family() {
        check("0232T\tInjection", "0232T", Some(How::Itself));
        check("See policy mp 114.", "MP-114", None);
        check("See policy MP-114.", "MP-114", Some(How::Itself));
        check("Codes 38240-38243 apply", "38241", Some(How::Range("38240–38243".to_owned())));
        check("Codes 38240 – 38243 apply", "38241", Some(How::Range("38240–38243".to_owned())));
        check("Codes 38240 through 38243 apply", "38241", Some(How::Range("38240–38243".to_owned())));
        check("M17.1 and others", "M17.11", Some(How::Family("M17.1".to_owned())));
        check("M17.12 and 138241", "M17.11", None);
        check("10232T5", "0232T", None);
    }
}
