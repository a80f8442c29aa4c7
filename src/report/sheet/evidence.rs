//! The card of what the payer says of evidence: its test and what of it fails, the studies it asks for, what it cites
//! last, and the societies that it quotes in favour itself.

use super::parts::{LONG, Of, SHORT, placed, plain};
use super::{Entry, Kind, Quote};
use crate::report::clean::clean;
use crate::report::model::{LimbModel, PlacedModel};

impl Of<'_> {
    pub(super) fn evidence(&self) -> Vec<Entry> {
        let evidence = &self.summary.evidence;
        let mut entries: Vec<Entry> = evidence.limbs.iter().map(limb).collect();
        for wanted in &evidence.studies {
            let quote = placed(&wanted.quote, wanted.page, &wanted.section, SHORT);
            match entries.iter_mut().find(|entry| entry.says.starts_with(STUDIES) && entry.quotes[0].same(&quote)) {
                Some(known) => known.says += &format!(", {}", clean(&wanted.says)),
                None => entries.push(Entry {
                    quotes: vec![quote],
                    ..plain(Kind::Note, format!("{STUDIES}: {}", clean(&wanted.says)))
                }),
            }
        }
        let favour = |one: &PlacedModel| Entry {
            quotes: vec![quote(one, LONG)],
            notes: vec!["words of others, printed by the payer".to_owned()],
            ..plain(Kind::Open, "a society that it quotes in favour".to_owned())
        };
        entries.extend(evidence.supporting.iter().map(favour));
        entries.extend(
            evidence
                .conclusions
                .iter()
                .filter_map(|id| {
                    let quote = self.quote(id, LONG)?;
                    let known = entries.iter().flat_map(|entry| &entry.quotes).any(|other| other.same(&quote));
                    let entry =
                        Entry { quotes: vec![quote], ..plain(Kind::InTheWay, "the payer's conclusion".to_owned()) };
                    (!known).then_some(entry)
                })
                .collect::<Vec<_>>(),
        );
        let newest = evidence.newest_reference.map(|year| format!("the newest reference that it lists is of {year}"));
        entries.extend(newest.map(|says| plain(Kind::Note, says)));
        entries.extend(evidence.newest_guideline.as_ref().map(|one| Entry {
            quotes: vec![quote(one, SHORT)],
            ..plain(Kind::Note, "the newest guideline that it lists".to_owned())
        }));
        entries
    }
}

/// Before the kinds of studies.
const STUDIES: &str = "studies that it asks for";

fn quote(words: &PlacedModel, most: usize) -> Quote {
    placed(&words.quote, words.page, &words.section, most)
}

fn limb(limb: &LimbModel) -> Entry {
    let (kind, how) = match (&limb.stated, &limb.failed) {
        (_, Some(_)) => (Kind::InTheWay, "it says that this is not shown"),
        _ => (Kind::Note, "it asks for this"),
    };
    let quotes = [&limb.stated, &limb.failed].into_iter().flatten().map(|words| quote(words, SHORT)).collect();
    Entry { quotes, ..plain(kind, format!("{how}: {}", clean(&limb.says))) }
}
