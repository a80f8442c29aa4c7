//! Policies beside each other: two versions of one.
//!
//! Pure folds over what was found. What differs is told with the places of both sides, so that it can be quoted.

mod changes;
pub mod versions;

pub use changes::{ChangeModel, Changes, MetadataChange, SaidModel, VersionModel};
