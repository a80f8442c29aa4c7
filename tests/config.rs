//! The config file, completions, manual and help from outside.

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// A folder with a config file, and one below it to run in.
fn folder(name: &str, config: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("below")).expect("a folder can be made");
    fs::write(folder.join("fineprint.toml"), config).expect("it can be written");
    fs::write(folder.join("below/a.txt"), "The service is not covered.").expect("it can be written");
    folder.join("below")
}

fn fineprint(folder: &Path, words: &[&str]) -> (String, String, Option<i32>) {
    let mut command = program::apart(env!("CARGO_BIN_EXE_fineprint"));
    command.args(words).current_dir(folder);
    let Output { stdout, stderr, status } = command.output().expect("the binary starts");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    (text(stdout), text(stderr), status.code())
}

#[test]
fn a_config_file_above_gives_flags_and_the_command_line_wins() {
    let below = folder("config", "jobs = 1\n[analyze]\nformat = 'jsonl'\nlob = ['medicaid']\n");
    let told = |words: &[&str], lob: &str| {
        let (out, _, code) = fineprint(&below, words);
        assert!(out.contains(&format!("\"lines_of_business\":[\"{lob}\"]")), "{out}");
        assert_eq!(code, Some(0));
    };
    told(&["analyze", "a.txt"], "medicaid");
    told(&["-q", "analyze", "a.txt", "--lob", "commercial"], "commercial");
    let (out, _, _) = fineprint(&below, &["analyze", "a.txt", "--no-config"]);
    assert!(!out.starts_with('{'), "{out}");
    let (_, err, code) = fineprint(&below, &["analyze", "a.txt", "--output", "b.md"]);
    assert_eq!(code, Some(0), "the ending of a file on the command line wins: {err}");
    assert!(fs::read_to_string(below.join("b.md")).expect("it is there").starts_with("# "));
    // An ending that means none of the command's formats, and .txt, leave the file's.
    for name in ["reports.2026", "b.txt"] {
        let (_, err, code) = fineprint(&below, &["analyze", "a.txt", "--output", name]);
        assert_eq!(code, Some(0), "{err}");
        assert!(fs::read_to_string(below.join(name)).expect("it is there").starts_with('{'), "{name}");
    }
    let (out, _, _) = fineprint(&below, &["config", "show"]);
    assert!(out.contains("analyze.format = jsonl") && out.contains("fineprint.toml:3)"), "{out}");
}

#[test]
fn a_config_file_that_is_wrong_ends_the_run_with_its_line() {
    for (name, config, said) in [
        ("config-key", "[analyze]\nbogus = 1\n", "fineprint.toml:2: analyze has no flag --bogus"),
        ("config-table", "\n[analyse]\njobs = 1\n", "fineprint.toml:3: there is no command analyse: "),
        ("config-top", "job = 1\n", "fineprint.toml:1: no command has a flag --job: "),
        ("config-value", "[analyze]\njobs = 'x'\n", "'x' for '--jobs <N>'"),
        ("config-syntax", "\njobs = \n", "fineprint.toml:2: "),
    ] {
        let (out, err, code) = fineprint(&folder(name, config), &["analyze", "a.txt"]);
        assert_eq!((out.as_str(), code), ("", Some(2)));
        assert!(err.contains(said), "{err}");
    }
}

#[cfg(feature = "store")]
#[test]
fn a_store_in_the_config_file_gives_way_to_named_documents() {
    let below = folder("config-store", "store = 'none'\n");
    let (out, err, code) = fineprint(&below, &["analyze", "a.txt", "--format", "jsonl"]);
    assert!(out.starts_with('{') && code == Some(0), "{err}");
    let (out, err, code) = fineprint(&below, &["show", "a.txt"]);
    assert!(out.contains("STANCE") && code == Some(0), "{out}{err}");
    for of_the_store in [["analyze"].as_slice(), &["show", "b.txt"], &["show", "a.txt", "--store", "none"]] {
        assert_eq!(fineprint(&below, of_the_store).2, Some(2), "there is no such store");
    }
}

#[test]
fn a_question_for_nothing_is_an_error() {
    let below = folder("asks-nothing", "");
    for words in [&["find", " ", "a.txt"][..], &["compare", "--service", "", "a.txt"]] {
        let (out, err, code) = fineprint(&below, words);
        assert_eq!((out.as_str(), code), ("", Some(2)));
        assert!(err.contains("it names nothing"), "{err}");
    }
}

#[test]
fn quiet_leaves_notes_out_and_colour_can_be_asked_for() {
    let below = folder("quiet", "");
    assert!(!fineprint(&below, &["analyze", "a.txt"]).1.is_empty());
    assert_eq!(fineprint(&below, &["analyze", "a.txt", "-q"]).1, "");
    assert!(!fineprint(&below, &["analyze", "a.txt"]).0.contains('\u{1b}'));
    assert!(fineprint(&below, &["analyze", "a.txt", "--color", "always"]).0.contains('\u{1b}'));
}

#[test]
fn links_to_pages_are_for_terminals_and_can_be_asked_for() {
    let below = folder("config-links", "");
    let show = |when: &str| fineprint(&below, &["analyze", "a.txt", "--hyperlinks", when]).0;
    assert!(!show("auto").contains('\u{1b}') && show("auto") == show("never"), "a pipe is no terminal");
    let linked = show("always");
    assert!(linked.contains("\u{1b}]8;;file:///") && linked.contains("/below/a.txt\u{1b}\\"), "{linked}");
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let below = folder("manual", "");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (out, _, code) = fineprint(&below, &["completions", shell]);
        assert!(out.contains("analyze") && out.contains("max-memory") && code == Some(0), "{shell}");
    }
    let (_, _, code) = fineprint(&below, &["man", "--output", "pages"]);
    assert_eq!(code, Some(0));
    let page = fs::read_to_string(below.join("pages/fineprint-analyze.1")).expect("it was written");
    assert!(page.contains("max\\-memory"), "{page}");
}

#[test]
fn topics_name_the_limits_as_they_are() {
    let below = folder("topics", "");
    let (page, _, _) = fineprint(&below, &["help", "limits"]);
    let (help, _, _) = fineprint(&below, &["help", "analyze"]);
    let limits: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--max-"))
        .filter_map(|line| line.split_once(' '))
        .map(|(name, rest)| (name, rest.split_whitespace().next().expect("a default")))
        .collect();
    assert_eq!(limits.len(), 8);
    for (name, value) in limits {
        let flag = help.split(&format!("--max-{name} ")).nth(1).expect("the flag is there");
        let flag = flag.split("--").next().expect("it has a text");
        assert!(flag.contains(&format!("[default: {value}]")), "--max-{name} {value}: {flag}");
    }
}

#[test]
fn fail_on_ends_with_1_when_the_payer_says_it() {
    let below = folder("fail-on", "");
    let code = |words: &[&str]| fineprint(&below, &[&["analyze", "a.txt", "--fail-on"], words].concat()).2;
    assert_eq!(code(&["barrier"]), Some(1));
    assert_eq!(code(&["barrier/benefit-exclusion"]), Some(1));
    assert_eq!(code(&["favorable", "--fail-on", "barrier/investigational"]), Some(0));
    assert_eq!(code(&["barr"]), Some(2));
    assert_eq!(code(&["barrier", "gone.txt"]), Some(2));
}
