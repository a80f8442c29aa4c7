//! The nouns of a leverage summary; what has one of a few values stands in `kinds`.

use super::kinds::{
    CodeTable, Connective, DocumentStance, Fight, LeverKind, ServiceStance, Silence, StalenessState, Tension,
};
use crate::finding::FindingId;
use crate::policy::{Date, LineOfBusiness, State};
use crate::rules::{DatedFact, LawNote, LawRow};
use crate::text::Span;

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
