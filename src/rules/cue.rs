//! Cues: words that decide how a match stands (ConText's modifiers, Harkema et al. 2009).

use super::{Assertion, Category, Force, Holder, Pattern, Scope};

/// The place of a cue in [`super::RuleSet::cues`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CueIndex(pub u32);

/// What a cue does to the matches that it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Gives an assertion other than present.
    Assert(Assertion, Option<Holder>),
    /// Marks the payer as the speaker: an attribution does not hold.
    PayerSpeaks,
    /// Gives a force.
    Force(Force),
    /// Gives a scope.
    Scope(Scope),
    /// The match is used in another sense and is none: a look-alike shared by many rules.
    Veto,
    /// Swallows the cues (not the matches) that it overlaps.
    Pseudo,
    /// Ends the reach of cues to its other side.
    Terminate,
}

/// On which side of the cue the matches stand that it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Behind the cue.
    Forward,
    /// Before the cue.
    Backward,
    /// On both sides.
    Both,
    /// Only matches that share words with the cue.
    Overlap,
}

/// How far a cue reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// So many words between cue and match.
    Words(u8),
    /// To the next terminating cue, semicolon or end of the sentence.
    Clause,
    /// The sentence.
    Sentence,
    /// The block: paragraph, list item, row; for a lead-in also its items.
    Block,
}

/// One cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// `family/what-it-says`; never reused.
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// Where.
    pub direction: Direction,
    /// How far.
    pub reach: Reach,
    /// Any of these.
    pub patterns: Vec<Pattern>,
    /// The categories whose matches it reaches; empty for all.
    pub categories: Vec<Category>,
    /// Sentences that show it at work, each holding a match that it reaches.
    pub examples: Vec<String>,
    /// Sentences in which it must not fire.
    pub counter_examples: Vec<String>,
    /// Why, one sentence.
    pub why: String,
    /// The pack it came from.
    pub pack: String,
}
