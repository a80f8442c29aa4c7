//! HTML through the whole chain.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| fineprint_fuzz::hold(&[b"<html>", data].concat()));
