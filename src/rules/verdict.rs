//! The values of a verdict: assertion, holder, force and scope.

/// How the words stand there (ConText's assertions, Chapman et al. 2007 and Harkema et al. 2009, with the ones policies need).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assertion {
    /// The payer says it here, in force.
    Present,
    /// Denied or reversed: "no longer considered investigational".
    Negated,
    /// Said of the past: revision log, "changed from".
    Historical,
    /// Decides nothing: "whether it is covered".
    Hypothetical,
    /// Another body's words.
    Attributed,
    /// Defines a term.
    Definitional,
    /// A title, citation or cross-reference.
    Reference,
}

impl Assertion {
    /// Every assertion.
    pub const ALL: [Assertion; 7] = [
        Assertion::Present,
        Assertion::Negated,
        Assertion::Historical,
        Assertion::Hypothetical,
        Assertion::Attributed,
        Assertion::Definitional,
        Assertion::Reference,
    ];

    /// The name in packs and outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Assertion::Present => "present",
            Assertion::Negated => "negated",
            Assertion::Historical => "historical",
            Assertion::Hypothetical => "hypothetical",
            Assertion::Attributed => "attributed",
            Assertion::Definitional => "definitional",
            Assertion::Reference => "reference",
        }
    }

    /// The assertion with that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Assertion> {
        Assertion::ALL.into_iter().find(|assertion| assertion.id() == id)
    }
}

/// Whose words an attributed statement holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A specialty society, guideline body or agency other than FDA and CMS.
    Society,
    /// The Food and Drug Administration.
    Fda,
    /// The Centers for Medicare & Medicaid Services or a contractor.
    Cms,
    /// Another payer.
    OtherPayer,
    /// A study's authors or a review.
    Author,
    /// The vendor who wrote the policy.
    Vendor,
    /// A manufacturer or laboratory.
    Manufacturer,
}

impl Holder {
    /// Every holder.
    pub const ALL: [Holder; 7] = [
        Holder::Society,
        Holder::Fda,
        Holder::Cms,
        Holder::OtherPayer,
        Holder::Author,
        Holder::Vendor,
        Holder::Manufacturer,
    ];

    /// The name in packs and outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Holder::Society => "society",
            Holder::Fda => "fda",
            Holder::Cms => "cms",
            Holder::OtherPayer => "other-payer",
            Holder::Author => "author",
            Holder::Vendor => "vendor",
            Holder::Manufacturer => "manufacturer",
        }
    }

    /// The holder with that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Holder> {
        Holder::ALL.into_iter().find(|holder| holder.id() == id)
    }
}

/// How firmly it is said. The percentages are the force factors of the leverage score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    /// "is", "will": 100 %.
    Categorical,
    /// "generally", "should": 85 %.
    Default,
    /// "may", "can": 70 %.
    Permissive,
    /// "if denied, …": 50 %.
    Conditional,
}

impl Force {
    /// Every force, the firmest first.
    pub const ALL: [Force; 4] = [Force::Categorical, Force::Default, Force::Permissive, Force::Conditional];

    /// The name in packs and outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Force::Categorical => "categorical",
            Force::Default => "default",
            Force::Permissive => "permissive",
            Force::Conditional => "conditional",
        }
    }

    /// The force with that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Force> {
        Force::ALL.into_iter().find(|force| force.id() == id)
    }
}

/// What it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Every indication: "for any condition".
    All,
    /// The uses that are named.
    Listed,
    /// Every use that is not listed: "for all other indications".
    Residual,
    /// A code or code list.
    Code,
    /// The whole programme or every policy of the payer.
    Programme,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Scope; 5] = [Scope::All, Scope::Listed, Scope::Residual, Scope::Code, Scope::Programme];

    /// The name in packs and outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Scope::All => "all",
            Scope::Listed => "listed",
            Scope::Residual => "residual",
            Scope::Code => "code",
            Scope::Programme => "programme",
        }
    }

    /// The scope with that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.id() == id)
    }
}
