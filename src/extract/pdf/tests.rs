//! Whole PDFs of one page, written here.

use crate::document::{Completeness, IssueCode, Role};
use crate::extract::{ExtractError, Limits, extract};

/// A PDF of one page with this content, and annotations beside it.
fn pdf(content: &str, annotations: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [{annotations}] \
             /Resources << /Font << /F1 3 0 R >> /XObject << /I 6 0 R >> >> /Contents 5 0 R >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n\
         stream\n0\nendstream"
            .to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = out.len();
    out += &format!("{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

#[test]
fn a_link_stands_on_its_words() {
    let link = "<< /Type /Annot /Subtype /Link /Rect [72 695 400 712] \
                /A << /S /URI /URI (https://example.org/appeals) >> >>";
    let content = "BT /F1 12 Tf 18 TL 72 718 Td (Denied services may be appealed.) Tj T* (File an appeal) Tj ET";
    let document = extract(&pdf(content, link), &Limits::default()).expect("it is a PDF");
    let links: Vec<(&str, &str)> = document
        .blocks
        .iter()
        .flat_map(|block| &block.links)
        .map(|link| (link.span.of(&document.text), link.target.as_str()))
        .collect();
    assert_eq!(links, [("File an appeal", "https://example.org/appeals")]);
}

#[test]
fn pages_without_words_are_no_reading() {
    assert!(matches!(extract(&pdf("72 72 m 90 90 l S", ""), &Limits::default()), Err(ExtractError::Empty)));
    let scan = extract(&pdf("q 612 0 0 792 0 0 cm /I Do Q", ""), &Limits::default()).expect("it is a PDF");
    assert_eq!(scan.completeness, Completeness::None);
}

#[test]
fn a_stamp_on_a_scan_is_not_the_page() {
    let stamped = "q 612 0 0 700 0 92 cm /I Do Q BT /F1 9 Tf 72 20 Td (Received 03/02/2026 by the appeals unit) Tj ET";
    let document = extract(&pdf(stamped, ""), &Limits::default()).expect("it is a PDF");
    assert_eq!(document.completeness, Completeness::Partial);
    assert_eq!(document.issues[0].code, IssueCode::TextLayerPartial);
    let logo = "q 200 0 0 100 0 692 cm /I Do Q BT /F1 9 Tf 72 20 Td (Received 03/02/2026) Tj ET";
    let document = extract(&pdf(logo, ""), &Limits::default()).expect("it is a PDF");
    assert_eq!(document.completeness, Completeness::Full);
}

/// Words at a place, in a size.
fn at(x: u32, y: u32, size: u32, words: &str) -> String {
    format!("BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET ")
}

#[test]
fn a_drawn_table_in_one_column_parts_only_that_column() {
    let column = |x, word: &str| {
        (0..16).map(|line| at(x, 700 - 14 * line, 10, &format!("the {word} column goes on here {line}"))).collect()
    };
    let left: String = column(72, "left");
    let right: String = column(330, "right");
    // A heading of the left column stands as high as a line of the right one; below it a table, below that words.
    let heading = at(72, 700 - 14 * 16, 14, "Codes");
    let beside: String =
        (16..24).map(|line| at(330, 700 - 14 * line, 10, &format!("the right column goes on {line}"))).collect();
    let cells =
        at(76, 450, 10, "20610") + &at(156, 450, 10, "joint") + &at(76, 430, 10, "0232T") + &at(156, 430, 10, "tendon");
    let borders = [465, 445, 425].map(|y| format!("72 {y} m 240 {y} l S ")).concat()
        + &[72, 152, 240].map(|x| format!("{x} 425 m {x} 465 l S ")).concat();
    let under = at(72, 400, 10, "the left column ends behind its table");
    let content = [left, right, heading, beside, cells, borders, under].concat();
    let document = extract(&pdf(&content, ""), &Limits::default()).expect("it is a PDF");
    let text = &document.text;
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(place("goes on here 15") < place("Codes"), "{text}");
    assert!(place("Codes") < place("20610\tjoint") && place("0232T\ttendon") < place("the left column ends"), "{text}");
    assert!(place("the left column ends") < place("the right column goes on here 0"), "{text}");
    let headings = document.blocks.iter().filter(|block| matches!(block.role, Role::Heading { .. }));
    assert_eq!(headings.map(|block| block.span.of(text)).collect::<Vec<_>>(), ["Codes"]);
}
