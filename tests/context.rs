//! Context cases: `tests/context/*.md` hold sentences with carets under words and the verdict that they must get.
//!
//! A case is a fenced block `case`: an optional first line `section: <tier id>`, one sentence on one line,
//! and below it one or more lines of carets, each followed by `<category> <assertion> [holder]`, or by
//! `none <category>` where no operative finding of that category may stand.

use std::fs;
use std::path::Path;

use fineprint::context::judge;
use fineprint::document::{Block, Document, Section, SectionId};
use fineprint::finding::Finding;
use fineprint::matcher::{Matcher, Scanner};
use fineprint::policy::{MediaType, Tier};
use fineprint::rules::{RuleSet, embedded};
use fineprint::text::Span;

struct Case<'t> {
    place: String,
    tier: Option<Tier>,
    sentence: &'t str,
    expected: Vec<(Span, &'t str)>,
}

fn cases<'t>(file: &str, text: &'t str) -> Vec<Case<'t>> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if line != "```case" {
            continue;
        }
        let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let tier = body[0].strip_prefix("section: ");
        let rest = &body[usize::from(tier.is_some())..];
        let expected: Vec<(Span, &str)> = rest[1..].iter().map(|marks| carets(rest[0], marks)).collect();
        assert!(!expected.is_empty(), "{file}:{}: a case needs a line of carets", at + 1);
        let tier = tier.map(|id| Tier::from_id(id).expect("a tier's id"));
        found.push(Case { place: format!("{file}:{}", at + 2), tier, sentence: rest[0], expected });
    }
    found
}

/// The span over which the carets of `marks` stand, and the verdict behind them. Carets count characters.
fn carets<'t>(sentence: &str, marks: &'t str) -> (Span, &'t str) {
    let start = marks.find('^').expect("a line of carets");
    let len = marks[start..].bytes().take_while(|&byte| byte == b'^').count();
    let byte = |n: usize| sentence.char_indices().nth(n).map_or(sentence.len(), |(at, _)| at);
    (Span::new(byte(start), byte(start + len)), marks[start + len..].trim())
}

fn document(case: &Case<'_>) -> Document {
    let mut document = Document::empty(MediaType::Text, "test/1");
    let whole = Span::new(0, case.sentence.len());
    document.text = case.sentence.to_owned();
    document.blocks.push(Block::paragraph(whole, SectionId::new(0)));
    document.sections.push(Section {
        heading: None,
        level: 0,
        span: whole,
        parent: None,
        tier: case.tier,
        corroborated: matches!(case.tier, Some(Tier::History | Tier::References)),
    });
    document
}

fn holds(findings: &[Finding], span: Span, verdict: &str) -> bool {
    let words: Vec<&str> = verdict.split_whitespace().collect();
    let mut over = findings.iter().filter(|finding| finding.span.overlaps(span));
    match words.as_slice() {
        ["none", category] => !over.any(|f| f.operative && f.category.id() == *category),
        [category, assertion] => over.any(|f| f.category.id() == *category && f.assertion.id() == *assertion),
        [category, assertion, holder] => over.any(|f| {
            let held = f.holder.is_some_and(|known| known.id() == *holder);
            f.category.id() == *category && f.assertion.id() == *assertion && held
        }),
        _ => panic!("a verdict is `category assertion [holder]` or `none category`, not {verdict:?}"),
    }
}

/// The verdicts of one case that do not hold, each with what was found.
fn wrong(case: &Case<'_>, rules: &RuleSet, scanner: &mut Scanner<'_>) -> Vec<String> {
    let document = document(case);
    let findings = judge(&document, &scanner.scan(&document), rules).findings;
    let show = |f: &Finding| {
        format!("\n    {} {} {:?} {:?}", f.category, f.assertion.id(), f.holder, f.span.of(case.sentence))
    };
    let not_held = case.expected.iter().filter(|(span, verdict)| !holds(&findings, *span, verdict));
    not_held
        .map(|(_, verdict)| {
            let got: String = findings.iter().map(show).collect();
            format!("{}: {}\n  want {verdict}\n  got{got}\n", case.place, case.sentence)
        })
        .collect()
}

#[test]
fn every_case_gets_its_verdict() {
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let matcher = Matcher::new(&rules);
    let mut scanner = matcher.scanner();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/context");
    let mut count = 0;
    let mut mistakes = Vec::new();
    for entry in fs::read_dir(folder).expect("tests/context is there") {
        let path = entry.expect("a readable entry").path();
        let text = fs::read_to_string(&path).expect("a readable file");
        for case in cases(&path.file_name().expect("a name").to_string_lossy(), &text) {
            count += case.expected.len();
            mistakes.extend(wrong(&case, &rules, &mut scanner));
        }
    }
    mistakes.sort();
    assert!(count > 0, "no case was found");
    assert!(mistakes.is_empty(), "{} of {count} verdicts are wrong:\n{}", mistakes.len(), mistakes.join("\n"));
}
