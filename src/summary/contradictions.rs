//! Places of one document that do not fit together.

use std::collections::BTreeSet;

use super::View;
use super::model::{
    CodeMention, CodeTable, Contradiction, Evidence, Lever, LeverKind, ServiceStance, Side, Statement, Tension,
};
use crate::finding::Finding;
use crate::rules::{Category, Force, Scope};
use crate::text::Span;

/// What was found before.
pub(super) struct Found<'a> {
    pub(super) statements: &'a [Statement],
    pub(super) levers: &'a [Lever],
    pub(super) codes: &'a [CodeMention],
    pub(super) evidence: &'a Evidence,
}

/// The contradictions, in the order of their kinds.
pub(super) fn contradictions(view: &View<'_>, found: &Found<'_>) -> Vec<Contradiction> {
    let mut all = Vec::new();
    all.extend(barrier_and_review(view, found.statements, found.levers));
    all.extend(two_stances(view, found.statements));
    all.extend(code_and_text(view, found.codes));
    all.extend(society_and_evidence(view, found.evidence));
    all.extend(hedged_exclusions(view, found.statements));
    all.extend(definition_and_stance(view, found));
    all.extend(scope_gap(view, found.statements));
    all.sort_by_key(|contradiction| contradiction.tension);
    all
}

fn side(finding: &Finding) -> Side {
    Side { quote: finding.sentence, finding: Some(finding.id.clone()) }
}

/// The most codes that are set side by side.
const MOST_CODES: usize = 3;

/// A code that one table refuses, and another covers; tables that refuse only what meets no criteria do not count.
fn code_and_text(view: &View<'_>, codes: &[CodeMention]) -> Vec<Contradiction> {
    let by = |code: &CodeMention| code.by.as_ref().and_then(|id| view.finding(id));
    let procedure = codes.iter().filter(|code| code.system != "ICD-10-CM" && code.table == CodeTable::NotCovered);
    let refused = procedure.filter(|code| by(code).is_some_and(|by| by.scope != Scope::Residual));
    let pairs = refused.filter_map(|refused| {
        let covers = |code: &&CodeMention| matches!(code.table, CodeTable::Covered | CodeTable::CoveredIfCriteria);
        let covered = codes.iter().filter(covers).find(|code| code.code == refused.code)?;
        Some(Contradiction {
            tension: Tension::CodeAndText,
            code: Some(refused.code.clone()),
            left: table_side(view, refused)?,
            right: table_side(view, covered)?,
        })
    });
    pairs.take(MOST_CODES).collect()
}

/// The words that say in which table a code stands: the caption, or the code's own line.
fn table_side(view: &View<'_>, code: &CodeMention) -> Option<Side> {
    let by = view.finding(code.by.as_ref()?)?;
    let own = by.sentence.contains(code.span).then(|| line(view, code.span));
    Some(Side { quote: own.unwrap_or(by.sentence), finding: own.is_none().then(|| by.id.clone()) })
}

/// The words of a block around a code, at most so many bytes on each side.
const AROUND: usize = 100;

fn line(view: &View<'_>, code: Span) -> Span {
    let text = &view.document.text;
    let blocks = &view.document.blocks;
    let at = blocks.partition_point(|block| block.span.end() <= code.start()).min(blocks.len() - 1);
    let block = blocks[at].span;
    let blank = |c: char| c.is_whitespace();
    let start = code.start().saturating_sub(AROUND).max(block.start());
    let start = (start..=code.start()).find(|&at| text.is_char_boundary(at)).unwrap_or(code.start());
    let cut = start > block.start();
    let start = if cut { start + text[start..code.start()].find(blank).map_or(0, |at| at + 1) } else { start };
    let end = (code.end() + AROUND).min(block.end());
    let end = (code.end()..=end).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(code.end());
    let end = if end < block.end() { code.end() + text[code.end()..end].rfind(blank).unwrap_or(0) } else { end };
    Span::new(start, end)
}

/// Whether two sentences share two words of six letters or more.
fn alike(left: &str, right: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 6).map(str::to_owned).collect()
    };
    words(left).intersection(&words(right)).count() >= 2
}

/// How far apart a society and a conclusion may stand to be about one thing, in bytes.
const SAME_PASSAGE: usize = 4_000;

/// A society that the policy quotes in favour, and the payer's own conclusion that the evidence does not suffice.
fn society_and_evidence(view: &View<'_>, evidence: &Evidence) -> Option<Contradiction> {
    let place = |span: Span| {
        let blocks = &view.document.blocks;
        let at = blocks.partition_point(|block| block.span.end() <= span.start()).min(blocks.len() - 1);
        blocks[at].section
    };
    let conclusions = evidence.conclusions.iter().filter_map(|id| view.finding(id));
    let pair = |conclusion: &'_ Finding| {
        let near = |favour: &&Span| {
            place(**favour) == place(conclusion.sentence)
                && alike(favour.of(&view.document.text), conclusion.sentence.of(&view.document.text))
                && favour.start().abs_diff(conclusion.sentence.start()) <= SAME_PASSAGE
        };
        evidence.supporting.iter().find(near).copied()
    };
    let (favour, conclusion) = conclusions.filter_map(|one| Some((pair(one)?, one))).next()?;
    Some(Contradiction {
        tension: Tension::SocietyAndEvidence,
        code: None,
        left: Side { quote: favour, finding: None },
        right: side(conclusion),
    })
}

/// A test of its own with a limb on established alternatives, and a refusal for evidence that never speaks of them.
fn definition_and_stance(view: &View<'_>, found: &Found<'_>) -> Option<Contradiction> {
    let refusal = found
        .statements
        .iter()
        .filter(|statement| statement.stance == ServiceStance::Investigational)
        .find(|statement| finding(view, statement).is_some_and(|finding| finding.force == Force::Categorical))?;
    let limb = found.evidence.limbs.iter().find(|limb| limb.id == "alternatives" && limb.failed.is_none())?;
    Some(Contradiction {
        tension: Tension::DefinitionAndStance,
        code: None,
        left: Side { quote: limb.stated?, finding: None },
        right: spoken(view, refusal)?,
    })
}

/// A categorical refusal, and the promise of an individual review.
fn barrier_and_review(view: &View<'_>, statements: &[Statement], levers: &[Lever]) -> Option<Contradiction> {
    let refusal = statements
        .iter()
        .filter(|statement| statement.stance.refuses())
        .find(|statement| finding(view, statement).is_some_and(|finding| finding.force == Force::Categorical))?;
    let single = |lever: &&Lever| {
        lever.kind == LeverKind::IndividualReview
            && view
                .finding(&lever.finding)
                .is_some_and(|finding| finding.category != Category::MedicalDirectorDiscretion)
    };
    let review = levers.iter().find(single)?;
    Some(Contradiction {
        tension: Tension::BarrierAndReview,
        code: None,
        left: spoken(view, refusal)?,
        right: side(view.finding(&review.finding)?),
    })
}

/// The words in which a statement is made: an item's lead-in.
fn spoken(view: &View<'_>, statement: &Statement) -> Option<Side> {
    let own = finding(view, statement)?;
    let head = own.lead_in.as_ref().and_then(|head| view.finding(head));
    Some(side(head.unwrap_or(own)))
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
        if let Some((left, right)) = other.and_then(|right| Some((spoken(view, left)?, spoken(view, right)?))) {
            found.push(Contradiction { tension: Tension::TwoStances, code: None, left, right });
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
    let pair = |statement: &Statement| {
        let side = spoken(view, statement)?;
        Some(Contradiction { tension: Tension::HedgedExclusion, code: None, left: side.clone(), right: side })
    };
    hedged.filter_map(pair).collect()
}

/// A list of what is covered and a list of what is refused, and no word on what stands in neither.
fn scope_gap(view: &View<'_>, statements: &[Statement]) -> Option<Contradiction> {
    let covered = statements
        .iter()
        .find(|statement| !statement.stance.refuses() && statement.stance != ServiceStance::NotAddressed)?;
    let refused = statements.iter().find(|statement| statement.stance.refuses())?;
    let closed = |statement: &Statement| statement.residual || is_sweeping(view, statement);
    if statements.iter().any(closed) {
        return None;
    }
    Some(Contradiction {
        tension: Tension::ScopeGap,
        code: None,
        left: spoken(view, covered)?,
        right: spoken(view, refused)?,
    })
}

/// Whether a statement reaches every use.
pub(super) fn is_sweeping(view: &View<'_>, statement: &Statement) -> bool {
    finding(view, statement).is_some_and(|finding| finding.scope == Scope::All)
}
