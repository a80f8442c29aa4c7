//! Who may use whom. Rust allows circles inside a crate, so this test reads the sources and holds the
//! tables of ARCHITECTURE.md: rooms, crates that live in one room, and what of the standard library a
//! room may touch. Unit tests inside a room (`#[cfg(test)]` at a file's
//! end, or a file `tests.rs` or `laws.rs`, a folder `tests`) may look further.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("policy", &["text"]),
    ("document", &["text", "policy"]),
    ("rules", &["text"]),
    ("finding", &["text", "policy", "rules"]),
    ("extract", &["text", "policy", "document"]),
    ("matcher", &["text", "document", "rules"]),
    ("context", &["text", "document", "rules", "matcher", "finding", "policy"]),
    ("summary", &["text", "policy", "document", "rules", "finding"]),
    ("compare", &["text", "report"]),
    ("report", &["text", "policy", "document", "rules", "finding", "summary"]),
    ("eval", &["text", "policy", "document", "rules", "finding", "summary"]),
    ("fetch", &["policy"]),
    ("store", &["text", "policy", "document", "rules", "finding", "summary", "report"]),
    (
        "pipeline",
        &[
            "text", "policy", "document", "rules", "finding", "extract", "matcher", "context", "summary", "compare",
            "report", "eval", "fetch", "store",
        ],
    ),
];

/// Each heavy crate with the rooms that may name it; `bin` is the binary.
const CRATES: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("reqwest", &["fetch"]),
    ("hyper", &["fetch"]),
    ("rustls", &["fetch"]),
    ("httpdate", &["fetch"]),
    ("tokio", &["fetch", "pipeline"]),
    ("rayon", &["pipeline"]),
    ("ignore", &["pipeline"]),
    ("aho_corasick", &["text", "matcher", "rules"]),
    ("regex", &["matcher", "rules", "fetch"]),
    ("scraper", &["extract", "fetch"]),
    ("html5ever", &["extract"]),
    ("hayro_syntax", &["extract"]),
    ("hayro_interpret", &["extract"]),
    ("hayro_cmap", &["extract"]),
    ("encoding_rs", &["extract"]),
    ("chardetng", &["extract"]),
    ("rust_xlsxwriter", &["report"]),
    ("toml", &["rules", "fetch", "bin"]),
    ("rustix", &["pipeline"]),
    ("serde", &["rules", "report", "eval", "fetch", "pipeline"]),
    ("anyhow", &["bin"]),
    ("clap", &["bin"]),
    ("clap_complete", &["bin"]),
    ("clap_mangen", &["bin"]),
    ("indicatif", &["bin"]),
];

/// Each part of the standard library that reaches outside with the rooms that may.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("fs", &["pipeline", "store", "bin"]),
    ("net", &["fetch"]),
    ("process", &["pipeline", "bin"]),
    ("thread", &["pipeline", "bin"]),
    ("env", &["bin"]),
    ("time", &["fetch", "pipeline", "bin"]),
];

#[test]
fn every_room_uses_only_what_its_row_allows() {
    let mut violations = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&root);
    assert!(files.len() > 30, "the sources are where this test looks for them");
    for file in files {
        let in_tests = file.parent().is_some_and(|folder| folder.ends_with("tests"));
        if in_tests || file.file_name().is_some_and(|name| name == "tests.rs" || name == "laws.rs") {
            continue;
        }
        let relative = file.strip_prefix(&root).expect("it is below").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).expect("a source file is readable");
        violations.extend(violations_in(&relative, &text));
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn every_folder_is_a_room_of_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root).expect("there is a src") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        let known = name == "lib.rs" || name == "bin" || ROOMS.iter().any(|(room, _)| *room == name);
        assert!(known, "src/{name} is no room of ARCHITECTURE.md: give it a row there and here, or move it");
    }
}

#[test]
fn planted_violations_are_caught() {
    let check = |file: &str, text: &str, expected: &[&str]| {
        assert_eq!(violations_in(file, text), expected, "{file}: {text}");
    };
    check("matcher/scan.rs", "use crate::policy::Tier;", &["src/matcher/scan.rs:1: matcher may not use policy"]);
    check(
        "extract/pdf.rs",
        "use crate::{text::Span, rules::RuleSet};",
        &["src/extract/pdf.rs:1: extract may not use rules"],
    );
    check("text/mod.rs", "\nfn f() { super::document::g() }", &["src/text/mod.rs:2: text may not use document"]);
    check("report/x.rs", "fn f() { rayon::join(a, b); }", &["src/report/x.rs:1: report may not use the crate rayon"]);
    check("summary/x.rs", "use std::{fmt, fs};", &["src/summary/x.rs:1: summary may not use std::fs"]);
    check("eval/x.rs", "use crate::pipeline::run;", &["src/eval/x.rs:1: eval may not use pipeline"]);
    check("text/x.rs", "// crate::rules\n/* crate::rules */ const A: &str = \"crate::rules \\\" std::fs\";", &[]);
    check("text/x.rs", "const A: &str = r#\"\"crate::rules\"#; fn f<'a>(x: &'a str) { let c = '\"'; }", &[]);
    check("text/x.rs", "fn f() {}\n#[cfg(test)]\nmod tests { use crate::rules::RuleSet; }", &[]);
    check("document/x.rs", "use crate::text::Span; use crate::policy::Tier; use std::io::Write;", &[]);
}

/// Every Rust file below `folder`, in order.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a source folder is readable").map(|entry| entry.expect("listed").path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The table rows that `text`, the file `src/{file}`, breaks.
fn violations_in(file: &str, text: &str) -> Vec<String> {
    let Some((room, _)) = file.split_once('/') else { return Vec::new() };
    let allowed: BTreeMap<_, _> = ROOMS.iter().copied().collect();
    let crates: BTreeMap<_, _> = CRATES.iter().copied().collect();
    let outside: BTreeMap<_, _> = OUTSIDE.iter().copied().collect();
    let mut violations = Vec::new();
    for (line, path) in paths(&tokens(without_tests(text))) {
        let first = path.iter().find(|part| *part != "super").map_or("", String::as_str);
        let inside = path[0] == "crate" || path[0] == "super";
        let named = if path[0] == "crate" { path.get(1).map_or("", String::as_str) } else { first };
        let what = if inside {
            let may = room == "bin" || named == room || allowed.get(room).is_some_and(|rooms| rooms.contains(&named));
            (allowed.contains_key(named) && !may).then(|| named.to_owned())
        } else if path[0] == "std" {
            let part = path.get(1).map_or("", String::as_str);
            outside.get(part).filter(|rooms| !rooms.contains(&room)).map(|_| format!("std::{part}"))
        } else {
            crates
                .get(path[0].as_str())
                .filter(|rooms| !rooms.contains(&room))
                .map(|_| format!("the crate {}", path[0]))
        };
        violations.extend(what.map(|what| format!("src/{file}:{line}: {room} may not use {what}")));
    }
    violations
}

/// The text before the unit tests, which stand at a file's end.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod ").map_or(text, |at| &text[..at])
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Path,
    Mark(char),
}

/// The words and marks of Rust text with their lines, comments and literals left out.
fn tokens(text: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = text.chars().collect();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let start = at;
        at = match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => end_of(&chars, at, "\n"),
            ('/', Some('*')) => end_of(&chars, at, "*/"),
            ('"', _) => end_of_string(&chars, at),
            ('r', Some('"' | '#')) if raw_string(&chars, at).is_some() => raw_string(&chars, at).expect("just seen"),
            ('\'', Some('\\')) => end_of(&chars, at + 2, "'"),
            ('\'', _) if chars.get(at + 2) == Some(&'\'') => at + 3,
            (':', Some(':')) => {
                tokens.push((line, Token::Path));
                at + 2
            }
            (c, _) if c.is_alphanumeric() || c == '_' => {
                let length = chars[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
                tokens.push((line, Token::Word(chars[at..at + length].iter().collect())));
                at + length
            }
            (c, _) => {
                if !c.is_whitespace() {
                    tokens.push((line, Token::Mark(c)));
                }
                at + 1
            }
        };
        line += chars[start..at].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn end_of(chars: &[char], from: usize, end: &str) -> usize {
    let end: Vec<char> = end.chars().collect();
    (from..chars.len()).find(|&at| chars[at..].starts_with(&end)).map_or(chars.len(), |at| at + end.len())
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// The end of the raw string that begins at `from`, if one does.
fn raw_string(chars: &[char], from: usize) -> Option<usize> {
    let hashes = chars[from + 1..].iter().take_while(|c| **c == '#').count();
    let opens = chars.get(from + 1 + hashes) == Some(&'"');
    opens.then(|| end_of(chars, from + 2 + hashes, &format!("\"{}", "#".repeat(hashes))))
}

/// Every path with its line, `use` groups spread out: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn paths(tokens: &[(usize, Token)]) -> Vec<(usize, Vec<String>)> {
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = if matches!(tokens[at].1, Token::Word(_)) { path(tokens, at, &[], &mut paths) } else { at + 1 };
    }
    paths
}

fn path(tokens: &[(usize, Token)], from: usize, before: &[String], paths: &mut Vec<(usize, Vec<String>)>) -> usize {
    let (mut at, mut parts) = (from, before.to_vec());
    while let Some((_, Token::Word(word))) = tokens.get(at) {
        parts.push(word.clone());
        at += 1;
        if tokens.get(at).is_none_or(|(_, token)| *token != Token::Path) {
            break;
        }
        at += 1;
        if tokens.get(at).is_some_and(|(_, token)| *token == Token::Mark('{')) {
            return group(tokens, at + 1, &parts, paths);
        }
    }
    paths.push((tokens[from].0, parts));
    at.max(from + 1)
}

fn group(tokens: &[(usize, Token)], from: usize, before: &[String], paths: &mut Vec<(usize, Vec<String>)>) -> usize {
    let mut at = from;
    while let Some((_, token)) = tokens.get(at) {
        at = match token {
            Token::Mark('}') => return at + 1,
            Token::Word(_) => path(tokens, at, before, paths),
            _ => at + 1,
        };
    }
    at
}
