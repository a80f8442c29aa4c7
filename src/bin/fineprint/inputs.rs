//! From flags to inputs, settings and rules.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use fineprint::extract::Limits;
use fineprint::pipeline::{Compiled, Found, Input, Place, Settings, Told, WalkOptions, find};
use fineprint::policy::Date;
use fineprint::rules::{PackText, RuleSet, embedded};

use crate::args::{InputArgs, LimitArgs, RulesArgs, RunArgs, ToldArgs};

/// The documents that the flags name.
pub(crate) fn found(args: &InputArgs, told: Told, limits: &Limits) -> Result<Found> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        paths.extend(paths_from(list)?);
    }
    if paths.iter().all(|path| path != Path::new("-")) {
        return Ok(find(&paths, &WalkOptions { globs: args.glob.clone(), told })?);
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
    }
}

/// How the run works.
pub(crate) fn settings(args: &RunArgs, as_of: Option<Date>) -> Settings {
    let processors = || thread::available_parallelism().map_or(1, usize::from);
    Settings { limits: limits(&args.limits), jobs: if args.jobs == 0 { processors() } else { args.jobs }, as_of }
}

/// What one document may cost.
pub(crate) fn limits(args: &LimitArgs) -> Limits {
    Limits { max_bytes: args.max_bytes, max_pages: args.max_pages, max_text_bytes: args.max_text_bytes }
}

/// The embedded rules with the user's packs.
pub(crate) fn compiled(args: &RulesArgs) -> Result<Compiled> {
    Ok(Compiled::new(rule_set(&args.rules)?))
}

/// The embedded packs and the files `more`, read and checked.
pub(crate) fn rule_set(more: &[PathBuf]) -> Result<RuleSet> {
    let texts = more.iter().map(|path| text_of(path, "the rule pack")).collect::<Result<Vec<_>>>()?;
    let names: Vec<(String, String)> = more.iter().map(|path| (stem(path), path.display().to_string())).collect();
    let mut packs = embedded();
    packs.extend(names.iter().zip(&texts).map(|((name, file), text)| PackText { name, file, text }));
    RuleSet::parse(&packs).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("  {error}")).collect();
        anyhow!("the rules cannot be used:\n{}", lines.join("\n"))
    })
}

/// The text of a file that the user named; `what` it is, for the message.
pub(crate) fn text_of(path: &Path, what: &str) -> Result<String> {
    fs::read_to_string(path).map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "no such file".to_owned(),
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
