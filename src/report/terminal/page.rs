//! One policy on one page.

use std::io::{self, Write};

use super::Look;
use super::paint::{self, Kind, wrapped};
use crate::report::clean::clean;
use crate::report::model::{LeverModel, ScoreModel, SectionModel, SummaryModel};
use crate::report::{Analysis, words};

/// How many of each are shown; the HTML page holds all.
const MOST_LEVERS: usize = 5;
const MOST_CONTRADICTIONS: usize = 3;
const MOST_EVIDENCE: usize = 3;

/// The longest quote shown, in characters.
const LONGEST_QUOTE: usize = 420;

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

/// The page while it is written; `page_head` and `page_stance` write their parts of it.
pub(super) struct Page<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) analysis: &'a Analysis,
    pub(super) look: Look,
}

impl Page<'_> {
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

    pub(super) fn heading(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.look.bold(words))
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
        self.more(quotes.len(), MOST_LEVERS, ["open"; 2])
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
        self.more(summary.contradictions.len(), MOST_CONTRADICTIONS, ["against itself"; 2])
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
        self.more(events.len(), MOST_CONTRADICTIONS, ["change", "changes"])
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
    pub(super) fn quote(
        &mut self,
        kind: Kind,
        quote: &str,
        page: Option<u32>,
        section: Option<&SectionModel>,
    ) -> io::Result<()> {
        let heading = section.and_then(|section| section.heading.as_deref()).map(clean);
        let place: Vec<String> = page.map(|page| format!("p. {page}")).into_iter().chain(heading).collect();
        let look = self.look;
        let shape = look.painted(&kind.shape().to_string(), kind);
        wrapped(self.out, look, &format!("  {shape} "), 4, &format!("“{}”", shortened(quote)), |line| {
            line.to_owned()
        })?;
        if place.is_empty() {
            return Ok(());
        }
        let path = &self.analysis.source.path;
        let paint = |line: &str| look.linked(&look.faint(line), path, page);
        wrapped(self.out, look, "    ", 4, &place.join(", "), paint)
    }

    /// What a baseline and the suppressions say of a finding.
    pub(super) fn marks(&mut self, finding: &str) -> io::Result<()> {
        let marks = words::marks(self.analysis.finding(finding));
        marks.iter().try_for_each(|mark| self.notes(&[mark]))
    }

    pub(super) fn notes(&mut self, notes: &[&str]) -> io::Result<()> {
        let look = self.look;
        wrapped(self.out, look, "    ", 4, &notes.join(" · "), |line| look.faint(line))
    }

    /// How many more there are than were shown.
    pub(super) fn more(&mut self, count: usize, shown: usize, what: [&str; 2]) -> io::Result<()> {
        match count.checked_sub(shown) {
            None | Some(0) => Ok(()),
            Some(more) => {
                let [one, several] = what;
                let what = if more == 1 { one } else { several };
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

pub(super) fn whose(boilerplate: bool) -> &'static str {
    if boilerplate { "a general notice of this payer" } else { "this policy" }
}

/// A quote fit for the page: cut at a word, and the cut is shown.
pub(super) fn shortened(quote: &str) -> String {
    paint::shortened(&clean(quote), LONGEST_QUOTE)
}
