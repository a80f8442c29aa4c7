//! A phrase as a small automaton over words.

use super::tokens::{Kind, Tokens};
use crate::rules::Node;

/// One step of an automaton.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Word(Box<str>),
    Stem(Box<str>),
    Number,
    Mark(u8),
    /// Any word or number.
    Any,
    Start,
    End,
    /// On at both places.
    Split(u32, u32),
    Jump(u32),
    Done,
}

/// A compiled phrase.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    steps: Vec<Step>,
}

/// The states of a run; reused.
#[derive(Debug, Default)]
pub(super) struct Threads {
    now: Vec<u32>,
    next: Vec<u32>,
    seen: Vec<u32>,
    mark: u32,
}

impl Machine {
    pub(super) fn new(phrase: &Node) -> Machine {
        let mut machine = Machine { steps: Vec::new() };
        machine.emit(phrase);
        machine.steps.push(Step::Done);
        machine
    }

    fn here(&self) -> u32 {
        u32::try_from(self.steps.len()).expect("a phrase has fewer steps than 4 Gi")
    }

    fn emit(&mut self, node: &Node) {
        match node {
            Node::Word(word) => self.steps.push(Step::Word(word.clone())),
            Node::Stem(stem) => self.steps.push(Step::Stem(stem.clone())),
            Node::Number => self.steps.push(Step::Number),
            Node::Mark(mark) => self.steps.push(Step::Mark(u8::try_from(*mark).expect("marks are ASCII"))),
            Node::Start => self.steps.push(Step::Start),
            Node::End => self.steps.push(Step::End),
            Node::Gap(words) => {
                for _ in 0..*words {
                    self.optional(|machine| machine.steps.push(Step::Any));
                }
            }
            Node::Sequence(parts) => parts.iter().for_each(|part| self.emit(part)),
            Node::Optional(part) => self.optional(|machine| machine.emit(part)),
            Node::Choice(parts) => self.choice(parts),
        }
    }

    fn optional(&mut self, emit: impl FnOnce(&mut Machine)) {
        let split = self.steps.len();
        self.steps.push(Step::Done);
        emit(self);
        self.steps[split] = Step::Split(u32::try_from(split + 1).expect("few steps"), self.here());
    }

    fn choice(&mut self, parts: &[Node]) {
        let mut jumps = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let last = index + 1 == parts.len();
            let split = self.steps.len();
            if !last {
                self.steps.push(Step::Done);
            }
            self.emit(part);
            if !last {
                jumps.push(self.steps.len());
                self.steps.push(Step::Done);
                self.steps[split] = Step::Split(u32::try_from(split + 1).expect("few steps"), self.here());
            }
        }
        for jump in jumps {
            self.steps[jump] = Step::Jump(self.here());
        }
    }

    /// The token behind the longest match that begins at token `start`.
    pub(super) fn longest(
        &self,
        text: &str,
        tokens: &Tokens,
        first: usize,
        start: usize,
        threads: &mut Threads,
    ) -> Option<usize> {
        let count = tokens.tokens.len();
        let mut longest = None;
        threads.now.clear();
        threads.fresh(self.steps.len());
        self.follow(0, start == first, start == count, threads, true);
        let mut at = start;
        loop {
            if threads.now.iter().any(|&state| self.steps[state as usize] == Step::Done) {
                longest = Some(at);
            }
            if at == count || threads.now.is_empty() {
                return longest.filter(|&end| end > start);
            }
            let token = tokens.tokens[at];
            threads.next.clear();
            threads.fresh(self.steps.len());
            at += 1;
            for index in 0..threads.now.len() {
                let state = threads.now[index];
                let taken = match &self.steps[state as usize] {
                    Step::Word(word) => tokens.is(text, token, word),
                    Step::Stem(stem) => tokens.begins(text, token, stem),
                    Step::Number => token.kind == Kind::Number,
                    Step::Mark(mark) => token.kind == Kind::Mark && text.as_bytes()[token.span.start()] == *mark,
                    Step::Any => token.kind != Kind::Mark,
                    _ => false,
                };
                if taken {
                    self.follow(state + 1, false, at == count, threads, false);
                }
            }
            std::mem::swap(&mut threads.now, &mut threads.next);
        }
    }

    /// Adds `state` and all that follows from it without a word.
    fn follow(&self, state: u32, at_start: bool, at_end: bool, threads: &mut Threads, now: bool) {
        if threads.seen[state as usize] == threads.mark {
            return;
        }
        threads.seen[state as usize] = threads.mark;
        match self.steps[state as usize] {
            Step::Split(a, b) => {
                self.follow(a, at_start, at_end, threads, now);
                self.follow(b, at_start, at_end, threads, now);
            }
            Step::Jump(to) => self.follow(to, at_start, at_end, threads, now),
            Step::Start if at_start => self.follow(state + 1, at_start, at_end, threads, now),
            Step::End if at_end => self.follow(state + 1, at_start, at_end, threads, now),
            Step::Start | Step::End => {}
            _ if now => threads.now.push(state),
            _ => threads.next.push(state),
        }
    }
}

impl Threads {
    /// Forgets the states seen at the last token.
    fn fresh(&mut self, states: usize) {
        if self.seen.len() < states {
            self.seen.resize(states, 0);
        }
        self.mark = self.mark.wrapping_add(1);
        if self.mark == 0 {
            self.seen.fill(0);
            self.mark = 1;
        }
    }
}
