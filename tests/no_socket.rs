//! The commands that work on files open no network connection.

mod program;

use std::process::{Command, Output};

fn analyze(wrap: &[&str]) -> Output {
    let binary = env!("CARGO_BIN_EXE_fineprint");
    let mut words: Vec<&str> = wrap.to_vec();
    words.extend([binary, "analyze", "--format", "jsonl", "tests/hostile"]);
    program::apart(words[0])
        .args(&words[1..])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the command was found a moment ago")
}

fn works(words: &[&str]) -> bool {
    Command::new(words[0]).args(&words[1..]).output().is_ok_and(|output| output.status.success())
}

#[test]
fn the_same_bytes_without_a_network() {
    let unshare: &[&str] = if works(&["unshare", "-n", "true"]) {
        &["unshare", "-n"]
    } else if works(&["unshare", "-r", "-n", "true"]) {
        &["unshare", "-r", "-n"]
    } else {
        println!("this system makes no network namespaces for this user: .ci/no-socket checks it as root");
        return;
    };
    let (outside, inside) = (analyze(&[]), analyze(unshare));
    assert!(!outside.stdout.is_empty());
    assert_eq!(outside.stdout, inside.stdout);
    assert_eq!(outside.status.code(), inside.status.code());
}
