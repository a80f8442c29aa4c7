//! HTML: self-contained pages that load nothing, read without scripts and print.
//!
//! A policy's page has its summary on the left and its running text on the right, each quote in its place.
//! Several policies stand in one file behind an overview, or as files of their own behind an index. The page's
//! policy for content allows only the two scripts of this folder, by their hashes: words of a document cannot run.

mod data;
mod differ;
mod escape;
mod frame;
mod matrix;
mod overview;
mod plots;
mod policy;
mod running;
mod site;

use std::io::{self, Write};

use super::Analysis;
use super::sheet::{GLOSSARY, Kind};

pub(crate) use escape::Esc;
pub(super) use policy::COUNT;
pub use site::{FOLDER, Index, Single};

/// The most policies that one file holds before it needs a script to be of use.
pub const MOST_IN_ONE_FILE: usize = 50;

/// Writes a page for one policy; `home` is the address of the overview that it belongs to.
///
/// # Errors
/// Those of `out`.
pub fn page(out: &mut dyn Write, analysis: &Analysis, home: Option<&str>) -> io::Result<()> {
    let sheet = super::sheet::Sheet::of(analysis);
    let title = format!("{} · {}", sheet.payer, sheet.title);
    frame::begin(out, &title, &[frame::PAGE_SCRIPT])?;
    frame::top(out, home, &analysis.rules.id)?;
    writeln!(out, "<main id=\"main\">")?;
    policy::article(out, analysis, &sheet, &site::anchor(analysis))?;
    writeln!(out, "</main>")?;
    frame::end(out, &[frame::PAGE_SCRIPT])
}

/// The words of the page that may need one, folded away.
fn glossary(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<details class=\"glossary\"><summary>Words used here</summary><dl>")?;
    GLOSSARY.iter().try_for_each(|(term, meaning)| writeln!(out, "<dt>{term}</dt><dd>{meaning}</dd>"))?;
    writeln!(out, "</dl></details>")
}

/// The class and the shape of a kind.
fn class(kind: Kind) -> (&'static str, char) {
    match kind {
        Kind::InTheWay => ("way", '▲'),
        Kind::Open => ("open", '●'),
        Kind::AgainstItself => ("against", '◆'),
        Kind::Note => ("note", '○'),
    }
}

/// The class of a stance.
fn stance_class(stance: &str) -> &'static str {
    match super::words::stance_shape(stance) {
        '▲' => "way",
        '●' => "open",
        '◐' => "against",
        _ => "note",
    }
}

#[cfg(test)]
pub(in crate::report) use tests::read_whole;

#[cfg(test)]
mod tests;
