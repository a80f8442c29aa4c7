//! The compiled rule set.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::{Regex, RegexBuilder};

use super::Target;
use super::anchor::{self, Anchor};
use super::machine::Machine;
use super::scan::Scanner;
use crate::rules::{CueIndex, Form, Pattern, RuleIndex, RuleSet};

/// One pattern, ready to be confirmed.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) target: Target,
    pub(super) form: CompiledForm,
}

/// How a pattern is confirmed.
#[derive(Debug)]
pub(super) enum CompiledForm {
    Phrase(Machine),
    Expression(Box<Regex>),
}

/// A pattern for which a literal stands, and where the pattern may begin before the literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchored {
    pub(super) pattern: u32,
    pub(super) fewest_before: u32,
    pub(super) most_before: u32,
}

/// What one literal of the automaton stands for.
#[derive(Debug, Default)]
pub(super) struct Literal {
    /// Patterns that want it as a whole word.
    pub(super) whole: Vec<Anchored>,
    /// Patterns that want a word that begins with it, or with a shorter stem that it begins with.
    pub(super) stems: Vec<Anchored>,
}

/// The compiled rule set: immutable, shared by all workers.
#[derive(Debug)]
pub struct Matcher {
    pub(super) automaton: AhoCorasick,
    pub(super) literals: Vec<Literal>,
    pub(super) patterns: Vec<Compiled>,
}

/// The most states' bytes that a table-driven automaton may take before a smaller, slower one is built.
const DENSE_LITERALS: usize = 5_000;

impl Matcher {
    /// Compiles the rules and cues of `rules`, which were checked when they were read.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Matcher {
        let mut builder = Builder::default();
        for (index, rule) in rules.rules.iter().enumerate() {
            let index = RuleIndex(u32::try_from(index).expect("rules are counted in u32"));
            rule.patterns.iter().for_each(|pattern| builder.add(Target::Rule(index), pattern));
            rule.look_alikes.iter().for_each(|pattern| builder.add(Target::LookAlike(index), pattern));
        }
        for (index, cue) in rules.cues.iter().enumerate() {
            let index = CueIndex(u32::try_from(index).expect("cues are counted in u32"));
            cue.patterns.iter().for_each(|pattern| builder.add(Target::Cue(index), pattern));
        }
        builder.finish()
    }

    /// A scanner for one worker.
    #[must_use]
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner::new(self)
    }

    /// The literals that the first pass looks for, for measuring that pass alone.
    #[must_use]
    pub fn automaton(&self) -> &AhoCorasick {
        &self.automaton
    }
}

#[derive(Default)]
struct Builder {
    patterns: Vec<Compiled>,
    literals: BTreeMap<String, Literal>,
}

impl Builder {
    fn add(&mut self, target: Target, pattern: &Pattern) {
        let number = u32::try_from(self.patterns.len()).expect("patterns are counted in u32");
        let (form, anchors) = match &pattern.form {
            Form::Phrase(node) => (CompiledForm::Phrase(Machine::new(node)), anchor::anchors(node)),
            Form::Expression { expression, word } => {
                let regex = RegexBuilder::new(expression).case_insensitive(true).build();
                let regex = regex.expect("expressions were compiled when the pack was read");
                let anchor = Anchor { word: word.to_string(), stem: false, fewest_before: 0, most_before: 0 };
                (CompiledForm::Expression(Box::new(regex)), vec![anchor])
            }
        };
        for anchor in anchors {
            let literal = self.literals.entry(anchor.word).or_default();
            let list = if anchor.stem { &mut literal.stems } else { &mut literal.whole };
            list.push(Anchored {
                pattern: number,
                fewest_before: anchor.fewest_before,
                most_before: anchor.most_before,
            });
        }
        self.patterns.push(Compiled { target, form });
    }

    fn finish(mut self) -> Matcher {
        // The longest literal at a place hides the shorter ones: hand their patterns to it.
        let words: Vec<String> = self.literals.keys().cloned().collect();
        for word in &words {
            let hidden: Vec<Anchored> = (1..word.len())
                .filter_map(|len| self.literals.get(&word[..len]))
                .flat_map(|shorter| shorter.stems.iter().copied())
                .collect();
            self.literals.get_mut(word).expect("it is a key").stems.extend(hidden);
        }
        let kind = if words.len() <= DENSE_LITERALS { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .kind(Some(kind))
            .build(&words)
            .expect("literals of rule packs are few and short");
        Matcher { automaton, literals: self.literals.into_values().collect(), patterns: self.patterns }
    }
}
