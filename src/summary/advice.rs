//! What kind of fight a barrier is, what kind of lever a finding is, how levers are used and what to be careful of.

use super::kinds::{Fight, LeverKind, Silence};
use crate::rules::{Category, Group};

/// What kind of fight a barrier is.
pub(super) fn fight(category: Category) -> Option<Fight> {
    match category {
        Category::BenefitExclusion | Category::CosmeticOrConvenience => Some(Fight::ContractExclusion),
        Category::Investigational
        | Category::InsufficientEvidence
        | Category::FdaNotApproved
        | Category::MoreThanMinimallyManipulated => Some(Fight::Label),
        Category::NotMedicallyNecessary => Some(Fight::MedicalNecessity),
        Category::StepTherapy | Category::QuantityOrFrequency => Some(Fight::Criterion),
        Category::PriorAuthorization | Category::SiteOrProvider => Some(Fight::Paperwork),
        Category::NoncoveredCode => Some(Fight::Code),
        _ => None,
    }
}

/// What kind of lever a category is; statements of coverage are none.
pub(super) fn kind(category: Category) -> Option<LeverKind> {
    match category.group()? {
        Group::IndividualReview => Some(LeverKind::IndividualReview),
        Group::PlanTermsControl => Some(LeverKind::PlanTermsControl),
        Group::Mandate => Some(LeverKind::Mandate),
        Group::TrialAccess => Some(LeverKind::TrialAccess),
        Group::DisputeRights => Some(LeverKind::DisputeRights),
        _ => None,
    }
}

/// One neutral sentence on how advocates use a lever.
pub(super) fn use_sentence(category: Category) -> &'static str {
    match category {
        Category::CaseByCase | Category::IndividualConsideration | Category::RareDisease => {
            "Advocates quote it to ask for the individual review that it names, in writing."
        }
        Category::ExceptionProcess => "Advocates ask for the exception by the name that it has here.",
        Category::MedicalDirectorDiscretion => {
            "Advocates ask who reviewed the request, with which specialty, and point to the judgment that is allowed."
        }
        Category::PeerToPeer => "The treating doctor asks for the conversation before the decision is final.",
        Category::AppealRights => "Advocates note the way and the time that the denial letter gives.",
        Category::ExternalReview => "Advocates ask for the review by somebody outside of the plan.",
        Category::NewEvidenceReconsideration => "Advocates attach what was published after the last review.",
        Category::BenefitDocumentControls => "Advocates ask for the full plan document and compare its words.",
        Category::SelfFundedVariation => "Advocates ask the employer or plan sponsor what its own plan says.",
        Category::StateMandate | Category::FederalProgramOverride => {
            "Advocates ask the plan which rule it applied and quote the one named here."
        }
        Category::EpsdtMedicaid => "Advocates ask for the review of need that Medicaid owes to members under 21.",
        _ => "Advocates ask for the care around a study to be paid, or how to enter it.",
    }
}

/// What to be careful of: levers that cut both ways are never shown without it.
pub(super) fn caution(category: Category) -> Option<&'static str> {
    match category {
        Category::BenefitDocumentControls => {
            Some("The plan document can also be stricter than this policy: read it before quoting this.")
        }
        Category::SelfFundedVariation => {
            Some("The employer's plan can also be narrower, and state laws may not reach it.")
        }
        Category::MedicalDirectorDiscretion => Some("Discretion can also be used to refuse."),
        Category::StateMandate => Some("State laws reach only some plans; many employers' own plans are outside."),
        Category::FederalProgramOverride => Some("It holds only for members of that programme."),
        Category::EpsdtMedicaid => Some("It holds only for Medicaid members under 21."),
        Category::ClinicalTrialRoutineCosts | Category::CoverageWithEvidenceDevelopment | Category::ExpandedAccess => {
            Some("The item under study itself is usually not paid.")
        }
        Category::CaseByCase | Category::IndividualConsideration | Category::ExceptionProcess => {
            Some("It comes beside the criteria and does not replace them.")
        }
        _ => None,
    }
}

/// Where words usually stand that a policy does not have.
pub(super) fn usual_place(silence: Silence) -> &'static str {
    match silence {
        Silence::NoException => {
            "Such words often stand in the front matter, in a general notice, on the page that lists the policies, or in \
             the provider manual."
        }
        Silence::NoReviewDate => {
            "It often stands in the head or foot of the first page, or in the payer's list of policies."
        }
        Silence::NoAppeal => "Such words stand in the denial letter and in the plan document, seldom in a policy.",
        Silence::NoReferences => {
            "They often stand in a separate evidence document of the payer or of the vendor that wrote it."
        }
    }
}
