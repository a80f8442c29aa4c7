//! What a file says.
