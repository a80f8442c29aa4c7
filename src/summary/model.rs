//! The nouns of a leverage summary.

use crate::finding::FindingId;
use crate::policy::{Date, LineOfBusiness, State};
use crate::rules::{DatedFact, LawNote, LawRow};
use crate::text::Span;

/// A document's stance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentStance {
    /// Only unconditional coverage.
    Covered,
    /// Coverage under criteria and no refusal.
    CoveredWithCriteria,
    /// Some covered, some refused, residual clauses too.
    Mixed,
    /// Only refusals.
    NotCovered,
    /// Read, and no binding coverage statement.
    Silent,
    /// Not read, in whole.
    #[default]
    Unreadable,
}

impl DocumentStance {
    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            DocumentStance::Covered => "covered",
            DocumentStance::CoveredWithCriteria => "covered-with-criteria",
            DocumentStance::Mixed => "mixed",
            DocumentStance::NotCovered => "not-covered",
            DocumentStance::Silent => "silent",
            DocumentStance::Unreadable => "unreadable",
        }
    }
}

/// What a binding statement says of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceStance {
    /// Without condition.
    Covered,
    /// When criteria are met.
    CoveredWithCriteria,
    /// Fails the payer's necessity standard.
    NotMedicallyNecessary,
    /// Investigational, experimental, unproven.
    Investigational,
    /// Excluded, not a benefit, not paid.
    Excluded,
    /// Handed to another policy or said not to be addressed.
    NotAddressed,
}

impl ServiceStance {
    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            ServiceStance::Covered => "covered",
            ServiceStance::CoveredWithCriteria => "covered-with-criteria",
            ServiceStance::NotMedicallyNecessary => "not-medically-necessary",
            ServiceStance::Investigational => "investigational",
            ServiceStance::Excluded => "excluded",
            ServiceStance::NotAddressed => "not-addressed",
        }
    }

    /// Whether it refuses.
    #[must_use]
    pub fn refuses(self) -> bool {
        matches!(self, ServiceStance::NotMedicallyNecessary | ServiceStance::Investigational | ServiceStance::Excluded)
    }
}

/// One binding statement: one entry an item where a list names the services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What is covered or refused, where it could be told.
    pub service: Option<String>,
    /// For what.
    pub indication: Option<String>,
    /// For which lines of business, where the statement names them.
    pub lines_of_business: Vec<LineOfBusiness>,
    /// For which states, where the statement names them.
    pub states: Vec<State>,
    /// Ids of the topics that it is about, nearest words first.
    pub topics: Vec<String>,
    /// What it says.
    pub stance: ServiceStance,
    /// Whether it sweeps in every use that is not listed.
    pub residual: bool,
    /// The sentence or lead-in that carries the stance.
    pub quote: Span,
    /// The list item that names the service.
    pub item: Option<Span>,
    /// For a residual clause: the statements of whose lists it is the rest.
    pub lists: Vec<FindingId>,
    /// Where the use is handed to other policies: their names.
    pub hands_to: Vec<Span>,
    /// The finding it stands on.
    pub finding: FindingId,
    /// The room that the words leave for it; `None` where it is not addressed.
    pub score: Option<Score>,
}

/// What kind of fight a barrier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fight {
    /// The contract excludes it whatever the merits.
    ContractExclusion,
    /// The policy itself refuses it and names no contract.
    NotCovered,
    /// The investigational label.
    Label,
    /// Medical necessity.
    MedicalNecessity,
    /// A criterion that is not met.
    Criterion,
    /// Authorization, site, provider, quantity.
    Paperwork,
    /// A code that is not paid.
    Code,
}

impl Fight {
    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Fight::ContractExclusion => "contract-exclusion",
            Fight::NotCovered => "not-covered",
            Fight::Label => "label",
            Fight::MedicalNecessity => "medical-necessity",
            Fight::Criterion => "criterion",
            Fight::Paperwork => "paperwork",
            Fight::Code => "code",
        }
    }
}

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barrier {
    /// The finding.
    pub finding: FindingId,
    /// What kind of fight it is.
    pub fight: Fight,
    /// How hard: the weight with section and force factors, 0 or less.
    pub severity: Tenths,
}

/// The kinds of levers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverKind {
    /// Case-by-case review, individual consideration, exceptions, a medical director's discretion.
    IndividualReview,
    /// The plan document controls or may differ.
    PlanTermsControl,
    /// A law or programme rule.
    Mandate,
    /// Trials, coverage with evidence development, expanded access.
    TrialAccess,
    /// Appeals, peer-to-peer, external review, new evidence.
    DisputeRights,
}

impl LeverKind {
    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            LeverKind::IndividualReview => "individual-review",
            LeverKind::PlanTermsControl => "plan-terms-control",
            LeverKind::Mandate => "mandate",
            LeverKind::TrialAccess => "trial-access",
            LeverKind::DisputeRights => "dispute-rights",
        }
    }
}

/// What an advocate can hold on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lever {
    /// The finding.
    pub finding: FindingId,
    /// Its kind.
    pub kind: LeverKind,
    /// Whether it is a general notice of the payer rather than this policy's own.
    pub boilerplate: bool,
    /// The weight with section and force factors.
    pub strength: Tenths,
    /// One neutral sentence on how advocates use it.
    pub use_sentence: &'static str,
    /// What to be careful of.
    pub caution: Option<&'static str>,
}

/// How the items of a list belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Connective {
    /// All of them.
    All,
    /// At least so many of them.
    AtLeast(u8),
    /// None of them may be: exclusion criteria.
    None,
    /// The list does not say.
    Unstated,
}

impl Connective {
    /// The name in outputs: `all`, `1 of`, `2 of`, `none`, `unstated`.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Connective::All => "all".to_owned(),
            Connective::AtLeast(count) => format!("{count} of"),
            Connective::None => "none".to_owned(),
            Connective::Unstated => "unstated".to_owned(),
        }
    }
}

/// One criterion of a coverage statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// The finding whose list it is in.
    pub finding: FindingId,
    /// The list item.
    pub quote: Span,
    /// Depth in the list, from 1.
    pub level: u8,
    /// How the items of its list belong together, by the words that head the list.
    pub connective: Connective,
}

/// What contradicts what. The order of the variants is that of the taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tension {
    /// K1: a categorical barrier and a lever of individual review in one document.
    BarrierAndReview,
    /// K2: one service with two stances.
    TwoStances,
    /// K3: a code listed as not covered and described elsewhere as covered.
    CodeAndText,
    /// K4: a society quoted in favour beside the payer's "insufficient".
    SocietyAndEvidence,
    /// K5: a hedge inside an exclusion.
    HedgedExclusion,
    /// K6: a definition broader or narrower than the stance.
    DefinitionAndStance,
    /// K7: a use that is neither listed nor swept in.
    ScopeGap,
}

impl Tension {
    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Tension::BarrierAndReview => "barrier-and-review",
            Tension::TwoStances => "two-stances",
            Tension::CodeAndText => "code-and-text",
            Tension::SocietyAndEvidence => "society-and-evidence",
            Tension::HedgedExclusion => "hedged-exclusion",
            Tension::DefinitionAndStance => "definition-and-stance",
            Tension::ScopeGap => "scope-gap",
        }
    }
}

/// Two places of one document that do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What kind.
    pub tension: Tension,
    /// The code that it is about, where it is about one.
    pub code: Option<String>,
    /// One side.
    pub left: Side,
    /// The other side; the same where the tension lies within one sentence.
    pub right: Side,
}

/// One side of a contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The words.
    pub quote: Span,
    /// The finding that they belong to, where there is one.
    pub finding: Option<FindingId>,
}

/// What this policy does not say and policies usually do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Silence {
    /// No word on exceptions or individual review.
    NoException,
    /// No next review date.
    NoReviewDate,
    /// No word on appeals or external review.
    NoAppeal,
    /// No references.
    NoReferences,
}

impl Silence {
    /// Where such words usually stand.
    #[must_use]
    pub fn usual_place(self) -> &'static str {
        super::advice::usual_place(self)
    }

    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Silence::NoException => "no-exception",
            Silence::NoReviewDate => "no-review-date",
            Silence::NoAppeal => "no-appeal",
            Silence::NoReferences => "no-references",
        }
    }
}

/// One row of the policy's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEvent {
    /// The date printed in the row.
    pub date: Option<Date>,
    /// The row.
    pub quote: Span,
    /// What changed, where the row says so in words that could be told.
    pub change: Option<Change>,
}

/// What a row of history changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// From old words to new ones.
    Wording {
        /// The old words.
        from: Span,
        /// The new ones.
        to: Span,
    },
    /// Words of that kind were taken out.
    LeverWithdrawn(LeverKind),
    /// Words of that kind were put in.
    LeverAdded(LeverKind),
}

/// What the policy says of evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The year of the newest reference.
    pub newest_reference: Option<i16>,
    /// The newest reference that is a guideline or consensus.
    pub newest_guideline: Option<Span>,
    /// The limbs of the payer's test.
    pub limbs: Vec<Limb>,
    /// The kinds of studies that it asks for or misses.
    pub studies: Vec<Wanted>,
    /// Sentences in which the policy quotes a society in favour.
    pub supporting: Vec<Span>,
    /// The payer's own conclusions on the evidence.
    pub conclusions: Vec<FindingId>,
}

/// One limb of a payer's test of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limb {
    /// A stable name.
    pub id: String,
    /// What it asks, in our words.
    pub says: String,
    /// Where the policy states it.
    pub stated: Option<Span>,
    /// Where the policy says that it fails.
    pub failed: Option<Span>,
}

/// A kind of study that the payer asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// A stable name.
    pub id: String,
    /// What it is, in our words.
    pub says: String,
    /// The sentence.
    pub quote: Span,
}

/// Whether the text is current.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StalenessState {
    /// No retrieval date and no day to measure against.
    #[default]
    Unknown,
    /// No date of review is printed.
    NoDatePrinted,
    /// Before the next review by more than 60 days.
    InDate,
    /// The next review is due within 60 days.
    DueSoon,
    /// The next review is past.
    Overdue,
}

impl StalenessState {
    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            StalenessState::Unknown => "unknown",
            StalenessState::NoDatePrinted => "no-date-printed",
            StalenessState::InDate => "in-date",
            StalenessState::DueSoon => "due-soon",
            StalenessState::Overdue => "overdue",
        }
    }
}

/// A sentence that a dated fact has overtaken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overtaken {
    /// The sentence.
    pub quote: Span,
    /// What happened, since when, by which source.
    pub fact: DatedFact,
}

/// How old the text is on a given day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staleness {
    /// The day measured against.
    pub as_of: Option<Date>,
    /// The state on that day.
    pub state: StalenessState,
    /// Whether the review was assumed to be yearly because no next date is printed.
    pub assumed_yearly: bool,
    /// Whole months past the next review.
    pub months_overdue: u32,
    /// Whether the newest reference is three years or more older than the last review.
    pub evidence_not_refreshed: bool,
    /// Sentences that dated facts have overtaken.
    pub facts: Vec<Overtaken>,
}

/// In which table a code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeTable {
    /// Under a caption that covers.
    Covered,
    /// Under a caption that covers if criteria are met.
    CoveredIfCriteria,
    /// Under a caption that refuses.
    NotCovered,
    /// Named without a word on coverage.
    Named,
}

impl CodeTable {
    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            CodeTable::Covered => "covered",
            CodeTable::CoveredIfCriteria => "covered-if-criteria",
            CodeTable::NotCovered => "not-covered",
            CodeTable::Named => "named",
        }
    }
}

/// A procedure or diagnosis code in the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeMention {
    /// The code.
    pub code: String,
    /// `CPT`, `HCPCS`, `PLA`, `ICD-10-CM`.
    pub system: &'static str,
    /// In which table.
    pub table: CodeTable,
    /// Where it stands first in that table.
    pub span: Span,
    /// The finding whose words say in which table.
    pub by: Option<FindingId>,
}

/// A number in tenths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub i32);

/// The room that the words leave, 0 to 100, with its six parts. Never a probability.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The parts' sum, rounded half up and clamped to 0..=100.
    pub total: u8,
    /// A: openness of the binding stance, up to 50.0.
    pub stance: Tenths,
    /// B: discretion, up to 20.0.
    pub discretion: Tenths,
    /// C: law and plan, up to 12.0.
    pub law: Tenths,
    /// D: tension and ambiguity, up to 10.0.
    pub tension: Tenths,
    /// E: staleness, up to 8.0.
    pub staleness: Tenths,
    /// F: hardness, 0 down to -20.0.
    pub hardness: Tenths,
}

/// The leverage summary of one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeverageSummary {
    /// The document's stance.
    pub stance: DocumentStance,
    /// Every binding statement, in document order.
    pub stances: Vec<Statement>,
    /// Strongest first.
    pub barriers: Vec<Barrier>,
    /// Strongest first.
    pub levers: Vec<Lever>,
    /// In document order.
    pub criteria: Vec<Criterion>,
    /// In the order of their kinds, then places.
    pub contradictions: Vec<Contradiction>,
    /// In a fixed order.
    pub silences: Vec<Silence>,
    /// Newest first where dated, in document order otherwise.
    pub history: Vec<HistoryEvent>,
    /// What the policy says of evidence.
    pub evidence: Evidence,
    /// How old it is.
    pub staleness: Staleness,
    /// Codes, in document order.
    pub codes: Vec<CodeMention>,
    /// Deadlines and rules for the line of business and state that were asked for.
    pub law: Vec<LawRow>,
    /// What no policy says; beside `law` only.
    pub notes: Vec<LawNote>,
    /// `None` where the stance is silent or unreadable.
    pub score: Option<Score>,
}
