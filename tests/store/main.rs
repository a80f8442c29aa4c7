//! The store held against its promises: what makes a version, what survives, what is wrong, what is refused.
#![cfg(feature = "store")]

mod resume;
mod schema;
mod soundness;
mod versions;

use std::fs;
use std::path::{Path, PathBuf};

use fineprint::policy::MediaType;
use fineprint::store::{
    EventKind, Moment, NewRun, NewSource, NewVisit, ReadText, Recorded, Role, RunId, Step, Store, Taken, Yield,
};

const SOURCE: &str = "bluestone";

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("store-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last run's folder can go");
    }
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn moment(day: u32) -> Moment {
    Moment::parse(&format!("2026-03-{day:02}T10:00:00Z")).expect("a moment")
}

/// A store with one source.
fn store(name: &str) -> Store {
    let mut store = Store::create(&folder(name)).expect("a store can be made");
    let at = moment(1);
    let source = NewSource { id: SOURCE, payer: Some("Bluestone Health"), definition: "format = 1", at: &at };
    store.put_source(&source).expect("a source is kept");
    store
}

fn run(store: &mut Store, day: u32) -> RunId {
    let started = moment(day);
    let run = NewRun { source: SOURCE, started: &started, tool: "test", config: "{}" };
    store.begin_run(&run).expect("a run begins")
}

/// What a test serves.
#[derive(Clone, Copy)]
struct Served<'a> {
    key: &'a str,
    url: &'a str,
    bytes: &'a [u8],
    media_type: MediaType,
    revision: Option<&'a str>,
}

const PAGE: Served<'static> =
    Served { key: "mp-1", url: "https://a.example/1", bytes: b"<p>One", media_type: MediaType::Html, revision: None };

/// Takes one document as `acquire` does; its text is its bytes.
fn take(store: &mut Store, run: RunId, day: u32, served: Served<'_>) -> Recorded {
    let (at, blob) = (moment(day), store.put_blob(served.bytes).expect("bytes are kept"));
    let text = ReadText::of(&String::from_utf8_lossy(served.bytes), "test/1");
    let taken = Taken {
        key: served.key,
        url: served.url,
        blob: &blob,
        reading: None,
        text: Some(&text),
        media_type: served.media_type,
        retrieved: Some(at.date()),
        payer: Some("Bluestone Health"),
        title: None,
        number: None,
        effective: None,
        revision: served.revision,
        label_from: None,
        lines_of_business: &[],
        states: &[],
    };
    let visit = NewVisit {
        status: Some(200),
        body: Some(&blob),
        etag: Some(b"W/\"\xff1\""),
        accept_encoding: "gzip",
        headers: &[("etag".to_owned(), b"W/\"\xff1\"".to_vec())],
        ..NewVisit::of(run, Role::Document, served.url, &at)
    };
    store.record(&Step { visit, candidate: None, found: &[], gives: Yield::Document(taken) }).expect("a step is kept")
}

/// Serves each in a run of its own, a day apart, and gives the events of the last.
fn events_of(name: &str, served: &[Served<'_>]) -> Vec<EventKind> {
    let mut store = store(name);
    let mut last = Vec::new();
    for (day, served) in (1..).zip(served) {
        let run = run(&mut store, day);
        last = take(&mut store, run, day, *served).events;
    }
    assert!(store.verify().expect("it can be verified").problems.is_empty());
    last
}
