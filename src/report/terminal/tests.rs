//! Both renderings over one invented document, and hostile words.

use super::{Look, Row, page, table};
use crate::policy::Source;
use crate::report::Analysis;
use crate::report::model::{
    BarrierModel, ContradictionModel, CriterionModel, EvidenceModel, FindingModel, IssueModel, LeverModel, PartsModel,
    PayerModel, ScoreModel, SectionModel, SideModel, SilenceModel, StalenessModel, StanceModel, SummaryModel,
};
use crate::rules::RuleSet;

const REFUSAL: &str = "Injections of platelet-rich plasma are considered investigational for all indications.";
const REVIEW: &str =
    "Requests that do not meet this policy are reviewed by a medical director on a case-by-case basis.";

fn section(heading: &str) -> SectionModel {
    SectionModel { tier: Some("S1".to_owned()), heading: Some(heading.to_owned()) }
}

fn finding(id: &str, category: &str, quote: &str, page: u32) -> FindingModel {
    FindingModel {
        category: category.to_owned(),
        section: section("Policy statement"),
        page: Some(page),
        page_end: Some(page),
        quote: quote.to_owned(),
        ..FindingModel::named(id)
    }
}

fn failed() -> Analysis {
    let rules = RuleSet::parse(&[]).expect("no pack is sound");
    let source = Source { path: "scans/old.pdf".to_owned(), url: None, snapshot: None, bytes: 9, retrieved: None };
    Analysis::failed(&source, "application/pdf", "encrypted", "the file is encrypted: save a copy without", &rules)
}

fn sample() -> Analysis {
    let mut analysis = failed();
    analysis.error = None;
    "policies/mp-114.pdf".clone_into(&mut analysis.source.path);
    analysis.source.pages = Some(9);
    analysis.source.retrieved_at = Some("2026-11-20".to_owned());
    "partial".clone_into(&mut analysis.extraction.completeness);
    let message = "page 4 could not be read: fetch the file again".to_owned();
    analysis.extraction.issues = vec![IssueModel { code: "page-unreadable".to_owned(), page: Some(4), message }];
    analysis.policy.payer = Some(PayerModel { id: "bluestone".to_owned(), name: "Bluestone Health".to_owned() });
    analysis.policy.number = Some("MP-114".to_owned());
    analysis.policy.title = Some("Orthobiologics for Knee and Hip".to_owned());
    analysis.policy.effective_date = Some("2025-02-01".to_owned());
    analysis.policy.next_review_date = Some("2026-02-01".to_owned());
    analysis.findings =
        vec![finding("f1", "barrier/investigational", REFUSAL, 2), finding("f2", "favorable/case-by-case", REVIEW, 7)];
    analysis.summary = Some(summary());
    analysis
}

fn summary() -> SummaryModel {
    let statement = StanceModel {
        service: None,
        indication: None,
        lines_of_business: Vec::new(),
        states: Vec::new(),
        topics: Vec::new(),
        stance: "covered-with-criteria".to_owned(),
        residual: false,
        quote: "Autologous chondrocyte implantation is medically necessary when all of these are met:".to_owned(),
        item: None,
        page: Some(3),
        item_page: None,
        section: SectionModel { tier: None, heading: None },
        lists: Vec::new(),
        hands_to: Vec::new(),
        finding: "f3".to_owned(),
        score: None,
    };
    let criterion = |quote: &str, level| CriterionModel {
        finding: "f3".to_owned(),
        quote: quote.to_owned(),
        page: Some(3),
        level,
        connective: "all".to_owned(),
    };
    SummaryModel {
        stance: "mixed".to_owned(),
        stances: vec![statement],
        barriers: vec![BarrierModel {
            finding: "f1".to_owned(),
            fight: "label".to_owned(),
            severity: -9.0,
            quote: REFUSAL.to_owned(),
            page: Some(2),
            section: section("Policy statement"),
            boilerplate: false,
        }],
        levers: vec![LeverModel {
            finding: "f2".to_owned(),
            kind: "individual-review".to_owned(),
            boilerplate: true,
            strength: 8.0,
            quote: REVIEW.to_owned(),
            page: Some(7),
            section: section("Administrative"),
            use_sentence: "Ask for the named review in writing.".to_owned(),
            caution: Some("It comes after the criteria, not instead of them.".to_owned()),
        }],
        criteria: vec![criterion("1. Age 15 to 55; and", 1), criterion("a. A single defect", 2)],
        contradictions: vec![ContradictionModel {
            kind: "barrier-and-review".to_owned(),
            code: None,
            left: side("f1", REFUSAL, 2, "Policy statement"),
            right: side("f2", REVIEW, 7, "Administrative"),
        }],
        silences: vec![SilenceModel { kind: "no-appeal".to_owned(), usual_place: "In the denial letter.".to_owned() }],
        history: Vec::new(),
        evidence: EvidenceModel::default(),
        staleness: StalenessModel {
            as_of: Some("2026-11-20".to_owned()),
            state: "overdue".to_owned(),
            assumed_yearly: false,
            months_overdue: 9,
            evidence_not_refreshed: false,
            overtaken: Vec::new(),
        },
        codes: Vec::new(),
        law: Vec::new(),
        notes: Vec::new(),
        score: Some(ScoreModel {
            total: 15,
            parts: PartsModel { stance: 2.0, discretion: 8.0, law: 3.0, tension: 4.0, staleness: 4.0, hardness: -6.0 },
        }),
    }
}

fn side(finding: &str, quote: &str, page: u32, heading: &str) -> SideModel {
    let (finding, quote) = (Some(finding.to_owned()), quote.to_owned());
    SideModel { finding, quote, page: Some(page), section: section(heading) }
}

fn printed(render: impl Fn(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    render(&mut out);
    String::from_utf8(out).expect("text is UTF-8")
}

fn the_table(analyses: &[Analysis], look: Look) -> String {
    let rows: Vec<Row> = analyses.iter().map(Row::of).collect();
    printed(|out| table(out, &rows, look).expect("memory takes it"))
}

fn the_page(analysis: &Analysis, look: Look) -> String {
    printed(|out| page(out, analysis, look).expect("memory takes it"))
}

const WIDE: Look = Look { width: 140, colour: false, links: None };
const NARROW: Look = Look { width: 80, colour: false, links: None };

#[test]
fn a_table_says_first_what_was_not_read() {
    insta::assert_snapshot!(the_table(&[sample(), failed()], WIDE));
}

#[test]
fn a_narrow_table_keeps_shapes_and_pages() {
    let text = the_table(&[sample()], NARROW);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains("▲ investigationa… p2") && text.contains("● individual r… p7"), "{text}");
}

#[test]
fn a_page_holds_quotes_with_their_places() {
    insta::assert_snapshot!(the_page(&sample(), NARROW));
}

#[test]
fn a_document_that_was_not_read_has_no_stance() {
    let text = the_page(&failed(), NARROW);
    assert!(text.contains("NOT READ: the file is encrypted"), "{text}");
    assert!(!text.contains("STANCE") && !text.contains("ROOM"), "{text}");
}

#[test]
fn words_of_a_document_do_not_steer_the_terminal() {
    let mut analysis = sample();
    let hostile = "\u{1b}[2J\u{202e}gone\u{7}";
    analysis.policy.title = Some(hostile.to_owned());
    let summary = analysis.summary.as_mut().expect("it was read");
    hostile.clone_into(&mut summary.barriers[0].quote);
    let texts = the_page(&analysis, WIDE) + &the_table(&[analysis], WIDE);
    assert!(!texts.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{texts:?}");
}

#[test]
fn colour_adds_nothing_but_colour() {
    let coloured = the_page(&sample(), Look { colour: true, ..NARROW });
    let mut plain = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        plain += if index == 0 { part } else { part.split_once('m').expect("a code ends").1 };
    }
    assert_eq!(plain, the_page(&sample(), NARROW));
}

#[test]
fn links_lead_to_the_page_and_no_path_can_end_them() {
    let linked = |path: &str| Look { links: Some("/home/me"), ..WIDE }.linked("p. 3", path, Some(3));
    assert_eq!(linked("a b.pdf"), "\u{1b}]8;;file:///home/me/a%20b.pdf#page=3\u{1b}\\p. 3\u{1b}]8;;\u{1b}\\");
    assert!(linked("/x.pdf").contains("file:///x.pdf#page=3") && linked("C:/x.pdf").contains("file:///C:/x.pdf#"));
    assert!(linked("x\u{1b}\\#?.pdf").contains("/x%1B%5C%23%3F.pdf#page=3"));
    let plain = the_page(&sample(), WIDE);
    let page = the_page(&sample(), Look { links: Some("/home/me"), ..WIDE });
    let mut bare = String::new();
    for (at, part) in page.split("\u{1b}]8;;").enumerate() {
        bare += if at == 0 { part } else { part.split_once("\u{1b}\\").expect("a link ends").1 };
    }
    assert!(page.contains("#page=") && bare == plain, "links add no letter");
}
