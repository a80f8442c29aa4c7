//! The mirror model: one line of `fineprint analyze --format jsonl`.
//!
//! Domain types are not serializable; a format is a contract with outsiders, so it has types of its own, made
//! here by hand. Fields may be added; what is named keeps its name and meaning. Schema: `docs/analysis.schema.json`.

mod about;
mod finding;
mod mirror;
mod place;
mod policy;
mod reading;
mod rejected;
mod summary;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::finding::{Finding, Rejected};
use crate::policy::{MediaType, Metadata, Source};
use crate::rules::RuleSet;
use crate::summary::LeverageSummary;
pub use finding::{CorrectionModel, FindingModel, SectionModel, SpanModel, SuppressedModel};
use place::Places;
pub use policy::{PayerModel, PolicyModel};
pub use reading::{ReadBlock, Reading};
pub use rejected::RejectedModel;
pub use summary::{
    BarrierModel, CodeModel, ContradictionModel, CriterionModel, EvidenceModel, HistoryModel, LawModel, LeverModel,
    LimbModel, OvertakenModel, PartsModel, PlacedModel, ScoreModel, SideModel, SilenceModel, StalenessModel,
    StanceModel, SummaryModel, WantedModel,
};

/// The version of the schema.
pub const SCHEMA: &str = "fineprint/analysis/1";

/// The JSON Schema of one [`Analysis`].
pub const JSON_SCHEMA: &str = include_str!("../../../docs/analysis.schema.json");

/// One document's analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The schema's version.
    pub schema: String,
    /// The input document.
    pub source: SourceModel,
    /// Why nothing could be read.
    pub error: Option<ErrorModel>,
    /// How it was read.
    pub extraction: ExtractionModel,
    /// What the policy is.
    pub policy: PolicyModel,
    /// Matches with their verdicts, in document order.
    pub findings: Vec<FindingModel>,
    /// The leverage summary; `None` only beside an error.
    pub summary: Option<SummaryModel>,
    /// The rule set.
    pub rules: RulesModel,
    /// Matches that are no finding, in document order; only where they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<Vec<RejectedModel>>,
    /// The running text, where it was asked for.
    #[serde(skip)]
    pub reading: Option<Reading>,
}

/// The input document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceModel {
    /// The path as given, with `/`.
    pub path: String,
    /// The address that it was retrieved from, when told.
    pub url: Option<String>,
    /// Of the bytes; `None` where they could not be read.
    pub sha256: Option<String>,
    /// By content.
    pub media_type: String,
    /// Size.
    pub bytes: u64,
    /// Pages, for paged formats.
    pub pages: Option<usize>,
    /// The day of retrieval, when told.
    pub retrieved_at: Option<String>,
}

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorModel {
    /// `encrypted`, `unsupported`, `empty`, `limit`, `crashed`, `not-a-policy` or `unreadable`.
    pub code: String,
    /// What, where, what to do.
    pub message: String,
}

/// How the document was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractionModel {
    /// Name and version; `None` where nothing was read.
    pub extractor: Option<String>,
    /// The command that printed what was read; `None` where the document itself was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre: Option<String>,
    /// Code points of the matching text.
    pub characters: usize,
    /// `full`, `partial` or `none`.
    pub completeness: String,
    /// What could not be read, and what else to know.
    pub issues: Vec<IssueModel>,
}

/// Something to know about the reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueModel {
    /// The kind.
    pub code: String,
    /// The page, from 1.
    pub page: Option<u32>,
    /// What, where, what to do.
    pub message: String,
}

/// The rule set that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesModel {
    /// The content id.
    pub id: String,
    /// The names of the packs.
    pub packs: Vec<String>,
}

impl Analysis {
    /// The analysis of a document that was read, in whole or in part.
    #[must_use]
    pub fn of(
        source: &Source,
        document: &Document,
        metadata: &Metadata,
        findings: &[Finding],
        summary: &LeverageSummary,
        rules: &RuleSet,
    ) -> Analysis {
        let places = Places::new(document);
        Analysis {
            schema: SCHEMA.to_owned(),
            source: SourceModel::of(
                source,
                document.media_type,
                (!document.pages.is_empty()).then_some(document.pages.len()),
            ),
            error: None,
            extraction: ExtractionModel::of(document),
            policy: PolicyModel::of(metadata),
            findings: findings.iter().map(|finding| FindingModel::of(finding, &places, rules)).collect(),
            summary: Some(SummaryModel::of(summary, &places, findings)),
            rules: RulesModel::of(rules),
            rejected: None,
            reading: None,
        }
    }

    /// With the matches that are no finding.
    #[must_use]
    pub fn with_rejected(self, document: &Document, rejected: &[Rejected], rules: &RuleSet) -> Analysis {
        let places = Places::new(document);
        let models = rejected.iter().map(|rejected| RejectedModel::of(rejected, &places, rules)).collect();
        Analysis { rejected: Some(models), ..self }
    }

    /// The line of a document that could not be read: `code` and `message` as in the contract.
    #[must_use]
    pub fn failed(source: &Source, media_type: &str, code: &str, message: &str, rules: &RuleSet) -> Analysis {
        let mut described = SourceModel::of(source, MediaType::Other("document"), None);
        media_type.clone_into(&mut described.media_type);
        Analysis {
            schema: SCHEMA.to_owned(),
            source: described,
            error: Some(ErrorModel { code: code.to_owned(), message: message.to_owned() }),
            extraction: ExtractionModel {
                extractor: None,
                pre: None,
                characters: 0,
                completeness: "none".to_owned(),
                issues: Vec::new(),
            },
            policy: PolicyModel::of(&Metadata::default()),
            findings: Vec::new(),
            summary: None,
            rules: RulesModel::of(rules),
            rejected: None,
            reading: None,
        }
    }

    /// The finding with that id.
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<&FindingModel> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// The findings by their ids, for whoever asks for many.
    pub(crate) fn findings_by_id(&self) -> BTreeMap<&str, &FindingModel> {
        // Of two with one id the first counts, as in `finding`.
        self.findings.iter().rev().map(|finding| (finding.id.as_str(), finding)).collect()
    }

    /// Writes people's verdicts, by finding, beside the findings that they decided.
    #[must_use]
    pub fn with_corrections(mut self, corrections: &BTreeMap<String, CorrectionModel>) -> Analysis {
        for finding in &mut self.findings {
            finding.corrected = corrections.get(&finding.id).cloned();
        }
        self
    }

    /// How many of its findings people accepted and rejected.
    #[must_use]
    pub fn corrected(&self) -> (usize, usize) {
        let corrections = self.findings.iter().filter_map(|finding| finding.corrected.as_ref());
        let accepted = corrections.clone().filter(|correction| correction.accepts()).count();
        (accepted, corrections.count() - accepted)
    }

    /// Whether words of the document could not be read: what is missed in it may stand there.
    #[must_use]
    pub fn is_partly_read(&self) -> bool {
        self.extraction.completeness == "partial"
    }

    /// Whether the document was not read at all.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.error.is_some() || self.extraction.completeness == "none"
    }
}

impl SourceModel {
    fn of(source: &Source, media_type: MediaType, pages: Option<usize>) -> SourceModel {
        SourceModel {
            path: source.path.clone(),
            url: source.url.clone(),
            sha256: source.snapshot.as_ref().map(|id| id.as_str().to_owned()),
            media_type: media_type.as_str().to_owned(),
            bytes: source.bytes,
            pages,
            retrieved_at: source.retrieved.map(|date| date.to_string()),
        }
    }
}

impl ExtractionModel {
    fn of(document: &Document) -> ExtractionModel {
        let issues = document.issues.iter().map(|issue| IssueModel {
            code: issue.code.as_str().to_owned(),
            page: issue.page,
            message: issue.message.clone(),
        });
        ExtractionModel {
            extractor: Some(document.extractor.to_owned()),
            pre: None,
            characters: document.text.chars().count(),
            completeness: document.completeness.as_str().to_owned(),
            issues: issues.collect(),
        }
    }
}

impl RulesModel {
    fn of(rules: &RuleSet) -> RulesModel {
        RulesModel { id: rules.id.clone(), packs: rules.packs.clone() }
    }
}
