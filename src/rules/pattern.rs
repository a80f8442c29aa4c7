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
//! | `/…/` | the whole pattern is a regular expression over the sentence as printed |
//! | `/…/ word` | the same, looked for where the sentence holds this word |
//!
//! Between two words any run of blanks, line and page breaks, dashes, slashes, commas, quotation marks,
//! brackets, check boxes and asterisks may stand, so `case by case`, `case-by- case` and `“case-by-case”`
//! are one pattern. A colon or semicolon is crossed only where the pattern names it; a gap `~n` crosses neither.
//! What a word is stands in `words`; how the notation is read stands in `notation`.

use std::fmt;

/// The most words that a pattern may reach over, so that one match fits one machine word in the matcher.
pub(crate) const LONGEST: usize = 120;

/// One phrase pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As written in the pack.
    pub source: String,
    /// What it means, macros replaced.
    pub node: Node,
}

/// A part of a pattern.
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
    /// A regular expression over the sentence; only as the whole of a pattern.
    Regex {
        /// The expression, without its slashes.
        expression: Box<str>,
        /// A word that every sentence with a match holds, where the pack names one.
        word: Option<Box<str>>,
    },
}

impl Node {
    /// The fewest and the most words and marks that it spans.
    #[must_use]
    pub fn lengths(&self) -> (usize, usize) {
        match self {
            Node::Word(_) | Node::Stem(_) | Node::Number | Node::Mark(_) => (1, 1),
            Node::Gap(most) => (0, usize::from(*most)),
            Node::Start | Node::End => (0, 0),
            Node::Sequence(parts) => parts.iter().map(Node::lengths).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)),
            Node::Choice(parts) => {
                let fewest = parts.iter().map(|part| part.lengths().0).min().unwrap_or(0);
                (fewest, parts.iter().map(|part| part.lengths().1).max().unwrap_or(0))
            }
            Node::Optional(part) => (0, part.lengths().1),
            Node::Regex { .. } => (1, LONGEST),
        }
    }

    /// Whether a match could begin or end with words of a gap, which says nothing about where the phrase begins or ends.
    pub(crate) fn has_gap_at_edge(&self) -> bool {
        self.gap_at_edge(false) || self.gap_at_edge(true)
    }

    fn gap_at_edge(&self, last: bool) -> bool {
        match self {
            Node::Gap(_) => true,
            Node::Choice(parts) => parts.iter().any(|part| part.gap_at_edge(last)),
            Node::Optional(part) => part.gap_at_edge(last),
            Node::Sequence(parts) => {
                let mut parts: Vec<&Node> = parts.iter().collect();
                if last {
                    parts.reverse();
                }
                let is_solid = |part: &&Node| part.lengths().0 > 0 || matches!(part, Node::Start | Node::End);
                let solid = parts.iter().position(is_solid).map_or(parts.len(), |at| at + 1);
                parts[..solid].iter().any(|part| part.gap_at_edge(last))
            }
            _ => false,
        }
    }
}

/// The notation again, macros replaced: what a reader is shown and what the content id is made from.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Node], between: &str| {
            parts.iter().enumerate().try_for_each(|(at, part)| {
                let before = if at == 0 { "" } else { between };
                write!(f, "{before}{part}")
            })
        };
        match self {
            Node::Word(word) => f.write_str(word),
            Node::Stem(word) => write!(f, "{word}*"),
            Node::Number => f.write_str("#"),
            Node::Mark(mark) => write!(f, "{mark}"),
            Node::Gap(most) => write!(f, "~{most}"),
            Node::Start => f.write_str("^"),
            Node::End => f.write_str("$"),
            Node::Sequence(parts) => joined(f, parts, " "),
            Node::Choice(parts) => {
                f.write_str("{")?;
                joined(f, parts, "|")?;
                f.write_str("}")
            }
            Node::Optional(part) => match part.as_ref() {
                Node::Choice(parts) => {
                    f.write_str("[")?;
                    joined(f, parts, "|")?;
                    f.write_str("]")
                }
                part => write!(f, "[{part}]"),
            },
            Node::Regex { expression, word: None } => write!(f, "/{expression}/"),
            Node::Regex { expression, word: Some(word) } => write!(f, "/{expression}/ {word}"),
        }
    }
}
