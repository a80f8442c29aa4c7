//! Making the catalog, and bringing an older one up to date.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// Each step from one state of the catalog to the next; the first makes it. Steps are added, never changed.
const STEPS: [&str; 1] = [include_str!("schema.sql")];

/// "fine" in ASCII: marks the SQLite file as ours.
const APPLICATION: i32 = 0x6669_6e65;

/// Sets a connection up: waiting for other processes, foreign keys.
pub(super) fn configure(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch("PRAGMA busy_timeout = 30000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")?;
    Ok(())
}

/// Sets a connection up that writes: write-ahead log and full durability.
pub(super) fn log(db: &Connection) -> Result<(), StoreError> {
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    db.execute_batch("PRAGMA synchronous = FULL;")?;
    Ok(())
}

/// Brings the catalog of `folder` up to date. A catalog that is up to date is left as it is.
pub(super) fn migrate(db: &mut Connection, folder: &str) -> Result<(), StoreError> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let state = state(&transaction, folder)?;
    for step in &STEPS[state..] {
        transaction.execute_batch(step)?;
    }
    if state < STEPS.len() {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", i64::try_from(STEPS.len()).unwrap_or(i64::MAX))?;
    }
    transaction.commit()?;
    Ok(())
}

/// Refuses a catalog that must be written before it can be read.
pub(super) fn is_current(db: &Connection, folder: &str) -> Result<(), StoreError> {
    if state(db, folder)? == STEPS.len() {
        return Ok(());
    }
    let (folder, found) = (folder.to_owned(), "of an earlier fineprint, and cannot be written".to_owned());
    Err(StoreError::Foreign { folder, found, hint: "open a copy of it where it can be written" })
}

/// The state of a catalog that is ours.
fn state(db: &Connection, folder: &str) -> Result<usize, StoreError> {
    let foreign = |found: String, hint| StoreError::Foreign { folder: folder.to_owned(), found, hint };
    let state: usize = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let application: i32 = db.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && application != APPLICATION {
        return Err(foreign("another program's".to_owned(), "name another folder with --store"));
    }
    if state > STEPS.len() {
        let found = format!("of a later fineprint (state {state}, this one knows {})", STEPS.len());
        return Err(foreign(found, "use that fineprint, or a newer one"));
    }
    Ok(state)
}
