//! What is wrong is named, what nothing names is swept, and two at once lose nothing.

use std::fs;
use std::path::Path;

use fineprint::store::{Select, Store, StoreError, Versions};

use crate::{PAGE, Served, run, store, take};

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
