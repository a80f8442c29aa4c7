//! What is wrong with a pack.

use crate::text::Position;

/// One problem in a pack's file. All problems of a file are reported at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{}:{}: {message}", position.line, position.column)]
#[non_exhaustive]
pub struct RuleError {
    /// The file, as the user named it.
    pub file: String,
    /// Where in it.
    pub position: Position,
    /// The rule or cue, where it is known.
    pub id: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}
