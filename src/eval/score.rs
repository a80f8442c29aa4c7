//! Counting what is right, noisy and missing.

use std::collections::{BTreeMap, BTreeSet};

use super::fires::fires_in;
use super::{Gold, Label, Unit};
use crate::rules::{Category, Group};
use crate::text::letters_and_digits;

/// A label needs this many gold units to count in the macro mean.
const ENOUGH: usize = 5;

/// A finding as far as scores need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicted {
    /// What it says.
    pub category: Category,
    /// The rule.
    pub rule: String,
    /// The sentence or item.
    pub quote: String,
    /// The words that matched.
    pub matched: String,
    /// The page of the quote.
    pub page: Option<u32>,
}

/// How often a label was right, noisy and missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the gold and found.
    pub right: usize,
    /// Found and not in the gold.
    pub noisy: usize,
    /// In the gold and not found.
    pub missing: usize,
}

impl Counts {
    /// The number of gold units.
    #[must_use]
    pub fn gold(self) -> usize {
        self.right + self.missing
    }

    /// The share of the found that is right; 0 when nothing was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.noisy)
    }

    /// The share of the gold that was found; 0 when there is none.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold())
    }

    /// The harmonic mean of the two.
    #[must_use]
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.noisy + self.missing)
    }

    fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.noisy += other.noisy;
        self.missing += other.missing;
    }
}

/// Counts of documents and units stay far below 2^52.
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One label's counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The group or category.
    pub label: Label,
    /// Its counts.
    pub counts: Counts,
}

impl Row {
    /// Whether it has enough gold units to count in the macro mean.
    #[must_use]
    pub fn in_macro_mean(&self) -> bool {
        self.counts.gold() >= ENOUGH
    }
}

/// Which way a unit was judged wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// In the gold and not found.
    Missing,
    /// Found and not in the gold.
    Noisy,
}

impl ErrorKind {
    /// The word in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            ErrorKind::Missing => "missing",
            ErrorKind::Noisy => "noisy",
        }
    }
}

/// One error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Missing or noisy.
    pub kind: ErrorKind,
    /// The label.
    pub label: Label,
    /// The document.
    pub doc: String,
    /// The unit's words.
    pub text: String,
    /// What fired, when noisy.
    pub finding: Option<Predicted>,
}

/// The scores of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// One row a label: all groups, or the categories that the gold or the findings name.
    pub rows: Vec<Row>,
    /// How many units were scored.
    pub units: usize,
    /// Documents of the gold that the run does not hold.
    pub documents_missing: Vec<String>,
    /// How many labels with `~` there are.
    pub mentioned: usize,
    /// How many of them were taken as operative.
    pub mentioned_taken: usize,
    /// Every error, in the order of the gold.
    pub errors: Vec<Miss>,
}

impl Scores {
    /// The counts of all labels together.
    #[must_use]
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        for row in &self.rows {
            total.add(row.counts);
        }
        total
    }

    /// The mean of the F1 of all labels with enough gold units.
    #[must_use]
    pub fn macro_f1(&self) -> f64 {
        let f1s: Vec<f64> = self.rows.iter().filter(|row| row.in_macro_mean()).map(|row| row.counts.f1()).collect();
        if f1s.is_empty() { 0.0 } else { f1s.iter().sum::<f64>() / f1s.len() as f64 }
    }
}

/// A finding's words as letters and digits.
struct Candidate<'p> {
    label: Label,
    quote: String,
    matched: String,
    finding: &'p Predicted,
}

/// Scores the operative findings of a run, by the path of their document, against `gold`.
///
/// A document of the gold is the one whose path ends in its name; longer names are looked for first.
#[must_use]
pub fn score(gold: &Gold, run: &[(String, Vec<Predicted>)]) -> Scores {
    let candidates = candidates(gold, run);
    let mut tally = Tally { by_category: gold.by_category, ..Tally::default() };
    for unit in &gold.units {
        tally.unit(unit, candidates.get(unit.doc.as_str()).map_or(&[], Vec::as_slice));
    }
    let docs: BTreeSet<&str> = gold.units.iter().map(|unit| unit.doc.as_str()).collect();
    Scores {
        rows: tally.rows(),
        units: gold.units.len(),
        documents_missing: docs
            .iter()
            .filter(|doc| !candidates.contains_key(*doc))
            .map(|doc| (*doc).to_owned())
            .collect(),
        mentioned: tally.mentioned,
        mentioned_taken: tally.mentioned_taken,
        errors: tally.errors,
    }
}

fn candidates<'g>(gold: &'g Gold, run: &'g [(String, Vec<Predicted>)]) -> BTreeMap<&'g str, Vec<Candidate<'g>>> {
    let mut docs: Vec<&str> = gold.units.iter().map(|unit| unit.doc.as_str()).collect();
    docs.sort_by_key(|doc| (std::cmp::Reverse(doc.len()), *doc));
    docs.dedup();
    let mut candidates = BTreeMap::new();
    for (path, findings) in run {
        let Some(doc) = docs.iter().find(|doc| path.ends_with(**doc)) else { continue };
        let of_doc = findings.iter().filter_map(|finding| candidate(finding, gold)).collect();
        candidates.insert(*doc, of_doc);
    }
    candidates
}

/// What a finding predicts. Categories outside of the twelve groups (hedges, neutral ones) count only where the gold
/// labels them at all: a gold without them is no evidence against them.
fn candidate<'p>(finding: &'p Predicted, gold: &Gold) -> Option<Candidate<'p>> {
    let category = Label::Category(finding.category);
    let label = if gold.by_category && (finding.category.group().is_some() || gold.labels().any(|one| one == category))
    {
        category
    } else {
        category.rolled_up().filter(|_| !gold.by_category)?
    };
    let (quote, matched) = (letters_and_digits(&finding.quote), letters_and_digits(&finding.matched));
    (!finding.matched.is_empty()).then_some(Candidate { label, quote, matched, finding })
}

#[derive(Default)]
struct Tally {
    by_category: bool,
    counts: BTreeMap<Label, Counts>,
    mentioned: usize,
    mentioned_taken: usize,
    errors: Vec<Miss>,
}

impl Tally {
    fn unit(&mut self, unit: &Unit, candidates: &[Candidate<'_>]) {
        let letters = letters_and_digits(&unit.text);
        let mut wanted = self.labels(&unit.operative);
        let mentioned: BTreeSet<Label> = self.labels(&unit.mentioned).difference(&wanted).copied().collect();
        let mut got: BTreeMap<Label, &Predicted> = BTreeMap::new();
        for candidate in candidates {
            if !got.contains_key(&candidate.label) && fires_in(&letters, &candidate.quote, &candidate.matched) {
                got.insert(candidate.label, candidate.finding);
            }
        }
        self.leave_out_second_half(&mut wanted, &mut got);
        self.mentioned += mentioned.len();
        self.mentioned_taken += mentioned.iter().filter(|label| got.contains_key(label)).count();
        for label in &wanted {
            let counts = self.counts.entry(*label).or_default();
            if got.contains_key(label) {
                counts.right += 1;
            } else {
                counts.missing += 1;
                self.errors.push(miss(ErrorKind::Missing, *label, unit, None));
            }
        }
        for (label, finding) in got.into_iter().filter(|(label, _)| !wanted.contains(label)) {
            self.counts.entry(label).or_default().noisy += 1;
            self.errors.push(miss(ErrorKind::Noisy, label, unit, Some(finding)));
        }
    }

    /// The labels at the level at which this gold is scored; what has no group is not scored by group.
    fn labels(&self, labels: &[Label]) -> BTreeSet<Label> {
        let level = |label: &Label| if self.by_category { Some(*label) } else { label.rolled_up() };
        labels.iter().filter_map(level).collect()
    }

    /// "Investigational and not medically necessary" is one stance: its second half is not scored.
    fn leave_out_second_half(&self, wanted: &mut BTreeSet<Label>, got: &mut BTreeMap<Label, &Predicted>) {
        let (first, second) = if self.by_category {
            (Label::Category(Category::Investigational), Label::Category(Category::NotMedicallyNecessary))
        } else {
            (Label::Group(Group::Investigational), Label::Group(Group::NotMedicallyNecessary))
        };
        if wanted.contains(&first) {
            wanted.remove(&second);
            got.remove(&second);
        }
    }

    fn rows(&self) -> Vec<Row> {
        let row = |label: Label| Row { label, counts: self.counts.get(&label).copied().unwrap_or_default() };
        if self.by_category {
            self.counts.keys().copied().map(row).collect()
        } else {
            Group::ALL.into_iter().map(|group| row(Label::Group(group))).collect()
        }
    }
}

fn miss(kind: ErrorKind, label: Label, unit: &Unit, finding: Option<&Predicted>) -> Miss {
    Miss { kind, label, doc: unit.doc.clone(), text: unit.text.clone(), finding: finding.cloned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn predicted(category: Category, quote: &str, matched: &str) -> Predicted {
        Predicted {
            category,
            rule: "a/b".to_owned(),
            quote: quote.to_owned(),
            matched: matched.to_owned(),
            page: Some(1),
        }
    }

    fn gold(rows: &[(&str, &str)]) -> Gold {
        let line = |(text, labels): &(&str, &str)| {
            format!("{{\"doc\":\"b/a.pdf\",\"text\":\"{text}\",\"labels\":[{labels}]}}")
        };
        Gold::parse(&rows.iter().map(line).collect::<Vec<_>>().join("\n")).expect("the gold is sound")
    }

    /// Checks (right, noisy, missing) in all, and the labels taken though only mentioned.
    fn check(gold: &Gold, findings: Vec<Predicted>, expected: (usize, usize, usize), taken: usize) {
        let scores = score(gold, &[("x/b/a.pdf".to_owned(), findings)]);
        let total = scores.total();
        assert_eq!((total.right, total.noisy, total.missing), expected);
        assert_eq!(scores.mentioned_taken, taken);
        assert_eq!(scores.errors.len(), total.noisy + total.missing);
        assert_eq!(scores.documents_missing, [] as [String; 0]);
    }

    #[test]
    fn right_noisy_and_missing_are_counted_by_group() {
        let gold = gold(&[
            ("The gel is unproven.", "\"investigational\""),
            ("Requests are reviewed one by one.", "\"individual-review\""),
            ("The foam was unproven in 2019.", "\"investigational~\""),
        ]);
        let findings = vec![
            predicted(Category::Investigational, "The gel is unproven.", "is unproven"),
            predicted(Category::Investigational, "The foam was unproven in 2019.", "unproven"),
        ];
        check(&gold, findings, (1, 1, 1), 1);
    }

    #[test]
    fn two_categories_of_a_group_count_once() {
        let gold = gold(&[("The gel and the foam are not paid.", "\"not-covered\"")]);
        let quote = "The gel and the foam are not paid.";
        let findings = vec![
            predicted(Category::BenefitExclusion, quote, "are not paid"),
            predicted(Category::NoncoveredCode, quote, "not paid"),
        ];
        check(&gold, findings, (1, 0, 0), 0);
    }

    #[test]
    fn the_second_half_of_a_double_stance_is_not_scored() {
        let gold = gold(&[("It is unproven and not necessary.", "\"investigational\", \"not-medically-necessary\"")]);
        let quote = "It is unproven and not necessary.";
        check(&gold, vec![predicted(Category::Investigational, quote, "unproven")], (1, 0, 0), 0);
    }

    #[test]
    fn gold_of_categories_is_scored_by_category() {
        let gold = gold(&[("The gel is not paid.", "\"barrier/benefit-exclusion\"")]);
        let findings = vec![predicted(Category::NoncoveredCode, "The gel is not paid.", "is not paid")];
        check(&gold, findings, (0, 1, 1), 0);
    }

    #[test]
    fn a_document_that_the_run_does_not_hold_is_named() {
        let gold = gold(&[("The gel is unproven.", "\"investigational\"")]);
        let scores = score(&gold, &[("other.pdf".to_owned(), Vec::new())]);
        assert_eq!(scores.documents_missing, ["b/a.pdf"]);
        assert_eq!(scores.total().missing, 1);
    }
}
