//! Matches that share words: look-alikes, negated twins, the same statement found twice.

use super::Mechanism;
use super::view::{Views, mechanism, words_in};
use crate::finding::{CueWords, Rejected};
use crate::matcher::Target;
use crate::rules::{Category, Group, RuleIndex};
use crate::text::Span;

/// The rule matches of a sentence that stand after these settlings, in order; the others go to `rejected`:
/// a match that overlaps a look-alike of its rule; coverage words inside a refusal; the shorter of two
/// overlapping matches of one category; "medically necessary" beside a condition; the second half of
/// "investigational and not medically necessary".
pub(super) fn settle(views: &Views<'_>, index: usize, rejected: &mut Vec<Rejected>) -> Vec<(RuleIndex, Span)> {
    let scanned = views.scanned(index);
    let mut open: Vec<(RuleIndex, Span)> = scanned
        .matches
        .iter()
        .filter_map(|found| match found.target {
            Target::Rule(rule) => Some((rule, found.span)),
            Target::LookAlike(_) | Target::Cue(_) => None,
        })
        .collect();
    let look_alike = |rule: RuleIndex, span: Span| {
        scanned.matches.iter().find(|found| found.target == Target::LookAlike(rule) && found.span.overlaps(span))
    };
    let mut drop = |keep: &mut Vec<(RuleIndex, Span)>, at: usize, reason: CueWords| {
        let (rule, span) = keep.remove(at);
        rejected.push(views.rejected(index, rule, span, reason));
    };
    let mut at = 0;
    while views.keeps(Mechanism::LookAlikes) && at < open.len() {
        match look_alike(open[at].0, open[at].1) {
            Some(found) => drop(&mut open, at, CueWords { cue: "look-alike".to_owned(), span: Some(found.span) }),
            None => at += 1,
        }
    }
    let mut at = 0;
    while views.keeps(Mechanism::Overlaps) && at < open.len() {
        let winner =
            open.iter().enumerate().find(|&(other, &rival)| other != at && beats(views, rival, open[at], other < at));
        match winner {
            Some((_, &(_, span))) => {
                let reason = CueWords { span: Some(span), ..mechanism("overlap/stronger-match") };
                drop(&mut open, at, reason);
            }
            None => at += 1,
        }
    }
    open
}

/// Whether `rival` makes `loser` superfluous; `earlier` breaks ties.
fn beats(views: &Views<'_>, rival: (RuleIndex, Span), loser: (RuleIndex, Span), earlier: bool) -> bool {
    use Category::{ConditionalCoverage, Investigational, MedicallyNecessary, NotMedicallyNecessary};
    let (a, b) = (views.rule(rival.0).category, views.rule(loser.0).category);
    let near = |most| {
        let (left, right) = if rival.1 <= loser.1 { (rival.1, loser.1) } else { (loser.1, rival.1) };
        left.end() >= right.start() || words_in(&views.document.text[left.end()..right.start()]) <= most
    };
    let overlap = rival.1.overlaps(loser.1);
    if a == b {
        let longer = rival.1.len() > loser.1.len() || rival.1.len() == loser.1.len() && earlier;
        return overlap && longer;
    }
    match (a, b) {
        (NotMedicallyNecessary, MedicallyNecessary | ConditionalCoverage) => overlap,
        (barrier, coverage)
            if barrier.is_barrier() && barrier.group() != Some(Group::UtilizationLimit) && is_coverage(coverage) =>
        {
            overlap && rival.1.contains(loser.1) && rival.1 != loser.1
        }
        (ConditionalCoverage, MedicallyNecessary) => overlap,
        (Investigational, NotMedicallyNecessary) => {
            overlap || near(3) && rival.1.start() < loser.1.start() && !sets_against(views, rival.1, loser.1)
        }
        _ => false,
    }
}

/// "no longer investigational, but it is not medically necessary": two statements and no stacked label.
fn sets_against(views: &Views<'_>, first: Span, second: Span) -> bool {
    let between = views.document.text.get(first.end()..second.start()).unwrap_or("");
    between.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "but" | "however" | "though"))
}

fn is_coverage(category: Category) -> bool {
    matches!(category, Category::MedicallyNecessary | Category::ConditionalCoverage)
}
