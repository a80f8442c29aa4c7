//! What the next run needs of the last: validators, and where it was broken off.

use std::fs;
use std::path::Path;

use fineprint::store::{Failure, NewCandidate, NewVisit, Role, RunResult, Step, Store, Yield};

use crate::{PAGE, SOURCE, moment, run, store, take};

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
