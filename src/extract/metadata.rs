//! What a policy prints about itself.

use crate::document::Document;

/// Reads the metadata of `document`.
pub(super) fn read(document: &mut Document) {
    let _ = document;
}
