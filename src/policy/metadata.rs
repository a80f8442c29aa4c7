//! What a policy says of itself, and what was told about it.

use super::Date;
use crate::text::Span;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Printed in the document, at this place of its matching text.
    Printed(Span),
    /// Supplied by a sidecar table, a flag or the store.
    Told,
}

/// A value with its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// Printed or told.
    pub origin: Origin,
}

impl<T> Field<T> {
    /// A value printed at `span` of the matching text.
    #[must_use]
    pub fn printed(value: T, span: Span) -> Field<T> {
        Field { value, origin: Origin::Printed(span) }
    }

    /// A value that somebody told us.
    #[must_use]
    pub fn told(value: T) -> Field<T> {
        Field { value, origin: Origin::Told }
    }
}

/// A payer's short name for files and tables: lower-case letters, digits and dashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PayerId(String);

impl PayerId {
    /// Makes an id of any name: "Bluestone Health, Inc." becomes `bluestone-health-inc`.
    #[must_use]
    pub fn from_name(name: &str) -> PayerId {
        let words: Vec<String> = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        PayerId(words.join("-"))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who pays: the plan or insurer of record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Payer {
    /// Short id.
    pub id: PayerId,
    /// The name as printed or told.
    pub name: String,
}

impl Payer {
    /// A payer of that name, its id derived.
    #[must_use]
    pub fn named(name: &str) -> Payer {
        Payer { id: PayerId::from_name(name), name: name.to_owned() }
    }
}

/// A line of business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineOfBusiness {
    /// Employer and other private plans.
    Commercial,
    /// Individual and marketplace plans.
    Individual,
    /// Medicare Advantage and other Medicare plans.
    Medicare,
    /// Medicaid and CHIP managed care.
    Medicaid,
    /// Federal Employees Health Benefits.
    Federal,
    /// TRICARE and other military programmes.
    Tricare,
    /// Self-funded (administrative services only) plans.
    SelfFunded,
}

impl LineOfBusiness {
    /// Every line of business.
    pub const ALL: [LineOfBusiness; 7] = [
        LineOfBusiness::Commercial,
        LineOfBusiness::Individual,
        LineOfBusiness::Medicare,
        LineOfBusiness::Medicaid,
        LineOfBusiness::Federal,
        LineOfBusiness::Tricare,
        LineOfBusiness::SelfFunded,
    ];

    /// The identifier in outputs and flags.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            LineOfBusiness::Commercial => "commercial",
            LineOfBusiness::Individual => "individual",
            LineOfBusiness::Medicare => "medicare",
            LineOfBusiness::Medicaid => "medicaid",
            LineOfBusiness::Federal => "federal",
            LineOfBusiness::Tricare => "tricare",
            LineOfBusiness::SelfFunded => "self-funded",
        }
    }

    /// The line of business with that identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<LineOfBusiness> {
        LineOfBusiness::ALL.into_iter().find(|lob| lob.id() == id)
    }
}

/// A US state or territory by its two-letter postal code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State([u8; 2]);

const STATES: &str = "AK AL AR AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND NE NH NJ \
     NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY";

impl State {
    /// The state with that postal code, in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<State> {
        let upper = code.to_ascii_uppercase();
        STATES.split_whitespace().find(|&known| known == upper)?;
        let bytes = upper.as_bytes();
        Some(State([bytes[0], bytes[1]]))
    }

    /// The two capital letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("postal codes are ASCII letters")
    }
}

/// The fields of [`Metadata`], for naming those that were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldName {
    /// `payer`
    Payer,
    /// `author`
    Author,
    /// `title`
    Title,
    /// `number`
    Number,
    /// `lines_of_business`
    LinesOfBusiness,
    /// `states`
    States,
}

impl FieldName {
    /// The name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            FieldName::Payer => "payer",
            FieldName::Author => "author",
            FieldName::Title => "title",
            FieldName::Number => "number",
            FieldName::LinesOfBusiness => "lines_of_business",
            FieldName::States => "states",
        }
    }
}

/// Title, number, dates and reach of one policy. What is absent was neither printed nor told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Who pays.
    pub payer: Option<Field<Payer>>,
    /// The vendor who wrote the policy, where that is not the payer (eviCore, Carelon, Avalon, Concert).
    pub author: Option<Field<String>>,
    /// The title.
    pub title: Option<Field<String>>,
    /// The payer's number of the policy.
    pub number: Option<Field<String>>,
    /// When the policy first took effect.
    pub original_effective: Option<Field<Date>>,
    /// When this version took effect: printed as effective and not as "original" or "first".
    pub effective: Option<Field<Date>>,
    /// The last review, approval or revision.
    pub last_review: Option<Field<Date>>,
    /// The next review, only where printed.
    pub next_review: Option<Field<Date>>,
    /// Lines of business that the policy names as its own, each once.
    pub lines_of_business: Vec<Field<LineOfBusiness>>,
    /// States that the policy names as its own, each once.
    pub states: Vec<Field<State>>,
}

impl Metadata {
    /// The fields that were told, in a fixed order.
    #[must_use]
    pub fn told(&self) -> Vec<FieldName> {
        fn is_told<T>(field: &Option<Field<T>>) -> bool {
            field.as_ref().is_some_and(|field| field.origin == Origin::Told)
        }
        let all = [
            (FieldName::Payer, is_told(&self.payer)),
            (FieldName::Author, is_told(&self.author)),
            (FieldName::Title, is_told(&self.title)),
            (FieldName::Number, is_told(&self.number)),
            (FieldName::LinesOfBusiness, self.lines_of_business.iter().any(|lob| lob.origin == Origin::Told)),
            (FieldName::States, self.states.iter().any(|state| state.origin == Origin::Told)),
        ];
        all.into_iter().filter(|&(_, told)| told).map(|(name, _)| name).collect()
    }
}
