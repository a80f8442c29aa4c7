//! Markers of list items: bullets, numbers, letters, check boxes.

/// Bullets as they stand in policies, symbol fonts already resolved.
const BULLETS: &[char] =
    &['•', '▪', '●', '○', '·', '➢', '❖', '◦', '‣', '■', '□', '◆', '►', '▸', '✓', '➤', '⁃', '∙', '☐', '☒', '☑'];

/// The length in bytes of the marker at the start of `text`, blanks after it included; 0 where there is none.
///
/// A bullet, a dash or a lone `o` in front of words; a number, a letter or a small Roman number in front of a
/// full stop or bracket; any of these in brackets.
pub(crate) fn marker_len(text: &str) -> usize {
    let rest = text.trim_start();
    let lead = text.len() - rest.len();
    let Some(first) = rest.chars().next() else { return 0 };
    let marker = if BULLETS.contains(&first) || matches!(first, '*' | '-' | '–' | '—' | 'o' | '§') {
        first.len_utf8()
    } else {
        ordinal_len(rest)
    };
    if marker == 0 {
        return 0;
    }
    let after = &rest[marker..];
    let blanks = after.len() - after.trim_start().len();
    let tight = BULLETS.contains(&first);
    if after.trim_start().is_empty() || blanks == 0 && !tight {
        return 0;
    }
    lead + marker + blanks
}

/// Whether `text` is nothing but a marker.
pub(crate) fn is_bare(text: &str) -> bool {
    let text = text.trim();
    let with_words = format!("{text} x");
    !text.is_empty() && marker_len(&with_words) == text.len() + 1
}

/// Whether the marker at the start of `text` is a bullet and no number or letter.
pub(crate) fn is_bullet(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| BULLETS.contains(&c) || matches!(c, '*' | '-' | '–' | '—' | '§'))
        || text.trim_start().starts_with("o ")
}

/// `12.`, `a)`, `(iv)`, `1.2.3`: the length of an ordinal with its mark.
fn ordinal_len(text: &str) -> usize {
    let (open, inner) = match text.strip_prefix('(') {
        Some(inner) => (1, inner),
        None => (0, text),
    };
    let len = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let word = &inner[..len];
    let digits = len <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let letter = len == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = len <= 5 && !word.is_empty() && word.bytes().all(|b| b"ivxIVX".contains(&b));
    if word.is_empty() || !(digits || letter || roman) {
        return 0;
    }
    match inner[len..].chars().next() {
        Some(')') => open + len + 1,
        Some('.') if open == 0 && inner[len + 1..].starts_with(')') => len + 2,
        Some('.') if open == 0 => dotted(inner, len),
        _ => 0,
    }
}

/// `1.` or `1.2.3`, with or without a last stop.
fn dotted(text: &str, len: usize) -> usize {
    let mut end = len + 1;
    loop {
        let digits = text[end..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 2 {
            return end;
        }
        end += digits;
        if text[end..].starts_with('.') {
            end += 1;
        } else {
            return end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_told_from_words() {
        for (text, marker) in [
            ("• age 12", "• "),
            ("•age 12", "•"),
            ("1. The member", "1. "),
            ("a) one", "a) "),
            ("iii.) three", "iii.) "),
            ("(iv) four", "(iv) "),
            ("1.2 Scope", "1.2 "),
            ("IV. Policy", "IV. "),
            ("- dash", "- "),
            ("o open", "o "),
            ("2.5 mg daily", "2.5 "),
            ("A member", ""),
            ("of the", ""),
            ("-", ""),
            ("mix. of", ""),
            ("2019. Results", ""),
        ] {
            assert_eq!(&text[..marker_len(text)], marker, "{text}");
        }
        assert!(is_bare("•") && is_bare("1.") && is_bare("(a)") && !is_bare("81479") && !is_bare("A"));
    }
}
