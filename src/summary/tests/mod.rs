//! Whole summaries of small documents.

mod asides;
mod criteria;
mod statements;

use super::{Asked, DocumentStance, LeverKind, LeverageSummary, ServiceStance, Tension, Tenths, summarize};
use crate::context::judge;
use crate::document::{Block, Document, Role, Section, SectionId};
use crate::extract::{Limits, extract};
use crate::matcher::Matcher;
use crate::policy::{LineOfBusiness, MediaType, Metadata, Tier};
use crate::rules::{RuleSet, embedded};
use crate::text::Span;

/// A document of one section for each tier: a run of paragraphs; "• " makes an item, "# " a heading with a section
/// of its own within.
fn document(parts: &[(Tier, &[&str])]) -> Document {
    let mut document = Document::empty(MediaType::Text, "test/1");
    for &(tier, blocks) in parts {
        let whole = SectionId::new(document.sections.len());
        let start = document.text.len();
        let mut section = whole;
        document.sections.push(section_of(tier, None, start));
        let mut head = None;
        for text in blocks {
            let at = document.text.len();
            let words = text.strip_prefix("# ");
            document.text.push_str(words.unwrap_or(text));
            if words.is_some() {
                section = SectionId::new(document.sections.len());
                document.sections.push(section_of(tier, Some(whole), at));
            }
            let block = Block::paragraph(Span::new(at, document.text.len()), section);
            let id = crate::document::BlockId::new(document.blocks.len());
            document.blocks.push(if text.starts_with("• ") {
                Block { role: Role::Item { level: 1 }, lead_in: head, marker_len: 4, ..block }
            } else {
                head = Some(id);
                let role = if words.is_some() { Role::Heading { level: 2 } } else { block.role };
                Block { role, ..block }
            });
            document.text.push('\n');
            let end = document.text.len();
            for open in [whole, section] {
                let span = &mut document.sections[open.index()].span;
                *span = Span::new(span.start(), end);
            }
        }
    }
    document
}

fn section_of(tier: Tier, parent: Option<SectionId>, start: usize) -> Section {
    let level = 1 + u8::from(parent.is_some());
    Section { heading: None, level, span: Span::new(start, start), parent, tier: Some(tier), corroborated: false }
}

fn summary(parts: &[(Tier, &[&str])]) -> LeverageSummary {
    summary_of(&document(parts))
}

fn summary_of(document: &Document) -> LeverageSummary {
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let matcher = Matcher::new(&rules);
    let findings = judge(document, &matcher.scanner().scan(document), &rules).findings;
    summarize(document, &Metadata::default(), &findings, &rules, &Asked::default())
}

/// The criteria in their words, each with its level and how its list is joined.
fn criteria(parts: &[(Tier, &[&str])]) -> Vec<(String, u8, String)> {
    let text = document(parts).text;
    let told = |one: &super::Criterion| (one.quote.of(&text).to_owned(), one.level, one.connective.id());
    summary(parts).criteria.iter().map(told).collect()
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
    let summary = summarize(&document, &Metadata::default(), &[], &rules, &Asked::default());
    assert_eq!(summary.stance, DocumentStance::Unreadable);
    assert!(summary.barriers.is_empty() && summary.levers.is_empty() && summary.score.is_none());
}

#[test]
fn a_refusal_beside_a_promise_of_review_of_the_same_service_is_a_contradiction() {
    let check = |review: &str, expected: bool| {
        let summary = summary(&[(Tier::Binding, &[REFUSAL]), (Tier::Note, &[review])]);
        assert_eq!(summary.levers[0].kind, LeverKind::IndividualReview, "{review}");
        let found = summary.contradictions.iter().any(|found| found.tension == Tension::BarrierAndReview);
        assert_eq!(found, expected, "{review}");
    };
    check("Requests for orthopedic stem cell injection will be reviewed on a case-by-case basis.", true);
    check("Requests that do not meet criteria will be reviewed on a case-by-case basis.", false);
}

#[test]
fn the_parts_of_the_score_add_up_and_order_documents_by_room() {
    let review = "Requests that do not meet criteria will be reviewed on a case-by-case basis.";
    let room = |parts: &[(Tier, &[&str])]| {
        let score = summary(parts).score.expect("there is a stance");
        let parts = [score.stance, score.discretion, score.law, score.tension, score.staleness, score.hardness];
        let sum: i32 = parts.iter().map(|part| part.0).sum();
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

#[test]
fn a_residual_clause_knows_its_lists_and_a_hand_over_its_policy() {
    let summary = summary(&[(
        Tier::Binding,
        &[
            "Skin grafts are considered medically necessary when the burn is deep.",
            "Skin grafts for all other indications are considered investigational.",
            "For nerve grafts, refer to the medical policy titled Nerve Repair.",
        ],
    )]);
    let [covered, rest, handed] = &summary.stances[..] else { panic!("{:?}", summary.stances) };
    assert!(rest.residual && rest.lists == [covered.finding.clone()], "{rest:?}");
    assert_eq!((handed.stance, handed.hands_to.len()), (ServiceStance::NotAddressed, 1));
    let room = |statement: &super::Statement| statement.score.map(|score| score.total);
    assert!(handed.score.is_none() && room(covered) > room(rest));
}

#[test]
fn levers_that_cannot_bind_the_asked_line_of_business_do_not_count() {
    let epsdt = "Under EPSDT, services for members under 21 will be reviewed for medical necessity.";
    let law = |asked: &Asked| {
        let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
        let document = document(&[(Tier::Binding, &[COVERAGE, epsdt])]);
        let findings = judge(&document, &Matcher::new(&rules).scanner().scan(&document), &rules).findings;
        let summary = summarize(&document, &Metadata::default(), &findings, &rules, asked);
        (summary.score.expect("there is a stance").law, summary.law.len())
    };
    let medicaid = Asked { lines_of_business: vec![LineOfBusiness::Medicaid], age: Some(9), ..Asked::default() };
    let adult = Asked { age: Some(40), ..medicaid.clone() };
    let commercial = Asked { lines_of_business: vec![LineOfBusiness::Commercial], ..Asked::default() };
    assert!(law(&medicaid).0 > Tenths(0) && law(&Asked::default()).0 > Tenths(0));
    assert_eq!((law(&adult).0, law(&commercial).0), (Tenths(0), Tenths(0)));
    assert!(law(&commercial).1 > 0 && law(&Asked::default()).1 == 0, "deadlines only for a line that was told");
}

#[test]
fn a_sentence_that_an_event_has_overtaken_is_named_with_its_source() {
    let old = "No mesenchymal stem cell product is approved by the FDA.";
    let summary = summary(&[(Tier::Evidence, &[old])]);
    assert_eq!(summary.staleness.facts.len(), 1);
    let knows = "No other mesenchymal stem cell product than Ryoncil is approved by the FDA.";
    assert!(self::summary(&[(Tier::Evidence, &[knows])]).staleness.facts.is_empty());
}

/// Service and use of each statement.
fn named(parts: &[(Tier, &[&str])]) -> Vec<(String, String)> {
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    summary(parts).stances.iter().map(|one| (words(&one.service), words(&one.indication))).collect()
}

#[test]
fn an_item_is_the_use_where_its_lead_in_names_the_service() {
    let uses: &[&str] = &["Wax gel is considered investigational for the following conditions:", "• gout", "• rust"];
    let pair = |service: &str, indication: &str| (service.to_owned(), indication.to_owned());
    assert_eq!(named(&[(Tier::Binding, uses)]), [pair("Wax gel", "gout"), pair("Wax gel", "rust")]);
    let drug: &[&str] = &["• Gout. Approve if the member meets all of the following:"];
    assert_eq!(named(&[(Tier::Binding, drug)]), [pair("", "Gout")]);
}

#[test]
fn the_form_of_claims_and_the_reason_of_a_refusal_are_no_statements() {
    let refused: &[&str] = &[
        "Wax gel is considered investigational. The evidence is insufficient to determine its effects.",
        "Any claims submitted without a code will not be reimbursable.",
        "All other gels for burns are considered investigational.",
    ];
    let (_, found) = stances(&[(Tier::Binding, refused)]);
    assert_eq!(found, [(ServiceStance::Investigational, false), (ServiceStance::Investigational, true)]);
}

/// The words of the barriers, hardest first.
fn barriers(parts: &[(Tier, &[&str])]) -> Vec<String> {
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let document = document(parts);
    let findings = judge(&document, &Matcher::new(&rules).scanner().scan(&document), &rules).findings;
    let found = summarize(&document, &Metadata::default(), &findings, &rules, &Asked::default()).barriers;
    let finding = |id| findings.iter().find(|finding| finding.id == id).expect("a barrier is a finding");
    found.into_iter().map(|one| finding(one.finding).sentence.of(&document.text).to_owned()).collect()
}

#[test]
fn a_heading_that_refuses_stands_aside_where_a_sentence_does() {
    let heading = "# Wax gel is not medically necessary";
    let refusal = "Wax gel is considered investigational.";
    assert_eq!(barriers(&[(Tier::Binding, &[heading, refusal])]), [refusal]);
    assert_eq!(barriers(&[(Tier::Binding, &[heading, "Wax is soft."])]), [&heading[2..]]);
}

#[test]
fn what_the_regulator_approved_is_a_barrier_only_where_the_policy_binds() {
    let approved = "Wax gel has not been approved by the FDA.";
    assert_eq!(barriers(&[(Tier::Binding, &[approved])]), [approved]);
    assert_eq!(barriers(&[(Tier::Evidence, &[approved])]), Vec::<String>::new());
}

#[test]
fn a_gap_of_scope_is_between_statements_on_one_service() {
    let covered = "Magnetic pigeon bracelets are considered medically necessary for deep burns.";
    let gap = |refused: &str| {
        let found = summary(&[(Tier::Binding, &[covered, refused])]).contradictions;
        found.iter().any(|found| found.tension == Tension::ScopeGap)
    };
    assert!(gap("Magnetic pigeon bracelets are considered investigational for old scars."));
    assert!(!gap("Wax gel is considered investigational for scars of magnetic pigeon bracelets."));
    assert!(!gap("All other magnetic pigeon bracelets are considered investigational."));
}

#[test]
fn what_a_policy_says_of_codes_and_separate_payment_is_no_stance() {
    let coding = "If wrong codes are submitted, all codes will be denied as not medically necessary.";
    assert_eq!(stances(&[(Tier::Binding, &[coding])]).0, DocumentStance::Silent);
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let document = document(&[(Tier::Binding, &["A smear is not eligible as a distinct and separate service."])]);
    let findings = judge(&document, &Matcher::new(&rules).scanner().scan(&document), &rules).findings;
    let stance = |number: &str| {
        let number = crate::policy::Field::printed(number.to_owned(), Span::new(0, 0));
        let metadata = Metadata { number: Some(number), ..Metadata::default() };
        summarize(&document, &metadata, &findings, &rules, &Asked::default()).stance
    };
    assert_eq!((stance("RP-1"), stance("MP-1")), (DocumentStance::Silent, DocumentStance::NotCovered));
}

#[test]
fn a_sentence_that_ends_heads_no_list() {
    let listed: &[&str] =
        &["Wax gel is considered not medically necessary for this use because it is soft;", "• Foam", "• Fat grafts"];
    assert_eq!(stances(&[(Tier::Binding, listed)]).1, [(ServiceStance::NotMedicallyNecessary, false)]);
}

#[test]
fn a_use_that_is_handed_to_a_programme_is_not_addressed() {
    let handed = "For Medicare plans, please refer to the appropriate NCD or LCD.";
    assert_eq!(stances(&[(Tier::Binding, &[COVERAGE, handed])]).1.last(), Some(&(ServiceStance::NotAddressed, false)));
}
