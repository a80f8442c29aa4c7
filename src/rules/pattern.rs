//! The phrase notation: short patterns over words that a person who is no programmer can read and write.
//!
//! | written | means |
//! | --- | --- |
//! | `is considered investigational` | these words in this order, case ignored |
//! | `{a\|b c}` | one of the alternatives |
//! | `[also]`, `[a\|b]` | may be there or not |
//! | `~3` | at most three words in between |
//! | `investigat*` | any word that starts so |
//! | `#` | a number |
//! | `^` `$` | start and end of the sentence or list item |
//! | `:` `;` | this mark |
//! | `@BE` | a macro of the pack or of the core pack |
//! | `/expression/ word` | a regular expression over the sentence, looked for where the word stands |
//!
//! Between two words any run of blanks, line and page breaks, dashes, slashes, commas, full stops, quotation
//! marks, brackets, check boxes and asterisks may stand, so `case by case`, `case-by- case` and
//! `“case-by-case”` are one pattern. A colon or semicolon is crossed only where the pattern names it; a gap
//! `~n` crosses neither.

use std::collections::BTreeMap;

/// One phrase pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As written in the pack.
    pub source: String,
    /// What it means, macros replaced.
    pub form: Form,
}

/// The two forms of patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A phrase of words.
    Phrase(Node),
    /// A regular expression of the linear-time engine, case ignored.
    Expression {
        /// The expression.
        expression: String,
        /// A word that stands in every match, in lower case.
        word: Box<str>,
    },
}

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// This word, in lower case.
    Word(Box<str>),
    /// Any word that starts so, in lower case.
    Stem(Box<str>),
    /// A word of digits, decimals and thousands separators included.
    Number,
    /// A colon or semicolon.
    Mark(char),
    /// At most so many words.
    Gap(u8),
    /// The start of the sentence or list item, its marker skipped.
    Start,
    /// The end of the sentence or list item, its closing marks skipped.
    End,
    /// One after the other.
    Sequence(Vec<Node>),
    /// One of them.
    Choice(Vec<Node>),
    /// May be missing.
    Optional(Box<Node>),
}

/// What is wrong with a pattern, and at which byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PatternError {
    pub(super) at: usize,
    pub(super) message: String,
}

/// Macros by name, without the `@`.
pub(super) type Macros = BTreeMap<String, Node>;

/// The longest gap, in words.
const LONGEST_GAP: u8 = 30;

/// Reads a pattern.
pub(super) fn parse(source: &str, macros: &Macros) -> Result<Pattern, PatternError> {
    let form = match source.strip_prefix('/') {
        Some(rest) => expression(rest)?,
        None => Form::Phrase(phrase(source, macros)?),
    };
    Ok(Pattern { source: source.to_owned(), form })
}

/// Reads a phrase and checks that it can be found: it begins and ends in words and holds one that is always there.
fn phrase(source: &str, macros: &Macros) -> Result<Node, PatternError> {
    let node = node(source, macros)?;
    let wrong = |message: &str| Err(PatternError { at: 0, message: message.to_owned() });
    if edge_is_gap(&node, true) || edge_is_gap(&node, false) {
        return wrong("a gap at the start or end reaches for nothing: begin and end with words");
    }
    if !has_fixed_word(&node) {
        return wrong("every word of this pattern may be missing: leave at least one word outside of [ ]");
    }
    Ok(node)
}

/// Reads a macro's body, which may be any part of a phrase.
pub(super) fn node(source: &str, macros: &Macros) -> Result<Node, PatternError> {
    let mut parser = Parser { source, at: 0, macros };
    let node = parser.alternatives(None)?;
    if parser.at < source.len() {
        return Err(parser.error("this bracket closes nothing: remove it or open one before"));
    }
    Ok(node)
}

fn expression(rest: &str) -> Result<Form, PatternError> {
    let wrong = |at, message: String| PatternError { at, message };
    let Some((expression, word)) = rest.rsplit_once('/') else {
        return Err(wrong(0, "a regular expression ends in a slash and a word that is in every match".to_owned()));
    };
    let word = word.trim().to_lowercase();
    if word.len() < 2 || !word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let at = expression.len() + 2;
        return Err(wrong(at, "behind the expression stands one word of letters that is in every match".to_owned()));
    }
    regex::RegexBuilder::new(expression)
        .case_insensitive(true)
        .build()
        .map_err(|error| wrong(1, format!("this is no regular expression: {error}")))?;
    Ok(Form::Expression { expression: expression.to_owned(), word: word.into() })
}

struct Parser<'t> {
    source: &'t str,
    at: usize,
    macros: &'t Macros,
}

impl Parser<'_> {
    fn error(&self, message: &str) -> PatternError {
        PatternError { at: self.at, message: message.to_owned() }
    }

    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    /// Sequences divided by `|`, up to `closing` or the end.
    fn alternatives(&mut self, closing: Option<char>) -> Result<Node, PatternError> {
        let opened = self.at;
        let mut choices = vec![Vec::new()];
        loop {
            match self.peek() {
                None if closing.is_some() => {
                    self.at = opened.saturating_sub(1);
                    return Err(self.error("this bracket is never closed"));
                }
                None | Some('}' | ']') => break,
                Some('|') if closing.is_none() => {
                    return Err(self.error("alternatives stand in brackets: {this|that}"));
                }
                Some('|') => {
                    self.at += 1;
                    choices.push(Vec::new());
                }
                Some(c) => {
                    let part = self.part(c)?;
                    choices.last_mut().expect("there is a first choice").extend(part);
                }
            }
        }
        if let Some(closing) = closing {
            if self.peek() != Some(closing) {
                return Err(self.error("this bracket does not fit the one that was opened"));
            }
            self.at += 1;
        }
        if choices.iter().any(Vec::is_empty) {
            self.at = opened;
            return Err(self.error("an alternative is empty: write [ ] around words that may be missing"));
        }
        let mut choices: Vec<Node> = choices.into_iter().map(sequence).collect();
        Ok(if choices.len() == 1 { choices.remove(0) } else { Node::Choice(choices) })
    }

    /// One part that begins with `c`; `None` for what separates words.
    fn part(&mut self, c: char) -> Result<Option<Node>, PatternError> {
        match c {
            '{' | '[' => {
                self.at += 1;
                let inner = self.alternatives(Some(if c == '{' { '}' } else { ']' }))?;
                Ok(Some(if c == '{' { inner } else { Node::Optional(Box::new(inner)) }))
            }
            '~' => self.gap().map(Some),
            '@' => self.macro_use().map(Some),
            '#' => Ok(Some(self.single(Node::Number))),
            '^' => Ok(Some(self.single(Node::Start))),
            '$' => Ok(Some(self.single(Node::End))),
            ':' | ';' => Ok(Some(self.single(Node::Mark(c)))),
            '*' => Err(self.error("a star stands right behind the beginning of a word: investigat*")),
            c if c.is_alphanumeric() => self.word().map(Some),
            c => {
                self.at += c.len_utf8();
                Ok(None)
            }
        }
    }

    fn single(&mut self, node: Node) -> Node {
        self.at += 1;
        node
    }

    fn gap(&mut self) -> Result<Node, PatternError> {
        let digits: String = self.source[self.at + 1..].chars().take_while(char::is_ascii_digit).collect();
        match digits.parse::<u8>() {
            Ok(words) if (1..=LONGEST_GAP).contains(&words) => {
                self.at += 1 + digits.len();
                Ok(Node::Gap(words))
            }
            _ => Err(self.error("a gap is a number of words from 1 to 30: ~3")),
        }
    }

    fn macro_use(&mut self) -> Result<Node, PatternError> {
        let rest = &self.source[self.at + 1..];
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let Some(node) = self.macros.get(&name) else {
            let known: Vec<String> = self.macros.keys().map(|name| format!("@{name}")).collect();
            return Err(self.error(&format!("there is no macro @{name}; there are {}", known.join(" "))));
        };
        self.at += 1 + name.len();
        Ok(node.clone())
    }

    fn word(&mut self) -> Result<Node, PatternError> {
        let rest = &self.source[self.at..];
        let len: usize =
            rest.chars().take_while(|&c| c.is_alphanumeric() || is_apostrophe(c)).map(char::len_utf8).sum();
        let word = rest[..len].to_lowercase().replace('’', "'");
        let word = word.trim_end_matches('\'');
        self.at += len;
        if self.peek() == Some('*') {
            if word.len() < 2 {
                return Err(self.error("give at least two letters before a star"));
            }
            self.at += 1;
            return Ok(Node::Stem(word.into()));
        }
        Ok(Node::Word(word.into()))
    }
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    c == '\'' || c == '’'
}

fn sequence(mut parts: Vec<Node>) -> Node {
    if parts.len() == 1 { parts.remove(0) } else { Node::Sequence(parts) }
}

/// Whether a match may begin (or end) inside a gap.
fn edge_is_gap(node: &Node, first: bool) -> bool {
    match node {
        Node::Gap(_) => true,
        Node::Sequence(parts) => {
            let ordered: Vec<&Node> = if first { parts.iter().collect() } else { parts.iter().rev().collect() };
            for part in ordered {
                if edge_is_gap(part, first) {
                    return true;
                }
                if !matches!(part, Node::Optional(_)) {
                    return false;
                }
            }
            false
        }
        Node::Choice(parts) => parts.iter().any(|part| edge_is_gap(part, first)),
        Node::Optional(part) => edge_is_gap(part, first),
        _ => false,
    }
}

fn has_fixed_word(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Stem(_) => true,
        Node::Sequence(parts) => parts.iter().any(has_fixed_word),
        Node::Choice(parts) => parts.iter().all(has_fixed_word),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Node {
        Node::Word(text.into())
    }

    fn check(source: &str, expected: Node) {
        assert_eq!(parse(source, &macros()).map(|pattern| pattern.form), Ok(Form::Phrase(expected)));
    }

    fn macros() -> Macros {
        Macros::from([("BE".to_owned(), Node::Choice(vec![word("is"), word("are")]))])
    }

    #[test]
    fn words_stems_gaps_and_macros_are_read() {
        check(
            "@BE [also] deem* ~3 non-covered",
            Node::Sequence(vec![
                Node::Choice(vec![word("is"), word("are")]),
                Node::Optional(Box::new(word("also"))),
                Node::Stem("deem".into()),
                Node::Gap(3),
                word("non"),
                word("covered"),
            ]),
        );
        check("{a b|c}", Node::Choice(vec![Node::Sequence(vec![word("a"), word("b")]), word("c")]));
        check("Member’s #:", Node::Sequence(vec![word("member's"), Node::Number, Node::Mark(':')]));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (source, at) in [
            ("is {a|b", 3),
            ("is a}", 4),
            ("~3 is", 0),
            ("is @BEE", 3),
            ("is ~99 a", 3),
            ("[is] [a]", 0),
            ("{a|}", 1),
            ("a|b", 1),
            ("is {a]", 5),
            ("/a(/ word", 1),
            ("/abc", 0),
        ] {
            assert_eq!(parse(source, &macros()).map_err(|error| error.at), Err(at), "{source}");
        }
    }
}
