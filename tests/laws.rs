//! What holds for every input: no text makes the chain fail, and the number of workers changes no byte.

use fineprint::pipeline::{self, Compiled, Input, Place, Settings, Stream, Told};
use fineprint::rules::{RuleSet, embedded};
use proptest::prelude::*;

/// Words on which rules, dates, labels, lists and cues turn, and characters that have broken text tools.
const PIECES: &[&str] = &[
    "Policy Number:",
    "Effective Date",
    "03/15/2025",
    "Next Review:",
    "is considered investigational",
    "not",
    "medically necessary when ALL of the following",
    "1.",
    "•",
    "a)",
    "\n",
    "\n\n",
    "\t",
    "“",
    "”",
    "—",
    "(",
    ")",
    "©",
    "Blue Cross",
    "Health Plan",
    "–",
    "case-by-case",
    "\u{ad}",
    "\u{200b}",
    "ﬁ",
    "İ",
    "é",
    "☒",
    "☐",
    "\u{202e}",
    "😀",
    "References",
    "History",
    "et al.",
    "0232T",
    "M17.11",
    "prior authorization",
    "is required",
    "Medicare",
    ":",
    ";",
    ".",
    ",",
    "the society recommends",
    "U.S.",
    "<p>",
    "</p>",
    "<li>",
    "&amp;",
    "&#x110000;",
    "\u{0}",
    "\u{c}",
    "Medical Policy",
    "|",
    "all other",
    "unless",
    "state law",
    "Copyright 2025 ",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => ".{0,6}".prop_map(|text| text),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

fn run(texts: &[String], jobs: usize, compiled: &Compiled) -> String {
    let input = |(index, text): (usize, &String)| Input {
        path: format!("{index}.txt"),
        place: Place::Bytes(text.clone().into_bytes()),
        told: Told::default(),
    };
    let inputs: Vec<Input> = texts.iter().enumerate().map(input).collect();
    let mut out = Vec::new();
    let mut stream = Stream::lines(&mut out);
    let settings = Settings { jobs, ..Settings::default() };
    pipeline::analyze(&inputs, compiled, &settings, &mut stream, |_| ()).expect("memory takes all");
    String::from_utf8(out).expect("JSON is UTF-8")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_chain_fail_and_workers_change_no_byte(texts in proptest::collection::vec(text(), 1..5)) {
        thread_local! {
            static COMPILED: Compiled = Compiled::new(RuleSet::parse(&embedded()).expect("the packs are sound"));
        }
        COMPILED.with(|compiled| {
            let one = run(&texts, 1, compiled);
            prop_assert_eq!(one.lines().count(), texts.len());
            prop_assert!(!one.contains("\"code\":\"crashed\""), "{}", one);
            prop_assert_eq!(&one, &run(&texts, 3, compiled));
            Ok(())
        })?;
    }
}
