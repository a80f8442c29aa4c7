//! Scores on the sample corpus' labels, and what its whole policies must say: they may rise, and must not fall
//! below `tests/quality.tsv`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fineprint::eval::{Gold, Predicted, score};
use fineprint::pipeline::{self, Collected, Compiled, Settings, WalkOptions, find};
use fineprint::report::Analysis;
use fineprint::rules::{Category, RuleSet, embedded};
use fineprint::text::letters_and_digits;
use serde_json::Value;

fn corpora(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora").join(name)
}

fn analyses() -> Vec<Analysis> {
    let found = find(&[corpora("policies")], &WalkOptions::default()).expect("the samples are there");
    let compiled = Compiled::new(RuleSet::parse(&embedded()).expect("the embedded packs are sound"));
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(&found.inputs, &compiled, &Settings::default(), &mut analyses, |_| ()).expect("memory takes all");
    analyses.0
}

fn predicted(analysis: &Analysis) -> (String, Vec<Predicted>) {
    let findings = analysis.findings.iter().filter(|finding| finding.operative).filter_map(|finding| {
        Some(Predicted {
            category: Category::from_id(&finding.category)?,
            rule: finding.rule.clone(),
            quote: finding.quote.clone(),
            matched: finding.matched.clone(),
            page: finding.page,
        })
    });
    (analysis.source.path.clone(), findings.collect())
}

/// What was measured, by name.
fn measured(analyses: &[Analysis]) -> BTreeMap<&'static str, f64> {
    let units = fs::read_to_string(corpora("gold/samples.units.jsonl")).expect("the labels are there");
    let gold = Gold::parse(&units).expect("the labels are sound");
    let run: Vec<(String, Vec<Predicted>)> = analyses.iter().map(predicted).collect();
    let scores = score(&gold, &run);
    assert_eq!(scores.documents_missing, Vec::<String>::new());
    let total = scores.total();
    let [stances, statements, levers] = whole_policies(analyses);
    BTreeMap::from([
        ("micro-precision", total.precision()),
        ("micro-recall", total.recall()),
        ("macro-f1", scores.macro_f1()),
        ("mentions-not-taken", 1.0 - scores.mentioned_taken as f64 / scores.mentioned as f64),
        ("document-stance", stances),
        ("statements-found", statements),
        ("levers-found", levers),
    ])
}

/// Shares of the labelled documents' stances that are right, of their statements and of their levers that are found.
fn whole_policies(analyses: &[Analysis]) -> [f64; 3] {
    let text = fs::read_to_string(corpora("gold/samples.summaries.jsonl")).expect("the labels are there");
    let mut right = [(0, 0); 3];
    let mut count = |at: usize, holds: bool| {
        right[at].0 += usize::from(holds);
        right[at].1 += 1;
    };
    for line in text.lines() {
        let gold: Value = serde_json::from_str(line).expect("a labelled policy");
        let doc = gold["doc"].as_str().expect("a document's name");
        let analysis = analyses.iter().find(|analysis| analysis.source.path.ends_with(doc)).expect("it was analyzed");
        let summary = analysis.summary.as_ref().expect("it was read");
        count(0, summary.stance == gold["stance"]);
        let quoted = |quotes: &[&String], wanted: &Value| {
            let wanted = letters_and_digits(wanted["quote"].as_str().expect("a quote"));
            quotes.iter().any(|quote| {
                let quote = letters_and_digits(quote);
                quote.len() >= 25 && (quote.contains(&wanted) || wanted.contains(&quote)) || quote == wanted
            })
        };
        for statement in gold["statements"].as_array().expect("a list") {
            let quotes: Vec<&String> = summary
                .stances
                .iter()
                .flat_map(|stance| [Some(&stance.quote), stance.item.as_ref()])
                .flatten()
                .collect();
            count(1, quoted(&quotes, statement));
        }
        for lever in gold["levers"].as_array().expect("a list") {
            let quotes: Vec<&String> = summary.levers.iter().map(|lever| &lever.quote).collect();
            count(2, quoted(&quotes, lever));
        }
    }
    right
        .map(|(right, all)| f64::from(u32::try_from(right).expect("few")) / f64::from(u32::try_from(all).expect("few")))
}

#[test]
fn scores_on_the_samples_do_not_fall() {
    let measured = measured(&analyses());
    let floors =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality.tsv")).expect("it is there");
    let mut below = Vec::new();
    let mut held = 0;
    for line in floors.lines().skip(1) {
        let (name, floor) = line.split_once('\t').expect("two columns");
        let floor: f64 = floor.parse().expect("a number");
        held += 1;
        if measured[name] < floor {
            below.push(format!("{name}: {:.3}, the floor is {floor}", measured[name]));
        }
    }
    println!("{measured:#.3?}");
    assert_eq!(held, measured.len(), "every measure has its floor");
    assert!(below.is_empty(), "{below:#?}");
}
