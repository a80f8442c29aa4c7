//! `fineprint rules list` and `explain`.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use fineprint::rules::{Assertion, Cue, Effect, Holder, Pattern, Reach, Rule, RuleSet};

use super::{check, codebook};
use crate::study_args::RulesCommand;
use crate::{Outcome, inputs, output};

/// Runs one of the three.
pub(crate) fn run(command: &RulesCommand) -> Result<Outcome> {
    match command {
        RulesCommand::List { rules } => list(&rules.rules),
        RulesCommand::Explain { id, rules } => explain(id, &rules.rules),
        RulesCommand::Codebook { format, output, rules } => codebook::run(*format, output.as_deref(), &rules.rules),
        RulesCommand::Check { file } => check::run(file.as_deref()),
    }
}

fn list(more: &[PathBuf]) -> Result<Outcome> {
    let set = inputs::rule_set(more)?;
    let mut out = output::writer(None)?;
    let width = set.rules.iter().map(|rule| rule.id.len()).chain(set.cues.iter().map(|cue| cue.id.len())).max();
    let width = width.unwrap_or(0);
    for rule in &set.rules {
        writeln!(out, "{:width$}  {:45}  {}", rule.id, rule.category.id(), rule.pack)?;
    }
    for cue in &set.cues {
        writeln!(out, "{:width$}  {:45}  {}", cue.id, effect(cue), cue.pack)?;
    }
    out.flush()?;
    output::note(&format!("{} rules, {} cues; rule set {}", set.rules.len(), set.cues.len(), set.id));
    Ok(Outcome::Done)
}

fn explain(id: &str, more: &[PathBuf]) -> Result<Outcome> {
    let set = inputs::rule_set(more)?;
    let mut out = output::writer(None)?;
    if let Some(rule) = set.rules.iter().find(|rule| rule.id == id) {
        explain_rule(&mut out, rule)?;
    } else if let Some(cue) = set.cues.iter().find(|cue| cue.id == id) {
        explain_cue(&mut out, cue)?;
    } else {
        bail!("there is no rule or cue {id}{}", near(&set, id));
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn explain_rule(out: &mut dyn Write, rule: &Rule) -> io::Result<()> {
    writeln!(out, "{}\n{}\n", rule.id, rule.why)?;
    let group = rule.category.group().map(|group| format!(", group {}", group.id())).unwrap_or_default();
    writeln!(out, "category: {}{group}", rule.category.id())?;
    if let Some(force) = rule.force {
        writeln!(out, "force: {}", force.id())?;
    }
    if let Some(scope) = rule.scope {
        writeln!(out, "scope: {}", scope.id())?;
    }
    if rule.boilerplate {
        writeln!(out, "a payer-wide notice wherever it stands")?;
    }
    writeln!(out, "pack: {}", rule.pack)?;
    patterns(out, "phrases", &rule.patterns)?;
    patterns(out, "look-alikes, which are none", &rule.look_alikes)?;
    sentences(out, "fires in", &rule.examples)?;
    sentences(out, "does not fire in", &rule.counter_examples)
}

fn explain_cue(out: &mut dyn Write, cue: &Cue) -> io::Result<()> {
    writeln!(out, "{}\n{}\n", cue.id, cue.why)?;
    writeln!(out, "effect: {}", effect(cue))?;
    let reach = match cue.reach {
        Reach::Words(words) => format!("{words} words"),
        Reach::Clause => "the clause".to_owned(),
        Reach::Sentence => "the sentence".to_owned(),
        Reach::Block => "the paragraph, item or row, and the items under a lead-in".to_owned(),
    };
    writeln!(out, "reach: {reach}, {:?}", cue.direction)?;
    if !cue.categories.is_empty() {
        let categories: Vec<&str> = cue.categories.iter().map(|category| category.id()).collect();
        writeln!(out, "only for: {}", categories.join(", "))?;
    }
    writeln!(out, "pack: {}", cue.pack)?;
    patterns(out, "phrases", &cue.patterns)?;
    sentences(out, "at work in", &cue.examples)?;
    sentences(out, "not in", &cue.counter_examples)
}

fn patterns(out: &mut dyn Write, heading: &str, patterns: &[Pattern]) -> io::Result<()> {
    let sources: Vec<String> = patterns.iter().map(|pattern| pattern.source.clone()).collect();
    sentences(out, heading, &sources)
}

fn sentences(out: &mut dyn Write, heading: &str, sentences: &[String]) -> io::Result<()> {
    if !sentences.is_empty() {
        writeln!(out, "\n{heading}:")?;
    }
    sentences.iter().try_for_each(|sentence| writeln!(out, "  {sentence}"))
}

/// What a cue does, in a few words.
pub(super) fn effect(cue: &Cue) -> String {
    match cue.effect {
        Effect::Assert(assertion, holder) => asserted(assertion, holder),
        Effect::PayerSpeaks => "the payer speaks".to_owned(),
        Effect::Force(force) => format!("force {}", force.id()),
        Effect::Scope(scope) => format!("scope {}", scope.id()),
        Effect::Veto => "no match".to_owned(),
        Effect::Pseudo => "swallows cues".to_owned(),
        Effect::Terminate => "ends a cue's reach".to_owned(),
    }
}

fn asserted(assertion: Assertion, holder: Option<Holder>) -> String {
    match holder {
        Some(holder) => format!("{} ({})", assertion.id(), holder.id()),
        None => assertion.id().to_owned(),
    }
}

/// Ids of the same family or with the same last part, for a message.
fn near(set: &RuleSet, id: &str) -> String {
    let last = id.rsplit('/').next().unwrap_or(id);
    let ids = set.rules.iter().map(|rule| &rule.id).chain(set.cues.iter().map(|cue| &cue.id));
    let near: Vec<&str> = ids.map(String::as_str).filter(|known| known.contains(last)).take(5).collect();
    if near.is_empty() {
        ": `fineprint rules list` shows them all".to_owned()
    } else {
        format!(": did you mean {}?", near.join(" or "))
    }
}
