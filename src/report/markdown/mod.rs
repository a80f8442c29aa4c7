//! Markdown: one page a policy, an overview before them where there are several.
//!
//! Every quote stands on a line of its own and its place, with the document's SHA-256, on the next, so that
//! `fineprint verify` can find it again. Words of documents are escaped: no link, no HTML, no heading of theirs.

use std::io::{self, Write};

use super::Analysis;
use super::sheet::{Entry, GLOSSARY, Item, Kind, LIMITS, Part, Quote, Sheet};

mod escape;
mod overview;

pub(crate) use escape::escaped;
pub(super) use escape::unescaped;
pub use overview::Markdown;

/// Before the number of quotes of a page.
pub(super) const COUNT: &str = "Quotes on this page: ";

/// Before the hash of a quote's document.
pub(crate) const HASH: &str = " · SHA-256 ";

/// Writes the page of one policy.
///
/// # Errors
/// Those of `out`.
pub fn markdown(out: &mut dyn Write, analysis: &Analysis) -> io::Result<()> {
    let sheet = Sheet::of(analysis);
    let hash = analysis.source.sha256.as_deref().unwrap_or("not known");
    let mut page = Page { out, hash };
    page.head(&sheet)?;
    sheet.parts.iter().try_for_each(|part| page.part(part))?;
    writeln!(page.out, "\n---\n\n{LIMITS}\n\n{COUNT}{}", sheet.quotes())
}

/// Writes the glossary.
fn glossary(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## Words used here\n")?;
    GLOSSARY.iter().try_for_each(|(term, meaning)| writeln!(out, "- **{term}**: {meaning}"))
}

struct Page<'a> {
    out: &'a mut dyn Write,
    hash: &'a str,
}

impl Page<'_> {
    fn head(&mut self, sheet: &Sheet) -> io::Result<()> {
        writeln!(self.out, "# {} · {}\n", escaped(&sheet.payer), escaped(&sheet.title))?;
        for warning in &sheet.warnings {
            writeln!(self.out, "**!** {}\n", escaped(warning))?;
        }
        if let Some((shape, stance)) = &sheet.stance {
            writeln!(self.out, "**{shape} {stance}**\n")?;
        }
        sheet.facts.iter().try_for_each(|fact| writeln!(self.out, "- {}: {}", fact.label, escaped(&fact.value)))
    }

    fn part(&mut self, part: &Part) -> io::Result<()> {
        writeln!(self.out, "\n## {}", part.heading)?;
        if !part.intro.is_empty() {
            writeln!(self.out, "\n{}", part.intro)?;
        }
        part.entries.iter().try_for_each(|entry| self.entry(entry))
    }

    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let shape = shape(entry.kind);
        let notes: String = entry.notes.iter().map(|note| format!(" · {}", escaped(note))).collect();
        writeln!(self.out, "\n{shape} **{}**{notes}", escaped(&entry.says))?;
        entry.quotes.iter().try_for_each(|quote| self.quote("\n> ", "> ", quote))?;
        if !entry.items.is_empty() {
            writeln!(self.out)?;
        }
        entry.items.iter().try_for_each(|item| self.item(item))?;
        for (label, words) in &entry.advice {
            writeln!(self.out, "\n{label}: {}", escaped(words))?;
        }
        Ok(())
    }

    fn item(&mut self, item: &Item) -> io::Result<()> {
        let indent = "  ".repeat(usize::from(item.level.clamp(1, 5)) - 1);
        if let Some(lead) = &item.lead {
            writeln!(self.out, "{indent}- {lead}")?;
        }
        let tick = if item.ticked { "[ ] " } else { "" };
        self.quote(&format!("{indent}- {tick}"), &format!("{indent}  "), &item.quote)
    }

    /// The words on one line, page, section and hash on the next.
    fn quote(&mut self, first: &str, second: &str, quote: &Quote) -> io::Result<()> {
        let excerpt = &quote.excerpt;
        writeln!(self.out, "{first}{}{}{}", excerpt.before(), escaped(&excerpt.words), excerpt.after())?;
        writeln!(self.out, "{second}— {}{HASH}{}", escaped(&quote.place()), self.hash)
    }
}

fn shape(kind: Kind) -> char {
    match kind {
        Kind::InTheWay => '▲',
        Kind::Open => '●',
        Kind::AgainstItself => '◆',
        Kind::Note => '○',
    }
}
