//! From rules and cues to one automaton of anchors and a program for each pattern.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::bytes::Regex;

use super::Target;
use super::classes::{ANY, Builder, Class, Classes};
use super::program::Step;
use crate::rules::{CueIndex, Direction, FOLDED_AWAY, Node, Pattern, RuleIndex, RuleSet, anchors, compile_regex};

/// Above so many bytes of anchors the automaton is a compact one instead of a table.
const TABLE_LIMIT: usize = 200_000;

/// Everything that scanning looks up.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) automaton: AhoCorasick,
    /// By the automaton's pattern id.
    pub(super) literals: Vec<Literal>,
    /// In the order of their targets.
    pub(super) patterns: Vec<Confirmation>,
    /// What the words of a sentence are looked up in.
    pub(super) classes: Classes,
}

/// What a hit of the automaton stands for.
#[derive(Debug, Default)]
pub(super) struct Literal {
    /// Uses that need the run of letters to end with the literal.
    pub(super) whole: Vec<Use>,
    /// Uses of this literal, or of a shorter one at its start, as the start of a word.
    pub(super) stem: Vec<Use>,
    /// Whether it is a character that hides words from the automaton.
    pub(super) hides: bool,
}

/// A pattern that an anchor stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    pub(super) pattern: u32,
    /// Classes of which a match has a word, at hand here since nearly all uses end with this question.
    pub(super) needs: [Class; 3],
    /// How many words and marks stand between the match's start and the anchor.
    pub(super) fewest_before: u32,
    pub(super) most_before: u32,
}

/// How a pattern is confirmed.
#[derive(Debug)]
pub(super) struct Confirmation {
    pub(super) target: Target,
    pub(super) how: How,
    /// The most words and marks of a match.
    pub(super) longest: usize,
    /// Which of the matches from one word counts.
    pub(super) extent: Extent,
}

/// Which of the matches that begin at one word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Rules and look-alikes: the most words.
    Longest,
    /// Cues that look aside: the fewest words, so that a gap does not run into what they decide.
    Shortest,
}

/// By a program over words, or by a regular expression over the sentence.
#[derive(Debug)]
pub(super) enum How {
    Program(Step),
    Regex(Box<Regex>),
}

/// All patterns of a rule set, each with what it stands for, in the order of targets.
pub(super) fn patterns(rules: &RuleSet) -> impl Iterator<Item = (Target, &Pattern)> {
    let of_rules = (0..)
        .map(RuleIndex)
        .zip(&rules.rules)
        .flat_map(|(index, rule)| rule.patterns.iter().map(move |pattern| (Target::Rule(index), pattern)));
    let of_look_alikes = (0..)
        .map(RuleIndex)
        .zip(&rules.rules)
        .flat_map(|(index, rule)| rule.look_alikes.iter().map(move |pattern| (Target::LookAlike(index), pattern)));
    let of_cues = (0..)
        .map(CueIndex)
        .zip(&rules.cues)
        .flat_map(|(index, cue)| cue.patterns.iter().map(move |pattern| (Target::Cue(index), pattern)));
    of_rules.chain(of_look_alikes).chain(of_cues)
}

/// Compiles all patterns of `rules`.
pub(super) fn compile(rules: &RuleSet) -> Compiled {
    let mut compiled = Vec::new();
    let mut classes = Builder::default();
    // Literal -> its uses as a whole run, and as the start of one.
    let mut uses: BTreeMap<Box<str>, [Vec<Use>; 2]> = BTreeMap::new();
    for (target, pattern) in patterns(rules) {
        let number = u32::try_from(compiled.len()).expect("patterns are counted in u32");
        let confirmation = confirmation(target, &pattern.node, extent(target, rules), &mut classes);
        let needs = needs(&confirmation.how);
        for anchor in anchors(&pattern.node).expect("parsing refuses patterns without an anchor") {
            let entry = uses.entry(anchor.literal).or_default();
            let to_u32 = |n: usize| u32::try_from(n).expect("patterns are short");
            entry[usize::from(!anchor.whole)].push(Use {
                pattern: number,
                needs,
                fewest_before: to_u32(anchor.fewest_before),
                most_before: to_u32(anchor.most_before),
            });
        }
        compiled.push(confirmation);
    }
    let (texts, literals) = literals(uses);
    Compiled { automaton: automaton(&texts), literals, patterns: compiled, classes: classes.finish() }
}

/// The first three different classes that a match must have; [`ANY`] where there are fewer.
fn needs(how: &How) -> [Class; 3] {
    let mut all = Vec::new();
    if let How::Program(step) = how {
        step.needs(&mut all);
    }
    let mut needs = [ANY; 3];
    for class in all {
        if let Some(free) = needs.iter().position(|&need| need == ANY).filter(|_| !needs.contains(&class)) {
            needs[free] = class;
        }
    }
    needs
}

fn extent(target: Target, rules: &RuleSet) -> Extent {
    match target {
        Target::Cue(index) if rules.cue(index).direction != Direction::Overlap => Extent::Shortest,
        _ => Extent::Longest,
    }
}

fn confirmation(target: Target, node: &Node, extent: Extent, classes: &mut Builder) -> Confirmation {
    let how = match node {
        Node::Regex { expression, .. } => {
            How::Regex(Box::new(compile_regex(expression).expect("parsing refuses expressions that do not compile")))
        }
        node => How::Program(Step::new(node, classes)),
    };
    Confirmation { target, how, longest: node.lengths().1, extent }
}

/// The literals in order, each also standing for the stems at its start, which it hides from the automaton.
fn literals(uses: BTreeMap<Box<str>, [Vec<Use>; 2]>) -> (Vec<Box<str>>, Vec<Literal>) {
    let mut texts: Vec<Box<str>> = Vec::new();
    let mut literals: Vec<Literal> = Vec::new();
    // Literals at the start of the one at hand: in alphabetical order they come right before it.
    let mut starts: Vec<usize> = Vec::new();
    for (text, [mut whole, mut stem]) in uses {
        starts.retain(|&shorter| text.starts_with(&*texts[shorter]));
        if let Some(&longest) = starts.last() {
            stem.extend_from_slice(&literals[longest].stem);
        }
        for list in [&mut whole, &mut stem] {
            list.sort_unstable();
            list.dedup();
        }
        starts.push(texts.len());
        texts.push(text);
        literals.push(Literal { whole, stem, hides: false });
    }
    for hidden in FOLDED_AWAY {
        texts.push(hidden.into());
        literals.push(Literal { hides: true, ..Literal::default() });
    }
    (texts, literals)
}

/// Over lower case alone, which halves the table: scanning folds the letters of ASCII.
fn automaton(texts: &[Box<str>]) -> AhoCorasick {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let kind = if bytes <= TABLE_LIMIT { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(kind))
        .build(texts.iter().map(|text| text.as_bytes()))
        .expect("a few megabytes of anchors fit the automaton")
}
