//! Words of the command line that name nothing, endings, and what stays where a run fails.

use std::fs;
use std::path::PathBuf;

use crate::{fineprint, folder};

/// Runs fineprint, which must end well.
fn done(words: &[&str]) {
    let output = fineprint(words);
    assert_eq!(output.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn words_that_name_nothing_are_errors_that_say_so() {
    let folder = folder("odd-words");
    let policy = "corpora/policies/northmere-health/platelet-rich-plasma.pdf";
    let report = folder.join("report.json");
    let report = report.to_str().expect("UTF-8");
    let check = |words: &[&str], code: i32, part: &str| {
        let output = fineprint(words);
        let said = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
        assert!(output.status.code() == Some(code) && said.contains(part), "{words:?}: {said}");
    };
    check(&["analyze", policy, "--payer", " "], 2, "names nothing");
    check(&["analyze", policy, "--output", "-"], 2, "leave --output out");
    check(&["compare", "--service", "the injection", policy], 2, "tells no service from another");
    check(&["compare", "--service", "PRP", policy], 0, "1 policy names it");
    // A folder without documents leaves the report that stood there.
    check(&["analyze", policy, "--output", report], 0, "1 read");
    let before = fs::read(report).expect("it was written");
    check(&["analyze", &folder.join("none").to_string_lossy(), "--output", report], 2, "not read");
    fs::create_dir(folder.join("empty")).expect("a folder can be made");
    let written = fs::read(report).expect("it was written");
    assert_ne!(written, before, "a document that is not there is a line");
    check(&["analyze", &folder.join("empty").to_string_lossy(), "--output", report], 1, "no document here");
    assert_eq!(fs::read(report).expect("it stands there"), written);
}

#[test]
fn a_comparison_of_two_policies_warns_that_they_may_be_no_versions_of_one() {
    let prp = "corpora/policies/northmere-health/platelet-rich-plasma.pdf";
    let said = |old: &str| {
        let output = fineprint(&["diff", old, prp]);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stderr).expect("messages are UTF-8")
    };
    let warned = said("corpora/policies/tamarack-community/new-technology-review.txt");
    let payers = "their payers are Tamarack Community and Northmere Health, their numbers are TC.UM.018 and 2026T0655H";
    assert!(warned.contains("may be two policies") && warned.contains(payers), "{warned}");
    assert_eq!(said(prp), "");
}

#[test]
fn an_ending_that_means_nothing_is_an_error_that_names_those_that_do() {
    let folder = folder("endings");
    let policy = "corpora/policies/tamarack-community/new-technology-review.txt";
    let said = |words: &[&str], name: &str| {
        let output = fineprint(&[words, &["--output", &folder.join(name).to_string_lossy()]].concat());
        let made = folder.join(name).exists();
        (output.status.code(), made, String::from_utf8(output.stderr).expect("messages are UTF-8"))
    };
    let refused = |words: &[&str], name: &str, known: &str| {
        let (code, made, said) = said(words, name);
        assert!((code, made) == (Some(2), false) && said.contains(known), "{name}: {said}");
    };
    refused(&["analyze", policy], "x.pdf", ".csv, .html, .htm, .json, .jsonl, .md, .xlsx, .txt");
    refused(&["cite", policy], "x.csv", ".bib, .json, .ris, .txt");
    refused(&["diff", policy, policy], "x.md", ".csv, .json, .txt");
    refused(&["extract", policy], "x.csv", ".json, .jsonl, .txt");
    refused(&["brief", "--service", "x", policy], "x.pdf", ".docx, .md, .txt");
    refused(&["gaps", policy], "x.xlsx", ".csv, .txt");
    for (words, name) in [
        (&["analyze", "--format", "json", policy][..], "x.pdf"),
        (&["analyze", policy], "x"),
        (&["extract", policy], "x.JSONL"),
    ] {
        let (code, made, said) = said(words, name);
        assert!((code, made) == (Some(0), true), "{name}: {said}");
    }
    let json = fs::read_to_string(folder.join("x.JSONL")).expect("it is there");
    assert!(json.starts_with('{'), "the ending decides");
}

#[test]
fn a_run_that_fails_at_its_record_leaves_the_pages_of_the_one_before() {
    let folder = folder("record-fails");
    let report = folder.join("report");
    let place = report.to_str().expect("UTF-8");
    done(&["analyze", "--format", "html", "--output", place, "corpora/policies/northmere-health"]);
    let files = || {
        let mut all: Vec<PathBuf> = Vec::new();
        let mut folders = vec![report.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("it can be listed") {
                let path = entry.expect("an entry").path();
                if path.is_dir() { folders.push(path) } else { all.push(path) }
            }
        }
        all.sort();
        all.into_iter().map(|path| (fs::read(&path).expect("it can be read"), path)).collect::<Vec<_>>()
    };
    let part = |name: &str, age: u64| {
        let file = fs::File::create(report.join("policies").join(name)).expect("it can be made");
        let now = file.metadata().and_then(|made| made.modified()).expect("it has a day");
        let at = now - std::time::Duration::from_secs(age);
        file.set_modified(at).expect("it can be set");
    };
    part(".fineprint-1-1.part", 90_000);
    part(".fineprint-1-2.part", 60);
    let before = files();
    let record = folder.join("nowhere/run.json");
    let one = "corpora/policies/northmere-health/platelet-rich-plasma.pdf";
    let record = ["--run-record", record.to_str().expect("UTF-8")];
    let told = ["--payer", "Somebody Else"];
    let output = fineprint(&[&["analyze", "--format", "html", "--output", place, one][..], &record, &told].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(files() == before, "a page was removed or written over");
    done(&["analyze", "--format", "html", "--output", place, one]);
    let names: Vec<PathBuf> = files().into_iter().map(|(_, path)| path).collect();
    assert_eq!(names.len(), 3, "the index, one page, and what another run may be writing: {names:?}");
}
