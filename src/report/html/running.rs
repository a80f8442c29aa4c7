//! The running text of a document with its findings marked in place.
//!
//! Every character of the text stands in an element of class `bt` and nothing else does, so that the whole
//! text can be verified. Labels before marks are made by the style sheet.

use std::io::{self, Write};

use super::data;
use super::escape::Esc;
use crate::report::Analysis;
use crate::report::model::{FindingModel, ReadBlock, Reading};

/// How many headings the outline holds.
const MOST_HEADINGS: usize = 80;

/// Writes the text under the anchor of its policy.
pub(super) fn text(out: &mut dyn Write, analysis: &Analysis, reading: &Reading, id: &str) -> io::Result<()> {
    writeln!(
        out,
        "<section class=\"doc\" aria-label=\"The document’s text\" tabindex=\"0\"><h2>The document’s text</h2>"
    )?;
    outline(out, reading, id)?;
    let mut findings: Vec<&FindingModel> = analysis.findings.iter().collect();
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end));
    let mut page = None;
    for (index, block) in reading.blocks.iter().enumerate() {
        if block.page != page {
            page = block.page;
            writeln!(out, "<div class=\"pb\">page {}</div>", page.unwrap_or_default())?;
        }
        struck(out, reading, block, index, &reading.blocks)?;
        self::block(out, block, index, &marks(block, &findings), id)?;
    }
    writeln!(out, "<div class=\"map\" aria-hidden=\"true\"></div></section>")
}

fn outline(out: &mut dyn Write, reading: &Reading, id: &str) -> io::Result<()> {
    let headings = reading.blocks.iter().enumerate().filter(|(_, block)| block.role == "heading");
    let headings: Vec<_> = headings.take(MOST_HEADINGS).collect();
    if headings.len() < 3 {
        return Ok(());
    }
    writeln!(out, "<details class=\"outline\"><summary>Outline: {} headings</summary><ul>", headings.len())?;
    for (index, block) in headings {
        writeln!(out, "<li><a class=\"theirs\" href=\"#{id}.b{index}\">{}</a></li>", Esc(&block.text))?;
    }
    writeln!(out, "</ul></details>")
}

/// Words that are struck in the document, at the first block of their page.
fn struck(out: &mut dyn Write, reading: &Reading, block: &ReadBlock, at: usize, all: &[ReadBlock]) -> io::Result<()> {
    let first_of_page = at == 0 || all[at - 1].page != block.page;
    let here = reading.struck.iter().filter(|(page, _)| first_of_page && *page == block.page);
    for (_, words) in here {
        writeln!(
            out,
            "<p class=\"faint\">struck out in the document, not in force: <s class=\"struck theirs\">{}</s></p>",
            Esc(words)
        )?;
    }
    Ok(())
}

/// A marked stretch of a block, in bytes, with what it stands for.
struct Mark<'a> {
    start: usize,
    end: usize,
    findings: Vec<&'a FindingModel>,
}

/// The findings that begin in a block; those that overlap become one mark.
fn marks<'a>(block: &ReadBlock, findings: &[&'a FindingModel]) -> Vec<Mark<'a>> {
    let length = block.text.chars().count();
    let from = findings.partition_point(|finding| finding.span.start < block.start);
    let here = findings[from..].iter().take_while(|finding| finding.span.start < block.start + length.max(1));
    let mut marks: Vec<Mark<'a>> = Vec::new();
    let mut bytes = Bytes::new(&block.text);
    for finding in here {
        let start = finding.span.start - block.start;
        // An inherited stance has no words of its own: its whole item is marked.
        let end = if finding.span.end > finding.span.start { finding.span.end - block.start } else { length };
        let (start, end) = (bytes.at(start), Bytes::new(&block.text).at(end.min(length)));
        match marks.last_mut() {
            Some(last) if start < last.end => {
                last.end = last.end.max(end);
                last.findings.push(finding);
            }
            _ => marks.push(Mark { start, end, findings: vec![finding] }),
        }
    }
    marks
}

/// From code points to bytes, forward only.
struct Bytes<'a> {
    rest: std::str::Chars<'a>,
    whole: usize,
    points: usize,
}

impl<'a> Bytes<'a> {
    fn new(text: &'a str) -> Bytes<'a> {
        Bytes { rest: text.chars(), whole: text.len(), points: 0 }
    }

    fn at(&mut self, points: usize) -> usize {
        while self.points < points && self.rest.next().is_some() {
            self.points += 1;
        }
        self.whole - self.rest.as_str().len()
    }
}

fn block(out: &mut dyn Write, block: &ReadBlock, index: usize, marks: &[Mark<'_>], id: &str) -> io::Result<()> {
    let level = block.level.unwrap_or(1).clamp(1, 5);
    let (tag, class) = match block.role.as_str() {
        "heading" => (["h3", "h4", "h5", "h6", "h6"][usize::from(level) - 1], "heading".to_owned()),
        "item" => ("div", format!("item l{level}")),
        role => ("div", role.to_owned()),
    };
    write!(out, "<{tag} class=\"b bt {class}\" id=\"{id}.b{index}\">")?;
    let mut at = 0;
    for mark in marks {
        words(out, &block.text[at..mark.start])?;
        begin(out, mark, id)?;
        words(out, &block.text[mark.start..mark.end])?;
        write!(out, "</mark>")?;
        at = mark.end;
    }
    words(out, &block.text[at..])?;
    writeln!(out, "</{tag}>")
}

/// Cells of a row are parted by a sign of the style sheet.
fn words(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for (index, cell) in text.split('\t').enumerate() {
        if index > 0 {
            write!(out, "<span class=\"tab\"> </span>")?;
        }
        write!(out, "{}", Esc(cell))?;
    }
    Ok(())
}

/// The class of the strongest finding, an anchor for each.
fn begin(out: &mut dyn Write, mark: &Mark<'_>, id: &str) -> io::Result<()> {
    let strongest = mark.findings.iter().copied().min_by_key(|finding| order(finding)).unwrap_or(mark.findings[0]);
    let class = mark_class(strongest);
    let who =
        if class == "others" { format!(" data-who=\"{}\"", Esc(&data::standing(strongest))) } else { String::new() };
    let ids: Vec<&str> = mark.findings.iter().map(|finding| finding.id.as_str()).collect();
    write!(out, "<mark class=\"{class}\"{who} data-f=\"{}\" id=\"{id}.{}\">", Esc(&ids.join(" ")), Esc(ids[0]))?;
    ids[1..].iter().try_for_each(|other| write!(out, "<span id=\"{id}.{}\"></span>", Esc(other)))
}

fn order(finding: &FindingModel) -> usize {
    ["way", "open", "note", "others"].iter().position(|class| *class == mark_class(finding)).unwrap_or(3)
}

fn mark_class(finding: &FindingModel) -> &'static str {
    if !finding.operative {
        "others"
    } else if finding.category.starts_with("barrier/") {
        "way"
    } else if finding.category.starts_with("favorable/") {
        "open"
    } else {
        "note"
    }
}
