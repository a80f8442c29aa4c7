//! Which cues reach a match.

use super::view::{CueAt, Views, words_in};
use crate::rules::{Assertion, Category, Cue, Direction, Effect, Reach};
use crate::text::Span;

/// The cues that reach the match `span` in sentence `index`, those of its own sentence first.
///
/// A cue that is part of the match's own words decides its force and scope, and its assertion only with
/// direction `overlap`, or where it looks both ways and its words enclose the match ("changed … to"), or where a
/// speaker before the match shares its verb ("the panel deemed … unproven"); a cue behind a terminator does not
/// reach it.
pub(super) fn cues(views: &Views<'_>, index: usize, span: Span, category: Category) -> Vec<CueAt> {
    let mut reached = Vec::new();
    for &at in views.cues(index) {
        let cue = views.cue(at.cue);
        if concerns(cue, category) && reaches_in_sentence(views, index, at, cue, span) {
            reached.push(at);
        }
    }
    for other in sentences_around(views, index) {
        for &at in views.cues(other) {
            let cue = views.cue(at.cue);
            if cue.reach == Reach::Block && concerns(cue, category) && faces(cue.direction, at.span, span) {
                reached.push(at);
            }
        }
    }
    reached
}

fn concerns(cue: &Cue, category: Category) -> bool {
    cue.effect != Effect::Terminate && (cue.categories.is_empty() || cue.categories.contains(&category))
}

/// The other sentences of the block, and those of the list's lead-in.
fn sentences_around(views: &Views<'_>, index: usize) -> impl Iterator<Item = usize> {
    let own = views.sentences_of(views.block_id(index));
    let head = views.block(index).lead_in.map_or(0..0, |block| views.sentences_of(block));
    head.chain(own).filter(move |&other| other != index)
}

/// Whether the match stands on the side to which the cue looks.
fn faces(direction: Direction, cue: Span, span: Span) -> bool {
    match direction {
        Direction::Forward => cue.end() <= span.start(),
        Direction::Backward => span.end() <= cue.start(),
        Direction::Both => !cue.overlaps(span),
        Direction::Overlap => cue.overlaps(span),
    }
}

fn reaches_in_sentence(views: &Views<'_>, index: usize, at: CueAt, cue: &Cue, span: Span) -> bool {
    if at.span.overlaps(span) {
        let inside_counts = matches!(cue.effect, Effect::Force(_) | Effect::Scope(_) | Effect::PayerSpeaks);
        let both = cue.direction == Direction::Both;
        let encloses = both && at.span.contains(span) && at.span.len() > span.len();
        let attributes = matches!(cue.effect, Effect::Assert(Assertion::Attributed, _));
        let leads_in = both && attributes && at.span.start() < span.start();
        return cue.direction == Direction::Overlap || inside_counts || encloses || leads_in;
    }
    if !faces(cue.direction, at.span, span) {
        return false;
    }
    let between = gap(at.span, span);
    let leaves = |from: usize| leaves_parenthesis(Span::new(from, span.start()).of(&views.document.text));
    if at.span.end() <= span.start() && leaves(at.span.start()) && leaves(at.span.end()) {
        return false;
    }
    match cue.reach {
        Reach::Words(most) => {
            let negates = matches!(cue.effect, Effect::Assert(Assertion::Negated, _));
            words_in(between.of(&views.document.text)) <= usize::from(most)
                && !(negates && ends_clause(views, index, between))
        }
        Reach::Clause => !ends_clause(views, index, between),
        Reach::Sentence | Reach::Block => true,
    }
}

/// Whether words go on outside of the parenthesis in which they began: "(see the policy) … is covered", but not
/// "Lee and colleagues (2019) …", which began before it.
fn leaves_parenthesis(words: &str) -> bool {
    let mut depth = 0_i32;
    words.chars().any(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0
    })
}

fn gap(a: Span, b: Span) -> Span {
    Span::new(a.end().min(b.end()), a.start().max(b.start()))
}

/// Whether a semicolon or a terminating cue stands in `between`.
fn ends_clause(views: &Views<'_>, index: usize, between: Span) -> bool {
    between.of(&views.document.text).contains(';')
        || views.cues(index).iter().any(|at| views.cue(at.cue).effect == Effect::Terminate && between.contains(at.span))
}
