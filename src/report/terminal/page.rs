//! One policy on one page.

use std::io::{self, Write};

use super::Look;
use super::paint::{Kind, wrapped};
use crate::report::clean::clean;
use crate::report::model::{BarrierModel, LeverModel, ScoreModel, SectionModel, StanceModel, SummaryModel};
use crate::report::{Analysis, words};

/// How many of each are shown; the HTML page holds all.
const MOST_BARRIERS: usize = 4;
const MOST_STATEMENTS: usize = 4;
const MOST_CRITERIA: usize = 10;
const MOST_LEVERS: usize = 5;
const MOST_CONTRADICTIONS: usize = 3;
const MOST_EVIDENCE: usize = 3;

/// The longest quote shown, in characters.
const LONGEST_QUOTE: usize = 420;

/// Signs that stand before a list item.
const BULLETS: [char; 6] = ['•', '●', '○', '-', '–', ' '];

/// The widest line: longer ones are hard to read.
const WIDEST: usize = 100;

/// Writes the page of one policy.
///
/// # Errors
/// Those of `out`.
pub fn page(out: &mut dyn Write, analysis: &Analysis, look: Look) -> io::Result<()> {
    let look = Look { width: look.width.min(WIDEST), ..look };
    let mut page = Page { out, analysis, look };
    page.title()?;
    page.reading()?;
    match &analysis.summary {
        Some(summary) if !analysis.is_unread() => page.body(summary),
        _ => Ok(()),
    }
}

struct Page<'a> {
    out: &'a mut dyn Write,
    analysis: &'a Analysis,
    look: Look,
}

impl Page<'_> {
    /// Payer, number and title; dates; the file.
    fn title(&mut self) -> io::Result<()> {
        let policy = &self.analysis.policy;
        let file = self.analysis.source.path.rsplit('/').next().unwrap_or_default();
        let title = policy.title.as_deref().unwrap_or(file);
        let number = policy.number.as_deref().filter(|number| !title.contains(number));
        let payer = policy.payer.as_ref().map(|payer| payer.name.as_str());
        let named = [number, Some(title)].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let title = [payer, Some(&named)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let look = self.look;
        wrapped(self.out, look, "", 0, &clean(&title), |line| look.bold(line))?;
        if let Some(author) = &policy.author {
            writeln!(self.out, "written by {}", clean(author))?;
        }
        let dates = self.dates().join(" · ");
        wrapped(self.out, look, "", 0, &dates, str::to_owned)?;
        let pages = self.analysis.source.pages.map(|pages| format!(" · {pages} pages")).unwrap_or_default();
        writeln!(self.out, "{}", look.faint(&format!("{}{pages}", clean(&self.analysis.source.path))))
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
        let mut words = printed.map_or("no next review date printed".to_owned(), |date| format!("next review {date}"));
        let staleness = &self.analysis.summary.as_ref()?.staleness;
        if let Some(day) = &staleness.as_of {
            match staleness.state.as_str() {
                "overdue" => words += &format!(", {} on {day}", staleness.overdue()),
                "due-soon" => words += &format!(", due within 60 days of {day}"),
                "in-date" => words += &format!(", in date on {day}"),
                _ => {}
            }
        }
        if staleness.assumed_yearly {
            words += " (a yearly review is assumed)";
        }
        Some(words)
    }

    /// What was not read, before what was.
    fn reading(&mut self) -> io::Result<()> {
        let look = self.look;
        if let Some(error) = &self.analysis.error {
            let words = format!("NOT READ: {}", clean(&error.message));
            return wrapped(self.out, look, "\n", 0, &words, |line| look.bold(line));
        }
        let issues = &self.analysis.extraction.issues;
        if self.analysis.is_unread() {
            writeln!(self.out, "\n{}", look.bold("NOT READ: nothing is said here on what the policy says"))?;
        } else if self.analysis.extraction.completeness == "partial" {
            writeln!(
                self.out,
                "\n{}",
                look.bold("READ IN PART: what is missing below may stand in what was not read")
            )?;
        }
        for issue in issues.iter().take(MOST_CRITERIA) {
            wrapped(self.out, look, "  ○ ", 4, &clean(&issue.message), |line| look.faint(line))?;
        }
        self.more(issues.len(), MOST_CRITERIA, "notes on the reading")
    }

    fn body(&mut self, summary: &SummaryModel) -> io::Result<()> {
        let look = self.look;
        writeln!(self.out, "\n{}", look.bold(&format!("STANCE  {}", words::stance_sentence(&summary.stance))))?;
        self.in_the_way(summary)?;
        self.covered(summary)?;
        self.handed(summary)?;
        self.open(summary)?;
        self.evidence(summary)?;
        self.against_itself(summary)?;
        self.changed(summary)?;
        self.not_said(summary)?;
        self.overtaken(summary)?;
        self.law(summary)?;
        if let Some(score) = &summary.score {
            self.room(score)?;
        }
        let limits = "The quotes are the payer's, the order is fineprint's. The plan's contract governs. The room is \
                      what the words leave, 0 to 100; it is no forecast. Not legal or medical advice.";
        writeln!(self.out)?;
        wrapped(self.out, look, "", 0, limits, |line| look.faint(line))
    }

    fn heading(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.look.bold(words))
    }

    fn in_the_way(&mut self, summary: &SummaryModel) -> io::Result<()> {
        if summary.barriers.is_empty() {
            return Ok(());
        }
        self.heading("IN THE WAY")?;
        for barrier in summary.barriers.iter().take(MOST_BARRIERS) {
            self.barrier(barrier)?;
            self.items(summary, barrier)?;
            self.lists(summary, &barrier.quote)?;
        }
        self.more(summary.barriers.len(), MOST_BARRIERS, "in the way")
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
        self.more(items.len(), MOST_CRITERIA, "in this list")
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
        self.more(lists.len(), MOST_STATEMENTS, "such lists")
    }

    /// Uses that are handed to other policies.
    fn handed(&mut self, summary: &SummaryModel) -> io::Result<()> {
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
        self.more(handed.len(), MOST_STATEMENTS, "not addressed here")
    }

    fn covered(&mut self, summary: &SummaryModel) -> io::Result<()> {
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
        self.more(quotes.len(), MOST_STATEMENTS, "statements of coverage")
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
        self.more(criteria.len(), MOST_CRITERIA, "criteria")
    }

    fn open(&mut self, summary: &SummaryModel) -> io::Result<()> {
        let quotes = by_quote(&summary.levers);
        if quotes.is_empty() {
            return Ok(());
        }
        self.heading("OPEN")?;
        for levers in quotes.iter().take(MOST_LEVERS) {
            self.levers(levers)?;
        }
        self.more(quotes.len(), MOST_LEVERS, "open")
    }

    /// One quote with all that it opens.
    fn levers(&mut self, levers: &[&LeverModel]) -> io::Result<()> {
        let Some(first) = levers.first() else { return Ok(()) };
        self.quote(Kind::Open, &first.quote, first.page, Some(&first.section))?;
        let look = self.look;
        for lever in levers {
            let force = self.analysis.finding(&lever.finding).map(|finding| words::force(&finding.force));
            let mut notes = vec![words::lever(&lever.kind)];
            notes.extend(force);
            notes.push(whose(lever.boilerplate));
            self.notes(&notes)?;
            self.marks(&lever.finding)?;
            wrapped(self.out, look, "    use: ", 9, &lever.use_sentence, str::to_owned)?;
            if let Some(caution) = &lever.caution {
                wrapped(self.out, look, "    caution: ", 13, caution, str::to_owned)?;
            }
        }
        Ok(())
    }

    fn against_itself(&mut self, summary: &SummaryModel) -> io::Result<()> {
        if summary.contradictions.is_empty() {
            return Ok(());
        }
        self.heading("AGAINST ITSELF")?;
        for contradiction in summary.contradictions.iter().take(MOST_CONTRADICTIONS) {
            for side in contradiction.sides() {
                self.quote(Kind::AgainstItself, &side.quote, side.page, Some(&side.section))?;
            }
            self.notes(&[&contradiction.says(words::tension(&contradiction.kind))])?;
        }
        self.more(summary.contradictions.len(), MOST_CONTRADICTIONS, "against itself")
    }

    /// The limbs that fail, the studies asked for, societies in favour, and how new what it cites is.
    fn evidence(&mut self, summary: &SummaryModel) -> io::Result<()> {
        let evidence = &summary.evidence;
        let failed: Vec<_> = evidence.limbs.iter().filter_map(|limb| Some((limb, limb.failed.as_ref()?))).collect();
        if failed.is_empty() && evidence.studies.is_empty() && evidence.supporting.is_empty() {
            return Ok(());
        }
        self.heading("WHAT IT SAYS WOULD CHANGE ITS MIND")?;
        for (limb, words) in failed.iter().take(MOST_EVIDENCE) {
            self.quote(Kind::InTheWay, &words.quote, words.page, Some(&words.section))?;
            self.notes(&[&format!("it says that this is not shown: {}", limb.says)])?;
        }
        if !evidence.studies.is_empty() {
            let studies: Vec<&str> = evidence.studies.iter().map(|wanted| wanted.says.as_str()).collect();
            self.notes(&[&format!("studies that it asks for: {}", studies.join(", "))])?;
        }
        for words in evidence.supporting.iter().take(MOST_EVIDENCE) {
            self.quote(Kind::Open, &words.quote, words.page, Some(&words.section))?;
            self.notes(&["a society that it quotes in favour: words of others, printed by the payer"])?;
        }
        if let Some(year) = evidence.newest_reference {
            self.notes(&[&format!("the newest reference that it lists is of {year}")])?;
        }
        Ok(())
    }

    /// Rows of history that changed wording or levers.
    fn changed(&mut self, summary: &SummaryModel) -> io::Result<()> {
        let events: Vec<_> = summary.history.iter().filter_map(|event| Some((event, words::change(event)?))).collect();
        if events.is_empty() {
            return Ok(());
        }
        self.heading("CHANGED")?;
        for (event, change) in events.iter().take(MOST_CONTRADICTIONS) {
            self.quote(Kind::Note, &event.quote, event.page, None)?;
            let date = event.date.as_deref().unwrap_or("no date");
            self.notes(&[date, &clean(change)])?;
        }
        self.more(events.len(), MOST_CONTRADICTIONS, "changes")
    }

    fn not_said(&mut self, summary: &SummaryModel) -> io::Result<()> {
        if summary.silences.is_empty() {
            return Ok(());
        }
        self.heading("NOT SAID")?;
        for silence in &summary.silences {
            let words = format!("{}. {}", words::silence(&silence.kind), silence.usual_place);
            wrapped(self.out, self.look, "  ○ ", 4, &words, str::to_owned)?;
        }
        Ok(())
    }

    /// Sentences that events have overtaken.
    fn overtaken(&mut self, summary: &SummaryModel) -> io::Result<()> {
        for one in &summary.staleness.overtaken {
            if one == &summary.staleness.overtaken[0] {
                self.heading("OVERTAKEN")?;
            }
            self.quote(Kind::Note, &one.quote, one.page, None)?;
            self.notes(&[&format!("since {}: {} ({})", one.since, one.what, one.source)])?;
        }
        Ok(())
    }

    /// Deadlines and rules for the line of business that was told, and what no policy says.
    fn law(&mut self, summary: &SummaryModel) -> io::Result<()> {
        if summary.law.is_empty() && summary.notes.is_empty() {
            return Ok(());
        }
        self.heading("DEADLINES AND RULES (your denial letter controls)")?;
        for row in &summary.law {
            let words = format!("{} {}, checked {}", row.text, row.citation, row.checked);
            wrapped(self.out, self.look, "  ○ ", 4, &words, str::to_owned)?;
        }
        let look = self.look;
        summary.notes.iter().try_for_each(|note| wrapped(self.out, look, "  ○ ", 4, note, |line| look.faint(line)))
    }

    fn room(&mut self, score: &ScoreModel) -> io::Result<()> {
        let parts = &score.parts;
        let known = self.analysis.summary.as_ref().is_some_and(|summary| summary.staleness.is_known());
        let staleness = words::staleness_part(known, parts.staleness);
        let sum = format!(
            "ROOM {} of 100 = stance {:.1} + discretion {:.1} + law and plan {:.1} + tension {:.1}{staleness} − \
             hardness {:.1}",
            score.total,
            parts.stance,
            parts.discretion,
            parts.law,
            parts.tension,
            parts.hardness.abs()
        );
        writeln!(self.out)?;
        let look = self.look;
        wrapped(self.out, look, "", 0, &sum, |line| look.bold(line))
    }

    /// A quote with its place.
    fn quote(&mut self, kind: Kind, quote: &str, page: Option<u32>, section: Option<&SectionModel>) -> io::Result<()> {
        let heading = section.and_then(|section| section.heading.as_deref()).map(clean);
        let place: Vec<String> = page.map(|page| format!("p. {page}")).into_iter().chain(heading).collect();
        let look = self.look;
        let shape = look.painted(&kind.shape().to_string(), kind);
        wrapped(self.out, look, &format!("  {shape} "), 4, &format!("“{}”", shortened(quote)), |line| {
            line.to_owned()
        })?;
        if place.is_empty() { Ok(()) } else { self.notes(&[&place.join(", ")]) }
    }

    /// What a baseline and the suppressions say of a finding.
    fn marks(&mut self, finding: &str) -> io::Result<()> {
        let marks = words::marks(self.analysis.finding(finding));
        marks.iter().try_for_each(|mark| self.notes(&[mark]))
    }

    fn notes(&mut self, notes: &[&str]) -> io::Result<()> {
        let look = self.look;
        wrapped(self.out, look, "    ", 4, &notes.join(" · "), |line| look.faint(line))
    }

    /// How many more there are than were shown.
    fn more(&mut self, count: usize, shown: usize, what: &str) -> io::Result<()> {
        match count.checked_sub(shown) {
            None | Some(0) => Ok(()),
            Some(more) => {
                let words = format!(
                    "    … {more} more {what}: all are on the page that `fineprint show FILE --format html -o page.html` writes"
                );
                writeln!(self.out, "{}", self.look.faint(&words))
            }
        }
    }
}

/// The levers by their quote, each kind once, in the order of the strongest.
fn by_quote(levers: &[LeverModel]) -> Vec<Vec<&LeverModel>> {
    let mut quotes: Vec<Vec<&LeverModel>> = Vec::new();
    for lever in levers {
        match quotes.iter_mut().find(|known| known[0].quote == lever.quote) {
            Some(known) if known.iter().all(|other| other.kind != lever.kind) => known.push(lever),
            Some(_) => {}
            None => quotes.push(vec![lever]),
        }
    }
    quotes
}

fn whose(boilerplate: bool) -> &'static str {
    if boilerplate { "a general notice of this payer" } else { "this policy" }
}

/// A quote fit for the page: cut at a word, and the cut is shown.
fn shortened(quote: &str) -> String {
    let quote = clean(quote);
    match quote.char_indices().nth(LONGEST_QUOTE) {
        None => quote,
        Some((end, _)) => {
            let kept = &quote[..end];
            let kept = kept.rsplit_once(' ').map_or(kept, |(kept, _)| kept);
            format!("{kept} […]")
        }
    }
}
