//! The binary from outside: words in, exit code, lines and messages out.

#[path = "../program/mod.rs"]
mod program;
#[cfg(feature = "store")]
mod stores;
mod walk;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

#[test]
fn the_command_line_says_what_its_transcripts_say() {
    let cases = trycmd::TestCases::new();
    for name in ["HOME", "XDG_CONFIG_HOME", "APPDATA"] {
        cases.env(name, program::HOME);
    }
    cases.case("tests/cmd/*.toml");
}

/// Runs fineprint in the repository's folder.
fn fineprint(words: &[&str]) -> Output {
    command(words).output().expect("the binary starts")
}

fn command(words: &[&str]) -> Command {
    let mut command = program::apart(env!("CARGO_BIN_EXE_fineprint"));
    command.args(words).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("output is UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last run's folder can go");
    }
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// Analyzes one document of `tests/hostile` and gives its line and the exit code.
fn hostile(name: &str) -> (Value, i32) {
    let output = fineprint(&["analyze", "--format", "jsonl", &format!("tests/hostile/{name}")]);
    let mut lines = lines(&output);
    assert_eq!(lines.len(), 1, "one document, one line");
    (lines.remove(0), output.status.code().expect("it ended by itself"))
}

/// The contract's row of a document that cannot be read at all.
fn check_error(name: &str, code: &str) {
    let (line, exit) = hostile(name);
    assert_eq!(line["error"]["code"], code, "{line}");
    assert!(!line["error"]["message"].as_str().expect("a sentence").is_empty());
    assert_eq!(line["extraction"]["completeness"], "none");
    assert_eq!(line["findings"], serde_json::json!([]));
    assert_eq!(line["summary"], Value::Null);
    assert_eq!(exit, 2);
}

#[test]
fn what_cannot_be_read_at_all_is_an_error_with_its_code() {
    check_error("encrypted.pdf", "encrypted");
    check_error("renamed-zip.pdf", "unsupported");
    check_error("empty.pdf", "empty");
    check_error("not-found.pdf", "not-a-policy");
    check_error("no-such-file.pdf", "unreadable");
}

#[test]
fn a_file_of_just_the_limit_passes_and_one_byte_more_is_an_error_that_names_the_flag() {
    let size =
        fs::metadata(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/sound.txt")).expect("it is there");
    let run = |limit: u64| {
        let words = ["analyze", "--format", "jsonl", "--max-bytes", &limit.to_string(), "tests/hostile/sound.txt"];
        let output = fineprint(&words);
        (lines(&output).remove(0)["error"].clone(), output.status.code())
    };
    assert_eq!(run(size.len()), (Value::Null, Some(0)));
    let (error, code) = run(size.len() - 1);
    assert_eq!((&error["code"], code), (&"limit".into(), Some(2)));
    assert!(error["message"].as_str().expect("a sentence").contains("--max-bytes"));
}

#[test]
fn a_truncated_pdf_gives_what_could_be_read() {
    let (line, exit) = hostile("truncated.pdf");
    assert_eq!(line["error"], Value::Null, "{line}");
    assert_eq!(line["extraction"]["completeness"], "partial");
    let issues = line["extraction"]["issues"].as_array().expect("a list");
    assert!(issues.iter().any(|issue| issue["code"] == "truncated"), "{issues:?}");
    let categories: Vec<&Value> = line["findings"].as_array().expect("a list").iter().map(|f| &f["category"]).collect();
    assert!(categories.contains(&&Value::from("barrier/investigational")), "{categories:?}");
    assert_eq!(exit, 0);
}

#[test]
fn a_scan_is_unreadable_and_never_silent() {
    let (line, exit) = hostile("scanned.pdf");
    assert_eq!(line["error"], Value::Null, "{line}");
    assert_eq!(line["extraction"]["completeness"], "none");
    let issues = line["extraction"]["issues"].as_array().expect("a list");
    let pages: Vec<&Value> =
        issues.iter().filter(|i| i["code"] == "text-layer-missing").map(|issue| &issue["page"]).collect();
    assert_eq!(pages, [1, 2]);
    assert_eq!(line["summary"]["stance"], "unreadable");
    assert_eq!(line["summary"]["barriers"], serde_json::json!([]));
    assert_eq!(line["summary"]["levers"], serde_json::json!([]));
    assert_eq!(exit, 2);
}

#[test]
fn windows_1252_is_read_with_its_quotation_marks() {
    let (line, exit) = hostile("windows-1252.html");
    assert_eq!(line["error"], Value::Null, "{line}");
    let quotes: Vec<&str> =
        line["findings"].as_array().expect("a list").iter().filter_map(|f| f["quote"].as_str()).collect();
    assert!(quotes.iter().any(|quote| quote.contains("“platelet-rich plasma” are considered investigational")));
    assert_eq!(exit, 0);
}

#[test]
fn one_bad_document_touches_no_other() {
    let alone = fineprint(&["analyze", "--format", "jsonl", "tests/hostile/sound.pdf"]);
    let beside = fineprint(&["analyze", "--format", "jsonl", "tests/hostile"]);
    let names = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")).expect("it is there").count();
    let text = String::from_utf8(beside.stdout).expect("output is UTF-8");
    assert_eq!(text.lines().count(), names);
    let alone = String::from_utf8(alone.stdout).expect("output is UTF-8");
    assert!(text.contains(&alone), "the line is the same with and without its neighbours");
    assert_eq!(beside.status.code(), Some(2));
}

#[test]
fn one_worker_and_many_give_the_same_bytes() {
    let run = |jobs: &str| fineprint(&["analyze", "--format", "jsonl", "--jobs", jobs, "tests/hostile"]).stdout;
    let one = run("1");
    assert!(!one.is_empty());
    assert_eq!(one, run("2"));
    assert_eq!(one, run("16"));
}

#[test]
fn json_is_one_array_of_the_same_objects() {
    let files = ["tests/hostile/sound.txt", "tests/hostile/empty.pdf"];
    let array = fineprint(&["analyze", "--format", "json", files[0], files[1]]);
    let array: Vec<Value> = serde_json::from_slice(&array.stdout).expect("an array");
    assert_eq!(array, lines(&fineprint(&["analyze", "--format", "jsonl", files[0], files[1]])));
}

#[test]
fn a_document_of_300_pages_is_read_whole() {
    let folder = folder("long");
    fs::write(folder.join("long.pdf"), long_pdf(300)).expect("it can be written");
    let output = fineprint(&["analyze", "--format", "jsonl", &folder.to_string_lossy()]);
    let line = lines(&output).remove(0);
    assert_eq!(line["source"]["pages"], 300, "{}", line["error"]);
    assert_eq!(line["extraction"]["completeness"], "full");
    let last = line["findings"].as_array().expect("a list").iter().filter_map(|f| f["page"].as_u64()).max();
    assert_eq!(last, Some(300));
    assert_eq!(output.status.code(), Some(0));
}

/// A page's words: a running head, and lines of which none stands on two pages.
fn body(page: usize) -> String {
    const PARTS: [&str; 8] = ["ankle", "elbow", "finger", "hip", "knee", "shoulder", "spine", "wrist"];
    let [one, two, three] = [page % 8, page / 8 % 8, page / 64].map(|part| PARTS[part]);
    let mut lines = vec!["Bluestone Health Medical Policy".to_owned()];
    let filler = |verb: &str| format!("Adults {verb} the {one}, the {two} and the {three} as before,");
    lines.extend(["rest", "move", "bend", "turn", "raise", "lower", "stretch", "warm"].map(filler));
    lines.push(format!("and so on. A gel for the {one}, the {two} and the {three}"));
    lines.push(format!("is considered investigational. The {one}, the {two} and the {three} heal."));
    lines.extend(["cool", "hold", "press", "lift", "roll", "swing", "rub", "shake"].map(filler));
    let lines: Vec<String> = lines.iter().map(|line| format!("({line}) Tj T*")).collect();
    format!("BT /F1 12 Tf 18 TL 72 700 Td {} ET", lines.join(" "))
}

/// A PDF whose every page says something of its own.
fn long_pdf(pages: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for page in 1..=pages {
        let text = body(page);
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> \
             /Contents {} 0 R >>",
            3 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()));
    }
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = out.len();
    out += &format!("{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

/// A path may hold what steers a terminal.
#[cfg(unix)]
#[test]
fn messages_and_proofs_steer_no_terminal() {
    let folder = folder("steers");
    let name = "a\u{1b}[31m.json";
    fs::write(folder.join(name), "{}").expect("it can be written");
    let path = folder.join(name);
    let path = path.to_str().expect("UTF-8");
    for words in [&["verify", path][..], &["extract", &format!("{path}.gone")]] {
        let output = fineprint(words);
        let said = [output.stdout, output.stderr].concat();
        assert!(String::from_utf8_lossy(&said).contains("a [31m.json"), "{words:?}");
        assert!(!said.contains(&0x1b), "{words:?}");
    }
}

#[test]
fn one_document_may_come_on_standard_input() {
    let file = fs::File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/sound.txt")).expect("it opens");
    let output = command(&["analyze", "--format", "jsonl", "-"]).stdin(file).output().expect("the binary starts");
    let line = lines(&output).remove(0);
    assert_eq!(line["source"]["path"], "-");
    assert_eq!(line["error"], Value::Null);
}

#[test]
fn output_goes_to_the_file_that_was_named() {
    let folder = folder("output");
    let file = folder.join("out.jsonl");
    let output = fineprint(&["analyze", "--format", "jsonl", "-o", &file.to_string_lossy(), "tests/hostile/sound.txt"]);
    assert!(output.stdout.is_empty());
    let written = fs::read_to_string(file).expect("it was written");
    assert_eq!(written.lines().count(), 1);
}

#[test]
fn nothing_is_written_over_what_a_run_reads() {
    let folder = folder("over");
    let (document, table) = (folder.join("a.txt"), folder.join("fineprint.csv"));
    let words = "Medical Policy\n\nLight therapy is considered investigational.\n";
    fs::write(&document, words).expect("it can be written");
    fs::write(&table, "path,payer\na.txt,Pond Health\n").expect("it can be written");
    let (folder, a) = (folder.to_str().expect("a name"), document.to_str().expect("a name"));
    for args in [vec!["extract", a, "-o", a], vec!["analyze", folder, "-o", a], vec!["show", a, "--run-record", a]] {
        let output = fineprint(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("is read in this run"), "{args:?}: {said}");
        assert_eq!(fs::read_to_string(&document).expect("it is there"), words);
    }
    let output = fineprint(&["analyze", folder, "-o", table.to_str().expect("a name")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(fs::read_to_string(&table).expect("it is there").contains("Pond Health"));
    assert_eq!(fs::read_dir(folder).expect("it is there").count(), 2, "no part is left");
}

#[test]
fn staleness_is_measured_only_against_a_told_day() {
    let state = |more: &[&str]| {
        let mut words = vec!["analyze", "--format", "jsonl", "tests/hostile/sound.txt"];
        words.extend(more);
        let staleness = lines(&fineprint(&words)).remove(0)["summary"]["staleness"].clone();
        (staleness["state"].clone(), staleness["as_of"].clone())
    };
    assert_eq!(state(&[]), (Value::from("unknown"), Value::Null));
    assert_eq!(state(&["--retrieved", "2026-03-01"]).1, "2026-03-01");
    assert_eq!(state(&["--retrieved", "2026-03-01", "--as-of", "2026-11-01"]).1, "2026-11-01");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder("reader-goes");
    for n in 0..400 {
        fs::write(folder.join(format!("{n}.txt")), "The service is not covered. ".repeat(20)).expect("it is written");
    }
    let mut child = command(&["analyze", "--format", "jsonl", &folder.to_string_lossy()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_baseline_and_suppressions_mark_and_count_and_leave_nothing_out() {
    let folder = folder("marks");
    let document = folder.join("a.txt");
    let first = "Coverage Policy\n\nPRP injections are considered investigational.\n";
    fs::write(&document, first).expect("it can be written");
    let path = |name: &str| folder.join(name).display().to_string();
    let (document, baseline, suppress) = (path("a.txt"), path("baseline.jsonl"), path("suppress.toml"));
    let analyze = |more: &[&str]| fineprint(&[&["analyze", &document, "--format", "jsonl"], more].concat());
    let plain = analyze(&[]);
    fs::write(&baseline, &plain.stdout).expect("it can be written");

    let gate = ["--baseline", &baseline, "--fail-on", "barrier", "--new-only"];
    let same = analyze(&gate);
    assert_eq!(same.status.code(), Some(0), "all is known");
    let known = lines(&same)[0]["findings"].as_array().expect("findings").len();
    assert!(known > 0 && known == lines(&plain)[0]["findings"].as_array().expect("findings").len());
    assert_eq!(lines(&same)[0]["findings"][0]["baseline"], "known");

    fs::write(&document, format!("{first}\nUltrasound guidance is not medically necessary.\n")).expect("written");
    let more = analyze(&gate);
    assert_eq!(more.status.code(), Some(1), "one is new");
    let said = String::from_utf8_lossy(&more.stderr).into_owned();
    assert!(said.contains(&format!("1 new, {known} known, 0 gone")), "{said}");

    let findings = lines(&more)[0]["findings"].clone();
    let new = findings.as_array().expect("findings").iter().find(|finding| finding["baseline"] == "new");
    let id = new.expect("one is new")["id"].as_str().expect("an id").to_owned();
    let toml = |id: &str| format!("[[suppress]]\nid = \"{id}\"\nreason = \"seen\"\ndate = \"2026-11-25\"\n");
    fs::write(&suppress, toml(&id) + &toml("ffff")).expect("it can be written");
    let quiet = analyze(&[&gate[..], &["--suppress", &suppress]].concat());
    assert_eq!(quiet.status.code(), Some(0), "what is suppressed fails nothing");
    assert!(String::from_utf8_lossy(&quiet.stderr).contains("of no finding here: ffff"));
    let all = lines(&quiet)[0]["findings"].as_array().expect("findings").clone();
    let marked = all.iter().filter(|finding| finding["suppressed"]["reason"] == "seen").count();
    assert_eq!((all.len(), marked), (known + 1, 1));
    let page = fineprint(&["show", &document, "--suppress", &suppress]);
    assert!(String::from_utf8_lossy(&page.stdout).contains("suppressed 2026-11-25: seen"));
}

#[cfg(unix)]
#[test]
fn a_command_before_reading_prints_what_is_read_and_the_hash_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("pre");
    let path = |name: &str| folder.join(name).display().to_string();
    let script = |name: &str, text: &str| {
        fs::write(folder.join(name), format!("#!/bin/sh\n{text}\n")).expect("it can be written");
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).expect("it can be made to run");
        path(name)
    };
    let reader = script("reader", "tr 'a-z' 'A-Z' <\"$1\" | tr 'A-Z' 'a-z'");
    let broken = script("broken", "echo no licence >&2; exit 3");
    fs::write(folder.join("a.wpd"), "PRP INJECTIONS ARE CONSIDERED INVESTIGATIONAL.\n").expect("written");
    fs::write(folder.join("b.txt"), "It is not covered.\n").expect("written");
    let (a, b) = (path("a.wpd"), path("b.txt"));
    let analyze = |pre: &str| fineprint(&["analyze", &a, &b, "--format", "jsonl", "--pre", pre, "--pre-glob", "*.wpd"]);

    let read = analyze(&reader);
    let (with, without) = (lines(&read), lines(&fineprint(&["analyze", &a, &b, "--format", "jsonl"])));
    assert_eq!((&with[0]["extraction"]["pre"], &with[1]), (&Value::from(reader.clone()), &without[1]));
    assert_eq!(with[0]["source"]["sha256"], without[0]["source"]["sha256"]);
    assert_eq!(with[0]["findings"][0]["quote"], "prp injections are considered investigational.");
    fs::write(folder.join("out.jsonl"), &read.stdout).expect("written");
    let verify = |more: &[&str]| fineprint(&[&["verify", &path("out.jsonl"), &a, &b], more].concat());
    assert_eq!(verify(&["--pre", &reader, "--pre-glob", "*.wpd"]).status.code(), Some(0));
    assert_eq!(verify(&[]).status.code(), Some(2), "the document's own letters are large");

    let failed = analyze(&broken);
    assert_eq!(failed.status.code(), Some(2));
    let message = lines(&failed)[0]["error"]["message"].as_str().expect("a message").to_owned();
    assert!(message.contains("exit status: 3, saying: no licence"), "{message}");
    assert_eq!(lines(&failed)[1], without[1], "the other is not touched");
    let message = lines(&analyze("/none/here"))[0]["error"]["message"].to_string();
    assert!(message.contains("did not start (no such file)"), "{message}");
}
