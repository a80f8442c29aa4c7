//! Markdown's own signs in words of documents.

/// Signs that Markdown takes for its own; a backslash before them makes them plain.
const SIGNS: &str = r"\`*_[]<>|~&#$@";

/// `words` as plain words of Markdown: no emphasis, link, heading, table or HTML.
pub(crate) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    for (at, c) in words.char_indices() {
        let begins_block = at == 0 && matches!(c, '-' | '+' | '=' | '.' | ')' | '!');
        // Addresses become links by themselves, and so does a number with a stop at the start a list.
        let address = c == ':' && words[at..].starts_with("://") || c == '.' && is_www(&words[..at]);
        let number = matches!(c, '.' | ')') && words[..at].bytes().all(|b| b.is_ascii_digit());
        if SIGNS.contains(c) || begins_block || address || number {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_www(before: &str) -> bool {
    let bytes = before.as_bytes();
    bytes.len() >= 3 && bytes[bytes.len() - 3..].eq_ignore_ascii_case(b"www")
}

/// The words of which [`escaped`] made `line`.
pub(in crate::report) fn unescaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\'
            && let Some(sign) = chars.next_if(char::is_ascii_punctuation)
        {
            out.push(sign);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_plain_and_come_back() {
        for words in ["<b>*a*</b> [x](javascript:1) https://a.b www.c.d", "# no | heading", "1. one", "- x", "a\\*b"] {
            let line = escaped(words);
            assert_eq!(unescaped(&line), words);
            assert!(!line.starts_with(['#', '-']) && !line.contains("s://") && !line.contains("www."), "{line}");
        }
        assert_eq!(escaped("plain words, 2.5 ml"), "plain words, 2.5 ml");
    }
}
