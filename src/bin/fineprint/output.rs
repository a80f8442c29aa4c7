//! Standard output, standard error and `--output`.
//!
//! A file that is written gets its name when it is whole: a run that is broken off leaves what stood there, and what a run reads is never
//! written over.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use clap::{ColorChoice, ValueEnum};
use fineprint::report::clean;
use fineprint::report::terminal::Look;

use crate::args::PrintArgs;

/// A buffered writer to `path`, or to standard output. Flush it at the end: an error on drop is lost.
pub(crate) fn writer(path: Option<&Path>) -> Result<Box<dyn Write>> {
    match path {
        None => Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock()))),
        Some(path) => Ok(Box::new(BufWriter::with_capacity(1 << 16, file(path)?))),
    }
}

/// How names of files begin and end while they are written.
const PART: (&str, &str) = (".fineprint-", ".part");

/// What happens to files when the run ends well.
struct Ending {
    /// Where files are being written, and the place that they get, in the order in which they were begun: what leads
    /// to others is begun last.
    unfinished: Vec<(PathBuf, PathBuf)>,
    /// Those places.
    taken: BTreeSet<PathBuf>,
    /// Files that go.
    removed: BTreeSet<PathBuf>,
}

impl Ending {
    const NONE: Ending = Ending { unfinished: Vec::new(), taken: BTreeSet::new(), removed: BTreeSet::new() };
}

static ENDING: Mutex<Ending> = Mutex::new(Ending::NONE);

fn ending() -> MutexGuard<'static, Ending> {
    ENDING.lock().expect("nobody panics while holding the lock")
}

/// What the run reads, as it is named and where that leads: nothing is written over it.
static READ: Mutex<(Vec<PathBuf>, BTreeSet<PathBuf>)> = Mutex::new((Vec::new(), BTreeSet::new()));

/// Takes note of a file that the run reads.
pub(crate) fn reads(path: &Path) {
    READ.lock().expect("nobody panics while holding the lock").0.push(path.to_owned());
}

/// Takes note of a file that goes when the run ends well.
pub(crate) fn removes(path: PathBuf) {
    ending().removed.insert(path);
}

/// An error where `target` is a file that the run reads, or a table that tells of documents.
fn spared(target: &Path) -> Result<()> {
    let named = target.file_name();
    let mut read = READ.lock().expect("nobody panics while holding the lock");
    let new = std::mem::take(&mut read.0);
    read.1.extend(new.iter().filter_map(|path| fs::canonicalize(path).ok()));
    if read.1.contains(target) {
        bail!("{} is read in this run, and nothing is written over it: name another --output", target.display());
    }
    if named.is_some_and(|name| name == "fineprint.csv") && target.is_file() {
        bail!("{} tells of your documents, and nothing is written over it: name another --output", target.display());
    }
    Ok(())
}

/// A file that gets the name `path` when the run ends well.
pub(crate) fn file(path: &Path) -> Result<File> {
    let target = target(path);
    spared(&target)?;
    let ending = &mut ending();
    if ending.taken.contains(&target) {
        bail!("{} is named for two outputs: name another file for one of them", path.display());
    }
    let (file, moves) = begun(target)
        .map_err(|error| anyhow!("--output {} could not be created ({error}): check its folder", path.display()))?;
    ending.taken.extend(moves.iter().map(|(_, target)| target.clone()));
    ending.unfinished.extend(moves);
    Ok(file)
}

/// What is written where `path` leads: a link stays one.
fn target(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A file beside `target`, and where it moves from and to. What is no file (a device, a pipe) is written in its place.
fn begun(target: PathBuf) -> io::Result<(File, Option<(PathBuf, PathBuf)>)> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let there = fs::metadata(&target).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return Ok((File::create(&target)?, None));
    }
    if there.as_ref().is_some_and(|there| there.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is there and read-only"));
    }
    // Of its own for each output of each run: two runs never write into one.
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let part = target.with_file_name(format!("{}{}-{count}{}", PART.0, std::process::id(), PART.1));
    let file = File::create(&part)?;
    if let Some(there) = there {
        // A system that refuses leaves the usual ones.
        let _ = fs::set_permissions(&part, there.permissions());
    }
    Ok((file, Some((part, target))))
}

/// Whether `path` is an unfinished file of a run that was killed: a day old, so that no run writes it any more.
pub(crate) fn is_left_over(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let day = Duration::from_hours(24);
    let old = || {
        fs::metadata(path).and_then(|there| there.modified()).is_ok_and(|at| at.elapsed().is_ok_and(|age| age > day))
    };
    name.starts_with(PART.0) && name.ends_with(PART.1) && old()
}

/// Gives the files of the run their names where it ended well, and takes them away where not.
pub(crate) fn settle(well: bool) -> Result<()> {
    let Ending { unfinished, removed, .. } = std::mem::replace(&mut *ending(), Ending::NONE);
    // Some outputs are begun before the documents are known.
    let mut settled = if well { unfinished.iter().try_for_each(|(_, path)| spared(path)) } else { Ok(()) };
    let well = well && settled.is_ok();
    // What fails keeps nothing else from its place; the first failure is told.
    for (part, path) in unfinished {
        let moved = if well { fs::rename(&part, &path) } else { fs::remove_file(&part) };
        if moved.is_err() && well {
            let _ = fs::remove_file(&part);
        }
        settled = settled.and(moved.map_err(|error| {
            anyhow!("--output {} could not be put in its place ({error}): check its folder", path.display())
        }));
    }
    let well = well && settled.is_ok();
    for path in removed.into_iter().filter(|_| well) {
        settled = settled.and(fs::remove_file(&path).map_err(|error| {
            anyhow!("{} of an earlier report could not be removed ({error}): check its folder", path.display())
        }));
    }
    settled
}

/// Endings, and the formats that they can mean by their names among the values of `--format`.
const ENDINGS: [(&str, &[&str]); 10] = [
    ("bib", &["bibtex"]),
    ("csv", &["csv"]),
    ("docx", &["docx"]),
    ("html", &["html"]),
    ("htm", &["html"]),
    ("json", &["json", "csl-json"]),
    ("jsonl", &["jsonl"]),
    ("md", &["md"]),
    ("ris", &["ris"]),
    ("xlsx", &["xlsx"]),
];

/// The names of formats that `ending` can mean.
pub(crate) fn formats(ending: &str) -> &'static [&'static str] {
    let ending = ending.to_ascii_lowercase();
    let ending = if ending == "ndjson" { "jsonl" } else { ending.as_str() };
    ENDINGS.iter().find(|(known, _)| *known == ending).map_or(&[], |(_, names)| names)
}

/// The format of `F` that `ending` means; plain text is the `usual` one.
fn meant<F: ValueEnum>(ending: &str, usual: &F) -> Option<F> {
    if ending.eq_ignore_ascii_case("txt") {
        return Some(usual.clone());
    }
    formats(ending).iter().find_map(|name| F::from_str(name, false).ok())
}

/// The format to write: `asked`, else what the ending of `path` means, else `usual`. An ending that means another
/// format than the one asked for is a slip of the pen, and so is one that means nothing where nothing is asked for.
pub(crate) fn format<F: ValueEnum + PartialEq>(asked: Option<F>, path: Option<&Path>, usual: F) -> Result<F> {
    if path.is_some_and(|path| path == Path::new("-")) {
        bail!("--output - names no file: leave --output out to write to standard output");
    }
    let ending = path.and_then(Path::extension).map(|ending| ending.to_string_lossy());
    let meant = ending.as_deref().and_then(|ending| meant::<F>(ending, &usual));
    if let (None, None, Some(path), Some(ending)) = (&asked, &meant, path, &ending) {
        let known = ENDINGS.iter().map(|(known, _)| *known).filter(|known| self::meant(known, &usual).is_some());
        let known: Vec<String> = known.chain(["txt"]).map(|known| format!(".{known}")).collect();
        bail!(
            "--output {}: .{ending} is no format of this command: end the name in {}",
            path.display(),
            known.join(", ")
        );
    }
    // Text may be written in any format.
    let meant = meant.filter(|_| asked.is_none() || !ending.is_some_and(|ending| ending.eq_ignore_ascii_case("txt")));
    let name = |format: &F| format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    match (asked, meant, path) {
        (Some(asked), Some(meant), Some(path)) if asked != meant => Err(anyhow!(
            "--format {} and --output {} do not fit: give the file another ending, or leave out --format",
            name(&asked),
            path.display()
        )),
        (asked, meant, _) => Ok(asked.or(meant).unwrap_or(usual)),
    }
}

/// Columns where nobody can say how many there are: a file, a pipe.
const WIDTH: usize = 140;

/// What the flags say of printing.
#[derive(Clone, Copy, Debug, Default)]
struct Mode {
    colour: ColorChoice,
    links: ColorChoice,
    quiet: bool,
    verbose: bool,
}

static MODE: OnceLock<Mode> = OnceLock::new();

/// How many names are told before the rest is left to a sign of omission.
const MOST_NAMED: usize = 5;

/// The first of `names`, and a sign where there are more.
pub(crate) fn first_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names = names.into_iter();
    let first: Vec<&str> = names.by_ref().take(MOST_NAMED).collect();
    first.join(", ") + if names.next().is_some() { ", …" } else { "" }
}

/// Takes the flags to heart, once, before anything is printed.
pub(crate) fn follow(args: &PrintArgs) {
    let mode = Mode { colour: args.color, links: args.hyperlinks, quiet: args.quiet, verbose: args.verbose > 0 };
    // A second call would say the same.
    let _ = MODE.set(mode);
}

fn mode() -> Mode {
    MODE.get().copied().unwrap_or_default()
}

/// How to print for reading, to `path` or to standard output.
pub(crate) fn look(path: Option<&Path>) -> Look {
    let terminal = path.is_none() && io::stdout().is_terminal();
    let width = terminal_size::terminal_size().filter(|_| terminal).map_or(WIDTH, |(width, _)| usize::from(width.0));
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    let colour = match mode().colour {
        ColorChoice::Auto => terminal && !set("NO_COLOR") && !dumb,
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    };
    Look { width, colour, links: None }
}

/// The folder from which links start; `None` where what is printed to `path` or standard output has none.
pub(crate) fn links(path: Option<&Path>) -> Option<&'static str> {
    static BASE: OnceLock<Option<String>> = OnceLock::new();
    let wanted = match mode().links {
        ColorChoice::Auto => path.is_none() && io::stdout().is_terminal() && shows_links(),
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    };
    let folder = || env::current_dir().ok().map(|folder| folder.to_string_lossy().replace(MAIN_SEPARATOR, "/"));
    if wanted { BASE.get_or_init(folder).as_deref() } else { None }
}

/// Whether the terminal is known to show links, and the files are on the machine that it runs on.
fn shows_links() -> bool {
    let word = |name: &str| env::var_os(name).map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"];
    let terms = ["xterm-kitty", "alacritty", "foot", "xterm-ghostty"];
    let by_variable = ["WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"];
    let vte = word("VTE_VERSION").parse::<u32>().is_ok_and(|version| version >= 5_000);
    let known = vte
        || programs.contains(&word("TERM_PROGRAM").as_str())
        || terms.contains(&word("TERM").as_str())
        || by_variable.iter().any(|name| !word(name).is_empty());
    known && word("SSH_CONNECTION").is_empty() && word("TERM") != "dumb"
}

/// A number of things: "1 document", "2 documents".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A line on standard error for who wants to know; not with `--quiet`.
pub(crate) fn note(line: &str) {
    if !mode().quiet {
        say(line);
    }
}

/// A line on standard error with `--verbose`.
pub(crate) fn detail(line: &str) {
    if mode().verbose {
        say(line);
    }
}

/// A line on standard error with the program's name before it, also with `--quiet`.
pub(crate) fn complain(line: &str) {
    say(&format!("fineprint: {line}"));
}

/// The words with which a run ends; they may have several lines.
pub(crate) fn fail(words: &str) {
    for (index, line) in words.lines().enumerate() {
        if index == 0 { complain(line) } else { say(line) }
    }
}

/// One that cannot be written is lost: there is nowhere left to say so. Paths and words of documents are in it.
fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", clean(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_whole_leaves_what_stood_there() {
        let folder = env::temp_dir().join(format!("fineprint-output-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made");
        let path = folder.join("a.txt");
        fs::write(&path, b"old").expect("it is written");
        let mut unfinished = file(&path).expect("it can be begun");
        unfinished.write_all(b"newer").expect("it can be written");
        assert_eq!(fs::read(&path).expect("it is there"), b"old");
        settle(true).expect("it can be moved");
        assert_eq!(fs::read(&path).expect("it is there"), b"newer");
        let _unfinished = file(&path).expect("it can be begun");
        assert!(file(&path).expect_err("one file takes one output").to_string().contains("two outputs"));
        settle(false).expect("it can be removed");
        assert_eq!(fs::read_dir(&folder).expect("it can be listed").count(), 1, "nothing is left behind");
        assert_eq!(fs::read(&path).expect("it is there"), b"newer");
        removes(path.clone());
        settle(false).expect("nothing is removed");
        assert!(path.exists());
        removes(path.clone());
        settle(true).expect("it can be removed");
        assert!(!path.exists());
        fs::remove_dir_all(&folder).expect("it can go");
    }
}
