//! What changed between two versions of one policy, as `fineprint diff` prints it.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::elsewhere::Elsewhere;
use super::naming::same_number;
use super::versions::{ChangeEvent, Edition, Item, ItemKind, changes, plain, stands};
use crate::report::Analysis;
use crate::report::counted;
use crate::report::model::{CodeModel, CriterionModel, FindingModel, StanceModel};
use crate::report::terminal::clean;
use crate::text::inert;

/// How many places outside of what was found are shown of each version.
const MOST: usize = 12;

const SCHEMA: &str = "fineprint/changes/1";

/// The changes between two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The older version.
    pub old: VersionModel,
    /// The newer version.
    pub new: VersionModel,
    /// Printed and told data that differ: number, title, dates.
    pub metadata: Vec<MetadataChange>,
    /// What was added, dropped, reworded, re-labelled or moved.
    pub changes: Vec<ChangeModel>,
    /// Where the texts differ besides.
    pub elsewhere: Elsewhere,
}

/// One version in short.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionModel {
    /// The path as given.
    pub path: String,
    /// The hash of its bytes.
    pub sha256: Option<String>,
    /// Name and version of what read it.
    pub extractor: Option<String>,
    /// The content id of the rules.
    pub rules: String,
    /// The document's stance.
    pub stance: Option<String>,
    /// The score's total.
    pub score: Option<u32>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataChange {
    /// Its name.
    pub field: &'static str,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeModel {
    /// `added`, `dropped`, `reworded`, `relabelled` or `moved`.
    pub change: &'static str,
    /// `payer` or `ours`.
    pub whose: &'static str,
    /// By what that shows.
    pub because: &'static str,
    /// `statement`, `finding`, `criterion` or `code`.
    pub kind: &'static str,
    /// The item in the older version.
    pub old: Option<SaidModel>,
    /// The item in the newer version.
    pub new: Option<SaidModel>,
}

/// What a version says in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidModel {
    /// Category or stance, with how it stands.
    pub label: String,
    /// The words.
    pub quote: String,
    /// The page in the file, from 1.
    pub page: Option<u32>,
    /// The heading above it.
    pub heading: Option<String>,
    /// The finding's id; empty for a code.
    pub finding: String,
}

impl Changes {
    /// The changes from `old` to `new`, each an analysis with the matching text that it was made of.
    #[must_use]
    pub fn between(old: (&Analysis, &str), new: (&Analysis, &str)) -> Changes {
        let (was, is) = (said(old.0), said(new.0));
        let events = changes(&edition(old, &was), &edition(new, &is));
        let changes: Vec<ChangeModel> = events.iter().map(|event| ChangeModel::of(event, &was, &is)).collect();
        Changes {
            old: VersionModel::of(old.0),
            new: VersionModel::of(new.0),
            metadata: metadata(old.0, new.0),
            elsewhere: Elsewhere::between(old.1, new.1, &changes),
            changes,
        }
    }

    /// Why the two may be two policies and not two versions of one: another payer, another number.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let differs = |field: &&MetadataChange| {
            let (Some(old), Some(new)) = (&field.old, &field.new) else { return false };
            matches!(field.field, "payer" | "number") && !same_number(old, new)
        };
        let words = |field: &MetadataChange| {
            let side = |side: &Option<String>| clean(side.as_deref().unwrap_or_default());
            format!("their {}s are {} and {}", field.field, side(&field.old), side(&field.new))
        };
        let told: Vec<String> = self.metadata.iter().filter(differs).map(words).collect();
        (!told.is_empty())
            .then(|| format!("these may be two policies and not two versions of one: {}", told.join(", ")))
    }

    /// Writes them for reading: what differs on the whole, then each change with the words of both sides.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_terminal(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, version) in [("old", &self.old), ("new", &self.new)] {
            let stance = version.stance.as_deref().unwrap_or("not read");
            let score = version.score.map_or(String::new(), |score| format!(", room {score}"));
            writeln!(out, "{name}  {}  ({stance}{score})", clean(&version.path))?;
        }
        for field in &self.metadata {
            let value = |value: &Option<String>| clean(value.as_deref().unwrap_or("none"));
            writeln!(out, "     {}: {} → {}", field.field.replace('_', " "), value(&field.old), value(&field.new))?;
        }
        if self.changes.is_empty() {
            writeln!(out, "\nnothing that was found changed")?;
        } else {
            let (payers, ours): (Vec<_>, Vec<_>) = self.changes.iter().partition(|change| change.whose == "payer");
            let payers = counted(places(&payers), "change of the payer's text", "changes of the payer's text");
            writeln!(out, "\n{payers}, {} of our reading", places(&ours))?;
        }
        self.changes.iter().try_for_each(|change| change.write_terminal(out))?;
        self.write_elsewhere(out)
    }

    fn write_elsewhere(&self, out: &mut dyn Write) -> io::Result<()> {
        let places = self.elsewhere.places();
        if places == 0 {
            return Ok(());
        }
        let places = counted(places, "place", "places");
        writeln!(out, "\noutside of what was found the text differs in {places}")?;
        for (sign, lines) in [("-", &self.elsewhere.old), ("+", &self.elsewhere.new)] {
            for line in lines.iter().take(MOST) {
                writeln!(out, "  {sign} {}", clean(line))?;
            }
            if lines.len() > MOST {
                writeln!(out, "  {sign} and {} more; --format json has all", lines.len() - MOST)?;
            }
        }
        Ok(())
    }

    /// Writes them as one JSON object.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let metadata =
            self.metadata.iter().map(|field| json!({"field": field.field, "old": field.old, "new": field.new}));
        let changes = json!({
            "schema": SCHEMA, "old": self.old.json(), "new": self.new.json(), "metadata": metadata.collect::<Vec<_>>(),
            "changes": self.changes.iter().map(ChangeModel::json).collect::<Vec<_>>(),
            "elsewhere": {"old": self.elsewhere.old, "new": self.elsewhere.new},
        });
        serde_json::to_writer_pretty(&mut *out, &changes)?;
        out.write_all(b"\n")
    }

    /// Writes them as CSV, one row a change.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
            "change",
            "whose",
            "because",
            "kind",
            "old_label",
            "old_quote",
            "old_page",
            "old_heading",
            "new_label",
            "new_quote",
            "new_page",
            "new_heading",
        ])?;
        for field in &self.metadata {
            let (old, new) = (field.old.as_deref().unwrap_or_default(), field.new.as_deref().unwrap_or_default());
            let cells = ["reworded", "payer", "", "metadata", field.field, old, "", "", field.field, new, "", ""];
            table.write_record(cells.map(inert))?;
        }
        for change in &self.changes {
            let mut cells: Vec<String> =
                [change.change, change.whose, change.because, change.kind].map(str::to_owned).into();
            for side in [&change.old, &change.new] {
                cells.extend(side.as_ref().map_or_else(Default::default, SaidModel::cells));
            }
            table.write_record(cells.iter().map(|cell| inert(cell)))?;
        }
        table.flush()
    }
}

/// At how many places changes stand: what one sentence is counted as, and its parts, is one.
fn places(changes: &[&ChangeModel]) -> usize {
    let words = |said: &Option<SaidModel>| said.as_ref().map(|said| plain(&said.quote)).unwrap_or_default();
    let mut seen: Vec<[String; 2]> = Vec::new();
    for change in changes {
        let here = [words(&change.old), words(&change.new)];
        let one = |(a, b): (&String, &String)| a == b || stands(a, b) || stands(b, a);
        let known = |there: &[String; 2]| {
            let sides = here.iter().zip(there).filter(|(a, b)| !a.is_empty() && !b.is_empty());
            let pairs: Vec<_> = sides.collect();
            !pairs.is_empty() && pairs.into_iter().all(one)
        };
        if !seen.iter().any(known) {
            seen.push(here);
        }
    }
    seen.len()
}

impl VersionModel {
    fn json(&self) -> Value {
        json!({"path": self.path, "sha256": self.sha256, "extractor": self.extractor, "rules": self.rules,
            "stance": self.stance, "score": self.score})
    }

    fn of(analysis: &Analysis) -> VersionModel {
        let summary = analysis.summary.as_ref();
        VersionModel {
            path: analysis.source.path.clone(),
            sha256: analysis.source.sha256.clone(),
            extractor: analysis.extraction.extractor.clone(),
            rules: analysis.rules.id.clone(),
            stance: summary.map(|summary| summary.stance.clone()),
            score: summary.and_then(|summary| summary.score.as_ref()).map(|score| u32::from(score.total)),
        }
    }
}

impl ChangeModel {
    fn json(&self) -> Value {
        json!({"change": self.change, "whose": self.whose, "because": self.because, "kind": self.kind,
            "old": self.old.as_ref().map(SaidModel::json), "new": self.new.as_ref().map(SaidModel::json)})
    }

    fn write_terminal(&self, out: &mut dyn Write) -> io::Result<()> {
        let label = match (&self.old, &self.new) {
            (Some(old), Some(new)) if old.label != new.label => format!("{} → {}", old.label, new.label),
            (_, Some(said)) | (Some(said), None) => said.label.clone(),
            (None, None) => String::new(),
        };
        let whose = if self.whose == "payer" { "" } else { ", ours" };
        writeln!(out, "\n{} {}{whose}: {}", self.change, self.kind, clean(&label))?;
        if self.because != "the words differ" {
            writeln!(out, "  ({})", self.because)?;
        }
        let same = self.old.as_ref().zip(self.new.as_ref()).is_some_and(|(old, new)| old.quote == new.quote);
        if let Some(old) = self.old.as_ref().filter(|_| !same) {
            writeln!(out, "  - {}", old.line())?;
        }
        if let Some(new) = &self.new {
            writeln!(out, "  {} {}", if same { " " } else { "+" }, new.line())?;
        }
        if let (Some(old), Some(new), "moved") = (&self.old, &self.new, self.change) {
            let heading = |said: &SaidModel| clean(said.heading.as_deref().unwrap_or("no heading"));
            writeln!(out, "    from {} to {}", heading(old), heading(new))?;
        }
        Ok(())
    }

    fn of(event: &ChangeEvent, was: &[(ItemKind, SaidModel)], is: &[(ItemKind, SaidModel)]) -> ChangeModel {
        let (old, new) = (event.old.map(|at| &was[at]), event.new.map(|at| &is[at]));
        let kind = new.or(old).map_or(ItemKind::Finding, |(kind, _)| *kind);
        ChangeModel {
            change: event.change.as_str(),
            whose: event.whose.as_str(),
            because: event.whose.because(),
            kind: kind.as_str(),
            old: old.map(|(_, said)| said.clone()),
            new: new.map(|(_, said)| said.clone()),
        }
    }
}

impl SaidModel {
    fn json(&self) -> Value {
        json!({"label": self.label, "quote": self.quote, "page": self.page, "heading": self.heading, "finding": self.finding})
    }

    fn line(&self) -> String {
        let page = self.page.map_or(String::new(), |page| format!(" (page {page})"));
        format!("{}{page}", clean(&self.quote))
    }

    fn cells(&self) -> [String; 4] {
        let page = self.page.map(|page| page.to_string()).unwrap_or_default();
        [self.label.clone(), self.quote.clone(), page, self.heading.clone().unwrap_or_default()]
    }
}

/// What an analysis says: findings that the payer makes its own, and the summary's statements.
fn said(analysis: &Analysis) -> Vec<(ItemKind, SaidModel)> {
    let findings = analysis.findings.iter().filter(|finding| finding.operative || finding.assertion == "negated");
    let mut said: Vec<(ItemKind, SaidModel)> =
        findings.map(|finding| (ItemKind::Finding, of_finding(finding))).collect();
    if let Some(summary) = &analysis.summary {
        let heading = |id: &str| analysis.finding(id).and_then(|finding| finding.section.heading.clone());
        said.extend(
            summary.stances.iter().map(|stance| (ItemKind::Statement, of_stance(stance, heading(&stance.finding)))),
        );
        said.extend(summary.criteria.iter().map(|one| (ItemKind::Criterion, of_criterion(one))));
        said.extend(summary.codes.iter().map(|one| (ItemKind::Code, of_code(one))));
        let mut seen = BTreeSet::new();
        said.retain(|(kind, one)| *kind != ItemKind::Code || seen.insert((one.quote.clone(), one.label.clone())));
    }
    said
}

fn of_criterion(one: &CriterionModel) -> SaidModel {
    SaidModel {
        label: "criterion".to_owned(),
        quote: one.quote.clone(),
        page: one.page,
        heading: None,
        finding: one.finding.clone(),
    }
}

fn of_code(one: &CodeModel) -> SaidModel {
    SaidModel {
        label: one.table.clone(),
        quote: one.code.clone(),
        page: one.page,
        heading: None,
        finding: String::new(),
    }
}

fn of_finding(finding: &FindingModel) -> SaidModel {
    let stands = if finding.operative { "" } else { ", negated" };
    SaidModel {
        label: format!("{}{stands}", finding.category),
        quote: finding.quote.clone(),
        page: finding.page,
        heading: finding.section.heading.clone(),
        finding: finding.id.clone(),
    }
}

fn of_stance(stance: &StanceModel, heading: Option<String>) -> SaidModel {
    let residual = if stance.residual { ", residual" } else { "" };
    SaidModel {
        label: format!("{}{residual}", stance.stance),
        quote: stance.item.clone().unwrap_or_else(|| stance.quote.clone()),
        page: stance.page,
        heading,
        finding: stance.finding.clone(),
    }
}

fn edition((analysis, text): (&Analysis, &str), said: &[(ItemKind, SaidModel)]) -> Edition {
    let tier = |id: &str| analysis.finding(id).and_then(|finding| finding.section.tier.clone());
    let item = |(kind, said): &(ItemKind, SaidModel)| Item {
        kind: *kind,
        label: said.label.clone(),
        words: said.quote.clone(),
        tier: tier(&said.finding),
        heading: said.heading.clone(),
    };
    Edition {
        text: text.to_owned(),
        reader: analysis.extraction.extractor.clone().unwrap_or_default(),
        rules: analysis.rules.id.clone(),
        items: said.iter().map(item).collect(),
    }
}

fn metadata(old: &Analysis, new: &Analysis) -> Vec<MetadataChange> {
    let fields = |analysis: &Analysis| {
        let policy = &analysis.policy;
        [
            ("payer", policy.payer.as_ref().map(|payer| payer.name.clone())),
            ("title", policy.title.clone()),
            ("number", policy.number.clone()),
            ("original_effective_date", policy.original_effective_date.clone()),
            ("effective_date", policy.effective_date.clone()),
            ("last_review_date", policy.last_review_date.clone()),
            ("next_review_date", policy.next_review_date.clone()),
        ]
    };
    let pairs = fields(old).into_iter().zip(fields(new));
    pairs
        .filter(|(old, new)| old.1 != new.1)
        .map(|((field, old), (_, new))| MetadataChange { field, old, new })
        .collect()
}
