//! Our layout over invented glyph streams: the input places words and rules on pages of a sound PDF.
#![no_main]

use std::fmt::Write;

use libfuzzer_sys::fuzz_target;

/// What stands in policies, so that headings, lists, tables, furniture and findings come about.
const WORDS: [&str; 32] = [
    "Policy", "Coverage", "is considered", "investigational", "not medically necessary", "1.", "a.", "\\225", "-", "case-by-",
    "case", "Page", "of", "12", "References", "Background", "Revision History", "J0585", "0232T", "The plan contract", "controls",
    "all of the following:", "; and", "; or", "Description", "fi", "soft-", "www.example.org/a", "(", "2026", "hello", "\\240",
];

fuzz_target!(|data: &[u8]| {
    let pages: Vec<String> = data.split(|byte| *byte == 0xff).take(20).map(stream).collect();
    fineprint_fuzz::hold(pdf(&pages).as_bytes());
});

/// A page's drawing: four bytes a step.
fn stream(bytes: &[u8]) -> String {
    let mut out = String::from("BT /F1 10 Tf ");
    for step in bytes.chunks_exact(4) {
        let (kind, x, y) = (step[0], i32::from(step[1]) * 3 - 60, 800 - i32::from(step[2]) * 3);
        let (bold, size) = (1 + step[3] % 2, 1 + step[3] / 8);
        let word = WORDS[usize::from(kind) % WORDS.len()].replace('(', "\\(");
        let done = match kind / 32 {
            0..=2 => write!(out, "1 0 0 1 {x} {y} Tm ({word}) Tj "),
            3 => write!(out, "/F{bold} {size} Tf 1 0 0 1 {x} {y} Tm ({word}) Tj "),
            4 => write!(out, "({word}) Tj "),
            5 => write!(out, "ET {x} {y} {} {} re S BT ", i32::from(step[3]) * 2, i32::from(kind % 32)),
            6 => write!(out, "ET {x} {y} m {} {y} l S BT ", x + i32::from(step[3]) * 2),
            _ => write!(out, "0 1 -1 0 {x} {y} Tm ({word}) Tj {} Tr ", step[3] % 8),
        };
        done.expect("a string can always be written to");
    }
    out + "ET"
}

fn pdf(pages: &[String]) -> String {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
    let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {} /Kids [{}] >>", pages.len(), kids.join(" ")),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            6 + 2 * at
        ));
        objects.push(format!("<< /Length {} >> stream\n{page}\nendstream", page.len()));
    }
    let mut out = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        write!(out, "{number} 0 obj\n{object}\nendobj\n").expect("a string can always be written to");
    }
    let start = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).expect("a string can always be written to");
    for place in places {
        writeln!(out, "{place:010} 00000 n ").expect("a string can always be written to");
    }
    out + &format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
}
