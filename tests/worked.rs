//! The taxonomy's six worked examples of the score, rebuilt as invented policies: their order, and each within 4 points.
//!
//! The texts in `tests/worked` have the shape of the documents behind the examples and none of their words. Where a part
//! differs from the example's, the row says why.

use std::path::Path;

use fineprint::pipeline::{self, Collected, Compiled, Settings, Told, WalkOptions, find};
use fineprint::policy::{Date, LineOfBusiness};
use fineprint::report::model::ScoreModel;
use fineprint::rules::{RuleSet, embedded};

/// One example: file, the stance of the statement, for whom, on which day, and the points that the taxonomy gives.
struct Example {
    name: &'static str,
    file: &'static str,
    stance: &'static str,
    line: LineOfBusiness,
    age: Option<u8>,
    as_of: &'static str,
    points: u8,
}

const fn example(name: &'static str, file: &'static str, stance: &'static str, points: u8) -> Example {
    Example { name, file, stance, line: LineOfBusiness::Commercial, age: None, as_of: "2025-04-01", points }
}

const MEDICAID: Example = Example {
    line: LineOfBusiness::Medicaid,
    age: Some(8),
    ..example("4a", "4-medicaid-child.txt", "covered-with-criteria", 49)
};

/// In the order of their points.
fn examples() -> [Example; 10] {
    [
        // 2 + 0 + 0 + 3 + 0 − 6 is below nothing and stands as 0.
        Example { as_of: "2020-04-01", ..example("1", "1-flat-refusal.txt", "investigational", 0) },
        // The notice on the benefit document is said flatly and once: 1.5 points of law for 1.8.
        example("5", "5-closed-and-contradictory.txt", "investigational", 10),
        Example {
            line: LineOfBusiness::Medicaid,
            age: Some(8),
            // The sentence on the young counts its 6 points in full and a quarter of the other.
            ..example("5, Medicaid under 21", "5-closed-and-contradictory.txt", "investigational", 13)
        },
        // A promise of exceptions that names no service is no tension; the example counts 2 for its definition.
        example("3b", "3-checklist.txt", "investigational", 15),
        // One sentence on discretion that counts, 5.1 for 7.3, and no tension between two services, where the example counts 2.
        Example { as_of: "2026-08-01", ..example("6, balloon", "6-two-routes.txt", "investigational", 18) },
        // 31 in the example, less 4 points of tension for a general promise of review that names no service: a
        // contradiction is only told between statements on one service.
        Example { as_of: "2026-02-05", ..example("2", "2-hedged-list.txt", "investigational", 27) },
        // The benefit document may supersede in a binding sentence: 3 for 1.8.
        Example { name: "4b", age: Some(40), points: 32, ..MEDICAID },
        example("3a", "3-checklist.txt", "covered-with-criteria", 47),
        Example { as_of: "2026-08-01", ..example("6, bypass", "6-two-routes.txt", "covered-with-criteria", 47) },
        // Its notes stand in the binding section and count in full: 11.2 and 12 for 9 and 9.9.
        MEDICAID,
    ]
}

fn score(compiled: &Compiled, example: &Example) -> ScoreModel {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worked").join(example.file);
    let told = Told { lines_of_business: vec![example.line], age: example.age, ..Told::default() };
    let found = find(&[file], &WalkOptions { told, ..WalkOptions::default() }).expect("the example is there");
    let as_of: Date = example.as_of.parse().expect("a day");
    let settings = Settings { as_of: Some(as_of), ..Settings::default() };
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(&found.inputs, compiled, &settings, &mut analyses, |_| ()).expect("memory takes all");
    let summary = analyses.0[0].summary.clone().expect("it was read");
    let statement = summary.stances.iter().find(|statement| statement.stance == example.stance);
    let scored = statement.and_then(|statement| statement.score.clone());
    scored.unwrap_or_else(|| panic!("{}: no {} in {:#?}", example.name, example.stance, summary.stances))
}

#[test]
fn the_worked_examples_keep_their_order_and_are_within_four_points() {
    let compiled = Compiled::new(RuleSet::parse(&embedded()).expect("the embedded packs are sound"));
    let scored: Vec<(Example, ScoreModel)> = examples()
        .into_iter()
        .map(|example| (score(&compiled, &example), example))
        .map(|(score, one)| (one, score))
        .collect();
    let shown: Vec<String> = scored
        .iter()
        .map(|(example, score)| format!("{}: {} for {}, {:?}", example.name, score.total, example.points, score.parts))
        .collect();
    for (example, score) in &scored {
        assert!(score.total.abs_diff(example.points) <= 4, "{} in {shown:#?}", example.name);
    }
    for pair in scored.windows(2).filter(|pair| pair[0].0.points + 2 < pair[1].0.points) {
        assert!(pair[0].1.total < pair[1].1.total, "{} stands below {} in {shown:#?}", pair[0].0.name, pair[1].0.name);
    }
}
