//! Sentences written by people who do not write the rules: `tests/traps/*.jsonl`, each with the labels that it must
//! get and, with `~`, those that it only mentions. A line is `{"text", "section", "labels"}`; a file is named after
//! the group that its lines were written for; the files `unseen-*` hold sentences in the styles of payers that nobody
//! tuned to, scored over all groups (what they are good for: `docs/decisions/0050-unseen-payers.md`). Scores must not
//! fall below `tests/traps/floor.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fineprint::context::judge;
use fineprint::document::{Block, Document, Section, SectionId};
use fineprint::matcher::{Matcher, Scanner};
use fineprint::policy::{MediaType, Tier};
use fineprint::rules::{Group, RuleSet, embedded};
use fineprint::text::Span;
use serde::Deserialize;

#[derive(Deserialize)]
struct Trap {
    text: String,
    section: String,
    labels: Vec<String>,
}

fn tier(section: &str) -> Tier {
    match section {
        "policy" | "criteria" => Tier::Binding,
        "guidelines" => Tier::Guidelines,
        "coding" => Tier::Coding,
        "notice" => Tier::Notice,
        "definitions" => Tier::Definitions,
        "background" => Tier::Description,
        "evidence" => Tier::Evidence,
        "references" => Tier::References,
        "history" => Tier::History,
        other => panic!("{other} is no section of traps"),
    }
}

fn document(trap: &Trap) -> Document {
    let mut document = Document::empty(MediaType::Text, "test/1");
    let whole = Span::new(0, trap.text.len());
    document.text.clone_from(&trap.text);
    document.blocks.push(Block::paragraph(whole, SectionId::new(0)));
    let tier = tier(&trap.section);
    document.sections.push(Section {
        heading: None,
        level: 0,
        span: whole,
        parent: None,
        tier: Some(tier),
        corroborated: matches!(tier, Tier::History | Tier::References),
    });
    document
}

/// The groups of the operative findings, with the rules that found them.
fn found(trap: &Trap, rules: &RuleSet, scanner: &mut Scanner<'_>) -> BTreeMap<Group, String> {
    let document = document(trap);
    let mut groups: BTreeMap<Group, String> = BTreeMap::new();
    for finding in judge(&document, &scanner.scan(&document), rules).findings {
        if let Some(group) = finding.category.group().filter(|_| finding.operative) {
            let words = finding.span.of(&trap.text);
            let _ = write!(groups.entry(group).or_default(), " [{} “{words}”]", rules.rule(finding.rule).id);
        }
    }
    groups
}

#[derive(Default)]
struct Counts {
    right: usize,
    noisy: usize,
    missing: usize,
}

impl Counts {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.noisy).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missing).max(1) as f64
    }
}

/// Adds one trap to the counts: of `only` that group, else of all.
fn count(trap: &Trap, only: Option<Group>, got: &BTreeMap<Group, String>, counts: &mut Counts, errors: &mut String) {
    let want: BTreeSet<Group> = trap.labels.iter().filter_map(|label| Group::from_id(label)).collect();
    let groups: BTreeSet<Group> =
        only.map_or_else(|| want.iter().chain(got.keys()).copied().collect(), |one| [one].into());
    for group in groups {
        // "Investigational and not medically necessary" is one stance.
        let folded = want.contains(&Group::Investigational) && group == Group::NotMedicallyNecessary;
        match (want.contains(&group) && !folded, got.contains_key(&group) && !folded) {
            (true, true) => counts.right += 1,
            (true, false) => {
                counts.missing += 1;
                let _ = writeln!(errors, "MISSING {} ({}) {}", group.id(), trap.section, trap.text);
            }
            (false, true) => {
                counts.noisy += 1;
                let _ = writeln!(errors, "NOISY {} ({}) {}{}", group.id(), trap.section, trap.text, got[&group]);
            }
            (false, false) => {}
        }
    }
}

#[test]
fn scores_do_not_fall_below_their_floors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traps");
    let floors = fs::read_to_string(folder.join("floor.tsv")).expect("the floors are there");
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let matcher = Matcher::new(&rules);
    let mut scanner = matcher.scanner();
    let mut errors = String::new();
    let mut below = Vec::new();
    for line in floors.lines().skip(1) {
        let [name, precision, recall] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}")
        };
        let text = fs::read_to_string(folder.join(format!("{name}.jsonl"))).expect("a file for each row");
        let mut counts = Counts::default();
        for line in text.lines() {
            let trap: Trap = serde_json::from_str(line).expect("a trap");
            let got = found(&trap, &rules, &mut scanner);
            count(&trap, Group::from_id(name), &got, &mut counts, &mut errors);
        }
        let (p, r) = (counts.precision(), counts.recall());
        let _ = writeln!(errors, "== {name}: precision {p:.2}, recall {r:.2}");
        let floor = |text: &str| text.parse::<f64>().expect("a number");
        if p < floor(precision) || r < floor(recall) {
            below.push(format!("{name}: precision {p:.2}, recall {r:.2}; the floors are {precision} and {recall}"));
        }
    }
    println!("{errors}");
    assert!(below.is_empty(), "{below:#?}");
}
