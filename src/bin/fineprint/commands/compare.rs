//! `fineprint compare`.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::{Result, bail};
use fineprint::compare::{self, Asked};
use fineprint::pipeline::{self, Collected, Compiled};

use crate::ask_args::{CompareArgs, CompareFormat, ServiceArgs};
use crate::closing::{self, Tally};
use crate::progress::Bar;
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &CompareArgs) -> Result<Outcome> {
    let format = output::format(args.format, args.output.as_deref(), CompareFormat::Table)?;
    let settings = inputs::settings(&args.run, args.told.as_of)?;
    let found = inputs::found_on(&args.inputs, inputs::told(&args.told), &settings)?;
    let compiled = inputs::compiled(&args.rules)?;
    let asked = asked(&args.service, &compiled)?;
    let mut analyses = Collected(Vec::new());
    let bar = Bar::new(found.inputs.len());
    pipeline::analyze(&found.inputs, &compiled, &settings, &mut analyses, |step| bar.step(step))?;
    bar.close();
    let mut tally = Tally::default();
    analyses.0.iter().for_each(|analysis| tally.count(&analysis.extraction.completeness));
    let comparison = compare::compare(&asked, &analyses.0);
    let mut out = output::writer(args.output.as_deref())?;
    match format {
        CompareFormat::Table => compare::terminal(&mut out, &comparison, output::look(args.output.as_deref()).width)?,
        CompareFormat::Md => compare::markdown(&mut out, &comparison)?,
        CompareFormat::Csv => compare::csv(&mut out, &comparison)?,
        CompareFormat::Html => compare::html(&mut out, &comparison)?,
    }
    out.flush()?;
    Ok(closing::say(&found, &tally))
}

/// The service with the topics that its name holds, or of which it is the short name.
pub(crate) fn asked(args: &ServiceArgs, compiled: &Compiled) -> Result<Asked> {
    let topics = &compiled.rules.topics;
    // Somebody who asks for a short form means the topic.
    let known: BTreeSet<usize> = (0..topics.len()).collect();
    let mut named: BTreeSet<usize> =
        compiled.matcher().topics(&args.service, &known).iter().map(|mention| mention.topic).collect();
    let is = |name: &str| name.eq_ignore_ascii_case(args.service.trim());
    named.extend(topics.iter().position(|topic| is(&topic.id) || is(&topic.name)));
    let asked = Asked {
        service: args.service.clone(),
        topics: named.into_iter().map(|topic| topics[topic].id.clone()).collect(),
        indication: args.indication.clone(),
        code: args.code.as_ref().map(|code| code.trim().to_ascii_uppercase()),
    };
    if !asked.tells() {
        bail!("--service {} tells no service from another: add a word that does", args.service);
    }
    Ok(asked)
}
