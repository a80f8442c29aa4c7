//! DOCX through the whole chain: an archive as it is, or its parts, NUL between them, packed into one.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The parts in the order of the input.
const PARTS: [&str; 5] =
    ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "word/_rels/document.xml.rels"];

fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK") {
        return fineprint_fuzz::hold(data);
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in PARTS.iter().zip(data.split(|byte| *byte == 0)) {
        archive.start_file(*name, options).expect("memory takes it");
        archive.write_all(part).expect("memory takes it");
    }
    fineprint_fuzz::hold(archive.finish().expect("memory takes it").get_ref());
});
