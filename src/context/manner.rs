//! Force, scope and whether it is a general notice.

use super::view::{CueAt, Views};
use crate::document::Role;
use crate::finding::CueWords;
use crate::policy::Tier;
use crate::rules::{Category, Effect, Force, RuleIndex, Scope};

/// How firmly and how widely a match is said.
pub(super) struct Manner {
    pub(super) force: Force,
    pub(super) scope: Scope,
    pub(super) boilerplate: bool,
    pub(super) cues: Vec<CueWords>,
}

pub(super) fn decide(views: &Views<'_>, index: usize, rule: RuleIndex, reached: &[CueAt]) -> Manner {
    let mut cues = Vec::new();
    let rule = views.rule(rule);
    let boilerplate = rule.boilerplate || is_notice(views, index);
    let force = rule.force.unwrap_or_else(|| by_cue(views, reached, &mut cues, as_force).unwrap_or(Force::Categorical));
    let by_words = by_cue(views, reached, &mut cues, as_scope);
    let scope = by_words.or(rule.scope).unwrap_or_else(|| by_place(views, index, rule.category, boilerplate));
    Manner { force, scope, boilerplate, cues }
}

/// The weakest force or the widest scope that a cue gives, its words noted.
fn by_cue<T: Ord>(
    views: &Views<'_>,
    reached: &[CueAt],
    cues: &mut Vec<CueWords>,
    value: fn(Effect) -> Option<T>,
) -> Option<T> {
    let (found, at) = reached
        .iter()
        .filter_map(|&at| value(views.cue(at.cue).effect).map(|found| (found, at)))
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.span.cmp(&a.1.span)))?;
    cues.push(views.words(at));
    Some(found)
}

fn as_force(effect: Effect) -> Option<Force> {
    match effect {
        Effect::Force(force) => Some(force),
        _ => None,
    }
}

fn as_scope(effect: Effect) -> Option<Scope> {
    match effect {
        Effect::Scope(scope) => Some(scope),
        _ => None,
    }
}

/// A general notice by its place: the tier of notices, or page furniture that carries words of the payer.
fn is_notice(views: &Views<'_>, index: usize) -> bool {
    views.tier(index) == Some(Tier::Notice) || views.block(index).role == Role::Furniture
}

fn by_place(views: &Views<'_>, index: usize, category: Category, boilerplate: bool) -> Scope {
    let code = views.tier(index) == Some(Tier::Coding) || category == Category::NoncoveredCode;
    match (code, boilerplate) {
        (true, _) => Scope::Code,
        (false, true) => Scope::Programme,
        (false, false) => Scope::Listed,
    }
}
