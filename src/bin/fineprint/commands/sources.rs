//! `fineprint sources`.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use fineprint::fetch::source::{Source, Status};
use fineprint::fetch::{EMBEDDED, embedded};
use fineprint::pipeline::Settings;
use fineprint::pipeline::acquire::{Defined, Expected, PageTable, Plan, Saved, expected, plan_from, prove};
use fineprint::report::terminal::clean;
use fineprint::store::{NewSource, Store};

use crate::fetch_args::{LiveArgs, OneArgs, SourcesCommand};
use crate::{Outcome, clock, output};

/// Runs the command.
pub(crate) fn run(command: &SourcesCommand) -> Result<Outcome> {
    match command {
        SourcesCommand::List { sources } => list(sources.sources.as_deref()),
        SourcesCommand::Show(args) => {
            let mut out = output::writer(None)?;
            out.write_all(named(args)?.text.as_bytes())?;
            out.flush()?;
            Ok(Outcome::Done)
        }
        SourcesCommand::Test { ids, sources, bless } => test(sources, ids, *bless),
        SourcesCommand::Check { one, live } => check(&named(one)?, live),
        SourcesCommand::Record { one, to, live } => record(&named(one)?, to, live),
        SourcesCommand::Accept { one, gate, by, folder } => accept(&named(one)?, gate, by, &folder.store),
    }
}

/// The source that the flags name.
fn named(args: &OneArgs) -> Result<Defined> {
    one(args.sources.sources.as_deref(), &args.id)
}

/// The source of that id, of a folder or embedded.
pub(crate) fn one(folder: Option<&Path>, id: &str) -> Result<Defined> {
    match folder {
        Some(folder) => read(&folder.join(id)),
        None => match embedded(id) {
            Some(found) => {
                found.map(|(source, text)| Defined { source, text: text.to_owned() }).with_context(|| id.to_owned())
            }
            None => {
                let near: Vec<&str> =
                    EMBEDDED.iter().map(|(known, _)| *known).filter(|known| known.contains(id)).collect();
                let hint = if near.is_empty() { String::new() } else { format!(" (perhaps {})", near.join(" or ")) };
                bail!("there is no source {id}{hint}: `fineprint sources list` names them")
            }
        },
    }
}

/// All sources of a folder, or the embedded ones, by id.
pub(crate) fn all(folder: Option<&Path>) -> Result<Vec<Defined>> {
    let Some(folder) = folder else { return EMBEDDED.iter().map(|(id, _)| one(None, id)).collect() };
    let entries = fs::read_dir(folder).with_context(|| format!("{} could not be listed", folder.display()))?;
    let mut paths: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.join("source.toml").is_file()).collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(folder: &Path) -> Result<Defined> {
    let path = folder.join("source.toml");
    let text = fs::read_to_string(&path).with_context(|| {
        format!("{} could not be read: check the source's name and the folder of sources", path.display())
    })?;
    let source = Source::parse(&text).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let named = folder.file_name().is_some_and(|name| *name == *source.id);
    anyhow::ensure!(named, "{}: its id is {:?}; name its folder so", path.display(), source.id);
    Ok(Defined { source, text })
}

fn list(folder: Option<&Path>) -> Result<Outcome> {
    let sources = all(folder)?;
    let mut out = output::writer(None)?;
    for Defined { source, .. } in &sources {
        let status = if source.status == Status::Draft { "draft" } else { "full" };
        let checked = if source.checked == "never" { "never checked" } else { &source.checked };
        writeln!(out, "{:24} {status:6} {checked:14} {}", source.id, clean(&source.payer))?;
    }
    out.flush()?;
    output::note("Never checked: nobody has run `fineprint sources check ID` against the live site yet.");
    Ok(if sources.is_empty() { Outcome::NothingToDo } else { Outcome::Done })
}

fn test(folder: &Path, ids: &[String], bless: bool) -> Result<Outcome> {
    let sources = if ids.is_empty() {
        all(Some(folder))?
    } else {
        ids.iter().map(|id| one(Some(folder), id)).collect::<Result<_>>()?
    };
    let mut failed = false;
    for Defined { source, .. } in &sources {
        let folder = folder.join(&source.id);
        let (pages, gate) = saved(&folder)?;
        let path = folder.join("expected.json");
        let plan = plan_from(source, &pages);
        if bless || !path.exists() {
            fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&expected(&plan))?))?;
            output::complain(&format!("{}: {} was written: review it and run again", source.id, path.display()));
            failed = true;
            continue;
        }
        let wanted: Vec<Expected> = serde_json::from_str(&fs::read_to_string(&path)?)
            .with_context(|| format!("{} could not be read: write it again with --bless", path.display()))?;
        let wrong = prove(source, &pages, gate.as_deref(), &wanted);
        failed |= !wrong.is_empty();
        for problem in &wrong {
            output::complain(&format!("{}: {}", source.id, clean(problem)));
        }
        if wrong.is_empty() {
            let documents = output::counted(wanted.len(), "document");
            let pages = output::counted(plan.pages.len(), "saved page");
            output::note(&format!("{}: {documents} on {pages}, as expected", source.id));
        }
    }
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// The saved pages of a source, and its gate.
fn saved(folder: &Path) -> Result<(Vec<Saved>, Option<Vec<u8>>)> {
    let path = folder.join("pages/pages.toml");
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{} could not be read: a source has saved pages to prove it by", path.display()))?;
    let table: PageTable = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let (mut pages, mut gate) = (Vec::new(), None);
    for row in table.page {
        let bytes = fs::read(folder.join("pages").join(&row.file)).with_context(|| row.file.clone())?;
        match row.url {
            Some(url) => pages.push(Saved { url, bytes }),
            None if row.gate => gate = Some(bytes),
            None => bail!("{}: {} has neither url nor gate", path.display(), row.file),
        }
    }
    Ok((pages, gate))
}

/// A source's lists, from its site.
fn lists(defined: &Defined, live: &LiveArgs) -> Result<Plan> {
    let settings = super::fetch::settings(&live.contact, std::slice::from_ref(defined), Settings::default())?;
    super::fetch::listed(&defined.source, &settings, &live.folder.store, &|_| ())
}

fn check(defined: &Defined, live: &LiveArgs) -> Result<Outcome> {
    let plan = lists(defined, live)?;
    let mut out = output::writer(None)?;
    let wrong = super::fetch::planned(&mut out, &defined.source, &plan)?;
    if !wrong {
        writeln!(out, "It holds: write the day into its file as checked = \"{}\".", clock::now().day())?;
    }
    out.flush()?;
    Ok(if wrong { Outcome::SomeFailed } else { Outcome::Done })
}

fn record(defined: &Defined, to: &Path, live: &LiveArgs) -> Result<Outcome> {
    let plan = lists(defined, live)?;
    fs::create_dir_all(to).with_context(|| format!("{} could not be made", to.display()))?;
    let mut table = String::new();
    for (at, page) in plan.pages.iter().enumerate() {
        let file = format!("{:02}-list", at + 1);
        fs::write(to.join(&file), &page.bytes)?;
        table.push_str(&format!("[[page]]\nfile = {file:?}\nurl = {:?}\n\n", page.url));
    }
    fs::write(to.join("pages.toml"), table)?;
    for (url, failure) in &plan.failures {
        output::complain(&format!("{}: {failure}", clean(url)));
    }
    output::note(&format!(
        "{} pages in {}. They are the payer's: write pages of their shape with invented titles, and keep these to yourself.",
        plan.pages.len(),
        to.display()
    ));
    Ok(if plan.failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

fn accept(defined: &Defined, gate: &str, by: &str, folder: &Path) -> Result<Outcome> {
    let Some(found) = defined.source.gate.get(gate) else {
        let names: Vec<&str> = defined.source.gate.keys().map(String::as_str).collect();
        bail!(
            "{} has no gate {gate}: it has {}",
            defined.source.id,
            if names.is_empty() { "none".to_owned() } else { names.join(", ") }
        );
    };
    let mut store = Store::create(folder)?;
    let at = clock::now();
    let source = &defined.source;
    store.put_source(&NewSource { id: &source.id, payer: Some(&source.payer), definition: &defined.text, at: &at })?;
    store.accept(&source.id, gate, None, by, &at)?;
    output::note(&format!(
        "{by} accepted the terms at {} for {}; fetches send that from now on",
        found.text, source.id
    ));
    Ok(Outcome::Done)
}
