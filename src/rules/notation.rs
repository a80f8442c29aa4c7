//! Reads the phrase notation of [`super::pattern`] into a [`Node`].
//!
//! One problem a pattern, with the byte at which it stands and words for a person who is no programmer.
//! Macros are looked up by the caller.

use super::anchor::findable;
use super::pattern::{LONGEST, Node};
use super::words::{Kind, Tokens};

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotationError {
    /// The byte of the pattern at which it stands.
    pub(crate) at: usize,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

type Parsed<T> = Result<T, NotationError>;

/// Gives the meaning of a macro by its name, or says why it has none.
pub(crate) type Lookup<'l> = &'l dyn Fn(&str) -> Result<Node, String>;

/// Reads a part of a pattern, such as a macro's definition: it may begin or end with a gap and may match nothing.
pub(crate) fn parse_part(source: &str, lookup: Lookup<'_>) -> Parsed<Node> {
    let mut parser = Parser { source, at: 0, lookup };
    let node = parser.sequence()?;
    match parser.peek() {
        None => node.ok_or_else(|| error(0, "there is nothing here to look for: write at least one word")),
        Some('|') => Err(parser.error("`|` separates alternatives only inside `{…}` or `[…]`")),
        Some(close) => Err(parser.error(format!("`{close}` closes nothing: its opening bracket is missing"))),
    }
}

/// Reads a whole pattern and checks that it can be searched for.
pub(crate) fn parse(source: &str, lookup: Lookup<'_>) -> Parsed<Node> {
    if let Some(rest) = source.strip_prefix('/') {
        return parse_regex(rest);
    }
    let node = parse_part(source, lookup)?;
    let (fewest, most) = node.lengths();
    if fewest == 0 {
        return Err(error(0, "it would match nothing at all: at least one word must not be optional"));
    }
    if most > LONGEST {
        return Err(error(0, format!("it can reach over {most} words; the most is {LONGEST}: shorten its gaps")));
    }
    if node.has_gap_at_edge() {
        return Err(error(0, "a gap `~n` stands at its start or end: put a word that is not optional outside of it"));
    }
    if !findable(&node) {
        return Err(error(
            0,
            "it has no fixed word to be found by: `#`, marks and optional words alone are not enough",
        ));
    }
    Ok(node)
}

/// Reads what stands behind the first slash of `/expression/` or `/expression/ word`.
fn parse_regex(rest: &str) -> Parsed<Node> {
    let Some((expression, word)) = rest.rsplit_once('/') else {
        return Err(error(0, "a regular expression ends with a slash too"));
    };
    let word = word.trim().to_ascii_lowercase();
    if word.len() == 1 || !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let message = "behind the expression may stand one word of two letters or more that is in every such sentence";
        return Err(error(expression.len() + 2, message));
    }
    if let Err(problem) = compile_regex(expression) {
        let last = problem.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        return Err(error(1, format!("the regular expression is not valid: {last}")));
    }
    let word = (!word.is_empty()).then(|| word.into());
    let node = Node::Regex { expression: expression.into(), word };
    if !findable(&node) {
        let message = "the regular expression has no word of three letters or more, outside of brackets and behind a \
                       blank or `\\b`, to be found by: name one behind it, as in `/NCT[0-9]{8}/ trial`";
        return Err(error(1, message));
    }
    Ok(node)
}

/// The regular expression of a `/…/` pattern: over bytes, letters of ASCII without case.
pub(crate) fn compile_regex(source: &str) -> Result<regex::bytes::Regex, regex::Error> {
    regex::bytes::RegexBuilder::new(source).unicode(false).case_insensitive(true).size_limit(1 << 20).build()
}

fn error(at: usize, message: impl Into<String>) -> NotationError {
    NotationError { at, message: message.into() }
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    lookup: Lookup<'s>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn error(&self, message: impl Into<String>) -> NotationError {
        error(self.at, message)
    }

    /// Reads up to a closing bracket, `|` or the end; `None` where nothing stands.
    fn sequence(&mut self) -> Parsed<Option<Node>> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            match c {
                '}' | ']' | '|' => break,
                '{' => parts.push(self.bracket('}')?),
                '[' => parts.push(self.bracket(']')?),
                '~' => parts.push(self.gap()?),
                '@' => parts.push(self.macro_use()?),
                '#' => self.sign(Node::Number, &mut parts),
                '^' => self.sign(Node::Start, &mut parts),
                '$' => self.sign(Node::End, &mut parts),
                ':' | ';' => self.sign(Node::Mark(c), &mut parts),
                '*' => return Err(self.error("`*` must stand directly behind the letters of a word")),
                c if c.is_whitespace() => self.at += c.len_utf8(),
                _ => self.words(&mut parts)?,
            }
        }
        Ok(match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(Node::Sequence(parts)),
        })
    }

    fn sign(&mut self, node: Node, parts: &mut Vec<Node>) {
        self.at += 1;
        parts.push(node);
    }

    /// Reads `{a|b}` or `[a|b]`.
    fn bracket(&mut self, close: char) -> Parsed<Node> {
        let open = self.at;
        self.at += 1;
        let mut alternatives = Vec::new();
        loop {
            let from = self.at;
            let alternative = self.sequence()?;
            let end = self.peek();
            if end.is_none() {
                let shown = self.source[open..].chars().next().unwrap_or_default();
                return Err(error(open, format!("`{shown}` is never closed: its `{close}` is missing")));
            }
            if end != Some('|') && end != Some(close) {
                return Err(self.error(format!("a `{close}` was expected here")));
            }
            let Some(alternative) = alternative else {
                return Err(error(from, "nothing stands here: write words, or `[…]` for words that may be missing"));
            };
            alternatives.push(alternative);
            self.at += 1;
            if end == Some(close) {
                break;
            }
        }
        let single = alternatives.len() == 1;
        let inner = if single { alternatives.pop() } else { None }.unwrap_or(Node::Choice(alternatives));
        Ok(if close == ']' { Node::Optional(Box::new(inner)) } else { inner })
    }

    fn gap(&mut self) -> Parsed<Node> {
        let from = self.at;
        self.at += 1;
        let digits = self.take_while(|c| c.is_ascii_digit());
        match digits.parse::<u8>() {
            Ok(most @ 1..=60) => Ok(Node::Gap(most)),
            _ => Err(error(from, "a gap is `~` and a number of words from 1 to 60, such as `~3`")),
        }
    }

    fn macro_use(&mut self) -> Parsed<Node> {
        let from = self.at;
        self.at += 1;
        let lookup = self.lookup;
        let name = self.take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        if name.is_empty() {
            return Err(error(from, "a macro is `@` and a name in capitals, such as `@BE`"));
        }
        lookup(name).map_err(|message| error(from, message))
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &str {
        let rest = &self.source[self.at..];
        let taken = &rest[..rest.find(|c| !keep(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    /// Reads plain words, the last of them perhaps a stem.
    fn words(&mut self, parts: &mut Vec<Node>) -> Parsed<()> {
        let from = self.at;
        let text = self.take_while(|c| !c.is_whitespace() && !"{}[]|~*#^$@:;".contains(c)).to_owned();
        let mut tokens = Tokens::default();
        tokens.split(&text);
        let stem = self.peek() == Some('*');
        if stem {
            let touches = tokens.list().last().is_some_and(|t| t.span.end() == text.len() && t.kind == Kind::Word);
            if !touches {
                return Err(self.error("`*` must stand directly behind the letters of a word"));
            }
            self.at += 1;
        }
        let count = tokens.list().len();
        for (nth, token) in tokens.list().iter().enumerate() {
            let folded = std::str::from_utf8(tokens.folded(token)).expect("folded words are UTF-8");
            let is_stem = stem && nth + 1 == count;
            parts.push(if is_stem { Node::Stem(folded.into()) } else { Node::Word(folded.into()) });
        }
        if is_unfinished_word(self.peek()) && stem {
            return Err(error(from, "a word goes on behind `*`, which stands only at its end"));
        }
        Ok(())
    }
}

fn is_unfinished_word(next: Option<char>) -> bool {
    next.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Result<Node, String> {
        match name {
            "BE" => Ok(Node::Choice(vec![Node::Word("is".into()), Node::Word("are".into())])),
            _ => Err(format!("there is no macro `@{name}`")),
        }
    }

    fn check(source: &str, expected: Result<&str, (usize, &str)>) {
        match (parse(source, &lookup), expected) {
            (Ok(node), Ok(expected)) => assert_eq!(node.to_string(), expected),
            (Err(error), Err((at, part))) => {
                assert_eq!(error.at, at, "{source}: {}", error.message);
                assert!(error.message.contains(part), "{source}: {}", error.message);
            }
            (got, expected) => panic!("{source}: got {got:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn every_sign_has_its_meaning() {
        check("Is considered Investigational", Ok("is considered investigational"));
        check("@BE not [yet|currently] {covered|a  benefit}", Ok("{is|are} not [yet|currently] {covered|a benefit}"));
        check("^ case-by-case ~3 review* : # days $", Ok("^ case by case ~3 review* : # days $"));
        check("non-FDA-{approved|cleared}", Ok("non fda {approved|cleared}"));
        check("patient’s U.S. plan", Ok("patient's u.s plan"));
    }

    #[test]
    fn problems_name_their_place() {
        check("is {covered|paid", Err((3, "never closed")));
        check("is covered}", Err((10, "closes nothing")));
        check("is {covered]", Err((11, "expected")));
        check("is {covered|}", Err((12, "nothing stands here")));
        check("a|b", Err((1, "only inside")));
        check("is ~ covered", Err((3, "a gap is")));
        check("is @MISSING", Err((3, "no macro")));
        check("is * covered", Err((3, "behind the letters")));
        check("inve*gate", Err((0, "goes on")));
    }

    #[test]
    fn patterns_that_cannot_be_searched_for_are_refused() {
        check("[covered]", Err((0, "match nothing")));
        check("^", Err((0, "match nothing")));
        check("", Err((0, "nothing here")));
        check("~2 covered", Err((0, "gap")));
        check("covered ~2 [here]", Err((0, "gap")));
        check("# : #", Err((0, "no fixed word")));
        check("a ~60 b ~60 c ~60 d", Err((0, "the most is")));
    }

    #[test]
    fn regular_expressions_need_a_fixed_part() {
        check(r"/\bpolicy no\. [0-9]+/", Ok(r"/\bpolicy no\. [0-9]+/"));
        check("/[a-z]+/", Err((1, "three letters")));
        check(r"/\bpolicy|\bplan/", Err((1, "three letters")));
        check(r"/\bpolicies?(/", Err((1, "not valid")));
    }
}
