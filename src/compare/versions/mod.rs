//! Two versions of one policy: what was added, dropped, reworded, re-labelled or moved, and whose change it is.
//!
//! Words decide whose: a sentence that stands in one version only is the payer's change. A sentence that stands in
//! both, word for word, and counts differently, was read by another reader or other rules (our change), or stands
//! among other words (the payer's again: the same chain over the same words gives the same result).

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a version says in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// A finding or a statement.
    pub kind: ItemKind,
    /// Category or stance, with how it stands.
    pub label: String,
    /// The sentence or list item.
    pub words: String,
    /// The tier of its section.
    pub tier: Option<String>,
    /// The heading above it.
    pub heading: Option<String>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A binding statement of the summary.
    Statement,
    /// A finding.
    Finding,
    /// An item of the list under a coverage statement.
    Criterion,
    /// A code in its table.
    Code,
}

impl ItemKind {
    /// The name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Statement => "statement",
            ItemKind::Finding => "finding",
            ItemKind::Criterion => "criterion",
            ItemKind::Code => "code",
        }
    }
}

/// One version as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// All of its words.
    pub text: String,
    /// Name and version of what read it.
    pub reader: String,
    /// The content id of the rules.
    pub rules: String,
    /// What it says, in document order.
    pub items: Vec<Item>,
}

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is said now.
    Added,
    /// It is no longer said.
    Dropped,
    /// It is said in other words.
    Reworded,
    /// The same words count as something else.
    Relabelled,
    /// The same words stand in another section.
    Moved,
}

impl Change {
    /// The name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Dropped => "dropped",
            Change::Reworded => "reworded",
            Change::Relabelled => "relabelled",
            Change::Moved => "moved",
        }
    }
}

/// Whose change it is, and by what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The payer's: the words are other words.
    PayerWords,
    /// The payer's: the words are the same and stand among others.
    PayerPlace,
    /// Ours: the words are the same, and another reader or other rules read them.
    Ours,
}

impl Whose {
    /// `payer` or `ours`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        if self == Whose::Ours { "ours" } else { "payer" }
    }

    /// By what it shows, in words.
    #[must_use]
    pub fn because(self) -> &'static str {
        match self {
            Whose::PayerWords => "the words differ",
            Whose::PayerPlace => "the same words stand among others",
            Whose::Ours => "the same words were read by another reader or other rules",
        }
    }
}

/// One change, with the places of its items in both versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeEvent {
    /// What happened.
    pub change: Change,
    /// Whose it is.
    pub whose: Whose,
    /// The item in the older version.
    pub old: Option<usize>,
    /// The item in the newer version.
    pub new: Option<usize>,
}

/// Sentences whose pairs of words agree to this share, in per cent, are one sentence reworded.
const REWORDED_PERCENT: usize = 50;

/// The changes from `old` to `new`: statements before findings, what was dropped before the rest, in document order.
#[must_use]
pub fn changes(old: &Edition, new: &Edition) -> Vec<ChangeEvent> {
    let mut pairing = Pairing::new(old, new);
    pairing.same_words();
    pairing.same_sentence();
    pairing.reworded();
    let mut events = std::mem::take(&mut pairing.events);
    for (index, _) in pairing.old.open.iter().enumerate().filter(|(_, open)| **open) {
        let whose = pairing.whose_of_one(&pairing.old.words[index], &pairing.new.text);
        events.push(ChangeEvent { change: Change::Dropped, whose, old: Some(index), new: None });
    }
    for (index, _) in pairing.new.open.iter().enumerate().filter(|(_, open)| **open) {
        let whose = pairing.whose_of_one(&pairing.new.words[index], &pairing.old.text);
        events.push(ChangeEvent { change: Change::Added, whose, old: None, new: Some(index) });
    }
    let kind = |event: &ChangeEvent| {
        let item = event.new.map(|at| &new.items[at]).or(event.old.map(|at| &old.items[at]));
        item.map(|item| item.kind)
    };
    events.sort_by_key(|event| (kind(event), event.new.is_some(), event.new.or(event.old)));
    events
}

/// One side while items find their partners.
struct Side<'e> {
    edition: &'e Edition,
    /// All words, a blank before and behind each.
    text: String,
    words: Vec<String>,
    open: Vec<bool>,
}

impl<'e> Side<'e> {
    fn new(edition: &'e Edition) -> Side<'e> {
        let words: Vec<String> = edition.items.iter().map(|item| plain(&item.words)).collect();
        Side { edition, text: plain(&edition.text), open: vec![true; words.len()], words }
    }

    /// The open items by what `key` says of them.
    fn open_by<K: Ord>(&self, key: impl Fn(&Item, &str) -> K) -> BTreeMap<K, Vec<usize>> {
        let mut by: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for (index, item) in self.edition.items.iter().enumerate().filter(|(index, _)| self.open[*index]) {
            by.entry(key(item, &self.words[index])).or_default().push(index);
        }
        by
    }
}

struct Pairing<'e> {
    old: Side<'e>,
    new: Side<'e>,
    /// Another reader or other rules.
    read_otherwise: bool,
    events: Vec<ChangeEvent>,
}

impl<'e> Pairing<'e> {
    fn new(old: &'e Edition, new: &'e Edition) -> Pairing<'e> {
        let read_otherwise = old.reader != new.reader || old.rules != new.rules;
        Pairing { old: Side::new(old), new: Side::new(new), read_otherwise, events: Vec::new() }
    }

    /// Pairs of one label in the same words: the same, or moved.
    fn same_words(&mut self) {
        let key = |item: &Item, words: &str| (item.kind, words.to_owned(), item.label.clone());
        for (at, was) in self.pairs(key) {
            let (from, to) = (&self.old.edition.items[at], &self.new.edition.items[was]);
            let section = |item: &Item| (item.tier.clone(), item.heading.as_deref().map(plain));
            if section(from) != section(to) {
                self.push(Change::Moved, at, was);
            }
        }
    }

    /// Pairs in the same words under another label.
    fn same_sentence(&mut self) {
        for (at, was) in self.pairs(|item, words| (item.kind, words.to_owned())) {
            self.push(Change::Relabelled, at, was);
        }
    }

    /// Closes and gives the open items of both sides that agree in `key`, in order.
    fn pairs<K: Ord>(&mut self, key: impl Fn(&Item, &str) -> K) -> Vec<(usize, usize)> {
        let (old, mut new) = (self.old.open_by(&key), self.new.open_by(&key));
        let mut pairs = Vec::new();
        for (key, olds) in old {
            pairs.extend(olds.into_iter().zip(new.remove(&key).unwrap_or_default()));
        }
        for (old, new) in &pairs {
            (self.old.open[*old], self.new.open[*new]) = (false, false);
        }
        pairs
    }

    fn push(&mut self, change: Change, old: usize, new: usize) {
        let whose = if self.read_otherwise { Whose::Ours } else { Whose::PayerPlace };
        self.events.push(ChangeEvent { change, whose, old: Some(old), new: Some(new) });
    }

    /// The most alike of what is left, under one label. Where the one holds the other and both stand in both versions,
    /// the sentence was cut otherwise and nothing changed; where neither is new to the other version, none is reworded.
    fn reworded(&mut self) {
        let key = |item: &Item, _: &str| (item.kind, item.label.clone());
        let (old, new) = (self.old.open_by(key), self.new.open_by(key));
        let mut alike = Vec::new();
        for (key, olds) in &old {
            for at in olds {
                let pairs = word_pairs(&self.old.words[*at]);
                for was in new.get(key).into_iter().flatten() {
                    if let Some((percent, same)) = self.alike(*at, *was, &pairs) {
                        alike.push((Reverse(percent), *at, *was, same));
                    }
                }
            }
        }
        alike.sort_unstable();
        for (_, at, was, same) in alike {
            if self.old.open[at] && self.new.open[was] {
                (self.old.open[at], self.new.open[was]) = (false, false);
                let (change, whose, old, new) = (Change::Reworded, Whose::PayerWords, Some(at), Some(was));
                self.events.extend((!same).then_some(ChangeEvent { change, whose, old, new }));
            }
        }
    }

    /// How alike two items are, in per cent, and whether they are the same words cut otherwise; `None` for no pair.
    fn alike(&self, old: usize, new: usize, pairs: &BTreeMap<(&str, &str), usize>) -> Option<(usize, bool)> {
        let (was, is) = (&self.old.words[old], &self.new.words[new]);
        let both_stand = stands(was, &self.new.text) && stands(is, &self.old.text);
        if both_stand {
            return (stands(was, is) || stands(is, was)).then_some((100, true));
        }
        let percent = agreement(pairs, &word_pairs(is));
        (percent >= REWORDED_PERCENT).then_some((percent, false))
    }

    /// Whose change it is that words of one version have no partner in the other, whose whole text is `other`.
    fn whose_of_one(&self, words: &str, other: &str) -> Whose {
        match (stands(words, other), self.read_otherwise) {
            (false, _) => Whose::PayerWords,
            (true, false) => Whose::PayerPlace,
            (true, true) => Whose::Ours,
        }
    }
}

/// Whether `words` stand in `text`, both as [`plain`] gives them.
pub(super) fn stands(words: &str, text: &str) -> bool {
    words.len() > 2 && text.contains(words)
}

/// The letters and digits of `text` in lower case, words between single blanks, one before and one behind.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 2);
    plain.push(' ');
    for c in text.chars().filter(|c| *c != '\u{ad}') {
        if c.is_alphanumeric() {
            plain.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '\u{2019}') && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    if !plain.ends_with(' ') {
        plain.push(' ');
    }
    plain
}

/// Neighbouring words of a sentence with their number.
fn word_pairs(words: &str) -> BTreeMap<(&str, &str), usize> {
    let list: Vec<&str> = words.split_whitespace().collect();
    let mut pairs = BTreeMap::new();
    for pair in list.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_default() += 1;
    }
    pairs
}

/// Dice's coefficient of two bags, in per cent.
fn agreement(left: &BTreeMap<(&str, &str), usize>, right: &BTreeMap<(&str, &str), usize>) -> usize {
    let both: usize = left.iter().map(|(pair, count)| (*count).min(right.get(pair).copied().unwrap_or(0))).sum();
    let all = left.values().sum::<usize>() + right.values().sum::<usize>();
    (200 * both).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests;
