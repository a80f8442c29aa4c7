//! What the script of a page tells of a finding: what it is, how it stands, what decided that.

use serde_json::{Value, json};

use crate::report::clean::clean;
use crate::report::model::FindingModel;
use crate::report::{Analysis, cite, words};

/// For each finding its quote and page for a citation, what it is, and why.
pub(super) fn findings(analysis: &Analysis) -> Value {
    let all: serde_json::Map<String, Value> = analysis
        .findings
        .iter()
        .map(|finding| {
            let value = json!({
                "quote": clean(&finding.quote), "page": finding.page, "what": what(finding), "why": why(finding),
            });
            (finding.id.clone(), value)
        })
        .collect();
    let (before, behind) = cite::behind_quote(analysis);
    json!({ "cite": [before, behind], "f": all })
}

/// What a mark is, in one line.
fn what(finding: &FindingModel) -> String {
    let name = words::category_name(&finding.category);
    let standing = standing(finding);
    if standing.is_empty() { name } else { format!("{name} ({standing})") }
}

/// How a finding stands where it is not the payer's own word in force, and whose words they are; else empty.
pub(super) fn standing(finding: &FindingModel) -> String {
    if finding.operative {
        return String::new();
    }
    if finding.corrected.is_some() {
        return "rejected by hand".to_owned();
    }
    match (finding.holder.as_deref(), words::standing(&finding.assertion)) {
        (Some(holder), _) => words::holder(holder).to_owned(),
        (None, "") => "not in force here".to_owned(),
        (None, standing) => standing.to_owned(),
    }
}

/// Pairs of a label and words.
fn why(finding: &FindingModel) -> Vec<(&'static str, String)> {
    let mut why: Vec<(&'static str, String)> = Vec::new();
    let standing = standing(finding);
    let own = if finding.boilerplate { "a general notice of this payer" } else { "the payer’s own, in force" };
    why.push(("whose", if standing.is_empty() { own.to_owned() } else { standing }));
    why.extend(finding.corrected.as_ref().map(|correction| ("corrected", words::corrected(correction))));
    if finding.unclear {
        why.push(("unclear", "the signs conflict: read the sentence in its place".to_owned()));
    }
    why.push(("how firmly", words::force(&finding.force).to_owned()));
    let scope = words::scope(&finding.scope);
    why.push(("reaches", if scope.is_empty() { "the uses that are named" } else { scope }.to_owned()));
    if !finding.matched.is_empty() {
        why.push(("these words", format!("“{}”", clean(&finding.matched))));
    }
    let decided: Vec<String> = finding
        .cues
        .iter()
        .zip(&finding.cue_ids)
        .filter(|(words, id)| words != id)
        .map(|(words, _)| format!("“{}”", clean(words)))
        .collect();
    if !decided.is_empty() {
        why.push(("decided by", decided.join(", ")));
    }
    if let Some(heading) = &finding.section.heading {
        why.push(("under", clean(heading)));
    }
    why.push(("rule", finding.rule.clone()));
    why
}
