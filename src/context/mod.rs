//! From matches and cues to findings: assertion, holder, force, scope, lists, sections.
//!
//! Works sentence by sentence, block by block; never fails. Every verdict names what decided it, and
//! every match that is no finding is kept with the reason. The model is ConText's (Harkema et al. 2009):
//! cues with a direction and a reach, ended by terminators and swallowed by pseudo cues. To it come the
//! section's tier (evidence, no gate), the speaker of a paragraph, and lists whose lead-in carries the stance.

mod audience;
mod borrowed;
mod identity;
mod lists;
mod manner;
mod mechanism;
mod narrative;
mod overlap;
mod reach;
mod speaker;
mod stands;
mod subject;
mod topics;
mod view;

use crate::document::{Document, Role};
use crate::finding::{CueWords, Finding, Rejected};
use crate::matcher::ScannedSentence;
use crate::rules::{RuleIndex, RuleSet};
use crate::text::Span;
use identity::Names;
pub use mechanism::{Mechanism, Without};
use speaker::Speakers;
pub use topics::name_topics;
use view::Views;

/// What `judge` gives: findings in document order, and the matches that are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// By place, then rule.
    pub findings: Vec<Finding>,
    /// By place, then rule.
    pub rejected: Vec<Rejected>,
}

/// Gives every match its verdict.
///
/// `sentences` are those of `document` in which `rules` matched, in order.
#[must_use]
pub fn judge(document: &Document, sentences: &[ScannedSentence], rules: &RuleSet) -> Judgement {
    judge_without(document, sentences, rules, Without::default())
}

/// As [`judge`], with some mechanisms turned off, to measure what they bring.
#[must_use]
pub fn judge_without(
    document: &Document,
    sentences: &[ScannedSentence],
    rules: &RuleSet,
    without: Without,
) -> Judgement {
    let views = Views::new(document, sentences, rules, without);
    let speakers = Speakers::new(&views);
    let mut judgement = Judgement::default();
    for index in 0..views.len() {
        let kept = overlap::settle(&views, index, &mut judgement.rejected);
        for (rule, span) in kept {
            match finding(&views, &speakers, index, rule, span) {
                Ok(finding) => judgement.findings.push(finding),
                Err(reason) => judgement.rejected.push(views.rejected(index, rule, span, reason)),
            }
        }
    }
    let mut names = Names::new(document, rules);
    names.name(&mut judgement.findings);
    if without.keeps(Mechanism::LeadIns) {
        let mut inherited = lists::inherited(&views, &judgement.findings);
        names.name(&mut inherited);
        judgement.findings.append(&mut inherited);
    }
    judgement.findings.sort_by_key(|finding| (finding.sentence, finding.span, finding.rule));
    judgement.rejected.sort_by_key(|rejected| (rejected.span, rejected.rule));
    judgement
}

/// The longest row of a table that is quoted whole, in bytes.
const LONGEST_ROW: usize = 400;

/// The fewest words of a cell that says by itself what it says.
const WHOLE_CELL: usize = 7;

/// What is quoted for a match in sentence `index`: the sentence, or the row of a table whose cell it is, since
/// "Investigational" in a cell says nothing without the code beside it. A sentence does, in a row where another stands.
fn quotable(views: &Views<'_>, index: usize, span: Span) -> Span {
    let block = views.block(index);
    if block.role != Role::Row {
        return views.sentence(index);
    }
    let text = &views.document.text;
    let sentence = views.sentence(index);
    let before = text[sentence.start()..span.start()].rfind('\t').map(|at| sentence.start() + at + 1);
    let behind = text[span.end()..sentence.end()].find('\t').map(|at| span.end() + at);
    let own = Span::new(before.unwrap_or(sentence.start()), behind.unwrap_or(sentence.end()));
    let short = block.span.len() <= LONGEST_ROW && {
        let cells = block.span.of(text).split('\t').filter(|cell| view::words_in(cell) >= WHOLE_CELL).count();
        cells < 2 || view::words_in(own.of(text)) < WHOLE_CELL
    };
    if short { block.span } else { own }
}

/// The verdict on one match, or the cue that shows that it is none.
fn finding(
    views: &Views<'_>,
    speakers: &Speakers,
    index: usize,
    rule: RuleIndex,
    span: Span,
) -> Result<Finding, CueWords> {
    let reached = reach::cues(views, index, span, views.rule(rule).category);
    if let Some(veto) = stands::veto(views, index, rule, span, &reached) {
        return Err(veto);
    }
    let stand = stands::decide(views, speakers, index, rule, span, &reached);
    let manner = manner::decide(views, index, rule, &reached);
    let audience = audience::named(views.sentence_text(index));
    let mut cues = stand.cues;
    cues.extend(manner.cues);
    Ok(Finding {
        id: identity::unnamed(),
        category: views.rule(rule).category,
        rule,
        assertion: stand.assertion,
        holder: stand.holder,
        operative: stand.operative,
        unclear: stand.unclear,
        force: manner.force,
        scope: manner.scope,
        lines_of_business: audience.lines_of_business,
        states: audience.states,
        age: audience.age,
        boilerplate: manner.boilerplate,
        tier: views.tier(index),
        heading: views.section(index).heading.clone(),
        span,
        sentence: quotable(views, index, span),
        lead_in: None,
        topics: Vec::new(),
        codes: Vec::new(),
        cues,
    })
}
