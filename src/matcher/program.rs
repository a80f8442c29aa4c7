//! The small program that confirms a pattern on the words of a sentence.
//!
//! A program maps a set of places between words to the set of places that its match may end at. The
//! set is one `u128` counted from a base, so that a step over all ways to match at once is a few
//! operations, alternatives and gaps cannot explode, and the work is bounded by steps times places.

use super::compile::Extent;
use crate::rules::{Kind, Node, Tokens, key};

/// The places that one set holds.
pub(super) const PLACES: usize = 128;

/// The sentence that programs look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'t> {
    /// Its words.
    pub(super) tokens: &'t Tokens,
    /// The first word behind its marker, where `^` holds.
    pub(super) first: usize,
    /// The first place from which on only marks follow, where `$` holds.
    pub(super) last: usize,
}

/// One step of a program.
#[derive(Debug)]
pub(super) enum Step {
    Word(Form),
    Stem(Form),
    Number,
    Mark(u8),
    Gap(u8),
    Start,
    End,
    Sequence(Box<[Step]>),
    /// Single words in order of their keys, and everything else.
    Choice(Box<[Form]>, Box<[Step]>),
    Optional(Box<Step>),
}

/// The folded form of a word, its first bytes at hand.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    key: u64,
    mask: u64,
    bytes: Box<[u8]>,
}

impl Form {
    fn new(word: &str) -> Form {
        let bytes: Box<[u8]> = word.as_bytes().into();
        let bits = 64 - 8 * bytes.len().min(8);
        Form { key: key(&bytes), mask: u64::MAX.checked_shl(u32::try_from(bits).unwrap_or(0)).unwrap_or(0), bytes }
    }

    fn is(&self, view: &View<'_>, at: usize) -> bool {
        let token = &view.tokens.list()[at];
        token.key == self.key && view.tokens.folded(token) == &*self.bytes
    }

    fn begins(&self, view: &View<'_>, at: usize) -> bool {
        let token = &view.tokens.list()[at];
        token.key & self.mask == self.key && view.tokens.folded(token).starts_with(&self.bytes)
    }
}

impl Step {
    /// Compiles a pattern's node; regular expressions are no programs.
    pub(super) fn new(node: &Node) -> Step {
        match node {
            Node::Word(word) => Step::Word(Form::new(word)),
            Node::Stem(word) => Step::Stem(Form::new(word)),
            Node::Number => Step::Number,
            Node::Mark(mark) => Step::Mark(u8::try_from(*mark).expect("marks are ASCII")),
            Node::Gap(most) => Step::Gap(*most),
            Node::Start => Step::Start,
            Node::End => Step::End,
            Node::Sequence(parts) => Step::Sequence(parts.iter().map(Step::new).collect()),
            Node::Optional(part) => Step::Optional(Box::new(Step::new(part))),
            Node::Choice(parts) => {
                let mut words = Vec::new();
                let mut others = Vec::new();
                for part in parts {
                    match part {
                        Node::Word(word) => words.push(Form::new(word)),
                        part => others.push(Step::new(part)),
                    }
                }
                words.sort();
                Step::Choice(words.into(), others.into())
            }
            Node::Regex { .. } => Step::Sequence(Box::default()),
        }
    }

    /// The places behind this step, from the places of `set` before it; bit 0 is the place before word `base`.
    pub(super) fn run(&self, view: &View<'_>, base: usize, set: u128) -> u128 {
        match self {
            Step::Word(form) => advance(view, base, set, |at| form.is(view, at)),
            Step::Stem(form) => advance(view, base, set, |at| form.begins(view, at)),
            Step::Number => advance(view, base, set, |at| view.tokens.list()[at].kind == Kind::Number),
            Step::Mark(mark) => advance(view, base, set, |at| {
                let token = &view.tokens.list()[at];
                token.kind == Kind::Mark && view.tokens.folded(token) == [*mark]
            }),
            Step::Gap(most) => {
                let (mut all, mut front) = (set, set);
                for _ in 0..*most {
                    front = advance(view, base, front, |at| view.tokens.list()[at].kind != Kind::Mark);
                    if front & !all == 0 {
                        break;
                    }
                    all |= front;
                }
                all
            }
            Step::Start => set & place(view.first, base),
            Step::End => view
                .last
                .checked_sub(base)
                .map_or(set, |from| set & u128::MAX.checked_shl(from_bits(from)).unwrap_or(0)),
            Step::Sequence(parts) => {
                let mut set = set;
                for part in parts {
                    set = part.run(view, base, set);
                    if set == 0 {
                        break;
                    }
                }
                set
            }
            Step::Choice(words, others) => {
                let mut all = advance(view, base, set, |at| is_one_of(words, view, at));
                for other in others {
                    all |= other.run(view, base, set);
                }
                all
            }
            Step::Optional(part) => set | part.run(view, base, set),
        }
    }

    /// Where the match from word `start` ends, as the word behind it.
    pub(super) fn end(&self, view: &View<'_>, start: usize, extent: Extent) -> Option<usize> {
        let ends = self.run(view, start, 1);
        let last = match extent {
            Extent::Longest => PLACES - 1 - (ends.leading_zeros() as usize).min(PLACES - 1),
            Extent::Shortest => ends.trailing_zeros() as usize,
        };
        (ends != 0).then_some(start + last)
    }
}

fn from_bits(from: usize) -> u32 {
    u32::try_from(from).unwrap_or(u32::MAX)
}

/// The set of one place, empty where it is out of reach.
fn place(at: usize, base: usize) -> u128 {
    at.checked_sub(base).map_or(0, |bit| 1_u128.checked_shl(from_bits(bit)).unwrap_or(0))
}

/// Every place of `set` whose next word passes, moved behind that word.
fn advance(view: &View<'_>, base: usize, set: u128, passes: impl Fn(usize) -> bool) -> u128 {
    let mut rest = set;
    let mut moved = 0;
    let count = view.tokens.list().len();
    while rest != 0 {
        let bit = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        if bit + 1 < PLACES && base + bit < count && passes(base + bit) {
            moved |= 1 << (bit + 1);
        }
    }
    moved
}

fn is_one_of(words: &[Form], view: &View<'_>, at: usize) -> bool {
    let wanted = view.tokens.list()[at].key;
    let from = words.partition_point(|form| form.key < wanted);
    words[from..].iter().take_while(|form| form.key == wanted).any(|form| form.is(view, at))
}
