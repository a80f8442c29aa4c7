//! Who speaks in a paragraph: the payer, or a body that a heading or an earlier sentence named.

use std::collections::BTreeMap;

use super::view::{CueAt, Views};
use crate::document::{BlockId, Role, SectionId};
use crate::policy::Tier;
use crate::rules::{Assertion, Effect, Holder};

/// A speaker other than the payer, and the cue that named it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speaker {
    pub(super) holder: Option<Holder>,
    pub(super) named_by: CueAt,
}

/// The carried speaker of each scanned sentence.
///
/// Speakers are carried only where narrative stands (evidence, description, unknown tiers): a heading that
/// names a body speaks for its section, and a sentence that opens a paragraph with a source speaks for the
/// rest of that paragraph. Words of the payer end both.
pub(super) struct Speakers(Vec<Option<Speaker>>);

impl Speakers {
    pub(super) fn new(views: &Views<'_>) -> Speakers {
        let mut speakers = Vec::with_capacity(views.len());
        let mut section: Option<SectionId> = None;
        let mut block: Option<BlockId> = None;
        let mut of_heading = None;
        let mut of_block: Option<Speaker> = None;
        // Who speaks where a block ends in a colon, or heads a list.
        let mut announced: BTreeMap<BlockId, Speaker> = BTreeMap::new();
        for index in 0..views.len() {
            let at = views.block(index);
            if section != Some(at.section) {
                section = Some(at.section);
                of_heading = None;
            }
            if block != Some(views.block_id(index)) {
                block = Some(views.block_id(index));
                of_block = announcer(views, index).and_then(|before| announced.get(&before).copied());
            }
            let narrative =
                matches!(views.tier(index), Some(Tier::Evidence | Tier::Description | Tier::References) | None);
            let named = named_source(views, index);
            if matches!(at.role, Role::Heading { .. }) {
                of_heading = named.filter(|_| narrative);
                speakers.push(None);
                continue;
            }
            if payer_speaks(views, index) {
                of_block = None;
                speakers.push(None);
                continue;
            }
            speakers.push(of_block.or(of_heading).filter(|_| narrative));
            if let Some(source) = named {
                of_block = Some(source);
            }
            if let Some(source) = of_block {
                announced.insert(views.block_id(index), source);
            }
        }
        Speakers(speakers)
    }

    pub(super) fn of(&self, index: usize) -> Option<Speaker> {
        self.0[index]
    }
}

/// The block that announces the one of sentence `index`: the lead-in of its list, or the block before it with a
/// colon at its end.
fn announcer(views: &Views<'_>, index: usize) -> Option<BlockId> {
    if let Some(lead_in) = views.block(index).lead_in {
        return Some(lead_in);
    }
    let before = BlockId::new(views.block_id(index).index().checked_sub(1)?);
    let block = &views.document.blocks[before.index()];
    block.span.of(&views.document.text).trim_end().ends_with(':').then_some(before)
}

fn named_source(views: &Views<'_>, index: usize) -> Option<Speaker> {
    views.cues(index).iter().find_map(|&at| match views.cue(at.cue).effect {
        Effect::Assert(Assertion::Attributed, holder) => Some(Speaker { holder, named_by: at }),
        _ => None,
    })
}

fn payer_speaks(views: &Views<'_>, index: usize) -> bool {
    views.cues(index).iter().any(|at| views.cue(at.cue).effect == Effect::PayerSpeaks)
}
