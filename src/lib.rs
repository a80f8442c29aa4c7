//! fineprint reads US health payers' medical policies and shows, in their own words, what blocks a
//! claim and what an advocate can hold on to.

pub mod compare;
pub mod context;
pub mod document;
pub mod eval;
pub mod extract;
pub mod finding;
pub mod matcher;
pub mod pipeline;
pub mod policy;
pub mod report;
pub mod rules;
#[cfg(feature = "store")]
pub mod store;
pub mod summary;
pub mod text;
