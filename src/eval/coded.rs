//! Units coded by hand: a table with a line a unit becomes gold, and two coders are held against each other.

use std::collections::BTreeMap;

use super::{EvalError, Gold, Label, Unit};

/// One coder's labels of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The unit's key.
    pub key: String,
    /// The unit with its labels.
    pub unit: Unit,
}

/// The units as gold.
///
/// # Errors
/// When there is none.
pub fn as_gold(coded: &[Coded]) -> Result<Gold, EvalError> {
    Gold::of(coded.iter().map(|coded| coded.unit.clone()).collect())
}

/// How two coders agree on one label, over the units that both coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The label.
    pub label: Label,
    /// Units to which both gave it.
    pub both: usize,
    /// Units to which only the first gave it.
    pub first: usize,
    /// Units to which only the second gave it.
    pub second: usize,
    /// Units to which neither gave it.
    pub neither: usize,
}

impl Agreement {
    fn units(self) -> f64 {
        (self.both + self.first + self.second + self.neither) as f64
    }

    /// The share of units on which the two agree.
    #[must_use]
    pub fn observed(self) -> f64 {
        (self.both + self.neither) as f64 / self.units().max(1.0)
    }

    /// Cohen's kappa (Cohen 1960, Educational and Psychological Measurement 20:37-46): the agreement beyond that of
    /// chance, with each coder's own share of the label; `None` where both gave it to every unit or to none.
    #[must_use]
    pub fn kappa(self) -> Option<f64> {
        let units = self.units();
        let first = (self.both + self.first) as f64 / units;
        let second = (self.both + self.second) as f64 / units;
        let chance = first * second + (1.0 - first) * (1.0 - second);
        (units > 0.0 && chance < 1.0).then(|| (self.observed() - chance) / (1.0 - chance))
    }
}

/// A unit to which the two gave different labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The unit's key.
    pub key: String,
    /// The document.
    pub doc: String,
    /// The unit's words.
    pub text: String,
    /// Labels that only the first gave.
    pub first: Vec<Label>,
    /// Labels that only the second gave.
    pub second: Vec<Label>,
}

/// Two coders held against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreements {
    /// A row a label that either gave as operative, in the order of the taxonomy.
    pub rows: Vec<Agreement>,
    /// In the order of the first coder's table.
    pub disagreements: Vec<Disagreement>,
    /// How many units both coded.
    pub units: usize,
    /// Keys that only one of the two has.
    pub alone: Vec<String>,
}

/// Holds two coders' operative labels against each other, unit by unit of the same key.
#[must_use]
pub fn agreements(first: &[Coded], second: &[Coded]) -> Agreements {
    let others: BTreeMap<&str, &Coded> = second.iter().map(|coded| (coded.key.as_str(), coded)).collect();
    let pairs: Vec<(&Coded, &Coded)> =
        first.iter().filter_map(|one| Some((one, *others.get(one.key.as_str())?))).collect();
    let paired: Vec<&str> = pairs.iter().map(|(one, _)| one.key.as_str()).collect();
    let alone = first.iter().chain(second).map(|coded| &coded.key).filter(|key| !paired.contains(&key.as_str()));
    let mut labels: Vec<Label> =
        pairs.iter().flat_map(|(one, two)| one.unit.operative.iter().chain(&two.unit.operative)).copied().collect();
    labels.sort_unstable();
    labels.dedup();
    Agreements {
        rows: labels.into_iter().map(|label| row(label, &pairs)).collect(),
        disagreements: pairs.iter().filter_map(|(one, two)| disagreement(one, two)).collect(),
        units: pairs.len(),
        alone: alone.cloned().collect(),
    }
}

fn row(label: Label, pairs: &[(&Coded, &Coded)]) -> Agreement {
    let mut row = Agreement { label, both: 0, first: 0, second: 0, neither: 0 };
    for (one, two) in pairs {
        match (one.unit.operative.contains(&label), two.unit.operative.contains(&label)) {
            (true, true) => row.both += 1,
            (true, false) => row.first += 1,
            (false, true) => row.second += 1,
            (false, false) => row.neither += 1,
        }
    }
    row
}

fn disagreement(one: &Coded, two: &Coded) -> Option<Disagreement> {
    let only = |a: &Unit, b: &Unit| -> Vec<Label> {
        a.operative.iter().filter(|label| !b.operative.contains(label)).copied().collect()
    };
    let (first, second) = (only(&one.unit, &two.unit), only(&two.unit, &one.unit));
    let Coded { key, unit } = one;
    (!first.is_empty() || !second.is_empty()).then(|| Disagreement {
        key: key.clone(),
        doc: unit.doc.clone(),
        text: unit.text.clone(),
        first,
        second,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Group;

    fn coded(key: usize, given: bool) -> Coded {
        let operative = if given { vec![Label::Group(Group::Mandate)] } else { Vec::new() };
        let unit = Unit { doc: "a.pdf".to_owned(), text: key.to_string(), operative, mentioned: Vec::new() };
        Coded { key: key.to_string(), unit }
    }

    #[test]
    fn kappa_is_that_of_a_worked_example() {
        // 20 both, 5 only the first, 10 only the second, 15 neither: observed 0.7, by chance 0.5, kappa 0.4.
        let coder = |gives: fn(usize) -> bool| (0..50).map(|key| coded(key, gives(key))).collect::<Vec<_>>();
        let both = agreements(&coder(|key| key < 25), &coder(|key| key < 20 || (25..35).contains(&key)));
        let row = both.rows[0];
        assert_eq!((row.both, row.first, row.second, row.neither), (20, 5, 10, 15));
        assert!((row.observed() - 0.7).abs() < 1e-9);
        assert!((row.kappa().expect("both vary") - 0.4).abs() < 1e-9);
        assert_eq!(both.disagreements.len(), 15);
    }

    #[test]
    fn units_of_one_coder_alone_are_named_and_not_counted() {
        let both = agreements(&[coded(1, true), coded(2, false)], &[coded(1, true), coded(3, true)]);
        assert_eq!((both.units, both.alone), (1, vec!["2".to_owned(), "3".to_owned()]));
        assert_eq!(both.rows[0].kappa(), None, "the label has no variation");
    }
}
