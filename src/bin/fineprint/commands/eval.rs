//! `fineprint eval`.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Error, Result, anyhow};
use fineprint::eval::{Agreements, Gold, Miss, Predicted, Row, Scores, agreements, as_gold, score};
use fineprint::pipeline::{self, Settings, Sink, WalkOptions, find};
use fineprint::report::Analysis;
use fineprint::rules::Category;
use serde_json::{Value, json};

use super::{agreement, sample};
use crate::corrections::Unmet;
use crate::progress::Bar;
use crate::study_args::{EvalArgs, EvalFormat};
use crate::{Outcome, corrections, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &EvalArgs) -> Result<Outcome> {
    let (gold, coders) = labels(args)?;
    let mut run = Run::default();
    match &args.findings {
        Some(file) => run.read(file)?,
        None => run.analyze(args)?,
    }
    run.unmet.take().map(Unmet::say);
    let scores = score(&gold, &run.findings);
    let (accepted, rejected) = run.corrected;
    let mut out = output::writer(None)?;
    match args.format {
        EvalFormat::Table => {
            if accepted + rejected > 0 {
                writeln!(out, "corrected by hand before scoring: {accepted} accepted, {rejected} rejected\n")?;
            }
            table(&mut out, &scores, args.errors)?;
            coders.iter().try_for_each(|coders| agreement::table(&mut out, coders))?;
        }
        EvalFormat::Json => {
            let mut told = as_json(&scores, gold.by_category, args.errors);
            told["corrected"] = json!({"accepted": accepted, "rejected": rejected});
            if let Some(coders) = &coders {
                told["coders"] = agreement::as_json(coders);
            }
            writeln!(out, "{told:#}")?;
        }
    }
    out.flush()?;
    let missing = scores.documents_missing.len();
    if missing > 0 {
        output::complain(&format!(
            "{missing} documents of the gold are not in the run, and all their labels count as missing: the first is {}",
            scores.documents_missing[0]
        ));
    }
    Ok(if missing > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

/// The labels of the first or only coder, and how a second one agrees.
fn labels(args: &EvalArgs) -> Result<(Gold, Option<Agreements>)> {
    let path = args.coded.as_ref().or(args.gold.as_ref()).context("there are no labels: name a file with --gold")?;
    let wrong = |error| anyhow!("{}: {error}", path.display());
    if args.coded.is_none() {
        return Ok((Gold::parse(&inputs::text_of(path, "the gold file")?).map_err(wrong)?, None));
    }
    let first = sample::read(path)?;
    let coders = args.second.as_ref().map(|second| Ok::<_, Error>(agreements(&first, &sample::read(second)?)));
    let coders = coders.transpose()?;
    for key in coders.iter().flat_map(|coders| &coders.alone) {
        output::complain(&format!("the unit {key} is in one coder's table only and counts for no agreement"));
    }
    Ok((as_gold(&first).map_err(wrong)?, coders))
}

/// The operative findings of a run, by the path of their document.
#[derive(Default)]
struct Run {
    findings: Vec<(String, Vec<Predicted>)>,
    /// How many findings people accepted and rejected, and the ids whose finding has not come yet.
    corrected: (usize, usize),
    unmet: Option<Unmet>,
}

impl Run {
    fn analyze(&mut self, args: &EvalArgs) -> Result<()> {
        let without = args.without.iter().copied().collect();
        let corrections = corrections::of(args.corrections.as_deref())?;
        self.unmet = Some(Unmet::new(&corrections));
        let settings = Settings { without, corrections, ..inputs::settings(&args.run, None)? };
        let inputs = find(&args.paths, &WalkOptions::default())?.inputs;
        let compiled = inputs::compiled(&args.rules)?;
        let bar = Bar::new(inputs.len());
        pipeline::analyze(&inputs, &compiled, &settings, self, |step| bar.step(step))?;
        bar.close();
        Ok(())
    }

    fn read(&mut self, file: &Path) -> Result<()> {
        let text = inputs::text_of(file, "the file of findings")?;
        for (index, line) in text.lines().enumerate() {
            let what = || format!("{} line {} is no analysis", file.display(), index + 1);
            self.take(serde_json::from_str(line).with_context(what)?)?;
        }
        Ok(())
    }
}

impl Sink<Analysis> for Run {
    fn take(&mut self, analysis: Analysis) -> io::Result<()> {
        let (accepted, rejected) = analysis.corrected();
        self.corrected = (self.corrected.0 + accepted, self.corrected.1 + rejected);
        self.unmet.iter_mut().for_each(|unmet| unmet.take(&analysis));
        let operative = analysis.findings.into_iter().filter(|finding| finding.operative);
        let predicted = operative.filter_map(|finding| {
            Some(Predicted {
                category: Category::from_id(&finding.category)?,
                rule: finding.rule,
                quote: finding.quote,
                matched: finding.matched,
                page: finding.page,
            })
        });
        self.findings.push((analysis.source.path, predicted.collect()));
        Ok(())
    }
}

fn table(out: &mut dyn Write, scores: &Scores, errors: usize) -> io::Result<()> {
    let width = scores.rows.iter().map(|row| row.label.id().len()).max().unwrap_or(0).max(8);
    writeln!(out, "{:width$}  gold  right  noisy  missing  precision  recall     F1", "")?;
    for row in &scores.rows {
        table_row(out, row, width)?;
    }
    let total = scores.total();
    writeln!(
        out,
        "\n{} units; macro-F1 {:.3}, micro-F1 {:.3} (precision {:.3}, recall {:.3}); {} of {} mere mentions taken as the \
         payer's own statement",
        scores.units,
        scores.macro_f1(),
        total.f1(),
        total.precision(),
        total.recall(),
        scores.mentioned_taken,
        scores.mentioned
    )?;
    scores.errors.iter().take(errors).try_for_each(|error| table_error(out, error))
}

fn table_row(out: &mut dyn Write, row: &Row, width: usize) -> io::Result<()> {
    let counts = row.counts;
    let note = if row.in_macro_mean() { "" } else { "  (too few for the macro mean)" };
    writeln!(
        out,
        "{:width$}  {:4}  {:5}  {:5}  {:7}  {:9.3}  {:6.3}  {:5.3}{note}",
        row.label.id(),
        counts.gold(),
        counts.right,
        counts.noisy,
        counts.missing,
        counts.precision(),
        counts.recall(),
        counts.f1()
    )
}

fn table_error(out: &mut dyn Write, error: &Miss) -> io::Result<()> {
    writeln!(out, "\n{} {} in {}", error.kind.id(), error.label.id(), error.doc)?;
    writeln!(out, "  “{}”", error.text)?;
    if let Some(finding) = &error.finding {
        let page = finding.page.map(|page| format!(", page {page}")).unwrap_or_default();
        writeln!(out, "  fired: {} on “{}”{page}", finding.rule, finding.matched)?;
    }
    Ok(())
}

fn as_json(scores: &Scores, by_category: bool, errors: usize) -> Value {
    let total = scores.total();
    let row = |row: &Row| {
        json!({
            "label": row.label.id(), "gold": row.counts.gold(), "right": row.counts.right, "noisy": row.counts.noisy,
            "missing": row.counts.missing, "precision": row.counts.precision(), "recall": row.counts.recall(),
            "f1": row.counts.f1(), "in_macro_mean": row.in_macro_mean(),
        })
    };
    let error = |error: &Miss| {
        json!({
            "kind": error.kind.id(), "label": error.label.id(), "doc": error.doc, "text": error.text,
            "rule": error.finding.as_ref().map(|finding| &finding.rule),
            "match": error.finding.as_ref().map(|finding| &finding.matched),
            "quote": error.finding.as_ref().map(|finding| &finding.quote),
            "page": error.finding.as_ref().and_then(|finding| finding.page),
        })
    };
    json!({
        "by": if by_category { "category" } else { "group" },
        "rows": scores.rows.iter().map(row).collect::<Vec<_>>(),
        "units": scores.units,
        "documents_missing": scores.documents_missing,
        "mentioned": scores.mentioned, "mentioned_taken": scores.mentioned_taken,
        "macro_f1": scores.macro_f1(), "micro_f1": total.f1(),
        "micro_precision": total.precision(), "micro_recall": total.recall(),
        "errors": scores.errors.iter().take(errors).map(error).collect::<Vec<_>>(),
    })
}
