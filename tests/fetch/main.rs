//! Runs over a site on this machine: what is kept, what is left alone, and how a run goes on after a break.

#![cfg(feature = "fetch")]

mod bulk;
mod cases;
mod commands;
mod gates;
mod lists;
#[path = "../program/mod.rs"]
mod program;
mod robots;
mod site;
mod versions;

use std::fs;
use std::process::{Child, Stdio};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use site::{Bench, Site, names, policy};

#[test]
fn a_run_keeps_documents_and_the_next_asks_with_conditions() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(4));
    let bench = Bench::new("twice", &site, "");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("complete; 4 listed: 4 new"), "{text}");
    assert_eq!(site.asked()[..2], ["/robots.txt", "/list"]);
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("0 new, 0 changed, 4 as they were"), "{text}");
    assert_eq!(site.not_modified.load(Ordering::Relaxed), 5, "the list and four documents");
    // Another text is another version; what is no longer listed is gone, and nothing is deleted.
    site.put("/p/lp-001.html", 200, "", policy("lp-001", "considered medically necessary"));
    site.put(
        "/list",
        200,
        "",
        "<ul><li><a href=/p/lp-000.html>a</a><li><a href=/p/lp-001.html>b</a><li><a href=/p/lp-002.html>c</a></ul>",
    );
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("1 changed, 2 as they were, 1 no longer listed"), "{text}");
    let events = bench.run(&["store", "events", "--format", "jsonl"], "store");
    let events = String::from_utf8_lossy(&events.stdout).into_owned();
    assert!(events.contains("changed") && events.contains("gone"), "{events}");
    assert!(bench.run(&["store", "verify"], "store").status.success());
}

#[test]
fn what_is_no_policy_is_evidence_and_never_a_document() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(6));
    site.put(
        "/p/lp-000.html",
        200,
        "",
        "<html><body><h1>Sorry</h1><p>The page you're looking for has moved.</p></body></html>",
    );
    site.put("/p/lp-001.html", 200, "", "");
    site.put("/p/lp-002.html", 200, "Content-Type: application/pdf\r\n", "%PDF-1.4\n1 0 obj\n<<>>");
    site.put("/p/lp-003.html", 404, "", "gone");
    let bench = Bench::new("evidence", &site, "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("6 listed: 2 new"), "{text}");
    for class in ["soft-not-found", "empty", "pdf-incomplete", "not-found"] {
        assert!(text.contains(&format!("1 × {class}")), "{class}: {text}");
    }
    assert!(!bench.documents("store").contains("looking for"));
    let status = bench.run(&["status"], "store");
    assert!(String::from_utf8_lossy(&status.stdout).contains("2 documents"));
}

#[test]
fn a_site_that_declines_is_left_alone() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(9));
    for name in names(9) {
        site.put(&format!("/p/{name}.html"), 403, "", "<html><h1>Access Denied</h1></html>");
    }
    let bench = Bench::new("declines", &site, "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("declines automated access"), "{text}");
    let asked = site.asked().iter().filter(|path| path.starts_with("/p/")).count();
    assert_eq!(asked, 2, "two refusals are enough");
    // A wall that comes with status 200 counts as one.
    for name in names(9) {
        site.put(
            &format!("/p/{name}.html"),
            200,
            "",
            "<html><body><h1>Access Denied</h1><p>Reference #18.2f</p></body></html>",
        );
    }
    assert!(bench.fetch().1.contains("bot-wall"));
    assert_eq!(site.asked().iter().filter(|path| path.starts_with("/p/")).count(), 2);
}

#[test]
fn budgets_end_a_run_and_the_next_goes_on() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(10));
    let bench = Bench::new("budget", &site, "[budget]\nrequests = 6\n");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("6 requests") && text.contains("10 listed: 3 new"), "{text}");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("4 new"), "it goes on where it stopped: {text}");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("3 new"), "{text}");
}

#[test]
fn a_run_of_a_source_that_was_described_anew_begins_anew() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(5));
    let bench = Bench::new("anew", &site, "[budget]\nrequests = 4\n");
    assert!(!bench.fetch().0);
    site.asked();
    bench.source(&site, "[budget]\nrequests = 40\n");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("5 listed"), "{text}");
    assert!(site.asked().contains(&"/list".to_owned()), "what the other rules listed is not gone on with");
    let status = bench.run(&["status"], "store");
    assert!(!String::from_utf8_lossy(&status.stdout).contains("broken off"), "{status:?}");
}

#[test]
fn nobody_is_asked_without_a_contact_and_a_dry_run_keeps_nothing() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    let bench = Bench::new("dry", &site, "");
    let output = bench.run(&["fetch", "cigna-commercial"], "store");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--contact"));
    let output = bench.run(&["fetch", "local", "--sources", "sources", "--dry-run"], "store");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && text.contains("2 documents would be asked for") && text.contains("robots.txt:"),
        "{text}"
    );
    assert!(site.asked().iter().all(|path| path == "/robots.txt" || path == "/list"));
    assert!(!bench.folder.join("store").exists());
}

/// Starts a run and kills it after a while.
fn killed(bench: &Bench, store: &str, after: Duration) {
    let mut child: Child = bench
        .command(&["fetch", "local", "--sources", "sources", "--no-isolate"], store)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    thread::sleep(after);
    let _ = child.kill();
    let _ = child.wait();
}

#[test]
fn case_42_a_run_that_is_killed_goes_on_and_ends_as_if_nothing_had_been() {
    killed_often(6);
}

#[test]
#[ignore = "takes half a minute; .ci/run has it"]
fn a_run_that_is_killed_at_fifty_moments_ends_as_if_nothing_had_been() {
    killed_often(50);
}

/// Kills runs at random moments; every sixth time the run is left to end, and its store is that of a run in peace.
fn killed_often(kills: u64) {
    let site = Site::new(Duration::from_millis(4));
    site.policies(&names(40));
    let bench = Bench::new(&format!("killed-{kills}"), &site, "");
    assert!(bench.run(&["fetch", "local", "--sources", "sources", "--no-isolate"], "whole").status.success());
    let whole = bench.documents("whole");
    let mut seed: u64 = 88_172_645_463_325_252;
    for at in 0..kills {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let store = format!("store-{}", at / 6);
        killed(&bench, &store, Duration::from_millis(20 + seed % 230));
        if bench.folder.join(&store).join("catalog.sqlite").exists() {
            let verified = bench.run(&["store", "verify"], &store);
            assert!(verified.status.success(), "kill {at}: {}", String::from_utf8_lossy(&verified.stdout));
        }
        if at % 6 == 5 || at + 1 == kills {
            let end = bench.run(&["fetch", "local", "--sources", "sources", "--no-isolate"], &store);
            assert!(end.status.success(), "{}", String::from_utf8_lossy(&end.stdout));
            assert_eq!(bench.documents(&store), whole, "the store after {at} kills");
        }
    }
}

#[test]
fn a_host_that_says_nothing_keeps_no_other_waiting() {
    let (mute, quick) = (Site::new(Duration::ZERO), Site::new(Duration::ZERO));
    mute.policies(&names(2));
    quick.policies(&names(3));
    let bench = Bench::new("mute", &mute, "");
    let text = fs::read_to_string(bench.folder.join("sources/local/source.toml")).expect("readable");
    let other = text
        .replace("\"local\"", "\"other\"")
        .replace("127.0.0.1", "localhost")
        .replace(&mute.port.to_string(), &quick.port.to_string());
    fs::create_dir_all(bench.folder.join("sources/other")).expect("a folder");
    fs::write(bench.folder.join("sources/other/source.toml"), other).expect("written");
    let silent = mute.silent();
    let mut child = bench
        .command(&["fetch", "local", "other", "--sources", "sources", "--no-isolate"], "store")
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    // All of the other host comes while the first has not answered once: its last document is asked for.
    let mut asked = Vec::new();
    while !asked.contains(&"/p/lp-002.html".to_owned()) {
        assert!(child.try_wait().expect("it can be asked").is_none(), "it ended without: {asked:?}");
        asked.extend(quick.asked());
        thread::sleep(Duration::from_millis(5));
    }
    drop(silent);
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.contains("local: complete; 2 listed: 2 new") && text.contains("other: complete; 3 listed: 3 new"),
        "{text}"
    );
}

#[test]
fn case_42_two_processes_do_not_ask_a_site_at_the_same_time() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    let bench = Bench::new("two", &site, "");
    let silent = site.silent();
    let mut first = bench
        .command(&["fetch", "local", "--sources", "sources", "--no-isolate"], "store")
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    // The site is asked by somebody who holds the store.
    while site.asked().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("another fineprint fetch"), "{text}");
    drop(silent);
    assert!(first.wait().expect("it ends").success());
}
