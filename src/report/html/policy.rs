//! One policy: its head, its summary, its running text.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::escape::{Esc, island};
use super::{class, data, glossary, running, stance_class};
use crate::report::Analysis;
use crate::report::sheet::{Entry, Item, Kind, LIMITS, Part, Quote, Sheet};
use crate::report::words;

/// Before the number of quotes of a page.
pub(in crate::report) const COUNT: &str = "Quotes in this summary: ";

/// Writes the article of one policy under the anchor `id`.
pub(super) fn article(out: &mut dyn Write, analysis: &Analysis, sheet: &Sheet, id: &str) -> io::Result<()> {
    let has_text = analysis.reading.is_some() && !analysis.is_unread();
    let mut article = Article { out, id, has_text, used: BTreeSet::new() };
    writeln!(article.out, "<article class=\"policy\" id=\"{id}\" aria-labelledby=\"{id}.title\">")?;
    article.head(analysis, sheet)?;
    if has_text {
        article.tabs()?;
    }
    writeln!(article.out, "<div class=\"cols\">\n<section class=\"sum\" aria-label=\"Summary\">")?;
    article.jumps(sheet)?;
    sheet.parts.iter().try_for_each(|part| article.part(part))?;
    glossary(article.out)?;
    writeln!(article.out, "</section>")?;
    if let Some(reading) = analysis.reading.as_ref().filter(|_| has_text) {
        running::text(article.out, analysis, reading, id)?;
    }
    let (count, printed) = (sheet.quotes(), printed(sheet));
    writeln!(
        article.out,
        "<footer class=\"limits\"><p>{LIMITS} <span class=\"qn\">{COUNT}{count}</span><span class=\"printed\">, {printed} of them \
         printed here</span></p></footer>\n</div>"
    )?;
    let findings = island(&data::findings(analysis));
    writeln!(article.out, "<script type=\"application/json\" class=\"findings\">{findings}</script>\n</article>")
}

/// How many items of a list stand in sight.
const ITEMS_IN_SIGHT: usize = 12;

/// On paper only: what stands folded away on the screen.
pub(super) fn on_screen(more: usize, whereof: &str) -> String {
    format!("<p class=\"printed\">… and {more} more{whereof} on the screen version.</p>")
}

/// How many quotes are printed: those that are not folded away.
fn printed(sheet: &Sheet) -> usize {
    let entries = sheet.parts.iter().flat_map(|part| part.entries.iter().take(part.shown));
    entries.map(|entry| entry.quotes.len() + entry.items.len().min(ITEMS_IN_SIGHT)).sum()
}

struct Article<'a> {
    out: &'a mut dyn Write,
    id: &'a str,
    has_text: bool,
    /// The ways of use that were said.
    used: BTreeSet<String>,
}

impl Article<'_> {
    fn head(&mut self, analysis: &Analysis, sheet: &Sheet) -> io::Result<()> {
        let id = self.id;
        writeln!(self.out, "<header class=\"head\"><p class=\"payer theirs\">{}</p>", Esc(&sheet.payer))?;
        writeln!(self.out, "<h1 id=\"{id}.title\" class=\"theirs\">{}</h1>", Esc(&sheet.title))?;
        for warning in &sheet.warnings {
            writeln!(self.out, "<p class=\"warn\">{}</p>", Esc(warning))?;
        }
        if let (Some((shape, words)), Some(summary)) = (&sheet.stance, &analysis.summary) {
            let class = stance_class(&summary.stance);
            writeln!(
                self.out,
                "<p class=\"stance\"><span class=\"{class}\" aria-hidden=\"true\">{shape}</span> {words}</p>"
            )?;
        }
        write!(self.out, "<dl class=\"facts\">")?;
        for fact in &sheet.facts {
            let class = match fact.label {
                "SHA-256" => "hash",
                "file" => "theirs file",
                _ => "theirs",
            };
            write!(self.out, "<div><dt>{}</dt><dd class=\"{class}\">{}</dd></div>", fact.label, Esc(&fact.value))?;
        }
        writeln!(self.out, "</dl></header>")
    }

    fn tabs(&mut self) -> io::Result<()> {
        writeln!(
            self.out,
            "<div class=\"tabs\" role=\"tablist\" aria-label=\"Summary or text\"><button type=\"button\" role=\"tab\" \
             data-tab=\"sum\">summary</button><button type=\"button\" role=\"tab\" data-tab=\"doc\">the document’s \
             text</button></div>"
        )
    }

    /// Where to find what: a tired reader goes straight there.
    fn jumps(&mut self, sheet: &Sheet) -> io::Result<()> {
        write!(self.out, "<nav class=\"jumps\" aria-label=\"Parts of the summary\">")?;
        for part in sheet.parts.iter().filter(|part| !["requests", "silences", "room"].contains(&part.id)) {
            let (class, shape) = class(part.entries.first().map_or(Kind::Note, |entry| entry.kind));
            let shape = if part.id == "stances" {
                ""
            } else {
                &format!("<span class=\"{class}\" aria-hidden=\"true\">{shape}</span> ")
            };
            write!(self.out, "<a href=\"#{}.{}\">{shape}{}</a> ", self.id, part.id, part.heading)?;
        }
        writeln!(self.out, "</nav>")
    }

    /// The entries in sight, then the others folded away.
    fn part(&mut self, part: &Part) -> io::Result<()> {
        let id = self.id;
        writeln!(
            self.out,
            "<section class=\"{0}\" aria-labelledby=\"{id}.{0}\"><h2 id=\"{id}.{0}\">{1}</h2>",
            part.id, part.heading
        )?;
        if !part.intro.is_empty() {
            writeln!(self.out, "<p class=\"faint\">{}</p>", Esc(&part.intro))?;
        }
        let (shown, folded) = part.entries.split_at(part.shown.min(part.entries.len()));
        shown.iter().try_for_each(|entry| self.entry(entry))?;
        if !folded.is_empty() {
            writeln!(self.out, "<details><summary>{} more</summary>", folded.len())?;
            folded.iter().try_for_each(|entry| self.entry(entry))?;
            writeln!(self.out, "</details>{}", on_screen(folded.len(), ""))?;
        }
        writeln!(self.out, "</section>")
    }

    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let (class, shape) = class(entry.kind);
        write!(
            self.out,
            "<div class=\"entry\"><p class=\"says\"><span class=\"{class}\" aria-hidden=\"true\">{shape}</span> "
        )?;
        write!(self.out, "<span class=\"what\">{}</span>", Esc(&entry.says))?;
        for note in &entry.notes {
            write!(self.out, " <small>· {}</small>", Esc(note))?;
        }
        writeln!(self.out, "</p>")?;
        entry.quotes.iter().try_for_each(|quote| self.quote(quote))?;
        self.items(&entry.items)?;
        for (label, words) in &entry.advice {
            // Paper says each way of use once; a caution stands beside its words every time.
            let again = if *label == "use" && !self.used.insert(words.clone()) { " again" } else { "" };
            writeln!(self.out, "<p class=\"advice{again}\"><b>{label}:</b> {}</p>", Esc(words))?;
        }
        writeln!(self.out, "</div>")
    }

    /// The words, a link to their place in the text, then page and section.
    fn quote(&mut self, quote: &Quote) -> io::Result<()> {
        write!(self.out, "<blockquote class=\"q\">")?;
        self.words(quote)?;
        let finding = quote.finding.as_ref().map(|id| format!(" data-f=\"{}\"", Esc(id))).unwrap_or_default();
        write!(
            self.out,
            "</blockquote><p class=\"cite\"{finding}><span class=\"pg\">{}</span>",
            words::page(quote.page)
        )?;
        if let Some(section) = &quote.section {
            write!(self.out, ", <span class=\"theirs\">{}</span>", Esc(section))?;
        }
        writeln!(self.out, "</p>")
    }

    fn words(&mut self, quote: &Quote) -> io::Result<()> {
        let excerpt = &quote.excerpt;
        let words = format!("{}<span class=\"qt\">{}</span>{}", excerpt.before(), Esc(&excerpt.words), excerpt.after());
        match quote.finding.as_ref().filter(|_| self.has_text) {
            Some(finding) => write!(self.out, "<a class=\"go\" href=\"#{}.{}\">{words}</a>", self.id, Esc(finding)),
            None => write!(self.out, "{words}"),
        }
    }

    /// A list; a long one folds its rest away.
    fn items(&mut self, items: &[Item]) -> io::Result<()> {
        let (shown, folded) = items.split_at(ITEMS_IN_SIGHT.min(items.len()));
        self.list(shown)?;
        if folded.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<details><summary>{} more in this list</summary>", folded.len())?;
        self.list(folded)?;
        writeln!(self.out, "</details>{}", on_screen(folded.len(), " of this list"))
    }

    fn list(&mut self, items: &[Item]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<ul class=\"items\">")?;
        for item in items {
            let level = item.level.clamp(1, 5);
            if let Some(lead) = &item.lead {
                writeln!(self.out, "<li class=\"lead l{level}\">{}</li>", Esc(lead))?;
            }
            let sign = if item.ticked { "☐" } else { "·" };
            write!(self.out, "<li class=\"l{level}\"><span aria-hidden=\"true\">{sign}</span> ")?;
            self.words(&item.quote)?;
            writeln!(self.out, " <span class=\"pg\">{}</span></li>", words::page(item.quote.page))?;
        }
        writeln!(self.out, "</ul>")
    }
}
