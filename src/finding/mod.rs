//! A match with its verdict.
//!
//! A [`Finding`] says what the words are (category), how they stand (assertion, force, scope), where,
//! and which cues decided, so that a reader can disagree. Plain values; places are byte spans of the
//! document's matching text.

use crate::policy::{LineOfBusiness, State, Tier};
use crate::rules::{Assertion, Category, Force, Holder, RuleIndex, Scope};
use crate::text::Span;

/// A stable name of a finding: 16 hexadecimal digits from rule, normalized words and place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(pub String);

/// The words that decided a verdict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CueWords {
    /// The cue's id, or the name of the mechanism that decided without a cue (`section/history`, `list/lead-in`).
    pub cue: String,
    /// The words, in the matching text; `None` for a mechanism without words of its own.
    pub span: Option<Span>,
}

/// An age limit in years that a statement names as its reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgeRange {
    /// From this age on.
    pub from: Option<u8>,
    /// Below this age.
    pub below: Option<u8>,
}

/// A match with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable name.
    pub id: FindingId,
    /// What the words say.
    pub category: Category,
    /// The rule that matched.
    pub rule: RuleIndex,
    /// How they stand.
    pub assertion: Assertion,
    /// Whose words they are, when attributed.
    pub holder: Option<Holder>,
    /// The payer's own statement, in force.
    pub operative: bool,
    /// The evidence for the verdict conflicts.
    pub unclear: bool,
    /// How firmly it is said.
    pub force: Force,
    /// What it reaches.
    pub scope: Scope,
    /// Lines of business that the statement names.
    pub lines_of_business: Vec<LineOfBusiness>,
    /// States that the statement names.
    pub states: Vec<State>,
    /// Ages that the statement names.
    pub age: Option<AgeRange>,
    /// A payer-wide notice by its own wording and place.
    pub boilerplate: bool,
    /// The tier of its section, where known.
    pub tier: Option<Tier>,
    /// The heading above it.
    pub heading: Option<String>,
    /// The match; empty (start = end = the sentence's start) for a finding inherited from a lead-in.
    pub span: Span,
    /// The whole sentence or list item.
    pub sentence: Span,
    /// The finding in the sentence that heads the list, where the stance is inherited.
    pub lead_in: Option<FindingId>,
    /// Ids of topics that the statement is about.
    pub topics: Vec<String>,
    /// Codes in the sentence.
    pub codes: Vec<String>,
    /// What decided.
    pub cues: Vec<CueWords>,
}

impl Finding {
    /// Takes a person's verdict over the machine's: whether it is the payer's own statement in force.
    pub fn correct(&mut self, operative: bool) {
        (self.operative, self.unclear) = (operative, false);
    }
}

/// A match that is no finding, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The rule that matched.
    pub rule: RuleIndex,
    /// Its words.
    pub span: Span,
    /// The sentence.
    pub sentence: Span,
    /// The look-alike, cue or mechanism that rejected it.
    pub reason: CueWords,
}
