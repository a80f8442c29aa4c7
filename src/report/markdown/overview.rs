//! Several policies in one Markdown file: what was not read, one row each, then the pages.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::escape::escaped;
use super::{glossary, markdown};
use crate::report::Analysis;
use crate::report::agreement::{Disagreements, Side};
use crate::report::overview::{Line, corrections};
use crate::report::words::{self, counted};
use crate::rules::RuleSet;

/// A file in the making: a row and a page of each policy are kept until all are there.
#[derive(Debug, Default)]
pub struct Markdown {
    lines: Vec<Line>,
    pages: Vec<Vec<u8>>,
    /// The plain names of topics, by their identifiers.
    names: BTreeMap<String, String>,
}

impl Markdown {
    /// A file whose topics have the names that `rules` give them.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Markdown {
        let names = rules.topics.iter().map(|topic| (topic.id.clone(), topic.name.clone()));
        Markdown { names: names.collect(), ..Markdown::default() }
    }

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
            overview(out, &self.lines, &self.names)?;
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

fn overview(out: &mut dyn Write, lines: &[Line], names: &BTreeMap<String, String>) -> io::Result<()> {
    let not_read: Vec<&Line> = lines.iter().filter(|line| line.not_read.is_some()).collect();
    writeln!(out, "# {}\n", counted(lines.len(), "policy", "policies"))?;
    writeln!(out, "{} of {} were read, {} were not.\n", lines.len() - not_read.len(), lines.len(), not_read.len())?;
    if let Some(words) = corrections(lines.iter()) {
        writeln!(out, "{words}\n")?;
    }
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
    differ(out, lines, names)
}

/// Where policies do not agree; nothing where all do.
fn differ(out: &mut dyn Write, lines: &[Line], names: &BTreeMap<String, String>) -> io::Result<()> {
    let found = Disagreements::of(lines.iter());
    if found.is_empty() {
        return Ok(());
    }
    let topic = |id: &String| escaped(names.get(id).unwrap_or(id));
    let payers = |sides: &[Side]| {
        let payers: Vec<String> = sides.iter().map(|side| escaped(&lines[side.policy].payer)).collect();
        payers.join(", ")
    };
    writeln!(out, "\n## Where policies do not agree\n\nBeside the policies, and counted in no policy's room.\n")?;
    for (id, covering, refusing) in &found.between {
        let (covering, refusing) = (payers(covering), payers(refusing));
        writeln!(out, "- {}: covered at least for some uses by {covering}; refused by {refusing}", topic(id))?;
    }
    for (id, sides) in &found.within {
        let each: Vec<String> = sides
            .iter()
            .map(|side| {
                let line = &lines[side.policy];
                let plans = if line.plans.is_empty() { String::new() } else { format!(" ({})", line.plans) };
                let stance = words::stance(line.services[side.service].stance);
                format!("{stance} in {}", escaped(&format!("{}{plans}", line.title)))
            })
            .collect();
        writeln!(out, "- {}, {}: {}", payers(&sides[..1]), topic(id), each.join("; "))?;
    }
    for (policy, to) in &found.missing {
        let line = &lines[*policy];
        let words = format!("{}, {}, hands a use to “{to}”, which is not among these", line.payer, line.title);
        writeln!(out, "- {}", escaped(&words))?;
    }
    Ok(())
}
