use super::score::sum;
use super::{DocumentStance, LeverKind, LeverageSummary, ServiceStance, Tension, Tenths, summarize};
use crate::context::judge;
use crate::document::{Block, Document, Role, Section, SectionId};
use crate::matcher::Matcher;
use crate::policy::{MediaType, Metadata, Tier};
use crate::rules::{RuleSet, embedded};
use crate::text::Span;

/// A document of one section for each tier: a heading-less run of paragraphs; "• " makes an item.
fn document(parts: &[(Tier, &[&str])]) -> Document {
    let mut document = Document::empty(MediaType::Text, "test/1");
    for &(tier, blocks) in parts {
        let section = SectionId::new(document.sections.len());
        let start = document.text.len();
        let mut head = None;
        for text in blocks {
            let at = document.text.len();
            document.text.push_str(text);
            let block = Block::paragraph(Span::new(at, document.text.len()), section);
            let id = crate::document::BlockId::new(document.blocks.len());
            document.blocks.push(if text.starts_with("• ") {
                Block { role: Role::Item { level: 1 }, lead_in: head, marker_len: 4, ..block }
            } else {
                head = Some(id);
                block
            });
            document.text.push('\n');
        }
        document.sections.push(Section {
            heading: None,
            level: 1,
            span: Span::new(start, document.text.len()),
            parent: None,
            tier: Some(tier),
            corroborated: false,
        });
    }
    document
}

fn summary(parts: &[(Tier, &[&str])]) -> LeverageSummary {
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let matcher = Matcher::new(&rules);
    let document = document(parts);
    let findings = judge(&document, &matcher.scanner().scan(&document), &rules).findings;
    summarize(&document, &Metadata::default(), &findings, &rules, None)
}

fn stances(parts: &[(Tier, &[&str])]) -> (DocumentStance, Vec<(ServiceStance, bool)>) {
    let summary = summary(parts);
    (summary.stance, summary.stances.iter().map(|statement| (statement.stance, statement.residual)).collect())
}

const REFUSAL: &str =
    "Stem cell injection is considered investigational for all orthopedic applications and is not covered.";
const COVERAGE: &str =
    "Stem cell transplantation is considered medically necessary when all of the following criteria are met:";

#[test]
fn the_documents_stance_follows_from_its_binding_statements() {
    assert_eq!(stances(&[(Tier::Binding, &[REFUSAL])]).0, DocumentStance::NotCovered);
    assert_eq!(stances(&[(Tier::Binding, &[COVERAGE, "• Age is known"])]).0, DocumentStance::CoveredWithCriteria);
    assert_eq!(stances(&[(Tier::Binding, &[COVERAGE, "• Age is known", REFUSAL])]).0, DocumentStance::Mixed);
    assert_eq!(stances(&[(Tier::Evidence, &["A trial of 12 horses was published."])]).0, DocumentStance::Silent);
    assert_eq!(
        stances(&[(Tier::Binding, &["Skin grafts are considered medically necessary."])]).0,
        DocumentStance::Covered
    );
}

#[test]
fn a_list_gives_one_statement_for_each_service_and_a_residual_one_is_marked() {
    let (_, found) = stances(&[(
        Tier::Binding,
        &[
            "The following services are considered experimental and investigational:",
            "• Fat grafts",
            "• Plasma gels",
            "For all other indications the brace is considered not medically necessary.",
        ],
    )]);
    let label = (ServiceStance::Investigational, false);
    assert_eq!(found, [label, label, (ServiceStance::NotMedicallyNecessary, true)]);
}

#[test]
fn an_unread_document_has_neither_stance_nor_barriers() {
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let mut document = Document::empty(MediaType::Pdf, "test/1");
    document.completeness = crate::document::Completeness::None;
    let summary = summarize(&document, &Metadata::default(), &[], &rules, None);
    assert_eq!(summary.stance, DocumentStance::Unreadable);
    assert!(summary.barriers.is_empty() && summary.levers.is_empty() && summary.score.is_none());
}

#[test]
fn a_refusal_beside_a_promise_of_review_is_a_contradiction() {
    let review = "Requests that do not meet criteria will be reviewed on a case-by-case basis.";
    let summary = summary(&[(Tier::Binding, &[REFUSAL]), (Tier::Notice, &[review])]);
    assert_eq!(summary.levers[0].kind, LeverKind::IndividualReview);
    assert!(summary.contradictions.iter().any(|found| found.tension == Tension::BarrierAndReview));
}

#[test]
fn the_parts_of_the_score_add_up_and_order_documents_by_room() {
    let review = "Requests that do not meet criteria will be reviewed on a case-by-case basis.";
    let room = |parts: &[(Tier, &[&str])]| {
        let score = summary(parts).score.expect("there is a stance");
        let Tenths(sum) = sum(&score);
        assert_eq!(i32::from(score.total), ((sum + 5).div_euclid(10)).clamp(0, 100));
        score.total
    };
    let closed = room(&[(Tier::Binding, &[REFUSAL])]);
    let quotable = room(&[(Tier::Binding, &[REFUSAL]), (Tier::Notice, &[review])]);
    let criteria = room(&[(Tier::Binding, &[COVERAGE, "• Age is known", "• Illness is known"])]);
    let both = room(&[(Tier::Binding, &[COVERAGE, "• Age is known"]), (Tier::Note, &[review])]);
    assert_eq!(closed, 0);
    assert!(closed < quotable && quotable < criteria && criteria < both, "{closed} {quotable} {criteria} {both}");
}
