//! The packs in the binary.

use super::PackText;

/// The embedded packs, in the order in which they are read.
#[must_use]
pub fn embedded() -> Vec<PackText<'static>> {
    Vec::new()
}
