//! How deep markup nests, counted on its bytes before a parser sees it: parsers are slow or recursive there.

/// Elements of HTML that never nest by standing open: without content, or ended by their next sibling.
const NOT_COUNTED: &[&str] = &[
    "a", "area", "base", "basefont", "br", "button", "col", "colgroup", "dd", "dt", "embed", "frame", "hr", "img",
    "input", "keygen", "li", "link", "meta", "nobr", "optgroup", "option", "p", "param", "rb", "rp", "rt", "rtc",
    "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements of HTML whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// The depth of XML: of every element.
pub(super) fn of_xml(bytes: &[u8]) -> usize {
    depth(bytes, &|_| true, &[])
}

/// The depth of HTML, of the elements that stay open until they are closed.
pub(super) fn of_html(bytes: &[u8]) -> usize {
    depth(bytes, &|name| NOT_COUNTED.iter().all(|other| !name.eq_ignore_ascii_case(other.as_bytes())), RAW)
}

fn depth(bytes: &[u8], counts: &dyn Fn(&[u8]) -> bool, raw: &[&str]) -> usize {
    let (mut at, mut open, mut deepest) = (0, 0_usize, 0);
    while let Some(next) = find(bytes, at, b"<") {
        at = next + 1;
        if bytes[at..].starts_with(b"!--") {
            at = find(bytes, at, b"-->").unwrap_or(bytes.len());
            continue;
        }
        let closes = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closes);
        let length = bytes[start..].iter().take_while(|byte| is_name(**byte)).count();
        let name = &bytes[start..start + length];
        if length == 0 || !name[0].is_ascii_alphabetic() {
            continue;
        }
        let end = tag_end(bytes, start + length);
        at = end;
        if !counts(name) {
            continue;
        }
        if closes {
            open = open.saturating_sub(1);
        } else if bytes[..end].last() != Some(&b'/') {
            open += 1;
            deepest = deepest.max(open);
            if raw.iter().any(|other| name.eq_ignore_ascii_case(other.as_bytes())) {
                at = raw_end(bytes, end, name);
            }
        }
    }
    deepest
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.') || byte >= 0x80
}

/// The place of a tag's `>`, which does not stand in quotes; or the end.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut quote = None;
    let ends = |byte: u8| match quote {
        Some(mark) => {
            if byte == mark {
                quote = None;
            }
            false
        }
        None if matches!(byte, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        None => byte == b'>',
    };
    bytes[from..].iter().copied().position(ends).map_or(bytes.len(), |length| from + length)
}

/// The place of `</name` behind `from`, or the end.
fn raw_end(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(next) = find(bytes, at, b"</") {
        if bytes[next + 2..].get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return next;
        }
        at = next + 2;
    }
    bytes.len()
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_counts_what_stays_open() {
        assert_eq!(of_html(b"<html><body><div><p>a<p>b<p>c</div><div></div>"), 3);
        assert_eq!(of_html(b"<div><br><img src='a>b'><li>x<li>y</div>"), 1);
        assert_eq!(of_html(b"<div><script>if (a<b) '<div><div>'</SCRIPT><b>"), 2);
        assert_eq!(of_html(b"<div><!-- <div><div> --><div>"), 2);
        assert_eq!(of_html("<div>".repeat(5000).as_bytes()), 5000);
    }

    #[test]
    fn xml_counts_every_element_but_the_empty() {
        assert_eq!(of_xml(b"<?xml version='1.0'?><w:p><w:r><w:t/>x</w:r></w:p><w:p/>"), 2);
        assert_eq!(of_xml(b"< a <3 <"), 0);
    }
}
