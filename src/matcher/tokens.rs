//! A sentence as words.

use crate::rules::is_apostrophe;
use crate::text::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, or letters and digits.
    Word,
    /// Digits only, with decimal points and thousands commas.
    Number,
    /// A colon or semicolon.
    Mark,
}

/// One word or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Whether the text at the span is the word itself but for ASCII case.
    plain: bool,
    /// The place of the folded word, where it is not plain.
    folded: u32,
}

/// The tokens of one sentence; buffers are reused from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    folded: Vec<String>,
}

impl Tokens {
    /// Splits the part of `text` at `span`.
    pub(super) fn read(&mut self, text: &str, span: Span) {
        self.tokens.clear();
        self.folded.clear();
        let bytes = text.as_bytes();
        let mut at = span.start();
        while at < span.end() {
            let byte = bytes[at];
            if matches!(byte, b':' | b';') {
                self.tokens.push(Token { span: Span::new(at, at + 1), kind: Kind::Mark, plain: true, folded: 0 });
                at += 1;
            } else if byte.is_ascii_alphanumeric() || byte >= 0x80 {
                at = self.word(text, at, span.end());
            } else {
                at += 1;
            }
        }
    }

    /// Reads the word that begins at `start`, if one does; gives the place behind it.
    fn word(&mut self, text: &str, start: usize, end: usize) -> usize {
        let bytes = text.as_bytes();
        let (mut at, mut plain, mut digits) = (start, true, true);
        while at < end {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                digits &= byte.is_ascii_digit();
                at += 1;
            } else if byte >= 0x80 {
                let c = text[at..].chars().next().expect("a span ends on character borders");
                let joins = is_apostrophe(c) && continues(bytes, at + c.len_utf8(), end);
                if !(c.is_alphanumeric() || is_invisible(c) || joins) {
                    if at == start {
                        return at + c.len_utf8();
                    }
                    break;
                }
                (plain, digits) = (false, false);
                at += c.len_utf8();
            } else if byte == b'\'' && continues(bytes, at + 1, end) {
                digits = false;
                at += 1;
            } else if digits && matches!(byte, b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                at += 1;
            } else {
                break;
            }
        }
        if at == start {
            return at + 1;
        }
        let kind = if digits { Kind::Number } else { Kind::Word };
        let folded = u32::try_from(self.folded.len()).expect("a sentence has fewer words than 4 Gi");
        if !plain {
            self.folded.push(fold(&text[start..at]));
        }
        self.tokens.push(Token { span: Span::new(start, at), kind, plain, folded });
        at
    }

    /// Whether the token is `word`, given in lower case.
    pub(super) fn is(&self, text: &str, token: Token, word: &str) -> bool {
        if token.plain {
            let bytes = &text.as_bytes()[token.span.start()..token.span.end()];
            bytes.eq_ignore_ascii_case(word.as_bytes())
        } else {
            self.folded[token.folded as usize] == word
        }
    }

    /// Whether the token begins with `stem`, given in lower case.
    pub(super) fn begins(&self, text: &str, token: Token, stem: &str) -> bool {
        if token.plain {
            let bytes = &text.as_bytes()[token.span.start()..token.span.end()];
            bytes.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem.as_bytes()))
        } else {
            self.folded[token.folded as usize].starts_with(stem)
        }
    }
}

/// Whether a letter stands at `at`, so that an apostrophe before it belongs to the word.
fn continues(bytes: &[u8], at: usize, end: usize) -> bool {
    at < end && bytes[at].is_ascii_alphabetic()
}

/// Characters without width that may stand inside of words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().filter(|&c| !is_invisible(c)) {
        match c {
            'ﬁ' => folded.push_str("fi"),
            'ﬂ' => folded.push_str("fl"),
            'ﬀ' => folded.push_str("ff"),
            'ﬃ' => folded.push_str("ffi"),
            'ﬄ' => folded.push_str("ffl"),
            c if is_apostrophe(c) => folded.push('\''),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}
