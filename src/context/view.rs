//! Sentences with their block, section and cues at hand.

use super::{Mechanism, Without, borrowed};
use crate::document::{Block, BlockId, Document, Section};
use crate::finding::{CueWords, Rejected};
use crate::matcher::{ScannedSentence, Target};
use crate::policy::Tier;
use crate::rules::{Cue, CueIndex, Effect, Rule, RuleIndex, RuleSet};
use crate::text::Span;

/// A cue where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CueAt {
    pub(super) cue: CueIndex,
    pub(super) span: Span,
}

/// The scanned sentences of one document, their pseudo cues and swallowed cues settled.
pub(super) struct Views<'a> {
    pub(super) document: &'a Document,
    rules: &'a RuleSet,
    sentences: &'a [ScannedSentence],
    cues: Vec<Vec<CueAt>>,
    /// The quotations of all blocks, in order.
    quotations: Vec<Span>,
    without: Without,
}

impl<'a> Views<'a> {
    pub(super) fn new(
        document: &'a Document,
        sentences: &'a [ScannedSentence],
        rules: &'a RuleSet,
        without: Without,
    ) -> Views<'a> {
        let cues = sentences.iter().map(|sentence| effective_cues(sentence, rules, without)).collect();
        let quotations = document.blocks.iter().flat_map(|block| {
            let quotations = borrowed::quotations(block.span.of(&document.text));
            quotations.into_iter().map(|quotation| quotation.shifted(block.span.start()))
        });
        Views { document, rules, sentences, cues, quotations: quotations.collect(), without }
    }

    /// Whether `span` stands inside a quotation of a sentence or more.
    pub(super) fn is_quoted(&self, span: Span) -> bool {
        let before = self.quotations.partition_point(|quotation| quotation.start() <= span.start());
        before > 0 && self.quotations[before - 1].contains(span)
    }

    /// Whether `mechanism` works.
    pub(super) fn keeps(&self, mechanism: Mechanism) -> bool {
        self.without.keeps(mechanism)
    }

    pub(super) fn len(&self) -> usize {
        self.sentences.len()
    }

    pub(super) fn scanned(&self, index: usize) -> &'a ScannedSentence {
        &self.sentences[index]
    }

    pub(super) fn sentence(&self, index: usize) -> Span {
        self.sentences[index].span
    }

    pub(super) fn sentence_text(&self, index: usize) -> &'a str {
        self.sentences[index].span.of(&self.document.text)
    }

    pub(super) fn block_id(&self, index: usize) -> BlockId {
        self.sentences[index].block
    }

    pub(super) fn block(&self, index: usize) -> &'a Block {
        self.document.block(self.sentences[index].block)
    }

    pub(super) fn section(&self, index: usize) -> &'a Section {
        self.document.section_of(self.sentences[index].block)
    }

    pub(super) fn tier(&self, index: usize) -> Option<Tier> {
        self.section(index).tier
    }

    pub(super) fn rule(&self, rule: RuleIndex) -> &'a Rule {
        &self.rules.rules[rule.0 as usize]
    }

    pub(super) fn cue(&self, cue: CueIndex) -> &'a Cue {
        &self.rules.cues[cue.0 as usize]
    }

    /// The cues that count in a sentence.
    pub(super) fn cues(&self, index: usize) -> &[CueAt] {
        &self.cues[index]
    }

    /// The scanned sentences of a block, as a range of indices.
    pub(super) fn sentences_of(&self, block: BlockId) -> std::ops::Range<usize> {
        let start = self.sentences.partition_point(|sentence| sentence.block < block);
        let end = self.sentences.partition_point(|sentence| sentence.block <= block);
        start..end
    }

    /// The words of a cue, for a verdict.
    pub(super) fn words(&self, at: CueAt) -> CueWords {
        CueWords { cue: self.cue(at.cue).id.clone(), span: Some(at.span) }
    }

    pub(super) fn rejected(&self, index: usize, rule: RuleIndex, span: Span, reason: CueWords) -> Rejected {
        Rejected { rule, span, sentence: self.sentence(index), reason }
    }
}

/// The cues of a sentence without those assertions that a pseudo cue overlaps and those that lie inside a longer cue of another effect.
fn effective_cues(sentence: &ScannedSentence, rules: &RuleSet, without: Without) -> Vec<CueAt> {
    let effect_of = |cue: CueIndex| rules.cues[cue.0 as usize].effect;
    let works = |cue: CueIndex| Mechanism::of(effect_of(cue)).is_none_or(|mechanism| without.keeps(mechanism));
    let all: Vec<CueAt> = sentence
        .matches
        .iter()
        .filter_map(|found| match found.target {
            Target::Cue(cue) => works(cue).then_some(CueAt { cue, span: found.span }),
            Target::Rule(_) | Target::LookAlike(_) => None,
        })
        .collect();
    let effect = |at: &CueAt| effect_of(at.cue);
    let swallowed = |at: &CueAt| {
        all.iter().any(|other| {
            let longer = other.span.contains(at.span) && other.span.len() > at.span.len();
            effect(other) == Effect::Pseudo && matches!(effect(at), Effect::Assert(..)) && other.span.overlaps(at.span)
                || longer && settles_same(effect(other), effect(at)) && effect(other) != effect(at)
        })
    };
    all.iter().filter(|at| effect(at) != Effect::Pseudo && !swallowed(at)).copied().collect()
}

/// Whether two effects answer the same question, so that the longer cue wins.
fn settles_same(a: Effect, b: Effect) -> bool {
    let question = |effect| match effect {
        Effect::Assert(..) | Effect::PayerSpeaks => 0,
        Effect::Force(_) => 1,
        Effect::Scope(_) => 2,
        Effect::Veto => 3,
        Effect::Pseudo => 4,
        Effect::Terminate => 5,
    };
    question(a) == question(b)
}

/// A mechanism that decides without words of its own.
pub(super) fn mechanism(name: &str) -> CueWords {
    CueWords { cue: name.to_owned(), span: None }
}

/// The number of words in `text`.
pub(super) fn words_in(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()).count()
}
