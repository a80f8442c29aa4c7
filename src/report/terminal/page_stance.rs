//! What a policy's page says of each use: refused, handed to another policy, covered with its criteria.

use std::io;

use super::page::{Page, shortened, whose};
use super::paint::{Kind, wrapped};
use crate::report::clean::clean;
use crate::report::model::{BarrierModel, StanceModel, SummaryModel};
use crate::report::words;

/// How many of each are shown; the HTML page holds all.
const MOST_BARRIERS: usize = 4;
const MOST_STATEMENTS: usize = 4;
const MOST_CRITERIA: usize = 10;

/// Signs that stand before a list item.
const BULLETS: [char; 6] = ['•', '●', '○', '-', '–', ' '];

impl Page<'_> {
    pub(super) fn in_the_way(&mut self, summary: &SummaryModel) -> io::Result<()> {
        if summary.barriers.is_empty() {
            return Ok(());
        }
        self.heading("IN THE WAY")?;
        let mut barriers: Vec<&BarrierModel> = Vec::new();
        for barrier in &summary.barriers {
            if !barriers.iter().any(|other| other.quote == barrier.quote) {
                barriers.push(barrier);
            }
        }
        for barrier in barriers.iter().take(MOST_BARRIERS) {
            self.barrier(barrier)?;
            self.items(summary, barrier)?;
            self.lists(summary, &barrier.quote)?;
        }
        self.more(barriers.len(), MOST_BARRIERS, ["in the way"; 2])
    }

    fn barrier(&mut self, barrier: &BarrierModel) -> io::Result<()> {
        self.quote(Kind::InTheWay, &barrier.quote, barrier.page, Some(&barrier.section))?;
        let finding = self.analysis.finding(&barrier.finding);
        let mut notes = vec![words::fight(&barrier.fight)];
        notes.extend(finding.map(|finding| words::scope(&finding.scope)).filter(|scope| !scope.is_empty()));
        notes.extend(finding.map(|finding| words::force(&finding.force)));
        notes.push(whose(barrier.boilerplate));
        self.notes(&notes)?;
        self.marks(&barrier.finding)
    }

    /// The list items to which a refusal reaches.
    fn items(&mut self, summary: &SummaryModel, barrier: &BarrierModel) -> io::Result<()> {
        let of_quote = summary.stances.iter().filter(|statement| statement.quote == barrier.quote);
        let items: Vec<&String> = of_quote.filter_map(|statement| statement.item.as_ref()).collect();
        for item in items.iter().take(MOST_CRITERIA) {
            wrapped(self.out, self.look, "    · ", 6, &shortened(item.trim_start_matches(BULLETS)), str::to_owned)?;
        }
        self.more(items.len(), MOST_CRITERIA, ["in this list"; 2])
    }

    /// For a clause on all other uses: of whose lists it is the rest.
    fn lists(&mut self, summary: &SummaryModel, quote: &str) -> io::Result<()> {
        let lists = summary.stances.iter().filter(|statement| statement.quote == quote).flat_map(|one| &one.lists);
        let mut lists: Vec<_> = lists.filter_map(|id| self.analysis.finding(id)).collect();
        lists.dedup_by(|a, b| a.quote == b.quote);
        if !lists.is_empty() {
            self.notes(&["the rest of what these name:"])?;
        }
        for finding in lists.iter().take(MOST_STATEMENTS) {
            let place = finding.page.map(|page| format!("  p. {page}")).unwrap_or_default();
            let words = format!("“{}”{place}", shortened(&finding.quote));
            wrapped(self.out, self.look, "    · ", 6, &words, str::to_owned)?;
        }
        self.more(lists.len(), MOST_STATEMENTS, ["such list", "such lists"])
    }

    /// Uses that are handed to other policies.
    pub(super) fn handed(&mut self, summary: &SummaryModel) -> io::Result<()> {
        let elsewhere = |statement: &&StanceModel| statement.stance == "not-addressed";
        let handed: Vec<&StanceModel> = summary.stances.iter().filter(elsewhere).collect();
        if handed.is_empty() {
            return Ok(());
        }
        self.heading("NOT ADDRESSED HERE")?;
        for statement in handed.iter().take(MOST_STATEMENTS) {
            self.quote(Kind::Note, &statement.quote, statement.page, Some(&statement.section))?;
            if !statement.hands_to.is_empty() {
                self.notes(&[&format!("handed to: {}", clean(&statement.hands_to.join(", ")))])?;
            }
        }
        self.more(handed.len(), MOST_STATEMENTS, ["not addressed here"; 2])
    }

    pub(super) fn covered(&mut self, summary: &SummaryModel) -> io::Result<()> {
        let covers = |statement: &&StanceModel| statement.stance.starts_with("covered");
        let statements: Vec<&StanceModel> = summary.stances.iter().filter(covers).collect();
        let mut quotes: Vec<&StanceModel> = Vec::new();
        for statement in statements {
            if quotes.iter().all(|known| known.quote != statement.quote) {
                quotes.push(statement);
            }
        }
        if quotes.is_empty() {
            return Ok(());
        }
        self.heading("COVERED")?;
        for statement in quotes.iter().take(MOST_STATEMENTS) {
            self.quote(Kind::Note, &statement.quote, statement.page, None)?;
            let room = statement.score.as_ref().map(|score| format!("room {}", score.total));
            self.notes(
                &[Some(words::service_stance(&statement.stance)), room.as_deref()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>(),
            )?;
            self.criteria(summary, &statement.finding)?;
        }
        self.more(quotes.len(), MOST_STATEMENTS, ["statement of coverage", "statements of coverage"])
    }

    fn criteria(&mut self, summary: &SummaryModel, finding: &str) -> io::Result<()> {
        let criteria: Vec<_> = summary.criteria.iter().filter(|criterion| criterion.finding == finding).collect();
        let look = self.look;
        let mut connective = "";
        for criterion in criteria.iter().take(MOST_CRITERIA) {
            let indent = 4 + 2 * usize::from(criterion.level.min(4));
            if criterion.connective != connective {
                connective = &criterion.connective;
                writeln!(self.out, "{}{}", " ".repeat(indent - 2), look.faint(&words::connective(connective)))?;
            }
            let first = format!("{}☐ ", " ".repeat(indent - 2));
            wrapped(self.out, look, &first, indent, &shortened(&criterion.quote), str::to_owned)?;
        }
        self.more(criteria.len(), MOST_CRITERIA, ["criterion", "criteria"])
    }
}
