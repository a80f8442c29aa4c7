//! The filters between a match and a finding, each with a switch, so that what it brings can be measured.

use crate::rules::{Assertion, Effect, Scope};

/// One filter of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mechanism {
    /// Look-alikes of a rule.
    LookAlikes,
    /// Of matches that share words, the stronger one stands.
    Overlaps,
    /// Look-alikes shared by many rules (cues with effect `veto`).
    Vetoes,
    /// Cues of negation.
    Negation,
    /// Cues of history.
    History,
    /// Cues of definition.
    Definition,
    /// Cues of titles and cross-references.
    Reference,
    /// Cues that name another speaker in the sentence.
    Attribution,
    /// Cues of hypothesis and condition, and questions.
    Hypothesis,
    /// Cues by which the payer speaks.
    Payer,
    /// Cues that swallow others (ConText's pseudo cues).
    Pseudo,
    /// Words that end a cue's reach.
    Terminators,
    /// Cues of force.
    Force,
    /// Cues of scope other than residual.
    Scope,
    /// Residual clauses: "all other indications".
    Residual,
    /// Speakers carried from a heading or an earlier sentence.
    Speakers,
    /// Quotation marks and citations.
    Quotations,
    /// Sections whose heading and content agree: history, references.
    Sections,
    /// Narrative and definition tiers.
    Tiers,
    /// Rows of coding tables hold descriptors.
    CodeRows,
    /// Headings are topics.
    Headings,
    /// Short page furniture is a link.
    Links,
    /// Lists and table rows inherit the stance of their lead-in.
    LeadIns,
}

impl Mechanism {
    /// Every mechanism, in the order of the chain.
    pub const ALL: [Mechanism; 23] = [
        Mechanism::LookAlikes,
        Mechanism::Overlaps,
        Mechanism::Vetoes,
        Mechanism::Negation,
        Mechanism::History,
        Mechanism::Definition,
        Mechanism::Reference,
        Mechanism::Attribution,
        Mechanism::Hypothesis,
        Mechanism::Payer,
        Mechanism::Pseudo,
        Mechanism::Terminators,
        Mechanism::Force,
        Mechanism::Scope,
        Mechanism::Residual,
        Mechanism::Speakers,
        Mechanism::Quotations,
        Mechanism::Sections,
        Mechanism::Tiers,
        Mechanism::CodeRows,
        Mechanism::Headings,
        Mechanism::Links,
        Mechanism::LeadIns,
    ];

    /// The name of its switch.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Mechanism::LookAlikes => "look-alikes",
            Mechanism::Overlaps => "overlaps",
            Mechanism::Vetoes => "vetoes",
            Mechanism::Negation => "negation",
            Mechanism::History => "history",
            Mechanism::Definition => "definition",
            Mechanism::Reference => "reference",
            Mechanism::Attribution => "attribution",
            Mechanism::Hypothesis => "hypothesis",
            Mechanism::Payer => "payer",
            Mechanism::Pseudo => "pseudo",
            Mechanism::Terminators => "terminators",
            Mechanism::Force => "force",
            Mechanism::Scope => "scope",
            Mechanism::Residual => "residual",
            Mechanism::Speakers => "speakers",
            Mechanism::Quotations => "quotations",
            Mechanism::Sections => "sections",
            Mechanism::Tiers => "tiers",
            Mechanism::CodeRows => "code-rows",
            Mechanism::Headings => "headings",
            Mechanism::Links => "links",
            Mechanism::LeadIns => "lead-ins",
        }
    }

    /// The mechanism with that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Mechanism> {
        Mechanism::ALL.into_iter().find(|mechanism| mechanism.id() == id)
    }

    /// The mechanism that a cue of `effect` serves; `None` for the assertion that needs no cue.
    pub(super) fn of(effect: Effect) -> Option<Mechanism> {
        Some(match effect {
            Effect::Assert(Assertion::Present, _) => return None,
            Effect::Assert(Assertion::Negated, _) => Mechanism::Negation,
            Effect::Assert(Assertion::Historical, _) => Mechanism::History,
            Effect::Assert(Assertion::Hypothetical, _) => Mechanism::Hypothesis,
            Effect::Assert(Assertion::Attributed, _) => Mechanism::Attribution,
            Effect::Assert(Assertion::Definitional, _) => Mechanism::Definition,
            Effect::Assert(Assertion::Reference, _) => Mechanism::Reference,
            Effect::PayerSpeaks => Mechanism::Payer,
            Effect::Force(_) => Mechanism::Force,
            Effect::Scope(Scope::Residual) => Mechanism::Residual,
            Effect::Scope(_) => Mechanism::Scope,
            Effect::Veto => Mechanism::Vetoes,
            Effect::Pseudo => Mechanism::Pseudo,
            Effect::Terminate => Mechanism::Terminators,
        })
    }
}

/// Mechanisms that are turned off; by default none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Without(u32);

impl Without {
    /// Whether `mechanism` works.
    #[must_use]
    pub fn keeps(self, mechanism: Mechanism) -> bool {
        self.0 & (1 << mechanism as u32) == 0
    }

    /// The mechanisms that are off, in the order of the chain.
    pub fn iter(self) -> impl Iterator<Item = Mechanism> {
        Mechanism::ALL.into_iter().filter(move |&mechanism| !self.keeps(mechanism))
    }
}

impl FromIterator<Mechanism> for Without {
    fn from_iter<I: IntoIterator<Item = Mechanism>>(mechanisms: I) -> Without {
        Without(mechanisms.into_iter().fold(0, |off, mechanism| off | 1 << mechanism as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mechanism_has_a_name_and_a_switch_of_its_own() {
        for mechanism in Mechanism::ALL {
            assert_eq!(Mechanism::from_id(mechanism.id()), Some(mechanism));
            let without: Without = [mechanism].into_iter().collect();
            assert_eq!(without.iter().collect::<Vec<_>>(), [mechanism]);
        }
        assert_eq!(Without::default().iter().count(), 0);
    }
}
