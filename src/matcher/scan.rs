//! One pass over a text: hits of anchors, the sentences around them, confirmation of what they stand for.

use super::classes::{PLACES, Places};
use super::compile::{Compiled, How, Literal, Use};
use super::program::View;
use super::{Match, ScannedSentence, Target};
use crate::document::{Block, BlockId, Role};
use crate::rules::{Kind, Tokens};
use crate::text::{Span, sentences};

/// Buffers that live from document to document.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    /// The text with its letters of ASCII in lower case.
    lower: Vec<u8>,
    hits: Vec<Hit>,
    tokens: Tokens,
    places: Places,
    found: Vec<(Target, usize, usize)>,
    matches: Vec<Match>,
    regexes: Vec<u32>,
}

/// An anchor in the text.
#[derive(Clone, Copy, Debug)]
struct Hit {
    start: usize,
    literal: u32,
    /// Whether the run of letters ends with the literal.
    whole: bool,
}

/// The parts of a block in which a match may stand: its sentences, or for a row the sentences of each cell.
pub(super) fn parts(text: &str, block: &Block) -> Vec<Span> {
    let whole = block.span.of(text);
    let mut spans = Vec::new();
    let mut from = block.span.start();
    let cells: &[char] = if block.role == Role::Row { &['\t'] } else { &[] };
    for cell in whole.split(cells) {
        spans.extend(sentences(cell).into_iter().map(|span| span.shifted(from)));
        from += cell.len() + 1;
    }
    spans
}

/// Scans `text` block by block.
pub(super) fn scan(compiled: &Compiled, buffers: &mut Buffers, text: &str, blocks: &[Block]) -> Vec<ScannedSentence> {
    let mut hits = std::mem::take(&mut buffers.hits);
    buffers.lower.clear();
    buffers.lower.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
    find_hits(compiled, &buffers.lower, &mut hits);
    let mut scanned = Vec::new();
    let mut at = 0;
    for (index, block) in blocks.iter().enumerate() {
        at += hits[at..].partition_point(|hit| hit.start < block.span.start());
        let of_block = hits[at..].partition_point(|hit| hit.start < block.span.end());
        if of_block == 0 {
            continue;
        }
        let mut rest = &hits[at..at + of_block];
        let marker_end = block.span.start() + block.marker_len as usize;
        for span in parts(text, block) {
            let before = rest.partition_point(|hit| hit.start < span.start());
            let inside = rest[before..].partition_point(|hit| hit.start < span.end());
            let of_sentence = &rest[before..before + inside];
            rest = &rest[before + inside..];
            if !of_sentence.is_empty() {
                let sentence = Sentence { compiled, text: span.of(text), offset: span.start(), marker_end };
                sentence.confirm(of_sentence, buffers);
            }
            if !buffers.matches.is_empty() {
                let matches = std::mem::take(&mut buffers.matches);
                scanned.push(ScannedSentence { span, block: BlockId::new(index), matches });
            }
        }
        at += of_block;
    }
    buffers.hits = hits;
    scanned
}

/// The anchors that stand where words do, in a text of lower case.
fn find_hits(compiled: &Compiled, bytes: &[u8], hits: &mut Vec<Hit>) {
    hits.clear();
    for found in compiled.automaton.find_iter(bytes) {
        let literal = &compiled.literals[found.pattern().as_usize()];
        if let Some(whole) = stands_as_word(bytes, found.start(), found.end(), literal) {
            hits.push(Hit { start: found.start(), literal: found.pattern().as_u32(), whole });
        }
    }
}

/// Whether a literal found there can stand for something, and if so, whether as a whole run of letters and digits.
fn stands_as_word(bytes: &[u8], start: usize, end: usize, literal: &Literal) -> Option<bool> {
    if literal.hides {
        return Some(true);
    }
    if start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let whole = !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    (whole && !literal.whole.is_empty() || !literal.stem.is_empty()).then_some(whole)
}

/// One sentence at work.
struct Sentence<'s> {
    compiled: &'s Compiled,
    text: &'s str,
    /// Where it starts in the whole text.
    offset: usize,
    /// Where the block's marker ends in the whole text.
    marker_end: usize,
}

impl Sentence<'_> {
    /// Leaves the matches of this sentence in `buffers.matches`.
    fn confirm(&self, hits: &[Hit], buffers: &mut Buffers) {
        buffers.tokens.split(self.text);
        buffers.found.clear();
        buffers.regexes.clear();
        let tokens = std::mem::take(&mut buffers.tokens);
        let mut places = std::mem::take(&mut buffers.places);
        places.read(&self.compiled.classes, &tokens);
        let list = tokens.list();
        let first = self.first_word(&tokens);
        let last = list.iter().rposition(|token| token.kind != Kind::Mark).map_or(0, |at| at + 1);
        let view = View { places: &places, first, last };
        if hits.iter().any(|hit| self.compiled.literals[hit.literal as usize].hides) {
            self.confirm_folded(&view, &tokens, buffers);
        } else {
            let mut word = 0;
            for hit in hits {
                let start = hit.start - self.offset;
                word += list[word..].partition_point(|token| token.span.end() <= start);
                self.uses(&view, word, hit.literal, hit.whole, buffers);
            }
        }
        self.settle(&tokens, buffers);
        buffers.tokens = tokens;
        buffers.places = places;
    }

    /// As for hits in the text, for a sentence with characters that hide words: anchors are looked for in the folded words.
    fn confirm_folded(&self, view: &View<'_>, tokens: &Tokens, buffers: &mut Buffers) {
        for (word, token) in tokens.list().iter().enumerate() {
            let folded = tokens.folded(token);
            for found in self.compiled.automaton.find_iter(folded) {
                let literal = &self.compiled.literals[found.pattern().as_usize()];
                if let Some(whole) = stands_as_word(folded, found.start(), found.end(), literal) {
                    self.uses(view, word, found.pattern().as_u32(), whole, buffers);
                }
            }
        }
    }

    /// Confirms everything that an anchor at a word stands for.
    fn uses(&self, view: &View<'_>, word: usize, literal: u32, whole: bool, buffers: &mut Buffers) {
        let literal = &self.compiled.literals[literal as usize];
        let of_whole: &[Use] = if whole { &literal.whole } else { &[] };
        for used in of_whole.iter().chain(&literal.stem) {
            if !used.needs.iter().all(|&class| view.places.has(class)) {
                continue;
            }
            let pattern = &self.compiled.patterns[used.pattern as usize];
            let How::Program(program) = &pattern.how else {
                buffers.regexes.push(used.pattern);
                continue;
            };
            let Some(to) = word.checked_sub(used.fewest_before as usize) else { continue };
            let mut from = word.saturating_sub(used.most_before as usize);
            // All starts at once first: nearly always none of them holds.
            let width = PLACES - pattern.longest;
            while from <= to {
                let starts = (to - from + 1).min(width);
                if program.run(view, from, u128::MAX >> (PLACES - starts)) != 0 {
                    let ends =
                        (from..from + starts).filter_map(|at| Some((at, program.end(view, at, pattern.extent)?)));
                    buffers.found.extend(ends.map(|(at, end)| (pattern.target, at, end)));
                }
                from += starts;
            }
        }
    }

    /// The leftmost-longest matches of each target without overlap, as spans of the whole text.
    fn settle(&self, tokens: &Tokens, buffers: &mut Buffers) {
        let list = tokens.list();
        let words = buffers.found.drain(..).map(|(target, start, end)| {
            let span = list[start].span.cover(list[end - 1].span);
            (target, span.start(), span.end())
        });
        let mut spans: Vec<(Target, usize, usize)> = words.collect();
        self.regexes(buffers, &mut spans);
        spans.sort_unstable_by_key(|&(target, start, end)| (target, start, std::cmp::Reverse(end)));
        let mut last: Option<(Target, usize)> = None;
        for (target, start, end) in spans {
            if last.is_some_and(|(before, until)| before == target && start < until) {
                continue;
            }
            last = Some((target, end));
            buffers.matches.push(Match { span: Span::new(start, end).shifted(self.offset), target });
        }
        buffers.matches.sort_unstable();
    }

    fn regexes(&self, buffers: &mut Buffers, spans: &mut Vec<(Target, usize, usize)>) {
        buffers.regexes.sort_unstable();
        buffers.regexes.dedup();
        for &number in &buffers.regexes {
            let pattern = &self.compiled.patterns[number as usize];
            let How::Regex(regex) = &pattern.how else { continue };
            for found in regex.find_iter(self.text.as_bytes()) {
                // Bytes are matched: a class such as `[^a]` may stop inside of a character.
                let start = self.text.floor_char_boundary(found.start());
                let end = self.text.ceil_char_boundary(found.end());
                if start < end {
                    spans.push((pattern.target, start, end));
                }
            }
        }
    }

    /// The word at which `^` holds: behind the block's marker and behind a number or letter of a list.
    fn first_word(&self, tokens: &Tokens) -> usize {
        let list = tokens.list();
        let behind_marker = list.partition_point(|token| token.span.start() + self.offset < self.marker_end);
        if behind_marker > 0 {
            return behind_marker;
        }
        let Some(token) = list.first() else { return 0 };
        let after = &self.text.as_bytes()[token.span.end()..];
        let folded = tokens.folded(token);
        let is_label = token.kind == Kind::Number
            || folded.len() == 1
            || folded.len() <= 4 && folded.iter().all(|byte| b"ivx".contains(byte));
        let closed = matches!(after, [b'.' | b')', b' ' | b'\n' | b'\x0c' | b'\t', ..]);
        usize::from(is_label && closed)
    }
}
