//! `fineprint verify`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use fineprint::pipeline::{self, Sink, Told, Wanted, Worked};
use fineprint::report::clean;
use fineprint::report::verify::{Claims, Text, read};

use crate::args::{InputArgs, VerifyArgs};
use crate::{Outcome, inputs, output};

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs) -> Result<Outcome> {
    let reports = reports(&args.report)?;
    let paths = if args.paths.is_empty() { named(&reports) } else { args.paths.clone() };
    if paths.is_empty() && reports.iter().any(|(_, claims)| !claims.claims.is_empty()) {
        bail!(
            "the documents are not where the report says: name them, as in `fineprint verify {} policies/`",
            args.report.display()
        );
    }
    let settings = inputs::settings(&args.run, None)?;
    let mut check = Check { reports: &reports, seen: BTreeSet::new(), faults: BTreeMap::new() };
    if !paths.is_empty() {
        let input = InputArgs { paths, ..InputArgs::default() };
        let found = inputs::found(&input, Told::default(), &settings.limits)?;
        let wanted = Wanted { analysis: false, extraction: true, text: true, ..Wanted::default() };
        pipeline::work(&found.inputs, None, &settings, wanted, &mut check, |_| ())?;
    }
    let Check { seen, mut faults, .. } = check;
    for (index, (_, claims)) in reports.iter().enumerate() {
        missing(claims, &seen, faults.entry(index).or_default());
    }
    say(&reports, &faults)
}

/// The reports with what they claim.
fn reports(path: &Path) -> Result<Vec<(PathBuf, Claims)>> {
    let mut files = Vec::new();
    let mut not_verified = Vec::new();
    if path.is_dir() {
        walk(path, &mut files, &mut not_verified)?;
    } else if is_not_verified(path) {
        bail!("{}: {NOT_VERIFIED}", path.display());
    } else {
        files.push(path.to_owned());
    }
    for file in &not_verified {
        output::complain(&format!("{}: {NOT_VERIFIED}", file.display()));
    }
    if files.is_empty() {
        bail!("there is no report in {}: name a file, or a folder that holds some", path.display());
    }
    let read = |file: PathBuf| {
        let text = inputs::text_of(&file, "the report")?;
        let claims = read(&text).map_err(|why| anyhow!("{}: {why}", file.display()))?;
        Ok((file, claims))
    };
    files.into_iter().map(read).collect()
}

/// What is said of reports whose quotes are not read back.
const NOT_VERIFIED: &str = "Word files, workbooks and citations are not verified: write the same with --format md or csv, \
    whose quotes are, and name that";

fn is_not_verified(path: &Path) -> bool {
    matches!(ending(path).as_str(), "docx" | "xlsx" | "ris" | "bib")
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The reports of a folder in order.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, not_verified: &mut Vec<PathBuf>) -> Result<()> {
    let list = fs::read_dir(folder).with_context(|| format!("{} could not be listed: check it", folder.display()))?;
    let mut paths: Vec<PathBuf> = list.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths {
        let kind = ending(&path);
        if path.is_dir() {
            walk(&path, files, not_verified)?;
        } else if path.is_file() && ["json", "jsonl", "csv", "md", "html"].contains(&kind.as_str()) {
            files.push(path);
        } else if is_not_verified(&path) {
            not_verified.push(path);
        }
    }
    Ok(())
}

/// The documents where the reports say they are, from here or from the report's folder.
fn named(reports: &[(PathBuf, Claims)]) -> Vec<PathBuf> {
    let mut paths = BTreeSet::new();
    for (file, claims) in reports {
        for path in &claims.paths {
            let beside = file.parent().unwrap_or(Path::new("")).join(path);
            paths.extend([PathBuf::from(path), beside].into_iter().find(|path| path.is_file()));
        }
    }
    paths.into_iter().collect()
}

/// Holds the claims against each document as it is read.
struct Check<'a> {
    reports: &'a [(PathBuf, Claims)],
    seen: BTreeSet<String>,
    /// For each report its lines with what does not hold.
    faults: BTreeMap<usize, Vec<(usize, String)>>,
}

impl Sink<Worked> for Check<'_> {
    fn take(&mut self, worked: Worked) -> io::Result<()> {
        let (Some(extraction), Some(text)) = (&worked.extraction, &worked.text) else { return Ok(()) };
        let Some(hash) = extraction.sha256().filter(|hash| self.seen.insert((*hash).to_owned())) else { return Ok(()) };
        let text = Text::new(text, &extraction.page_starts());
        for (index, (_, claims)) in self.reports.iter().enumerate() {
            for claim in claims.claims.iter().filter(|claim| claim.document == hash) {
                if let Err(why) = claim.holds(&text) {
                    let fault = format!("“{}” of {}: {why}", short(&claim.words), worked.path);
                    self.faults.entry(index).or_default().push((claim.line, fault));
                }
            }
        }
        Ok(())
    }
}

/// The claims whose document was not among those read.
fn missing(claims: &Claims, seen: &BTreeSet<String>, faults: &mut Vec<(usize, String)>) {
    for claim in claims.claims.iter().filter(|claim| !seen.contains(&claim.document)) {
        let hash = claim.document.get(..12).unwrap_or(&claim.document);
        faults.push((claim.line, format!("“{}”: no document here has the SHA-256 {hash}…", short(&claim.words))));
    }
    faults.extend(claims.faults.iter().cloned());
    faults.sort();
}

fn say(reports: &[(PathBuf, Claims)], faults: &BTreeMap<usize, Vec<(usize, String)>>) -> Result<Outcome> {
    let mut out = output::writer(None)?;
    let mut wrong = 0;
    for (index, (file, claims)) in reports.iter().enumerate() {
        let faults = faults.get(&index).map_or(&[][..], Vec::as_slice);
        let name = clean(&file.display().to_string());
        for (line, fault) in faults {
            writeln!(out, "{name}:{line}: {}", clean(fault))?;
        }
        wrong += faults.len();
        let quotes = output::counted(claims.claims.len(), "quote");
        let documents: BTreeSet<&str> = claims.claims.iter().map(|claim| claim.document.as_str()).collect();
        match faults.len() {
            0 if claims.claims.is_empty() => writeln!(out, "{name}: holds no quote")?,
            0 => writeln!(out, "{name}: {quotes} of {}, all hold", output::counted(documents.len(), "document"))?,
            count => writeln!(out, "{name}: {quotes}, {count} lines do not hold")?,
        }
    }
    out.flush()?;
    Ok(if wrong == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// The beginning of long words.
fn short(words: &str) -> String {
    match words.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
