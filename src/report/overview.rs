//! What an overview of many policies keeps of each: a few short strings, however long the document.

use super::agreement::names;
use super::model::{StanceModel, SummaryModel};
use super::sheet::{Sheet, review, why_not_read};
use super::{Analysis, words};

/// One policy in an overview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) path: String,
    pub(super) sha256: Option<String>,
    pub(super) payer: String,
    pub(super) title: String,
    /// Identifier of the document's stance; empty where it was not read.
    pub(super) stance: String,
    pub(super) room: Option<u8>,
    pub(super) in_the_way: String,
    pub(super) open: String,
    /// The next review and how it stands, in words.
    pub(super) review: String,
    /// The next review as printed, `YYYY-MM-DD`.
    pub(super) next_review: Option<String>,
    pub(super) levers: Vec<String>,
    pub(super) services: Vec<Service>,
    /// Lines of business and states, in words.
    pub(super) plans: String,
    /// By what names others may hand a use to it, and to which policies it hands one.
    pub(super) names: Vec<String>,
    pub(super) hands_to: Vec<String>,
    /// How many of its findings people accepted and rejected.
    pub(super) corrected: (usize, usize),
    pub(super) not_read: Option<String>,
    pub(super) partly: bool,
}

/// What a policy says of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Service {
    /// The topic's identifier, or `other`.
    pub(super) topic: String,
    /// Identifier of the stance over all statements on it.
    pub(super) stance: &'static str,
    /// The least and the most room that they leave.
    pub(super) room: (u8, u8),
    /// The first of them.
    pub(super) finding: String,
}

impl Line {
    pub(super) fn of(analysis: &Analysis) -> Line {
        let sheet = Sheet::of(analysis);
        let summary = analysis.summary.as_ref().filter(|_| !analysis.is_unread());
        let barrier = summary.and_then(|summary| summary.barriers.first());
        let lever = summary.and_then(|summary| summary.levers.first());
        let mut kinds: Vec<String> =
            summary.iter().flat_map(|summary| &summary.levers).map(|lever| lever.kind.clone()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Line {
            path: super::clean::clean(&analysis.source.path),
            sha256: analysis.source.sha256.clone(),
            payer: words::payer(analysis),
            title: sheet.title,
            stance: summary.map(|summary| summary.stance.clone()).unwrap_or_default(),
            room: summary.and_then(|summary| summary.score.as_ref()).map(|score| score.total),
            in_the_way: barrier.map_or(String::new(), |barrier| words::fight(&barrier.fight).to_owned()),
            open: lever.map_or(String::new(), |lever| words::lever(&lever.kind).to_owned()),
            review: review(analysis),
            next_review: analysis.policy.next_review_date.clone(),
            levers: kinds,
            services: services(analysis),
            plans: plans(analysis),
            names: names(analysis).collect(),
            hands_to: summary.map(hands_to).unwrap_or_default(),
            corrected: analysis.corrected(),
            not_read: analysis.is_unread().then(|| why_not_read(analysis)),
            partly: analysis.is_partly_read(),
        }
    }

    /// The stance with its shape.
    pub(super) fn stance_words(&self) -> String {
        format!("{} {}", words::stance_shape(&self.stance), words::stance(&self.stance))
    }
}

/// What is said of corrections by hand over several policies; `None` where there are none.
pub(super) fn corrections<'l>(lines: impl Iterator<Item = &'l Line>) -> Option<String> {
    let sum = |(accepted, rejected), line: &Line| (accepted + line.corrected.0, rejected + line.corrected.1);
    words::corrections(lines.fold((0, 0), sum))
}

/// For whom the policy is, in words.
pub(crate) fn plans(analysis: &Analysis) -> String {
    let policy = &analysis.policy;
    let parts: Vec<&str> = policy.lines_of_business.iter().chain(&policy.states).map(String::as_str).collect();
    super::clean::clean(&parts.join(", "))
}

/// The policies to which its statements hand a use, each once.
fn hands_to(summary: &SummaryModel) -> Vec<String> {
    let mut names: Vec<String> = summary.stances.iter().flat_map(|statement| &statement.hands_to).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The topic of what belongs to none.
pub(super) const OTHER: &str = "other";

/// Each service of the policy's binding statements, in the order of the document. A statement is about the topic
/// whose words are nearest to its own; others are but mentioned.
fn services(analysis: &Analysis) -> Vec<Service> {
    let mut found: Vec<(&str, Vec<(&StanceModel, u8)>)> = Vec::new();
    for statement in analysis.summary.iter().flat_map(|summary| &summary.stances) {
        let Some(score) = &statement.score else { continue };
        let topic = statement.topics.first().map_or(OTHER, String::as_str);
        match found.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, statements)) => statements.push((statement, score.total)),
            None => found.push((topic, vec![(statement, score.total)])),
        }
    }
    let service = |(topic, statements): (&str, Vec<(&StanceModel, u8)>)| {
        let stances: Vec<&str> = statements.iter().map(|(statement, _)| statement.stance.as_str()).collect();
        let rooms = || statements.iter().map(|(_, room)| *room);
        Service {
            topic: topic.to_owned(),
            stance: overall(&stances),
            room: (rooms().min().unwrap_or_default(), rooms().max().unwrap_or_default()),
            finding: statements[0].0.finding.clone(),
        }
    };
    found.into_iter().map(service).collect()
}

/// One stance for several statements.
fn overall(stances: &[&str]) -> &'static str {
    let any = |wanted: &str| stances.contains(&wanted);
    let covered = any("covered") || any("covered-with-criteria");
    let refused = stances.iter().any(|stance| words::stance_shape(stance) == '▲');
    match (covered, refused) {
        (true, true) => "mixed",
        (true, false) if any("covered-with-criteria") => "covered-with-criteria",
        (true, false) => "covered",
        (false, true) => "not-covered",
        (false, false) => "silent",
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Service, overall, services};
    use crate::pipeline::{Input, Place, Told};
    use crate::report::agreement::Disagreements;
    use crate::report::html::read_whole;

    #[test]
    fn one_stance_stands_for_several() {
        assert_eq!(overall(&["covered", "investigational"]), "mixed");
        assert_eq!(overall(&["covered", "covered-with-criteria"]), "covered-with-criteria");
        assert_eq!(overall(&["excluded", "not-addressed"]), "not-covered");
        assert_eq!(overall(&["not-addressed"]), "silent");
    }

    #[test]
    fn a_payer_that_nobody_stated_is_one_for_each_document() {
        let input = |path: &str, words: &str| Input {
            path: path.to_owned(),
            place: Place::Bytes(format!("POLICY\n\nPlatelet-rich plasma is considered {words}.\n").into_bytes()),
            told: Told::default(),
        };
        let analyses = read_whole(&[input("a/p.txt", "investigational"), input("b/p.txt", "medically necessary")]);
        let lines: Vec<Line> = analyses.iter().map(Line::of).collect();
        assert_eq!(lines[0].payer, "payer not stated (a/p.txt)");
        let found = Disagreements::of(lines.iter());
        assert_eq!((found.within.len(), found.between.len()), (0, 1), "they are two payers");
    }

    #[test]
    fn a_service_that_is_but_mentioned_has_no_cell() {
        let text = "Alder Health Plan Medical Policy\n\nPOLICY\n\nPlatelet-rich plasma is considered investigational. \n\n\
                    DESCRIPTION\n\nMesenchymal stem cells are cells that can become others.\n";
        let input =
            Input { path: "a.txt".to_owned(), place: Place::Bytes(text.as_bytes().to_vec()), told: Told::default() };
        let analyses = read_whole(&[input]);
        let found = services(&analyses[0]);
        let statement = &analyses[0].summary.as_ref().expect("it was read").stances[0];
        let room = statement.score.as_ref().expect("it is binding").total;
        let expected = Service {
            topic: "prp".to_owned(),
            stance: "not-covered",
            room: (room, room),
            finding: statement.finding.clone(),
        };
        assert_eq!(found, [expected]);
    }
}
