//! What a policy is, as JSON.

use serde::{Deserialize, Serialize};

use crate::policy::{Date, Field, FieldName, Metadata};

/// The policy's identity and dates; `null` is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyModel {
    /// Who pays.
    pub payer: Option<PayerModel>,
    /// The vendor who wrote it.
    pub author: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The payer's number.
    pub number: Option<String>,
    /// `YYYY-MM-DD`, as all dates.
    pub original_effective_date: Option<String>,
    /// Of this version.
    pub effective_date: Option<String>,
    /// Last review, approval or revision.
    pub last_review_date: Option<String>,
    /// Only where printed.
    pub next_review_date: Option<String>,
    /// Identifiers of lines of business.
    pub lines_of_business: Vec<String>,
    /// Postal codes.
    pub states: Vec<String>,
    /// The fields that were told and not printed.
    pub told: Vec<String>,
}

/// A payer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerModel {
    /// Short id.
    pub id: String,
    /// Name.
    pub name: String,
}

impl PolicyModel {
    pub(super) fn of(metadata: &Metadata) -> PolicyModel {
        let words = |field: &Option<Field<String>>| field.as_ref().map(|field| field.value.clone());
        let date = |field: &Option<Field<Date>>| field.as_ref().map(|field| field.value.to_string());
        PolicyModel {
            payer: metadata
                .payer
                .as_ref()
                .map(|payer| PayerModel { id: payer.value.id.as_str().to_owned(), name: payer.value.name.clone() }),
            author: words(&metadata.author),
            title: words(&metadata.title),
            number: words(&metadata.number),
            original_effective_date: date(&metadata.original_effective),
            effective_date: date(&metadata.effective),
            last_review_date: date(&metadata.last_review),
            next_review_date: date(&metadata.next_review),
            lines_of_business: metadata.lines_of_business.iter().map(|field| field.value.id().to_owned()).collect(),
            states: metadata.states.iter().map(|field| field.value.code().to_owned()).collect(),
            told: metadata.told().into_iter().map(FieldName::as_str).map(str::to_owned).collect(),
        }
    }
}
