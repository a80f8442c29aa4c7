//! Scores on the sample corpus' labels, and what its whole policies must say: they may rise, and must not fall
//! below `tests/quality.tsv`. The policies that the rules grew up with are measured apart from those that were written
//! and labelled later, without a look at the rules.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fineprint::eval::{Gold, Predicted, score};
use fineprint::pipeline::{self, Collected, Compiled, Settings, WalkOptions, find};
use fineprint::report::Analysis;
use fineprint::rules::{Category, RuleSet, embedded};
use fineprint::text::letters_and_digits;
use serde_json::Value;

/// The labelled policies that were there from the beginning: the first column of floors.
const FIRST: [&str; 6] = [
    "cobalt-river/new-technology-exceptions.html",
    "cobalt-river/orthobiologics.html",
    "juniper-mutual/adipose-derived-therapies.html",
    "larkspur-health/hematopoietic-transplant-lymphoma.pdf",
    "larkspur-health/stem-cell-orthopedic.pdf",
    "tamarack-community/hsct-sickle-cell.pdf",
];

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

/// The lines of a file of labels whose policy is one of the first, or none of them.
fn labels(file: &str, first: bool) -> Vec<String> {
    let text = fs::read_to_string(corpora(file)).expect("the labels are there");
    let of_first = |line: &str| {
        let label: Value = serde_json::from_str(line).expect("a label");
        FIRST.contains(&label["doc"].as_str().expect("a document's name"))
    };
    text.lines().filter(|line| of_first(line) == first).map(str::to_owned).collect()
}

/// What was measured on the first policies or on the later ones, by name.
fn measured(analyses: &[Analysis], first: bool) -> BTreeMap<&'static str, f64> {
    let gold = Gold::parse(&labels("gold/samples.units.jsonl", first).join("\n")).expect("the labels are sound");
    let run: Vec<(String, Vec<Predicted>)> = analyses.iter().map(predicted).collect();
    let scores = score(&gold, &run);
    assert_eq!(scores.documents_missing, Vec::<String>::new());
    let total = scores.total();
    let [stances, statements, levers, metadata] = whole_policies(analyses, first);
    BTreeMap::from([
        ("micro-precision", total.precision()),
        ("micro-recall", total.recall()),
        ("macro-f1", scores.macro_f1()),
        ("mentions-not-taken", 1.0 - scores.mentioned_taken as f64 / scores.mentioned as f64),
        ("document-stance", stances),
        ("statements-found", statements),
        ("levers-found", levers),
        ("metadata", metadata),
    ])
}

/// Shares of the labelled documents' stances that are right, of their statements and of their levers that are found,
/// and of number, title and dates that are right.
fn whole_policies(analyses: &[Analysis], first: bool) -> [f64; 4] {
    let mut right = [(0, 0); 4];
    let mut count = |at: usize, holds: bool| {
        right[at].0 += usize::from(holds);
        right[at].1 += 1;
    };
    for line in labels("gold/samples.summaries.jsonl", first) {
        let gold: Value = serde_json::from_str(&line).expect("a labelled policy");
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
        let policy = serde_json::to_value(&analysis.policy).expect("it is JSON");
        for field in ["number", "title", "effective_date", "last_review_date", "next_review_date"] {
            let said = |value: &Value| value.as_str().map(letters_and_digits);
            count(3, said(&policy[field]) == said(&gold[field]));
        }
    }
    right
        .map(|(right, all)| f64::from(u32::try_from(right).expect("few")) / f64::from(u32::try_from(all).expect("few")))
}

#[test]
fn scores_on_the_samples_do_not_fall() {
    let analyses = analyses();
    let measured = [true, false].map(|first| measured(&analyses, first));
    let floors =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality.tsv")).expect("it is there");
    let mut below = Vec::new();
    let mut held = 0;
    for line in floors.lines().skip(1) {
        let mut cells = line.split('\t');
        let name = cells.next().expect("a name");
        held += 1;
        for (measured, of) in measured.iter().zip(["first", "later"]) {
            let floor: f64 = cells.next().expect("a floor for each").parse().expect("a number");
            // A share of nothing is no number, and below every floor.
            if measured[name].is_nan() || measured[name] < floor {
                below.push(format!("{name} of the {of}: {:.3}, the floor is {floor}", measured[name]));
            }
        }
    }
    println!("{measured:#.3?}");
    assert_eq!(held, measured[0].len(), "every measure has its floor");
    assert!(below.is_empty(), "{below:#?}");
}
