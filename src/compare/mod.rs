//! Policies beside each other: two versions of one, plans side by side for one service, where a code stands, the
//! words for an appeal.
//!
//! Pure folds over what was found: over two reported versions or [`Analysis`](crate::report::Analysis), the mirror
//! model. Policies are matched to a service by topics, codes and words, never by a model; no result depends on the
//! order of the input. What differs is told with the places of both sides, so that it can be quoted.

pub mod brief;
mod cells;
mod changes;
mod differences;
mod elsewhere;
mod escape;
mod find;
mod matched;
mod naming;
mod plans;
mod render;
pub mod versions;

pub use changes::{ChangeModel, Changes, MetadataChange, SaidModel, VersionModel};
pub use elsewhere::Elsewhere;
pub use find::{Hit, Query, find, hits_csv, hits_markdown, hits_terminal};
pub use matched::Asked;
pub use plans::{Cell, Comparison, Group, Quoted, Row, compare};
pub use render::{csv, html, markdown, terminal};
