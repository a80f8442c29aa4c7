//! Stores that can only be read, that hold nothing, and that are named as folders.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::{command, folder};

/// Runs fineprint in `at`; it must end with `code`.
fn fineprint(at: &Path, words: &[&str], code: i32) -> Output {
    let output = command(words).current_dir(at).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(code), "{words:?}: {}", text(&output.stderr));
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[cfg(unix)]
#[test]
fn a_store_of_somebody_else_is_read_and_what_cannot_be_written_names_it() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let at = folder("store-read-only");
    let inbox = concat!(env!("CARGO_MANIFEST_DIR"), "/corpora/policies/northmere-health");
    let added = fineprint(&at, &["add", inbox, "--store", "store"], 0);
    assert!(text(&added.stderr).contains("3 new documents"), "{}", text(&added.stderr));
    let store = at.join("store");
    let locked = [store.join("lock"), store.join("catalog.sqlite"), store.clone()];
    let allow = |write: u32| {
        for path in &locked {
            let mode = fs::metadata(path).expect("it is there").permissions().mode() & !0o222 | write;
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
        }
    };
    allow(0);
    let run = |words: &[&str]| {
        let mut command = command(words);
        command.current_dir(&at);
        // Nothing is locked for root.
        if fs::File::options().append(true).open(store.join("lock")).is_ok() {
            command.uid(65534);
        }
        let output = command.output().expect("the binary starts");
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, out, said) = run(&["analyze", "--store", "store", "--format", "jsonl"]);
    let (status, ..) = run(&["status", "--store", "store"]);
    let (refused, _, why) = run(&["add", inbox, "--store", "store"]);
    allow(0o200);
    // Somebody who may write has it open: what is in the log alone is read too, and nothing is read past it.
    let mut open = fineprint::store::Store::open(&store).expect("it opens");
    let at_noon = fineprint::store::Moment::parse("2026-11-25T12:00:00Z").expect("a moment");
    let late = fineprint::store::NewSource { id: "late", payer: Some("Late Health"), definition: "", at: &at_noon };
    open.put_source(&late).expect("a source is kept");
    allow(0);
    let (beside, listed, _) = run(&["status", "--store", "store"]);
    allow(0o200);
    drop(open);
    assert!(beside == Some(0) && listed.contains("Late Health"), "{listed}");
    assert_eq!((code, out.lines().count(), status), (Some(0), 3, Some(0)), "{said}");
    assert!(refused == Some(2) && why.contains("store/lock could not be locked"), "{why}");
}

#[test]
fn a_payer_that_can_name_no_source_is_refused_and_an_empty_store_says_so() {
    let at = folder("store-nameless");
    fs::write(at.join("a.txt"), "The service is considered investigational.").expect("it can be written");
    fs::write(at.join("fineprint.csv"), "path;payer\nb.txt;Blue\n").expect("it can be written");
    let refused = fineprint(&at, &["add", "a.txt", "--payer", "Ü", "--store", "store"], 2);
    assert!(text(&refused.stderr).contains("no letter from a to z"), "{}", text(&refused.stderr));
    assert!(text(&refused.stderr).contains("fineprint.csv tells of files"), "{}", text(&refused.stderr));
    let named = fineprint(&at, &["analyze", "store"], 2);
    assert!(text(&named.stderr).contains("store is a store"), "{}", text(&named.stderr));
    let empty = fineprint(&at, &["status", "--store", "store"], 1);
    assert!(text(&empty.stderr).contains("store holds nothing yet"), "{}", text(&empty.stderr));
}
