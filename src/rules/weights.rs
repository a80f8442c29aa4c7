//! The weights of the leverage score: one table, `corpora/weights.toml`.

/// Weights and factors of the leverage score.
#[derive(Clone, Debug, Default)]
pub struct Weights {}
