//! Several policies: in one file behind an overview, or behind an index with a file each.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::overview::Overview;
use super::{frame, page, policy};
use crate::report::Analysis;
use crate::report::overview::Line;
use crate::report::sheet::Sheet;
use crate::rules::RuleSet;

/// The anchor of a policy: the first digits of its hash.
pub(super) fn anchor(analysis: &Analysis) -> String {
    format!("p-{}", analysis.source.sha256.as_deref().map_or("unread", |hash| &hash[..10]))
}

/// `name`, or the first of `name-2`, `name-3`, … that is not taken yet.
fn distinct(taken: &mut BTreeSet<String>, name: &str) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

/// All policies in one file; their articles are kept until the overview can be written.
#[derive(Debug, Default)]
pub struct Single {
    overview: Overview,
    taken: BTreeSet<String>,
    articles: Vec<u8>,
    /// The page without an overview, for one policy alone.
    alone: Option<Vec<u8>>,
}

impl Single {
    /// A file whose topics have the names that `rules` give them.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Single {
        Single { overview: Overview::new(rules), ..Single::default() }
    }

    /// Adds one document.
    ///
    /// # Errors
    /// None: memory takes it.
    pub fn take(&mut self, analysis: &Analysis) -> io::Result<()> {
        let id = distinct(&mut self.taken, &anchor(analysis));
        self.alone = None;
        if self.taken.len() == 1 {
            let mut alone = Vec::new();
            page(&mut alone, analysis, None)?;
            self.alone = Some(alone);
        }
        self.overview.take(analysis, Line::of(analysis), format!("#{id}"));
        policy::article(&mut self.articles, analysis, &Sheet::of(analysis), &id)
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(alone) = self.alone {
            out.write_all(&alone)?;
            return out.flush();
        }
        let scripts = [frame::PAGE_SCRIPT, frame::OVERVIEW_SCRIPT];
        frame::begin(out, &self.overview.title(), &scripts)?;
        frame::top(out, Some("#overview"), self.overview.rules())?;
        writeln!(out, "<main id=\"main\">")?;
        self.overview.write(out)?;
        out.write_all(&self.articles)?;
        writeln!(out, "</main>")?;
        frame::end(out, &scripts)?;
        out.flush()
    }
}

/// An index of policies that have a file each.
#[derive(Debug, Default)]
pub struct Index {
    overview: Overview,
    taken: BTreeSet<String>,
}

/// The folder of the policies' files beside the index.
pub const FOLDER: &str = "policies";

impl Index {
    /// An index whose topics have the names that `rules` give them.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Index {
        Index { overview: Overview::new(rules), ..Index::default() }
    }

    /// Adds one document and gives the path of its file, from the index's folder, with `/`.
    pub fn take(&mut self, analysis: &Analysis) -> String {
        let line = Line::of(analysis);
        let hash = analysis.source.sha256.as_deref().map_or("unread", |hash| &hash[..8]);
        let payer = analysis.policy.payer.as_ref().map_or("", |payer| payer.name.as_str());
        let name = distinct(&mut self.taken, &format!("{}-{hash}", slug(&format!("{payer} {}", line.title))));
        let path = format!("{FOLDER}/{name}.html");
        self.overview.take(analysis, line, format!("{path}#{}", anchor(analysis)));
        path
    }

    /// Whether a file of that name in [`FOLDER`] is one of the pages.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        name.strip_suffix(".html").is_some_and(|name| self.taken.contains(name))
    }

    /// Writes the page of a document whose path [`Index::take`] gave.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn page(out: &mut dyn Write, analysis: &Analysis) -> io::Result<()> {
        page(out, analysis, Some("../index.html"))
    }

    /// Writes the index.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        // The page's script opens the help and minds the keys here too.
        let scripts = [frame::PAGE_SCRIPT, frame::OVERVIEW_SCRIPT];
        frame::begin(out, &self.overview.title(), &scripts)?;
        frame::top(out, None, self.overview.rules())?;
        writeln!(out, "<main id=\"main\">")?;
        self.overview.write(out)?;
        writeln!(out, "</main>")?;
        frame::end(out, &scripts)?;
        out.flush()
    }
}

/// Lower-case letters, digits and hyphens, at most 60.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "policy".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_plain_and_distinct() {
        assert_eq!(slug("Bluestone · ../MP-114: “Knee”"), "bluestone-mp-114-knee");
        assert_eq!(slug("…"), "policy");
        let mut taken = BTreeSet::new();
        let names: Vec<String> = (0..3).map(|_| distinct(&mut taken, "a")).collect();
        assert_eq!(names, ["a", "a-2", "a-3"]);
    }
}
