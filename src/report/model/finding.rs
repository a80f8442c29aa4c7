//! Findings as JSON.

use serde::{Deserialize, Serialize};

use super::place::Places;
use crate::finding::{AgeRange, Finding};
use crate::rules::RuleSet;

/// How many code points of context stand beside a match.
const CONTEXT: usize = 60;

/// A match with its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingModel {
    /// Stable: rule, normalized words and place.
    pub id: String,
    /// What the words say.
    pub category: String,
    /// The rule that matched.
    pub rule: String,
    /// How they stand.
    pub assertion: String,
    /// Whose words they are, when attributed.
    pub holder: Option<String>,
    /// The payer's own statement, in force.
    pub operative: bool,
    /// The evidence for the verdict conflicts.
    pub unclear: bool,
    /// How firmly it is said.
    pub force: String,
    /// What it reaches.
    pub scope: String,
    /// Lines of business that the statement names.
    pub lines_of_business: Vec<String>,
    /// States that the statement names.
    pub states: Vec<String>,
    /// Ages that the statement names.
    pub age: Option<AgeModel>,
    /// A general notice by its own wording and place.
    pub boilerplate: bool,
    /// Where it stands.
    pub section: SectionModel,
    /// The page on which the quote begins, from 1.
    pub page: Option<u32>,
    /// The page on which the quote ends.
    pub page_end: Option<u32>,
    /// The number printed on the page.
    pub page_label: Option<String>,
    /// The match in the matching text.
    pub span: SpanModel,
    /// The whole sentence or list item.
    pub quote: String,
    /// Whether the quote was cut at its end.
    pub quote_cut: bool,
    /// The words that matched; empty where the stance is inherited.
    #[serde(rename = "match")]
    pub matched: String,
    /// The words before the match.
    pub prefix: String,
    /// The words behind it.
    pub suffix: String,
    /// The finding that heads the list.
    pub lead_in: Option<String>,
    /// What the statement is about.
    pub topics: Vec<String>,
    /// Codes in the sentence.
    pub codes: Vec<String>,
    /// The words that decided the assertion; a mechanism without words of its own (a section, a list) by name.
    pub cues: Vec<String>,
    /// For each of `cues` the id of its cue or mechanism.
    pub cue_ids: Vec<String>,
    /// `known` or `new`, where the run was held against a baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// Why somebody suppressed it; it is marked, never left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<SuppressedModel>,
    /// What a person decided of it; then `operative` is as they say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<CorrectionModel>,
}

/// A person's verdict on a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionModel {
    /// `accept`: it is the payer's own statement in force; `reject`: it is none.
    pub verdict: String,
    /// Who decided.
    pub who: String,
    /// Why, in their words.
    pub why: String,
    /// The day, YYYY-MM-DD.
    pub date: String,
}

impl CorrectionModel {
    /// Whether the finding is accepted.
    #[must_use]
    pub fn accepts(&self) -> bool {
        self.verdict == "accept"
    }
}

/// Why and since when a finding is suppressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressedModel {
    /// In the words of who did it.
    pub reason: String,
    /// The day, YYYY-MM-DD.
    pub date: String,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionModel {
    /// `S1` to `S9`; `null` where unknown.
    pub tier: Option<String>,
    /// Its heading.
    pub heading: Option<String>,
}

/// A place in Unicode code points, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanModel {
    /// First code point.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
}

/// Ages in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeModel {
    /// From this age on.
    pub from: Option<u8>,
    /// Below this age.
    pub below: Option<u8>,
}

impl FindingModel {
    pub(super) fn of(finding: &Finding, places: &Places<'_>, rules: &RuleSet) -> FindingModel {
        let (quote, quote_cut) = places.quote(finding.sentence);
        let (start, end) = places.code_points(finding.span);
        let page = places.page(finding.sentence);
        let (prefix, suffix) =
            if finding.span.is_empty() { (String::new(), String::new()) } else { places.around(finding.span, CONTEXT) };
        let cues = finding.cues.iter().map(|cue| cue.span.map_or_else(|| cue.cue.clone(), |span| places.words(span)));
        FindingModel {
            id: finding.id.0.clone(),
            category: finding.category.id().to_owned(),
            rule: rules.rule(finding.rule).id.clone(),
            assertion: finding.assertion.id().to_owned(),
            holder: finding.holder.map(|holder| holder.id().to_owned()),
            operative: finding.operative,
            unclear: finding.unclear,
            force: finding.force.id().to_owned(),
            scope: finding.scope.id().to_owned(),
            lines_of_business: finding.lines_of_business.iter().map(|lob| lob.id().to_owned()).collect(),
            states: finding.states.iter().map(|state| state.code().to_owned()).collect(),
            age: finding.age.map(|AgeRange { from, below }| AgeModel { from, below }),
            boilerplate: finding.boilerplate,
            section: SectionModel {
                tier: finding.tier.map(|tier| tier.id().to_owned()),
                heading: finding.heading.clone(),
            },
            page,
            page_end: places.page_end(finding.sentence),
            page_label: page.and_then(|page| places.document.page_label(page)).map(str::to_owned),
            span: SpanModel { start, end },
            quote,
            quote_cut,
            matched: places.words(finding.span),
            prefix,
            suffix,
            lead_in: finding.lead_in.as_ref().map(|id| id.0.clone()),
            topics: finding.topics.clone(),
            codes: finding.codes.clone(),
            cues: cues.collect(),
            cue_ids: finding.cues.iter().map(|cue| cue.cue.clone()).collect(),
            baseline: None,
            suppressed: None,
            corrected: None,
        }
    }
}

#[cfg(test)]
impl FindingModel {
    /// A finding for tests, with nothing but its id and a stance.
    pub(in crate::report) fn named(id: &str) -> FindingModel {
        FindingModel {
            id: id.to_owned(),
            category: String::new(),
            rule: "a/b".to_owned(),
            assertion: "present".to_owned(),
            holder: None,
            operative: true,
            unclear: false,
            force: "categorical".to_owned(),
            scope: "all".to_owned(),
            lines_of_business: Vec::new(),
            states: Vec::new(),
            age: None,
            boilerplate: false,
            section: SectionModel { tier: None, heading: None },
            page: None,
            page_end: None,
            page_label: None,
            span: SpanModel { start: 0, end: 1 },
            quote: String::new(),
            quote_cut: false,
            matched: String::new(),
            prefix: String::new(),
            suffix: String::new(),
            lead_in: None,
            topics: Vec::new(),
            codes: Vec::new(),
            cues: Vec::new(),
            cue_ids: Vec::new(),
            baseline: None,
            suppressed: None,
            corrected: None,
        }
    }
}
