//! `fineprint fetch`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fineprint::fetch::ClientSettings;
use fineprint::fetch::source::{Source, Status};
use fineprint::pipeline::Told;
use fineprint::pipeline::acquire::{AcquireSettings, Defined, Event, Plan, Summary, acquire, plan};
use fineprint::policy::PayerId;
use fineprint::report::terminal::clean;
use fineprint::store::{RunResult, Store};
use indicatif::{ProgressBar, ProgressStyle};

use super::sources::{all, one};
use crate::fetch_args::{ContactArgs, FetchArgs};
use crate::{Outcome, clock, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &FetchArgs) -> Result<Outcome> {
    if let Some(inbox) = &args.inbox {
        let told = Told { payer: args.payer.clone(), ..Told::default() };
        return super::add::kept(std::slice::from_ref(inbox), &told, &args.limits, &args.folder.store);
    }
    let sources = chosen(args)?;
    if sources.is_empty() {
        output::complain("no source here: `fineprint sources list` names them");
        return Ok(Outcome::NothingToDo);
    }
    let settings = settings(&args.contact, &sources, inputs::settings_for_one(&args.limits, None)?)?;
    // Who names one document wants it now.
    let settings = AcquireSettings { again: args.url.is_some(), ..settings };
    if args.dry_run {
        return dry_run(args, &sources, &settings);
    }
    let line = Line::new();
    let outcomes = acquire(&args.folder.store, &sources, &settings, &|source, event| line.tell(source, event))?;
    line.bar.finish_and_clear();
    let mut out = output::writer(None)?;
    let mut failed = false;
    for (id, outcome) in outcomes {
        match outcome {
            Ok(summary) => {
                failed |= summary.result != Some(RunResult::Complete);
                told(&mut out, &id, &summary)?;
            }
            Err(error) => {
                failed = true;
                output::complain(&format!("{id}: {error}"));
            }
        }
    }
    out.flush()?;
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// How to ask, with a contact in every request.
pub(crate) fn settings(
    args: &ContactArgs,
    sources: &[Defined],
    reading: fineprint::pipeline::Settings,
) -> Result<AcquireSettings> {
    let away = sources.iter().any(|defined| !defined.source.loopback);
    let contact = match &args.contact {
        Some(contact) => contact.trim(),
        None if away => {
            bail!(
                "nobody is asked without a contact: give --contact with your mail address, or set contact in fineprint.toml"
            )
        }
        None => "this machine",
    };
    let is_address = contact.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    if away && !(contact.is_ascii() && is_address || contact.starts_with("https://")) {
        bail!(
            "--contact {contact:?} is neither a mail address nor an https page: a site's owner must be able to reach you"
        );
    }
    let tool = concat!("fineprint/", env!("CARGO_PKG_VERSION"));
    let mut client = ClientSettings::new(tool, contact);
    if let Some(path) = &args.ca_bundle {
        client.extra_ca =
            std::fs::read(path).with_context(|| format!("--ca-bundle {} could not be read", path.display()))?;
    }
    Ok(AcquireSettings { client, reading, again: false, now: clock::now, tool: tool.replace('/', " ") })
}

fn chosen(args: &FetchArgs) -> Result<Vec<Defined>> {
    let folder = args.sources.sources.as_deref();
    if let (Some(url), Some(payer)) = (&args.url, &args.payer) {
        return Ok(vec![by_url(url, payer)?]);
    }
    if args.all {
        return Ok(all(folder)?.into_iter().filter(|defined| defined.source.status == Status::Full).collect());
    }
    args.ids.iter().map(|id| one(folder, id)).collect()
}

/// A source of one document.
fn by_url(url: &str, payer: &str) -> Result<Defined> {
    let parsed = fineprint::fetch::Url::parse(url)
        .with_context(|| format!("--url {url} is no address: give it whole, with https://"))?;
    if parsed.scheme() != "https" {
        bail!(
            "--url {url} is not https: what was changed on the way could not be told; download by hand and use `fineprint add`"
        );
    }
    let host = parsed.host_str().unwrap_or_default().to_ascii_lowercase();
    let id = format!("by-url-{}", PayerId::from_name(payer).as_str());
    let text = format!(
        "format = 1\nid = {id:?}\npayer = {payer:?}\nchecked = \"never\"\norigin = \"named on the command line\"\n\
         hosts = [{host:?}]\n\n[[fixed]]\nurl = {url:?}\n\n[document]\nkind = [\"pdf\", \"html\", \"docx\"]\n"
    );
    Ok(Defined { source: Source::parse(&text)?, text })
}

fn dry_run(args: &FetchArgs, sources: &[Defined], settings: &AcquireSettings) -> Result<Outcome> {
    let mut out = output::writer(None)?;
    let mut failed = false;
    for Defined { source, .. } in sources {
        let line = Line::new();
        let plan = listed(source, settings, &args.folder.store, &|event| line.tell(&source.id, event))?;
        line.bar.finish_and_clear();
        failed |= planned(&mut out, source, &plan)?;
    }
    out.flush()?;
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// A source's lists, from its site; gates are open whose terms were accepted in the store, where there is one.
pub(crate) fn listed(source: &Source, settings: &AcquireSettings, store: &Path, tell: &dyn Fn(Event)) -> Result<Plan> {
    let store = Store::open(store).ok();
    let accepted = |gate: &str| {
        store.as_ref().is_some_and(|store| store.accepted(&source.id, gate).is_ok_and(|moment| moment.is_some()))
    };
    Ok(plan(source, settings, &accepted, tell)?)
}

/// Prints a plan; whether something is wrong with it.
pub(crate) fn planned(out: &mut impl Write, source: &Source, plan: &Plan) -> Result<bool> {
    let pages = output::counted(plan.pages.len(), "list page");
    let away = plan.documents.iter().filter(|listed| matches!(listed.decision, Some(Err(_)))).count();
    let documents = output::counted(plan.documents.len() - away, "document");
    writeln!(out, "{}: {pages} read, {documents} would be asked for", source.id)?;
    for listed in &plan.documents {
        let decision = match &listed.decision {
            Some(Ok(decision)) => format!("robots.txt: {}", decision.why),
            Some(Err(failure)) => format!("not asked for: {}", failure.what),
            None => String::new(),
        };
        writeln!(out, "  {}  {}", clean(&listed.candidate.url), clean(&decision))?;
    }
    for (url, failure) in &plan.failures {
        writeln!(out, "  {}: {} ({})", failure.class.id(), clean(&failure.to_string()), clean(url))?;
    }
    for unshown in &plan.unshown {
        writeln!(out, "  not shown here: {}", clean(unshown))?;
    }
    for problem in &plan.problems {
        writeln!(out, "  {}", clean(problem))?;
    }
    // Where a list could not be read, that it is short says nothing.
    if let Some(failure) = plan.judged.as_ref().filter(|_| plan.failures.is_empty()) {
        writeln!(out, "  {}: {}", failure.class.id(), clean(&failure.to_string()))?;
    }
    Ok(!plan.failures.is_empty() || plan.judged.is_some())
}

/// Prints what a run did.
pub(crate) fn told(out: &mut impl Write, id: &str, summary: &Summary) -> Result<()> {
    let ended = match summary.result {
        Some(RunResult::Complete) => "complete",
        Some(RunResult::Partial) => "some could not be had",
        Some(RunResult::Declined) => "the site declines automated access",
        Some(RunResult::Failed) => "failed",
        None => "goes on in the next run",
    };
    let Summary { listed, new, changed, same, gone, .. } = summary;
    writeln!(
        out,
        "{id}: {ended}; {listed} listed: {new} new, {changed} changed, {same} as they were, {gone} no longer listed"
    )?;
    if summary.rested > 0 {
        let addresses = if summary.rested == 1 { "address was" } else { "addresses were" };
        writeln!(
            out,
            "  {} {addresses} asked for not long ago and not again: documents rest for at least 20 hours, lists for six",
            summary.rested
        )?;
    }
    if let Some(message) = &summary.message {
        writeln!(out, "  {}", clean(message))?;
    }
    for (class, (count, example)) in &summary.failures {
        writeln!(out, "  {count} × {}: {}", class.id(), clean(example))?;
    }
    Ok(())
}

/// One line of progress on standard error, when that is a terminal: what each source is at.
struct Line {
    bar: ProgressBar,
    at: Mutex<BTreeMap<String, String>>,
}

impl Line {
    fn new() -> Line {
        let bar = if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        bar.set_style(ProgressStyle::with_template("{spinner} {wide_msg}").expect("the template is well formed"));
        bar.enable_steady_tick(Duration::from_millis(200));
        Line { bar, at: Mutex::default() }
    }

    fn tell(&self, source: &str, event: Event) {
        let now = match event {
            Event::Note(note) => {
                self.bar.suspend(|| output::note(&format!("{source}: {}", clean(&note))));
                return;
            }
            Event::Waits { host, pause } => format!("{source}: waits {} s for {host}", pause.as_secs_f32().ceil()),
            Event::Visited { done, left } => format!("{source}: {done} visited, {left} and more to go"),
        };
        let Ok(mut at) = self.at.lock() else { return };
        at.insert(source.to_owned(), now);
        self.bar.set_message(at.values().cloned().collect::<Vec<_>>().join("; "));
    }
}
