//! What a body is by its own bytes, and whether it is whole. Names and headers are not believed.

use super::{Class, Failure};

/// What a source may say a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// HTML.
    Html,
    /// Office Open XML text.
    Docx,
    /// JSON whose fields hold the text.
    Json,
}

impl Kind {
    /// The name a person knows it by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Pdf => "a PDF",
            Kind::Html => "an HTML page",
            Kind::Docx => "a Word document",
            Kind::Json => "JSON",
        }
    }

    /// The kind by content, if it is one of these.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        let head = &bytes[..bytes.len().min(1024)];
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let lower: String = String::from_utf8_lossy(start).to_ascii_lowercase();
        if contains(head, b"%PDF-") {
            Some(Kind::Pdf)
        } else if head.starts_with(b"PK\x03\x04") && contains(bytes, b"word/document.xml") {
            Some(Kind::Docx)
        } else if start.starts_with(b"{") || start.starts_with(b"[") {
            Some(Kind::Json)
        } else if start.starts_with(b"<")
            && ["<!doctype", "<html", "<head", "<body", "<!--", "<div", "<h1", "<p"]
                .iter()
                .any(|tag| lower.contains(tag))
        {
            Some(Kind::Html)
        } else {
            None
        }
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Whether the bytes are a whole document of one of these kinds.
///
/// # Errors
/// `empty`, `wrong-kind`, or `pdf-incomplete` when a PDF has no end: no length in a header can tell that.
pub fn check(bytes: &[u8], kinds: &[Kind]) -> Result<Kind, Failure> {
    if bytes.trim_ascii().is_empty() {
        return Err(Failure::new(Class::Empty, "the answer has no bytes"));
    }
    let found = Kind::of(bytes);
    let Some(kind) = found.filter(|kind| kinds.contains(kind)) else {
        let wanted: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        let found = found.map_or("of no known kind", Kind::name);
        return Err(Failure::new(Class::WrongKind, format!("the answer is {found}, not {}", wanted.join(" or "))));
    };
    if kind == Kind::Pdf && !has_end(bytes) {
        return Err(no_end(bytes));
    }
    Ok(kind)
}

/// A body that ended early although HTTP could not tell: a PDF or an archive without its end.
#[must_use]
pub fn broken_off(bytes: &[u8]) -> Option<Failure> {
    // The end of an archive stands before a comment of at most 64 KiB.
    let zip = bytes.starts_with(b"PK\x03\x04");
    if zip && !contains(&bytes[bytes.len().saturating_sub(22 + (64 << 10))..], b"PK\x05\x06") {
        return Some(Failure::new(Class::Truncated, format!("the archive of {} bytes has no end", bytes.len())));
    }
    (bytes.trim_ascii_start().starts_with(b"%PDF-") && !has_end(bytes)).then(|| no_end(bytes))
}

fn no_end(bytes: &[u8]) -> Failure {
    Failure::new(Class::PdfIncomplete, format!("the PDF of {} bytes has no end", bytes.len()))
}

/// `startxref` and `%%EOF` in the last 2 KiB, and for a linearized file the length that it gives itself:
/// such a file has an `%%EOF` near its start too.
fn has_end(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    let ends = contains(tail, b"startxref") && contains(tail, b"%%EOF");
    ends && linearized_length(bytes).is_none_or(|length| length == bytes.len())
}

/// The length in the linearization dictionary, which stands in the first kilobyte.
fn linearized_length(bytes: &[u8]) -> Option<usize> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    let dictionary = head.split("/Linearized").nth(1)?.split(">>").next()?;
    let after = dictionary
        .split("/L")
        .skip(1)
        .find(|rest| rest.starts_with([' ', '\t', '\r', '\n']) || rest.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_without_its_end_is_none() {
        let whole = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n";
        let pdf = |bytes: &[u8]| check(bytes, &[Kind::Pdf]).map_err(|failure| failure.class);
        assert_eq!(pdf(whole), Ok(Kind::Pdf));
        assert_eq!(pdf(&whole[..30]), Err(Class::PdfIncomplete));
        let linear = |length: usize| {
            format!("%PDF-1.4\n1 0 obj\n<</Linearized 1/L {length}/H[1 2]/O 3>>\nendobj\nstartxref\n0\n%%EOF\n")
        };
        let own = linear(100).len();
        assert_eq!(
            pdf(linear(own.max(100)).as_bytes()),
            if own < 100 { Err(Class::PdfIncomplete) } else { Ok(Kind::Pdf) }
        );
        assert_eq!(pdf(linear(999).as_bytes()), Err(Class::PdfIncomplete));
        assert_eq!(pdf(b"<html><body>Not here</body></html>"), Err(Class::WrongKind));
        assert_eq!(pdf(b"  \n"), Err(Class::Empty));
    }
}
