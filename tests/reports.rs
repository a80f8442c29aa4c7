//! Reports from outside: every format of the sample corpus holds, one changed letter does not, hostile words are inert.

mod program;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

fn fineprint(words: &[&str]) -> Output {
    let mut command = program::apart(env!("CARGO_BIN_EXE_fineprint"));
    command.args(words).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command.output().expect("the binary starts")
}

fn done(words: &[&str]) -> String {
    let output = fineprint(words);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{words:?}: {said}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).expect("output is UTF-8")
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

/// Each format with what it writes below the folder.
const FORMATS: [(&str, &str); 7] = [
    ("json", "all.json"),
    ("jsonl", "all.jsonl"),
    ("md", "all.md"),
    ("csv", "tables"),
    ("html", "one.html"),
    ("html", "site"),
    ("xlsx", "all.xlsx"),
];

fn write_all(documents: &str, folder: &Path) {
    for (format, name) in FORMATS {
        let path = folder.join(name);
        done(&["analyze", documents, "--format", format, "--output", path.to_str().expect("UTF-8")]);
    }
}

#[test]
fn every_report_of_the_sample_corpus_holds() {
    let folder = folder("reports-hold");
    write_all("corpora/policies", &folder);
    let said = done(&["verify", folder.to_str().expect("UTF-8"), "corpora/policies"]);
    assert!(said.lines().count() > 18, "{said}");
    assert!(said.lines().all(|line| line.ends_with("all hold") || line.ends_with("holds no quote")), "{said}");
    // The paths that a report names do without the folder of documents.
    for (_, name) in FORMATS.iter().filter(|(format, _)| *format != "xlsx") {
        done(&["verify", folder.join(name).to_str().expect("UTF-8")]);
    }
    // None of it is taken for a policy.
    let output = fineprint(&["analyze", folder.to_str().expect("UTF-8")]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("no document here; skipped 35: 35 written by"), "{said}");
    let again = folder.join("again.xlsx");
    done(&["analyze", "corpora/policies", "--format", "xlsx", "--output", again.to_str().expect("UTF-8")]);
    assert_eq!(fs::read(&again).expect("written"), fs::read(folder.join("all.xlsx")).expect("written"));
}

#[test]
fn a_topic_keeps_its_own_statements_and_the_general_ways_out() {
    let lines = |more: &[&str]| -> Vec<serde_json::Value> {
        let words = [&["analyze", "corpora/policies", "--format", "jsonl"], more].concat();
        done(&words).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    };
    let count = |all: &[serde_json::Value], of: &str| -> usize {
        all.iter().filter_map(|one| one["summary"][of].as_array()).map(Vec::len).sum()
    };
    let (all, kept) = (lines(&[]), lines(&["--topic", "prp"]));
    assert_eq!(count(&all, "levers"), count(&kept, "levers"));
    let statements = kept.iter().filter_map(|one| one["summary"]["stances"].as_array()).flatten();
    let topics: Vec<String> = statements.map(|statement| statement["topics"].to_string()).collect();
    assert!(!topics.is_empty() && topics.len() < count(&all, "stances"), "{topics:?}");
    assert!(topics.iter().all(|topics| topics.contains("\"prp\"")), "{topics:?}");
    let output =
        fineprint(&["show", "corpora/policies/tamarack-community/new-technology-review.txt", "--topic", "moon"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--topic moon is no topic"), "a slip is named");
}

/// What the commands that ask across policies write below the folder.
fn ask_all(documents: &str, one: &str, service: &str, code: &str, folder: &Path) -> Vec<(String, String)> {
    let mut written = Vec::new();
    let mut write = |name: &str, words: &[&str]| {
        let path = folder.join(name);
        let mut all = words.to_vec();
        all.extend(["--output", path.to_str().expect("UTF-8")]);
        done(&all);
        written.push((name.to_owned(), fs::read_to_string(&path).expect("written")));
    };
    for format in ["md", "csv", "html"] {
        write(&format!("plans.{format}"), &["compare", "--service", service, documents, "--format", format]);
    }
    for format in ["md", "csv"] {
        write(&format!("found.{format}"), &["find", code, documents, "--format", format]);
    }
    write("brief.md", &["brief", one, "--service", service]);
    written
}

#[test]
fn comparisons_finds_and_briefs_hold_until_one_letter_is_another() {
    let folder = folder("reports-asked");
    let samples = "corpora/policies";
    let one = "corpora/policies/northmere-health/platelet-rich-plasma.pdf";
    let asked = ask_all(samples, one, "platelet-rich plasma", "0232T", &folder);
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    done(&["brief", one, "--service", "PRP", "--output", &path("brief.docx")]);
    done(&["rules", "codebook", "--output", &path("codebook.html")]);
    done(&["diff", one, one, "--format", "json", "--output", &path("changes.json")]);
    done(&["extract", one, "--format", "json", "--output", &path("extraction.json")]);
    assert_eq!(fineprint(&["analyze", &path("")]).status.code(), Some(1), "none of it is taken for a policy");
    for (name, text) in asked {
        let path = folder.join(&name);
        let path = path.to_str().expect("UTF-8");
        let said = done(&["verify", path, samples]);
        assert!(said.contains("all hold") && !said.contains(" 0 quotes"), "{name}: {said}");
        // A word that stands in quotes only: the first long one behind the first quotation mark of a row.
        let at = match name.as_str() {
            "plans.csv" | "found.csv" => text.match_indices("considered").next().or(text.match_indices("0232T").next()),
            "plans.html" => text.match_indices("class=\"qt\">").next(),
            _ => text.match_indices("> “").next(),
        };
        let at = at.expect("a quote").0 + 12;
        let letter = at + text[at..].find(|c: char| c.is_ascii_lowercase() && c != 'e').expect("a letter");
        let changed = format!("{}e{}", &text[..letter], &text[letter + 1..]);
        fs::write(folder.join(&name), changed).expect("writable");
        assert_eq!(fineprint(&["verify", path, samples]).status.code(), Some(2), "{name} with one letter changed");
    }
}

#[test]
fn a_changed_letter_and_a_lost_document_are_named_with_their_line() {
    let folder = folder("reports-changed");
    let report = folder.join("one.md");
    let path = report.to_str().expect("UTF-8");
    let document = "corpora/policies/tamarack-community/new-technology-review.txt";
    done(&["show", document, "--format", "md", "--output", path]);
    let text = fs::read_to_string(&report).expect("written");
    let line = text.lines().position(|line| line.starts_with("> “")).expect("a quote") + 1;
    let quote = text.lines().nth(line - 1).expect("it is there");
    let letter = quote.char_indices().filter(|(_, c)| c.is_ascii_lowercase()).nth(9).expect("a letter").0;
    let other = if &quote[letter..=letter] == "e" { "a" } else { "e" };
    let changed = format!("{}{other}{}", &quote[..letter], &quote[letter + 1..]);
    fs::write(&report, text.replacen(quote, &changed, 1)).expect("writable");
    let output = fineprint(&["verify", path, document]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("one.md:{line}: ")) && said.contains("not in the document"), "{said}");
    let output = fineprint(&["verify", path, "corpora/policies/cobalt-river"]);
    assert_eq!(output.status.code(), Some(2), "another document is not the one that is named");
}

/// A policy in which everything that a reader's program might act on stands inside of sentences.
fn hostile_policy() -> String {
    let words = "<script>alert(1)</script> </script> <img src=x onerror=alert(2)> =HYPERLINK(\"http://evil.example\") \
                 \u{1b}[31m\u{1b}]0;gone\u{7} \u{202e}desrever\u{202c} \u{200f} [x](javascript:alert(3)) | `code` ";
    let long = "word ".repeat(200_000);
    format!(
        "Pond {words} Health\n\nMedical Policy MP-1\n\nPOLICY STATEMENT\n\nMoonlight therapy {words} is considered \
         investigational for all indications.\n\n=SUM(A1) therapy is considered not medically necessary.\n\n\
         @evil therapy is not covered {long} and is excluded from coverage.\n\nRequests are reviewed on a case-by-case basis {words}.\n"
    )
}

#[test]
fn hostile_words_are_inert_in_every_output() {
    let folder = folder("reports-hostile");
    let documents = folder.join("documents");
    fs::create_dir_all(&documents).expect("a folder can be made");
    fs::write(documents.join("=1+1.txt"), hostile_policy()).expect("writable");
    let out = folder.join("out");
    fs::create_dir_all(&out).expect("a folder can be made");
    let documents = documents.to_str().expect("UTF-8");
    write_all(documents, &out);
    let table = done(&["analyze", documents]);
    let page = done(&["show", &format!("{documents}/=1+1.txt")]);
    let mut texts = vec![("table".to_owned(), table), ("page".to_owned(), page)];
    for format in ["ris", "bibtex", "csl-json"] {
        texts.push((format.to_owned(), done(&["cite", documents, "--format", format])));
    }
    let one = format!("{documents}/=1+1.txt");
    let asked = folder.join("asked");
    fs::create_dir_all(&asked).expect("a folder can be made");
    texts.extend(ask_all(documents, &one, "moonlight", "MP-1", &asked));
    texts.push(("plans".to_owned(), done(&["compare", "--service", "moonlight", documents])));
    texts.push(("found".to_owned(), done(&["find", "MP-1", documents])));
    for name in
        ["all.md", "one.html", "site/index.html", "tables/findings.csv", "tables/statements.csv", "tables/policies.csv"]
    {
        texts.push((name.to_owned(), fs::read_to_string(out.join(name)).expect("written")));
    }
    for (name, text) in &texts {
        let steers =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200e}' | '\u{200f}');
        assert!(!text.contains(steers), "{name} holds what steers");
    }
    let named = |name: &str| &texts.iter().find(|(known, _)| known == name).expect("it was read").1;
    for page in ["one.html", "plans.html"] {
        assert!(!named(page).contains("<script>alert") && !named(page).contains("<img"), "{page}");
    }
    for page in ["all.md", "plans.md", "found.md", "brief.md"] {
        let bare = |sign: char| named(page).match_indices(sign).any(|(at, _)| !named(page)[..at].ends_with('\\'));
        assert!(!bare('<') && !named(page).contains("[x]("), "{page}");
    }
    for table in ["tables/findings.csv", "tables/statements.csv", "tables/policies.csv", "plans.csv", "found.csv"] {
        let mut rows = csv::Reader::from_reader(named(table).as_bytes());
        for row in rows.records() {
            let row = row.expect("a row");
            assert!(row.iter().all(|cell| !cell.trim_start().starts_with(['=', '+', '@'])), "{table}: {row:?}");
        }
    }
    let brief = out.join("brief.docx");
    done(&["brief", &one, "--service", "moonlight", "--output", brief.to_str().expect("UTF-8")]);
    for archive in [out.join("all.xlsx"), brief] {
        let file = fs::File::open(&archive).expect("written");
        let mut parts = zip::ZipArchive::new(file).expect("it is an archive");
        for index in 0..parts.len() {
            let mut part = String::new();
            parts.by_index(index).expect("a part").read_to_string(&mut part).expect("parts are XML");
            for active in ["<f>", "<script", "<w:hyperlink", "<w:instrText", "DDE", "\u{1b}", "\u{202e}", "\u{200f}"] {
                assert!(!part.contains(active), "part {index} of {} holds {active}", archive.display());
            }
        }
    }
    done(&["verify", out.to_str().expect("UTF-8"), documents]);
}

#[test]
fn flags_that_do_not_fit_are_said_to() {
    let wrong = |words: &[&str], expected: &str| {
        let output = fineprint(words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(said.contains(expected), "{said}");
    };
    wrong(&["analyze", "corpora/policies", "--format", "html"], "--output report.html");
    wrong(&["analyze", "corpora/policies", "--format", "md", "--table", "codes"], "--format csv");
    wrong(&["analyze", "corpora/policies", "--single"], "--format html");
    wrong(&["verify", "LICENSE-MIT"], "name a report");
}

#[test]
fn a_run_record_names_inputs_rules_and_counts() {
    let folder = folder("reports-record");
    let record = folder.join("run.json");
    let run = || {
        done(&[
            "analyze",
            "corpora/policies",
            "--as-of",
            "2026-06-01",
            "--run-record",
            record.to_str().expect("UTF-8"),
        ]);
        fs::read_to_string(&record).expect("written")
    };
    let first = run();
    assert_eq!(first, run());
    let record: serde_json::Value = serde_json::from_str(&first).expect("it is JSON");
    assert_eq!((&record["counts"]["documents"], &record["as_of"]), (&24.into(), &"2026-06-01".into()));
    assert!(record["inputs"].as_array().is_some_and(|inputs| inputs.iter().all(|input| input["sha256"].is_string())));
}

#[test]
fn the_ending_of_the_output_decides_and_a_contradiction_is_an_error() {
    let folder = folder("reports-endings");
    let one = "corpora/policies/tamarack-community/new-technology-review.txt";
    let write = |command: &str, name: &str| {
        let path = folder.join(name);
        let to = [one, "--output", path.to_str().expect("UTF-8")];
        done(&command.split(' ').chain(to).collect::<Vec<_>>());
        fs::read(path).expect("written")
    };
    for (command, name, begins) in [
        ("analyze", "a.xlsx", "PK"),
        ("analyze", "a.json", "["),
        ("analyze", "a.csv", "path,"),
        ("analyze", "a.HTML", "<!doctype html>"),
        ("cite", "a.bib", "@"),
        ("cite", "b.json", "["),
        ("cite", "a.txt", "TY  - "),
        ("compare --service moonlight", "b.html", "<!doctype html>"),
        ("find 0232T", "b.csv", "payer,policy,"),
    ] {
        let written = write(command, name);
        assert!(written.starts_with(begins.as_bytes()), "{name}: {}", String::from_utf8_lossy(&written[..20]));
    }
    let output = fineprint(&["analyze", one, "--format", "xlsx", "--output", "a.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("do not fit"), "the contradiction is named");
}

#[test]
fn an_earlier_reports_pages_go_and_other_files_stay() {
    let folder = folder("reports-stale");
    let pages = folder.join("policies");
    let write = |documents: &str| {
        done(&["analyze", documents, "--format", "html", "--output", folder.to_str().expect("UTF-8")]);
        fs::read_dir(&pages).expect("there are pages").count()
    };
    assert_eq!(write("corpora/policies"), 24);
    fs::write(pages.join("notes.html"), "<p>Mine.</p>").expect("writable");
    let few = write("corpora/policies/tamarack-community");
    assert_eq!(few, 1 + fs::read_dir("corpora/policies/tamarack-community").expect("samples").count());
    assert_eq!(fs::read_to_string(pages.join("notes.html")).expect("it is there"), "<p>Mine.</p>");
}

#[test]
fn paper_says_what_it_leaves_out() {
    let folder = folder("reports-paper");
    let path = folder.join("one.html");
    done(&["analyze", "corpora/policies", "--output", path.to_str().expect("UTF-8")]);
    let page = fs::read_to_string(path).expect("written");
    let folded = page.matches(" more</summary>").count() + page.matches(" more in this list</summary>").count();
    assert!(folded > 5);
    assert_eq!(page.matches(" on the screen version.</p>").count(), folded);
}

#[test]
fn corrections_decide_and_every_report_counts_them() {
    let folder = folder("reports-corrected");
    let one = "corpora/policies/tamarack-community/new-technology-review.txt";
    let read = |more: &[&str]| -> serde_json::Value {
        let words = [&["analyze", one, "--format", "jsonl"], more].concat();
        serde_json::from_str(done(&words).trim()).expect("a line is JSON")
    };
    let plain = read(&[]);
    let barrier = plain["summary"]["barriers"][0]["finding"].as_str().expect("a barrier");
    let findings = plain["findings"].as_array().expect("findings");
    let other = findings.iter().find(|finding| finding["operative"] == false).expect("one that is not operative");
    let other = other["id"].as_str().expect("an id");
    let file = folder.join("corrections.csv");
    let rows = format!(
        "{barrier},reject,A,not theirs,2026-11-25\n{other},accept,A,theirs,2026-11-25\nff,accept,A,b,2026-11-25\n"
    );
    fs::write(&file, format!("id,verdict,who,why,date\n{rows}")).expect("writable");
    let flags = ["--corrections", file.to_str().expect("UTF-8")];
    for more in [&flags[..], &[flags[0], flags[1], "--no-isolate"]] {
        let now = read(more);
        let of = |id: &str| {
            let findings = now["findings"].as_array().expect("findings");
            findings.iter().find(|finding| finding["id"] == id).expect("none is left out")
        };
        assert_eq!((&of(barrier)["operative"], &of(other)["operative"]), (&false.into(), &true.into()));
        assert_eq!(of(barrier)["corrected"]["why"], "not theirs");
        assert!(!now["summary"]["barriers"].to_string().contains(barrier), "what is rejected is in no summary");
    }
    for name in ["a.md", "a.html", "a.txt", "run.json"] {
        let path = folder.join(name);
        let path = path.to_str().expect("UTF-8");
        let to = if name == "run.json" { ["--run-record", path] } else { ["--output", path] };
        let output = fineprint(&[&["analyze", one], &flags[..], &to].concat());
        assert!(String::from_utf8_lossy(&output.stderr).contains("1 correction of no finding here: ff"), "{name}");
        let text = fs::read_to_string(path).expect("written");
        let counted = if name == "run.json" { "\"rejected_by_hand\": 1" } else { "1 accepted, 1 rejected" };
        assert!(text.contains(counted), "{name}");
    }
    let page = done(&["show", one, flags[0], flags[1]]);
    assert!(page.contains("1 accepted, 1 rejected"), "{page}");
    let rows = done(&["analyze", one, flags[0], flags[1], "--format", "csv", "--table", "findings"]);
    assert!(rows.contains(",reject,A,not theirs,2026-11-25"), "the table names who, why and when");
}
