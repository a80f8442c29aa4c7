//! The store from outside: adding, analyzing from it, what survives a killed writer, a full disk, two at once.
#![cfg(feature = "store")]

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
#[cfg(unix)]
use std::time::Duration;

use rusqlite::Connection;

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("store-cli-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last run's folder can go");
    }
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn command(at: &Path, words: &[&str]) -> Command {
    let mut command = program::apart(env!("CARGO_BIN_EXE_fineprint"));
    command.args(words).current_dir(at).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs fineprint in `at`; it must end with `code`.
fn fineprint(at: &Path, words: &[&str], code: i32) -> Output {
    let output = command(at, words).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(code), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// An inbox of invented policies; each payer has half of them.
fn inbox(at: &Path, count: usize) {
    let inbox = at.join("inbox");
    fs::create_dir_all(&inbox).expect("a folder can be made");
    let mut table = "path,payer,url,retrieved,number\n".to_owned();
    for n in 0..count {
        let payer = if n % 2 == 0 { "Bluestone Health" } else { "Harborview" };
        let html = format!(
            "<html><head><title>Policy {n}</title></head><body><h1>Policy {n}</h1><h2>Coverage</h2>\
             <p>Service number {n} is considered investigational and is not covered.</p></body></html>"
        );
        fs::write(inbox.join(format!("p{n:03}.html")), html).expect("a file can be written");
        table += &format!("p{n:03}.html,{payer},https://{n}.example/p.html,2026-11-0{},MP-{n}\n", 1 + n % 9);
    }
    fs::write(inbox.join("fineprint.csv"), table).expect("a file can be written");
}

/// What a store holds, without row numbers, moments, and what only runs that were broken off leave.
fn holdings(store: &Path) -> Vec<String> {
    let db = Connection::open(store.join("catalog.sqlite")).expect("it opens");
    let mut rows = Vec::new();
    for query in [
        "SELECT d.source || d.key || d.url || d.payer || d.number || v.ordinal || v.blob || v.text_id || v.reader || v.retrieved
           || (v.id = d.current) FROM document AS d JOIN version AS v ON v.document = d.id ORDER BY 1",
        "SELECT d.key || e.kind || e.detail FROM event AS e JOIN document AS d ON d.id = e.document ORDER BY 1",
        "SELECT url || body || status FROM (SELECT url, body, coalesce(status, '') AS status FROM visit) ORDER BY 1",
        "SELECT s.url || s.blob || s.day FROM sighting AS s ORDER BY 1",
        "SELECT sha256 || bytes FROM blob ORDER BY 1",
        "SELECT source || result FROM run WHERE ended IS NOT NULL ORDER BY 1",
    ] {
        let mut statement = db.prepare(query).expect("a query");
        let found = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
        rows.extend(found.map(|row| row.expect("a row")));
    }
    rows
}

#[test]
fn a_store_prints_what_its_documents_print_as_files() {
    let at = folder("same");
    inbox(&at, 6);
    fineprint(&at, &["add", "inbox"], 0);
    let before = holdings(&at.join("fineprint-store"));
    let again = fineprint(&at, &["add", "inbox"], 0);
    assert!(text(&again.stderr).contains("6 known already"));
    assert_eq!(holdings(&at.join("fineprint-store")), before, "adding twice adds no row");
    fineprint(&at, &["store", "export", "out"], 0);
    let files = fineprint(
        &at.join("out"),
        &["analyze", "by-hand-bluestone-health", "by-hand-harborview", "--format", "jsonl"],
        0,
    );
    let fresh = fineprint(&at, &["analyze", "--store", "fineprint-store", "--format", "jsonl"], 0);
    assert_eq!(text(&fresh.stdout), text(&files.stdout));
    assert!(text(&fresh.stdout).contains("\"retrieved_at\":\"2026-11-01\""));
    let kept = fineprint(&at, &["analyze", "--store", "fineprint-store", "--format", "jsonl"], 0);
    assert_eq!(text(&kept.stdout), text(&files.stdout));
    assert!(text(&kept.stderr).contains("6 analyses taken from the store, 0 made"));
    let other_day = fineprint(&at, &["analyze", "--store", "fineprint-store", "--as-of", "2026-12-01"], 0);
    assert!(!text(&other_day.stderr).contains("taken from the store"), "another day, another analysis");
    // What one more document needs is made; the rest is taken, and the order is that of the paths.
    fs::write(at.join("new.html"), "<h1>New</h1><h2>Coverage</h2><p>Sleep studies are not covered.</p>")
        .expect("written");
    fineprint(&at, &["add", "new.html", "--payer", "Bluestone Health", "--number", "MP-00"], 0);
    let more = fineprint(&at, &["analyze", "--store", "fineprint-store", "--format", "jsonl", "--jobs", "3"], 0);
    assert!(text(&more.stderr).contains("6 analyses taken from the store, 1 made"));
    assert_eq!(text(&more.stdout).lines().count(), 7);
    let page = fineprint(&at, &["show", "--store", "fineprint-store", "mp-3"], 0);
    assert!(text(&page.stdout).contains("investigational"));
    fineprint(&at, &["show", "--store", "fineprint-store", "MP-99"], 2);
}

#[cfg(unix)]
#[test]
fn a_command_before_reading_reads_stored_documents_too() {
    let at = folder("pre");
    inbox(&at, 1);
    fineprint(&at, &["add", "inbox"], 0);
    let read = ["analyze", "--store", "fineprint-store", "--format", "jsonl", "--pre", "cat", "--pre-glob", "*.html"];
    assert!(text(&fineprint(&at, &read, 0).stdout).contains("\"pre\":\"cat\""));
}

#[test]
fn a_second_version_is_told_and_compared() {
    let at = folder("versions");
    let add = |words: &str, day: &str| {
        let html = format!("<h1>Knee</h1><h2>Coverage</h2><p>Injections of the knee are {words}.</p>");
        fs::write(at.join("a.html"), html).expect("written");
        fineprint(&at, &["add", "a.html", "--payer", "Bluestone Health", "--number", "MP-1", "--retrieved", day], 0)
    };
    add("considered investigational", "2026-01-05");
    assert!(text(&add("considered\n  investigational", "2026-02-05").stderr).contains("1 with words that were there"));
    assert!(text(&add("considered medically necessary", "2026-03-05").stderr).contains("1 new version,"));
    let events = text(&fineprint(&at, &["store", "events"], 0).stdout);
    assert_eq!(events.lines().filter(|line| line.contains(" changed ")).count(), 1, "{events}");
    let diff = text(&fineprint(&at, &["diff", "--store", "fineprint-store", "MP-1", "--format", "json"], 0).stdout);
    assert!(diff.contains("\"dropped\"") && diff.contains("\"whose\": \"payer\""), "{diff}");
    let page = text(&fineprint(&at, &["diff", "--store", "fineprint-store", "MP-1"], 0).stdout);
    assert!(page.contains("  - Injections of the knee are considered investigational."), "{page}");
    let table = text(&fineprint(&at, &["diff", "--store", "fineprint-store", "MP-1", "--format", "csv"], 0).stdout);
    assert!(table.starts_with("change,whose,because,kind,"), "{table}");
    fineprint(&at, &["diff", "--store", "fineprint-store", "MP-1", "--to", "7"], 2);
    let stances = |words: &[&str]| {
        let all = [&["analyze", "--store", "fineprint-store", "--format", "jsonl"], words].concat();
        let lines = text(&fineprint(&at, &all, 0).stdout);
        lines.lines().map(|line| line.contains("considered investigational")).collect::<Vec<_>>()
    };
    assert_eq!(stances(&[]), [false]);
    assert_eq!(stances(&["--versions", "all"]), [true, false]);
    assert_eq!(stances(&["--as-of", "2026-02-20"]), [true], "as it stood on that day");
    let store = ["--store", "fineprint-store", "--as-of"];
    for words in [["show", "MP-1"].as_slice(), &["compare", "--service", "knee injections"], &["cite"]] {
        let on = |day: &'static str, code| fineprint(&at, &[words, &store, &[day]].concat(), code);
        let then = text(&on("2026-02-20", 0).stdout);
        assert_ne!(then, text(&on("2026-03-20", 0).stdout), "{words:?}");
        assert!(text(&on("2026-01-04", 2).stderr).contains("nothing is known of"), "{words:?}");
    }
    let before = fineprint(&at, &[["analyze"].as_slice(), &store, &["2026-01-04"]].concat(), 2);
    assert!(text(&before.stderr).contains("no document of the store was met by 2026-01-04"));
    let nope = fineprint(&at, &["analyze", "--store", "fineprint-store", "--source", "nope"], 2);
    assert!(text(&nope.stderr).contains("it has by-hand-bluestone-health"), "{}", text(&nope.stderr));
}

#[test]
fn every_command_that_asks_works_on_a_store_and_on_a_day() {
    let at = folder("commands");
    let add = |words: &str, day: &str| {
        let html = format!(
            "<h1>Knee injections</h1><p>Policy number: MP-114</p><h2>Coverage</h2><p>Platelet-rich plasma injections of the \
             knee (0232T) are {words}.</p>"
        );
        fs::write(at.join("a.html"), html).expect("written");
        fineprint(&at, &["add", "a.html", "--payer", "Bluestone Health", "--number", "MP-114", "--retrieved", day], 0);
    };
    add("considered investigational", "2026-01-05");
    add("considered medically necessary", "2026-03-05");
    let store = ["--store", "fineprint-store"];
    let on = |words: &[&str], day: &[&str]| text(&fineprint(&at, &[words, &store, day].concat(), 0).stdout);
    for words in [
        ["analyze", "--format", "jsonl"].as_slice(),
        &["show", "MP-114"],
        &["compare", "--service", "platelet-rich plasma", "--format", "csv"],
        &["find", "0232T", "--format", "csv"],
    ] {
        let (now, then) = (on(words, &[]), on(words, &["--as-of", "2026-02-20"]));
        assert!(
            now.contains("considered medically necessary") && !now.contains("considered investigational"),
            "{words:?}: {now}"
        );
        assert!(
            then.contains("considered investigational") && !then.contains("considered medically necessary"),
            "{words:?}: {then}"
        );
        let before = [words, &store, &["--as-of", "2026-01-04"]].concat();
        assert!(text(&fineprint(&at, &before, 2).stderr).contains("2026-01-04"), "{words:?}");
        let none = [words, &["--store", "elsewhere"]].concat();
        assert!(text(&fineprint(&at, &none, 2).stderr).contains("there is no store in elsewhere"), "{words:?}");
    }
}

#[test]
fn an_older_text_that_came_back_stands_again() {
    let at = folder("came-back");
    let add = |words: &str, day: &str, more: &[&str]| {
        let html = format!("<h1>Knee</h1><h2>Coverage</h2><p>Injections of the knee are {words}.</p>");
        fs::write(at.join("a.html"), html).expect("written");
        let told = ["add", "a.html", "--payer", "Bluestone Health", "--number", "MP-1", "--retrieved", day];
        text(&fineprint(&at, &[&told, more].concat(), 0).stderr)
    };
    add("not covered", "2026-01-05", &[]);
    add("covered", "2026-02-05", &[]);
    let lines = |words: &[&str]| {
        let all = [&["analyze", "--store", "fineprint-store", "--format", "jsonl"], words].concat();
        text(&fineprint(&at, &all, 0).stdout)
    };
    assert!(!lines(&[]).contains("are not covered"));
    assert!(add("not covered", "2026-01-05", &[]).contains("1 known already"), "its day is known");
    assert!(!lines(&[]).contains("are not covered"));
    add("not covered", "2026-03-05", &[]);
    assert!(lines(&[]).contains("are not covered"), "the text of the latest day stands");
    assert!(!lines(&["--as-of", "2026-02-20"]).contains("are not covered"));
    assert!(add("not covered", "2026-03-05", &[]).contains("1 known already"));
    assert!(!lines(&[]).contains("\"medicaid\""));
    assert!(add("not covered", "2026-03-05", &["--lob", "medicaid"]).contains("1 known and told anew"));
    assert!(lines(&[]).contains("\"medicaid\""), "what is told of known bytes is taken");
}

#[test]
fn files_of_one_name_in_two_folders_are_two_documents() {
    let at = folder("same-name");
    for (name, words) in [("a", "covered"), ("b", "not covered")] {
        fs::create_dir_all(at.join("in").join(name)).expect("a folder can be made");
        let html = format!("<h1>Knee</h1><h2>Coverage</h2><p>Injections of the knee are {words}.</p>");
        fs::write(at.join("in").join(name).join("policy.html"), html).expect("written");
    }
    let added = fineprint(&at, &["add", "in", "--payer", "Bluestone Health"], 0);
    assert!(text(&added.stderr).contains("2 new documents, 0 new versions"), "{}", text(&added.stderr));
    let apart = fineprint(&at, &["add", "in/a", "in/b", "--payer", "Bluestone Health", "--store", "other"], 2);
    assert!(text(&apart.stderr).contains("in/b/policy.html: not added: another file of the same name"));
}

#[test]
fn damaged_bytes_are_never_analyzed_and_adding_the_file_again_mends_them() {
    let at = folder("damaged");
    let write = |words: &str| {
        let html = format!("<h1>Knee</h1><h2>Coverage</h2><p>Injections of the knee are {words}.</p>");
        fs::write(at.join("a.html"), html).expect("written");
    };
    let add = || text(&fineprint(&at, &["add", "a.html", "--payer", "Bluestone Health", "--number", "MP-1"], 0).stderr);
    let analyze =
        |code| text(&fineprint(&at, &["analyze", "--store", "fineprint-store", "--format", "jsonl"], code).stdout);
    write("not covered");
    add();
    let db = Connection::open(at.join("fineprint-store/catalog.sqlite")).expect("it opens");
    let blob: String = db.query_row("SELECT blob FROM version", [], |row| row.get(0)).expect("a version");
    let file = at.join("fineprint-store/blobs").join(&blob[..2]).join(&blob[2..4]).join(&blob);
    let rot = || {
        let rotten = fs::read_to_string(&file).expect("text").replace("not covered", "now covered");
        fs::write(&file, rotten).expect("written");
    };
    rot();
    let line = analyze(2);
    assert!(line.contains("have changed") && !line.contains("now covered"), "{line}");
    assert!(add().contains("1 whose damaged copy was mended"));
    fineprint(&at, &["store", "verify"], 0);
    assert!(analyze(0).contains("are not covered"));
    // A damaged version that an older reader told stops no other from being added.
    rot();
    db.execute("UPDATE version SET reader = 'html/old text/1'", []).expect("it can be changed");
    write("covered");
    assert!(add().contains("1 new version,"));
}

#[test]
fn what_is_no_policy_is_not_added() {
    let at = folder("refused");
    fs::write(at.join("gone.pdf"), "<html><title>404</title><body><h1>Page not found</h1></body></html>")
        .expect("written");
    let refused = fineprint(&at, &["add", "gone.pdf", "--payer", "Bluestone Health"], 2);
    assert!(text(&refused.stderr).contains("not added: "), "{}", text(&refused.stderr));
    fs::write(at.join("a.html"), "<h1>Knee</h1><p>Injections are not covered.</p>").expect("written");
    let untold = fineprint(&at, &["add", "a.html"], 2);
    assert!(text(&untold.stderr).contains("give --payer"));
    fineprint(&at, &["store", "verify"], 0);
    fineprint(&at, &["status"], 1);
    fineprint(&at, &["status", "--store", "elsewhere"], 2);
}

/// How many blobs a store holds.
#[cfg(unix)]
fn blobs(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    paths.map(|path| if path.is_dir() { blobs(&path) } else { 1 }).sum()
}

/// The writer is killed once a number of documents lies in the store. It cannot end before: its last file is a pipe
/// into which nobody writes.
#[cfg(unix)]
#[test]
fn a_writer_that_is_killed_at_any_moment_loses_nothing_that_was_complete() {
    let at = folder("killed");
    inbox(&at, 30);
    let add = |store: &str, late: &[&str]| {
        command(&at, &[&["add", "inbox", "--store", store, "--no-isolate"], late].concat())
    };
    assert!(add("whole", &[]).output().expect("it runs").status.success());
    let expected = holdings(&at.join("whole"));
    assert!(expected.iter().filter(|row| row.contains("MP-")).count() >= 60, "documents and events");
    fs::create_dir(at.join("late")).expect("a folder can be made");
    let table = "path,payer,number\nlate.html,Harborview,MP-late\n";
    fs::write(at.join("late/fineprint.csv"), table).expect("a file can be written");
    assert!(Command::new("mkfifo").arg(at.join("late/late.html")).status().expect("it starts").success());
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..50_usize {
        // A new store every tenth round, so that kills meet beginnings, middles and nearly full stores.
        let store = format!("killed-{}", round / 10);
        let mut child = add(&store, &["late/late.html"]).spawn().expect("it starts");
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        while blobs(&at.join(&store).join("blobs")) < round % 10 * 3 {
            assert!(child.try_wait().expect("it can be asked").is_none(), "it waits for its last file");
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(random % 10_000));
        child.kill().expect("it can be killed");
        assert!(!child.wait().expect("it ends").success());
        if at.join(&store).join("catalog.sqlite").exists() {
            fineprint(&at, &["store", "verify", "--store", &store], 0);
        }
        if round % 10 == 9 {
            assert!(add(&store, &[]).output().expect("it runs").status.success());
            assert_eq!(holdings(&at.join(&store)), expected, "as if nothing had happened");
            fineprint(&at, &["store", "gc", "--store", &store], 0);
            fineprint(&at, &["store", "verify", "--store", &store], 0);
        }
    }
}

#[test]
fn a_run_that_was_killed_behind_its_last_document_is_ended_by_the_next() {
    let at = folder("ended");
    inbox(&at, 4);
    fineprint(&at, &["add", "inbox"], 0);
    let whole = holdings(&at.join("fineprint-store"));
    let db = Connection::open(at.join("fineprint-store/catalog.sqlite")).expect("it opens");
    db.execute_batch("UPDATE run SET ended = NULL, result = NULL").expect("as a kill leaves it");
    assert_ne!(holdings(&at.join("fineprint-store")), whole);
    fineprint(&at, &["add", "inbox"], 0);
    assert_eq!(holdings(&at.join("fineprint-store")), whole);
}

#[test]
fn two_processes_on_one_store_lose_nothing() {
    let at = folder("two");
    inbox(&at, 20);
    let add = || command(&at, &["add", "inbox", "--no-isolate"]).spawn().expect("it starts");
    for child in [add(), add(), add()] {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    fineprint(&at, &["store", "verify"], 0);
    let db = Connection::open(at.join("fineprint-store/catalog.sqlite")).expect("it opens");
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
    assert_eq!((count("SELECT count(*) FROM document"), count("SELECT count(*) FROM version")), (20, 20));
}

/// A file may grow to 64 KiB: the catalog soon needs more, as on a disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn case_42_a_full_disk_is_a_clear_error_and_loses_nothing() {
    let at = folder("full");
    inbox(&at, 40);
    let script =
        format!("trap '' XFSZ; ulimit -f 128; exec '{}' add inbox --no-isolate", env!("CARGO_BIN_EXE_fineprint"));
    let output = program::apart("sh").args(["-c", &script]).current_dir(&at).output().expect("a shell starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the disk of the store is full"), "{}", text(&output.stderr));
    fineprint(&at, &["store", "verify"], 0);
    fineprint(&at, &["add", "inbox"], 0);
    fineprint(&at, &["store", "verify"], 0);
    let lines = fineprint(&at, &["analyze", "--store", "fineprint-store", "--format", "jsonl"], 0);
    assert_eq!(text(&lines.stdout).lines().count(), 40);
}
