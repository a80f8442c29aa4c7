use super::{Matcher, ScannedSentence, Target};
use crate::document::{Block, Document, SectionId};
use crate::policy::MediaType;
use crate::rules::{PackText, RuleSet};
use crate::text::Span;

fn rules(patterns: &[&str]) -> RuleSet {
    let mut text = String::new();
    for (index, pattern) in patterns.iter().enumerate() {
        text.push_str(&format!(
            "[[rule]]\nid = \"test/r{index}\"\ncategory = \"barrier/investigational\"\npatterns = [{pattern:?}]\n\
             examples = [\"x\"]\ncounter_examples = [\"y\"]\nwhy = \"z\"\n"
        ));
    }
    RuleSet::parse(&[PackText { name: "test", file: "test.toml", text: &text }]).unwrap()
}

fn document(text: &str) -> Document {
    let mut document = Document::empty(MediaType::Text, "test/1");
    document.text = text.to_owned();
    document.blocks.push(Block::paragraph(Span::new(0, text.len()), SectionId::new(0)));
    document
}

fn found(scanned: &[ScannedSentence]) -> Vec<(Target, Span)> {
    scanned.iter().flat_map(|sentence| sentence.matches.iter().map(|found| (found.target, found.span))).collect()
}

/// The matches of one pattern in one paragraph.
fn check(pattern: &str, text: &str, expected: &[&str]) {
    let rules = rules(&[pattern]);
    let matcher = Matcher::new(&rules);
    let scanned = matcher.scanner().scan(&document(text));
    let got: Vec<&str> = found(&scanned).iter().map(|(_, span)| span.of(text)).collect();
    assert_eq!(got, expected, "{pattern}");
}

#[test]
fn separators_between_words_do_not_matter() {
    check(
        "case by case",
        "Seen case-by- case, “case by\ncase” and CASE‑BY‑CASE.",
        &["case-by- case", "case by\ncase", "CASE‑BY‑CASE"],
    );
    check(
        "experimental investigational or unproven",
        "is experimental, investigational, or unproven",
        &["experimental, investigational, or unproven"],
    );
    check("member's plan", "The member’s plan", &["member’s plan"]);
}

#[test]
fn gaps_and_marks_are_kept() {
    check("not ~2 covered", "not at all covered; not in any way covered; not: covered", &["not at all covered"]);
    check("following : covered", "the following: covered", &["following: covered"]);
    check("is [also] {covered|paid for}", "is covered, is also paid for, is for", &["is covered", "is also paid for"]);
}

#[test]
fn the_leftmost_longest_match_of_a_rule_counts() {
    check("is ~3 covered", "is covered is covered", &["is covered is covered"]);
    check("{covered|covered when met}", "covered when met", &["covered when met"]);
}

#[test]
fn whole_words_stems_numbers_and_ends() {
    check("cover*", "Discovery covers coverage, uncovered", &["covers", "coverage"]);
    check("covered", "covered coveredness covered.", &["covered", "covered"]);
    check("code #", "code 0232 and code 0232T", &["code 0232"]);
    check("^ covered", "Covered is covered.", &["Covered"]);
    check("covered $", "Covered is covered.", &["covered"]);
}

#[test]
fn a_stem_is_found_inside_a_longer_literal() {
    let rules = rules(&["cover*", "coverage denied", "coverages"]);
    let matcher = Matcher::new(&rules);
    let scanned = matcher.scanner().scan(&document("coverage denied coverages"));
    let stems =
        found(&scanned).iter().filter(|(target, _)| matches!(target, Target::Rule(rule) if rule.0 == 0)).count();
    assert_eq!((stems, found(&scanned).len()), (2, 4));
}

#[test]
fn expressions_are_confirmed_where_their_word_stands() {
    check("/NCT\\d{8}|trial no\\. \\d+/ trial", "See trial no. 12 (NCT01234567).", &["trial no. 12", "NCT01234567"]);
    check("/NCT\\d{8}/ trial", "See NCT01234567.", &[]);
}
