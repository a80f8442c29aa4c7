//! Which files a run takes: folders, links, pipes, sidecars, lists of files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::{command, fineprint, folder, lines};

/// A folder with something for every cause to skip a file, and a `.gitignore` that must not.
fn walked(name: &str) -> PathBuf {
    let folder = folder(name);
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    };
    write(".gitignore", "*.txt\n");
    write(".fineprintignore", "drafts/\n");
    write(".hidden.txt", "The service is not covered.");
    write("a.txt", "The service is not covered.");
    write("b/c.txt", "The service is not covered.");
    write("b.txt", "The service is not covered.");
    write("drafts/d.txt", "The service is not covered.");
    write("notes.md", "The service is not covered.");
    folder
}

fn paths(output: &Output, folder: &Path) -> Vec<String> {
    let start = format!("{}/", folder.to_string_lossy());
    let path = |line: Value| line["source"]["path"].as_str().expect("a path").to_owned();
    lines(output).into_iter().map(|line| path(line).replace(&start, "")).collect()
}

#[test]
fn a_walk_skips_for_three_reasons_and_counts_them() {
    let folder = walked("walk");
    let place = folder.to_string_lossy().into_owned();
    let output = fineprint(&["analyze", "--format", "jsonl", &place]);
    assert_eq!(paths(&output, &folder), ["a.txt", "b/c.txt", "b.txt", "notes.md"]);
    let output = fineprint(&["analyze", "--format", "jsonl", "--glob", "*.txt", &place]);
    assert_eq!(paths(&output, &folder), ["a.txt", "b/c.txt", "b.txt"]);
    let said = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert!(said.contains("skipped 4: 2 hidden, 1 by .fineprintignore, 1 by --glob"), "{said}");
    let output = fineprint(&["analyze", "--format", "jsonl", "--glob", "!b/**", &place]);
    assert_eq!(paths(&output, &folder), ["a.txt", "b.txt", "notes.md"]);
}

/// Opening a pipe that nobody writes into would wait for ever.
#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_skipped_and_counted() {
    let folder = folder("pipe");
    fs::write(folder.join("a.txt"), "The service is not covered.").expect("it can be written");
    std::os::unix::fs::symlink("a.txt", folder.join("link.txt")).expect("a link can be made");
    std::os::unix::fs::symlink("nowhere", folder.join("lost.txt")).expect("a link can be made");
    let made = Command::new("mkfifo").arg(folder.join("pipe.txt")).status().expect("mkfifo starts");
    assert!(made.success());
    let output = fineprint(&["analyze", "--format", "jsonl", folder.to_str().expect("UTF-8")]);
    assert_eq!(lines(&output).len(), 3);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("3 documents: 2 read, 1 not read; skipped 1: 1 no file"), "{said}");
}

#[test]
fn a_named_file_is_never_skipped_and_none_is_read_twice() {
    let folder = walked("named");
    let hidden = folder.join(".hidden.txt").to_string_lossy().into_owned();
    let place = folder.to_string_lossy().into_owned();
    let output = fineprint(&["analyze", "--format", "jsonl", &hidden, &place, &place]);
    assert_eq!(paths(&output, &folder), [".hidden.txt", "a.txt", "b/c.txt", "b.txt", "notes.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_back_to_a_folder_above_is_not_walked_for_ever() {
    let folder = walked("loop");
    std::os::unix::fs::symlink(&folder, folder.join("b/again")).expect("a link can be made");
    std::os::unix::fs::symlink(folder.join("a.txt"), folder.join("b/link.txt")).expect("a link can be made");
    let output = fineprint(&["analyze", "--format", "jsonl", "--glob", "*.txt", &folder.to_string_lossy()]);
    assert_eq!(paths(&output, &folder), ["a.txt", "b/c.txt", "b/link.txt", "b.txt"]);
}

#[test]
fn a_folder_without_documents_is_exit_1() {
    let folder = folder("none");
    let output = fineprint(&["analyze", &folder.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert!(said.contains("no document"), "{said}");
}

#[test]
fn a_sidecar_tells_and_is_no_input() {
    let folder = walked("sidecar");
    let table = "path,payer,retrieved,lob,state,number\na.txt,Harborview Mutual,2026-03-01,medicaid,OH,7\nb/c.txt,Harborview Mutual,2026-03-01,medicaid,OH,8\n";
    fs::write(folder.join("fineprint.csv"), table).expect("it can be written");
    let check = |words: &[&str], payer: &str| {
        let line = lines(&fineprint(words)).remove(0);
        assert_eq!(line["policy"]["payer"]["name"], payer);
        assert_eq!(line["policy"]["lines_of_business"], serde_json::json!(["medicaid"]));
        assert_eq!(line["policy"]["told"], serde_json::json!(["payer", "number", "lines_of_business", "states"]));
        assert_eq!(line["source"]["retrieved_at"], "2026-03-01");
    };
    let place = folder.to_string_lossy().into_owned();
    let file = folder.join("a.txt").to_string_lossy().into_owned();
    check(&["analyze", "--format", "jsonl", &place], "Harborview Mutual");
    check(&["analyze", "--format", "jsonl", &file], "Harborview Mutual");
    check(&["analyze", "--format", "jsonl", &file, "--payer", "Bluestone"], "Bluestone");
    // A table tells of the files in the folders below it, when one of them is named alone too.
    let below = folder.join("b").join("c.txt").to_string_lossy().into_owned();
    check(&["analyze", "--format", "jsonl", &below], "Harborview Mutual");
    assert_eq!(lines(&fineprint(&["analyze", "--format", "jsonl", &place])).len(), 4);
}

#[test]
fn a_bad_sidecar_row_ends_the_run_with_its_line() {
    let folder = walked("bad-sidecar");
    fs::write(folder.join("fineprint.csv"), "path,retrieved\na.txt,1 March\n").expect("it can be written");
    let output = fineprint(&["analyze", "--format", "jsonl", &folder.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert!(said.contains("fineprint.csv") && said.contains("line 2") && said.contains("2026-03-01"), "{said}");
}

#[test]
fn a_sidecar_of_any_spreadsheet_is_read_and_rows_that_fit_no_file_are_said() {
    let folder = walked("unfit-sidecar");
    let table =
        "path;payer;lob\n\na.txt;Harborview, Inc.;\"medicaid;commercial\"\nA.txt;Red;\nb;Blue;\n../x/a.txt;Green;\n";
    fs::write(folder.join("fineprint.csv"), table).expect("it can be written");
    let output = fineprint(&["analyze", "--format", "jsonl", &folder.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(lines(&output)[0]["policy"]["payer"]["name"], "Harborview, Inc.");
    let said = String::from_utf8_lossy(&output.stderr);
    let warned =
        "fineprint.csv tells of files that are not in its folder: line 4, A.txt; line 5, b; line 6, ../x/a.txt; mend";
    assert!(said.contains(warned), "{said}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_listed_is_a_line_of_the_report() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = walked("locked");
    let locked = folder.join("b");
    let allow = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode)).expect("it is ours");
    allow(0o000);
    let mut command = command(&["analyze", "--format", "jsonl", &folder.to_string_lossy()]);
    // Nothing is locked for root.
    if fs::read_dir(&locked).is_ok() {
        command.uid(65534);
    }
    let output = command.output();
    allow(0o755);
    let output = output.expect("the binary starts");
    assert_eq!(paths(&output, &folder), ["a.txt", "b", "b.txt", "notes.md"]);
    let line = &lines(&output)[1];
    assert_eq!((&line["error"]["code"], output.status.code()), (&"unreadable".into(), Some(2)));
    let message = line["error"]["message"].as_str().expect("a sentence");
    assert!(message.contains("could not be listed (permission denied)"), "{message}");
}

#[test]
fn a_list_of_files_is_as_good_as_words() {
    let folder = walked("list");
    let list = folder.join("list");
    let place = folder.join("b.txt").to_string_lossy().into_owned();
    fs::write(&list, format!("{place}\r\n\n")).expect("it can be written");
    let output = fineprint(&["analyze", "--format", "jsonl", "--files-from", &list.to_string_lossy()]);
    assert_eq!(paths(&output, &folder), ["b.txt"]);
}

#[test]
fn what_fineprint_wrote_is_no_document_whatever_it_is() {
    let folder = folder("own");
    let place = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let policy = place("policy.pdf");
    fs::copy("corpora/policies/northmere-health/platelet-rich-plasma.pdf", &policy).expect("it can be copied");
    let service = ["--service", "platelet-rich plasma"];
    let write = |words: &[&str], name: &str| {
        let output = fineprint(&[words, &["--output", &place(name)]].concat());
        assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    };
    for ending in ["txt", "json", "jsonl", "csv", "md", "html", "xlsx"] {
        write(&["analyze", &policy], &format!("analyze.{ending}"));
        write(&["show", &policy], &format!("show.{ending}"));
    }
    for table in ["findings", "statements", "codes"] {
        write(&["analyze", "--table", table, &policy], &format!("{table}.csv"));
    }
    ["ris", "bib", "json"].iter().for_each(|ending| write(&["cite", &policy], &format!("cite.{ending}")));
    for ending in ["txt", "csv", "md", "html"] {
        write(&[&["compare", &policy][..], &service].concat(), &format!("compare.{ending}"));
    }
    ["txt", "csv", "md"].iter().for_each(|ending| write(&["find", "0232T", &policy], &format!("find.{ending}")));
    ["md", "docx"].iter().for_each(|e| write(&[&["brief", &policy][..], &service].concat(), &format!("brief.{e}")));
    ["md", "html"].iter().for_each(|ending| write(&["rules", "codebook"], &format!("codebook.{ending}")));
    let other = "corpora/policies/tamarack-community/new-technology-review.txt";
    ["txt", "csv", "json"].iter().for_each(|ending| write(&["diff", &policy, other], &format!("diff.{ending}")));
    write(&["analyze", "--rejected", other], "rejected.txt");
    write(&["analyze", "--format", "csv", "--run-record", &place("run.json"), &policy], "tables");
    write(&["gaps", &policy], "gaps.csv");
    ["csv", "txt"].iter().for_each(|ending| write(&["sample", "--n", "3", &policy], &format!("sample.{ending}")));
    write(&["extract", &policy], "extract.json");
    write(&["extract", "--format", "json", &policy], "extract.txt");
    write(&["find", "99999", &policy], "none");
    fs::write(folder.join("fineprint.toml"), "jobs = 1\n").expect("it can be written");
    let hash = "a1".repeat(32);
    fs::write(folder.join("mine.txt"), format!("Prolotherapy is not covered. SHA-256 {hash} is a hash.\n"))
        .expect("ok");
    fs::write(folder.join("list.csv"), "service,sha256\nProlotherapy is not covered.,1\n").expect("it can be written");
    let output = fineprint(&["analyze", "--format", "jsonl", &folder.to_string_lossy()]);
    assert_eq!(paths(&output, &folder), ["list.csv", "mine.txt", "policy.pdf"]);
}
