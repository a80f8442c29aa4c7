//! The score: room that the words leave, in six parts, integer arithmetic throughout.

use std::collections::{BTreeMap, BTreeSet};

use super::View;
use super::contradictions::is_sweeping;
use super::kinds::{ServiceStance, Tension};
use super::model::{Contradiction, Criterion, LeverageSummary, Score, Statement};
use super::ranked::tenths;
use super::reach::{Asked, Reach};
use crate::finding::Finding;
use crate::policy::{LineOfBusiness, Metadata};
use crate::rules::{Category, Force, Group};
use crate::text::{Span, letters_and_digits};

/// The parts that are the same for every statement of a document.
pub(super) struct Scorer<'v, 'a> {
    view: &'v View<'a>,
    asked: &'v Asked,
    /// The policy's own lines of business.
    lines: Vec<LineOfBusiness>,
    contradictions: &'v [Contradiction],
    discretion: Part<'a>,
    law: Part<'a>,
    /// Where lists are left open: each belongs to the statement before it.
    open_lists: Vec<usize>,
    /// Where statements stand, in order.
    starts: Vec<usize>,
    /// Whether the policy states a general test of evidence that any service may meet.
    general_test: bool,
    staleness: i32,
}

/// A general test has so many limbs at least.
const LIMBS: usize = 2;

impl<'v, 'a> Scorer<'v, 'a> {
    pub(super) fn new(view: &'v View<'a>, metadata: &Metadata, summary: &'v LeverageSummary, asked: &'v Asked) -> Self {
        let lines = metadata.lines_of_business.iter().map(|field| field.value).collect();
        let open = view.operative().filter(|finding| finding.category == Category::OpenList);
        let mut starts: Vec<usize> = summary.stances.iter().map(start).collect();
        starts.sort_unstable();
        Scorer {
            view,
            asked,
            lines,
            contradictions: &summary.contradictions,
            discretion: Part::new(view, is_discretion),
            law: Part::new(view, is_law),
            open_lists: open.map(|finding| finding.sentence.end()).collect(),
            starts,
            general_test: summary.evidence.limbs.iter().filter(|limb| limb.stated.is_some()).count() >= LIMBS,
            staleness: staleness(view, summary),
        }
    }

    /// The score of one statement; `None` where the use is not addressed.
    pub(super) fn score(&self, statement: &Statement, criteria: &[Criterion]) -> Option<Score> {
        if statement.stance == ServiceStance::NotAddressed {
            return None;
        }
        let view = self.view;
        let reach = Reach {
            lines: [&self.asked.lines_of_business, &statement.lines_of_business, &self.lines]
                .into_iter()
                .find(|lines| !lines.is_empty())
                .map_or(&[][..], Vec::as_slice),
            asked: self.asked,
        };
        let parts = [
            capped(view, self.openness(criteria, statement), "stance"),
            capped(view, best_and_rest(view, &self.discretion.values(&reach)), "discretion"),
            capped(view, best_and_rest(view, &self.law.values(&reach)), "law"),
            capped(view, self.tension(statement), "tension"),
            capped(view, self.staleness, "staleness"),
            -capped(view, hardness(view, statement), "hardness"),
        ];
        let [stance, discretion, law, tension, staleness, hardness] = parts.map(tenths);
        let sum: i32 = [stance, discretion, law, tension, staleness, hardness].iter().map(|part| part.0).sum();
        let total = u8::try_from(((sum + 5).div_euclid(10)).clamp(0, 100)).expect("clamped to 100");
        Some(Score { total, stance, discretion, law, tension, staleness, hardness })
    }

    /// Part A: how open the binding stance is.
    fn openness(&self, criteria: &[Criterion], statement: &Statement) -> i32 {
        let view = self.view;
        let weights = &view.rules.weights;
        let force = view.finding(&statement.finding).map_or(Force::Categorical, |finding| finding.force);
        let words = statement.quote.of(&view.document.text).to_lowercase();
        let name = match statement.stance {
            ServiceStance::Covered => "covered",
            ServiceStance::CoveredWithCriteria if words.contains("will be approved") => "will-be-approved",
            ServiceStance::CoveredWithCriteria if force == Force::Permissive => "criteria-permissive",
            ServiceStance::CoveredWithCriteria => "criteria",
            _ if force == Force::Default => "hedged-refusal",
            _ if statement.residual => "residual-refusal",
            ServiceStance::NotMedicallyNecessary | ServiceStance::Investigational
                if self.general_test && !is_sweeping(view, statement) =>
            {
                "general-test"
            }
            ServiceStance::NotMedicallyNecessary => "not-medically-necessary",
            ServiceStance::Investigational if is_sweeping(view, statement) => "all-indications",
            ServiceStance::Investigational => "investigational",
            ServiceStance::Excluded | ServiceStance::NotAddressed => "excluded",
        };
        let points = weights.get("openness", name);
        if statement.stance != ServiceStance::CoveredWithCriteria {
            return points * 100;
        }
        let criteria = criteria.iter().filter(|criterion| criterion.finding == statement.finding).count();
        let criteria = i32::try_from(criteria).unwrap_or(i32::MAX);
        let off = criteria / weights.get("openness", "criteria-per-point").max(1);
        (points - off.min(weights.get("openness", "most-for-criteria"))) * 100
    }

    /// Part D: the contradictions that touch the statement, each kind once, and a list left open behind it.
    fn tension(&self, statement: &Statement) -> i32 {
        let weights = &self.view.rules.weights;
        let touching = self.contradictions.iter().filter(|contradiction| touches(contradiction, statement));
        let kinds: BTreeSet<Tension> = touching.map(|contradiction| contradiction.tension).collect();
        let points: i32 = kinds.iter().map(|kind| weights.get("tension", kind.id())).sum();
        let own = start(statement);
        let next = self.starts[self.starts.partition_point(|at| *at <= own)..].first().copied().unwrap_or(usize::MAX);
        let open = self.open_lists.iter().any(|at| own < *at && *at <= next);
        (points + if open { weights.get("tension", "open-coverage-list") } else { 0 }) * 100
    }
}

/// Where a statement begins, its list item where it has one.
fn start(statement: &Statement) -> usize {
    statement.item.unwrap_or(statement.quote).start()
}

/// Whether a contradiction is about a statement: its own words are a side, or, for what speaks of refusals at large,
/// it refuses.
fn touches(contradiction: &Contradiction, statement: &Statement) -> bool {
    let own = [&contradiction.left, &contradiction.right]
        .iter()
        .any(|side| side.quote == statement.quote || Some(side.quote) == statement.item);
    match contradiction.tension {
        Tension::TwoStances | Tension::HedgedExclusion | Tension::ScopeGap => own,
        Tension::BarrierAndReview
        | Tension::CodeAndText
        | Tension::SocietyAndEvidence
        | Tension::DefinitionAndStance => statement.stance.refuses(),
    }
}

/// The document's score: that of its first statement that is not residual, else of its first.
pub(super) fn of_document(statements: &[Statement]) -> Option<Score> {
    let scored = |statement: &&Statement| statement.score.is_some();
    let first = statements.iter().filter(scored).find(|statement| !statement.residual);
    first.or_else(|| statements.iter().find(scored))?.score
}

fn capped(view: &View<'_>, hundredths: i32, limit: &str) -> i32 {
    hundredths.clamp(0, view.rules.weights.get("limit", limit) * 100)
}

fn is_discretion(category: Category) -> bool {
    category.group() == Some(Group::IndividualReview)
        || matches!(
            category,
            Category::PeerToPeer
                | Category::NewEvidenceReconsideration
                | Category::ContinuityOfCare
                | Category::ExpandedAccess
                | Category::OffLabelCompendia
        )
}

fn is_law(category: Category) -> bool {
    matches!(
        category.group(),
        Some(Group::PlanTermsControl | Group::Mandate | Group::TrialAccess | Group::DisputeRights)
    ) && !is_discretion(category)
}

/// The findings that give a part its points.
struct Part<'a> {
    /// Each with the number of its sentence's wording, and with its value.
    findings: Vec<(usize, &'a Finding, i32)>,
    wordings: usize,
}

impl<'a> Part<'a> {
    fn new(view: &View<'a>, belongs: fn(Category) -> bool) -> Part<'a> {
        let mut wordings = BTreeMap::new();
        let mut findings = Vec::new();
        for finding in view.operative().filter(|finding| belongs(finding.category) && !finding.span.is_empty()) {
            let next = wordings.len();
            let words = letters_and_digits(finding.sentence.of(&view.document.text));
            findings.push((*wordings.entry(words).or_insert(next), finding, view.value(finding)));
        }
        Part { findings, wordings: wordings.len() }
    }

    /// The values of the sentences within reach, each wording once and with its strongest.
    fn values(&self, reach: &Reach<'_>) -> Vec<i32> {
        let mut best = vec![0; self.wordings];
        for (wording, finding, value) in &self.findings {
            if best[*wording] < *value && reach.includes(finding) {
                best[*wording] = *value;
            }
        }
        best
    }
}

/// The best in full and a part of the rest.
fn best_and_rest(view: &View<'_>, values: &[i32]) -> i32 {
    let best = values.iter().copied().max().unwrap_or(0);
    let rest: i32 = values.iter().sum::<i32>() - best;
    best + rest * view.rules.weights.get("limit", "rest-percent") / 100
}

fn staleness(view: &View<'_>, summary: &LeverageSummary) -> i32 {
    let weights = &view.rules.weights;
    let months = i32::try_from(summary.staleness.months_overdue).unwrap_or(i32::MAX);
    let overdue = months / weights.get("staleness", "months-per-point").max(1);
    let refreshed =
        if summary.staleness.evidence_not_refreshed { weights.get("staleness", "evidence-not-refreshed") } else { 0 };
    let facts = if summary.staleness.facts.is_empty() { 0 } else { weights.get("staleness", "dated-fact") };
    (overdue.min(weights.get("staleness", "most-for-months")) + refreshed + facts) * 100
}

/// Part F: what hardens the refusal, from the words of its own sentence.
fn hardness(view: &View<'_>, statement: &Statement) -> i32 {
    if !statement.stance.refuses() {
        return 0;
    }
    let weights = &view.rules.weights;
    let here = |group: Group| {
        let own = |words: Span| view.findings_in(words).filter(move |finding| finding.sentence == words);
        std::iter::once(statement.quote)
            .chain(statement.item)
            .flat_map(own)
            .any(|finding| finding.operative && finding.category.group() == Some(group))
    };
    // Beside a label the words are one finding with it.
    let says_unnecessary = statement.quote.of(&view.document.text).to_lowercase().contains("not medically necessary");
    let (label, necessity, refused) =
        (here(Group::Investigational), here(Group::NotMedicallyNecessary) || says_unnecessary, here(Group::NotCovered));
    let mut points = 0;
    if statement.stance == ServiceStance::Excluded {
        points += weights.get("hardness", "excluded");
    }
    if label && necessity && refused {
        points += weights.get("hardness", "stacked");
    } else if label && refused {
        points += weights.get("hardness", "refused-twice");
    }
    if is_sweeping(view, statement) {
        points += weights.get("hardness", "all-indications");
    }
    points * 100
}
