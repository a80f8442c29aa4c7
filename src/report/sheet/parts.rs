//! The parts of the page, in the order in which an experienced advocate wants them.

use std::collections::BTreeMap;

use super::{Entry, Item, Kind, Part, Quote, REQUESTS, excerpt};
use crate::report::clean::clean;
use crate::report::model::{
    ContradictionModel, FindingModel, LawModel, LeverModel, OvertakenModel, ScoreModel, SectionModel, SideModel,
    SilenceModel, StanceModel, SummaryModel,
};
use crate::report::{Analysis, words};

/// The longest quotes, in characters: of the table of stances (about 40 words), and of all others.
pub(super) const SHORT: usize = 260;
pub(super) const LONG: usize = 700;

/// How many lists are named of which a clause is the rest.
const MOST_LISTS: usize = 2;

/// The parts that have something to say.
pub(super) fn parts(analysis: &Analysis, summary: &SummaryModel) -> Vec<Part> {
    let of = Of { findings: analysis.findings_by_id(), summary };
    let parts = [
        part("stances", "What it says of each use", 8, of.stances()),
        part("barriers", "In the way", 3, of.barriers()),
        part("levers", "Open", 5, of.levers()),
        part("criteria", "Criteria to meet", 2, of.criteria()),
        part("evidence", "What it says would change its mind", 2, of.evidence()),
        part("tensions", "Against itself", 3, of.tensions()),
        part("codes", "Codes that it names", 3, of.codes()),
        part("history", "Its history, as it prints it", 4, of.history()),
        part("overtaken", "Overtaken since", 3, of.overtaken()),
        part("silences", "Not said", 8, of.silences()),
        Part { intro: CONTROLS.to_owned(), ..part("law", "Deadlines and rules", 3, of.law()) },
        part(
            "room",
            "Room",
            1,
            summary.score.as_ref().map(|score| room(score, summary.staleness.is_known())).into_iter().collect(),
        ),
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
pub(super) fn plain(kind: Kind, says: String) -> Entry {
    Entry { kind, says, quotes: Vec::new(), items: Vec::new(), notes: Vec::new(), advice: Vec::new() }
}

pub(super) struct Of<'a> {
    findings: BTreeMap<&'a str, &'a FindingModel>,
    pub(super) summary: &'a SummaryModel,
}

impl Of<'_> {
    fn finding(&self, id: &str) -> Option<&FindingModel> {
        self.findings.get(id).copied()
    }

    /// The quote of a finding.
    pub(super) fn quote(&self, id: &str, most: usize) -> Option<Quote> {
        self.finding(id).map(|finding| Quote {
            excerpt: excerpt(&finding.quote, &finding.matched, finding.quote_cut, most),
            page: finding.page,
            section: section(finding),
            finding: Some(finding.id.clone()),
        })
    }

    /// Words that stand in the summary and not in a finding, with the finding that they belong to.
    fn words(&self, words: &str, page: Option<u32>, finding: &str, most: usize) -> Quote {
        let known = self.finding(finding);
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
        let matched = self.finding(&first.finding).map_or("", |finding| finding.matched.as_str());
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
            let quote = self.words(item, statement.item_page, &statement.finding, SHORT);
            Some(Item { level: 1, lead: None, ticked: false, quote })
        });
        let items = items.chain(self.lists(first)).collect();
        let mut notes = stance_notes(first);
        notes.extend(words::marks(self.finding(&first.finding)));
        Entry { quotes: vec![quote], items, notes, ..plain(kind, says) }
    }

    /// For a clause on all other uses: the statements of whose lists it is the rest.
    fn lists(&self, statement: &StanceModel) -> Vec<Item> {
        let mut items = Vec::new();
        // What they say stands above in full; here they are named.
        for id in statement.lists.iter().take(MOST_LISTS) {
            let Some(quote) = self.quote(id, SHORT) else { continue };
            let lead = items.is_empty().then(|| "the rest of what these name:".to_owned());
            items.push(Item { level: 1, lead, ticked: false, quote });
        }
        items
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
            let finding = self.finding(&barrier.finding);
            let mut notes = vec![whose(barrier.boilerplate).to_owned()];
            notes.extend(
                finding.map(|finding| words::scope(&finding.scope).to_owned()).filter(|scope| !scope.is_empty()),
            );
            notes.extend(finding.map(|finding| words::force(&finding.force).to_owned()));
            notes.extend(words::marks(finding));
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
        let finding = self.finding(&first.finding);
        let force = finding.map(|finding| words::force(&finding.force).to_owned());
        let notes = [Some(whose(first.boilerplate).to_owned()), force].into_iter().flatten();
        let notes = notes.chain(words::marks(finding)).collect();
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

    fn tensions(&self) -> Vec<Entry> {
        let entry = |contradiction: &ContradictionModel| {
            let quotes = contradiction.sides().map(|side| self.side(side)).collect();
            let says = clean(&contradiction.says(words::tension(&contradiction.kind)));
            Entry { quotes, ..plain(Kind::AgainstItself, says) }
        };
        self.summary.contradictions.iter().map(entry).collect()
    }

    fn side(&self, side: &SideModel) -> Quote {
        let own = side.finding.as_deref().and_then(|id| self.quote(id, SHORT));
        own.unwrap_or_else(|| placed(&side.quote, side.page, &side.section, SHORT))
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
            let notes = words::change(event).into_iter().map(|words| clean(&words)).collect();
            Entry { quotes: vec![quote], notes, ..plain(Kind::Note, says) }
        };
        self.summary.history.iter().map(entry).collect()
    }

    fn silences(&self) -> Vec<Entry> {
        let silences = self.summary.silences.iter();
        let entry = |silence: &SilenceModel| Entry {
            notes: vec![clean(&silence.usual_place)],
            ..plain(Kind::Note, words::silence(&silence.kind).to_owned())
        };
        silences.map(entry).collect()
    }

    /// Sentences that events have overtaken.
    fn overtaken(&self) -> Vec<Entry> {
        let entry = |one: &OvertakenModel| Entry {
            quotes: vec![self.words(&one.quote, one.page, "", LONG)],
            notes: vec![clean(&format!("{} ({})", one.what, one.source))],
            ..plain(Kind::AgainstItself, clean(&format!("since {}", one.since)))
        };
        self.summary.staleness.overtaken.iter().map(entry).collect()
    }

    /// Deadlines and rules for the line of business that was told, then what no policy says.
    fn law(&self) -> Vec<Entry> {
        let row = |row: &LawModel| Entry {
            notes: vec![clean(&row.citation), clean(&format!("checked {}", row.checked))],
            ..plain(Kind::Note, clean(&row.text))
        };
        let note = |note: &String| plain(Kind::Note, clean(note));
        self.summary.law.iter().map(row).chain(self.summary.notes.iter().map(note)).collect()
    }
}

/// What stands above deadlines.
const CONTROLS: &str = "Your denial letter controls: where it names another time or way, follow the letter.";

/// For whom, handed to which policies, and how much room the words leave for this use.
fn stance_notes(statement: &StanceModel) -> Vec<String> {
    let whom: Vec<&str> = statement.lines_of_business.iter().chain(&statement.states).map(String::as_str).collect();
    let named = |label: &str, words: String| (!words.is_empty()).then(|| clean(&format!("{label} {words}")));
    let room = statement.score.as_ref().map(|score| format!("room {}", score.total));
    let handed = named("handed to:", statement.hands_to.join(", "));
    [named("for", whom.join(", ")), handed, room].into_iter().flatten().collect()
}

/// Words that stand in the summary with their place.
pub(super) fn placed(words: &str, page: Option<u32>, section: &SectionModel, most: usize) -> Quote {
    Quote { excerpt: excerpt(words, "", false, most), page, section: heading(section), finding: None }
}

/// How many codes of a table stand on the page.
const MOST_CODES: usize = 24;

/// The heading under which a finding stands.
fn section(finding: &FindingModel) -> Option<String> {
    heading(&finding.section)
}

fn heading(section: &SectionModel) -> Option<String> {
    let heading = section.heading.as_deref().map(|heading| excerpt(heading, "", false, 60).words);
    heading.filter(|heading| !heading.is_empty())
}

pub(super) fn whose(boilerplate: bool) -> &'static str {
    if boilerplate { "a general notice of this payer" } else { "this policy's own words" }
}

fn room(score: &ScoreModel, known: bool) -> Entry {
    let parts = &score.parts;
    let sum = format!(
        "stance {:.1} + discretion {:.1} + law and plan {:.1} + tension {:.1}{} − hardness {:.1}",
        parts.stance,
        parts.discretion,
        parts.law,
        parts.tension,
        words::staleness_part(known, parts.staleness),
        parts.hardness.abs()
    );
    let meaning = "What the words of this policy leave, from 0 to 100. It forecasts nothing.".to_owned();
    Entry { notes: vec![format!("= {sum}"), meaning], ..plain(Kind::Note, format!("{} of 100", score.total)) }
}

fn requests() -> Vec<Entry> {
    REQUESTS.iter().map(|request| plain(Kind::Note, (*request).to_owned())).collect()
}
