//! Whole PDFs of one page, written here.

use crate::document::{Completeness, IssueCode, LeftOutReason, Role};
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

/// The matching text of a page, and the words left out as struck.
fn read(content: &str) -> (String, Vec<String>) {
    let document = extract(&pdf(content, ""), &Limits::default()).expect("it is a PDF");
    let struck = document.left_out.iter().filter(|block| block.reason == LeftOutReason::Struck);
    (document.text.trim_end().to_owned(), struck.map(|block| block.text.clone()).collect())
}

#[test]
fn words_with_a_line_through_them_are_not_current() {
    let words = at(72, 700, 12, "The implant is never experimental for the knee.");
    // "never" stands from 150 to 180 points.
    for (y, expected, struck) in [
        (704, "The implant is experimental for the knee.", vec!["never"]),
        (698, "The implant is never experimental for the knee.", vec![]),
    ] {
        let line = format!("0.7 w 150 {y} m 180 {y} l S ");
        assert_eq!(
            read(&(words.clone() + &line)),
            (expected.to_owned(), struck.into_iter().map(str::to_owned).collect())
        );
    }
    // A table's border is longer than the words it passes.
    let border = "0.7 w 60 704 m 400 704 l S ".to_owned();
    assert_eq!(read(&(words + &border)).0, "The implant is never experimental for the knee.");
}

#[test]
fn underlined_words_of_a_cell_stay_one_cell() {
    let cells = at(74, 690, 10, "Tumor panels") + &at(74, 678, 10, "of any kind") + &at(164, 690, 10, "81445");
    let underlines = "0.5 w 74 688.6 m 131.5 688.6 l S 74 676.6 m 123 676.6 l S ";
    let borders = [702, 670, 640].map(|y| format!("72 {y} m 240 {y} l S ")).concat()
        + &[72, 160, 240].map(|x| format!("{x} 640 m {x} 702 l S ")).concat();
    let next = at(74, 658, 10, "Other") + &at(164, 658, 10, "81479");
    assert_eq!(
        read(&[cells, underlines.to_owned(), borders, next].concat()).0,
        "Tumor panels of any kind\t81445\nOther\t81479"
    );
}

#[test]
fn raised_signs_stand_behind_their_words() {
    // "2" ends near 127 points.
    let content = at(72, 700, 10, "before the 2") + &at(127, 706, 8, "nd") + &at(139, 700, 10, "decade of life");
    assert_eq!(read(&content).0, "before the 2nd decade of life");
}

#[test]
fn columns_that_were_drawn_one_after_the_other_are_read_so() {
    let contents: String =
        (0..5).map(|line| at(72, 700 - 13 * line, 10, &format!("Part {line} ............. {line}"))).collect();
    let beside: String = (0..5)
        .map(|line| at(330, 700 - 13 * line, 10, &format!("Surgery {line} of the shoulder or the elbow")))
        .collect();
    let (text, _) = read(&(contents + &beside));
    assert!(text.starts_with("Part 0 ............. 0\nPart 1"), "{text}");
    assert!(text.find("Part 4").expect("it is there") < text.find("Surgery 0").expect("it is there"), "{text}");
}

#[test]
fn the_longer_left_column_goes_on_in_its_own_leading() {
    let left: String =
        (0..8).map(|line| at(72, 700 - 13 * line, 9, &format!("Left entry {line} of the list"))).collect();
    // The right one stands a third of a line lower and ends two lines before.
    let right: String =
        (0..6).map(|line| at(270, 696 - 13 * line, 9, &format!("Right entry {line} of the list"))).collect();
    let (text, _) = read(&(left + &right + &at(72, 560, 11, "Below both stands a sentence of the whole page.")));
    assert!(
        text.find("Left entry 7").expect("it is there") < text.find("Right entry 0").expect("it is there"),
        "{text}"
    );
    assert!(text.trim_end().ends_with("whole page."), "{text}");
}

#[test]
fn words_marked_as_artifacts_are_furniture_at_the_edge_alone() {
    let lines: String =
        (0..18).map(|line| at(72, 700 - 14 * line, 11, "Socks are covered where feet are cold.")).collect();
    let marked = |tag: &str, y: u32, words: &str| format!("{tag} BDC {} EMC ", at(72, y, 9, words));
    let pagination = "/Artifact << /Type /Pagination /Subtype /Header >>";
    let content = marked(pagination, 760, "Bulletin of the sock plan")
        + &lines
        + &marked("/Artifact << /Type /Layout >>", 150, "A note beside the layout")
        + &marked(pagination, 138, "This notice is part of every bulletin and")
        + &marked(pagination, 126, "its sentence goes on over more lines than")
        + &marked(pagination, 114, "running heads have.")
        + &marked("/P << /MCID 1 >>", 92, "The contract controls")
        + &format!("/Artifact BMC {} EMC ", at(72, 40, 9, "For members of the plan alone"))
        + &marked(pagination, 421, "Words in the middle of the page");
    let document = extract(&pdf(&content, ""), &Limits::default()).expect("it is a PDF");
    let furniture = document.blocks.iter().filter(|block| block.role == Role::Furniture);
    let words: Vec<&str> = furniture.map(|block| block.span.of(&document.text)).collect();
    assert_eq!(words, ["Bulletin of the sock plan", "For members of the plan alone"]);
    assert!(document.text.contains("Words in the middle of the page"));
}

#[test]
fn words_printed_over_others_are_lines_of_their_own() {
    let under = at(72, 700, 10, "started at the lowest dose, shown by");
    let over = at(72, 701, 12, "Medical policy of the plan");
    let (text, _) = read(&(under + &over));
    assert!(
        text.contains("started at the lowest dose, shown by") && text.contains("Medical policy of the plan"),
        "{text}"
    );
}

#[test]
fn words_drawn_as_outlines_are_missing_from_the_text() {
    // A wave of curves as wide and high as a line of words.
    let outline = |y: u32| {
        let curves: String =
            (0..50).map(|at| format!("{0} {y} {0} {1} {2} {y} c ", 72 + 4 * at, y + 8, 76 + 4 * at)).collect();
        format!("72 {y} m {curves} f ")
    };
    let words = at(72, 700, 10, "The plan covers the test when criteria are met.");
    let logo = words.clone() + &outline(740);
    assert_eq!(extract(&pdf(&logo, ""), &Limits::default()).expect("it is a PDF").completeness, Completeness::Full);
    let headings = words + &[660, 620, 580, 540].map(outline).concat();
    let document = extract(&pdf(&headings, ""), &Limits::default()).expect("it is a PDF");
    assert_eq!(document.completeness, Completeness::Partial);
    assert_eq!((document.issues[0].code, document.issues[0].page), (IssueCode::TextLayerPartial, Some(1)));
}

#[test]
fn a_full_line_that_ends_in_or_goes_on_in_small_letters() {
    let content =
        at(72, 720, 10, "Covered when one of these is met, as the records of the treating clinician show in full:")
            + &at(
                90,
                706,
                10,
                "A. The ejection fraction is below forty percent, or the pressure gradient is greater than or",
            )
            + &at(80, 694, 10, "equal to thirty at rest, or")
            + &at(90, 682, 10, "B. A first-degree relative carries the variant.");
    let document = extract(&pdf(&content, ""), &Limits::default()).expect("it is a PDF");
    let items = document.blocks.iter().filter(|block| matches!(block.role, Role::Item { .. }));
    let items: Vec<_> = items.map(|block| block.span.of(&document.text).trim_end()).collect();
    assert_eq!(items.len(), 2, "{items:?}");
    assert!(items[0].ends_with("greater than or equal to thirty at rest, or"), "{items:?}");
}
