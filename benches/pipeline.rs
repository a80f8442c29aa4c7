//! Throughput of the whole chain on the sample corpus: text in MB/s on one core, whole documents a second
//! on one core and on all. Every run asserts that it found what the first one found.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use fineprint::extract::Limits;
use fineprint::pipeline::{Collected, Compiled, Input, Place, Settings, Told, WalkOptions, analyze, find};
use fineprint::report::Analysis;
use fineprint::rules::{RuleSet, embedded};

fn main() {
    divan::main();
}

fn compiled() -> Compiled {
    Compiled::new(RuleSet::parse(&embedded()).expect("the embedded packs are sound"))
}

fn settings(jobs: usize) -> Settings {
    Settings { limits: Limits::default(), jobs, ..Settings::default() }
}

fn samples() -> Vec<PathBuf> {
    vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/policies")]
}

/// The sample documents in memory, `copies` times.
fn documents(copies: usize) -> Vec<Input> {
    let found = find(&samples(), &WalkOptions::default()).expect("the sample corpus can be walked");
    let mut inputs = Vec::new();
    for _ in 0..copies {
        for input in &found.inputs {
            let Place::File(path) = &input.place else { continue };
            let bytes = fs::read(path).expect("a sample is readable");
            inputs.push(Input { place: Place::Bytes(bytes), ..input.clone() });
        }
    }
    assert!(inputs.len() >= 12 * copies, "the sample corpus is there");
    inputs
}

fn run(inputs: &[Input], compiled: &Compiled, jobs: usize) -> Vec<Analysis> {
    let mut all = Collected(Vec::new());
    analyze(inputs, compiled, &settings(jobs), &mut all, |_| ()).expect("memory can be written to");
    assert_eq!(all.0.len(), inputs.len(), "documents in, analyses out");
    all.0
}

fn findings(analyses: &[Analysis]) -> usize {
    analyses.iter().map(|analysis| analysis.findings.len()).sum()
}

fn measure(bencher: Bencher<'_, '_>, inputs: &[Input], jobs: usize) {
    let compiled = compiled();
    let expected = findings(&run(inputs, &compiled, jobs));
    assert!(expected > 0, "there is something to find");
    let bytes: usize =
        inputs.iter().map(|input| if let Place::Bytes(bytes) = &input.place { bytes.len() } else { 0 }).sum();
    bencher
        .counter(ItemsCount::new(inputs.len()))
        .counter(BytesCount::new(bytes))
        .bench_local(|| assert_eq!(findings(&run(inputs, &compiled, jobs)), expected));
}

/// Whole documents, PDF and HTML and text, one after the other.
#[divan::bench]
fn documents_on_one_core(bencher: Bencher<'_, '_>) {
    measure(bencher, &documents(1), 1);
}

/// Whole documents on every core.
#[divan::bench]
fn documents_on_all_cores(bencher: Bencher<'_, '_>) {
    measure(bencher, &documents(4), thread::available_parallelism().map_or(1, usize::from));
}

/// The matching texts of all samples as one text document of about a megabyte: the chain without PDF and HTML.
#[divan::bench]
fn text_on_one_core(bencher: Bencher<'_, '_>) {
    let mut text = String::new();
    for input in documents(1) {
        let Place::Bytes(bytes) = &input.place else { continue };
        let document = fineprint::extract::extract(bytes, &Limits::default()).expect("a sample is readable");
        text.push_str(&document.text.replace('\u{c}', "\n"));
        text.push_str("\n\n");
    }
    let text = text.repeat((1_000_000 / text.len()).max(1));
    let input = Input { path: "text".to_owned(), place: Place::Bytes(text.into_bytes()), told: Told::default() };
    measure(bencher, &[input], 1);
}
