//! From flags to inputs, settings and rules.

use std::env;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use fineprint::extract::Limits;
use fineprint::pipeline::{Compiled, Found, Input, Isolation, Place, Pre, Settings, Told, WalkOptions, find};
use fineprint::policy::Date;
use fineprint::rules::{PackText, RuleSet};
#[cfg(feature = "store")]
use fineprint::store::{Select, Store, Stored};

use crate::args::{InputArgs, LimitArgs, RulesArgs, RunArgs, ToldArgs};
use crate::output;

/// The documents that the flags name; of a store, the versions that stood on the day of the settings.
pub(crate) fn found_on(args: &InputArgs, told: Told, settings: &Settings) -> Result<Found> {
    #[cfg(feature = "store")]
    if let Some((store, select)) = stored(args, settings.as_of)? {
        return Ok(fineprint::pipeline::stored::found(&store, &select, &told)?);
    }
    found(args, told, &settings.limits)
}

/// The documents that the flags name; of a store, the versions that stand.
pub(crate) fn found(args: &InputArgs, told: Told, limits: &Limits) -> Result<Found> {
    #[cfg(feature = "store")]
    if let Some((store, select)) = stored(args, None)? {
        return Ok(fineprint::pipeline::stored::found(&store, &select, &told)?);
    }
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        paths.extend(paths_from(list)?);
    }
    if paths.iter().all(|path| path != Path::new("-")) {
        let found = find(&paths, &WalkOptions { globs: args.glob.clone(), told })?;
        found.unfit.iter().for_each(|unfit| output::complain(&unfit.to_string()));
        for input in &found.inputs {
            if let Place::File(path) = &input.place {
                output::reads(path);
            }
        }
        return Ok(found);
    }
    if paths.len() > 1 || args.files_from.is_some() {
        bail!("- reads one document from standard input: name it alone");
    }
    let mut bytes = Vec::new();
    let limit = limits.max_bytes.saturating_add(1);
    io::stdin().lock().take(limit).read_to_end(&mut bytes).context("standard input could not be read")?;
    let input = Input { path: "-".to_owned(), place: Place::Bytes(bytes), told };
    Ok(Found { inputs: vec![input], ..Found::default() })
}

/// The store that the flags name, and what they choose there; on a day, the versions that stood then.
#[cfg(feature = "store")]
pub(crate) fn stored(args: &InputArgs, on: Option<Date>) -> Result<Option<(Store, Select)>> {
    let Some(folder) = &args.stored.store else { return Ok(None) };
    let versions = crate::commands::which(args.stored.versions);
    let select = Select { source: args.stored.source.clone(), versions, on, gone: args.stored.gone };
    let store = Store::open(folder)?;
    check_source(&store, select.source.as_deref())?;
    if let Some(day) = on {
        let later = store.documents(&Select { on: None, ..select.clone() })?.len();
        match store.documents(&select)?.len() {
            0 if later > 0 => bail!("no document of the store was met by {day}: nothing is known of that day"),
            stood if stood < later => {
                output::note(&format!("{} documents were first met after {day} and are left out", later - stood));
            }
            _ => {}
        }
    }
    Ok(Some((store, select)))
}

/// Whether the store has the source that somebody names.
#[cfg(feature = "store")]
pub(crate) fn check_source(store: &Store, source: Option<&str>) -> Result<()> {
    let Some(source) = source else { return Ok(()) };
    let known: Vec<String> = store.sources()?.into_iter().map(|status| status.source).collect();
    if known.iter().any(|known| known == source) {
        return Ok(());
    }
    bail!(
        "the store has no source {source}: it has {}",
        if known.is_empty() { "none".to_owned() } else { known.join(", ") }
    )
}

/// The document of a store that a person means, as it stands or stood on a day: by its path there, key or number,
/// else by words of its title.
#[cfg(feature = "store")]
pub(crate) fn named(store: &Store, name: &str, on: Option<Date>) -> Result<Stored> {
    let all = store.documents(&Select { gone: true, on, ..Select::default() })?;
    let wanted = name.to_lowercase();
    let is = |text: &str| text.to_lowercase() == wanted;
    let exact = |stored: &Stored| {
        let key = format!("{}/{}", stored.source, stored.key);
        is(&stored.path) || is(&key) || is(&stored.key) || stored.number.as_deref().is_some_and(is)
    };
    let titled = |stored: &Stored| stored.title.as_deref().is_some_and(|title| title.to_lowercase().contains(&wanted));
    let mut found: Vec<Stored> = all.iter().filter(|stored| exact(stored)).cloned().collect();
    if found.is_empty() {
        found = all.into_iter().filter(titled).collect();
    }
    if let (Some(day), true) = (on, found.is_empty())
        && named(store, name, None).is_ok()
    {
        bail!("{name} was first met after {day}: nothing is known of that day");
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => bail!("no document of the store is {name}: `fineprint analyze --store` lists them with their paths"),
        count => {
            let paths: Vec<&str> = found.iter().take(10).map(|stored| stored.path.as_str()).collect();
            bail!("{count} documents of the store are {name}: name one by its path, such as {}", paths.join(", "))
        }
    }
}

/// The paths of a list, one a line.
fn paths_from(list: &Path) -> Result<Vec<PathBuf>> {
    let text = if list == Path::new("-") {
        io::read_to_string(io::stdin().lock()).context("the list of paths on standard input could not be read")?
    } else {
        text_of(list, "the list of --files-from")?
    };
    Ok(text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// What the flags tell of every document.
pub(crate) fn told(args: &ToldArgs) -> Told {
    Told {
        payer: args.payer.clone(),
        url: args.url.clone(),
        retrieved: args.retrieved,
        lines_of_business: args.lob.clone(),
        states: args.state.clone(),
        number: args.number.clone(),
        age: args.age,
    }
}

/// How the run works.
pub(crate) fn settings(args: &RunArgs, as_of: Option<Date>) -> Result<Settings> {
    let processors = || thread::available_parallelism().map_or(1, usize::from);
    let jobs = if args.jobs == 0 { processors() } else { args.jobs };
    Ok(Settings { jobs, ..settings_for_one(&args.limits, as_of)? })
}

/// How a run over one document works.
pub(crate) fn settings_for_one(args: &LimitArgs, as_of: Option<Date>) -> Result<Settings> {
    Ok(Settings {
        limits: limits(args),
        jobs: 1,
        as_of,
        isolation: isolation(args)?,
        pre: pre(args)?,
        ..Settings::default()
    })
}

/// The command before reading.
fn pre(args: &LimitArgs) -> Result<Option<Pre>> {
    let Some(command) = &args.pre else { return Ok(None) };
    let pre = Pre::new(command, &args.pre_glob, Duration::from_secs(args.max_seconds));
    pre.map(Some).map_err(|problem| anyhow!("--pre-glob cannot be used ({problem}): a glob looks like '*.doc'"))
}

/// What one document may cost.
fn limits(args: &LimitArgs) -> Limits {
    let max_text_bytes = usize::try_from(args.max_text_bytes.0).unwrap_or(usize::MAX);
    let LimitArgs { max_pages, max_depth, max_entries, .. } = *args;
    Limits { max_bytes: args.max_bytes.0, max_pages, max_text_bytes, max_depth, max_entries }
}

/// The workers: this program, asked to serve.
fn isolation(args: &LimitArgs) -> Result<Option<Isolation>> {
    if args.no_isolate {
        return Ok(None);
    }
    let program = env::current_exe().context("this program's own file could not be found: use --no-isolate")?;
    Ok(Some(Isolation {
        max_memory: args.max_memory.0,
        max_time: Duration::from_secs(args.max_seconds),
        max_output: args.max_output.0,
        ..Isolation::new(program)
    }))
}

/// The embedded rules with the user's packs.
pub(crate) fn compiled(args: &RulesArgs) -> Result<Compiled> {
    compiled_with(&args.rules)
}

/// The embedded packs and the files `more`, read and checked.
pub(crate) fn rule_set(more: &[PathBuf]) -> Result<RuleSet> {
    Ok(compiled_with(more)?.rules)
}

fn compiled_with(more: &[PathBuf]) -> Result<Compiled> {
    let texts = more.iter().map(|path| text_of(path, "the rule pack")).collect::<Result<Vec<_>>>()?;
    let names: Vec<(String, String)> = more.iter().map(|path| (stem(path), path.display().to_string())).collect();
    let packs = names.iter().zip(&texts).map(|((name, file), text)| PackText { name, file, text });
    Compiled::embedded_and(&packs.collect::<Vec<_>>()).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("  {error}")).collect();
        anyhow!("the rules cannot be used:\n{}", lines.join("\n"))
    })
}

/// The text of a file that the user named; `what` it is, for the message.
pub(crate) fn text_of(path: &Path, what: &str) -> Result<String> {
    output::reads(path);
    fs::read_to_string(path).map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "no such file".to_owned(),
            io::ErrorKind::InvalidData if path.extension().is_some_and(|end| end == "csv") => {
                "it is not UTF-8 text; a spreadsheet saves that as \"CSV UTF-8\"".to_owned()
            }
            io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
            _ => error.to_string(),
        };
        anyhow!("{what} {} could not be read ({reason}): check the path", path.display())
    })
}

/// The name of a pack: its file without the ending.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
