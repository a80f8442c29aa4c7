//! Whom a lever reaches: the member for whom a summary was asked.

use crate::finding::Finding;
use crate::policy::{Date, LineOfBusiness, State};
use crate::rules::{Category, Law, LawRow};

/// For whom and for which day a summary is made; what is absent was not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The day to measure staleness against.
    pub as_of: Option<Date>,
    /// The member's line of business.
    pub lines_of_business: Vec<LineOfBusiness>,
    /// The member's state.
    pub states: Vec<State>,
    /// The member's age in years.
    pub age: Option<u8>,
}

/// The reach of one statement.
pub(super) struct Reach<'a> {
    /// As asked, else as the statement says, else as the policy says; empty where none does.
    pub(super) lines: &'a [LineOfBusiness],
    pub(super) asked: &'a Asked,
}

/// The first age at which Medicaid's screening and treatment for the young ends.
const OF_AGE: u8 = 21;

impl Reach<'_> {
    /// Whether a lever can be used by this member, as far as is known.
    pub(super) fn includes(&self, finding: &Finding) -> bool {
        self.by_line(finding) && self.by_state(finding) && self.by_age(finding)
    }

    fn by_line(&self, finding: &Finding) -> bool {
        let named = &finding.lines_of_business;
        let of_finding = named.is_empty() || self.lines.iter().any(|line| named.contains(line));
        self.lines.is_empty() || of_finding && self.lines.iter().any(|line| binds(finding.category, *line))
    }

    fn by_state(&self, finding: &Finding) -> bool {
        let (named, asked) = (&finding.states, &self.asked.states);
        named.is_empty() || asked.is_empty() || asked.iter().any(|state| named.contains(state))
    }

    fn by_age(&self, finding: &Finding) -> bool {
        let Some(age) = self.asked.age else { return true };
        let young = finding.category != Category::EpsdtMedicaid || age < OF_AGE;
        young
            && finding.age.is_none_or(|range| {
                range.from.is_none_or(|from| age >= from) && range.below.is_none_or(|below| age < below)
            })
    }
}

/// The deadlines and rules for the line of business and state that were asked for; none where no line was.
pub(super) fn law(law: &Law, asked: &Asked) -> Vec<LawRow> {
    let of_line = |row: &&LawRow| asked.lines_of_business.iter().any(|line| row.lob.iter().any(|id| id == line.id()));
    let of_state = |row: &&LawRow| {
        row.state.is_empty() || asked.states.iter().any(|state| row.state.iter().any(|id| id == state.code()))
    };
    law.rows.iter().filter(of_line).filter(of_state).cloned().collect()
}

/// Whether a kind of lever can bind a line of business at all.
fn binds(category: Category, line: LineOfBusiness) -> bool {
    use LineOfBusiness::{Commercial, Individual, Medicaid, SelfFunded};
    match category {
        Category::EpsdtMedicaid => line == Medicaid,
        // State insurance law does not reach plans that employers fund themselves, nor federal programmes.
        Category::StateMandate => matches!(line, Commercial | Individual | Medicaid),
        Category::SelfFundedVariation => matches!(line, Commercial | SelfFunded),
        _ => true,
    }
}
