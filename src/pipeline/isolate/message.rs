//! What parent and worker say to each other, as JSON: both are the same build, so this is no format for others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::extract::Limits;
use crate::pipeline::chain::{Wanted, Worked};
use crate::pipeline::{Told, parse};
use crate::policy::{LineOfBusiness, SnapshotId, Source, State};
use crate::report::model::{CorrectionModel, ErrorModel};
use crate::report::{Analysis, Extraction};
use crate::rules::PackText;

/// The first frame: what holds for all documents.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Setup {
    pub(super) limits: LimitsRow,
    pub(super) as_of: Option<String>,
    /// The id of the parent's rules, where analyses are wanted, and the packs behind the embedded ones.
    pub(super) rules: Option<String>,
    pub(super) packs: Vec<PackRow>,
    /// The names of the mechanisms that are turned off.
    pub(super) without: Vec<String>,
    pub(super) corrections: BTreeMap<String, CorrectionModel>,
    pub(super) max_memory: u64,
    pub(super) max_output: u64,
}

/// The worker's answer to it, when it is ready: the id of its rules.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ready {
    pub(super) rules: Option<String>,
}

/// A rule pack of the user's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::pipeline) struct PackRow {
    name: String,
    file: String,
    text: String,
}

impl PackRow {
    pub(in crate::pipeline) fn of(pack: &PackText<'_>) -> PackRow {
        PackRow { name: pack.name.to_owned(), file: pack.file.to_owned(), text: pack.text.to_owned() }
    }

    pub(super) fn text(&self) -> PackText<'_> {
        PackText { name: &self.name, file: &self.file, text: &self.text }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LimitsRow {
    max_bytes: u64,
    max_pages: usize,
    max_text_bytes: usize,
    max_depth: usize,
    max_entries: usize,
}

impl LimitsRow {
    pub(super) fn of(limits: &Limits) -> LimitsRow {
        let Limits { max_bytes, max_pages, max_text_bytes, max_depth, max_entries } = *limits;
        LimitsRow { max_bytes, max_pages, max_text_bytes, max_depth, max_entries }
    }

    pub(super) fn limits(&self) -> Limits {
        let LimitsRow { max_bytes, max_pages, max_text_bytes, max_depth, max_entries } = *self;
        Limits { max_bytes, max_pages, max_text_bytes, max_depth, max_entries }
    }
}

/// One document; its bytes are the frame behind.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    path: String,
    url: Option<String>,
    sha256: Option<String>,
    bytes: u64,
    retrieved: Option<String>,
    told: ToldRow,
    wanted: Wanted,
}

#[derive(Debug, Serialize, Deserialize)]
struct ToldRow {
    payer: Option<String>,
    url: Option<String>,
    retrieved: Option<String>,
    lob: Vec<String>,
    state: Vec<String>,
    number: Option<String>,
    age: Option<u8>,
}

impl Request {
    pub(super) fn of(source: &Source, told: &Told, wanted: Wanted) -> Request {
        let Source { path, url, snapshot, bytes, retrieved } = source;
        Request {
            path: path.clone(),
            url: url.clone(),
            sha256: snapshot.as_ref().map(|id| id.as_str().to_owned()),
            bytes: *bytes,
            retrieved: retrieved.map(|date| date.to_string()),
            told: ToldRow::of(told),
            wanted,
        }
    }

    /// The document's source, what was told of it, and what is wanted.
    pub(super) fn parts(self) -> (Source, Told, Wanted) {
        let source = Source {
            path: self.path,
            url: self.url,
            snapshot: self.sha256.as_deref().and_then(SnapshotId::from_hex),
            bytes: self.bytes,
            retrieved: self.retrieved.as_deref().and_then(|day| parse::date(day).ok()),
        };
        (source, self.told.told(), self.wanted)
    }
}

impl ToldRow {
    fn of(told: &Told) -> ToldRow {
        ToldRow {
            payer: told.payer.clone(),
            url: told.url.clone(),
            retrieved: told.retrieved.map(|date| date.to_string()),
            lob: told.lines_of_business.iter().map(|lob| lob.id().to_owned()).collect(),
            state: told.states.iter().map(|state| state.code().to_owned()).collect(),
            number: told.number.clone(),
            age: told.age,
        }
    }

    fn told(self) -> Told {
        Told {
            payer: self.payer,
            url: self.url,
            retrieved: self.retrieved.as_deref().and_then(|day| parse::date(day).ok()),
            lines_of_business: self.lob.iter().filter_map(|id| LineOfBusiness::from_id(id)).collect(),
            states: self.state.iter().filter_map(|code| State::from_code(code)).collect(),
            number: self.number,
            age: self.age,
        }
    }
}

/// A document's result; its analysis as JSON, where that is wanted, is the frame behind.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reply {
    path: String,
    completeness: String,
    error: Option<ErrorModel>,
    analysis: Option<Analysis>,
    /// Whether the frame behind is there.
    pub(super) json: bool,
    extraction: Option<Extraction>,
    text: Option<String>,
}

impl Reply {
    /// The reply, and the frame behind it.
    pub(super) fn of(worked: Worked) -> (Reply, Option<String>) {
        let Worked { path, completeness, error, analysis, json, extraction, text } = worked;
        (Reply { path, completeness, error, analysis, json: json.is_some(), extraction, text }, json)
    }

    /// The result, with the frame behind the reply.
    pub(super) fn worked(self, json: Option<String>) -> Worked {
        let Reply { path, completeness, error, analysis, extraction, text, .. } = self;
        Worked { path, completeness, error, analysis, json, extraction, text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_comes_through_whole() {
        let day = parse::date("2026-03-01").expect("a day");
        let told = Told {
            payer: Some("Bluestone Health".to_owned()),
            url: Some("https://example.org/a".to_owned()),
            retrieved: Some(day),
            lines_of_business: LineOfBusiness::ALL.to_vec(),
            states: vec![State::from_code("OH").expect("a state")],
            number: Some("7".to_owned()),
            age: Some(9),
        };
        let source = Source {
            path: "a.pdf".to_owned(),
            url: told.url.clone(),
            snapshot: SnapshotId::from_hex(&"0a".repeat(32)),
            bytes: 3,
            retrieved: Some(day),
        };
        let wanted = Wanted { analysis: true, extraction: false, text: true, ..Wanted::default() };
        let json = serde_json::to_vec(&Request::of(&source, &told, wanted)).expect("it is plain data");
        let request: Request = serde_json::from_slice(&json).expect("it was just written");
        assert_eq!(request.parts(), (source, told, wanted));
    }
}
