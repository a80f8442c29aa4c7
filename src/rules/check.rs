//! Examples and counter-examples of rules.
