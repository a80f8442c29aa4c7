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
//!
//! Between two words any run of blanks, line and page breaks, dashes, slashes, commas, quotation marks,
//! brackets, check boxes and asterisks may stand, so `case by case`, `case-by- case` and `“case-by-case”`
//! are one pattern. A colon or semicolon is crossed only where the pattern names it; a gap `~n` crosses neither.

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
}
