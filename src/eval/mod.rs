//! Findings held against labels: precision, recall and F1, and every error by name.
//!
//! A gold file holds sentences and list items of documents ("units") with labels; a label is a group or a
//! category, with `~` behind it where the words stand there but are not the payer's own statement in force.
//! A unit counts as predicted for a label when an operative finding of it fires inside the unit's words.
//! Everything is compared by letters and digits, so line ends, bullets and dashes do not matter. Pure:
//! texts come in, numbers go out.

mod coded;
mod fires;
mod gold;
mod score;
mod table;

pub use coded::{Agreement, Agreements, Coded, Disagreement, agreements, as_gold};
pub use gold::{EvalError, Gold, Label, Unit};
pub use score::{Counts, ErrorKind, Miss, Predicted, Row, Scores, score};
pub use table::{COLUMNS, coded, key, rank};
