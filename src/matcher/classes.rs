//! Classes of words: what each single-word part of a pattern accepts, and where a sentence has it.
//!
//! A class is a set of words and stems, such as `{considered|deemed|view*}`. Which classes a word belongs
//! to is looked up once for each different word and remembered; a sentence then sets, for each class, the
//! bits of the places where one of its words stands. All patterns read those bits, so that a step of a
//! pattern is a shift and an `and`, however many alternatives it has.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

use crate::rules::{Kind, Node, Token, Tokens};

/// The number of a class.
pub(super) type Class = u32;

/// The class of every word that is no mark.
pub(super) const ANY: Class = 0;

/// The places that one set of bits holds.
pub(super) const PLACES: usize = 128;

/// Above so many different words the memory of classes starts afresh.
const MOST_WORDS: usize = 200_000;

/// What a class accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Accepts {
    words: BTreeSet<Box<[u8]>>,
    stems: BTreeSet<Box<[u8]>>,
    marks: BTreeSet<u8>,
    number: bool,
}

/// Classes while patterns are compiled.
#[derive(Debug, Default)]
pub(super) struct Builder {
    numbers: HashMap<Rc<Accepts>, Class, BuildHasherDefault<WordHasher>>,
    /// By number, less one.
    all: Vec<Rc<Accepts>>,
}

impl Builder {
    /// The class that accepts what any of `nodes` accepts; `None` where one of them is more than a word.
    pub(super) fn class<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>) -> Option<Class> {
        let mut accepts = Accepts::default();
        for node in nodes {
            match node {
                Node::Word(word) => {
                    accepts.words.insert(word.as_bytes().into());
                }
                Node::Stem(word) => {
                    accepts.stems.insert(word.as_bytes().into());
                }
                Node::Number => accepts.number = true,
                Node::Mark(mark) => {
                    accepts.marks.insert(u8::try_from(*mark).expect("marks are ASCII"));
                }
                _ => return None,
            }
        }
        if let Some(&known) = self.numbers.get(&accepts) {
            return Some(known);
        }
        let accepts = Rc::new(accepts);
        self.all.push(Rc::clone(&accepts));
        let next = Class::try_from(self.all.len()).expect("classes are counted in u32");
        self.numbers.insert(accepts, next);
        Some(next)
    }

    /// Everything that sentences look up.
    pub(super) fn finish(self) -> Classes {
        drop(self.numbers);
        let mut classes = Classes { count: self.all.len() + 1, ..Classes::default() };
        for (accepts, class) in self.all.into_iter().map(Rc::unwrap_or_clone).zip(1..) {
            for word in accepts.words {
                classes.words.entry(word).or_default().push(class);
            }
            for stem in accepts.stems {
                classes.stems.entry(stem).or_default().push(class);
            }
            for mark in accepts.marks {
                classes.marks.entry(mark).or_default().push(class);
            }
            if accepts.number {
                classes.numbers.push(class);
            }
        }
        classes
    }
}

/// The classes of a rule set.
#[derive(Debug, Default)]
pub(super) struct Classes {
    count: usize,
    words: BTreeMap<Box<[u8]>, Vec<Class>>,
    stems: BTreeMap<Box<[u8]>, Vec<Class>>,
    marks: BTreeMap<u8, Vec<Class>>,
    numbers: Vec<Class>,
}

impl Classes {
    /// The classes of a word that was not looked up before, each once.
    fn look_up(&self, folded: &[u8], kind: Kind) -> Vec<Class> {
        if kind == Kind::Mark {
            return self.marks.get(&folded[0]).cloned().unwrap_or_default();
        }
        let mut classes = vec![ANY];
        classes.extend(self.words.get(folded).into_iter().flatten());
        for end in 1..=folded.len() {
            classes.extend(self.stems.get(&folded[..end]).into_iter().flatten());
        }
        if kind == Kind::Number {
            classes.extend(&self.numbers);
        }
        classes.sort_unstable();
        classes.dedup();
        classes
    }
}

/// Hashes words of a few bytes faster than a hash that withstands chosen keys.
#[derive(Debug, Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
}

/// The classes of words that were looked up: ranges of one list.
#[derive(Debug, Default)]
struct Known {
    ranges: HashMap<Box<[u8]>, (u32, u32), BuildHasherDefault<WordHasher>>,
    classes: Vec<Class>,
}

impl Known {
    fn classes(&mut self, classes: &Classes, tokens: &Tokens, token: &Token) -> &[Class] {
        let folded = tokens.folded(token);
        let (from, to) = match self.ranges.get(folded) {
            Some(&range) => range,
            None => self.learn(classes, folded, token.kind),
        };
        &self.classes[from as usize..to as usize]
    }

    fn learn(&mut self, classes: &Classes, folded: &[u8], kind: Kind) -> (u32, u32) {
        if self.ranges.len() >= MOST_WORDS {
            *self = Known::default();
        }
        let position = |at: usize| u32::try_from(at).expect("the memory of classes is bounded");
        let from = position(self.classes.len());
        self.classes.extend(classes.look_up(folded, kind));
        let range = (from, position(self.classes.len()));
        self.ranges.insert(folded.into(), range);
        range
    }
}

/// Where the words of each class stand in one sentence.
#[derive(Debug, Default)]
pub(super) struct Places {
    known: Known,
    /// How many sets of bits each class has.
    windows: usize,
    /// By class, then window.
    bits: Vec<u128>,
    /// A bit for each class that the sentence has.
    present: Vec<u64>,
    /// The classes that the sentence has.
    touched: Vec<Class>,
}

impl Places {
    /// Reads a sentence in place of the one before it.
    pub(super) fn read(&mut self, classes: &Classes, tokens: &Tokens) {
        for class in self.touched.drain(..) {
            let from = class as usize * self.windows;
            self.bits[from..from + self.windows].fill(0);
            self.present[class as usize / 64] &= !(1 << (class % 64));
        }
        self.windows = tokens.list().len().div_ceil(PLACES).max(1);
        self.bits.resize(classes.count * self.windows, 0);
        self.present.resize(classes.count.div_ceil(64), 0);
        for (at, token) in tokens.list().iter().enumerate() {
            for &class in self.known.classes(classes, tokens, token) {
                if !has(&self.present, class) {
                    self.present[class as usize / 64] |= 1 << (class % 64);
                    self.touched.push(class);
                }
                self.bits[class as usize * self.windows + at / PLACES] |= 1 << (at % PLACES);
            }
        }
    }

    /// Whether a word of the class stands in the sentence.
    pub(super) fn has(&self, class: Class) -> bool {
        has(&self.present, class)
    }

    /// The places of the class from `base` on: bit 0 is the word at `base`.
    pub(super) fn of(&self, class: Class, base: usize) -> u128 {
        let windows = &self.bits[class as usize * self.windows..][..self.windows];
        let (window, shift) = (base / PLACES, base % PLACES);
        let bits = |at: usize| windows.get(at).copied().unwrap_or(0);
        match shift {
            0 => bits(window),
            _ => bits(window) >> shift | bits(window + 1) << (PLACES - shift),
        }
    }
}

fn has(present: &[u64], class: Class) -> bool {
    present[class as usize / 64] >> (class % 64) & 1 == 1
}
