//! `fineprint sample`: units for blind coding by hand; and the tables of coders read back.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use anyhow::{Result, anyhow};
use fineprint::eval::{COLUMNS, Coded, coded, key, rank};
use fineprint::matcher::{Scanner, Target};
use fineprint::pipeline::{self, Sink, Told, Wanted, Worked};
use fineprint::text::inert;
use fineprint::text::{sentences, single_blanks};

use crate::closing::{self, Tally};
use crate::progress::Bar;
use crate::study_args::{SampleArgs, SheetFormat};
use crate::{Outcome, columns, inputs, output};

/// The fewest words of a unit: shorter lines are labels and numbers.
const SHORTEST: usize = 4;

/// Runs the command.
pub(crate) fn run(args: &SampleArgs) -> Result<Outcome> {
    output::format(None, args.output.as_deref(), SheetFormat::Csv)?;
    let settings = inputs::settings(&args.run, None)?;
    let found = inputs::found(&args.inputs, Told::default(), &settings.limits)?;
    let compiled = inputs::compiled(&args.rules)?;
    let scanner = args.near_triggers.then(|| compiled.matcher().scanner());
    let mut drawing =
        Drawing { seed: args.seed, count: args.n, scanner, drawn: BTreeMap::new(), tally: Tally::default() };
    let wanted = Wanted { text: true, ..Wanted::default() };
    let bar = Bar::new(found.inputs.len());
    pipeline::work(&found.inputs, None, &settings, wanted, &mut drawing, |step| bar.step(step))?;
    bar.close();
    let mut writer = csv::Writer::from_writer(output::writer(args.output.as_deref())?);
    writer.write_record(COLUMNS)?;
    for ((_, key), unit) in &drawing.drawn {
        writer.write_record([key, &inert(&unit.document), &inert(&unit.before), &inert(&unit.text), ""])?;
    }
    writer.flush()?;
    if drawing.drawn.len() < args.n {
        output::note(&format!(
            "{} units are all that there are: name more documents for {}",
            drawing.drawn.len(),
            args.n
        ));
    }
    Ok(closing::say(&found, &drawing.tally))
}

/// A sentence or item with what stands before it.
struct Unit {
    document: String,
    before: String,
    text: String,
}

/// Keeps the units of the lowest ranks, whatever the order in which documents come.
struct Drawing<'m> {
    seed: u64,
    count: usize,
    /// Where only units near trigger words are drawn.
    scanner: Option<Scanner<'m>>,
    drawn: BTreeMap<(u64, String), Unit>,
    tally: Tally,
}

impl Drawing<'_> {
    fn take_text(&mut self, document: &str, text: &str) {
        let mut before = "";
        for line in text.split(['\n', '\t']) {
            for span in sentences(line) {
                let unit = span.of(line);
                self.take_unit(document, before, unit);
                before = unit;
            }
        }
    }

    fn take_unit(&mut self, document: &str, before: &str, unit: &str) {
        if unit.split_whitespace().count() < SHORTEST {
            return;
        }
        let place = (rank(self.seed, document, unit), key(document, unit));
        let full = self.drawn.len() >= self.count;
        if full && self.drawn.last_key_value().is_none_or(|(last, _)| *last <= place) {
            return;
        }
        if self.scanner.as_mut().is_some_and(|scanner| !has_trigger(scanner, unit)) {
            return;
        }
        let unit = Unit { document: document.to_owned(), before: single_blanks(before), text: single_blanks(unit) };
        self.drawn.entry(place).or_insert(unit);
        if self.drawn.len() > self.count {
            self.drawn.pop_last();
        }
    }
}

/// Whether words of any rule stand in `text`, look-alikes among them: it says nothing of a verdict.
fn has_trigger(scanner: &mut Scanner<'_>, text: &str) -> bool {
    let sentences = scanner.scan_text(text);
    sentences.iter().flat_map(|sentence| &sentence.matches).any(|found| !matches!(found.target, Target::Cue(_)))
}

impl Sink<Worked> for Drawing<'_> {
    fn take(&mut self, worked: Worked) -> io::Result<()> {
        self.tally.count(&worked.completeness);
        if let Some(error) = &worked.error {
            output::complain(&format!("{}: {} ({})", worked.path, error.message, error.code));
        }
        if let Some(text) = &worked.text {
            self.take_text(&worked.path, text);
        }
        Ok(())
    }
}

/// The units of a coder's table.
pub(super) fn read(path: &Path) -> Result<Vec<Coded>> {
    let text = inputs::text_of(path, "the table of coded units")?;
    let wrong = |problem: &dyn std::fmt::Display| anyhow!("{}: {problem}", path.display());
    let rows = columns::rows(&text, COLUMNS).map_err(|problem| wrong(&problem))?;
    let unit =
        |(line, cells): &columns::Row<5>| coded(*line, cells.each_ref().map(String::as_str)).map_err(|e| wrong(&e));
    let units = rows.iter().map(unit).collect::<Result<Vec<_>>>()?;
    if units.iter().all(|coded| coded.unit.operative.is_empty() && coded.unit.mentioned.is_empty()) {
        output::complain(&format!("{}: no unit has a label; fill in the column labels first", path.display()));
    }
    Ok(units)
}
