//! The commands around a fetch: a source held against its site, the demo, a disk that is full.

use std::fs;
use std::time::Duration;

use crate::program;
use crate::site::{Bench, Site, names};

#[test]
fn a_source_is_listed_checked_and_recorded_against_its_site() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(3));
    let bench = Bench::new("check", &site, "");
    let sources = |words: &[&str]| {
        let output = program::apart(env!("CARGO_BIN_EXE_fineprint"))
            .args([&["sources"], words, &["--sources", "sources"]].concat())
            .current_dir(&bench.folder)
            .output()
            .expect("the program runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code(), text)
    };
    assert!(sources(&["list"]).1.contains("never checked"));
    assert!(sources(&["show", "local"]).1.contains("payer = \"Larkspur Health\""));
    let (code, text) = sources(&["check", "local"]);
    assert!(
        code == Some(0) && text.contains("3 documents would be asked for") && text.contains("checked = \""),
        "{text}"
    );
    let (code, text) = sources(&["record", "local", "saved"]);
    assert!(code == Some(0) && text.contains("1 pages in saved"), "{text}");
    let saved = fs::read_to_string(bench.folder.join("saved/pages.toml")).expect("a table");
    assert!(saved.contains("/list\""), "{saved}");
    assert!(site.asked().iter().all(|path| path == "/robots.txt" || path == "/list"), "no document is fetched");
    site.put("/list", 200, "", "<html><body><p>The page you're looking for has moved.</p></body></html>");
    let (code, text) = sources(&["check", "local"]);
    assert!(code == Some(2) && text.contains("soft-not-found") && !text.contains("It holds"), "{text}");
}

#[test]
fn the_demo_fetches_two_invented_payers_from_this_machine() {
    let output =
        program::apart(env!("CARGO_BIN_EXE_fineprint")).args(["demo", "--fetch"]).output().expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    assert!(text.contains("larkspur-health: complete") && text.contains("1 × soft-not-found"), "{text}");
    assert_eq!(text.matches(" 0 new, 0 changed, ").count(), 2, "the second time nothing is new: {text}");
}

/// A file may grow to 64 KiB: the catalog soon needs more, as on a disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn case_42_a_disk_that_is_full_ends_a_run_and_the_next_goes_on() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(40));
    let bench = Bench::new("full", &site, "");
    let fetch = "fetch local --sources sources --store store --no-isolate";
    let script = format!("trap '' XFSZ; ulimit -f 128; exec '{}' {fetch}", env!("CARGO_BIN_EXE_fineprint"));
    let output =
        program::apart("sh").args(["-c", &script]).current_dir(&bench.folder).output().expect("a shell starts");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && text.contains("the disk of the store is full"), "{text}");
    assert!(bench.run(&["store", "verify"], "store").status.success());
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("40 listed"), "{text}");
    assert!(bench.run(&["fetch", "local", "--sources", "sources", "--no-isolate"], "whole").status.success());
    assert_eq!(bench.documents("store"), bench.documents("whole"));
    assert!(bench.run(&["store", "verify"], "store").status.success());
}
