//! The format of a document, by its content and never by its name.
//!
//! Magic numbers first, then tags, then whether the bytes read as words. Only the first kilobytes are
//! looked at, except for ZIP archives, whose names of entries also stand at the end.

use super::charset;
use crate::policy::MediaType;

/// How much of a file tells whether it is words or markup.
const PREFIX: usize = 16 << 10;

/// What a file begins with, and the name a person knows it by.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF87a", "GIF picture"),
    (b"GIF89a", "GIF picture"),
    (b"II*\0", "TIFF picture"),
    (b"MM\0*", "TIFF picture"),
    (b"\x1f\x8b", "gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word, Excel or PowerPoint file of the old kind"),
    (b"{\\rtf", "RTF document"),
    (b"%!PS", "PostScript file"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"\x7fELF", "program"),
    (b"ID3", "sound file"),
    (b"OggS", "sound file"),
];

/// Names of entries in a ZIP archive, and what holds them.
const ZIP_ENTRIES: &[(&[u8], MediaType)] = &[
    (b"word/document", MediaType::Docx),
    (b"xl/workbook", MediaType::Other("Excel workbook")),
    (b"ppt/presentation", MediaType::Other("PowerPoint file")),
    (b"application/vnd.oasis.opendocument.text", MediaType::Other("OpenDocument text")),
    (b"application/vnd.oasis.opendocument", MediaType::Other("OpenDocument file")),
    (b"application/epub+zip", MediaType::Other("EPUB book")),
    (b"META-INF/MANIFEST.MF", MediaType::Other("Java archive")),
];

/// Tags that open a page, or that stand in any page.
const TAGS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<title",
    "<meta",
    "<div",
    "<table",
    "<p>",
    "<p ",
    "<h1",
    "<h2",
    "<h3",
    "<ul",
    "<ol",
    "<span",
    "<script",
    "<style",
    "<article",
    "<main",
    "<section",
    "<center",
    "<font",
    "<link",
];

/// Tags that close, of which several make a page of a text that does not begin with one.
const CLOSING_TAGS: &[&str] =
    &["</p>", "</div>", "</td>", "</li>", "</h1>", "</h2>", "</h3>", "</tr>", "</a>", "</span>"];

/// The format of a document, by its content. An empty file counts as text.
pub(super) fn sniff(bytes: &[u8]) -> MediaType {
    if let Some(&(_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return MediaType::Other(name);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK\x07\x08") {
        return zip(bytes);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return MediaType::Other("WebP picture");
    }
    if bytes.starts_with(b"%PDF-") {
        return MediaType::Pdf;
    }
    let prefix = &bytes[..bytes.len().min(PREFIX)];
    let head = charset::decode_prefix(prefix);
    if let Some(markup) = markup(&head) {
        return markup;
    }
    if position(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() {
        return MediaType::Pdf;
    }
    if reads_as_words(&head) { MediaType::Text } else { MediaType::Other("binary file") }
}

/// What a ZIP archive holds, by the names of its entries.
fn zip(bytes: &[u8]) -> MediaType {
    let end = &bytes[bytes.len().saturating_sub(256 << 10)..];
    let start = &bytes[..bytes.len().min(64 << 10)];
    let holds = |name: &[u8]| position(start, name).is_some() || position(end, name).is_some();
    ZIP_ENTRIES.iter().find(|(name, _)| holds(name)).map_or(MediaType::Other("ZIP archive"), |&(_, media)| media)
}

/// HTML, or a kind of XML that is none; `None` where the text is no markup.
fn markup(head: &str) -> Option<MediaType> {
    let lower = head.to_ascii_lowercase();
    let mut rest = lower.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '\u{c}']);
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |(_, after)| after).trim_start();
    }
    if rest.starts_with("<?xml") || rest.starts_with("<!doctype") && !rest.starts_with("<!doctype html") {
        let is_page = rest.contains("<html") || rest.contains("<!doctype html");
        return Some(if is_page { MediaType::Html } else { MediaType::Other("XML file") });
    }
    let in_string = || CLOSING_TAGS.iter().any(|tag| rest.contains(&tag.replace('/', "\\/")) || rest.contains(tag));
    if rest.starts_with(['{', '[', '"']) && (rest.contains("\\u003c") || in_string()) {
        return Some(MediaType::Html);
    }
    if rest.starts_with("<svg") {
        return Some(MediaType::Other("SVG picture"));
    }
    let closing: usize = CLOSING_TAGS.iter().map(|tag| lower.matches(tag).count()).sum();
    let opens = TAGS.iter().any(|tag| rest.starts_with(tag));
    let whole_page = lower.contains("<html") && lower.contains("<body");
    (opens || whole_page || closing >= 5).then_some(MediaType::Html)
}

/// Whether hardly any character is a control character or a replacement of bytes that are none.
fn reads_as_words(head: &str) -> bool {
    let (mut all, mut strange) = (0usize, 0usize);
    for c in head.chars() {
        all += 1;
        let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{1a}');
        strange += usize::from(control || c == '\u{fffd}');
    }
    strange * 50 <= all && !head.contains('\0')
}

/// Where `needle` first stands in `bytes`.
fn position(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: MediaType) {
        assert_eq!(sniff(bytes), expected, "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
    }

    #[test]
    fn a_pdf_header_may_stand_behind_junk() {
        check(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", MediaType::Pdf);
        check(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", MediaType::Pdf);
    }

    #[test]
    fn archives_are_told_apart_by_their_entries() {
        check(b"PK\x03\x04......word/document.xml....", MediaType::Docx);
        check(b"PK\x03\x04......xl/workbook.xml....", MediaType::Other("Excel workbook"));
        check(b"PK\x03\x04......policy.pdf....", MediaType::Other("ZIP archive"));
    }

    #[test]
    fn pages_are_known_by_their_tags() {
        check(b"\xef\xbb\xbf \r\n<!DOCTYPE html><html>", MediaType::Html);
        check(b"<!-- saved -->\n<HTML><BODY>", MediaType::Html);
        check(b"<?xml version='1.0'?><!DOCTYPE html PUBLIC ''><html>", MediaType::Html);
        check(b"<\0!\0d\0o\0c\0t\0y\0p\0e\0 \0h\0t\0m\0l\0>\0", MediaType::Html);
        check(b"Policy <p>a</p><p>b</p><p>c</p><p>d</p><p>e</p>", MediaType::Html);
        check(br#"{"body":"\u003cp\u003eGel"}"#, MediaType::Html);
        check(br#"{"body":"<p>Gel<\/p>"}"#, MediaType::Html);
        check(br#"{"body":"Gel"}"#, MediaType::Text);
        check(b"<?xml version='1.0'?><feed/>", MediaType::Other("XML file"));
    }

    #[test]
    fn words_are_text_in_any_charset_and_junk_is_none() {
        check(b"Members under < 18 years are covered.", MediaType::Text);
        check(b"Policy \x93quoted\x94 in windows-1252", MediaType::Text);
        check(b"\xff\xfeP\0o\0l\0i\0c\0y\0", MediaType::Text);
        check(b"\x00\x01\x02\x03\x04\x05binary\x00\x00", MediaType::Other("binary file"));
        check(b"", MediaType::Text);
    }

    #[test]
    fn pictures_are_named() {
        check(b"\x89PNG\r\n\x1a\n....", MediaType::Other("PNG picture"));
        check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaType::Other("Word, Excel or PowerPoint file of the old kind"));
    }
}
