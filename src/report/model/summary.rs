//! The leverage summary as JSON.

use serde::{Deserialize, Serialize};

use super::finding::{SectionModel, SpanModel};

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

    /// How the next review stands on the day measured against, to be said behind its date.
    pub(in crate::report) fn standing(&self) -> String {
        let day = self.as_of.as_deref().unwrap_or_default();
        let months = match self.months_overdue {
            0 => "overdue by less than a month".to_owned(),
            1 => "1 month overdue".to_owned(),
            months => format!("{months} months overdue"),
        };
        let stands = match self.state.as_str() {
            _ if day.is_empty() => String::new(),
            "overdue" => format!(", {months} on {day}"),
            "due-soon" => format!(", due within 60 days of {day}"),
            "in-date" => format!(", in date on {day}"),
            _ => String::new(),
        };
        stands + if self.assumed_yearly { " (a yearly review is assumed)" } else { "" }
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
    /// Its place in the matching text; analyses of older stores have none.
    #[serde(default)]
    pub span: SpanModel,
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
