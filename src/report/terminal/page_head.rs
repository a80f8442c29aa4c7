//! The head of a policy's page: what it is, its dates, and what was not read.

use std::io;

use super::page::Page;
use super::paint::wrapped;
use crate::report::clean::clean;
use crate::report::words::{self, counted};

/// How many notes on the reading are shown; the HTML page holds all.
const MOST_ISSUES: usize = 10;

impl Page<'_> {
    /// Payer, number and title; dates; the file.
    pub(super) fn title(&mut self) -> io::Result<()> {
        let policy = &self.analysis.policy;
        let payer = policy.payer.as_ref().map(|payer| payer.name.as_str());
        let named = words::policy(self.analysis);
        let title = [payer, Some(&named)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let look = self.look;
        wrapped(self.out, look, "", 0, &clean(&title), |line| look.bold(line))?;
        if let Some(author) = &policy.author {
            writeln!(self.out, "written by {}", clean(author))?;
        }
        let dates = self.dates().join(" · ");
        wrapped(self.out, look, "", 0, &dates, str::to_owned)?;
        if title == self.analysis.source.path && self.analysis.source.pages.is_none() {
            // Of a file that could not be read, its path may be all that is known.
            return Ok(());
        }
        let pages = self.analysis.source.pages.map(|pages| counted(pages, "page", "pages"));
        let pages = pages.map(|pages| format!(" · {pages}")).unwrap_or_default();
        let path = &self.analysis.source.path;
        writeln!(self.out, "{}", look.linked(&look.faint(&format!("{}{pages}", clean(path))), path, None))
    }

    fn dates(&self) -> Vec<String> {
        let policy = &self.analysis.policy;
        let named = |words: &str, date: &Option<String>| date.as_ref().map(|date| format!("{words} {date}"));
        let since = named("effective", &policy.effective_date);
        let first = named("first effective", &policy.original_effective_date).filter(|_| since.is_none());
        let mut dates = vec![since.or(first), named("last review", &policy.last_review_date), self.review()];
        dates.push(named("copy of", &self.analysis.source.retrieved_at));
        dates.into_iter().flatten().collect()
    }

    /// The next review, and how it stands on the day measured against.
    fn review(&self) -> Option<String> {
        let printed = self.analysis.policy.next_review_date.as_ref();
        let words = printed.map_or("no next review date printed".to_owned(), |date| format!("next review {date}"));
        Some(words + &self.analysis.summary.as_ref()?.staleness.standing())
    }

    /// What was not read, before what was.
    pub(super) fn reading(&mut self) -> io::Result<()> {
        let look = self.look;
        if let Some(error) = &self.analysis.error {
            let words = format!("NOT READ: {}", clean(&error.message));
            return wrapped(self.out, look, "\n", 0, &words, |line| look.bold(line));
        }
        if let Some(corrections) = words::corrections(self.analysis.corrected()) {
            writeln!(self.out, "\n{}", look.bold(&corrections))?;
        }
        let issues = &self.analysis.extraction.issues;
        if self.analysis.is_unread() {
            writeln!(self.out, "\n{}", look.bold("NOT READ: nothing is said here on what the policy says"))?;
        } else if self.analysis.is_partly_read() {
            writeln!(
                self.out,
                "\n{}",
                look.bold("READ IN PART: what is missing below may stand in what was not read")
            )?;
        }
        for issue in issues.iter().take(MOST_ISSUES) {
            wrapped(self.out, look, "  ○ ", 4, &clean(&issue.message), |line| look.faint(line))?;
        }
        self.more(issues.len(), MOST_ISSUES, ["note on the reading", "notes on the reading"])
    }
}
