//! The categories of policy language and the twelve groups that they roll up into.

use std::fmt;

/// What a phrase says. `all other indications` is no category: it is a finding's scope `residual`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the identifiers say it; `Category::definition` says when a coder gives it")]
pub enum Category {
    Investigational,
    NotMedicallyNecessary,
    InsufficientEvidence,
    BenefitExclusion,
    CosmeticOrConvenience,
    FdaNotApproved,
    MoreThanMinimallyManipulated,
    NoncoveredCode,
    PriorAuthorization,
    StepTherapy,
    SiteOrProvider,
    QuantityOrFrequency,
    MedicallyNecessary,
    ConditionalCoverage,
    CaseByCase,
    IndividualConsideration,
    ExceptionProcess,
    MedicalDirectorDiscretion,
    PeerToPeer,
    AppealRights,
    ExternalReview,
    NewEvidenceReconsideration,
    ClinicalTrialRoutineCosts,
    CoverageWithEvidenceDevelopment,
    BenefitDocumentControls,
    SelfFundedVariation,
    StateMandate,
    FederalProgramOverride,
    EpsdtMedicaid,
    RareDisease,
    ExpandedAccess,
    ContinuityOfCare,
    OffLabelCompendia,
    Ambiguity,
    OpenList,
    Definition,
    SocietyPosition,
    MemberLiability,
    Disclaimer,
    /// The policy hands a use to another policy, or says that it does not address it.
    NotAddressed,
}

/// A group of categories, the unit in which labels by careful readers are scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the identifiers say it")]
pub enum Group {
    Investigational,
    NotMedicallyNecessary,
    NotCovered,
    InsufficientEvidence,
    RegulatoryStatus,
    UtilizationLimit,
    CoveredWhen,
    IndividualReview,
    PlanTermsControl,
    Mandate,
    TrialAccess,
    DisputeRights,
}

/// One row for each category: identifier, group.
const CATEGORIES: [(Category, &str, Option<Group>); 40] = [
    (Category::Investigational, "barrier/investigational", Some(Group::Investigational)),
    (Category::NotMedicallyNecessary, "barrier/not-medically-necessary", Some(Group::NotMedicallyNecessary)),
    (Category::InsufficientEvidence, "barrier/insufficient-evidence", Some(Group::InsufficientEvidence)),
    (Category::BenefitExclusion, "barrier/benefit-exclusion", Some(Group::NotCovered)),
    (Category::CosmeticOrConvenience, "barrier/cosmetic-or-convenience", Some(Group::NotCovered)),
    (Category::FdaNotApproved, "barrier/fda-not-approved", Some(Group::RegulatoryStatus)),
    (Category::MoreThanMinimallyManipulated, "barrier/more-than-minimally-manipulated", Some(Group::RegulatoryStatus)),
    (Category::NoncoveredCode, "barrier/noncovered-code", Some(Group::NotCovered)),
    (Category::PriorAuthorization, "barrier/prior-authorization", Some(Group::UtilizationLimit)),
    (Category::StepTherapy, "barrier/step-therapy", Some(Group::UtilizationLimit)),
    (Category::SiteOrProvider, "barrier/site-or-provider", Some(Group::UtilizationLimit)),
    (Category::QuantityOrFrequency, "barrier/quantity-or-frequency", Some(Group::UtilizationLimit)),
    (Category::MedicallyNecessary, "favorable/medically-necessary", Some(Group::CoveredWhen)),
    (Category::ConditionalCoverage, "favorable/conditional-coverage", Some(Group::CoveredWhen)),
    (Category::CaseByCase, "favorable/case-by-case", Some(Group::IndividualReview)),
    (Category::IndividualConsideration, "favorable/individual-consideration", Some(Group::IndividualReview)),
    (Category::ExceptionProcess, "favorable/exception-process", Some(Group::IndividualReview)),
    (Category::MedicalDirectorDiscretion, "favorable/medical-director-discretion", Some(Group::IndividualReview)),
    (Category::PeerToPeer, "favorable/peer-to-peer", Some(Group::DisputeRights)),
    (Category::AppealRights, "favorable/appeal-rights", Some(Group::DisputeRights)),
    (Category::ExternalReview, "favorable/external-review", Some(Group::DisputeRights)),
    (Category::NewEvidenceReconsideration, "favorable/new-evidence-reconsideration", Some(Group::DisputeRights)),
    (Category::ClinicalTrialRoutineCosts, "favorable/clinical-trial-routine-costs", Some(Group::TrialAccess)),
    (
        Category::CoverageWithEvidenceDevelopment,
        "favorable/coverage-with-evidence-development",
        Some(Group::TrialAccess),
    ),
    (Category::BenefitDocumentControls, "favorable/benefit-document-controls", Some(Group::PlanTermsControl)),
    (Category::SelfFundedVariation, "favorable/self-funded-variation", Some(Group::PlanTermsControl)),
    (Category::StateMandate, "favorable/state-mandate", Some(Group::Mandate)),
    (Category::FederalProgramOverride, "favorable/federal-program-override", Some(Group::Mandate)),
    (Category::EpsdtMedicaid, "favorable/epsdt-medicaid", Some(Group::Mandate)),
    (Category::RareDisease, "favorable/rare-disease", Some(Group::IndividualReview)),
    (Category::ExpandedAccess, "favorable/expanded-access", Some(Group::TrialAccess)),
    (Category::ContinuityOfCare, "favorable/continuity-of-care", Some(Group::CoveredWhen)),
    (Category::OffLabelCompendia, "favorable/off-label-compendia", Some(Group::CoveredWhen)),
    (Category::Ambiguity, "hedge/ambiguity", None),
    (Category::OpenList, "hedge/open-list", None),
    (Category::Definition, "neutral/definition", None),
    (Category::SocietyPosition, "neutral/society-position", None),
    (Category::MemberLiability, "neutral/member-liability", None),
    (Category::Disclaimer, "neutral/disclaimer", None),
    (Category::NotAddressed, "neutral/not-addressed", None),
];

impl Category {
    /// Every category, in the order of the taxonomy.
    pub fn all() -> impl Iterator<Item = Category> {
        CATEGORIES.iter().map(|row| row.0)
    }

    /// The identifier in rule packs and outputs, such as `barrier/investigational`.
    #[must_use]
    pub fn id(self) -> &'static str {
        CATEGORIES[self as usize].1
    }

    /// The category with that identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Category> {
        CATEGORIES.iter().find(|row| row.1 == id).map(|row| row.0)
    }

    /// The group that it rolls up into; hedges and neutral categories have none.
    #[must_use]
    pub fn group(self) -> Option<Group> {
        CATEGORIES[self as usize].2
    }

    /// Whether it stands in the way of payment.
    #[must_use]
    pub fn is_barrier(self) -> bool {
        self.id().starts_with("barrier/")
    }

    /// Whether it is something that a member or advocate can hold on to.
    #[must_use]
    pub fn is_favorable(self) -> bool {
        self.id().starts_with("favorable/")
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Group {
    /// Every group, in the order in which scores are printed.
    pub const ALL: [Group; 12] = [
        Group::Investigational,
        Group::NotMedicallyNecessary,
        Group::NotCovered,
        Group::InsufficientEvidence,
        Group::RegulatoryStatus,
        Group::UtilizationLimit,
        Group::CoveredWhen,
        Group::IndividualReview,
        Group::PlanTermsControl,
        Group::Mandate,
        Group::TrialAccess,
        Group::DisputeRights,
    ];

    /// The identifier in outputs, such as `individual-review`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Group::Investigational => "investigational",
            Group::NotMedicallyNecessary => "not-medically-necessary",
            Group::NotCovered => "not-covered",
            Group::InsufficientEvidence => "insufficient-evidence",
            Group::RegulatoryStatus => "regulatory-status",
            Group::UtilizationLimit => "utilization-limit",
            Group::CoveredWhen => "covered-when",
            Group::IndividualReview => "individual-review",
            Group::PlanTermsControl => "plan-terms-control",
            Group::Mandate => "mandate",
            Group::TrialAccess => "trial-access",
            Group::DisputeRights => "dispute-rights",
        }
    }

    /// The group with that identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum() {
        for (index, category) in Category::all().enumerate() {
            assert_eq!(category as usize, index);
            assert_eq!(Category::from_id(category.id()), Some(category));
        }
    }
}
