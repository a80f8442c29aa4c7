//! Characters that the matching text does not hold, for formats that give words and not glyphs.

/// The character as the matching text shows it: special blanks are blanks, what has no width is gone.
pub(super) fn character(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{202a}'..='\u{202e}' => None,
        // Bullets of symbol fonts.
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f09f}' | '\u{f076}' | '\u{f0fc}' | '\u{f0a8}' => Some('•'),
        '\u{a0}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{85}' => Some(' '),
        c if c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}') => None,
        c => Some(c),
    }
}
