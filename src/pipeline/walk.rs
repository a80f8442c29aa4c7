//! Finding the input documents under files, folders and lists of paths, in a stable order.
//!
//! Only three things skip a document in a walked folder: its hidden name, a `.fineprintignore` in the folder
//! or one above it within the walk, and the user's globs. Skipped are also what is no document: pipes, sockets and
//! devices, since opening one could wait for ever, and reports that fineprint wrote, which quote policies and are none.
//! Git's ignore files never skip one: people keep payers' documents out of git. A path that the user names is always an
//! input.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::overrides::{Override, OverrideBuilder};

use super::input::reason;
use super::sidecar::{self, Sidecars};
use super::{Input, Place, SidecarError, Told, Unfit};
use crate::report;

const IGNORE_FILE: &str = ".fineprintignore";

/// The file of flags that are always the same.
const CONFIG: &str = "fineprint.toml";

/// What a folder holds that is a store: its documents are read by `--store`.
const CATALOG: &str = "catalog.sqlite";

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct WalkOptions {
    /// Globs for files in walked folders; one that begins with `!` leaves files out.
    pub globs: Vec<String>,
    /// What flags tell of every document; it wins over a sidecar table.
    pub told: Told,
}

/// How much was skipped, by what. A skipped folder counts once, whatever it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Files and folders whose name begins with a full stop.
    pub hidden: usize,
    /// Files and folders named by a `.fineprintignore`.
    pub ignored: usize,
    /// Files that the globs leave out.
    pub by_glob: usize,
    /// Pipes, sockets and devices.
    pub no_file: usize,
    /// Reports that fineprint wrote, and its stores.
    pub own: usize,
}

/// What a walk found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The documents, each path once: in the order of the given paths, by name within folders. A folder that could not
    /// be listed stands among them, for the documents that it may hold.
    pub inputs: Vec<Input>,
    /// What was skipped.
    pub skipped: Skipped,
    /// Rows of sidecar tables that fit no file.
    pub unfit: Vec<Unfit>,
}

/// Why the inputs could not be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WalkError {
    /// A glob that does not parse.
    #[error("--glob {glob} cannot be used: {reason}; a glob looks like '*.pdf' or '!drafts/**'")]
    Glob {
        /// The glob.
        glob: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A folder that is a store: its files have no names that tell anything.
    #[error("{0} is a store: its documents are read with --store {0}")]
    IsStore(String),
    /// An ignore file that does not parse.
    #[error("{path} cannot be used: {reason}; its lines are globs as in a .gitignore")]
    IgnoreFile {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A sidecar table that cannot be used.
    #[error(transparent)]
    Sidecar(#[from] SidecarError),
}

/// Finds the documents under `paths`. A path that does not exist is an input too: its line says so.
///
/// # Errors
/// When a glob, an ignore file or a sidecar table cannot be used, or a path is a store.
pub fn find(paths: &[PathBuf], options: &WalkOptions) -> Result<Found, WalkError> {
    let mut walk = Walk { options, sidecars: Sidecars::default(), seen: BTreeSet::new(), found: Found::default() };
    for path in paths {
        // From the outermost in: the nearest table's row wins.
        for folder in path.ancestors().skip(1).collect::<Vec<_>>().into_iter().rev() {
            walk.sidecars.read(folder)?;
        }
        if path.is_dir() {
            if path.join(CATALOG).is_file() {
                return Err(WalkError::IsStore(shown(path)));
            }
            let globs = overrides(path, &options.globs)?;
            walk.folder(path, &globs, &mut Vec::new(), &mut Vec::new())?;
        } else {
            walk.push(path);
        }
    }
    walk.found.unfit = walk.sidecars.unfit;
    Ok(walk.found)
}

/// `path` as it is printed: `/` between its parts, whatever the system's own mark.
pub(super) fn shown(path: &Path) -> String {
    let mut out = String::new();
    for part in path.components() {
        if part == Component::RootDir {
            out.push('/');
            continue;
        }
        if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        out.push_str(&part.as_os_str().to_string_lossy());
    }
    out
}

fn overrides(root: &Path, globs: &[String]) -> Result<Override, WalkError> {
    let mut builder = OverrideBuilder::new(root);
    for glob in globs {
        let wrong = |error: ignore::Error| WalkError::Glob { glob: glob.clone(), reason: error.to_string() };
        builder.add(glob).map_err(wrong)?;
    }
    builder.build().map_err(|error| WalkError::Glob { glob: globs.join(" "), reason: error.to_string() })
}

struct Walk<'o> {
    options: &'o WalkOptions,
    sidecars: Sidecars,
    seen: BTreeSet<PathBuf>,
    found: Found,
}

impl Walk<'_> {
    /// Adds a folder's documents. `ignores` are the ignore files from the walk's root down, `above` the
    /// folders that the walk is inside of, resolved, so that a link to one of them is not walked for ever.
    fn folder(
        &mut self,
        folder: &Path,
        globs: &Override,
        ignores: &mut Vec<Gitignore>,
        above: &mut Vec<PathBuf>,
    ) -> Result<(), WalkError> {
        let resolved = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if above.contains(&resolved) {
            return Ok(());
        }
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => {
                if self.seen.insert(folder.to_owned()) {
                    let place = Place::Unlisted(reason(&error));
                    self.found.inputs.push(Input { path: shown(folder), place, told: self.options.told.clone() });
                }
                return Ok(());
            }
        };
        self.sidecars.read(folder)?;
        ignores.push(ignore_file(folder)?);
        above.push(resolved);
        for path in entries {
            let is_folder = path.is_dir();
            if self.skips(&path, is_folder, globs, ignores) {
                continue;
            }
            if is_folder {
                self.folder(&path, globs, ignores, above)?;
            } else if path.file_name().is_none_or(|name| name != sidecar::NAME && name != CONFIG) {
                self.push(&path);
            }
        }
        above.pop();
        ignores.pop();
        Ok(())
    }

    fn skips(&mut self, path: &Path, is_folder: bool, globs: &Override, ignores: &[Gitignore]) -> bool {
        let skipped = &mut self.found.skipped;
        let count = if is_hidden(path) {
            &mut skipped.hidden
        } else if is_ignored(path, is_folder, ignores) {
            &mut skipped.ignored
        } else if matches!(globs.matched(path, is_folder), Match::Ignore(_)) {
            &mut skipped.by_glob
        } else if !is_folder && is_no_file(path) {
            &mut skipped.no_file
        } else if is_folder && path.join(CATALOG).is_file() || !is_folder && is_report(path) {
            &mut skipped.own
        } else {
            return false;
        };
        let own = path.file_name().is_some_and(|name| name == IGNORE_FILE || name == sidecar::NAME);
        *count += usize::from(!own);
        true
    }

    fn push(&mut self, path: &Path) {
        if !self.seen.insert(path.to_owned()) {
            return;
        }
        let told = self.options.told.clone().or(&self.sidecars.told(path));
        self.found.inputs.push(Input { path: shown(path), place: Place::File(path.to_owned()), told });
    }
}

/// A folder's entries in the order of their names' bytes.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether `path` is there and no file, also behind a link. A link to nowhere is an input: its line says so.
fn is_no_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
}

/// Whether the file at `path` is a report that fineprint wrote.
fn is_report(path: &Path) -> bool {
    let sidecar = path.file_name().is_some_and(|name| name == sidecar::NAME);
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    // One that cannot be opened is an input: its line says so.
    !sidecar && fs::File::open(path).is_ok_and(|file| report::is_own(&ending, file))
}

/// Whether the nearest ignore file that has a word on `path` leaves it out.
fn is_ignored(path: &Path, is_folder: bool, ignores: &[Gitignore]) -> bool {
    let words = ignores.iter().rev().map(|ignore| ignore.matched(path, is_folder));
    words.into_iter().find(|word| !word.is_none()).is_some_and(|word| word.is_ignore())
}

fn ignore_file(folder: &Path) -> Result<Gitignore, WalkError> {
    let path = folder.join(IGNORE_FILE);
    if !path.is_file() {
        return Ok(Gitignore::empty());
    }
    let wrong = |error: ignore::Error| WalkError::IgnoreFile { path: shown(&path), reason: error.to_string() };
    let mut builder = GitignoreBuilder::new(folder);
    if let Some(error) = builder.add(&path) {
        return Err(wrong(error));
    }
    builder.build().map_err(wrong)
}
