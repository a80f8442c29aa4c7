//! The leverage summary as JSON.

use serde::{Deserialize, Serialize};

use super::finding::SectionModel;
use super::place::Places;
use crate::finding::{Finding, FindingId};
use crate::rules::LawRow;
use crate::summary::{
    Barrier, Change, CodeMention, Contradiction, Criterion, Evidence, HistoryEvent, Lever, LeverageSummary, Limb,
    Score, Side, Silence, Staleness, Statement, Tenths, Wanted,
};
use crate::text::Span;

/// The leverage summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SummaryModel {
    /// The document's stance.
    pub stance: String,
    /// Every binding statement, in document order.
    pub stances: Vec<StanceModel>,
    /// Strongest first.
    pub barriers: Vec<BarrierModel>,
    /// Strongest first.
    pub levers: Vec<LeverModel>,
    /// The items under conditional coverage, in document order.
    pub criteria: Vec<CriterionModel>,
    /// Two places that do not fit together.
    pub contradictions: Vec<ContradictionModel>,
    /// What policies usually say and this one does not.
    pub silences: Vec<SilenceModel>,
    /// Rows of the policy's history.
    pub history: Vec<HistoryModel>,
    /// What the policy says of evidence.
    pub evidence: EvidenceModel,
    /// How old it is.
    pub staleness: StalenessModel,
    /// Codes.
    pub codes: Vec<CodeModel>,
    /// Deadlines and rules for the line of business and state that were told; the denial letter controls.
    pub law: Vec<LawModel>,
    /// What no policy says, in fineprint's words; beside `law` only.
    pub notes: Vec<String>,
    /// `null` where there is no stance to score.
    pub score: Option<ScoreModel>,
}

/// One binding statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StanceModel {
    /// What is covered or refused.
    pub service: Option<String>,
    /// For what.
    pub indication: Option<String>,
    /// For whom.
    pub lines_of_business: Vec<String>,
    /// In which states, where the statement names them.
    pub states: Vec<String>,
    /// What it is about, nearest words first.
    pub topics: Vec<String>,
    /// What it says.
    pub stance: String,
    /// Whether it sweeps in every use that is not listed.
    pub residual: bool,
    /// The sentence or lead-in.
    pub quote: String,
    /// The list item that names the service.
    pub item: Option<String>,
    /// The page of the quote.
    pub page: Option<u32>,
    /// The page of the item.
    pub item_page: Option<u32>,
    /// Its section.
    pub section: SectionModel,
    /// For a clause on all other uses: the findings of the statements of whose lists it is the rest.
    pub lists: Vec<String>,
    /// The policies to which the use is handed, by their names here.
    pub hands_to: Vec<String>,
    /// The finding.
    pub finding: String,
    /// The room that the words leave for it; `null` where it is not addressed.
    pub score: Option<ScoreModel>,
}

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BarrierModel {
    /// The finding.
    pub finding: String,
    /// What kind of fight it is.
    pub fight: String,
    /// Points, 0 or less.
    pub severity: f64,
    /// The words.
    pub quote: String,
    /// Their page.
    pub page: Option<u32>,
    /// Their section.
    pub section: SectionModel,
    /// A general notice of the payer.
    pub boilerplate: bool,
}

/// What an advocate can hold on to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeverModel {
    /// The finding.
    pub finding: String,
    /// Its kind.
    pub kind: String,
    /// A general notice of the payer.
    pub boilerplate: bool,
    /// Points.
    pub strength: f64,
    /// The words.
    pub quote: String,
    /// Their page.
    pub page: Option<u32>,
    /// Their section.
    pub section: SectionModel,
    /// How advocates use it.
    pub use_sentence: String,
    /// What to be careful of.
    pub caution: Option<String>,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionModel {
    /// The coverage statement.
    pub finding: String,
    /// The list item.
    pub quote: String,
    /// Its page.
    pub page: Option<u32>,
    /// Depth from 1.
    pub level: u8,
    /// How the items of its list belong together: `all`, `1 of`, `none`, `unstated`.
    pub connective: String,
}

/// Two places that do not fit together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContradictionModel {
    /// What kind.
    pub kind: String,
    /// The code that it is about, where it is about one.
    pub code: Option<String>,
    /// One side.
    pub left: SideModel,
    /// The other; the same where the tension lies within one sentence.
    pub right: SideModel,
}

impl ContradictionModel {
    /// What is wrong in plain words, `of` for its kind, with the code.
    pub(crate) fn says(&self, of: &str) -> String {
        self.code.as_ref().map_or_else(|| of.to_owned(), |code| format!("{of}: {code}"))
    }

    /// The sides, one where both are the same words.
    pub fn sides(&self) -> impl Iterator<Item = &SideModel> {
        [&self.left, &self.right].into_iter().take(if self.left == self.right { 1 } else { 2 })
    }
}

/// One side of a contradiction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideModel {
    /// The finding that the words belong to, where there is one.
    pub finding: Option<String>,
    /// The words.
    pub quote: String,
    /// Their page.
    pub page: Option<u32>,
    /// Their section.
    pub section: SectionModel,
}

/// What is not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceModel {
    /// What kind.
    pub kind: String,
    /// Where such words usually stand.
    pub usual_place: String,
}

/// A deadline or rule for the line of business and state that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawModel {
    /// A stable name.
    pub id: String,
    /// `deadline` or `rule`; the denial letter controls in any case.
    pub kind: String,
    /// What it says, in fineprint's words.
    pub text: String,
    /// Where it stands.
    pub citation: String,
    /// The day on which somebody checked it.
    pub checked: String,
}

/// A sentence that a dated fact has overtaken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OvertakenModel {
    /// The sentence.
    pub quote: String,
    /// Its page.
    pub page: Option<u32>,
    /// The day of the event.
    pub since: String,
    /// What happened, in fineprint's words.
    pub what: String,
    /// Who says so.
    pub source: String,
}

/// A row of history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryModel {
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The row.
    pub quote: String,
    /// Its page.
    pub page: Option<u32>,
    /// `wording`, `lever-withdrawn` or `lever-added`; `null` where no change could be told.
    pub change: Option<String>,
    /// The old words of a change of wording.
    pub from: Option<String>,
    /// The new words of a change of wording.
    pub to: Option<String>,
    /// The kind of the lever that was withdrawn or added.
    pub lever: Option<String>,
}

/// What the policy says of evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceModel {
    /// The year of the newest reference.
    pub newest_reference: Option<i16>,
    /// The newest reference that is a guideline or consensus.
    pub newest_guideline: Option<PlacedModel>,
    /// The limbs of the payer's test of evidence.
    pub limbs: Vec<LimbModel>,
    /// The kinds of studies that it asks for or misses.
    pub studies: Vec<WantedModel>,
    /// Sentences in which the policy quotes a society in favour.
    pub supporting: Vec<PlacedModel>,
    /// Findings that are the payer's own conclusions.
    pub conclusions: Vec<String>,
}

/// One limb of a payer's test of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimbModel {
    /// A stable name.
    pub id: String,
    /// What it asks, in fineprint's words.
    pub says: String,
    /// Where the policy states it.
    pub stated: Option<PlacedModel>,
    /// Where the policy says that it fails.
    pub failed: Option<PlacedModel>,
}

/// A kind of study that the payer asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedModel {
    /// A stable name.
    pub id: String,
    /// What it is, in fineprint's words.
    pub says: String,
    /// The sentence.
    pub quote: String,
    /// Its page.
    pub page: Option<u32>,
    /// Its section.
    pub section: SectionModel,
}

/// Words with their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedModel {
    /// The words.
    pub quote: String,
    /// Their page.
    pub page: Option<u32>,
    /// Their section.
    pub section: SectionModel,
}

/// How old the text is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StalenessModel {
    /// The day measured against; `null` makes the state unknown.
    pub as_of: Option<String>,
    /// `unknown`, `no-date-printed`, `in-date`, `due-soon` or `overdue`.
    pub state: String,
    /// A yearly review was assumed.
    pub assumed_yearly: bool,
    /// Whole months.
    pub months_overdue: u32,
    /// The newest reference is three years or more older than the last review.
    pub evidence_not_refreshed: bool,
    /// Sentences that dated facts have overtaken.
    pub overtaken: Vec<OvertakenModel>,
}

impl StalenessModel {
    /// Whether the policy is overdue by a review date that it prints itself, by a month at least.
    #[must_use]
    pub fn is_overdue_as_printed(&self) -> bool {
        self.state == "overdue" && !self.assumed_yearly && self.months_overdue > 0
    }

    /// How far a review is overdue, in plain words.
    pub(in crate::report) fn overdue(&self) -> String {
        match self.months_overdue {
            0 => "overdue by less than a month".to_owned(),
            1 => "1 month overdue".to_owned(),
            months => format!("{months} months overdue"),
        }
    }

    /// Whether the day to measure against and a date to measure were both there.
    pub(in crate::report) fn is_known(&self) -> bool {
        !matches!(self.state.as_str(), "unknown" | "no-date-printed")
    }
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeModel {
    /// The code.
    pub code: String,
    /// Its system.
    pub system: String,
    /// In which table.
    pub table: String,
    /// Its page.
    pub page: Option<u32>,
}

/// The score with its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreModel {
    /// 0 to 100.
    pub total: u8,
    /// Points, in tenths.
    pub parts: PartsModel,
}

/// The six parts; their sum, rounded half up and clamped to 0..100, is the total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the contract's")]
pub struct PartsModel {
    pub stance: f64,
    pub discretion: f64,
    pub law: f64,
    pub tension: f64,
    pub staleness: f64,
    pub hardness: f64,
}

/// Findings by id, for the words behind a line of the summary.
struct Lookup<'a, 'd> {
    places: &'a Places<'d>,
    findings: &'a [Finding],
}

impl Lookup<'_, '_> {
    fn quoted(&self, id: &FindingId) -> (String, Option<u32>, SectionModel) {
        let Some(finding) = self.findings.iter().find(|finding| finding.id == *id) else {
            return (String::new(), None, SectionModel { tier: None, heading: None });
        };
        let section =
            SectionModel { tier: finding.tier.map(|tier| tier.id().to_owned()), heading: finding.heading.clone() };
        (self.places.quote(finding.sentence).0, self.places.page(finding.sentence), section)
    }
}

impl SummaryModel {
    pub(super) fn of(summary: &LeverageSummary, places: &Places<'_>, findings: &[Finding]) -> SummaryModel {
        let lookup = Lookup { places, findings };
        SummaryModel {
            stance: summary.stance.id().to_owned(),
            stances: summary.stances.iter().map(|statement| stance(statement, &lookup)).collect(),
            barriers: summary.barriers.iter().map(|one| barrier(one, &lookup)).collect(),
            levers: summary.levers.iter().map(|one| lever(one, &lookup)).collect(),
            criteria: summary.criteria.iter().map(|one| criterion(one, places)).collect(),
            contradictions: summary.contradictions.iter().map(|one| contradiction(one, places)).collect(),
            silences: summary.silences.iter().copied().map(silence).collect(),
            history: summary.history.iter().map(|event| history(event, places)).collect(),
            evidence: evidence(&summary.evidence, places),
            staleness: staleness(&summary.staleness, places),
            codes: summary.codes.iter().map(|mention| code(mention, places)).collect(),
            law: summary.law.iter().map(law).collect(),
            notes: summary.notes.iter().map(|note| note.text.clone()).collect(),
            score: summary.score.as_ref().map(score),
        }
    }
}

fn stance(statement: &Statement, lookup: &Lookup<'_, '_>) -> StanceModel {
    let places = lookup.places;
    StanceModel {
        service: statement.service.clone(),
        indication: statement.indication.clone(),
        lines_of_business: statement.lines_of_business.iter().map(|lob| lob.id().to_owned()).collect(),
        states: statement.states.iter().map(|state| state.code().to_owned()).collect(),
        topics: statement.topics.clone(),
        stance: statement.stance.id().to_owned(),
        residual: statement.residual,
        quote: places.quote(statement.quote).0,
        item: statement.item.map(|item| places.quote(item).0),
        page: places.page(statement.quote),
        item_page: statement.item.and_then(|item| places.page(item)),
        section: lookup.quoted(&statement.finding).2,
        lists: statement.lists.iter().map(|id| id.0.clone()).collect(),
        hands_to: statement.hands_to.iter().map(|span| places.words(*span)).collect(),
        finding: statement.finding.0.clone(),
        score: statement.score.as_ref().map(score),
    }
}

fn barrier(barrier: &Barrier, lookup: &Lookup<'_, '_>) -> BarrierModel {
    let (quote, page, section) = lookup.quoted(&barrier.finding);
    BarrierModel {
        finding: barrier.finding.0.clone(),
        fight: barrier.fight.id().to_owned(),
        severity: points(barrier.severity),
        quote,
        page,
        section,
        boilerplate: lookup.findings.iter().any(|finding| finding.id == barrier.finding && finding.boilerplate),
    }
}

fn lever(lever: &Lever, lookup: &Lookup<'_, '_>) -> LeverModel {
    let (quote, page, section) = lookup.quoted(&lever.finding);
    LeverModel {
        finding: lever.finding.0.clone(),
        kind: lever.kind.id().to_owned(),
        boilerplate: lever.boilerplate,
        strength: points(lever.strength),
        quote,
        page,
        section,
        use_sentence: lever.use_sentence.to_owned(),
        caution: lever.caution.map(str::to_owned),
    }
}

fn criterion(criterion: &Criterion, places: &Places<'_>) -> CriterionModel {
    CriterionModel {
        finding: criterion.finding.0.clone(),
        quote: places.quote(criterion.quote).0,
        page: places.page(criterion.quote),
        level: criterion.level,
        connective: criterion.connective.id(),
    }
}

fn contradiction(contradiction: &Contradiction, places: &Places<'_>) -> ContradictionModel {
    ContradictionModel {
        kind: contradiction.tension.id().to_owned(),
        code: contradiction.code.clone(),
        left: side(&contradiction.left, places),
        right: side(&contradiction.right, places),
    }
}

fn side(side: &Side, places: &Places<'_>) -> SideModel {
    SideModel {
        finding: side.finding.as_ref().map(|id| id.0.clone()),
        quote: places.quote(side.quote).0,
        page: places.page(side.quote),
        section: places.section(side.quote),
    }
}

fn silence(silence: Silence) -> SilenceModel {
    SilenceModel { kind: silence.id().to_owned(), usual_place: silence.usual_place().to_owned() }
}

fn history(event: &HistoryEvent, places: &Places<'_>) -> HistoryModel {
    let (change, from, to, lever) = match event.change {
        None => (None, None, None, None),
        Some(Change::Wording { from, to }) => (Some("wording"), Some(places.words(from)), Some(places.words(to)), None),
        Some(Change::LeverWithdrawn(kind)) => (Some("lever-withdrawn"), None, None, Some(kind)),
        Some(Change::LeverAdded(kind)) => (Some("lever-added"), None, None, Some(kind)),
    };
    HistoryModel {
        change: change.map(str::to_owned),
        from,
        to,
        lever: lever.map(|kind| kind.id().to_owned()),
        date: event.date.map(|date| date.to_string()),
        quote: places.quote(event.quote).0,
        page: places.page(event.quote),
    }
}

fn placed(span: Span, places: &Places<'_>) -> PlacedModel {
    PlacedModel { quote: places.quote(span).0, page: places.page(span), section: places.section(span) }
}

fn evidence(evidence: &Evidence, places: &Places<'_>) -> EvidenceModel {
    let limb = |limb: &Limb| LimbModel {
        id: limb.id.clone(),
        says: limb.says.clone(),
        stated: limb.stated.map(|span| placed(span, places)),
        failed: limb.failed.map(|span| placed(span, places)),
    };
    let wanted = |wanted: &Wanted| WantedModel {
        id: wanted.id.clone(),
        says: wanted.says.clone(),
        quote: places.quote(wanted.quote).0,
        page: places.page(wanted.quote),
        section: places.section(wanted.quote),
    };
    EvidenceModel {
        newest_reference: evidence.newest_reference,
        newest_guideline: evidence.newest_guideline.map(|span| placed(span, places)),
        limbs: evidence.limbs.iter().map(limb).collect(),
        studies: evidence.studies.iter().map(wanted).collect(),
        supporting: evidence.supporting.iter().map(|span| placed(*span, places)).collect(),
        conclusions: evidence.conclusions.iter().map(|id| id.0.clone()).collect(),
    }
}

fn law(row: &LawRow) -> LawModel {
    LawModel {
        id: row.id.clone(),
        kind: row.kind.clone(),
        text: row.text.clone(),
        citation: row.citation.clone(),
        checked: row.checked.clone(),
    }
}

fn staleness(staleness: &Staleness, places: &Places<'_>) -> StalenessModel {
    let overtaken = staleness.facts.iter().map(|one| OvertakenModel {
        quote: places.quote(one.quote).0,
        page: places.page(one.quote),
        since: one.fact.since.clone(),
        what: one.fact.what.clone(),
        source: one.fact.source.clone(),
    });
    StalenessModel {
        as_of: staleness.as_of.map(|date| date.to_string()),
        state: staleness.state.id().to_owned(),
        assumed_yearly: staleness.assumed_yearly,
        months_overdue: staleness.months_overdue,
        evidence_not_refreshed: staleness.evidence_not_refreshed,
        overtaken: overtaken.collect(),
    }
}

fn code(mention: &CodeMention, places: &Places<'_>) -> CodeModel {
    CodeModel {
        code: mention.code.clone(),
        system: mention.system.to_owned(),
        table: mention.table.id().to_owned(),
        page: places.page(mention.span),
    }
}

fn score(score: &Score) -> ScoreModel {
    ScoreModel {
        total: score.total,
        parts: PartsModel {
            stance: points(score.stance),
            discretion: points(score.discretion),
            law: points(score.law),
            tension: points(score.tension),
            staleness: points(score.staleness),
            hardness: points(score.hardness),
        },
    }
}

/// Tenths as points; the nearest double prints as it was.
fn points(tenths: Tenths) -> f64 {
    f64::from(tenths.0) / 10.0
}
