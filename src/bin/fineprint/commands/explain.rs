//! `fineprint explain`: how the verdicts at one place came about.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use fineprint::matcher::{Match, Target};
use fineprint::pipeline::{self, Collected, Compiled, Input, Place, Told, Wanted};
use fineprint::report::Analysis;
use fineprint::report::model::{FindingModel, RejectedModel};
use fineprint::rules::Reach;

use super::rules::effect;
use crate::args::InputArgs;
use crate::study_args::ExplainArgs;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs) -> Result<Outcome> {
    let settings = inputs::settings_for_one(&args.limits, None)?;
    let compiled = inputs::compiled(&args.rules)?;
    let (input, wanted) = wanted(args, &settings.limits)?;
    let mut worked = Collected(Vec::new());
    let asked = Wanted { analysis: true, rejected: true, ..Wanted::default() };
    pipeline::work(&[input], Some(&compiled), &settings, asked, &mut worked, |_| ())?;
    let analysis = worked.0.pop().and_then(|worked| worked.analysis).context("the document was not analyzed")?;
    if let Some(error) = &analysis.error {
        bail!("{}: {}", analysis.source.path, error.message);
    }
    let mut out = output::writer(None)?;
    let told = explain(&mut out, &analysis, &wanted, &compiled)?;
    out.flush()?;
    if !told {
        bail!("no rule matched there: the spans and ids stand in `fineprint analyze --format jsonl --rejected`");
    }
    Ok(Outcome::Done)
}

/// What of a document is to be explained.
enum Spot {
    All,
    Id(String),
    /// Code points, end excluded.
    Span(usize, usize),
}

impl Spot {
    /// `120-140`, `120` or an id.
    fn parse(word: &str) -> Option<Spot> {
        let number = |word: &str| word.parse::<usize>().ok();
        if word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(Spot::Id(word.to_owned()));
        }
        match word.split_once('-') {
            Some((start, end)) => Some(Spot::Span(number(start)?, number(end)?)),
            None => number(word).map(|at| Spot::Span(at, at + 1)),
        }
    }

    fn covers(&self, id: &str, start: usize, end: usize) -> bool {
        match self {
            Spot::All => true,
            Spot::Id(wanted) => wanted == id,
            Spot::Span(from, to) => start.max(*from) < end.max(start + 1).min(*to),
        }
    }
}

fn wanted(args: &ExplainArgs, limits: &fineprint::extract::Limits) -> Result<(Input, Spot)> {
    if let Some(sentence) = &args.sentence {
        let place = Place::Bytes(sentence.clone().into_bytes());
        return Ok((Input { path: "sentence".to_owned(), place, told: Told::default() }, Spot::All));
    }
    let place = args.place.as_deref().unwrap_or_default();
    let parts = place.rsplit_once(':').and_then(|(file, spot)| Some((file, Spot::parse(spot)?)));
    let Some((file, spot)) = parts else {
        bail!("{place} names no place: write FILE:START-END, with the span of a finding, or FILE:ID, with its id")
    };
    let paths = InputArgs { paths: vec![PathBuf::from(file)], ..InputArgs::default() };
    let mut found = inputs::found(&paths, Told::default(), limits)?.inputs;
    match found.len() {
        1 => Ok((found.remove(0), spot)),
        _ => bail!("{file} is no single document: name one file"),
    }
}

/// Explains what stands at `spot`, and says whether anything does.
fn explain(out: &mut dyn Write, analysis: &Analysis, spot: &Spot, compiled: &Compiled) -> io::Result<bool> {
    let findings: Vec<&FindingModel> =
        analysis.findings.iter().filter(|one| spot.covers(&one.id, one.span.start, one.span.end)).collect();
    let beside = |one: &&RejectedModel| {
        spot.covers("", one.span.start, one.span.end) || findings.iter().any(|finding| finding.quote == one.quote)
    };
    let rejected: Vec<&RejectedModel> = analysis.rejected.iter().flatten().filter(beside).collect();
    for finding in &findings {
        verdict(out, finding, compiled)?;
    }
    for one in &rejected {
        let words = one.reason_words.as_ref().map(|words| format!(" “{words}”")).unwrap_or_default();
        writeln!(out, "rejected: {} ({}) on “{}”, by {}{words}", one.rule, one.category, one.matched, one.reason)?;
        said_of(out, &one.reason, compiled)?;
    }
    Ok(!findings.is_empty() || !rejected.is_empty())
}

fn verdict(out: &mut dyn Write, finding: &FindingModel, compiled: &Compiled) -> io::Result<()> {
    let holder = finding.holder.as_ref().map(|holder| format!(" ({holder})")).unwrap_or_default();
    let page = finding.page.map(|page| format!(", page {page}")).unwrap_or_default();
    writeln!(out, "{} {}, {}{holder}{page}", finding.id, finding.category, finding.assertion)?;
    writeln!(out, "  “{}”", finding.quote)?;
    match &finding.lead_in {
        Some(id) => writeln!(out, "  rule: {}, inherited from {id}, which heads the list", finding.rule)?,
        None => writeln!(out, "  rule: {} on “{}”", finding.rule, finding.matched)?,
    }
    let tier = finding.section.tier.as_deref().unwrap_or("of no known tier");
    let heading = finding.section.heading.as_ref().map(|heading| format!(", under “{heading}”")).unwrap_or_default();
    writeln!(out, "  section: {tier}{heading}")?;
    for (words, id) in finding.cues.iter().zip(&finding.cue_ids) {
        let words = if words == id { String::new() } else { format!(" “{words}”") };
        writeln!(out, "  decided by: {id}{words}")?;
        said_of(out, id, compiled)?;
    }
    if finding.cues.is_empty() {
        writeln!(out, "  decided by: no cue reaches it, so it is the payer's own statement in force")?;
    }
    for (id, words) in overridden(finding, compiled) {
        writeln!(out, "  also there, and not decisive: {id} “{words}”")?;
        said_of(out, &id, compiled)?;
    }
    let told = if finding.operative { "operative" } else { "not operative" };
    let unclear = if finding.unclear { ", unclear: the evidence conflicts" } else { "" };
    writeln!(out, "  so: {told}, force {}, scope {}{unclear}", finding.force, finding.scope)?;
    Ok(())
}

/// What a cue does and how far it reaches; nothing for a mechanism without words.
fn said_of(out: &mut dyn Write, id: &str, compiled: &Compiled) -> io::Result<()> {
    let Some(cue) = compiled.rules.cues.iter().find(|cue| cue.id == id) else { return Ok(()) };
    let reach = match cue.reach {
        Reach::Words(words) => format!("{words} words"),
        Reach::Clause => "the clause".to_owned(),
        Reach::Sentence => "the sentence".to_owned(),
        Reach::Block => "the block".to_owned(),
    };
    writeln!(out, "    {}, {:?}, reach {reach}: {}", effect(cue), cue.direction, cue.why)
}

/// The cues in the words of a finding that decided nothing, with their words.
fn overridden(finding: &FindingModel, compiled: &Compiled) -> Vec<(String, String)> {
    let sentences = compiled.matcher().scanner().scan_text(&finding.quote);
    let cue = |found: &Match| match found.target {
        Target::Cue(cue) => Some((compiled.rules.cues[cue.0 as usize].id.clone(), found.span)),
        Target::Rule(_) | Target::LookAlike(_) => None,
    };
    let all = sentences.iter().flat_map(|sentence| &sentence.matches).filter_map(cue);
    all.filter(|(id, _)| !finding.cue_ids.contains(id))
        .map(|(id, span)| (id, span.of(&finding.quote).to_owned()))
        .collect()
}
