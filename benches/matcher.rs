//! How fast phrases are found, on one core, over text made from invented sentences.
//!
//! `bare_automaton` is the first pass alone: the same anchors, leftmost-longest, as a table-driven automaton over the
//! same text in lower case. Every bench asserts the count that it found.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use fineprint::document::{Block, Document, SectionId};
use fineprint::matcher::Matcher;
use fineprint::policy::MediaType;
use fineprint::rules::{PackText, RuleSet};
use fineprint::text::Span;

fn main() {
    divan::main();
}

/// A small generator of numbers, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

const SERVICES: &[&str] = &[
    "platelet-rich plasma",
    "bone marrow concentrate",
    "adipose tissue injection",
    "amniotic membrane",
    "birth tissue allograft",
    "meniscal scaffold",
    "ultrasound of the tendon",
    "whole exome testing",
    "panel testing",
    "radiofrequency ablation",
];
const PLACES: &[&str] = &["knee", "hip", "shoulder", "lumbar spine", "elbow", "ankle", "wrist", "heel"];
const NOUNS: &[&str] = &[
    "pain",
    "function",
    "cartilage",
    "stiffness",
    "swelling",
    "mobility",
    "inflammation",
    "healing",
    "recurrence",
    "survival",
    "toxicity",
    "response",
    "adherence",
    "remission",
    "infection",
    "fracture",
    "arthritis",
    "tear",
];
const VERBS: &[&str] = &[
    "improved",
    "measured",
    "compared",
    "reported",
    "assessed",
    "randomized",
    "followed",
    "treated",
    "enrolled",
    "observed",
    "reviewed",
    "described",
    "examined",
    "recorded",
    "analyzed",
];
const STANCES: &[&str] = &[
    "is considered investigational",
    "is considered medically necessary when all of the following criteria are met",
    "are considered experimental, investigational or unproven",
    "is not medically necessary for all other indications",
    "is excluded from coverage under the member's benefit plan",
    "may be covered on a case-by-case basis",
    "requires prior authorization",
    "does not meet the definition of medical necessity",
    "will be reviewed individually by a medical director",
    "is subject to the terms of the benefit contract",
];

/// One sentence: four in five are clinical prose, one in five says something about coverage.
fn sentence(numbers: &mut Numbers, text: &mut String) {
    let service = numbers.of(SERVICES);
    let place = numbers.of(PLACES);
    let mut parts = vec![];
    if numbers.below(5) == 0 {
        parts.extend([service, "of the", place, numbers.of(STANCES)]);
        if numbers.below(2) == 0 {
            parts.extend(["because the evidence on", numbers.of(NOUNS), "is limited"]);
        }
    } else {
        parts.extend(["In", "a", "cohort", "of", "patients", "with", numbers.of(NOUNS), "of", "the", place]);
        for _ in 0..numbers.below(3) + 1 {
            parts.extend(["the", "authors", numbers.of(VERBS), numbers.of(NOUNS), "and", numbers.of(NOUNS)]);
            parts.extend(["after", "injection", "of", numbers.of(SERVICES), "over", "twelve", "months"]);
        }
    }
    for part in parts {
        text.push_str(part);
        text.push(' ');
    }
    text.pop();
    text.push_str(". ");
}

/// A document of about so many bytes: paragraphs of one to six sentences.
fn document(bytes: usize) -> Document {
    let mut numbers = Numbers(7);
    let mut document = Document::empty(MediaType::Text, "bench/1");
    while document.text.len() < bytes {
        let start = document.text.len();
        for _ in 0..=numbers.below(6) {
            sentence(&mut numbers, &mut document.text);
        }
        document.text.pop();
        document.blocks.push(Block::paragraph(Span::new(start, document.text.len()), SectionId::new(0)));
        document.text.push('\n');
    }
    document
}

/// A made-up word of two to four syllables.
fn made_up(numbers: &mut Numbers) -> String {
    const SYLLABLES: &[&str] = &["ba", "cor", "den", "fil", "gra", "lum", "mon", "ner", "pol", "sta", "tri", "vex"];
    (0..numbers.below(3) + 2).map(|_| numbers.of(SYLLABLES)).collect()
}

/// Hand-written frames like those of the embedded packs.
const FRAMES: &[&str] = &[
    "@BE [also|currently] [@CONS] @EIU",
    "@BE not [@CONS] medically necessary",
    "@BE [@CONS] medically necessary {when|if|for}",
    "{do|does} not meet ~3 {definition|criteria} ~3 medical necessity",
    "excluded from {coverage|benefit*}",
    "case by case [basis]",
    "require* {prior authorization|precertification}",
    "{review*|consider*} individually ~4 medical director",
    "subject to ~3 {terms|limitations} ~4 {contract|certificate|plan}",
    "for {all|any} other {indication*|use*|condition*}",
    "{insufficient|inadequate|limited} ~4 {evidence|data|literature}",
    "{evidence|data|literature} ~6 {is|are} {limited|insufficient|lacking}",
];

/// A pack of `count` patterns: the frames, then phrases of made-up and of common words.
fn rules(count: usize) -> RuleSet {
    let mut numbers = Numbers(11);
    let mut patterns: Vec<String> = FRAMES.iter().map(|&frame| frame.to_owned()).collect();
    while patterns.len() < count {
        let common = [numbers.of(NOUNS), numbers.of(VERBS), numbers.of(PLACES)];
        let rare = [made_up(&mut numbers), made_up(&mut numbers)];
        patterns.push(match numbers.below(6) {
            0 => format!("@BE [{}] [@CONS] {} {}", rare[0], rare[1], common[0]),
            1 => format!("{{{}|{}}} ~4 {}", rare[0], rare[1], common[1]),
            2 => format!("not {} ~2 {}*", common[1], rare[0]),
            3 => format!("{} of the {} {{{}|necessary|covered}}", common[0], common[2], rare[0]),
            4 => format!("[the] {} {} coverage", rare[0], rare[1]),
            _ => format!("{} {}", rare[0], common[0]),
        });
    }
    let mut text = String::from(
        "[macros]\nBE = \"{is|are|be|being|remain|remains}\"\nCONS = \"{considered|deemed|regarded} [to be|as]\"\n\
         EIU = \"{experimental|investigational|investigative|unproven}\"\n",
    );
    for (index, pattern) in patterns.iter().enumerate() {
        text.push_str(&format!(
            "[[rule]]\nid = \"bench/r{index}\"\ncategory = \"barrier/investigational\"\npatterns = [\"{pattern}\"]\n\
             examples = [\"x\"]\ncounter_examples = [\"y\"]\nwhy = \"z\"\n"
        ));
    }
    RuleSet::parse(&[PackText { name: "bench", file: "bench.toml", text: &text }]).expect("the pack is right")
}

const BYTES: usize = 4 << 20;

/// Few and ten times as many patterns, with the matches that they have in the text.
const SIZES: [(usize, usize); 2] = [(600, 0), (6000, 0)];

#[divan::bench(args = SIZES, sample_count = 10)]
fn scan(bencher: Bencher, (patterns, expected): (usize, usize)) {
    let document = document(BYTES);
    let matcher = Matcher::new(&rules(patterns));
    let mut scanner = matcher.scanner();
    bencher.counter(BytesCount::new(document.text.len())).bench_local(|| {
        let count: usize = scanner.scan(black_box(&document)).iter().map(|sentence| sentence.matches.len()).sum();
        if expected > 0 {
            assert_eq!(count, expected);
        }
        count
    });
}

/// The first pass alone, with the hits that it has.
#[divan::bench(args = SIZES, sample_count = 10)]
fn bare_automaton(bencher: Bencher, (patterns, _): (usize, usize)) {
    let lower = document(BYTES).text.to_ascii_lowercase();
    let matcher = Matcher::new(&rules(patterns));
    bencher
        .counter(BytesCount::new(lower.len()))
        .bench_local(|| matcher.automaton().find_iter(black_box(lower.as_bytes())).count());
}

/// Reading and compiling the packs.
#[divan::bench(args = [600, 6000], sample_count = 10)]
fn compile(bencher: Bencher, patterns: usize) {
    bencher.bench_local(|| Matcher::new(&rules(black_box(patterns))));
}
