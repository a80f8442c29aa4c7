//! Rules: what a phrase says.

use super::{Category, Force, Pattern, Scope};

/// The place of a rule in [`super::RuleSet::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIndex(pub u32);

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `family/what-it-says`; never reused.
    pub id: String,
    /// What a match says.
    pub category: Category,
    /// Any of these.
    pub patterns: Vec<Pattern>,
    /// Look-alikes: a match that overlaps one of these is none.
    pub look_alikes: Vec<Pattern>,
    /// The force, where the phrase fixes it; otherwise the cues in the sentence decide.
    pub force: Option<Force>,
    /// The scope, where the phrase fixes it.
    pub scope: Option<Scope>,
    /// Whether the words are a payer-wide notice wherever they stand.
    pub boilerplate: bool,
    /// Sentences in which the rule must fire.
    pub examples: Vec<String>,
    /// Sentences in which it must not.
    pub counter_examples: Vec<String>,
    /// Why it matters in an appeal, one or two sentences.
    pub why: String,
    /// The pack it came from.
    pub pack: String,
}
