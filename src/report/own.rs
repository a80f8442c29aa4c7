//! Whether a file is a report of ours: reports that lie among the documents are not policies.

use std::io::{Read, Seek, SeekFrom};

use super::markdown::{COUNT, HASH};
use super::verify::is_table;

/// What every page of HTML that fineprint writes has in its head.
pub(crate) const GENERATOR: &str = "<meta name=\"generator\" content=\"fineprint\">";

/// The comment of archives that fineprint writes.
pub(crate) const ARCHIVE: &str = "fineprint";

/// The largest file that is looked through, in bytes.
const MOST: u64 = 64 << 20;

/// How many bytes tell where the mark stands at the beginning.
const HEAD: u64 = 1 << 10;

/// Whether `file`, whose name ends in `ending`, is a report that fineprint wrote: HTML, JSON, CSV, Markdown, an Excel
/// workbook or a Word file. What cannot be read is none.
pub fn is_own(ending: &str, mut file: impl Read + Seek) -> bool {
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => text(&mut file, HEAD).contains(GENERATOR),
        "jsonl" | "ndjson" => text(&mut file, HEAD).starts_with("{\"schema\":\"fineprint/"),
        "json" => {
            let text = text(&mut file, MOST);
            ["\"schema\":\"fineprint/", "\"schema\": \"fineprint/"].iter().any(|mark| text.contains(mark))
        }
        "csv" => is_table(&text(&mut file, HEAD)),
        "md" => {
            let text = text(&mut file, MOST);
            text.contains(COUNT) || text.match_indices(HASH).any(|(at, _)| is_hash(&text[at + HASH.len()..]))
        }
        "xlsx" | "docx" => is_own_archive(file),
        _ => false,
    }
}

/// The first `most` bytes as text.
fn text(file: &mut impl Read, most: u64) -> String {
    let mut bytes = Vec::new();
    // What cannot be read holds no mark.
    let _ = file.take(most).read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn is_hash(text: &str) -> bool {
    text.get(..64).is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether an archive says so in its comment, as our Word files do, or as its title, as our workbooks do.
fn is_own_archive(mut file: impl Read + Seek) -> bool {
    if file.seek(SeekFrom::End(0)).map_or(true, |size| size > MOST) {
        return false;
    }
    let Ok(mut archive) = zip::ZipArchive::new(file) else { return false };
    if archive.comment() == ARCHIVE.as_bytes() {
        return true;
    }
    let Ok(mut properties) = archive.by_name("docProps/core.xml") else { return false };
    text(&mut properties, HEAD).contains("<dc:title>fineprint</dc:title>")
}
