//! What the manual shows holds: the packs of `docs/rules.md` are sound, the data dictionary is that of the schema.

use std::fs;
use std::path::Path;

use fineprint::matcher::{Matcher, fired};
use fineprint::rules::{PackText, RuleSet, check, embedded};

#[test]
fn the_packs_of_the_manual_are_sound() {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).expect("it is there");
    let blocks = manual.split("```toml\n").skip(1).map(|rest| rest.split("```").next().expect("a block ends"));
    let packs: Vec<&str> = blocks.filter(|block| block.contains("[[")).collect();
    assert_eq!(packs.len(), 2, "a rule and a cue are shown");
    for text in packs {
        let mut all = embedded();
        all.push(PackText { name: "manual", file: "docs/rules.md", text });
        let set = RuleSet::parse(&all).expect("the pack is sound");
        let matcher = Matcher::new(&set);
        let checked = check(&set, &|sentence| fired(&matcher, sentence));
        let cases: Vec<_> = checked.cases.iter().filter(|case| case.pack == "manual").collect();
        assert!(!cases.is_empty(), "{text}");
        assert!(cases.iter().all(|case| case.verdict.holds()), "{cases:#?}");
    }
}

#[test]
fn the_data_dictionary_is_that_of_the_schema() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data-dictionary.md")).expect("it is there");
    assert_eq!(page, fineprint::report::tables::dictionary_markdown(), "write it anew: fineprint schema --dictionary");
}
