//! The closed sets of a leverage summary, each value with its name in outputs.

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
