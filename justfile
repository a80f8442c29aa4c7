# Recipes; `just` lists them. Each is one command that can be typed as well.

default:
    @just --list

# Everything that must hold before a change is taken.
ci:
    .ci/run

test:
    cargo test

lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

doc:
    RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps

bench:
    cargo bench

demo:
    cargo run --release -- demo

# The damaged and odd documents of tests/hostile, written anew.
hostile:
    python3 tests/scripts/hostile.py

# One static Linux binary with its checksum in target/dist: with musl where its C compiler is there, else with
# glibc linked in.
dist:
    .ci/dist

# Ten thousand mutated documents, killers, flat memory.
nightly:
    .ci/nightly

# One fuzz target for some seconds: docx, html, layout, pdf or text (docs/fuzzing.md).
fuzz target seconds="600":
    fuzz/run {{target}} {{seconds}}

# The findings that a change adds, drops or re-labels: two outputs of `analyze --format jsonl`, or two programs.
diff-corpus old new *paths="../shared/corpus":
    python3 tests/scripts/diff_corpus.py {{old}} {{new}} {{paths}}

# What each mechanism of the chain brings, on the samples and where it lies here on the shared gold.
ablation shared="../shared":
    cargo build --release
    python3 tests/scripts/ablation.py target/release/fineprint corpora/gold/samples.units.jsonl corpora/policies
    if [ -d {{shared}}/corpus ]; then python3 tests/scripts/ablation.py target/release/fineprint {{shared}}/gold/dev.gold.jsonl {{shared}}/corpus; fi
