//! What a word is: how a pattern and a sentence are split into the tokens that are compared.
//!
//! A word is a run of letters and digits in lower case; an apostrophe between letters, a decimal point
//! or thousands comma between digits and the stops of `U.S.` belong to it. Colon and semicolon are
//! tokens of their own. Every other character (blanks, dashes, slashes, commas, quotation marks,
//! brackets, bullets, check boxes) only separates. `&` is the word `and`. Typographic variants are folded: curly
//! apostrophes, ligatures, soft hyphens and zero-width characters. Patterns and sentences go through
//! the same code, so they cannot disagree.

use crate::text::Span;

/// One word or mark of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its place in the text that was split.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: Kind,
    /// Where its folded form starts in [`Tokens::folded`].
    start: u32,
    /// The length of its folded form.
    len: u32,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, or letters and digits.
    Word,
    /// Digits only, with decimal points and thousands commas.
    Number,
    /// A colon or semicolon.
    Mark,
}

/// The tokens of one text; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    tokens: Vec<Token>,
    folded: Vec<u8>,
}

/// Characters that are no separators but vanish from a word.
fn vanishes(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Characters that stand in words otherwise than their folded form, so that a search for the folded form misses them.
pub(crate) const FOLDED_AWAY: [&str; 15] = [
    "\u{ad}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}", "ﬀ", "ﬁ", "ﬂ", "ﬃ", "ﬄ", "ﬅ", "ﬆ",
    "\u{212a}", "İ",
];

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '′' | '`')
}

/// Letters and digits; superscript and subscript digits are marks of footnotes.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let raised = matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{209c}' | 'ª' | 'º');
    !raised && !is_apostrophe(c) && c.is_alphanumeric()
}

impl Tokens {
    /// Splits `text` in place of what was here before; spans are those of `text`.
    pub(crate) fn split(&mut self, text: &str) {
        self.tokens.clear();
        self.folded.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                at = self.word(text, at);
            } else if byte.is_ascii() {
                match byte {
                    b':' | b';' => self.push(at, at + 1, Kind::Mark, |folded| folded.push(byte)),
                    b'&' => self.push(at, at + 1, Kind::Word, |folded| folded.extend_from_slice(b"and")),
                    _ => {}
                }
                at += 1;
            } else {
                let c = char_at(text, at);
                at = if is_word(c) { self.word(text, at) } else { at + c.len_utf8() };
            }
        }
    }

    /// The tokens.
    pub(crate) fn list(&self) -> &[Token] {
        &self.tokens
    }

    /// The folded form of a token of this list.
    pub(crate) fn folded(&self, token: &Token) -> &[u8] {
        &self.folded[token.start as usize..(token.start + token.len) as usize]
    }

    fn push(&mut self, from: usize, to: usize, kind: Kind, fold: impl FnOnce(&mut Vec<u8>)) {
        let start = self.folded.len();
        fold(&mut self.folded);
        self.finish(from, to, kind, start);
    }

    fn finish(&mut self, from: usize, to: usize, kind: Kind, start: usize) {
        let position = |at: usize| u32::try_from(at).expect("a sentence is smaller than 4 GiB");
        let len = position(self.folded.len() - start);
        self.tokens.push(Token { span: Span::new(from, to), kind, start: position(start), len });
    }

    /// Reads the word that starts at byte `from`; gives the byte after it.
    fn word(&mut self, text: &str, from: usize) -> usize {
        let bytes = text.as_bytes();
        let start = self.folded.len();
        let mut digits = true;
        let mut at = from;
        loop {
            match bytes.get(at) {
                Some(byte) if byte.is_ascii_alphanumeric() => {
                    digits &= byte.is_ascii_digit();
                    self.folded.push(byte.to_ascii_lowercase());
                    at += 1;
                }
                Some(&byte @ (b'.' | b',')) if joins(bytes, from, at, byte) => {
                    self.folded.push(byte);
                    at += 1;
                }
                Some(b'\'' | b'`' | 0x80..) => {
                    let c = char_at(text, at);
                    let after = at + c.len_utf8();
                    if is_apostrophe(c) {
                        if digits || !text[after..].starts_with(|c: char| is_word(c) && !c.is_numeric()) {
                            break;
                        }
                        self.folded.push(b'\'');
                    } else if is_word(c) {
                        digits &= c.is_numeric();
                        fold(c, &mut self.folded);
                    } else if !vanishes(c) {
                        break;
                    }
                    at = after;
                }
                _ => break,
            }
        }
        let kind = if digits { Kind::Number } else { Kind::Word };
        let end = text[..at].trim_end_matches(vanishes).len();
        self.finish(from, end, kind, start);
        at
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("at stands before a character")
}

/// Whether the stop or comma at `at` belongs to the word that starts at `from`: between digits, or between single letters.
fn joins(bytes: &[u8], from: usize, at: usize, mark: u8) -> bool {
    let Some(next) = bytes.get(at + 1) else { return false };
    let before = bytes[at - 1];
    if before.is_ascii_digit() && next.is_ascii_digit() {
        return true;
    }
    let single_before = before.is_ascii_alphabetic() && (at - from == 1 || bytes[at - 2] == b'.');
    let single_next =
        next.is_ascii_alphabetic() && !bytes.get(at + 2).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    mark == b'.' && single_before && single_next
}

/// Appends the folded form of a letter or digit that is not ASCII.
fn fold(c: char, out: &mut Vec<u8>) {
    let ligature = match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'İ' => "i",
        _ => "",
    };
    out.extend_from_slice(ligature.as_bytes());
    if ligature.is_empty() {
        let mut buffer = [0; 4];
        for lower in c.to_lowercase() {
            out.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut tokens = Tokens::default();
        tokens.split("left over");
        tokens.split(text);
        let folded: Vec<&str> = tokens
            .list()
            .iter()
            .map(|t| std::str::from_utf8(tokens.folded(t)).expect("folded words are UTF-8"))
            .collect();
        assert_eq!(folded.join(" "), expected);
        for token in tokens.list() {
            let _ = token.span.of(text);
        }
    }

    #[test]
    fn separators_vanish_and_marks_stay() {
        check("Case-by- case (“covered”/paid)*, if:\n☐ so; R&D", "case by case covered paid if : so ; r and d");
    }

    #[test]
    fn apostrophes_join_letters_only() {
        check("the patient’s 'don`t' members' 5'", "the patient's don't members 5");
    }

    #[test]
    fn numbers_and_abbreviations_are_one_word() {
        check(
            "1,500 at 2.5 in the U.S. e.g., Ph.D. end.The 0232T; 18,",
            "1,500 at 2.5 in the u.s e.g ph d end the 0232t ; 18",
        );
    }

    #[test]
    fn typographic_variants_are_folded() {
        check(
            "Oﬃce invest\u{ad}igational SJÖGREN products² \u{212a}nee a\u{200b}",
            "office investigational sjögren products knee a",
        );
    }

    #[test]
    fn hidden_characters_are_not_part_of_a_span() {
        let mut tokens = Tokens::default();
        tokens.split("ab\u{ad} c");
        assert_eq!(tokens.list()[0].span, Span::new(0, 2));
    }
}
