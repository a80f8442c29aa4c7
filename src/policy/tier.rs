//! The tiers of a policy's sections.

/// What kind of words a section holds, from binding statement to references.
///
/// The numbering and the factors in percent are those of the leverage score: a finding counts with the
/// factor of the section that it stands in. A tier is evidence and no gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The binding statement: policy, coverage rationale, criteria, position.
    Binding,
    /// Policy guidelines, limitations, legislative mandates, programme exceptions.
    Guidelines,
    /// Coding tables.
    Coding,
    /// A note of this document at its front or end.
    Note,
    /// A general notice of the payer by its own wording: instructions for use, disclaimers.
    Notice,
    /// Definitions.
    Definitions,
    /// Description, overview, introduction.
    Description,
    /// Evidence, rationale, background, society guidelines, regulatory status.
    Evidence,
    /// Policy history and revision tables.
    History,
    /// References.
    References,
}

impl Tier {
    /// Every tier, in the order of its identifier.
    pub const ALL: [Tier; 10] = [
        Tier::Binding,
        Tier::Guidelines,
        Tier::Coding,
        Tier::Note,
        Tier::Notice,
        Tier::Definitions,
        Tier::Description,
        Tier::Evidence,
        Tier::History,
        Tier::References,
    ];

    /// The identifier in outputs: `S1`, `S1b`, `S2` … `S9`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Tier::Binding => "S1",
            Tier::Guidelines => "S1b",
            Tier::Coding => "S2",
            Tier::Note => "S3",
            Tier::Notice => "S4",
            Tier::Definitions => "S5",
            Tier::Description => "S6",
            Tier::Evidence => "S7",
            Tier::History => "S8",
            Tier::References => "S9",
        }
    }

    /// The tier with that identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Tier> {
        Tier::ALL.into_iter().find(|tier| tier.id() == id)
    }
}
