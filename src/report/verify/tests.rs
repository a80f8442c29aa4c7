//! A report holds until one letter of it or of its document is another.

use super::{Text, read};
use crate::extract::{Limits, extract};
use crate::pipeline::{Input, Place, Told};
use crate::report::html::{Index, Single, page};
use crate::report::tables::{CsvTable, Table};
use crate::report::{Analysis, markdown};

const POLICY: &str = "Pond Health\n\nMedical Policy MP-7: Moonlight therapy\n\nPOLICY STATEMENT\n\n\
    Moonlight therapy for <b>knees</b> & \"hips\" is considered investigational for all indications.\n\n\
    Sunlight therapy is medically necessary when all of the following criteria are met:\n\n\
    - The member is 18 years or older.\n- Two weeks of *shade* have failed.\n\n\
    Requests that do not meet these criteria are reviewed by a medical director on a case-by-case basis.\n\n\
    Members may appeal this decision.\n";

fn analyses(text: &str) -> Vec<Analysis> {
    let told = Told { payer: Some("=Pond".to_owned()), ..Told::default() };
    let input = Input { path: "mp-7.txt".to_owned(), place: Place::Bytes(text.as_bytes().to_vec()), told };
    crate::report::html::read_whole(&[input.clone(), Input { path: "b.txt".to_owned(), ..input }])
}

/// The faults of a report against a document.
fn faults(report: &str, document: &str) -> Vec<String> {
    let claims = read(report).expect("it is a report");
    let extracted = extract(document.as_bytes(), &Limits::default()).expect("it is text");
    let text = Text::new(&extracted.text, &[]);
    let wrong =
        claims.claims.iter().filter_map(|claim| claim.holds(&text).err().map(|why| format!("{}: {why}", claim.words)));
    claims.faults.iter().map(|(_, fault)| fault.clone()).chain(wrong).collect()
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes it");
    String::from_utf8(out).expect("a report is UTF-8")
}

fn csv(table: Table, analysis: &Analysis) -> String {
    written(|out| {
        let mut csv = CsvTable::new(table, out)?;
        csv.take(analysis)?;
        csv.finish()
    })
}

/// A report in each format.
fn reports() -> Vec<(&'static str, String)> {
    let analyses = analyses(POLICY);
    let first = &analyses[0];
    let lines: Vec<String> = analyses.iter().map(|one| serde_json::to_string(one).expect("it is JSON")).collect();
    let mut single = Single::default();
    analyses.iter().for_each(|one| single.take(one).expect("memory takes it"));
    let mut index = Index::default();
    index.take(first);
    vec![
        ("json", serde_json::to_string_pretty(first).expect("it is JSON")),
        ("jsonl", lines.join("\n")),
        ("findings", csv(Table::Findings, first)),
        ("statements", csv(Table::Statements, first)),
        ("markdown", written(|out| markdown(out, first))),
        ("page", written(|out| page(out, first, None))),
        ("several", written(|out| single.finish(out))),
        ("index", written(|out| index.finish(out))),
    ]
}

#[test]
fn every_format_holds_and_one_changed_letter_does_not() {
    for (name, report) in reports() {
        let claims = read(&report).expect("it is a report").claims.len();
        assert!(claims >= 2, "{name} has {claims}");
        assert_eq!(faults(&report, POLICY), [""; 0], "{name}");
        assert!(report.contains("Moonlight therapy for"), "{name}");
        let changed = report.replacen("Moonlight therapy for", "Moonlight therapy far", 1);
        assert_eq!(faults(&changed, POLICY).len(), 1, "{name}: a letter of the report");
        let document = POLICY.replace("investigational for all", "investigational far all");
        assert!(!faults(&report, &document).is_empty(), "{name}: a letter of the document");
    }
}

#[test]
fn a_quote_that_was_taken_away_is_missed() {
    for (name, report) in reports().iter().filter(|(name, _)| ["markdown", "page"].contains(name)) {
        let (sign, other) = if *name == "page" { ("class=\"qt\"", "class=\"no\"") } else { ("> “", "> ") };
        assert!(!faults(&report.replacen(sign, other, 1), POLICY).is_empty(), "{name}");
    }
}

#[test]
fn a_page_that_is_another_is_named() {
    let claim = super::Claim {
        line: 1,
        document: String::new(),
        words: "b c".to_owned(),
        page: Some(1),
        cut_before: false,
        span: None,
    };
    let text = Text::new("a b\u{c}b  c", &[0, 4]);
    assert_eq!(claim.holds(&text), Err("these words stand on p. 2, not on p. 1".to_owned()));
    let at = |words: &str, page| super::Claim { words: words.to_owned(), page, ..claim.clone() };
    assert_eq!(at("b c", Some(2)).holds(&text), Ok(()));
    assert_eq!(at("b b", Some(1)).holds(&text), Ok(()));
    assert!(at("b c", None).holds(&text).is_err() && at("d", Some(1)).holds(&text).is_err());
}

#[test]
fn what_is_no_report_is_said_to_be_none() {
    assert!(read("some words").is_err());
    assert!(read("{\"a\": ").is_err());
}
