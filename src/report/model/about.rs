//! An analysis cut down to what it says of some topics.

use std::collections::BTreeSet;

use super::Analysis;
use super::summary::StanceModel;

impl Analysis {
    /// Keeps the findings and statements that are about one of `topics`, and what speaks of no service: levers, history,
    /// dates, the document's own stance. An empty list keeps all.
    pub fn keep_about(&mut self, topics: &[String]) {
        if topics.is_empty() {
            return;
        }
        let about = |own: &[String]| own.iter().any(|topic| topics.contains(topic));
        let Some(summary) = &mut self.summary else { return };
        summary.stances.retain(|statement| about(&statement.topics));
        let mut kept: BTreeSet<String> =
            self.findings.iter().filter(|finding| about(&finding.topics)).map(|finding| finding.id.clone()).collect();
        for statement in &summary.stances {
            kept.insert(statement.finding.clone());
            kept.extend(statement.lists.iter().cloned());
        }
        summary.barriers.retain(|barrier| kept.contains(&barrier.finding));
        summary.criteria.retain(|criterion| kept.contains(&criterion.finding));
        summary.evidence.conclusions.retain(|finding| kept.contains(finding));
        let known = |finding: &Option<String>| finding.as_ref().is_none_or(|finding| kept.contains(finding));
        summary.contradictions.retain(|one| known(&one.left.finding) || known(&one.right.finding));
        if summary.stance != "unreadable" {
            summary.stance = stance(&summary.stances).to_owned();
        }
        let scored =
            |residual: bool| summary.stances.iter().find(|one| one.score.is_some() && (residual || !one.residual));
        summary.score = scored(false).or_else(|| scored(true)).and_then(|statement| statement.score.clone());
        let sides = summary.contradictions.iter().flat_map(|one| [&one.left.finding, &one.right.finding]);
        let others = sides.flatten().chain(summary.levers.iter().map(|lever| &lever.finding)).cloned();
        let all: BTreeSet<String> = others.chain(kept.iter().cloned()).collect();
        self.findings.retain(|finding| all.contains(&finding.id));
    }
}

/// What the kept statements say together, as a document's stance.
fn stance(statements: &[StanceModel]) -> &'static str {
    let any = |wanted: &[&str]| statements.iter().any(|one| wanted.contains(&one.stance.as_str()));
    let conditional = any(&["covered-with-criteria"]);
    let covered = conditional || any(&["covered"]);
    match (covered, any(&["not-medically-necessary", "investigational", "excluded"])) {
        (true, true) => "mixed",
        (true, false) if conditional => "covered-with-criteria",
        (true, false) => "covered",
        (false, true) => "not-covered",
        (false, false) => "silent",
    }
}
