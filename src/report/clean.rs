//! Words of documents made inert: a hostile file must steer neither a terminal nor a page.

/// `text` with a blank for every character that steers a terminal, ends a line or turns the reading direction.
///
/// Every output but JSON passes through here, and so does the text that a report is verified against.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_steers_becomes_a_blank() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\u{200f}d\u{9b}e\u{2028}f\ng"), "a [31mb c d e f g");
        assert_eq!(clean("“naïve” – ½ ☐"), "“naïve” – ½ ☐");
    }
}
