//! The small program that confirms a pattern on the words of a sentence.
//!
//! A program maps a set of places between words to the set of places that its match may end at. The
//! set is one `u128` counted from a base, so that a step over all ways to match at once is a few
//! operations, alternatives and gaps cannot explode, and the work is bounded by the steps.

use super::classes::{ANY, Builder, Class, PLACES, Places};
use super::compile::Extent;
use crate::rules::Node;

/// The sentence that programs look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'t> {
    /// Where its words stand, by class.
    pub(super) places: &'t Places,
    /// The first word behind its marker, where `^` holds.
    pub(super) first: usize,
    /// The first place from which on only marks follow, where `$` holds.
    pub(super) last: usize,
}

/// One step of a program.
#[derive(Debug)]
pub(super) enum Step {
    /// One word of a class.
    Word(Class),
    Gap(u8),
    Start,
    End,
    Sequence(Box<[Step]>),
    Choice(Box<[Step]>),
    Optional(Box<Step>),
}

impl Step {
    /// Compiles a pattern's node; regular expressions are no programs.
    pub(super) fn new(node: &Node, classes: &mut Builder) -> Step {
        match node {
            Node::Word(_) | Node::Stem(_) | Node::Number | Node::Mark(_) => {
                Step::Word(classes.class([node]).expect("one word is a class"))
            }
            Node::Gap(most) => Step::Gap(*most),
            Node::Start => Step::Start,
            Node::End => Step::End,
            Node::Sequence(parts) => Step::Sequence(parts.iter().map(|part| Step::new(part, classes)).collect()),
            Node::Optional(part) => Step::Optional(Box::new(Step::new(part, classes))),
            Node::Choice(parts) => Step::choice(parts, classes),
            Node::Regex { .. } => Step::Sequence(Box::default()),
        }
    }

    /// The alternatives that are one word become one class.
    fn choice(parts: &[Node], classes: &mut Builder) -> Step {
        let is_word = |part: &&Node| matches!(part, Node::Word(_) | Node::Stem(_) | Node::Number | Node::Mark(_));
        let (words, others): (Vec<&Node>, Vec<&Node>) = parts.iter().partition(is_word);
        let mut steps: Vec<Step> = others.into_iter().map(|part| Step::new(part, classes)).collect();
        if !words.is_empty() {
            steps.push(Step::Word(classes.class(words).expect("they are words")));
        }
        if steps.len() == 1 { steps.swap_remove(0) } else { Step::Choice(steps.into()) }
    }

    /// The classes of which every match has a word.
    pub(super) fn needs(&self, needs: &mut Vec<Class>) {
        match self {
            Step::Word(class) => needs.push(*class),
            Step::Sequence(parts) => parts.iter().for_each(|part| part.needs(needs)),
            Step::Gap(_) | Step::Start | Step::End | Step::Choice(_) | Step::Optional(_) => {}
        }
    }

    /// The places behind this step, from the places of `set` before it; bit 0 is the place before word `base`.
    pub(super) fn run(&self, view: &View<'_>, base: usize, set: u128) -> u128 {
        match self {
            Step::Word(class) => (set & view.places.of(*class, base)) << 1,
            Step::Gap(most) => {
                let words = view.places.of(ANY, base);
                let (mut all, mut front) = (set, set);
                for _ in 0..*most {
                    front = (front & words) << 1;
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
            Step::Choice(parts) => parts.iter().fold(0, |all, part| all | part.run(view, base, set)),
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
