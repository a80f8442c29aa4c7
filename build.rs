//! Content ids of the program's own reading and judging, so that a store knows which results another build made.
//! A changed source file counts, whether or not somebody remembered to raise a version.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// What turns bytes into text: sources, the tables that they hold, and the crates that they use.
const READER: [&str; 7] =
    ["Cargo.lock", "corpora/payers.tsv", "corpora/sections", "src/text", "src/policy", "src/document", "src/extract"];

/// What turns text into an analysis, beside the rule packs, which have an id of their own.
const CHAIN: [&str; 9] = [
    "src/rules",
    "src/matcher",
    "src/context",
    "src/finding",
    "src/summary",
    "src/report/model",
    "src/pipeline/chain.rs",
    "src/pipeline/told.rs",
    "corpora",
];

fn main() {
    let reader = READER.iter().fold(FNV_OFFSET, |hash, path| hashed(Path::new(path), hash));
    let chain = CHAIN.iter().fold(reader, |hash, path| hashed(Path::new(path), hash));
    println!("cargo::rustc-env=FINEPRINT_READER={reader:016x}");
    println!("cargo::rustc-env=FINEPRINT_CHAIN={chain:016x}");
    println!("cargo::rerun-if-changed=build.rs");
    for path in READER.iter().chain(&CHAIN) {
        println!("cargo::rerun-if-changed={path}");
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a over names and contents of what the program is made of, in order of names.
fn hashed(path: &Path, hash: u64) -> u64 {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a source folder can be listed");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("a source folder can be listed").path()).collect();
        paths.sort();
        return paths.iter().fold(hash, |hash, path| hashed(path, hash));
    }
    let counts = |ending: &OsStr| ["rs", "toml", "tsv", "lock"].iter().any(|counts| ending == *counts);
    if !path.extension().is_some_and(counts) {
        return hash;
    }
    let contents = fs::read(path).expect("a source file can be read");
    let name = path.to_string_lossy().replace('\\', "/");
    name.bytes().chain(contents).fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME))
}
