//! Places of one document that do not fit together.
//!
//! A wrong contradiction costs an advocate more than a missed one: two statements are set side by side only where both
//! speak of one service and use, neither stands in evidence or background, and no exception resolves them.

use std::collections::BTreeSet;

use super::View;
use super::kinds::{CodeTable, LeverKind, ServiceStance, Tension};
use super::model::{CodeMention, Contradiction, Evidence, Lever, Side, Statement};
use super::stance::is_billing;
use crate::finding::Finding;
use crate::policy::Tier;
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
        let (left, right) = (table_side(view, refused)?, table_side(view, covered)?);
        let captions = [by(refused)?, by(covered)?];
        let told_apart = captions.iter().any(|caption| excepts(view, caption.sentence))
            || conditional(view, captions[0].sentence)
            || left.quote == right.quote;
        (!told_apart).then(|| Contradiction {
            tension: Tension::CodeAndText,
            code: Some(refused.code.clone()),
            left,
            right,
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
    let block = view.block_at(code).span;
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

/// The beginnings of words that stand in every policy and name no service.
const COMMON: [&str; 48] = [
    "accord", "another", "applic", "approv", "because", "benefi", "circum", "clinic", "condit", "consid", "covera",
    "covere", "criter", "curren", "decisi", "determ", "diagno", "docume", "effect", "establ", "eviden", "except",
    "experi", "follow", "guidel", "health", "indica", "indivi", "insuff", "invest", "litera", "medica", "member",
    "necess", "outcom", "patien", "physic", "policy", "proced", "provid", "publis", "reques", "review", "servic",
    "studie", "suppor", "treatm", "unprov",
];

/// The words of six letters or more that name a thing.
fn telling(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 6);
    words.filter(|word| !COMMON.iter().any(|common| word.starts_with(common))).map(str::to_owned).collect()
}

/// Whether two sentences share two words that name a thing.
fn alike(left: &BTreeSet<String>, right: &BTreeSet<String>) -> bool {
    left.intersection(right).nth(1).is_some()
}

/// By what a finding names its service: codes, and words that name a thing. A topic does not tell: a document's title
/// gives its topic to every notice.
struct Service<'a> {
    finding: &'a Finding,
    words: BTreeSet<String>,
}

impl<'a> Service<'a> {
    fn of(view: &View<'a>, statement: &Statement) -> Option<Service<'a>> {
        finding(view, statement).map(|finding| Service { finding, words: telling(&words_of(view, statement)) })
    }

    /// Whether both are one: a code or the words for it in both.
    fn is(&self, other: &Service<'_>) -> bool {
        self.finding.codes.iter().any(|code| other.finding.codes.contains(code)) || alike(&self.words, &other.words)
    }
}

/// Whether a place is no statement of the payer's position: evidence, background, history, references.
fn aside(tier: Option<Tier>) -> bool {
    matches!(tier, Some(Tier::Evidence | Tier::Description | Tier::History | Tier::References))
}

/// Whether words point to an exception or to what stands elsewhere, which resolves what looks like a contradiction.
fn excepts(view: &View<'_>, words: Span) -> bool {
    let lower = words.of(&view.document.text).to_lowercase();
    let phrases = ["except", "unless", "other than", "noted above", "listed above", "described above", "not listed"];
    phrases.iter().any(|phrase| lower.contains(phrase))
}

/// Whether a refusal is only one under a condition or for some uses.
fn conditional(view: &View<'_>, words: Span) -> bool {
    let lower = words.of(&view.document.text).to_lowercase();
    let phrases =
        [" if ", " when ", "not met", "not meet", "for indications", "for the following", "all other", "any other"];
    phrases.iter().any(|phrase| lower.contains(phrase))
}

/// The words of a statement: its sentence and its item.
fn words_of(view: &View<'_>, statement: &Statement) -> String {
    let text = &view.document.text;
    let item = statement.item.map_or("", |item| item.of(text));
    format!("{} {item}", statement.quote.of(text))
}

/// Whether a statement can be one side of a contradiction.
fn stands(view: &View<'_>, statement: &Statement) -> bool {
    finding(view, statement).is_some_and(|own| !aside(own.tier))
        && !statement.residual
        && !excepts(view, statement.quote)
        && statement.item.is_none_or(|item| !excepts(view, item))
}

/// How far apart a society and a conclusion may stand to be about one thing, in bytes.
const SAME_PASSAGE: usize = 4_000;

/// A society that the policy quotes in favour, and the payer's own conclusion that the evidence does not suffice.
fn society_and_evidence(view: &View<'_>, evidence: &Evidence) -> Option<Contradiction> {
    let conclusions = evidence.conclusions.iter().filter_map(|id| view.finding(id));
    let pair = |conclusion: &'_ Finding| {
        let near = |favour: &&Span| {
            view.block_at(**favour).section == view.block_of(conclusion).section
                && favour.start().abs_diff(conclusion.sentence.start()) <= SAME_PASSAGE
                && alike(
                    &telling(favour.of(&view.document.text)),
                    &telling(conclusion.sentence.of(&view.document.text)),
                )
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
    let tier = view.document.sections[view.block_at(limb.stated?).section.index()].tier;
    if aside(tier) || !stands(view, refusal) {
        return None;
    }
    Some(Contradiction {
        tension: Tension::DefinitionAndStance,
        code: None,
        left: Side { quote: limb.stated?, finding: None },
        right: spoken(view, refusal)?,
    })
}

/// A categorical refusal, and the promise of an individual review of the same service.
fn barrier_and_review(view: &View<'_>, statements: &[Statement], levers: &[Lever]) -> Option<Contradiction> {
    let refusals = statements
        .iter()
        .filter(|statement| statement.stance.refuses() && stands(view, statement))
        .filter(|statement| finding(view, statement).is_some_and(|finding| finding.force == Force::Categorical));
    let reviews: Vec<Service<'_>> = levers
        .iter()
        .filter(|lever| lever.kind == LeverKind::IndividualReview)
        .filter_map(|lever| view.finding(&lever.finding))
        .filter(|review| review.category != Category::MedicalDirectorDiscretion && !aside(review.tier))
        .map(|finding| Service { finding, words: telling(finding.sentence.of(&view.document.text)) })
        .collect();
    refusals
        .filter_map(|refusal| {
            let own = Service::of(view, refusal)?;
            let about = |review: &&Service<'_>| review.finding.sentence != own.finding.sentence && own.is(review);
            let review = reviews.iter().find(about)?;
            let (left, right) = (spoken(view, refusal)?, side(review.finding));
            Some(Contradiction { tension: Tension::BarrierAndReview, code: None, left, right })
        })
        .next()
}

/// The words in which a statement is made: an item's lead-in.
fn spoken(view: &View<'_>, statement: &Statement) -> Option<Side> {
    let own = finding(view, statement)?;
    let head = own.lead_in.as_ref().and_then(|head| view.finding(head));
    Some(side(head.unwrap_or(own)))
}

fn covers(statement: &Statement) -> bool {
    matches!(statement.stance, ServiceStance::Covered | ServiceStance::CoveredWithCriteria)
}

fn finding<'a>(view: &View<'a>, statement: &Statement) -> Option<&'a Finding> {
    view.finding(&statement.finding)
}

/// One service and use, both covered and refused, without a residual clause between them.
fn two_stances(view: &View<'_>, statements: &[Statement]) -> Vec<Contradiction> {
    let named = |statement: &&Statement| {
        statement.service.is_some() && statement.indication.is_some() && stands(view, statement)
    };
    let flat = |statement: &Statement| !statement.stance.refuses() || !conditional(view, statement.quote);
    let key = |statement: &Statement| {
        let words = |words: &Option<String>| crate::text::letters_and_digits(words.as_deref().unwrap_or(""));
        (words(&statement.service), words(&statement.indication))
    };
    let mut found = Vec::new();
    let named: Vec<_> = statements.iter().filter(named).map(|statement| (key(statement), statement)).collect();
    for (index, (own, left)) in named.iter().enumerate() {
        let other = named[index + 1..].iter().find(|(other, right)| {
            let differ = covers(left) && right.stance.refuses() || left.stance.refuses() && covers(right);
            let one_reach = left.lines_of_business == right.lines_of_business && left.states == right.states;
            differ && own == other && one_reach && flat(left) && flat(right) && left.quote != right.quote
        });
        if let Some((left, right)) = other.and_then(|(_, right)| Some((spoken(view, left)?, spoken(view, right)?))) {
            found.push(Contradiction { tension: Tension::TwoStances, code: None, left, right });
        }
    }
    found
}

/// "Generally excluded", "typically not covered".
fn hedged_exclusions(view: &View<'_>, statements: &[Statement]) -> Vec<Contradiction> {
    let refused = statements.iter().filter(|statement| statement.stance.refuses() && stands(view, statement));
    let hedged = refused.filter(|statement| {
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
    let pays = |statement: &&Statement| finding(view, statement).is_some_and(|own| is_billing(view, own));
    let standing = || statements.iter().filter(|statement| stands(view, statement) && !pays(statement));
    let closed = |statement: &Statement| statement.residual || is_sweeping(view, statement);
    if statements.iter().any(closed) {
        return None;
    }
    let named = |one: &Statement| {
        let words = telling(one.service.as_deref().unwrap_or_default());
        finding(view, one).map(|finding| Service { finding, words })
    };
    let refused: Vec<(&Statement, Service<'_>)> =
        standing().filter(|one| one.stance.refuses()).filter_map(|one| Some((one, named(one)?))).collect();
    let pair = |covered: &'_ Statement| {
        let own = named(covered)?;
        let (refused, _) = refused.iter().find(|(one, other)| one.quote != covered.quote && own.is(other))?;
        Some((spoken(view, covered)?, spoken(view, refused)?))
    };
    let (left, right) = standing().filter(|statement| covers(statement)).find_map(pair)?;
    Some(Contradiction { tension: Tension::ScopeGap, code: None, left, right })
}

/// Whether a statement reaches every use.
pub(super) fn is_sweeping(view: &View<'_>, statement: &Statement) -> bool {
    finding(view, statement).is_some_and(|finding| finding.scope == Scope::All)
}
