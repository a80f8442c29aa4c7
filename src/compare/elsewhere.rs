//! What differs between two texts outside of what was found in them.

use super::changes::ChangeModel;
use super::versions::{plain, stands};

/// The sentences and lines that stand in one version only and belong to no change that is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Those of the older version, in its order.
    pub old: Vec<String>,
    /// Those of the newer version, in its order.
    pub new: Vec<String>,
}

impl Elsewhere {
    pub(super) fn between(old: &str, new: &str, changes: &[ChangeModel]) -> Elsewhere {
        let told: Vec<String> = changes
            .iter()
            .flat_map(|change| [&change.old, &change.new])
            .flatten()
            .map(|said| plain(&said.quote))
            .collect();
        Elsewhere { old: only_in(old, new, &told), new: only_in(new, old, &told) }
    }

    /// In how many places the texts differ at least.
    #[must_use]
    pub fn places(&self) -> usize {
        self.old.len().max(self.new.len())
    }
}

/// The pieces of `text` whose words stand in a row neither in `other` nor in what is told.
fn only_in(text: &str, other: &str, told: &[String]) -> Vec<String> {
    let other = plain(other);
    let pieces = text.lines().flat_map(|line| line.split_inclusive(". ")).map(str::trim);
    let differs = |piece: &&str| {
        let words = plain(piece);
        let is_told = || told.iter().any(|said| stands(&words, said) || stands(said, &words));
        words.len() > 2 && !stands(&words, &other) && !is_told()
    };
    pieces.filter(differs).map(str::to_owned).collect()
}
