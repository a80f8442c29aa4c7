//! What a policy is called and where it came from: payer, number, dates, lines of business, tiers of its sections.
//!
//! Plain values. What a document prints about itself and what somebody told us about it are kept apart
//! by [`Origin`]; an unknown value is absent, never guessed. Knows nothing of text beyond places in it.

pub(crate) mod dates;
mod metadata;
mod source;
mod tier;

pub use jiff::civil::Date;
pub use metadata::{Field, FieldName, LineOfBusiness, Metadata, Origin, Payer, PayerId, State};
pub use source::{MediaType, SnapshotId, Source};
pub use tier::Tier;
