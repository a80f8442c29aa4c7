//! Golden documents: every file under `tests/golden` is read, and its blocks with their section tiers are held against the
//! text beside it. With `FINEPRINT_BLESS` set the texts are written anew, to be read before they are committed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fineprint::document::{Document, LeftOutReason};
use fineprint::extract::{Limits, extract};
use fineprint::policy::Tier;

/// The documents of a folder of goldens, in order.
fn documents(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder);
    let entries = std::fs::read_dir(folder)
        .expect("the golden files can be read and written")
        .map(|entry| entry.expect("the golden files can be read and written").path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end != "txt")).collect();
    found.sort();
    found
}

/// What was printed about the policy, then one line a block (tier, role with level, words, links), then what was left out.
fn shown(document: &Document) -> String {
    let mut out = String::new();
    let policy = &document.metadata;
    let facts = [
        ("title", policy.title.as_ref().map(|field| field.value.clone())),
        ("number", policy.number.as_ref().map(|field| field.value.clone())),
        ("effective", policy.effective.as_ref().map(|field| field.value.to_string())),
        ("last review", policy.last_review.as_ref().map(|field| field.value.to_string())),
        ("next review", policy.next_review.as_ref().map(|field| field.value.to_string())),
    ];
    for (name, value) in facts.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        writeln!(out, "{name}: {value}").expect("a string takes words");
    }
    for block in &document.blocks {
        let section = &document.sections[block.section.index()];
        let tier = block.tier.or(section.tier).map_or("-", Tier::id);
        let level = block.role.level().map_or(String::new(), |level| level.to_string());
        let words = block.span.of(&document.text).replace('\t', " | ");
        write!(out, "{tier:3} {}{level}: {words}", block.role.as_str()).expect("a string takes words");
        for link in &block.links {
            write!(out, " <{} -> {}>", link.span.of(&document.text), link.target).expect("a string takes words");
        }
        out.push('\n');
    }
    for words in document.left_out.iter().filter(|words| words.reason == LeftOutReason::Struck) {
        writeln!(out, "struck: {}", words.text).expect("a string takes words");
    }
    for issue in &document.issues {
        writeln!(out, "issue {}: {}", issue.code.as_str(), issue.message).expect("a string takes words");
    }
    out
}

fn check(folder: &str) {
    let mut wrong = Vec::new();
    for path in documents(folder) {
        let got =
            match extract(&std::fs::read(&path).expect("the golden files can be read and written"), &Limits::default())
            {
                Ok(document) => shown(&document),
                Err(error) => format!("error {}: {error}\n", error.code()),
            };
        let beside = path.with_extension("txt");
        if std::env::var_os("FINEPRINT_BLESS").is_some() {
            std::fs::write(&beside, &got).expect("the golden files can be read and written");
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        if expected != got {
            wrong.push(format!("{} reads:\n{got}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_of_every_shape_are_read() {
    assert!(documents("html").len() >= 12);
    check("html");
}

#[test]
fn word_documents_are_read() {
    assert!(documents("docx").len() >= 3);
    check("docx");
}
