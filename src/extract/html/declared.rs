//! The charset that a page declares of itself in its first bytes.

/// How far browsers look, with some slack for long comments.
const REACH: usize = 4096;

/// The label in `<meta charset=…>`, `<meta … content="…; charset=…">` or `<?xml … encoding="…"?>`.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(REACH)]).to_ascii_lowercase();
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml") {
        let declaration = declaration.split("?>").next().unwrap_or_default();
        if let Some(label) = after(declaration, "encoding") {
            return Some(label);
        }
    }
    head.match_indices("<meta").find_map(|(at, _)| after(head[at..].split('>').next()?, "charset"))
}

/// The value after `name` and an equals sign, quoted or not.
fn after(text: &str, name: &str) -> Option<String> {
    text.match_indices(name).find_map(|(at, _)| {
        let value = text[at + name.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let label: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
        (!label.is_empty()).then_some(label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: Option<&str>) {
        assert_eq!(charset(head.as_bytes()).as_deref(), expected);
    }

    #[test]
    fn every_way_of_declaring_is_read() {
        check("<META CHARSET=Latin1>", Some("latin1"));
        check("<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>", Some("windows-1252"));
        check("<meta name=viewport><meta charset = \"utf-8\"/>", Some("utf-8"));
        check("<?xml version='1.0' encoding='iso-8859-1'?>", Some("iso-8859-1"));
        check("<p>charset=utf-7", None);
    }
}
