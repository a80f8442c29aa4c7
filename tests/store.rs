//! The store held against its promises: what is kept, what makes a version, what is refused, what survives.
#![cfg(feature = "store")]

use std::fs;
use std::path::{Path, PathBuf};

use fineprint::pipeline::keep;
use fineprint::policy::MediaType;
use fineprint::store::{
    EventKind, Failure, Moment, NewCandidate, NewRun, NewSource, NewVisit, ReadText, Recorded, Role, RunId, RunResult,
    Select, Step, Store, StoreError, Taken, Versions, Yield,
};
use rusqlite::Connection;

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

#[test]
fn events_tell_what_happened_to_a_document() {
    let other = Served { bytes: b"<p>Two", ..PAGE };
    let (third, noise) = (Served { bytes: b"<p>Three", ..PAGE }, Served { bytes: b"<p>One\n", ..PAGE });
    let elsewhere = Served { url: "https://a.example/new/1", ..PAGE };
    let pdf = Served { media_type: MediaType::Pdf, ..PAGE };
    let same_pdf = Served { bytes: b"<p>One  ", ..pdf };
    let labelled = Served { revision: Some("R"), ..PAGE };
    let check =
        |name, served: &[Served<'_>], expected: &[EventKind]| assert_eq!(events_of(name, served), expected, "{name}");
    check("new", &[PAGE], &[EventKind::New]);
    check("same", &[PAGE, PAGE], &[]);
    check("noise", &[PAGE, noise], &[]);
    check("changed", &[PAGE, other], &[EventKind::Changed]);
    check("flapping", &[PAGE, other, PAGE], &[EventKind::Flapping]);
    let long: Vec<Served<'_>> = [PAGE].into_iter().chain([other; 4]).chain([third; 4]).chain([PAGE]).collect();
    check("back-after-long", &long, &[EventKind::Changed]);
    check("moved", &[PAGE, elsewhere], &[EventKind::Moved]);
    check("moved-back", &[PAGE, elsewhere, PAGE], &[]);
    check("reissued-file", &[pdf, same_pdf], &[EventKind::Reissued]);
    check("reissued-label", &[PAGE, labelled], &[EventKind::Reissued]);
    check("same-label", &[labelled, labelled], &[]);
}

#[test]
fn a_document_is_gone_only_when_a_whole_list_no_longer_has_it() {
    let mut store = store("gone");
    let first = run(&mut store, 1);
    take(&mut store, first, 1, PAGE);
    take(&mut store, first, 1, Served { key: "mp-2", url: "https://a.example/2", ..PAGE });
    take(&mut store, first, 1, Served { key: "mp-3", url: "https://a.example/3", ..PAGE });
    store.end_run(first, RunResult::Complete, &moment(1), None).expect("it ends");
    let second = run(&mut store, 2);
    take(&mut store, second, 2, PAGE);
    // Listed, and could not be had: not gone.
    let listed = NewCandidate { key: Some("mp-2"), ..NewCandidate::of(Role::Document, "https://a.example/2") };
    store.add_candidates(second, &[listed]).expect("it is kept");
    let gone = store.mark_unseen_gone(second, &moment(2)).expect("it is kept");
    assert_eq!(gone.len(), 1);
    let keys = |store: &Store, gone| {
        let stored = store.documents(&Select { gone, ..Select::default() }).expect("it can be read");
        stored.into_iter().map(|stored| stored.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(&store, false), ["mp-1", "mp-2"]);
    assert_eq!(keys(&store, true), ["mp-1", "mp-2", "mp-3"], "it stays in the store");
    let third = run(&mut store, 3);
    let back = take(&mut store, third, 3, Served { key: "mp-3", url: "https://a.example/3", ..PAGE });
    assert_eq!(back.events, [EventKind::Back]);
}

#[test]
fn versions_are_chosen_by_day_and_bytes_are_those_served() {
    let mut store = store("versions");
    for (day, bytes) in [(1, b"one".as_slice()), (5, b"two"), (9, b"three")] {
        let run = run(&mut store, day);
        take(&mut store, run, day, Served { bytes, ..PAGE });
    }
    // An older print that somebody adds later is a version, and not the one that stands.
    let late = run(&mut store, 20);
    take(&mut store, late, 3, Served { bytes: b"between", ..PAGE });
    let bytes = |select: &Select| -> Vec<String> {
        let stored = store.documents(select).expect("it can be read");
        let text = |stored: &fineprint::store::Stored| {
            String::from_utf8(store.read_blob(&stored.blob).expect("bytes")).expect("text")
        };
        stored.iter().map(text).collect()
    };
    let on = |day: u32| Select { on: Some(moment(day).date()), ..Select::default() };
    assert_eq!(bytes(&Select::default()), ["three"]);
    assert_eq!(bytes(&on(6)), ["two"]);
    assert_eq!(bytes(&on(4)), ["between"]);
    assert_eq!(bytes(&Select { versions: Versions::All, ..Select::default() }), ["one", "between", "two", "three"]);
    let before = Select { on: Some("2020-01-01".parse().expect("a day")), ..Select::default() };
    assert!(bytes(&before).is_empty(), "nothing stood on that day");
    let all = store.documents(&Select { versions: Versions::All, ..Select::default() }).expect("it can be read");
    let paths: Vec<&str> = all.iter().map(|stored| stored.path.as_str()).collect();
    assert_eq!(
        paths,
        ["bluestone/mp-1@1.html", "bluestone/mp-1@4.html", "bluestone/mp-1@2.html", "bluestone/mp-1.html"]
    );
}

#[test]
fn validators_come_back_byte_for_byte_and_only_for_bytes_that_are_there() {
    let mut store = store("validators");
    let first = run(&mut store, 1);
    take(&mut store, first, 1, PAGE);
    let validators = store.validators(PAGE.url, "gzip").expect("it can be read").expect("there are some");
    assert_eq!((validators.etag.as_deref(), validators.conditional_since), (Some(b"W/\"\xff1\"".as_slice()), 0));
    assert_eq!(store.validators(PAGE.url, "identity").expect("it can be read"), None, "another encoding, other bytes");
    let at = moment(2);
    let visit = NewVisit { status: Some(304), ..NewVisit::of(first, Role::Document, PAGE.url, &at) };
    let step = Step { visit, candidate: None, found: &[], gives: Yield::NotModified { key: PAGE.key } };
    assert!(store.record(&step).expect("a step is kept").document.is_some());
    let again = store.validators(PAGE.url, "gzip").expect("it can be read").expect("there are some");
    assert_eq!(again.conditional_since, 1);
    let rotten = vec![b'x'; fs::read(store.blob_path(&again.body)).expect("bytes").len()];
    fs::write(store.blob_path(&again.body), rotten).expect("the blob can rot");
    assert_eq!(store.validators(PAGE.url, "gzip").expect("it can be read"), None, "as many bytes, and others");
    fs::remove_file(store.blob_path(&again.body)).expect("the blob can be lost");
    assert_eq!(store.validators(PAGE.url, "gzip").expect("it can be read"), None);
}

#[test]
fn a_run_that_was_broken_off_goes_on_where_it_stopped() {
    let mut store = store("resume");
    let begun = run(&mut store, 1);
    let urls = ["https://a.example/1", "https://a.example/2", "https://a.example/3"];
    let starts = urls.map(|url| NewCandidate::of(Role::Document, url));
    assert_eq!(store.add_candidates(begun, &starts).expect("they are kept"), 3);
    assert_eq!(store.add_candidates(begun, &starts).expect("they are kept"), 0, "adding twice adds no row");
    let pending = store.pending(begun).expect("it can be read");
    let at = moment(1);
    let failure = Failure { class: "timeout", message: "no answer in 30 s: try again later" };
    let visit = NewVisit { failure: Some(failure), ..NewVisit::of(begun, Role::Document, urls[0], &at) };
    let found = [NewCandidate::of(Role::Document, "https://a.example/4")];
    store
        .record(&Step { visit, candidate: Some(pending[0].id), found: &found, gives: Yield::Nothing })
        .expect("it is kept");
    drop(store);
    let mut store = Store::open(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-resume")).expect("it opens");
    assert_eq!(store.unfinished_run(SOURCE).expect("it can be read"), Some(begun));
    let left: Vec<String> = store.pending(begun).expect("it can be read").into_iter().map(|c| c.url).collect();
    assert_eq!(left, [urls[1], urls[2], "https://a.example/4"]);
    let status = store.sources().expect("it can be read").remove(0);
    assert_eq!((status.failures[0].class.as_str(), status.failures[0].count, status.pending), ("timeout", 1, 3));
    store.end_run(begun, RunResult::Partial, &moment(1), None).expect("it ends");
    assert_eq!(store.unfinished_run(SOURCE).expect("it can be read"), None);
    assert_eq!(store.last_good_listing(SOURCE).expect("it can be read"), None);
}

#[test]
fn a_change_of_our_reader_is_no_version_of_the_payers() {
    let mut store = store("reader");
    let first = run(&mut store, 1);
    let html = b"<html><body><h1>Policy</h1><p>Knee injections are not covered.</p></body></html>".as_slice();
    // As an older reader would have read it.
    take(&mut store, first, 1, Served { bytes: html, ..PAGE });
    let path = store.blob_path(&store.documents(&Select::default()).expect("documents")[0].blob);
    let catalog = path.ancestors().nth(4).expect("the store's folder").join("catalog.sqlite");
    let other = Connection::open(catalog).expect("it opens");
    other.execute("UPDATE version SET reader = 'html/old text/1'", []).expect("it can be changed");
    let again = [html, b"<!-- nonce 7 -->"].concat();
    let settings = fineprint::pipeline::Settings::default();
    let read = keep::read(&mut store, SOURCE, PAGE.key, again.clone(), &settings).expect("it is a document");
    let blob = store.put_blob(&again).expect("bytes are kept");
    let at = moment(2);
    let taken = Taken {
        key: PAGE.key,
        url: PAGE.url,
        blob: &blob,
        reading: None,
        text: Some(&read.text),
        media_type: read.media_type,
        retrieved: None,
        payer: None,
        title: None,
        number: None,
        effective: None,
        revision: None,
        label_from: None,
        lines_of_business: &[],
        states: &[],
    };
    let visit = NewVisit { body: Some(&blob), ..NewVisit::of(first, Role::Document, PAGE.url, &at) };
    let step = Step { visit, candidate: None, found: &[], gives: Yield::Document(taken) };
    assert_eq!(store.record(&step).expect("it is kept").events, []);
}

#[test]
fn what_is_wrong_is_named_and_what_nothing_names_is_swept() {
    let mut store = store("verify");
    let first = run(&mut store, 1);
    take(&mut store, first, 1, PAGE);
    store.put_blob(b"put, and never recorded").expect("bytes are kept");
    let left = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-verify/tmp/half-written");
    fs::write(left, b"half").expect("a process can be killed here");
    let verified = store.verify().expect("it can be verified");
    assert_eq!((verified.problems.len(), verified.unreferenced, verified.temporary, verified.blobs), (0, 1, 1, 1));
    let told = store.gc(true).expect("it can be told");
    assert_eq!((told.blobs.len(), told.temporary, told.bytes), (1, 1, 27));
    assert_eq!(store.gc(false).expect("it can be swept"), told, "a dry run tells what is then done");
    assert_eq!(store.gc(false).expect("it can be swept").blobs.len(), 0);
    let stored = store.documents(&Select::default()).expect("documents").remove(0);
    let path = store.blob_path(&stored.blob);
    fs::write(&path, b"<p>0ne").expect("bytes can rot");
    let verified = store.verify().expect("it can be verified");
    assert_eq!(verified.problems.len(), 1);
    assert!(verified.problems[0].what.contains(stored.blob.as_str()) && verified.problems[0].what.contains("changed"));
    assert!(matches!(store.read_blob(&stored.blob), Err(StoreError::Damaged(_))));
    fs::write(&path, b"<p>").expect("bytes can be cut");
    assert!(store.verify().expect("it can be verified").problems[0].what.contains("3 bytes instead of 6"));
    store.put_blob(PAGE.bytes).expect("served again");
    assert_eq!(
        store.verify().expect("it can be verified").problems,
        [],
        "bytes that were cut are mended by the next fetch"
    );
}

#[test]
fn a_sweep_waits_for_writers() {
    let mut first = store("sweep");
    let second = Store::open(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-sweep")).expect("two may be open");
    assert!(matches!(first.gc(false), Err(StoreError::Busy(_))));
    drop(second);
    first.gc(false).expect("alone, it sweeps");
}

#[test]
fn two_writers_at_once_lose_nothing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-two");
    let mut first = store("two");
    let runs = [run(&mut first, 1), run(&mut first, 1)];
    std::thread::scope(|scope| {
        for (writer, id) in runs.into_iter().enumerate() {
            let folder = &folder;
            scope.spawn(move || {
                let mut store = Store::open(folder).expect("it opens");
                for n in 0..40 {
                    let (key, bytes) = (format!("mp-{n}"), format!("text {n} of {writer}"));
                    take(&mut store, id, 1, Served { key: &key, bytes: bytes.as_bytes(), ..PAGE });
                }
            });
        }
    });
    let all = Select { versions: Versions::All, ..Select::default() };
    assert_eq!(first.documents(&all).expect("documents").len(), 80);
    assert_eq!(first.verify().expect("it can be verified").problems, []);
}

#[test]
fn migrating_twice_changes_nothing_and_foreign_files_are_refused() {
    let folder = folder("migrate");
    let catalog = folder.join("catalog.sqlite");
    drop(Store::create(&folder).expect("a store can be made"));
    let dump = || {
        let db = Connection::open(&catalog).expect("it opens");
        let mut statement = db.prepare("SELECT sql FROM sqlite_schema ORDER BY name").expect("a query");
        let rows = statement.query_map([], |row| row.get::<_, Option<String>>(0)).expect("rows");
        rows.map(|row| row.expect("a row")).collect::<Vec<_>>()
    };
    let before = dump();
    drop(Store::open(&folder).expect("it opens again"));
    assert_eq!(dump(), before);
    Connection::open(&catalog).expect("it opens").execute_batch("PRAGMA user_version = 99").expect("it can be set");
    assert!(matches!(Store::open(&folder), Err(StoreError::Foreign { .. })));
    fs::remove_file(&catalog).expect("it can go");
    Connection::open(&catalog).expect("it opens").execute_batch("CREATE TABLE recipe (id)").expect("another program's");
    assert!(matches!(Store::open(&folder), Err(StoreError::Foreign { .. })));
    fs::write(&catalog, "this is no database, it only has the name of one").expect("it can be written");
    assert!(matches!(Store::open(&folder), Err(StoreError::Damaged(_))));
    assert!(matches!(Store::open(&folder.join("nothing")), Err(StoreError::NoStore(_))));
}

/// One statement for each CHECK of the schema that must refuse it, run on a store that holds one of everything.
const REFUSED: &[&str] = &[
    "INSERT INTO definition VALUES ('abc', '')",
    "UPDATE source SET id = 'Not An Id'",
    "UPDATE source SET payer = ''",
    "UPDATE source SET since = 'yesterday'",
    "UPDATE run SET started = '2026-03-01'",
    "UPDATE run SET ended = 'now', result = 'complete'",
    "UPDATE run SET ended = '2026-03-01T10:00:00Z', result = 'fine'",
    "UPDATE run SET config = '{'",
    "UPDATE run SET ended = '2026-03-01T10:00:00Z'",
    "INSERT INTO blob VALUES ('ABC', 1)",
    "UPDATE blob SET bytes = -1",
    "UPDATE visit SET role = 'guess'",
    "UPDATE visit SET url = ''",
    "UPDATE visit SET hops = '{}'",
    "UPDATE visit SET at = '2026-03-01 10:00:00'",
    "UPDATE visit SET status = 99",
    "UPDATE visit SET headers = '1'",
    "UPDATE visit SET wire_len = -1",
    "UPDATE visit SET delay_ms = -1",
    "UPDATE visit SET attempt = 0",
    "UPDATE visit SET failure_class = 'Too Large', failure_message = 'x'",
    "UPDATE visit SET failure_class = 'too-large'",
    "UPDATE candidate SET role = 'guess'",
    "UPDATE candidate SET url = ''",
    "UPDATE candidate SET key = ''",
    "UPDATE candidate SET effective = 'March'",
    "UPDATE document SET key = ''",
    "UPDATE document SET lines_of_business = 'commercial'",
    "UPDATE document SET states = '{}'",
    "UPDATE version SET ordinal = 0",
    "UPDATE version SET media_type = 'pdf'",
    "UPDATE version SET text_id = 'x'",
    "UPDATE version SET effective = 'March'",
    "UPDATE version SET label_from = 'hearsay'",
    "UPDATE version SET retrieved = 'March'",
    "UPDATE sighting SET day = '3/1/2026'",
    "UPDATE event SET kind = 'odd'",
    "UPDATE acceptance SET gate = ''",
    "UPDATE acceptance SET by = ''",
    "UPDATE derived SET analysis = 'none'",
];

#[test]
fn every_check_of_the_schema_refuses_what_it_must() {
    let mut store = store("checks");
    let begun = run(&mut store, 1);
    take(&mut store, begun, 1, PAGE);
    store.add_candidates(begun, &[NewCandidate::of(Role::Index, "https://a.example/")]).expect("it is kept");
    store.accept(SOURCE, "terms", None, "A. Reader", &moment(1)).expect("it is kept");
    let version = store.documents(&Select::default()).expect("documents")[0].version;
    let triple = fineprint::store::Triple { extractor: "x".into(), rules: "r".into(), settings: "s".into() };
    store.put_derived(&[(version, triple, "{}".to_owned())]).expect("it is kept");
    let db =
        Connection::open(Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-checks/catalog.sqlite")).expect("it opens");
    db.execute_batch("PRAGMA foreign_keys = ON").expect("they hold");
    for statement in REFUSED {
        let error = db.execute_batch(statement).expect_err(statement);
        assert!(error.to_string().contains("CHECK constraint failed"), "{statement}: {error}");
    }
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/schema.sql")).expect("the schema");
    assert_eq!(schema.matches("CHECK (").count(), REFUSED.len(), "one statement for each CHECK");
    for statement in ["UPDATE visit SET run = 99", "DELETE FROM blob", "UPDATE sighting SET version = 99"] {
        let error = db.execute_batch(statement).expect_err(statement);
        assert!(error.to_string().contains("FOREIGN KEY"), "{statement}: {error}");
    }
}
