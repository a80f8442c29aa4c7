//! `fineprint demo`.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use fineprint::pipeline::{self, Collected, Compiled, Settings};
use fineprint::report::terminal::{Row, page, table};
use fineprint::rules::{RuleSet, embedded};

use crate::args::DemoArgs;
use crate::samples::{DOCUMENTS, TABLE, inputs};
use crate::{Outcome, output};

/// The document whose page is printed.
const SHOWN: &str = "larkspur-health/stem-cell-orthopedic.pdf";

/// Runs the command.
pub(crate) fn run(args: &DemoArgs) -> Result<Outcome> {
    #[cfg(feature = "fetch")]
    if args.fetch {
        return super::demo_fetch::run();
    }
    match &args.save {
        Some(folder) => save(folder),
        None => print(),
    }
}

fn print() -> Result<Outcome> {
    let rules = RuleSet::parse(&embedded()).expect("invariant: a test holds that the embedded packs are sound");
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(&inputs()?, &Compiled::new(rules), &Settings::default(), &mut analyses, |_| ())?;
    let mut out = output::writer(None)?;
    let look = output::look(None);
    writeln!(out, "Twenty-four sample policies; the payers and their policies are invented.\n")?;
    let rows: Vec<Row> = analyses.0.iter().map(Row::of).collect();
    table(&mut out, &rows, look)?;
    if let Some(shown) = analyses.0.iter().find(|analysis| analysis.source.path == SHOWN) {
        writeln!(out, "\nOne of them as a page:\n")?;
        page(&mut out, shown, look)?;
    }
    writeln!(
        out,
        "\nWhat to run next:
  fineprint demo --save samples                         write these policies into a folder
  fineprint analyze samples                             the same table, from files: try it on your own folder
  fineprint show samples/{SHOWN}    one page for one policy
  fineprint analyze samples --format jsonl -o out.jsonl one JSON object a line, for Python and R
  fineprint --help                                      everything else"
    )?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// Writes the samples into `folder`; files that are there already stay as they are when they are the same.
fn save(folder: &Path) -> Result<Outcome> {
    for sample in DOCUMENTS.iter().chain([&TABLE]) {
        let path = folder.join(sample.path);
        if let Ok(there) = fs::read(&path) {
            anyhow::ensure!(
                there == sample.bytes,
                "{} is there already and is another file: name a new folder with --save",
                path.display()
            );
            continue;
        }
        let parent = path.parent().expect("invariant: it lies in the folder");
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, sample.bytes))
            .with_context(|| format!("{} could not be written: check the folder", path.display()))?;
    }
    output::note(&format!("{} policies and {} are in {}", DOCUMENTS.len(), TABLE.path, folder.display()));
    Ok(Outcome::Done)
}
