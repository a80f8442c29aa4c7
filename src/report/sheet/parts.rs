//! The parts of the page, in the order in which an experienced advocate wants them.

use super::{Entry, Item, Kind, Part, Quote, REQUESTS, excerpt};
use crate::report::clean::clean;
use crate::report::model::{FindingModel, LeverModel, ScoreModel, StanceModel, SummaryModel};
use crate::report::{Analysis, words};

/// The longest quotes, in characters: of the table of stances (about 40 words), and of all others.
const SHORT: usize = 260;
const LONG: usize = 700;

/// The parts that have something to say.
pub(super) fn parts(analysis: &Analysis, summary: &SummaryModel) -> Vec<Part> {
    let of = Of { analysis, summary };
    let parts = [
        part("stances", "What it says of each use", 8, of.stances()),
        part("barriers", "In the way", 3, of.barriers()),
        part("levers", "Open", 5, of.levers()),
        part("criteria", "Criteria to meet", 2, of.criteria()),
        part("evidence", "What it says of the evidence", 3, of.evidence()),
        part("tensions", "Against itself", 3, of.tensions()),
        part("codes", "Codes that it names", 3, of.codes()),
        part("history", "Its history, as it prints it", 4, of.history()),
        part("silences", "Not said", 8, of.silences()),
        part("room", "Room", 1, summary.score.as_ref().map(room).into_iter().collect()),
        Part {
            intro: "Advocates ask the payer, in writing, for:".to_owned(),
            ..part("requests", "What to ask for", 9, requests())
        },
    ];
    let mut parts: Vec<Part> = parts.into_iter().filter(|part| !part.entries.is_empty()).collect();
    if let Some(levers) = parts.iter_mut().find(|part| part.id == "levers") {
        levers.intro = "Words to hold on to, the strongest first.".to_owned();
    }
    parts
}

fn part(id: &'static str, heading: &'static str, shown: usize, entries: Vec<Entry>) -> Part {
    Part { id, heading, intro: String::new(), entries, shown }
}

/// An entry with nothing but its first words.
fn plain(kind: Kind, says: String) -> Entry {
    Entry { kind, says, quotes: Vec::new(), items: Vec::new(), notes: Vec::new(), advice: Vec::new() }
}

struct Of<'a> {
    analysis: &'a Analysis,
    summary: &'a SummaryModel,
}

impl Of<'_> {
    /// The quote of a finding.
    fn quote(&self, id: &str, most: usize) -> Option<Quote> {
        self.analysis.finding(id).map(|finding| Quote {
            excerpt: excerpt(&finding.quote, &finding.matched, finding.quote_cut, most),
            page: finding.page,
            section: section(finding),
            finding: Some(finding.id.clone()),
        })
    }

    /// Words that stand in the summary and not in a finding, with the finding that they belong to.
    fn words(&self, words: &str, page: Option<u32>, finding: &str, most: usize) -> Quote {
        let known = self.analysis.finding(finding);
        Quote {
            excerpt: excerpt(words, "", false, most),
            page,
            section: known.and_then(section),
            finding: known.map(|finding| finding.id.clone()),
        }
    }

    /// Each sentence once with the list items that it reaches.
    fn stances(&self) -> Vec<Entry> {
        let mut groups: Vec<Vec<&StanceModel>> = Vec::new();
        for statement in &self.summary.stances {
            let same = |known: &&mut Vec<&StanceModel>| {
                known[0].quote == statement.quote
                    && known[0].stance == statement.stance
                    && known[0].page == statement.page
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.push(statement),
                None => groups.push(vec![statement]),
            }
        }
        groups.iter().map(|group| self.stance(group)).collect()
    }

    fn stance(&self, group: &[&StanceModel]) -> Entry {
        let first = group[0];
        let refuses = words::stance_shape(&first.stance) == '▲';
        let kind = match first.stance.as_str() {
            "covered" | "covered-with-criteria" => Kind::Open,
            _ if refuses => Kind::InTheWay,
            _ => Kind::Note,
        };
        let matched = self.analysis.finding(&first.finding).map_or("", |finding| finding.matched.as_str());
        let quote = Quote {
            excerpt: excerpt(&first.quote, matched, false, SHORT),
            ..self.words(&first.quote, first.page, &first.finding, SHORT)
        };
        let mut says = words::service_stance(&first.stance).to_owned();
        if first.residual {
            says += ", all other uses";
        }
        let items = group.iter().filter_map(|statement| {
            let item = statement.item.as_ref()?;
            Some(Item {
                level: 1,
                lead: None,
                ticked: false,
                quote: self.words(item, statement.item_page, &statement.finding, SHORT),
            })
        });
        let plans: Vec<String> = first.lines_of_business.clone();
        let notes = if plans.is_empty() { Vec::new() } else { vec![format!("for {}", plans.join(", "))] };
        Entry { quotes: vec![quote], items: items.collect(), notes, ..plain(kind, says) }
    }

    fn barriers(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for barrier in &self.summary.barriers {
            if seen.contains(&barrier.quote.as_str()) {
                continue;
            }
            seen.push(&barrier.quote);
            let Some(quote) = self.quote(&barrier.finding, LONG) else { continue };
            let finding = self.analysis.finding(&barrier.finding);
            let mut notes = vec![whose(barrier.boilerplate).to_owned()];
            notes.extend(
                finding.map(|finding| words::scope(&finding.scope).to_owned()).filter(|scope| !scope.is_empty()),
            );
            notes.extend(finding.map(|finding| words::force(&finding.force).to_owned()));
            let says = words::fight(&barrier.fight).to_owned();
            entries.push(Entry { quotes: vec![quote], notes, ..plain(Kind::InTheWay, says) });
        }
        entries
    }

    fn levers(&self) -> Vec<Entry> {
        let mut groups: Vec<Vec<&LeverModel>> = Vec::new();
        for lever in &self.summary.levers {
            match groups.iter_mut().find(|known| known[0].quote == lever.quote) {
                Some(known) if known.iter().all(|other| other.kind != lever.kind) => known.push(lever),
                Some(_) => {}
                None => groups.push(vec![lever]),
            }
        }
        groups.iter().filter_map(|group| self.lever(group)).collect()
    }

    fn lever(&self, group: &[&LeverModel]) -> Option<Entry> {
        let first = group[0];
        let quote = self.quote(&first.finding, LONG)?;
        let kinds: Vec<&str> = group.iter().map(|lever| words::lever(&lever.kind)).collect();
        let force = self.analysis.finding(&first.finding).map(|finding| words::force(&finding.force).to_owned());
        let notes = [Some(whose(first.boilerplate).to_owned()), force].into_iter().flatten().collect();
        let mut advice: Vec<(&'static str, String)> = Vec::new();
        for lever in group {
            advice.push(("use", clean(&lever.use_sentence)));
            advice.extend(lever.caution.as_deref().map(|caution| ("caution", clean(caution))));
        }
        Some(Entry { quotes: vec![quote], notes, advice, ..plain(Kind::Open, kinds.join(" · ")) })
    }

    /// The items under each statement of coverage, as a list to tick.
    fn criteria(&self) -> Vec<Entry> {
        let mut entries: Vec<(&str, Entry)> = Vec::new();
        let mut connective = "";
        for criterion in &self.summary.criteria {
            if entries.last().is_none_or(|(finding, _)| *finding != criterion.finding) {
                let entry = plain(Kind::Open, "covered when these are met".to_owned());
                entries.push((
                    &criterion.finding,
                    Entry { quotes: self.quote(&criterion.finding, SHORT).into_iter().collect(), ..entry },
                ));
                connective = "";
            }
            let lead = (criterion.connective != connective).then(|| words::connective(&criterion.connective));
            connective = &criterion.connective;
            let quote = self.words(&criterion.quote, criterion.page, &criterion.finding, LONG);
            if let Some((_, entry)) = entries.last_mut() {
                entry.items.push(Item { level: criterion.level, lead, ticked: true, quote });
            }
        }
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn evidence(&self) -> Vec<Entry> {
        let evidence = &self.summary.evidence;
        let newest = evidence
            .newest_reference
            .map(|year| plain(Kind::Note, format!("the newest study that it lists is of {year}")));
        let conclusions = evidence.conclusions.iter().filter_map(|id| {
            let quote = self.quote(id, LONG)?;
            Some(Entry { quotes: vec![quote], ..plain(Kind::Note, "the payer's conclusion".to_owned()) })
        });
        newest.into_iter().chain(conclusions).collect()
    }

    fn tensions(&self) -> Vec<Entry> {
        let entry = |contradiction: &crate::report::model::ContradictionModel| {
            let ids = [&contradiction.left, &contradiction.right];
            let sides = if ids[0] == ids[1] { &ids[..1] } else { &ids[..] };
            let quotes = sides.iter().filter_map(|id| self.quote(id, SHORT)).collect();
            Entry { quotes, ..plain(Kind::AgainstItself, words::tension(&contradiction.kind).to_owned()) }
        };
        self.summary.contradictions.iter().map(entry).collect()
    }

    /// One entry for each kind of table, its codes in the order of the document.
    fn codes(&self) -> Vec<Entry> {
        let mut tables: Vec<(&str, Vec<String>)> = Vec::new();
        for code in &self.summary.codes {
            let table = words::code_table(&code.table);
            let page = code.page.map(|page| format!(" (p. {page})")).unwrap_or_default();
            let named = format!("{}{page}", clean(&code.code));
            match tables.iter_mut().find(|(known, _)| *known == table) {
                Some((_, codes)) if !codes.contains(&named) => codes.push(named),
                Some(_) => {}
                None => tables.push((table, vec![named])),
            }
        }
        let entry = |(table, codes): (&str, Vec<String>)| {
            let more = codes.len().saturating_sub(MOST_CODES);
            let mut listed = codes.into_iter().take(MOST_CODES).collect::<Vec<_>>().join(", ");
            if more > 0 {
                listed += &format!(" and {more} more, which the table of codes holds");
            }
            Entry { notes: vec![listed], ..plain(Kind::Note, table.to_owned()) }
        };
        tables.into_iter().map(entry).collect()
    }

    fn history(&self) -> Vec<Entry> {
        let entry = |event: &crate::report::model::HistoryModel| {
            let quote = self.words(&event.quote, event.page, "", SHORT);
            let says = event.date.clone().unwrap_or_else(|| "no date".to_owned());
            Entry { quotes: vec![quote], ..plain(Kind::Note, says) }
        };
        self.summary.history.iter().map(entry).collect()
    }

    fn silences(&self) -> Vec<Entry> {
        let silences = self.summary.silences.iter();
        silences.map(|silence| plain(Kind::Note, words::silence(&silence.kind).to_owned())).collect()
    }
}

/// How many codes of a table stand on the page.
const MOST_CODES: usize = 24;

/// The heading under which a finding stands.
fn section(finding: &FindingModel) -> Option<String> {
    let heading = finding.section.heading.as_deref().map(|heading| excerpt(heading, "", false, 60).words);
    heading.filter(|heading| !heading.is_empty())
}

pub(super) fn whose(boilerplate: bool) -> &'static str {
    if boilerplate { "a general notice of this payer" } else { "this policy's own words" }
}

fn room(score: &ScoreModel) -> Entry {
    let parts = &score.parts;
    let sum = format!(
        "stance {:.1} + discretion {:.1} + law and plan {:.1} + tension {:.1} + staleness {:.1} − hardness {:.1}",
        parts.stance,
        parts.discretion,
        parts.law,
        parts.tension,
        parts.staleness,
        parts.hardness.abs()
    );
    let meaning = "What the words of this policy leave, from 0 to 100. It forecasts nothing.".to_owned();
    Entry { notes: vec![format!("= {sum}"), meaning], ..plain(Kind::Note, format!("{} of 100", score.total)) }
}

fn requests() -> Vec<Entry> {
    REQUESTS.iter().map(|request| plain(Kind::Note, (*request).to_owned())).collect()
}
