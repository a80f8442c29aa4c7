//! The record of a run: what was worked on, with what, and what came of it; enough to run it again.

use serde::Serialize;

use super::Analysis;

/// The version of the record's format.
const SCHEMA: &str = "fineprint/run/1";

/// One run. It holds no time but the day that dates were measured against.
#[derive(Clone, Debug, Serialize)]
pub struct RunRecord {
    schema: &'static str,
    version: &'static str,
    options: Vec<String>,
    as_of: Option<String>,
    rules: Option<RulesRecord>,
    inputs: Vec<InputRecord>,
    counts: Counts,
    /// Ids in the file of corrections that no finding of the run has.
    corrections_of_nothing: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct RulesRecord {
    id: String,
    packs: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct InputRecord {
    path: String,
    sha256: Option<String>,
    bytes: u64,
    completeness: String,
    error: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Counts {
    documents: usize,
    read: usize,
    partly_read: usize,
    not_read: usize,
    findings: usize,
    statements: usize,
    barriers: usize,
    levers: usize,
    accepted_by_hand: usize,
    rejected_by_hand: usize,
}

impl RunRecord {
    /// A record with the words of the command line and the day measured against, before the first document.
    #[must_use]
    pub fn new(options: Vec<String>, as_of: Option<String>) -> RunRecord {
        RunRecord {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            options,
            as_of,
            rules: None,
            inputs: Vec::new(),
            counts: Counts::default(),
            corrections_of_nothing: Vec::new(),
        }
    }

    /// Takes the ids in the file of corrections that no finding of the run had.
    pub fn of_nothing(&mut self, ids: Vec<String>) {
        self.corrections_of_nothing = ids;
    }

    /// Adds one document.
    pub fn take(&mut self, analysis: &Analysis) {
        let counts = &mut self.counts;
        counts.documents += 1;
        match analysis.extraction.completeness.as_str() {
            "full" => counts.read += 1,
            "partial" => counts.partly_read += 1,
            _ => counts.not_read += 1,
        }
        counts.findings += analysis.findings.len();
        let (accepted, rejected) = analysis.corrected();
        counts.accepted_by_hand += accepted;
        counts.rejected_by_hand += rejected;
        if let Some(summary) = &analysis.summary {
            counts.statements += summary.stances.len();
            counts.barriers += summary.barriers.len();
            counts.levers += summary.levers.len();
        }
        let rules = &analysis.rules;
        self.rules.get_or_insert_with(|| RulesRecord { id: rules.id.clone(), packs: rules.packs.clone() });
        self.inputs.push(InputRecord {
            path: analysis.source.path.clone(),
            sha256: analysis.source.sha256.clone(),
            bytes: analysis.source.bytes,
            completeness: analysis.extraction.completeness.clone(),
            error: analysis.error.as_ref().map(|error| error.code.clone()),
        });
    }
}
