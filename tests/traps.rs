//! Sentences written by people who do not write the rules: `tests/traps/*.jsonl`, each with the labels that it must
//! get and, with `~`, those that it only mentions. A line is `{"text", "section", "labels"}`; a file is named after
//! the group or category that its lines were written for; the files `unseen-*` hold sentences in the styles of payers
//! that nobody tuned to, scored over all groups (what they are good for: `docs/decisions/0050-unseen-payers.md`), and
//! the labels of `stem-cell` are topics. Scores must not fall below `tests/traps/floor.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fineprint::context::{judge, name_topics};
use fineprint::document::{Block, Document, Section, SectionId};
use fineprint::finding::Finding;
use fineprint::matcher::{Matcher, Scanner};
use fineprint::policy::{MediaType, Metadata, Tier};
use fineprint::rules::{Category, Group, RuleSet, embedded};
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

/// What the labels of a file name.
#[derive(Clone, Copy)]
enum Kind {
    /// Groups of categories; of `Some` only that one.
    Groups(Option<Group>),
    /// This category.
    Category(Category),
    /// Topics.
    Topics,
}

impl Kind {
    fn of(file: &str) -> Kind {
        let category = || Category::from_id(&format!("barrier/{file}"));
        match (Group::from_id(file), file) {
            (None, "stem-cell") => Kind::Topics,
            (group, _) if group.is_some() || file.starts_with("unseen-") => Kind::Groups(group),
            _ => Kind::Category(category().expect("a file is named after a group, a category or what Kind knows")),
        }
    }

    /// The labels that a finding gets.
    fn labels(self, finding: &Finding) -> Vec<String> {
        match self {
            Kind::Groups(_) => finding.category.group().map(|group| group.id().to_owned()).into_iter().collect(),
            Kind::Category(_) => vec![finding.category.id().to_owned()],
            Kind::Topics => finding.topics.clone(),
        }
    }

    /// The labels that are scored where `labels` are wanted or found.
    fn scored(self, labels: BTreeSet<String>) -> BTreeSet<String> {
        match self {
            Kind::Groups(Some(one)) => [one.id().to_owned()].into(),
            Kind::Groups(None) => labels.into_iter().filter(|label| Group::from_id(label).is_some()).collect(),
            Kind::Category(one) => [one.id().to_owned()].into(),
            Kind::Topics => labels,
        }
    }
}

/// The labels of the operative findings, with the rules that found them.
fn found(kind: Kind, trap: &Trap, rules: &RuleSet, matcher: &Matcher, scanner: &mut Scanner<'_>) -> Labels {
    let document = document(trap);
    let mut labels = Labels::new();
    let mut findings = judge(&document, &scanner.scan(&document), rules).findings;
    name_topics(&document, &Metadata::default(), matcher, rules, &mut findings);
    for finding in findings.iter().filter(|finding| finding.operative) {
        for label in kind.labels(finding) {
            let words = finding.span.of(&trap.text);
            let _ = write!(labels.entry(label).or_default(), " [{} “{words}”]", rules.rule(finding.rule).id);
        }
    }
    labels
}

type Labels = BTreeMap<String, String>;

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

/// Adds one trap to the counts.
fn count(kind: Kind, trap: &Trap, got: &Labels, counts: &mut Counts, errors: &mut String) {
    let want: BTreeSet<String> = trap.labels.iter().cloned().collect();
    for label in kind.scored(want.iter().chain(got.keys()).cloned().collect()) {
        // "Investigational and not medically necessary" is one stance.
        let folded = want.contains(Group::Investigational.id()) && label == Group::NotMedicallyNecessary.id();
        match (want.contains(&label) && !folded, got.contains_key(&label) && !folded) {
            (true, true) => counts.right += 1,
            (true, false) => {
                counts.missing += 1;
                let _ = writeln!(errors, "MISSING {label} ({}) {}", trap.section, trap.text);
            }
            (false, true) => {
                counts.noisy += 1;
                let _ = writeln!(errors, "NOISY {label} ({}) {}{}", trap.section, trap.text, got[&label]);
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
        let (kind, mut counts) = (Kind::of(name), Counts::default());
        for line in text.lines() {
            let trap: Trap = serde_json::from_str(line).expect("a trap");
            let got = found(kind, &trap, &rules, &matcher, &mut scanner);
            count(kind, &trap, &got, &mut counts, &mut errors);
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
