//! Every line that fineprint writes is what `docs/analysis.schema.json` says.

use std::path::Path;

use fineprint::pipeline::{self, Collected, Compiled, Settings, WalkOptions, find};
use fineprint::report::JSON_SCHEMA;
use fineprint::rules::{RuleSet, embedded};
use serde_json::Value;

/// The lines of all documents in `folder`, each as JSON.
fn lines(folder: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let found = find(&[folder], &WalkOptions::default()).expect("the folder can be walked");
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(&found.inputs, &Compiled::new(rules), &Settings::default(), &mut analyses, |_| ())
        .expect("memory takes all");
    analyses.0.iter().map(|analysis| serde_json::to_value(analysis).expect("it is JSON")).collect()
}

fn check(folder: &str) {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let lines = lines(folder);
    assert!(!lines.is_empty(), "{folder} holds documents");
    for line in lines {
        let wrong: Vec<String> =
            validator.iter_errors(&line).map(|error| format!("{} at {}", error, error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", line["source"]["path"]);
    }
}

#[test]
fn the_lines_of_the_sample_corpus_are_valid() {
    check("corpora/policies");
}

#[test]
fn the_lines_of_hostile_files_are_valid() {
    check("tests/hostile");
}

#[test]
fn a_field_that_the_schema_does_not_name_is_found() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let mut line = lines("tests/hostile").remove(0);
    assert!(validator.is_valid(&line));
    line["summary"] = serde_json::json!({"stance": "mixed"});
    assert!(!validator.is_valid(&line), "a summary without its fields");
    line["summary"] = Value::Null;
    line["more"] = Value::Bool(true);
    assert!(!validator.is_valid(&line), "a field of its own");
}
