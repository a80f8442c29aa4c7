//! The sources by their saved pages: each has some, each names what is expected of it, and each notices the
//! ways in which a site breaks.

#![cfg(feature = "fetch")]

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use fineprint::fetch::EMBEDDED;
use fineprint::fetch::source::{Source, Status};
use fineprint::pipeline::acquire::{Expected, Saved, expected, plan_from, prove};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/sources")
}

fn sources_test(folder: &Path) -> Output {
    let mut command = program::apart(env!("CARGO_BIN_EXE_fineprint"));
    command.args(["sources", "test", "--sources"]).arg(folder).output().expect("the program runs")
}

#[test]
fn every_source_is_embedded_and_holds_on_its_saved_pages() {
    let folders: BTreeSet<String> = fs::read_dir(folder())
        .expect("there are sources")
        .map(|entry| entry.expect("listed").file_name().to_string_lossy().into_owned())
        .collect();
    let embedded: BTreeSet<String> = EMBEDDED.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(folders, embedded, "src/fetch/embedded.rs names every folder of corpora/sources");
    let output = sources_test(&folder());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn eight_payers_in_full_sixteen_drafts_and_none_checked() {
    let sources: Vec<Source> = EMBEDDED.iter().map(|(id, text)| Source::parse(text).expect(id)).collect();
    let of = |status: Status| -> Vec<&Source> { sources.iter().filter(|source| source.status == status).collect() };
    let ids = |status: Status| -> Vec<&str> { of(status).iter().map(|source| source.id.as_str()).collect() };
    let full = [
        "cigna-commercial",
        "cms-article",
        "cms-bulk-lcd",
        "cms-bulk-ncd",
        "cms-lcd",
        "cms-ncd",
        "hcsc",
        "highmark-pa",
        "independence",
        "oscar",
        "uhc-commercial",
    ];
    assert_eq!(ids(Status::Full), full);
    let drafts = [
        "aetna",
        "anthem",
        "bcbs-ks",
        "bcbs-mn",
        "bcbs-nc",
        "bcbs-sc",
        "bcbs-tn",
        "blue-shield-ca",
        "carelon",
        "centene-homestate",
        "evicore",
        "fep-blue",
        "humana",
        "kaiser-wa",
        "molina",
        "premera",
        "regence",
    ];
    assert_eq!(ids(Status::Draft), drafts);
    for source in &sources {
        assert_eq!(source.checked, "never", "{}: nobody could try it against its site yet", source.id);
    }
    for source in of(Status::Full) {
        let id = &source.id;
        assert!(source.homepage.is_some(), "{id}: a person must find the site");
        assert!(!source.lines_of_business.is_empty() && source.expect.list_min >= 10, "{id}");
        let folder = folder().join(id);
        let text = fs::read_to_string(folder.join("expected.json")).expect("what is expected");
        let wanted: Vec<Expected> = serde_json::from_str(&text).expect("JSON");
        assert!(wanted.len() >= 2, "{id}");
        for document in wanted {
            let told = |name: &str| document.meta.contains_key(name);
            assert!(document.key.is_some() && told("title"), "{id}: {document:?}");
            // Where neither the list nor the address has a number, the document's own first page has.
            assert!(told("number") || ["uhc-commercial", "cms-bulk-ncd"].contains(&id.as_str()), "{id}: {document:?}");
        }
    }
}

#[test]
fn a_source_without_pages_fails_and_a_missing_expectation_is_written_once_and_fails() {
    let work = std::env::temp_dir().join(format!("fineprint-sources-{}", std::process::id()));
    let source = work.join("premera");
    fs::create_dir_all(source.join("pages")).expect("a folder");
    let from = folder().join("premera");
    fs::copy(from.join("source.toml"), source.join("source.toml")).expect("copied");
    let output = sources_test(&work);
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("saved pages to prove it by"));
    for file in ["pages.toml", "01-list.html"] {
        fs::copy(from.join("pages").join(file), source.join("pages").join(file)).expect("copied");
    }
    let output = sources_test(&work);
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("review it and run again"));
    assert!(sources_test(&work).status.success(), "the second time it is held");
    fs::remove_dir_all(&work).expect("removed");
}

#[test]
fn a_source_that_notices_nothing_is_told() {
    let text = "format = 1\nid = \"a\"\npayer = \"A\"\nchecked = \"never\"\norigin = \"invented\"\nhosts = [\"a.test\"]\n\
                [[start]]\nurl = \"https://a.test/\"\n[[list]]\neach = { css = \"body a\" }\nlink = { attr = [\"href\"] }\npresent = \"body\"\n\
                [document]\nkind = [\"pdf\"]\n[expect]\nshrink_max = 0.4\n";
    let source = Source::parse(text).expect("a source");
    let bytes = b"<a href=1.pdf>1</a><a href=2.pdf>2</a><a href=3.pdf>3</a><a href=4.pdf>4</a>".to_vec();
    let pages = [Saved { url: "https://a.test/".to_owned(), bytes }];
    let wanted = expected(&plan_from(&source, &pages));
    assert_eq!(wanted.len(), 4);
    let wrong = prove(&source, &pages, None, &wanted);
    assert!(wrong.iter().any(|wrong| wrong.contains("an error page with status 200")), "{wrong:?}");
    let wrong = prove(&source, &pages, None, &wanted[1..]);
    assert!(wrong.iter().any(|wrong| wrong.contains("expected")), "{wrong:?}");
}
