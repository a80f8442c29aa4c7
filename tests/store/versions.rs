//! What makes a version, an event, and the version that stands.

use fineprint::pipeline::keep;
use fineprint::policy::MediaType;
use fineprint::store::{
    EventKind, NewCandidate, NewVisit, Role, RunResult, Select, Step, Store, Taken, Versions, Yield,
};
use rusqlite::Connection;

use crate::{PAGE, SOURCE, Served, events_of, moment, run, store, take};

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
