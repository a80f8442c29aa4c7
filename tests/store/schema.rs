//! The catalog: its migrations, foreign files, and each of its checks.

use std::fs;
use std::path::Path;

use fineprint::store::{NewCandidate, Role, Select, Store, StoreError};
use rusqlite::Connection;

use crate::{PAGE, SOURCE, folder, moment, run, store, take};

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

#[test]
fn a_store_that_is_opened_to_read_is_read_and_no_file_of_it_changes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-read only ü%");
    let mut made = store("read only ü%");
    let run = run(&mut made, 1);
    take(&mut made, run, 1, PAGE);
    drop(made);
    let files = || {
        let entries = fs::read_dir(&folder).expect("it can be listed");
        let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        names.sort();
        let bytes = |path: &Path| fs::read(path).unwrap_or_default();
        names.iter().map(|path| (path.clone(), bytes(path))).collect::<Vec<_>>()
    };
    fs::remove_file(folder.join("lock")).expect("it can go");
    let before = files();
    let mut store = Store::open_read_only(&folder).expect("it can be read");
    assert!(store.is_read_only() && store.verify().expect("it is sound").problems.is_empty());
    assert_eq!(store.documents(&Select::default()).expect("it can be read").len(), 1);
    let shown = folder.display().to_string();
    for refused in [store.gc(false).map(|_| ()), store.put_derived(&[])] {
        assert!(refused.expect_err("nothing is written").to_string().contains(&shown));
    }
    drop(store);
    let after = files();
    assert!(before.iter().all(|file| after.contains(file)), "a read changed the store");
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
