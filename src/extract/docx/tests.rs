use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read;
use crate::document::LeftOutReason;
use crate::extract::{ExtractError, Limits};

const NUMBERING: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"#;

fn docx(body: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let main = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    for (name, text) in [("word/document.xml", main.as_str()), ("word/numbering.xml", NUMBERING)] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn check(body: &str, expected: &[(&str, &str)]) {
    let blocks = read(&docx(body), &Limits::default()).unwrap();
    let got: Vec<(&str, &str)> = blocks
        .iter()
        .map(|block| {
            let struck = block.left_out == Some(LeftOutReason::Struck);
            (if struck { "struck" } else { block.role.as_str() }, block.text.as_str())
        })
        .collect();
    assert_eq!(got, expected);
}

fn item(level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

#[test]
fn numbers_of_lists_are_counted_and_restart_below() {
    let body = [item(0, "One"), item(1, "sub"), item(1, "sub"), item(0, "Two"), item(1, "sub")].concat();
    check(
        &body,
        &[("item", "I. One"), ("item", "a) sub"), ("item", "b) sub"), ("item", "II. Two"), ("item", "a) sub")],
    );
}

#[test]
fn deleted_and_struck_words_are_not_current() {
    check(
        "<w:p><w:r><w:t>It is </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>now </w:t></w:r></w:ins><w:r><w:rPr><w:strike/></w:rPr><w:t>never </w:t></w:r><w:r><w:t>covered.</w:t></w:r></w:p>",
        &[("paragraph", "It is now covered."), ("struck", "not never")],
    );
}

#[test]
fn tables_are_rows_and_a_frame_is_none() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let two = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("0232T"), cell("Investigational"));
    let frame = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("Policy"));
    check(&(two + &frame), &[("row", "0232T\tInvestigational"), ("paragraph", "Policy")]);
}

#[test]
fn a_part_that_grows_past_the_limit_is_an_error() {
    let bytes = docx(&item(0, &"a".repeat(1 << 16)));
    let limits = Limits { max_text_bytes: 1 << 10, ..Limits::default() };
    assert!(matches!(read(&bytes, &limits), Err(ExtractError::Limit { .. })));
    assert!(matches!(read(b"PK\x03\x04 cut", &Limits::default()), Err(ExtractError::Unparsable { .. })));
}
