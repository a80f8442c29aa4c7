//! Where policies do not agree: one payer that says different things in different policies, plans that cover beside
//! plans that refuse, uses handed to policies that nobody has at hand. It is told beside policies and counts in no score.

use std::collections::{BTreeMap, BTreeSet};

use super::Analysis;
use super::overview::{Line, OTHER};
use crate::text::{letters_and_digits, single_blanks};

/// One statement in an overview: a policy by its place there, and which of its services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) policy: usize,
    pub(super) service: usize,
}

/// What does not agree, of the policies of an overview.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Disagreements {
    /// For a topic, plans that cover it at least for some uses, and plans that refuse it; a payer once on each side.
    pub(super) between: Vec<(String, Vec<Side>, Vec<Side>)>,
    /// For a topic, policies of one payer that do not say the same.
    pub(super) within: Vec<(String, Vec<Side>)>,
    /// A policy, and the policy to which it hands a use and that is not at hand.
    pub(super) missing: Vec<(usize, String)>,
}

impl Disagreements {
    /// Of policies in the order of an overview.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Disagreements {
        let all: Vec<&Line> = lines.clone().collect();
        let mut topics: BTreeMap<&str, Vec<Side>> = BTreeMap::new();
        for (policy, line) in all.iter().enumerate() {
            for (service, said) in line.services.iter().enumerate().filter(|(_, said)| said.topic != OTHER) {
                topics.entry(&said.topic).or_default().push(Side { policy, service });
            }
        }
        let mut found = Disagreements::default();
        for (topic, sides) in topics {
            found.of_topic(topic, &sides, &all);
        }
        let at_hand = AtHand::of(lines.flat_map(|line| line.names.iter().cloned()));
        let handed = all.iter().enumerate().flat_map(|(policy, line)| line.hands_to.iter().map(move |to| (policy, to)));
        found.missing =
            handed.filter(|(_, to)| at_hand.lacks(to)).map(|(policy, to)| (policy, single_blanks(to))).collect();
        found.missing.dedup();
        found
    }

    /// A policy that was read in part stands on neither side: what it covers may stand in what was not read.
    fn of_topic(&mut self, topic: &str, sides: &[Side], all: &[&Line]) {
        let sides: Vec<Side> = sides.iter().filter(|side| !all[side.policy].partly).copied().collect();
        let stance = |side: &Side| all[side.policy].services[side.service].stance;
        let payer = |side: &Side| all[side.policy].payer.as_str();
        let once = |wanted: &dyn Fn(&str) -> bool| -> Vec<Side> {
            let mut seen = BTreeSet::new();
            sides.iter().filter(|side| wanted(stance(side)) && seen.insert(payer(side))).copied().collect()
        };
        let covering = once(&|stance| stance.starts_with("covered") || stance == "mixed");
        let refusing = once(&|stance| stance == "not-covered");
        if refusing.iter().any(|refuses| covering.iter().any(|covers| payer(covers) != payer(refuses))) {
            self.between.push((topic.to_owned(), covering, refusing));
        }
        let mut payers: BTreeMap<&str, Vec<Side>> = BTreeMap::new();
        sides.iter().filter(|side| stance(side) != "silent").for_each(|side| {
            payers.entry(payer(side)).or_default().push(*side);
        });
        let differing = payers.into_values().filter(|own| own.iter().any(|side| stance(side) != stance(&own[0])));
        self.within.extend(differing.map(|own| (topic.to_owned(), own)));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.between.is_empty() && self.within.is_empty() && self.missing.is_empty()
    }
}

/// Titles and numbers of the policies at hand.
#[derive(Debug)]
pub(crate) struct AtHand(BTreeSet<String>);

impl AtHand {
    /// Of the names of policies; what is too short to be told from other words is left out.
    pub(crate) fn of(names: impl Iterator<Item = String>) -> AtHand {
        AtHand(names.map(|name| letters_and_digits(&name)).filter(|name| name.len() >= 4).collect())
    }

    /// Whether `name` names a policy, and none of these.
    pub(crate) fn lacks(&self, name: &str) -> bool {
        let wanted = letters_and_digits(name);
        let is = |known: &String| known.contains(&wanted) || wanted.contains(known.as_str());
        !wanted.is_empty() && !self.0.iter().any(is)
    }
}

/// The names by which others may hand a use to this policy.
pub(crate) fn names(analysis: &Analysis) -> impl Iterator<Item = String> {
    [&analysis.policy.title, &analysis.policy.number].into_iter().flatten().cloned()
}

#[cfg(test)]
mod tests {
    use super::super::overview::Service;
    use super::*;

    fn line(payer: &str, stances: &[(&str, &'static str)]) -> Line {
        let service = |(topic, stance): &(&str, &'static str)| Service {
            topic: (*topic).to_owned(),
            stance,
            room: (1, 1),
            finding: "1".to_owned(),
        };
        Line { payer: payer.to_owned(), services: stances.iter().map(service).collect(), ..Line::default() }
    }

    #[test]
    fn plans_and_policies_that_do_not_agree_are_told_and_no_others() {
        let side = |policy| Side { policy, service: 0 };
        let lines = [
            line("Pond", &[("prp", "mixed"), (OTHER, "covered")]),
            line("Pond", &[("prp", "not-covered")]),
            line("Moon", &[("prp", "not-covered"), ("msc", "not-covered"), (OTHER, "not-covered")]),
        ];
        let found = Disagreements::of(lines.iter());
        assert_eq!(found.between, [("prp".to_owned(), vec![side(0)], vec![side(1), side(2)])]);
        assert_eq!(found.within, [("prp".to_owned(), vec![side(0), side(1)])]);
        assert!(Disagreements::of(lines[2..].iter()).is_empty());
        // A payer that covers some uses and refuses others disagrees with itself and not with another.
        assert!(Disagreements::of(lines[..2].iter()).between.is_empty());
    }

    #[test]
    fn a_policy_that_was_read_in_part_takes_no_side() {
        let mut lines = [line("Pond", &[("prp", "covered")]), line("Moon", &[("prp", "not-covered")])];
        assert_eq!(Disagreements::of(lines.iter()).between.len(), 1);
        lines[1].partly = true;
        assert!(Disagreements::of(lines.iter()).is_empty());
    }

    #[test]
    fn a_use_handed_to_a_policy_that_is_here_is_not_missing() {
        let mut lines = [line("Pond", &[]), line("Pond", &[])];
        lines[0].hands_to = vec!["MP-114".to_owned(), "Tests  of the Heart".to_owned()];
        lines[1].names = vec!["Knees (MP 114)".to_owned()];
        assert_eq!(Disagreements::of(lines.iter()).missing, [(0, "Tests of the Heart".to_owned())]);
    }
}
