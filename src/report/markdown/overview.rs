//! Several policies in one Markdown file: what was not read, one row each, then the pages.

use std::io::{self, Write};

use super::escape::escaped;
use super::{glossary, markdown};
use crate::report::Analysis;
use crate::report::overview::Line;

/// A file in the making: a row and a page of each policy are kept until all are there.
#[derive(Debug, Default)]
pub struct Markdown {
    lines: Vec<Line>,
    pages: Vec<Vec<u8>>,
}

impl Markdown {
    /// Adds one document.
    ///
    /// # Errors
    /// None: memory takes it.
    pub fn take(&mut self, analysis: &Analysis) -> io::Result<()> {
        let mut page = Vec::new();
        markdown(&mut page, analysis)?;
        self.lines.push(Line::of(analysis));
        self.pages.push(page);
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        if self.pages.len() > 1 {
            overview(out, &self.lines)?;
        }
        for page in &self.pages {
            if self.pages.len() > 1 {
                out.write_all(b"\n---\n\n")?;
            }
            out.write_all(page)?;
        }
        glossary(out)?;
        out.flush()
    }
}

fn overview(out: &mut dyn Write, lines: &[Line]) -> io::Result<()> {
    let not_read: Vec<&Line> = lines.iter().filter(|line| line.not_read.is_some()).collect();
    writeln!(out, "# {} policies\n", lines.len())?;
    writeln!(out, "{} of {} were read, {} were not.\n", lines.len() - not_read.len(), lines.len(), not_read.len())?;
    for line in not_read {
        writeln!(
            out,
            "- not read: {}: {}",
            escaped(&line.path),
            escaped(line.not_read.as_deref().unwrap_or_default())
        )?;
    }
    writeln!(out, "\n| payer | policy | stance | room | in the way | open | next review |")?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- | --- |")?;
    for line in lines.iter().filter(|line| line.not_read.is_none()) {
        let room = line.room.map(|room| room.to_string()).unwrap_or_default();
        let cells = [&line.payer, &line.title, &line.stance_words(), &room, &line.in_the_way, &line.open, &line.review];
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}
