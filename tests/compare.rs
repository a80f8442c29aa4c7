//! Plans side by side, codes found, briefs written, over the sample corpus.

use std::io::Cursor;
use std::path::Path;

use fineprint::compare::brief::{Exhibit, Part, brief, docx, markdown};
use fineprint::compare::{self, Asked, Comparison, Group, Query};
use fineprint::pipeline::{self, Compiled, Input, Place, Settings, Sink, Told, WalkOptions, Wanted, Worked, find};
use fineprint::report::Analysis;
use fineprint::rules::{RuleSet, embedded};

fn worked() -> Vec<(Analysis, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/policies");
    worked_of(&find(&[folder], &WalkOptions::default()).expect("the samples are there").inputs)
}

fn worked_of(inputs: &[Input]) -> Vec<(Analysis, String)> {
    struct Kept(Vec<(Analysis, String)>);
    impl Sink<Worked> for Kept {
        fn take(&mut self, worked: Worked) -> std::io::Result<()> {
            self.0.extend(worked.analysis.zip(worked.text));
            Ok(())
        }
    }
    let compiled = Compiled::new(RuleSet::parse(&embedded()).expect("the embedded packs are sound"));
    let wanted = Wanted { analysis: true, text: true, ..Wanted::default() };
    let mut kept = Kept(Vec::new());
    pipeline::work(inputs, Some(&compiled), &Settings::default(), wanted, &mut kept, |_| ()).expect("memory takes all");
    kept.0
}

fn asked(service: &str, topic: &str) -> Asked {
    Asked { service: service.to_owned(), topics: vec![topic.to_owned()], ..Asked::default() }
}

fn printed(comparison: &Comparison) -> [String; 4] {
    let mut outs = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    let [a, b, c, d] = &mut outs;
    compare::terminal(a, comparison, 100).expect("memory takes it");
    compare::markdown(b, comparison).expect("memory takes it");
    compare::csv(c, comparison).expect("memory takes it");
    compare::html(d, comparison).expect("memory takes it");
    outs.map(|out| String::from_utf8(out).expect("output is UTF-8"))
}

#[test]
fn no_cell_is_empty_and_the_order_of_the_input_does_not_count() {
    let mut analyses: Vec<Analysis> = worked().into_iter().map(|(analysis, _)| analysis).collect();
    let asked = asked("platelet-rich plasma", "prp");
    let forward = compare::compare(&asked, &analyses);
    analyses.reverse();
    let backward = compare::compare(&asked, &analyses);
    assert_eq!(printed(&forward), printed(&backward));
    for row in &forward.rows {
        assert_eq!(row.cells.len(), 7, "{}", row.policy);
        assert!(row.cells.iter().all(|cell| !cell.words.is_empty()), "{}", row.policy);
    }
    assert!(forward.rows.windows(2).all(|pair| pair[0].group <= pair[1].group), "who covers it stands first");
    let own = forward.rows.iter().find(|row| row.path.ends_with("northmere-health/platelet-rich-plasma.pdf"));
    assert!(own.is_some_and(|row| !matches!(row.group, Group::Silent | Group::NoPolicy)));
}

#[test]
fn transplants_and_stromal_cells_are_not_compared_with_each_other() {
    let analyses: Vec<Analysis> = worked().into_iter().map(|(analysis, _)| analysis).collect();
    let transplants = compare::compare(&asked("hematopoietic cell transplantation", "hct"), &analyses);
    let covering: Vec<&str> = transplants
        .rows
        .iter()
        .filter(|row| matches!(row.group, Group::Covered | Group::CoveredIf | Group::Mixed))
        .map(|row| row.path.as_str())
        .collect();
    assert!(
        covering.iter().any(|path| path.contains("larkspur-health/hematopoietic-transplant-lymphoma")),
        "{covering:?}"
    );
    let stromal = compare::compare(&asked("mesenchymal stem cell injection", "msc"), &analyses);
    let transplant = stromal.rows.iter().find(|row| row.path.contains("hematopoietic-transplant-lymphoma"));
    assert!(transplant.is_none(), "{transplant:?}");
}

#[test]
fn an_unread_document_and_a_payer_without_policy_are_named() {
    let mut analyses: Vec<Analysis> = worked().into_iter().map(|(analysis, _)| analysis).collect();
    analyses[0].extraction.completeness = "none".to_owned();
    let path = analyses[0].source.path.clone();
    let comparison = compare::compare(&asked("proton beam therapy", "proton-beam"), &analyses);
    assert!(comparison.unread.iter().any(|(unread, why)| *unread == path && !why.is_empty()));
    assert!(!comparison.rows.is_empty() && comparison.rows.iter().all(|row| row.group == Group::NoPolicy));
}

#[test]
fn a_code_is_found_on_its_page_with_its_words() {
    let query = Query { text: "0232t".to_owned(), payer: None };
    let hits: Vec<_> = worked().iter().flat_map(|(analysis, text)| compare::find(&query, analysis, text)).collect();
    assert!(hits.iter().any(|hit| hit.path.contains("platelet-rich-plasma")), "{hits:?}");
    assert!(hits.iter().all(|hit| hit.quote.to_ascii_uppercase().contains("0232T") || hit.place.contains("range")));
    assert!(hits.iter().all(|hit| hit.page.is_some() == hit.path.ends_with(".pdf")));
    let other = Query { payer: Some("larkspur".to_owned()), ..query };
    let hits: Vec<_> = worked().iter().flat_map(|(analysis, text)| compare::find(&other, analysis, text)).collect();
    assert!(hits.iter().all(|hit| hit.payer.to_lowercase().contains("larkspur")));
}

#[test]
fn a_code_in_two_tables_of_one_page_is_in_its_own_table_each_time() {
    let text = "Pond Health\n\nMedical Policy MP-1\n\nCODING\n\nThe codes below are covered when the criteria are met:\n\n\
                - 0232T Injection of plasma into a wound\n\nThe codes below are considered investigational:\n\n\
                - 0232T Injection of plasma into a tendon\n";
    let place = Place::Bytes(text.as_bytes().to_vec());
    let worked = worked_of(&[Input { path: "a.txt".to_owned(), place, told: Told::default() }]);
    let query = Query { text: "0232T".to_owned(), payer: None };
    let hits = compare::find(&query, &worked[0].0, &worked[0].1);
    let places: Vec<(&str, bool)> = hits.iter().map(|hit| (hit.place.as_str(), hit.quote.contains("tendon"))).collect();
    assert_eq!(places, [("listed as covered if criteria are met", false), ("listed as not covered", true)]);
}

#[test]
fn policies_whose_payer_nobody_stated_are_not_one_payer() {
    let of = |path: &str, text: &str| {
        let place = Place::Bytes(text.as_bytes().to_vec());
        worked_of(&[Input { path: path.to_owned(), place, told: Told::default() }]).remove(0).0
    };
    let covers =
        of("a/p.txt", "POLICY\n\nPlatelet-rich plasma is considered medically necessary for chronic wounds.\n");
    let refuses = of("b/p.txt", "POLICY\n\nPlatelet-rich plasma is considered investigational for chronic wounds.\n");
    let silent = of("c/p.txt", "POLICY\n\nBotulinum toxin is considered medically necessary for chronic migraine.\n");
    let comparison = compare::compare(&asked("platelet-rich plasma", "prp"), &[covers, refuses, silent]);
    let payers: Vec<&str> = comparison.rows.iter().map(|row| row.payer.as_str()).collect();
    assert_eq!(payers, ["a/p.txt", "b/p.txt", "c/p.txt"].map(|path| format!("payer not stated ({path})")));
    let [terminal, ..] = printed(&comparison);
    assert!(terminal.contains("2 policies name it · asked of 3 policies whose payer is not stated"), "{terminal}");
    assert!(comparison.differences.iter().all(|difference| !difference.contains("different things")));
}

#[test]
fn the_criteria_of_any_covering_statement_on_the_service_stand_in_the_comparison() {
    let text = "Pond Health\n\nMedical Policy MP-1\n\nPlatelet-Rich Plasma\n\nPOLICY\n\n\
                Platelet-rich plasma is considered medically necessary for chronic wounds.\n\n\
                Platelet-rich plasma is considered medically necessary for tendinopathy when all of the following are met:\n\n\
                1. Symptoms have lasted six months; and\n\n2. Physical therapy has failed.\n";
    let place = Place::Bytes(text.as_bytes().to_vec());
    let worked = worked_of(&[Input { path: "a.txt".to_owned(), place, told: Told::default() }]);
    let comparison = compare::compare(&asked("platelet-rich plasma", "prp"), &[worked[0].0.clone()]);
    let cell = &comparison.rows[0].cells[4];
    assert_eq!((cell.words.as_str(), cell.quotes.len()), ("2 listed, all of these", 2));
}

fn policy_of(text: &str) -> Analysis {
    let place = Place::Bytes(text.as_bytes().to_vec());
    worked_of(&[Input { path: "a.txt".to_owned(), place, told: Told::default() }]).remove(0).0
}

#[test]
fn statements_that_name_no_service_count_in_a_policy_titled_with_it_and_others_do_not() {
    let group = |title: &str, statement: &str| {
        let policy = policy_of(&format!(
            "Pond Health\n\nMedical Policy MP-1\n\nTitle: {title}\n\nPOLICY\n\n\
             Zorimab is considered investigational for acne.\n\n{statement}\n"
        ));
        let asked = Asked { service: "zorimab".to_owned(), ..Asked::default() };
        compare::compare(&asked, &[policy]).rows.remove(0)
    };
    let granted = "Authorization of 6 months may be granted for adults with asthma when all criteria are met.";
    let row = group("Zorimab", granted);
    assert_eq!(row.group, Group::Mixed, "{row:?}");
    assert!(!row.cells[4].words.contains("not covered"), "{row:?}");
    let other = "Quetiapine is considered medically necessary for adults with asthma.";
    assert_eq!(group("Zorimab", other).group, Group::Refused);
    assert_eq!(group("Zorimab and Quetiapine", other).group, Group::Refused);
}

#[test]
fn an_age_in_a_criterion_a_code_and_a_word_outside_of_what_was_found_are_changes() {
    let of = |age: &str, code: &str, aside: &str| {
        let text = format!(
            "Pond Health\n\nMedical Policy MP-1\n\nPOLICY\n\n\
             Platelet-rich plasma is considered medically necessary when all of the following are met:\n\n\
             1. The member is {age} years of age or older; and\n\n2. Physical therapy has failed.\n\n\
             BACKGROUND\n\nThe {aside} is a lake in the north.\n\nCODING\n\n{code} Injection\n"
        );
        let place = Place::Bytes(text.into_bytes());
        worked_of(&[Input { path: "a.txt".to_owned(), place, told: Told::default() }]).remove(0)
    };
    let (old, new) = (of("18", "0232T", "Windermere"), of("21", "0481T", "Bassenthwaite"));
    let changes = compare::Changes::between((&old.0, &old.1), (&new.0, &new.1));
    let kinds: Vec<&str> = changes.changes.iter().map(|change| change.kind).collect();
    assert!(kinds.contains(&"criterion") && kinds.contains(&"code"), "{kinds:?}");
    assert!(changes.elsewhere.new.iter().any(|line| line.contains("Bassenthwaite")), "{:?}", changes.elsewhere);
    assert!(changes.elsewhere.new.iter().all(|line| !line.contains("21 years")), "{:?}", changes.elsewhere);
    let same = compare::Changes::between((&old.0, &old.1), (&old.0, &old.1));
    assert!(same.changes.is_empty() && same.elsewhere.places() == 0, "{same:?}");
}

#[test]
fn what_one_sentence_is_counted_as_is_one_change() {
    let of = |label: &str| {
        let text =
            format!("Pond Health\n\nMedical Policy MP-1\n\nPOLICY\n\nPlatelet-rich plasma is considered {label}.\n");
        let place = Place::Bytes(text.into_bytes());
        worked_of(&[Input { path: "a.txt".to_owned(), place, told: Told::default() }]).remove(0)
    };
    let (old, new) = (of("not medically necessary"), of("investigational"));
    let mut out = Vec::new();
    let changes = compare::Changes::between((&old.0, &old.1), (&new.0, &new.1));
    changes.write_terminal(&mut out).expect("memory takes it");
    let out = String::from_utf8(out).expect("it is UTF-8");
    assert!(out.contains("\n2 changes of the payer's text, 0 of our reading"), "{out}");
}

#[test]
fn words_are_no_code_and_a_service_that_is_not_named_has_no_exhibits() {
    let mut out = Vec::new();
    let query = Query { text: "platelet-rich plasma".to_owned(), payer: None };
    compare::hits_terminal(&mut out, &query, &[], 100).expect("memory takes it");
    assert!(String::from_utf8(out).expect("it is UTF-8").contains("neither a code"));
    let all = worked();
    let of = |(analysis, _): &&(Analysis, String)| analysis.source.path.contains("platelet-rich-plasma");
    let (analysis, _) = all.iter().find(of).expect("a sample");
    let banana = Asked { service: "banana".to_owned(), ..Asked::default() };
    let parts = brief(&banana, analysis).expect("it was read");
    assert!(!parts.iter().any(|part| matches!(part, Part::Exhibit(..))), "{parts:?}");
}

#[test]
fn initials_name_a_service_and_a_refusal_is_a_barrier() {
    let policy = policy_of(
        "Pond Health\n\nMedical Policy MP-1\n\nTitle: Transcranial Magnetic Stimulation\n\nPOLICY\n\n\
         Pond Health covers deep TMS for adults with major depressive disorder when symptoms have lasted a year.\n\n\
         Transcranial magnetic stimulation is considered investigational for tinnitus.\n",
    );
    let row = |service: &str| compare::compare(&asked(service, "tms"), std::slice::from_ref(&policy)).rows.remove(0);
    let (long, short) = (row("transcranial magnetic stimulation"), row("tms"));
    assert_eq!((long.group, short.group), (Group::Mixed, Group::Mixed), "{long:?}");
    assert_eq!(long.cells[2].words, "investigational label");
}

#[test]
fn a_brief_numbers_its_exhibits_and_quotes_only_the_document() {
    let all = worked();
    let (analysis, text) =
        all.iter().find(|(analysis, _)| analysis.source.path.contains("platelet-rich-plasma")).expect("a sample");
    let parts = brief(&asked("platelet-rich plasma", "prp"), analysis).expect("it was read");
    let squeezed = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let whole = squeezed(text);
    let mut next = 1;
    for part in &parts {
        if let Part::Exhibit(number, quotes, citation) = part {
            assert_eq!(*number, next);
            next += 1;
            for one in quotes {
                assert!(whole.contains(&squeezed(&one.quote)), "{}", one.quote);
                assert_eq!(Some(&one.sha256), analysis.source.sha256.as_ref());
            }
            assert!(citation.contains("copy retrieved"), "{citation}");
        }
    }
    assert!(next > 2, "there are exhibits");
    assert!(parts.iter().any(|part| matches!(part, Part::Blank(_))));
    let mut text = Vec::new();
    markdown(&mut text, &parts).expect("memory takes it");
    assert!(String::from_utf8(text).expect("it is UTF-8").contains("**Exhibit 1.**"));
}

#[test]
fn a_brief_in_word_holds_what_the_markdown_holds_and_is_the_same_each_time() {
    let hostile = "</w:t><script>&\u{1b}[2J\u{202e}";
    let one = Exhibit { quote: hostile.to_owned(), place: "p. 2".to_owned(), sha256: "ab".to_owned() };
    let parts = [
        Part::Title("A".to_owned()),
        Part::Exhibit(1, vec![one], "Pond Health".to_owned()),
        Part::Tick(2, "deep".to_owned()),
    ];
    let written = || {
        let mut out = Cursor::new(Vec::new());
        docx(&mut out, &parts).expect("memory takes it");
        out.into_inner()
    };
    let bytes = written();
    assert_eq!(bytes, written());
    // What fineprint writes, fineprint reads.
    let read = fineprint::extract::extract(&bytes, &fineprint::extract::Limits::default()).expect("it is a document");
    assert!(read.text.contains("Exhibit 1. “</w:t><script>&"), "{}", read.text);
    assert!(read.text.contains("☐ deep"));
}

/// Words of fineprint's own workings that no advocate knows.
const JARGON: [&str; 14] = [
    "residual",
    "E/I",
    "K1",
    "K3",
    "K10",
    " S1",
    " S4",
    "tier",
    "operative",
    "assertion",
    "lead-in",
    "categorical",
    "covered-with-criteria",
    "barrier-and-review",
];

#[test]
fn the_words_around_the_quotes_are_plain() {
    let analyses: Vec<Analysis> = worked().into_iter().map(|(analysis, _)| analysis).collect();
    let mut ours: Vec<String> = Vec::new();
    for (service, topic) in [("platelet-rich plasma", "prp"), ("hematopoietic cell transplantation", "hct")] {
        let comparison = compare::compare(&asked(service, topic), &analyses);
        for row in &comparison.rows {
            ours.push(row.group.heading().to_owned());
            ours.extend(row.cells.iter().flat_map(|cell| [cell.label.to_owned(), cell.words.clone()]));
        }
        let parts = analyses.iter().filter_map(|analysis| brief(&asked(service, topic), analysis)).flatten();
        ours.extend(parts.filter_map(|part| match part {
            Part::Title(words)
            | Part::Heading(words)
            | Part::Words(words)
            | Part::Blank(words)
            | Part::Small(words) => Some(words),
            _ => None,
        }));
    }
    let query = Query { text: "0232T".to_owned(), payer: None };
    ours.extend(
        worked().iter().flat_map(|(analysis, text)| compare::find(&query, analysis, text)).map(|hit| hit.place),
    );
    assert!(ours.len() > 200, "{}", ours.len());
    for words in &ours {
        assert!(JARGON.iter().all(|jargon| !words.contains(jargon)), "{words}");
    }
}

#[test]
fn what_is_handed_to_a_policy_that_is_not_at_hand_is_said() {
    let mut analyses: Vec<Analysis> = worked().into_iter().map(|(analysis, _)| analysis).collect();
    let asked = asked("platelet-rich plasma", "prp");
    let hands = |analysis: &mut Analysis| {
        let statement = analysis.summary.as_mut()?.stances.first_mut()?;
        statement.hands_to = vec!["Policy of the Moon MP-9999".to_owned()];
        statement.stance = "not-addressed".to_owned();
        Some(())
    };
    let prp =
        analyses.iter_mut().find(|analysis| analysis.source.path.contains("northmere-health/platelet-rich-plasma"));
    prp.and_then(hands).expect("a sample with statements");
    let comparison = compare::compare(&asked, &analyses);
    assert!(comparison.differences.iter().any(|words| words.contains("MP-9999, which is not at hand")));
}
