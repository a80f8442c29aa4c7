//! Where plans do not agree, and what they hand to policies that nobody has at hand.

use std::collections::{BTreeMap, BTreeSet};

use super::Asked;
use super::plans::{Group, Row};
use crate::report::{Analysis, AtHand, names, payer_words as payer, plans};

/// Both, in words.
pub(super) fn differences(asked: &Asked, rows: &[Row], analyses: &[Analysis]) -> Vec<String> {
    let mut differences = between(rows, analyses);
    differences.extend(not_at_hand(asked, analyses));
    differences
}

/// One payer with several stances, and plans that cover beside plans that refuse. A policy that was read in part stands
/// on neither side.
fn between(rows: &[Row], analyses: &[Analysis]) -> Vec<String> {
    let versions: BTreeMap<&str, String> =
        analyses.iter().map(|analysis| (analysis.source.path.as_str(), plans(analysis))).collect();
    let mut by_payer: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    let stands =
        |row: &&Row| !row.partly_read && !matches!(row.group, Group::NoPolicy | Group::Silent | Group::Elsewhere);
    for row in rows.iter().filter(stands) {
        by_payer.entry(&row.payer).or_default().push(row);
    }
    let mut found: Vec<String> = Vec::new();
    for (payer, own) in &by_payer {
        if own.windows(2).any(|pair| pair[0].group != pair[1].group) {
            let each: Vec<String> = own
                .iter()
                .map(|row| {
                    let version = versions.get(row.path.as_str()).map(String::as_str).unwrap_or_default();
                    let version = if version.is_empty() { String::new() } else { format!(" ({version})") };
                    format!("{}{version}: {}", row.policy, row.group.heading().to_lowercase())
                })
                .collect();
            found.push(format!("{payer} says different things in different policies: {}", each.join("; ")));
        }
    }
    let of = |wanted: fn(Group) -> bool| -> Vec<&str> {
        by_payer.iter().filter(|(_, own)| own.iter().any(|row| wanted(row.group))).map(|(payer, _)| *payer).collect()
    };
    let covering = of(|group| matches!(group, Group::Covered | Group::CoveredIf | Group::Mixed));
    let refusing = of(|group| group == Group::Refused);
    if !covering.is_empty() && !refusing.is_empty() {
        found.push(format!(
            "Covered at least for some uses by {}; refused by {}",
            covering.join(", "),
            refusing.join(", ")
        ));
    }
    found
}

/// Policies to which the service is handed and that are not among those at hand.
fn not_at_hand(asked: &Asked, analyses: &[Analysis]) -> Vec<String> {
    let at_hand = AtHand::of(analyses.iter().flat_map(names));
    let mut found = BTreeSet::new();
    for analysis in analyses.iter().filter(|analysis| !analysis.is_unread()) {
        for (_, statement) in asked.statements(analysis) {
            for name in &statement.hands_to {
                if at_hand.lacks(name) {
                    let named = crate::text::single_blanks(name);
                    found.insert(format!("{} hands it to {named}, which is not at hand", payer(analysis)));
                }
            }
        }
    }
    found.into_iter().collect()
}
