//! PDF through a worker process: every death of the engine is one line, and the parent lives. The worker is the
//! program that FINEPRINT names; it knows nothing of coverage, so the mutations are blind.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let program = std::env::var("FINEPRINT").expect("FINEPRINT names a built fineprint");
    fineprint_fuzz::hold_apart(&[b"%PDF-1.7\n", data].concat(), &program);
});
