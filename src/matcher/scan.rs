//! Scanning a document.

use super::compile::{Anchored, CompiledForm, Matcher};
use super::machine::Threads;
use super::tokens::Tokens;
use super::{Match, ScannedSentence};
use crate::document::{Block, BlockId, Document, Role};
use crate::text::{Span, sentences};

/// A literal that was found: its place and number.
#[derive(Clone, Copy, Debug)]
struct Hit {
    span: Span,
    literal: usize,
}

/// One worker's state, reused from document to document.
#[derive(Debug)]
pub struct Scanner<'m> {
    matcher: &'m Matcher,
    tokens: Tokens,
    threads: Threads,
    /// Patterns with the range of tokens at which they may begin.
    windows: Vec<(u32, u32, u32)>,
    found: Vec<Match>,
}

impl<'m> Scanner<'m> {
    pub(super) fn new(matcher: &'m Matcher) -> Scanner<'m> {
        Scanner {
            matcher,
            tokens: Tokens::default(),
            threads: Threads::default(),
            windows: Vec::new(),
            found: Vec::new(),
        }
    }

    /// The sentences of `document` in which something matched, in order.
    pub fn scan(&mut self, document: &Document) -> Vec<ScannedSentence> {
        let text = document.text.as_str();
        let mut scanned = Vec::new();
        let mut hits = self.matcher.automaton.find_iter(text).filter_map(|found| {
            let whole = begins_word(text, found.start());
            whole.then(|| Hit { span: Span::new(found.start(), found.end()), literal: found.pattern().as_usize() })
        });
        let mut next = hits.next();
        let mut in_block = Vec::new();
        for (index, block) in document.blocks.iter().enumerate() {
            in_block.clear();
            while let Some(hit) = next.filter(|hit| hit.span.start() < block.span.end()) {
                if hit.span.start() >= block.span.start() {
                    in_block.push(hit);
                }
                next = hits.next();
            }
            if !in_block.is_empty() {
                self.block(text, BlockId::new(index), block, &in_block, &mut scanned);
            }
        }
        scanned
    }

    fn block(&mut self, text: &str, id: BlockId, block: &Block, hits: &[Hit], scanned: &mut Vec<ScannedSentence>) {
        let mut rest = hits;
        for (index, span) in parts(text, block).into_iter().enumerate() {
            let before = rest.partition_point(|hit| hit.span.start() < span.start());
            let inside = rest.partition_point(|hit| hit.span.start() < span.end());
            let own = &rest[before..inside];
            rest = &rest[inside..];
            if own.is_empty() {
                continue;
            }
            let marker = if index == 0 { block.marker_len as usize } else { 0 };
            let matches = self.sentence(text, span, marker, own);
            if !matches.is_empty() {
                scanned.push(ScannedSentence { span, block: id, matches });
            }
        }
    }

    fn sentence(&mut self, text: &str, span: Span, marker: usize, hits: &[Hit]) -> Vec<Match> {
        self.tokens.read(text, span);
        self.found.clear();
        self.windows.clear();
        for hit in hits {
            let token = self.tokens.tokens.partition_point(|token| token.span.start() < hit.span.start());
            let Some(at) = self.tokens.tokens.get(token).filter(|at| at.span.start() == hit.span.start()) else {
                continue;
            };
            let literal = &self.matcher.literals[hit.literal];
            let whole = ends_word(text, hit.span.end()) || at.span.end() == hit.span.end();
            let wanted = literal.stems.iter().chain(literal.whole.iter().filter(|_| whole));
            self.windows.extend(wanted.map(|anchored| window(*anchored, token)));
        }
        self.windows.sort_unstable();
        let first = self.tokens.tokens.partition_point(|token| token.span.start() < span.start() + marker);
        self.confirm(text, span, first);
        leftmost_longest(&mut self.found)
    }

    /// Confirms the patterns of `windows`, each at every token once.
    fn confirm(&mut self, text: &str, span: Span, first: usize) {
        let mut done = (u32::MAX, 0);
        for &(pattern, from, to) in &self.windows {
            let compiled = &self.matcher.patterns[pattern as usize];
            match &compiled.form {
                CompiledForm::Phrase(machine) => {
                    let from = if done.0 == pattern { from.max(done.1) } else { from };
                    for start in from..=to {
                        let start = start as usize;
                        let end = machine.longest(text, &self.tokens, first, start, &mut self.threads);
                        let Some(end) = end else { continue };
                        let tokens = &self.tokens.tokens;
                        let span = Span::new(tokens[start].span.start(), tokens[end - 1].span.end());
                        self.found.push(Match { span, target: compiled.target });
                    }
                    done = (pattern, to + 1);
                }
                CompiledForm::Expression(_) if done.0 == pattern => {}
                CompiledForm::Expression(regex) => {
                    let spans = regex.find_iter(span.of(text)).filter(|found| !found.is_empty());
                    let spans = spans.map(|found| Span::new(found.start(), found.end()).shifted(span.start()));
                    self.found.extend(spans.map(|span| Match { span, target: compiled.target }));
                    done = (pattern, u32::MAX);
                }
            }
        }
    }
}

/// The tokens at which a pattern may begin whose anchor is token `at`.
fn window(anchored: Anchored, at: usize) -> (u32, u32, u32) {
    let at = u32::try_from(at).expect("a sentence has fewer words than 4 Gi");
    let from = at.saturating_sub(anchored.most_before);
    (anchored.pattern, from, at.saturating_sub(anchored.fewest_before).max(from))
}

/// The sentences of a block; the cells of a row.
fn parts(text: &str, block: &Block) -> Vec<Span> {
    let words = block.span.of(text);
    if block.role != Role::Row {
        return sentences(words).into_iter().map(|span| span.shifted(block.span.start())).collect();
    }
    let mut start = block.span.start();
    let mut cells = Vec::new();
    for cell in words.split('\t') {
        cells.extend(sentences(cell).into_iter().map(|span| span.shifted(start)));
        start += cell.len() + 1;
    }
    cells
}

fn begins_word(text: &str, at: usize) -> bool {
    at == 0 || !is_letter(text.as_bytes()[at - 1])
}

fn ends_word(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_none_or(|&byte| !is_letter(byte) && byte != b'\'')
}

/// A letter or digit of ASCII; what stands beyond ASCII is told by the words of the sentence.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// The leftmost-longest matches of each target, in order of place, then target.
fn leftmost_longest(found: &mut [Match]) -> Vec<Match> {
    found.sort_unstable_by_key(|found| (found.target, found.span.start(), usize::MAX - found.span.end()));
    let mut kept: Vec<Match> = Vec::new();
    for &one in found.iter() {
        let overlaps = kept.last().is_some_and(|last| last.target == one.target && last.span.overlaps(one.span));
        if !overlaps {
            kept.push(one);
        }
    }
    kept.sort_unstable_by_key(|found| (found.span, found.target));
    kept
}

#[cfg(test)]
pub(super) fn found(scanned: &[ScannedSentence]) -> Vec<(super::Target, Span)> {
    scanned.iter().flat_map(|sentence| sentence.matches.iter().map(|found| (found.target, found.span))).collect()
}
