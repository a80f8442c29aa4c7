//! Context cases: `tests/context/*.md` hold sentences with carets under words and the verdict that they must get.
//!
//! A case is a fenced block `case`: optional first lines `section: <tier id>`, `heading: <words>` and `effective: <day>`
//! (of the policy), one sentence on one line,
//! and below it one or more lines of carets, each followed by `<category> <assertion> [holder]`, or by
//! `none <category>` where no operative finding of that category may stand. A fenced block with a
//! verdict for its head holds one sentence a line that must get it; `force <category> <force>` and `scope …` too.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fineprint::context::judge;
use fineprint::document::{Block, Document, Role, Section, SectionId};
use fineprint::finding::Finding;
use fineprint::matcher::{Match, Matcher, ScannedSentence, Target};
use fineprint::policy::{Date, Field, MediaType, Tier};
use fineprint::rules::{Category, Group, Rule, RuleIndex, RuleSet, embedded};
use fineprint::text::Span;

struct Case<'t> {
    place: String,
    tier: Option<Tier>,
    /// The heading above the sentence.
    heading: Option<&'t str>,
    /// The day on which the policy took effect.
    effective: Option<Date>,
    sentence: &'t str,
    expected: Vec<(Span, &'t str)>,
}

impl<'t> Case<'t> {
    /// A sentence by itself, with a verdict on the whole of it.
    fn whole(place: String, tier: Option<Tier>, sentence: &'t str, verdict: Option<&'t str>) -> Case<'t> {
        let expected = verdict.map(|verdict| (Span::new(0, sentence.len()), verdict)).into_iter().collect();
        Case { place, tier, heading: None, effective: None, sentence, expected }
    }
}

fn cases<'t>(file: &str, text: &'t str) -> Vec<Case<'t>> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if let Some(verdict) = line.strip_prefix("```").filter(|verdict| verdict.contains(' ')) {
            let sentences = lines.by_ref().take_while(|(_, line)| *line != "```");
            let place = |at| format!("{file}:{}", at + 1);
            found.extend(sentences.map(|(at, sentence)| Case::whole(place(at), None, sentence, Some(verdict))));
            continue;
        }
        if line != "```case" {
            continue;
        }
        let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let tier = body[0].strip_prefix("section: ");
        let rest = &body[usize::from(tier.is_some())..];
        let heading = rest[0].strip_prefix("heading: ");
        let rest = &rest[usize::from(heading.is_some())..];
        let effective = rest[0].strip_prefix("effective: ").map(|day| day.parse().expect("a day"));
        let rest = &rest[usize::from(effective.is_some())..];
        let expected: Vec<(Span, &str)> = rest[1..].iter().map(|marks| carets(rest[0], marks)).collect();
        assert!(!expected.is_empty(), "{file}:{}: a case needs a line of carets", at + 1);
        let tier = tier.map(|id| Tier::from_id(id).expect("a tier's id"));
        found.push(Case { place: format!("{file}:{}", at + 2), tier, heading, effective, sentence: rest[0], expected });
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
    document.metadata.effective = case.effective.map(|day| Field::printed(day, Span::new(0, 0)));
    if let Some(heading) = case.heading {
        document.text = format!("{heading}\n");
        let block = Block::paragraph(Span::new(0, heading.len()), SectionId::new(0));
        document.blocks.push(Block { role: Role::Heading { level: 1 }, ..block });
    }
    document.text.push_str(case.sentence);
    let end = document.text.len();
    document.blocks.push(Block::paragraph(Span::new(end - case.sentence.len(), end), SectionId::new(0)));
    document.sections.push(Section {
        heading: case.heading.map(str::to_owned),
        level: 0,
        span: Span::new(0, end),
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
        ["force", category, force] => over.any(|f| f.category.id() == *category && f.force.id() == *force),
        ["scope", category, scope] => over.any(|f| f.category.id() == *category && f.scope.id() == *scope),
        ["absent", category] => !over.any(|f| f.category.id() == *category),
        [category, assertion] => over.any(|f| f.category.id() == *category && f.assertion.id() == *assertion),
        [category, assertion, holder] => over.any(|f| {
            let held = f.holder.is_some_and(|known| known.id() == *holder);
            f.category.id() == *category && f.assertion.id() == *assertion && held
        }),
        _ => panic!(
            "a verdict is `category assertion [holder]`, `none category`, `force …` or `scope …`, not {verdict:?}"
        ),
    }
}

/// The verdicts of one case that do not hold, each with what was found.
fn wrong(case: &Case<'_>, document: &Document, findings: &[Finding]) -> Vec<String> {
    let before = document.text.len() - case.sentence.len();
    let show = |f: &Finding| {
        format!("\n    {} {} {:?} {:?}", f.category, f.assertion.id(), f.holder, f.span.of(&document.text))
    };
    let not_held = case.expected.iter().filter(|(span, verdict)| !holds(findings, span.shifted(before), verdict));
    not_held
        .map(|(_, verdict)| {
            let got: String = findings.iter().map(show).collect();
            format!("{}: {}\n  want {verdict}\n  got{got}\n", case.place, case.sentence)
        })
        .collect()
}

/// The files of `tests/context`, by name.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/context");
    let entries = fs::read_dir(folder).expect("tests/context is there").map(|entry| entry.expect("readable").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let mut files: Vec<_> =
        entries.map(|path| (name(&path), fs::read_to_string(&path).expect("a readable file"))).collect();
    files.sort();
    files
}

#[test]
fn every_case_gets_its_verdict() {
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let matcher = Matcher::new(&rules);
    let mut scanner = matcher.scanner();
    let mut count = 0;
    let mut mistakes = Vec::new();
    for (name, text) in &files() {
        for case in cases(name, text) {
            count += case.expected.len();
            let document = document(&case);
            mistakes.extend(wrong(&case, &document, &judge(&document, &scanner.scan(&document), &rules).findings));
        }
    }
    assert!(count > 0, "no case was found");
    assert!(mistakes.is_empty(), "{} of {count} verdicts are wrong:\n{}", mistakes.len(), mistakes.join("\n"));
}

/// The packs with each look-alike as a rule of its own, and whose look-alike each is.
fn probes(rules: &RuleSet) -> (RuleSet, Vec<RuleIndex>) {
    let mut probes = RuleSet { rules: Vec::new(), cues: Vec::new(), ..rules.clone() };
    let mut owners = Vec::new();
    for (owner, rule) in (0..).map(RuleIndex).zip(&rules.rules) {
        for pattern in &rule.look_alikes {
            let alone = Rule { patterns: vec![pattern.clone()], look_alikes: Vec::new(), ..rule.clone() };
            probes.rules.push(alone);
            owners.push(owner);
        }
    }
    (probes, owners)
}

/// `sentences` without look-alike `out`: those of its rule are put together again from the probes' matches.
fn without(
    sentences: &[ScannedSentence],
    probed: &[ScannedSentence],
    owners: &[RuleIndex],
    out: usize,
) -> Vec<ScannedSentence> {
    let owner = owners[out];
    let mut rest = sentences.to_vec();
    for sentence in &mut rest {
        sentence.matches.retain(|found| found.target != Target::LookAlike(owner));
        let others = probed.iter().filter(|other| other.span == sentence.span).flat_map(|other| &other.matches);
        sentence.matches.extend(others.filter_map(|found| match found.target {
            Target::Rule(RuleIndex(probe)) if probe as usize != out && owners[probe as usize] == owner => {
                Some(Match { span: found.span, target: Target::LookAlike(owner) })
            }
            _ => None,
        }));
        sentence.matches.sort_unstable();
    }
    rest
}

/// The sentences of `tests/traps` in which a file's group must not be found, with a verdict for each of its categories.
fn foreign_refusals(rules: &RuleSet) -> Vec<(Tier, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traps");
    let mut refusals = Vec::new();
    for entry in fs::read_dir(folder).expect("tests/traps is there") {
        let path = entry.expect("readable").path();
        let Some(group) = path.file_stem().and_then(|name| Group::from_id(&name.to_string_lossy())) else { continue };
        for line in fs::read_to_string(&path).expect("a readable file").lines() {
            let trap: serde_json::Value = serde_json::from_str(line).expect("a trap");
            let text = |key: &str| trap[key].as_str().expect("a text").to_owned();
            let tier = match text("section").as_str() {
                "evidence" => Tier::Evidence,
                "background" => Tier::Description,
                "notice" => Tier::Notice,
                "definitions" => Tier::Definitions,
                _ => Tier::Binding,
            };
            let labels = trap["labels"].as_array().expect("labels");
            if !labels.iter().any(|label| label == group.id()) {
                let categories: BTreeSet<Category> = rules.rules.iter().map(|rule| rule.category).collect();
                let of_group = categories.iter().filter(|category| category.group() == Some(group));
                refusals.extend(of_group.map(|category| (tier, text("text"), format!("none {}", category.id()))));
            }
        }
    }
    refusals
}

#[test]
fn every_look_alike_and_every_cue_is_needed() {
    let rules = RuleSet::parse(&embedded()).expect("the embedded packs are sound");
    let (probes, owners) = probes(&rules);
    let (matcher, prober) = (Matcher::new(&rules), Matcher::new(&probes));
    let (mut scanner, mut probing) = (matcher.scanner(), prober.scanner());
    let mut idle: BTreeSet<usize> = (0..owners.len()).collect();
    let mut idle_cues: BTreeSet<&str> = rules.cues.iter().map(|cue| cue.id.as_str()).collect();
    let files = files();
    let mut all: Vec<Case<'_>> = files.iter().flat_map(|(name, text)| cases(name, text)).collect();
    let refused: Vec<String> = rules.rules.iter().map(|rule| format!("absent {}", rule.category.id())).collect();
    for (rule, verdict) in rules.rules.iter().zip(&refused) {
        let refuse = |sentence| Case::whole(String::new(), None, sentence, Some(verdict));
        all.extend(rule.counter_examples.iter().map(|sentence| refuse(sentence)));
    }
    let foreign = foreign_refusals(&rules);
    let foreign = foreign.iter().map(|(tier, sentence, verdict)| (*tier, sentence.as_str(), verdict.as_str()));
    all.extend(foreign.map(|(tier, text, verdict)| Case::whole(String::new(), Some(tier), text, Some(verdict))));
    for case in &all {
        let document = document(case);
        let sentences = scanner.scan(&document);
        let probed = probing.scan(&document);
        for found in probed.iter().flat_map(|sentence| &sentence.matches) {
            let Target::Rule(RuleIndex(probe)) = found.target else { continue };
            let rest = without(&sentences, &probed, &owners, probe as usize);
            if !wrong(case, &document, &judge(&document, &rest, &rules).findings).is_empty() {
                idle.remove(&(probe as usize));
            }
        }
        for found in sentences.iter().flat_map(|sentence| &sentence.matches) {
            let Target::Cue(cue) = found.target else { continue };
            let mut rest = sentences.clone();
            rest.iter_mut().for_each(|sentence| sentence.matches.retain(|other| other.target != found.target));
            if !wrong(case, &document, &judge(&document, &rest, &rules).findings).is_empty() {
                idle_cues.remove(rules.cues[cue.0 as usize].id.as_str());
            }
        }
    }
    let idle: Vec<String> =
        idle.iter().map(|&at| format!("{} {}", probes.rules[at].id, probes.rules[at].patterns[0].source)).collect();
    assert!(idle.is_empty(), "no case needs {} look-alikes:\n{}", idle.len(), idle.join("\n"));
    assert!(idle_cues.is_empty(), "no case needs these cues: {idle_cues:?}");
}
