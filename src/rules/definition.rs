//! What each category means, one sentence, for the codebook.

use super::Category;

impl Category {
    /// When a coder gives this code.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Category::Investigational => "The payer calls a service experimental, investigational or unproven.",
            Category::NotMedicallyNecessary => "The payer says that a service is not medically necessary.",
            Category::InsufficientEvidence => "The payer gives lacking or insufficient evidence as its reason.",
            Category::BenefitExclusion => "The payer says that it does not cover or pay for a service.",
            Category::CosmeticOrConvenience => "A service is refused as cosmetic or as a convenience.",
            Category::FdaNotApproved => "A service is refused for want of approval or clearance by the FDA.",
            Category::MoreThanMinimallyManipulated => "Cells or tissue are said to be more than minimally manipulated.",
            Category::NoncoveredCode => "A code or list of codes is said not to be covered.",
            Category::PriorAuthorization => "Authorization is needed before the service.",
            Category::StepTherapy => "Other treatments must have been tried first.",
            Category::SiteOrProvider => "Coverage is limited to a place of service or to certain providers.",
            Category::QuantityOrFrequency => "Coverage is limited in quantity, dose, duration or frequency.",
            Category::MedicallyNecessary => "The payer says that a service is medically necessary, covered or proven.",
            Category::ConditionalCoverage => "A service is covered when named criteria are met.",
            Category::CaseByCase => "Requests are reviewed case by case.",
            Category::IndividualConsideration => "The payer offers to consider the circumstances of the individual.",
            Category::ExceptionProcess => "A way to ask for an exception is named.",
            Category::MedicalDirectorDiscretion => "A medical director or reviewer decides at discretion.",
            Category::PeerToPeer => "A conversation with a reviewing physician is offered.",
            Category::AppealRights => "A right to appeal, or a grievance, is named.",
            Category::ExternalReview => "Review by an independent organization is named.",
            Category::NewEvidenceReconsideration => "The payer will reconsider upon new evidence.",
            Category::ClinicalTrialRoutineCosts => "Routine costs of a clinical trial are covered.",
            Category::CoverageWithEvidenceDevelopment => "Coverage is bound to a registry or study (Medicare's CED).",
            Category::BenefitDocumentControls => "The member's contract or benefit document governs over the policy.",
            Category::SelfFundedVariation => "Self-funded groups or other plans may differ.",
            Category::StateMandate => "State law requires or governs coverage.",
            Category::FederalProgramOverride => "Federal law or a programme's determinations govern.",
            Category::EpsdtMedicaid => {
                "Medicaid's early and periodic screening, diagnosis and treatment benefit applies."
            }
            Category::RareDisease => "Rare diseases are considered apart.",
            Category::ExpandedAccess => "Expanded access, compassionate use or right to try is named.",
            Category::ContinuityOfCare => "Treatment that has begun may go on.",
            Category::OffLabelCompendia => "Off-label use is covered where compendia or literature support it.",
            Category::Ambiguity => "Words that leave the decision open.",
            Category::OpenList => "A list that is said not to be complete.",
            Category::Definition => "A term of the payer's is defined.",
            Category::SocietyPosition => "A professional body's position is told.",
            Category::MemberLiability => "The member is said to be liable for the cost.",
            Category::Disclaimer => "The payer says what the policy is not.",
            Category::NotAddressed => "The policy hands a use to another policy, or says that it does not address it.",
        }
    }
}
