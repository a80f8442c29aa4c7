//! Places of one document that do not fit together.

use super::View;
use super::model::{Contradiction, Lever, LeverKind, ServiceStance, Statement, Tension};
use crate::finding::{Finding, FindingId};
use crate::rules::{Category, Force, Scope};

/// The contradictions, in the order of their kinds.
pub(super) fn contradictions(view: &View<'_>, statements: &[Statement], levers: &[Lever]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    found.extend(barrier_and_review(view, statements, levers));
    found.extend(two_stances(view, statements));
    found.extend(hedged_exclusions(view, statements));
    found.extend(scope_gap(view, statements));
    found.sort_by_key(|contradiction| contradiction.tension);
    found
}

/// A categorical refusal, and the promise of an individual review.
fn barrier_and_review(view: &View<'_>, statements: &[Statement], levers: &[Lever]) -> Option<Contradiction> {
    let refusal = statements
        .iter()
        .filter(|statement| statement.stance.refuses())
        .find(|statement| finding(view, statement).is_some_and(|finding| finding.force == Force::Categorical))?;
    let review = levers.iter().find(|lever| lever.kind == LeverKind::IndividualReview)?;
    Some(Contradiction {
        tension: Tension::BarrierAndReview,
        left: spoken(view, refusal),
        right: review.finding.clone(),
    })
}

/// The finding in whose words a statement is made: an item's lead-in.
fn spoken(view: &View<'_>, statement: &Statement) -> FindingId {
    let head = finding(view, statement).and_then(|finding| finding.lead_in.clone());
    head.unwrap_or_else(|| statement.finding.clone())
}

fn finding<'a>(view: &View<'a>, statement: &Statement) -> Option<&'a Finding> {
    view.finding(&statement.finding)
}

/// One service and use, both covered and refused, without a residual clause between them.
fn two_stances(view: &View<'_>, statements: &[Statement]) -> Vec<Contradiction> {
    let named =
        |statement: &&Statement| statement.service.is_some() && statement.indication.is_some() && !statement.residual;
    let key = |statement: &Statement| {
        let words = |words: &Option<String>| crate::text::letters_and_digits(words.as_deref().unwrap_or(""));
        (words(&statement.service), words(&statement.indication))
    };
    let mut found = Vec::new();
    for (index, left) in statements.iter().enumerate().filter(|(_, statement)| named(statement)) {
        let other = statements[index + 1..].iter().filter(named).find(|right| {
            let covers = |stance| matches!(stance, ServiceStance::Covered | ServiceStance::CoveredWithCriteria);
            let differ = covers(left.stance) && right.stance.refuses() || left.stance.refuses() && covers(right.stance);
            differ && key(left) == key(right)
        });
        if let Some(right) = other {
            let (left, right) = (spoken(view, left), spoken(view, right));
            found.push(Contradiction { tension: Tension::TwoStances, left, right });
        }
    }
    found
}

/// "Generally excluded", "typically not covered".
fn hedged_exclusions(view: &View<'_>, statements: &[Statement]) -> Vec<Contradiction> {
    let hedged = statements.iter().filter(|statement| statement.stance.refuses()).filter(|statement| {
        finding(view, statement).is_some_and(|finding| {
            finding.force == Force::Default
                && matches!(
                    finding.category,
                    Category::BenefitExclusion | Category::Investigational | Category::NotMedicallyNecessary
                )
        })
    });
    let pair = |statement: &Statement| Contradiction {
        tension: Tension::HedgedExclusion,
        left: spoken(view, statement),
        right: spoken(view, statement),
    };
    hedged.map(pair).collect()
}

/// A list of what is covered and a list of what is refused, and no word on what stands in neither.
fn scope_gap(view: &View<'_>, statements: &[Statement]) -> Option<Contradiction> {
    let covered = statements
        .iter()
        .find(|statement| !statement.stance.refuses() && statement.stance != ServiceStance::NotAddressed)?;
    let refused = statements.iter().find(|statement| statement.stance.refuses())?;
    let closed = |statement: &Statement| statement.residual || is_sweeping(view, statement);
    (!statements.iter().any(closed)).then(|| Contradiction {
        tension: Tension::ScopeGap,
        left: spoken(view, covered),
        right: spoken(view, refused),
    })
}

/// Whether a statement reaches every use.
pub(super) fn is_sweeping(view: &View<'_>, statement: &Statement) -> bool {
    finding(view, statement).is_some_and(|finding| finding.scope == Scope::All)
}
