//! Whole PDFs of one page, written here.

use crate::document::{Completeness, IssueCode};
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
