//! Bytes to characters: byte order marks, declared charsets, and a guess where nothing is declared.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::document::{ExtractIssue, IssueCode};

/// How many bytes the detector is given.
const DETECT: usize = 1 << 20;

/// Decoded text and, where the charset was guessed or did not fit, an issue that says so.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The characters, without a byte order mark.
    pub text: String,
    /// Set when a reader should know about the charset.
    pub issue: Option<ExtractIssue>,
}

/// Decodes a whole document. `declared` is what the document says of itself; a byte order mark wins over it.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = marked(bytes) {
        return decode_as(encoding, &bytes[mark..], false);
    }
    let said = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // Who declares UTF-16 in words that could be read byte by byte was wrong.
    let said = said.map(|encoding| if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
    if std::str::from_utf8(bytes).is_ok() && said.is_none_or(Encoding::is_ascii_compatible) {
        return decode_as(UTF_8, bytes, false);
    }
    match said {
        Some(encoding) if encoding != UTF_8 => decode_as(encoding, bytes, false),
        Some(_) if mostly_utf8(bytes) => decode_as(UTF_8, bytes, false),
        None if mostly_utf8(bytes) => decode_as(UTF_8, bytes, true),
        _ => decode_as(guess(bytes), bytes, true),
    }
}

/// Decodes the start of a document well enough to tell its format.
pub(super) fn decode_prefix(prefix: &[u8]) -> String {
    if let Some((encoding, mark)) = marked(prefix) {
        return encoding.decode_without_bom_handling(&prefix[mark..]).0.into_owned();
    }
    let whole = match std::str::from_utf8(prefix) {
        Ok(text) => return text.to_owned(),
        // A character cut at the end of the prefix is no fault.
        Err(error) if error.valid_up_to() + 4 > prefix.len() => error.valid_up_to(),
        Err(_) => prefix.len(),
    };
    let encoding = if whole < prefix.len() { UTF_8 } else { guess(prefix) };
    encoding.decode_without_bom_handling(&prefix[..whole]).0.into_owned()
}

/// The encoding of a byte order mark and the mark's length; UTF-16 without a mark is known by its zeros.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if let Some(found) = Encoding::for_bom(bytes) {
        return Some(found);
    }
    let head = &bytes[..bytes.len().min(64) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|&&b| b == 0).count();
    let pairs = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 4 >= pairs * 3 => Some((UTF_16LE, 0)),
        (even, 0) if even * 4 >= pairs * 3 => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// The likeliest encoding by the detector; windows-1252 where it has no better idea, as browsers do in the US.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(DETECT)];
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let has_other_than_ascii = detector.feed(head, true);
    if !has_other_than_ascii {
        return WINDOWS_1252;
    }
    // US payers write English with curly quotes; a Cyrillic or East Asian guess over a few bytes is noise.
    let encoding = detector.guess(Some(b"us"), chardetng::Utf8Detection::Allow);
    let high = head.iter().filter(|&&b| b >= 0x80).count();
    if high * 20 > head.len() || encoding == UTF_8 { encoding } else { WINDOWS_1252 }
}

/// Whether the bytes are UTF-8 with few faults: far more good sequences than bad ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// Decodes and says what a reader should know.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    let message = match (faulty, guessed) {
        (true, _) => Some(format!("some bytes are no {}; they stand as \u{fffd} in the text", encoding.name())),
        (false, true) => Some(format!("the charset is not stated; read as {}", encoding.name())),
        (false, false) => None,
    };
    let issue = message.map(|message| ExtractIssue { code: IssueCode::Charset, page: None, message });
    Decoded { text: text.into_owned(), issue }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], declared: Option<&str>, text: &str, issue: bool) {
        let decoded = decode(bytes, declared);
        assert_eq!((decoded.text.as_str(), decoded.issue.is_some()), (text, issue));
    }

    #[test]
    fn a_byte_order_mark_wins_over_the_declaration() {
        check(b"\xef\xbb\xbfcaf\xc3\xa9", Some("windows-1252"), "café", false);
        check(b"\xff\xfec\0a\0f\0\xe9\0", Some("utf-8"), "café", false);
        check(b"c\0a\0r\0e\0 \0i\0s\0 \0", None, "care is ", false);
    }

    #[test]
    fn windows_1252_comes_out_right_declared_and_undeclared() {
        check(b"\x93prudent\x94 \x96 don\x92t", Some("ISO-8859-1"), "“prudent” – don’t", false);
        check(b"a \x93prudent\x94 layperson \x96 they don\x92t", None, "a “prudent” layperson – they don’t", true);
    }

    #[test]
    fn a_wrong_declaration_does_not_spoil_utf8() {
        check("“prudent” layperson".as_bytes(), Some("windows-1252"), "“prudent” layperson", false);
        check(b"a \x93prudent\x94 layperson", Some("utf-8"), "a “prudent” layperson", true);
    }

    #[test]
    fn a_few_bad_bytes_in_utf8_are_an_issue() {
        check("“a” “b” “c”\u{0}".replace('\u{0}', "").as_bytes(), None, "“a” “b” “c”", false);
        let mut bytes = "“a” “b” “c” ".as_bytes().to_vec();
        bytes.push(0xff);
        check(&bytes, None, "“a” “b” “c” \u{fffd}", true);
    }
}
