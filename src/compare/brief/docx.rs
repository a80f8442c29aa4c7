//! A brief as a Word document: paragraphs with six plain styles, nothing embedded, no macro, no link.

use std::fmt::Write as _;
use std::io::{Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Part;
use crate::compare::escape::html as xml;
use crate::report::ARCHIVE;

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = include_str!("styles.xml");

/// Writes the parts as DOCX; the same parts give the same bytes.
///
/// # Errors
/// Those of `out`.
pub fn docx(out: impl Write + Seek, parts: &[Part]) -> std::io::Result<()> {
    let mut archive = ZipWriter::new(out);
    // Without a time of their own the entries have that of the format's beginning: no clock is asked.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let files = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/document.xml", &document(parts)),
    ];
    for (name, text) in files {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    archive.set_comment(ARCHIVE)?;
    archive.finish()?.flush()
}

fn document(parts: &[Part]) -> String {
    let mut body = String::new();
    for part in parts {
        match part {
            Part::Title(words) => paragraph(&mut body, "Title", words),
            Part::Heading(words) => paragraph(&mut body, "Heading1", words),
            Part::Words(words) => paragraph(&mut body, "Normal", words),
            Part::Exhibit(number, quotes, citation) => {
                for (at, one) in quotes.iter().enumerate() {
                    let number = if at == 0 { format!("Exhibit {number}. ") } else { String::new() };
                    paragraph(&mut body, "Quote", &format!("{number}“{}”", one.quote));
                    paragraph(&mut body, "Citation", &format!("{}, {citation}, SHA-256 {}", one.place, one.sha256));
                }
            }
            Part::Criterion(level, one) => {
                let indent = "\u{2003}".repeat(usize::from(level.saturating_sub(1).min(5)));
                paragraph(&mut body, "Tick", &format!("{indent}☐ “{}” ({})", one.quote, one.place));
            }
            Part::File(path) => paragraph(&mut body, "Citation", path),
            Part::Tick(level, words) => {
                let indent = "\u{2003}".repeat(usize::from(level.saturating_sub(1).min(5)));
                paragraph(&mut body, "Tick", &format!("{indent}☐ {words}"));
            }
            Part::Blank(words) => paragraph(&mut body, "Tick", &format!("{words}: ______________________________")),
            Part::Small(words) => paragraph(&mut body, "Citation", words),
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"12240\" \
         w:h=\"15840\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" \
         w:footer=\"720\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

fn paragraph(body: &mut String, style: &str, words: &str) {
    // What opens a cell of a spreadsheet or a tag is plain text here; the indent's wide blanks survive as they are.
    let indent: String = words.chars().take_while(|c| *c == '\u{2003}').collect();
    write!(
        body,
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{indent}{}</w:t></w:r></w:p>",
        xml(words)
    )
    .expect("a string can always be written to");
}
