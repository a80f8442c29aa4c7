//! `fineprint add`.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use fineprint::pipeline::keep::{self, Added};
use fineprint::pipeline::{Told, WalkOptions, find};
use fineprint::store::Store;

use crate::args::LimitArgs;
use crate::store_args::AddArgs;
use crate::{Outcome, clock, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &AddArgs) -> Result<Outcome> {
    kept(&args.paths, &inputs::told(&args.told), &args.limits, &args.folder.store)
}

/// Keeps files in a store.
pub(crate) fn kept(paths: &[PathBuf], told: &Told, limits: &LimitArgs, store: &Path) -> Result<Outcome> {
    let found = find(paths, &WalkOptions { globs: Vec::new(), told: told.clone() })?;
    found.unfit.iter().for_each(|unfit| output::complain(&unfit.to_string()));
    if found.inputs.len() > 1 && (told.url.is_some() || told.number.is_some()) {
        bail!(
            "--url and --number name one document and {} files are here: add them one by one, or tell them by a fineprint.csv",
            found.inputs.len()
        );
    }
    if found.inputs.is_empty() {
        output::complain("no document here: name a file, or a folder that holds some");
        return Ok(Outcome::NothingToDo);
    }
    let settings = inputs::settings_for_one(limits, None)?;
    let mut store = Store::create(store)?;
    let (mut counts, mut refused) = ([0_usize; 6], 0_usize);
    keep::add(&mut store, &found.inputs, paths, &clock::now(), &settings, |input, outcome| match outcome {
        Ok(added) => {
            let at = match added {
                Added::New => 0,
                Added::Version => 1,
                Added::Sighting => 2,
                Added::Known => 3,
                Added::Told => 4,
                Added::Mended => 5,
            };
            counts[at] += 1;
        }
        Err(error) => {
            refused += 1;
            output::complain(&format!("{}: not added: {error}", input.path));
        }
    })?;
    let [new, versions, sightings, known, told, mended] = counts;
    let (new, versions) = (output::counted(new, "new document"), output::counted(versions, "new version"));
    let told = if told > 0 { format!("{told} known and told anew, ") } else { String::new() };
    let mended = if mended > 0 { format!("{mended} whose damaged copy was mended, ") } else { String::new() };
    output::note(&format!(
        "{new}, {versions}, {sightings} with words that were there, {known} known already, {told}{mended}{refused} not added"
    ));
    Ok(if refused > 0 { Outcome::SomeFailed } else { Outcome::Done })
}
