//! Whether a file is a report of ours: reports that lie among the documents are not policies.

use std::io::{Read, Seek, SeekFrom};

use super::markdown::{COUNT, HASH};
use super::tables::Table;
use crate::text::single_blanks;

/// What every page of HTML that fineprint writes has in its head.
pub(crate) const GENERATOR: &str = "<meta name=\"generator\" content=\"fineprint\">";

/// The comment of archives that fineprint writes.
pub(crate) const ARCHIVE: &str = "fineprint";

/// The largest file that is looked through, in bytes.
const MOST: u64 = 64 << 20;

/// How much of a text for reading is looked through, in bytes.
const READ: u64 = 8 << 20;

/// How many bytes tell where the mark stands at the beginning.
const HEAD: u64 = 1 << 12;

/// The heads of tables that are written elsewhere: comparisons, places of a code, changes, gaps, units to code, the
/// data dictionary.
const HEADS: [&str; 6] = [
    "group,payer,policy,path,sha256,stance,stance_quote,stance_page,also,also_quote,also_page,strongest_barrier,strongest_barrier_quote,strongest_barrier_page,strongest_lever,strongest_lever_quote,strongest_lever_page,criteria,criteria_quote,criteria_page,dates,dates_quote,dates_page,room,room_quote,room_page",
    "payer,policy,where,page,quote,path,sha256",
    "change,whose,because,kind,old_label,old_quote,old_page,old_heading,new_label,new_quote,new_page,new_heading",
    "document,page,section,heading,trigger,rejected_by,text,labels",
    "key,document,before,text,labels",
    "table,column,type,description,in_the_json",
];

/// Words that stand in what is written for reading, whatever its lines are.
const WORDS: [&str; 4] = [
    "fineprint's. The plan's contract governs.",
    "copied by fineprint from the document named with each",
    "Codes as applied by fineprint ",
    " is named in none of the policies that were read That says nothing about coverage",
];

/// Before the hash of the copy that is cited.
const COPY: &str = "SHA-256 ";

/// How lines begin that cite: of RIS, BibTeX and CSL-JSON.
const CITES: [&str; 3] = ["N1  - ", "note = {", "\"note\": \""];

/// Whether `file`, whose name ends in `ending` (nothing, where it has none), is a report that fineprint wrote: HTML, JSON,
/// CSV, Markdown, text, citations, an Excel workbook or a Word file. What cannot be read is none.
pub fn is_own(ending: &str, mut file: impl Read + Seek) -> bool {
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => text(&mut file, HEAD).contains(GENERATOR),
        "jsonl" | "ndjson" => text(&mut file, HEAD).starts_with("{\"schema\":\"fineprint/"),
        "json" => {
            let text = text(&mut file, MOST);
            ["\"schema\":\"fineprint/", "\"schema\": \"fineprint/"].iter().any(|mark| text.contains(mark))
                || names_copy(&text)
        }
        "csv" => is_table(&text(&mut file, HEAD)),
        "md" | "txt" | "ris" | "bib" | "" => is_for_reading(&text(&mut file, READ)),
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

/// Whether `text` begins with the heads of a table of ours, as we or a spreadsheet parts them.
fn is_table(text: &str) -> bool {
    let heads = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().replace([';', '\t'], ",");
    HEADS.contains(&heads.as_str()) || Table::ALL.into_iter().any(|table| table.heads().join(",") == heads)
}

/// Whether `text` is a page, a table, a comparison, a brief, citations or a codebook of ours.
fn is_for_reading(text: &str) -> bool {
    is_table(text) || begins_as_ours(text) || text.contains(COUNT) || names_copy(text) || {
        // Lines of all files are not joined for nothing.
        let may = text.contains("fineprint") || text.contains("named in none");
        may && WORDS.iter().any(|ours| single_blanks(text).contains(ours))
    }
}

/// Whether `text` begins as JSON of ours, a table of documents, a comparison of two versions or a list of rejected matches.
fn begins_as_ours(text: &str) -> bool {
    let mut lines = text.lines();
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let documents = first.split_once(" · ").is_some_and(|(count, read)| {
        let count = count.trim_end_matches('s').strip_suffix(" document");
        count.is_some_and(|count| count.parse::<usize>().is_ok()) && read.contains(" read")
    });
    documents
        || [first, second].iter().any(|line| line.starts_with("{\"schema\":\"fineprint/"))
        || first.starts_with("old  ") && second.starts_with("new  ")
        || first.contains(" “") && first.contains("” rejected by ")
}

/// Whether `text` names the hash of a copy in a line in which we write it: behind a quote, or in a citation's note.
fn names_copy(text: &str) -> bool {
    text.lines().any(|line| {
        let before = if CITES.iter().any(|cites| line.trim_start().starts_with(cites)) { COPY } else { HASH };
        line.match_indices(before).any(|(at, _)| is_hash(&line[at + before.len()..]))
    })
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
