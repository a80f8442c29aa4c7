//! What shows how verdicts come about: switches, rejected matches, the codebook, explanations, samples, gaps.

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::Value;

fn fineprint(words: &[&str]) -> Output {
    let mut command = program::apart(env!("CARGO_BIN_EXE_fineprint"));
    command.args(words).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).output().expect("it starts")
}

fn said(words: &[&str]) -> String {
    String::from_utf8(fineprint(words).stdout).expect("output is UTF-8")
}

/// A file of one test with `text` in it.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("it can be written");
    path
}

#[test]
fn a_mechanism_that_is_off_is_missing() {
    let text = "Platelet gel is no longer considered investigational. It helps.\n";
    let path = file("negated.txt", text).to_string_lossy().into_owned();
    let gold = format!("{{\"doc\":\"negated.txt\",\"text\":\"{}\",\"labels\":[]}}", &text[..53]);
    let gold = file("negated.gold.jsonl", &gold).to_string_lossy().into_owned();
    for isolate in ["--no-isolate", "--max-seconds=60"] {
        let noisy = |more: &[&str]| {
            let mut words = vec!["eval", "--gold", &gold, "--format", "json", isolate, &path];
            words.extend(more);
            let scores: Value = serde_json::from_str(&said(&words)).expect("scores");
            scores["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| row["noisy"].as_u64().expect("a count"))
                .sum::<u64>()
        };
        assert_eq!(noisy(&[]), 0);
        assert_eq!(noisy(&["--without", "negation"]), 1, "{isolate}");
    }
    let wrong = fineprint(&["eval", "--gold", &gold, "--without", "negations", &path]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("use one of look-alikes, overlaps, "));
}

#[test]
fn rejected_matches_keep_their_reason_and_are_asked_for() {
    let path = file("rejected.txt", "The gel is not medically necessary for any use.\n").to_string_lossy().into_owned();
    let plain = said(&["analyze", "--format", "jsonl", &path]);
    let with = said(&["analyze", "--format", "jsonl", "--rejected", &path]);
    let mut line: Value = serde_json::from_str(&with).expect("a line");
    let rejected = line["rejected"].as_array().expect("a list").clone();
    assert!(!rejected.is_empty());
    assert!(rejected.iter().all(|one| !one["reason"].as_str().expect("a reason").is_empty()));
    line.as_object_mut().expect("an object").remove("rejected");
    assert_eq!(serde_json::from_str::<Value>(&plain).expect("a line"), line, "nothing else changes");
    assert!(said(&["analyze", "--rejected", &path]).contains(" rejected by "));
    assert_eq!(fineprint(&["analyze", "--rejected", "--format", "csv", &path]).status.code(), Some(2));
}

#[test]
fn the_codebook_has_every_category_that_has_a_rule() {
    let (markdown, html) = (said(&["rules", "codebook"]), said(&["rules", "codebook", "--format", "html"]));
    let rules = said(&["rules", "list"]);
    let categories: Vec<&str> =
        rules.lines().filter_map(|line| line.split_whitespace().nth(1)).filter(|word| word.contains('/')).collect();
    assert!(categories.len() > 40);
    for category in categories {
        assert!(markdown.contains(&format!("\n## {category}\n\nGroup: ")), "{category}");
        assert!(html.contains(&format!("<h2>{category}</h2>")), "{category}");
    }
    assert!(markdown.contains("**Not this code**"));
    assert!(!html.contains("<script"));
}

#[test]
fn a_verdict_is_explained_by_its_place_id_and_sentence() {
    let text = "Platelet gel is no longer considered investigational.\n";
    let path = file("explained.txt", text).to_string_lossy().into_owned();
    let line: Value = serde_json::from_str(&said(&["analyze", "--format", "jsonl", &path])).expect("a line");
    let finding = &line["findings"][0];
    let place = |spot: &str| said(&["explain", &format!("{path}:{spot}")]);
    let by_id = place(finding["id"].as_str().expect("an id"));
    assert!(by_id.contains("decided by: negation/") && by_id.contains("so: not operative"), "{by_id}");
    assert_eq!(by_id, place(&format!("{}-{}", finding["span"]["start"], finding["span"]["end"])));
    assert!(said(&["explain", "--sentence", text.trim()]).contains("decided by: negation/"));
    assert_eq!(fineprint(&["explain", &format!("{path}:0-2")]).status.code(), Some(2));
    assert_eq!(fineprint(&["explain", &path]).status.code(), Some(2));
}

#[test]
fn units_are_drawn_blind_by_seed_and_read_back() {
    let table = |seed: &str, paths: &[&str]| {
        let mut words = vec!["sample", "--n", "12", "--near-triggers", "--seed", seed];
        words.extend(paths);
        said(&words)
    };
    let (a, b) = ("corpora/policies/juniper-mutual", "corpora/policies/northmere-health");
    let drawn = table("1", &[a, b]);
    assert_eq!(drawn, table("1", &[b, a]), "the order of the documents does not count");
    assert_ne!(drawn, table("2", &[a, b]));
    assert_eq!(drawn.lines().next(), Some("key,document,before,text,labels"));
    assert!(drawn.lines().all(|line| line == "key,document,before,text,labels" || line.ends_with(',')), "no verdict");
    let coded = drawn.replacen(",\n", ",not-covered mandate~\n", 1);
    let (one, two) = (file("one.csv", &coded), file("two.csv", &drawn));
    let [one, two] = [one, two].map(|path| path.to_string_lossy().into_owned());
    let told = said(&["eval", "--coded", &one, "--second", &two, "--format", "json", a, b]);
    let told: Value = serde_json::from_str(&told).expect("scores");
    assert_eq!((&told["units"], &told["mentioned"], &told["coders"]["units"]), (&12.into(), &1.into(), &12.into()));
    assert_eq!(told["coders"]["disagreements"].as_array().map(Vec::len), Some(1));
    let changed = file("changed.csv", &drawn.replacen(" the ", " a ", 1)).to_string_lossy().into_owned();
    let wrong = String::from_utf8(fineprint(&["eval", "--coded", &changed, a, b]).stderr).expect("UTF-8");
    assert!(wrong.contains("fill in the labels only"), "{wrong}");
}

#[test]
fn gaps_are_sentences_with_trigger_words_and_no_finding() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gaps");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let text = "Pond Health Medical Policy\n\nPOLICY\n\nMoonlight therapy is considered investigational.\n\n\
                Coverage of moonlight may depend on the tide.\n\nThe moon is round and bright.\n\n\
                REFERENCES\n\n1. Doe J. Coverage of moonlight. 2019.\n";
    let file = folder.join("moon.txt");
    fs::write(&file, text).expect("writable");
    let output = fineprint(&["gaps", file.to_str().expect("UTF-8")]);
    let table = String::from_utf8(output.stdout).expect("UTF-8");
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert!(rows.len() == 1 && rows[0].contains("Coverage of moonlight may depend on the tide."), "{table}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 of 2 sentences with trigger words have no finding"));
}
