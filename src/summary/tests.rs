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
fn words_between_items_join_them_and_a_refusal_ends_their_list() {
    let coverage = "Skin grafts are considered medically necessary when the following criteria are met:";
    let joined = |items: [&str; 3]| {
        let blocks: Vec<&str> = std::iter::once(coverage).chain(items).collect();
        let criteria = summary(&[(Tier::Binding, &blocks)]).criteria;
        criteria.iter().map(|criterion| criterion.connective.id()).collect::<Vec<_>>()
    };
    assert_eq!(joined(["• Age is known; and", "• The burn is deep; and", "• Weight is known."]), ["all"; 3]);
    assert_eq!(joined(["• Age is known, OR", "• The burn is deep, OR", "• Weight is known."]), ["1 of"; 3]);
    assert_eq!(joined(["• Age is known", "• The burn is deep", "• Weight is known"]), ["unstated"; 3]);
    let refusal = "• Skin grafts for scars are considered not medically necessary.";
    assert_eq!(joined(["• Age is known; and", refusal, "• Weight is known"]), ["all"], "one alone is all of them");
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
fn coverage_without_a_condition_is_told_from_coverage_under_one() {
    let check = |sentence: &str, stance: ServiceStance| {
        assert_eq!(stances(&[(Tier::Binding, &[sentence])]).1, [(stance, false)], "{sentence}");
    };
    check("Braces are covered for members with sleep apnea.", ServiceStance::Covered);
    check("Skin grafts may be considered medically necessary for the following burns:", ServiceStance::Covered);
    check("Skin grafts are considered medically necessary when", ServiceStance::CoveredWithCriteria);
    check("Skin grafts are medically necessary if the burn is deep.", ServiceStance::CoveredWithCriteria);
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
fn a_list_of_services_is_covered_item_by_item_and_is_no_list_of_criteria() {
    let listed: &[&str] = &["Alder considers the following medically necessary:", "• Skin grafts", "• Wax gels"];
    let summary = summary(&[(Tier::Binding, listed)]);
    assert_eq!(summary.criteria, Vec::new());
    assert_eq!(
        summary.stances.iter().map(|one| (one.service.as_deref(), one.stance)).collect::<Vec<_>>(),
        [(Some("Skin grafts"), ServiceStance::Covered), (Some("Wax gels"), ServiceStance::Covered)]
    );
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

#[test]
fn criteria_stand_below_the_headings_beside_their_statement_and_codes_and_references_are_none() {
    let page = "<h1>Moonlight Therapy Medical Policy</h1><h2>Policy</h2><p>Requests for moonlight therapy are reviewed using the \
                following criteria:</p><h2>Initial approval</h2><ul><li>The member has gout; and</li><li>The member is \
                old.</li></ul><h2>Applicable Codes</h2><ul><li>J0585</li></ul><h2>References</h2><ol><li>Doe J. \
                Moonlight and gout. 2019.</li></ol>";
    let document = extract(format!("<html><body>{page}</body></html>").as_bytes(), &Limits::default());
    let document = document.expect("it is HTML");
    let criteria = summary_of(&document).criteria;
    let words: Vec<(&str, u8)> = criteria.iter().map(|one| (one.quote.of(&document.text), one.level)).collect();
    assert_eq!(words, [("Initial approval", 1), ("• The member has gout; and", 2), ("• The member is old.", 2)]);
}

#[test]
fn headings_below_a_general_sentence_are_criteria_with_their_lists() {
    let request = "Requests for wax gel are reviewed using the following criteria:";
    let blocks: &[&str] = &["# Criteria", request, "# Age and weight", "• Age is known", "# Burn", "Burns are hot."];
    let found = criteria(&[(Tier::Binding, blocks)]);
    let words: Vec<(&str, u8)> = found.iter().map(|(words, level, _)| (words.as_str(), *level)).collect();
    assert_eq!(words, [("Age and weight", 1), ("• Age is known", 2)]);
    let other: &[&str] = &["# Criteria", "Wax gel is soft:", "# Age and weight", "• Age is known"];
    assert_eq!(criteria(&[(Tier::Binding, other)]), Vec::new());
}

#[test]
fn a_list_within_the_sentence_of_a_statement_is_its_criteria() {
    let check = |sentence: &str, expected: &[&str], joined: &str| {
        let found = criteria(&[(Tier::Binding, &[sentence])]);
        let words: Vec<&str> = found.iter().map(|(words, ..)| words.as_str()).collect();
        assert_eq!(words, expected, "{sentence}");
        assert!(found.iter().all(|(_, level, connective)| *level == 1 && connective == joined), "{found:?}");
    };
    let parts = ["(1) the burn is deep", "(2) the skin is clean", "(3) dressings failed."];
    let words = parts.join("; ").replace("; (3)", "; and (3)");
    check(&format!("Skin grafts are considered medically necessary when {words}"), &parts, "all");
    check(&format!("Skin grafts are considered medically necessary when any of these is met: {words}"), &parts, "1 of");
    check("Skin grafts are medically necessary if one (1) gel, or two (2) dressings, failed.", &[], "");
    check("Skin grafts are considered investigational when (1) the burn is old; or (2) the skin is wet.", &[], "");
}

#[test]
fn a_list_within_a_criterion_stands_below_it() {
    let item = "• The member has either: (a) a deep burn; or (b) a wide burn";
    let found = criteria(&[(Tier::Binding, &[COVERAGE, item])]);
    let expected =
        [("• The member has either:", 1, "all"), ("(a) a deep burn", 2, "1 of"), ("(b) a wide burn", 2, "1 of")];
    assert_eq!(found, expected.map(|(words, level, joined)| (words.to_owned(), level, joined.to_owned())));
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
fn lists_apart_from_their_statement_are_its_criteria() {
    let ahead: &[&str] = &[
        "Wax gel is considered medically necessary when the criteria below are met.",
        "All of the following:",
        "• The burn is deep",
        "• Age is known",
        "None of the following:",
        "• Fever",
        "Foam is considered investigational.",
        "All of the following:",
        "• The foam is wet",
    ];
    let found = criteria(&[(Tier::Binding, ahead)]);
    let told: Vec<(&str, u8, &str)> =
        found.iter().map(|(words, level, joined)| (&**words, *level, &**joined)).collect();
    let expected = [
        ("All of the following:", 1, "unstated"),
        ("• The burn is deep", 2, "all"),
        ("• Age is known", 2, "all"),
        ("None of the following:", 1, "unstated"),
        ("• Fever", 2, "none"),
    ];
    assert_eq!(told, expected);
    let back: &[&str] = &[
        "A request must show:",
        "• The burn is deep",
        "• Age is known",
        "If all of the above are met, wax gel is covered.",
    ];
    let found = criteria(&[(Tier::Binding, back)]);
    assert!(found.len() == 2 && found.iter().all(|(_, level, joined)| *level == 1 && joined == "all"), "{found:?}");
}

#[test]
fn a_sentence_that_ends_heads_no_list() {
    let listed: &[&str] =
        &["Wax gel is considered not medically necessary for this use because it is soft;", "• Foam", "• Fat grafts"];
    assert_eq!(stances(&[(Tier::Binding, listed)]).1, [(ServiceStance::NotMedicallyNecessary, false)]);
}

#[test]
fn what_a_law_says_to_insurers_is_no_statement_and_no_barrier() {
    let law =
        "Each policy issued in this state shall provide coverage for wax gel, and no prior authorization is required.";
    let some = "Some states require benefit coverage for services that the plan considers to be unproven.";
    assert_eq!(stances(&[(Tier::Binding, &[law, some])]).1, []);
    assert_eq!(barriers(&[(Tier::Binding, &[law, some])]), Vec::<String>::new());
    let own = "The plan shall provide coverage for wax gel.";
    assert_eq!(stances(&[(Tier::Binding, &[own])]).1, [(ServiceStance::Covered, false)]);
}

#[test]
fn a_duty_to_send_papers_is_no_lever() {
    let levers = |sentence: &str| summary(&[(Tier::Binding, &[sentence])]).levers.len();
    assert_eq!(levers("Medical records must be submitted with the request for individual consideration."), 0);
    assert_eq!(levers("Requests that do not meet criteria will be reviewed on a case-by-case basis."), 1);
}

#[test]
fn of_a_label_and_its_reason_one_stands() {
    let both = "The effectiveness of wax gel has not been established, and it is considered investigational.";
    assert_eq!(stances(&[(Tier::Binding, &[both])]).1, [(ServiceStance::Investigational, false)]);
    let reason = "Wax gel is not covered for burns because of insufficient evidence.";
    assert_eq!(stances(&[(Tier::Binding, &[reason])]).1, [(ServiceStance::Excluded, false)]);
    let told =
        "Members may NOT be eligible under the Plan for wax gel. This is considered experimental/investigational.";
    assert_eq!(stances(&[(Tier::Binding, &[told])]).1, [(ServiceStance::Investigational, false)]);
}

#[test]
fn limits_and_thresholds_are_conditions_and_lists_of_genes_are_none() {
    let check = |sentence: &str, stance: ServiceStance| {
        assert_eq!(stances(&[(Tier::Binding, &[sentence])]).1, [(stance, false)], "{sentence}");
    };
    let conditional = ServiceStance::CoveredWithCriteria;
    check("Coverage of wax gel is limited to members with deep burns.", conditional);
    check("Wax gel is medically necessary for members with a flow below 300 L/min.", conditional);
    check("Wax gel is medically necessary for members 6 years of age or older.", conditional);
    check("Testing for any of the following genes is considered medically necessary in gout.", ServiceStance::Covered);
    check("Wax gel is not covered when the diagnosis can be made without it.", ServiceStance::Excluded);
}

#[test]
fn text_below_a_former_date_is_not_in_force_and_a_page_of_updates_is() {
    let stance = |page: &str| {
        let document = extract(format!("<html><body>{page}</body></html>").as_bytes(), &Limits::default());
        let summary = summary_of(&document.expect("it is HTML"));
        summary.stances.iter().map(|one| one.stance).collect::<Vec<_>>()
    };
    let policy = "<h1>Wax gel</h1><h2>Policy</h2><h3>Effective July 1, 2026</h3><p>Wax gel is considered medically necessary \
                  for burns.</p>";
    let former = "<h3>Effective Prior to July 1, 2026</h3><p>Wax gel is considered investigational.</p>";
    assert_eq!(stance(&format!("{policy}{former}")), [ServiceStance::Covered]);
    let added = "<p>Added statement that wax gel is considered investigational for all burns.</p>";
    assert_eq!(stance(&format!("<h1>Medical Policy Updates</h1>{added}")), [ServiceStance::Investigational]);
    assert_eq!(stance(&format!("<h1>Wax gel</h1><h2>Policy</h2>{added}")), []);
    let rows = "<h2>Summary of changes</h2><table><tr><th>Policy</th><th>Change</th><th>Date</th></tr><tr><td>Gel</td><td>Wax gel \
                is considered investigational.</td><td>11/1/2026</td></tr><tr><td>Foam</td><td>Foam is covered when burns are \
                deep.</td><td>11/1/2026</td></tr></table>";
    let told = stance(&format!("<h1>Bulletin</h1><p>November 2026.</p><h2>Medical policy updates</h2>{rows}"));
    assert_eq!(told, [ServiceStance::Investigational, ServiceStance::CoveredWithCriteria]);
}

#[test]
fn a_cell_that_is_a_sentence_stands_by_itself() {
    let page = "<h1>Wax gel</h1><h2>Policy</h2><table><tr><th>Service</th><th>Commercial</th><th>Medicaid</th></tr><tr><td>Wax \
                gel</td><td>Wax gel is not medically necessary for clean and closed burns.</td><td>Wax gel is not a covered \
                benefit under the state's schedule of fees.</td></tr></table>";
    let document = extract(format!("<html><body>{page}</body></html>").as_bytes(), &Limits::default());
    let summary = summary_of(&document.expect("it is HTML"));
    let found: Vec<ServiceStance> = summary.stances.iter().map(|one| one.stance).collect();
    assert_eq!(found, [ServiceStance::NotMedicallyNecessary, ServiceStance::Excluded]);
}

#[test]
fn a_reason_within_a_criterion_refuses_nothing() {
    let item = "• No other graft in 12 months, as a second graft is not medically necessary";
    let refusal = "• A graft of wax is not medically necessary";
    let stance = |item: &str| stances(&[(Tier::Binding, &[COVERAGE, item])]).0;
    assert_eq!((stance(item), stance(refusal)), (DocumentStance::CoveredWithCriteria, DocumentStance::Mixed));
    assert_eq!(barriers(&[(Tier::Binding, &[COVERAGE, item])]).len(), 0);
}

#[test]
fn lacking_evidence_at_the_head_of_a_list_is_what_its_refusals_mean() {
    let head =
        "The following does not meet coverage criteria due to insufficient evidence in the published literature:";
    let listed: &[&str] = &[head, "• Wax gel DOES NOT MEET COVERAGE CRITERIA."];
    let found: Vec<ServiceStance> =
        stances(&[(Tier::Binding, listed)]).1.into_iter().map(|(stance, _)| stance).collect();
    assert!(found.iter().all(|stance| *stance == ServiceStance::Investigational), "{found:?}");
    let alone = stances(&[(Tier::Binding, &["Wax gel DOES NOT MEET COVERAGE CRITERIA."])]).1;
    assert_eq!(alone[0].0, ServiceStance::Excluded);
}

#[test]
fn a_use_that_is_handed_to_a_programme_is_not_addressed() {
    let handed = "For Medicare plans, please refer to the appropriate NCD or LCD.";
    assert_eq!(stances(&[(Tier::Binding, &[COVERAGE, handed])]).1.last(), Some(&(ServiceStance::NotAddressed, false)));
}

#[test]
fn criteria_stand_in_the_cells_and_rows_of_tables() {
    let criteria = |page: &str| {
        let document = extract(
            format!("<html><body><h1>Gel</h1><h2>Policy</h2>{page}</body></html>").as_bytes(),
            &Limits::default(),
        );
        let document = document.expect("it is HTML");
        let found = summary_of(&document).criteria;
        found.iter().map(|one| one.quote.of(&document.text).replace('\t', " | ")).collect::<Vec<_>>()
    };
    let cell = "<table><tr><th>Service</th><th>Rule</th></tr><tr><td>Wax gel</td><td>Wax gel is considered medically necessary \
                when all of the following are met:<ul><li>Burns are deep</li><li>Age is known</li></ul></td></tr><tr><td>Foam</td>\
                <td>Foam is soft.</td></tr></table>";
    assert_eq!(criteria(cell), ["• Burns are deep", "• Age is known"]);
    let rows = "<p>Wax gel is considered medically necessary when the criteria in the table below are met.</p><table><tr><th>Part\
                </th><th>Criteria</th></tr><tr><td>Hand</td><td>The burn is deep</td></tr><tr><td>Foot</td><td>The burn is wide\
                </td></tr></table>";
    assert_eq!(criteria(rows), ["Hand | The burn is deep", "Foot | The burn is wide"]);
}
