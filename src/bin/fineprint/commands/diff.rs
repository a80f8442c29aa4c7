//! `fineprint diff`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use fineprint::compare::Changes;
use fineprint::pipeline::{self, Collected, Input, Told, WalkOptions, Wanted, Worked, find};
use fineprint::report::Analysis;

use crate::store_args::{DiffArgs, DiffFormat};
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &DiffArgs) -> Result<Outcome> {
    let format = output::format(args.format, args.output.as_deref(), DiffFormat::Terminal)?;
    let settings = inputs::settings_for_one(&args.limits, None)?;
    let compiled = inputs::compiled(&args.rules)?;
    let pair = pair(args)?;
    let mut worked = Collected(Vec::new());
    let wanted = Wanted { analysis: true, text: true, ..Wanted::default() };
    pipeline::work(&pair, Some(&compiled), &settings, wanted, &mut worked, |_| ())?;
    let read = worked.0.iter().map(read).collect::<Result<Vec<_>>>()?;
    let [old, new] = read.as_slice() else { bail!("two documents are needed") };
    let changes = Changes::between(*old, *new);
    if let Some(warning) = changes.warning() {
        output::complain(&warning);
    }
    let mut out = output::writer(args.output.as_deref())?;
    match format {
        DiffFormat::Terminal => changes.write_terminal(&mut out)?,
        DiffFormat::Json => changes.write_json(&mut out)?,
        DiffFormat::Csv => changes.write_csv(&mut out)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// What was read of a document: without words on one side, every word would seem to be a change.
fn read(worked: &Worked) -> Result<(&Analysis, &str)> {
    let analysis = worked.analysis.as_ref().context("the document was not analyzed")?;
    if let Some(error) = &worked.error {
        bail!("{}: {}", worked.path, error.message);
    }
    match worked.text.as_deref().filter(|_| !analysis.is_unread()) {
        Some(text) => Ok((analysis, text)),
        None => bail!("{}: nothing could be read of it (a scan?): compare documents with text", worked.path),
    }
}

/// The older and the newer document.
fn pair(args: &DiffArgs) -> Result<Vec<Input>> {
    #[cfg(feature = "store")]
    if let Some(folder) = &args.store {
        return stored(args, folder);
    }
    if args.paths.len() != 2 || args.paths.iter().any(|path| path.is_dir()) {
        bail!("diff takes two files, the older first");
    }
    let one =
        |path: &PathBuf| find(std::slice::from_ref(path), &WalkOptions { globs: Vec::new(), told: Told::default() });
    let mut pair = Vec::new();
    for path in &args.paths {
        pair.extend(one(path)?.inputs);
    }
    Ok(pair)
}

/// Two versions of one document of a store.
#[cfg(feature = "store")]
fn stored(args: &DiffArgs, folder: &std::path::Path) -> Result<Vec<Input>> {
    use fineprint::pipeline::stored::input;
    use fineprint::store::{Select, Store, Versions};

    let [name] = args.paths.as_slice() else {
        bail!("with --store, diff takes one document: its key, number or path there")
    };
    let store = Store::open(folder)?;
    let standing = inputs::named(&store, &name.to_string_lossy(), None)?;
    let all = store.documents(&Select {
        source: Some(standing.source.clone()),
        versions: Versions::All,
        on: None,
        gone: true,
    })?;
    let versions: Vec<_> = all.into_iter().filter(|stored| stored.document == standing.document).collect();
    let wanted = args.to.unwrap_or(standing.ordinal);
    let known = || versions.iter().map(|stored| stored.ordinal.to_string()).collect::<Vec<_>>().join(", ");
    let at = |ordinal: u32| {
        versions
            .iter()
            .position(|stored| stored.ordinal == ordinal)
            .with_context(|| format!("{} has no version {ordinal}: it has {}", standing.path, known()))
    };
    let to = at(wanted)?;
    let from = match args.from {
        Some(from) => at(from)?,
        None => to.checked_sub(1).with_context(|| format!("{} has no version before {wanted}", standing.path))?,
    };
    Ok([from, to].map(|at| input(&store, &versions[at], &Told::default())).into())
}
