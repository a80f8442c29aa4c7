//! Text through the whole chain: decoding, normalizing, lines to paragraphs, sections, sentences, findings.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| fineprint_fuzz::hold(&[b"Medical Policy\n", data].concat()));
