//! The weights of the leverage score: one table, `corpora/weights.toml`.

use std::collections::BTreeMap;

use super::syntax;

/// Weights in whole points and factors in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    tables: BTreeMap<String, BTreeMap<String, i32>>,
}

/// The embedded table.
pub(super) const EMBEDDED: &str = include_str!("../../corpora/weights.toml");

impl Default for Weights {
    /// The embedded table.
    fn default() -> Weights {
        Weights { tables: syntax::tables(EMBEDDED).expect("a test reads the embedded weights") }
    }
}

impl Weights {
    /// The number under `table` and `name`; 0 where there is none.
    #[must_use]
    pub fn get(&self, table: &str, name: &str) -> i32 {
        self.tables.get(table).and_then(|table| table.get(name)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Category, Force};

    #[test]
    fn the_embedded_table_names_only_what_there_is() {
        let weights = Weights::default();
        for name in weights.tables["category"].keys() {
            assert!(Category::from_id(name).is_some(), "{name}");
        }
        for name in weights.tables["force"].keys() {
            assert!(Force::from_id(name).is_some(), "{name}");
        }
        assert_eq!(weights.get("category", "favorable/exception-process"), 18);
    }
}
