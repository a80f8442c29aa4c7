//! Marks on findings: known from an earlier run, or suppressed by a person. A mark removes nothing.
//!
//! A finding's id is made of its rule, its words and which of several alike it is in its document, so the same
//! sentence has the same id in every document and every run. A baseline tells documents apart, by hash and else by
//! path; a suppression holds wherever its words stand.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Analysis;
use super::model::SuppressedModel;

/// The findings of an earlier run, by document.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    documents: Vec<Known>,
    by_hash: BTreeMap<String, usize>,
    by_path: BTreeMap<String, usize>,
}

#[derive(Clone, Debug)]
struct Known {
    ids: BTreeSet<String>,
    seen: bool,
}

/// What a baseline needs of an analysis.
#[derive(Deserialize)]
struct Line {
    source: LineSource,
    findings: Vec<LineFinding>,
}

#[derive(Deserialize)]
struct LineSource {
    path: String,
    sha256: Option<String>,
}

#[derive(Deserialize)]
struct LineFinding {
    id: String,
}

impl Baseline {
    /// Reads what `analyze --format json` or `jsonl` wrote.
    ///
    /// # Errors
    /// What is wrong, with its line.
    pub fn read(text: &str) -> Result<Baseline, String> {
        let text = text.trim_start_matches('\u{feff}');
        let lines: Result<Vec<Line>, serde_json::Error> = if text.trim_start().starts_with('[') {
            serde_json::from_str(text)
        } else {
            serde_json::Deserializer::from_str(text).into_iter().collect()
        };
        let mut baseline = Baseline::default();
        for line in lines.map_err(|error| error.to_string())? {
            let at = baseline.documents.len();
            if let Some(hash) = line.source.sha256 {
                baseline.by_hash.insert(hash, at);
            }
            baseline.by_path.insert(line.source.path, at);
            let ids = line.findings.into_iter().map(|finding| finding.id).collect();
            baseline.documents.push(Known { ids, seen: false });
        }
        Ok(baseline)
    }

    /// The document of the same bytes, else the one that stood at the same path.
    fn document(&mut self, analysis: &Analysis) -> Option<&mut Known> {
        let hash = analysis.source.sha256.as_ref().and_then(|hash| self.by_hash.get(hash));
        let at = *hash.or_else(|| self.by_path.get(&analysis.source.path))?;
        self.documents.get_mut(at)
    }
}

/// A finding that somebody does not want to be alarmed by again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The id of the finding.
    pub id: String,
    /// Why, in the words of who suppressed it.
    pub reason: String,
    /// The day, YYYY-MM-DD.
    pub date: String,
}

/// Marks the findings of a run and counts them.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    baseline: Option<Baseline>,
    suppressions: BTreeMap<String, SuppressedModel>,
    met: BTreeSet<String>,
    counts: MarkCounts,
}

/// How many findings were marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkCounts {
    /// In no document's baseline.
    pub new: usize,
    /// In their document's baseline.
    pub known: usize,
    /// In the baseline of a document of this run that no longer has them.
    pub gone: usize,
    /// Suppressed.
    pub suppressed: usize,
}

impl Marks {
    /// Marks by a baseline, by suppressions, or by both.
    #[must_use]
    pub fn new(baseline: Option<Baseline>, suppressions: Vec<Suppression>) -> Marks {
        let suppressions = suppressions.into_iter();
        let suppressions = suppressions.map(|one| (one.id, SuppressedModel { reason: one.reason, date: one.date }));
        Marks { baseline, suppressions: suppressions.collect(), ..Marks::default() }
    }

    /// Marks the findings of one document. One that could not be read has lost none.
    pub fn mark(&mut self, analysis: &mut Analysis) {
        for finding in &mut analysis.findings {
            finding.suppressed = self.suppressions.get(&finding.id).cloned();
            if finding.suppressed.is_some() {
                self.counts.suppressed += 1;
                self.met.insert(finding.id.clone());
            }
        }
        let Some(baseline) = &mut self.baseline else { return };
        let mut known = baseline.document(analysis);
        if let Some(known) = &mut known {
            known.seen = true;
        }
        if analysis.is_unread() {
            return;
        }
        for finding in &mut analysis.findings {
            let is_known = known.as_ref().is_some_and(|known| known.ids.contains(&finding.id));
            finding.baseline = Some(if is_known { "known" } else { "new" }.to_owned());
            *(if is_known { &mut self.counts.known } else { &mut self.counts.new }) += 1;
        }
        let here: BTreeSet<&str> = analysis.findings.iter().map(|finding| finding.id.as_str()).collect();
        self.counts.gone += known.map_or(0, |known| known.ids.iter().filter(|id| !here.contains(id.as_str())).count());
    }

    /// How many findings were marked so far; `None` of what there is no baseline for.
    #[must_use]
    pub fn counts(&self) -> MarkCounts {
        self.counts
    }

    /// How many documents of the baseline were not among those of the run; `None` without a baseline.
    #[must_use]
    pub fn missing(&self) -> Option<usize> {
        let unseen = |baseline: &Baseline| baseline.documents.iter().filter(|known| !known.seen).count();
        self.baseline.as_ref().map(unseen)
    }

    /// The suppressed ids that no finding of the run has, in order.
    #[must_use]
    pub fn unknown(&self) -> Vec<&str> {
        self.suppressions.keys().filter(|id| !self.met.contains(*id)).map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Source;
    use crate::report::model::FindingModel;
    use crate::rules::RuleSet;

    /// An analysis that was read, with findings of these ids.
    fn analysis(path: &str, ids: &[&str]) -> Analysis {
        let rules = RuleSet::parse(&[]).expect("no pack is sound");
        let source = Source { path: path.to_owned(), url: None, snapshot: None, bytes: 0, retrieved: None };
        let mut analysis = Analysis::failed(&source, "text/plain", "empty", "none", &rules);
        (analysis.error, analysis.extraction.completeness) = (None, "full".to_owned());
        analysis.findings = ids.iter().map(|id| FindingModel::named(id)).collect();
        analysis
    }

    fn text(analyses: &[Analysis]) -> String {
        analyses.iter().map(|one| serde_json::to_string(one).expect("it is JSON") + "\n").collect()
    }

    #[test]
    fn a_baseline_tells_new_known_and_gone_and_removes_nothing() {
        let old = text(&[analysis("a.txt", &["1", "2"]), analysis("b.txt", &["1"])]);
        let mut marks = Marks::new(Some(Baseline::read(&old).expect("it is a baseline")), Vec::new());
        let mut now = analysis("a.txt", &["2", "3"]);
        marks.mark(&mut now);
        let states: Vec<_> = now.findings.iter().map(|finding| finding.baseline.as_deref()).collect();
        assert_eq!(states, [Some("known"), Some("new")]);
        assert_eq!(marks.counts(), MarkCounts { new: 1, known: 1, gone: 1, suppressed: 0 });
        assert_eq!(marks.missing(), Some(1));
    }

    #[test]
    fn an_array_is_a_baseline_as_well_and_a_broken_line_is_named() {
        let array = format!("[\n{}]", text(&[analysis("a.txt", &["1"])]));
        assert_eq!(Baseline::read(&array).expect("it is a baseline").documents.len(), 1);
        let error = Baseline::read(&(text(&[analysis("a.txt", &[])]) + "{\"source\": 1}")).expect_err("it is none");
        assert!(error.contains("line 2"), "{error}");
    }

    #[test]
    fn a_document_that_was_not_read_has_lost_nothing() {
        let old = text(&[analysis("a.txt", &["1"])]);
        let mut marks = Marks::new(Some(Baseline::read(&old).expect("it is a baseline")), Vec::new());
        let mut now = analysis("a.txt", &[]);
        now.extraction.completeness = "none".to_owned();
        marks.mark(&mut now);
        assert_eq!((marks.counts(), marks.missing()), (MarkCounts::default(), Some(0)));
    }

    #[test]
    fn a_suppressed_finding_stays_with_its_reason_and_an_id_of_nothing_is_said() {
        let one = |id: &str| Suppression {
            id: id.to_owned(),
            reason: "other payer".to_owned(),
            date: "2026-11-25".to_owned(),
        };
        let mut marks = Marks::new(None, vec![one("2"), one("9")]);
        let mut now = analysis("a.txt", &["1", "2"]);
        marks.mark(&mut now);
        assert_eq!(now.findings.len(), 2);
        assert_eq!(now.findings[1].suppressed.as_ref().map(|why| why.reason.as_str()), Some("other payer"));
        assert_eq!((marks.counts().suppressed, marks.unknown(), marks.missing()), (1, vec!["9"], None));
    }
}
