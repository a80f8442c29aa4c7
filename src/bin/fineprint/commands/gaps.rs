//! `fineprint gaps`: sentences that look like a payer's statement and in which nothing was found, for a person to review.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use anyhow::{Result, anyhow};
use fineprint::eval::{key, rank};
use fineprint::matcher::{Matcher, Scanner, Target};
use fineprint::pipeline::{self, Sink, Told, Wanted, Worked};
use fineprint::report::model::ReadBlock;
use fineprint::rules::{RuleSet, TRIGGERS};
use fineprint::text::{inert, single_blanks};

use crate::closing::{self, Tally};
use crate::progress::Bar;
use crate::study_args::{GapsArgs, SheetFormat};
use crate::{Outcome, inputs, output};

/// The columns; a reader fills in the last: what stands there, or nothing.
const COLUMNS: [&str; 8] = ["document", "page", "section", "heading", "trigger", "rejected_by", "text", "labels"];

/// The sections in which a payer's own statements stand; what is of no known section may be one.
const TIERS: [&str; 4] = ["S1", "S1b", "S2", "S3"];

/// Runs the command.
pub(crate) fn run(args: &GapsArgs) -> Result<Outcome> {
    output::format(None, args.output.as_deref(), SheetFormat::Csv)?;
    let settings = inputs::settings(&args.run, None)?;
    let found = inputs::found(&args.inputs, Told::default(), &settings.limits)?;
    let compiled = inputs::compiled(&args.rules)?;
    let triggers = RuleSet::parse(&[TRIGGERS]).map_err(|errors| anyhow!("the triggers cannot be used: {errors:?}"))?;
    let matcher = Matcher::new(&triggers);
    let mut gaps = Gaps {
        seed: args.seed,
        triggers: &triggers,
        scanner: matcher.scanner(),
        near: 0,
        gaps: BTreeMap::new(),
        tally: Tally::default(),
    };
    let wanted = Wanted { analysis: true, extraction: true, rejected: true, ..Wanted::default() };
    let bar = Bar::new(found.inputs.len());
    pipeline::work(&found.inputs, Some(&compiled), &settings, wanted, &mut gaps, |step| bar.step(step))?;
    bar.close();
    let mut writer = csv::Writer::from_writer(output::writer(args.output.as_deref())?);
    writer.write_record(COLUMNS)?;
    for gap in gaps.gaps.values().take(args.n.unwrap_or(usize::MAX)) {
        writer.write_record(gap)?;
    }
    writer.flush()?;
    output::note(&format!("{} of {} sentences with trigger words have no finding", gaps.gaps.len(), gaps.near));
    Ok(closing::say(&found, &gaps.tally))
}

/// Sentences with trigger words and no finding, by rank: the first N are a random draw.
struct Gaps<'m> {
    seed: u64,
    triggers: &'m RuleSet,
    scanner: Scanner<'m>,
    /// Sentences with trigger words.
    near: usize,
    gaps: BTreeMap<(u64, String), [String; COLUMNS.len()]>,
    tally: Tally,
}

impl Gaps<'_> {
    fn take_block(&mut self, document: &str, block: &ReadBlock, found: &BTreeSet<&str>, why: &BTreeMap<&str, &str>) {
        let tier = block.tier.as_deref();
        if tier.is_some_and(|tier| !TIERS.contains(&tier)) || block.role == "heading" {
            return;
        }
        for sentence in self.scanner.scan_text(&block.text) {
            let hit = sentence.matches.iter().find_map(|hit| match hit.target {
                Target::Rule(rule) => Some(self.triggers.rule(rule)),
                _ => None,
            });
            let Some(trigger) = hit else { continue };
            self.near += 1;
            let words = single_blanks(sentence.span.of(&block.text));
            // Long quotes are cut at their end.
            if found.contains(words.as_str())
                || found.iter().any(|quote| quote.len() > 1_000 && words.starts_with(quote))
            {
                continue;
            }
            let page = block.page.map(|page| page.to_string()).unwrap_or_default();
            let rejected = why.get(words.as_str()).copied().unwrap_or_default();
            let heading = block.heading.as_deref().unwrap_or_default();
            let cells =
                [document, &page, tier.unwrap_or_default(), heading, trigger.category.id(), rejected, &words, ""];
            let place = (rank(self.seed, document, &words), key(document, &words));
            self.gaps.entry(place).or_insert_with(|| cells.map(inert));
        }
    }
}

impl Sink<Worked> for Gaps<'_> {
    fn take(&mut self, worked: Worked) -> io::Result<()> {
        self.tally.count(&worked.completeness);
        if let Some(error) = &worked.error {
            output::complain(&format!("{}: {} ({})", worked.path, error.message, error.code));
        }
        let (Some(analysis), Some(extraction)) = (&worked.analysis, worked.extraction) else { return Ok(()) };
        let found: BTreeSet<&str> = analysis.findings.iter().map(|finding| finding.quote.as_str()).collect();
        let rejected = analysis.rejected.iter().flatten();
        let why: BTreeMap<&str, &str> = rejected.map(|one| (one.quote.as_str(), one.reason.as_str())).collect();
        for block in &extraction.reading().blocks {
            self.take_block(&worked.path, block, &found, &why);
        }
        Ok(())
    }
}
