//! The sources in the binary: every folder of `corpora/sources`.

use super::source::{Source, SourceError};

macro_rules! sources {
    ($($id:literal,)*) => {
        /// Each with its id and its file's text, in order.
        pub const EMBEDDED: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../../corpora/sources/", $id, "/source.toml"))),)*];
    };
}

sources! {
    "aetna",
    "anthem",
    "bcbs-ks",
    "bcbs-mn",
    "bcbs-nc",
    "bcbs-sc",
    "bcbs-tn",
    "blue-shield-ca",
    "carelon",
    "centene-homestate",
    "cigna-commercial",
    "cms-article",
    "cms-bulk-lcd",
    "cms-bulk-ncd",
    "cms-lcd",
    "cms-ncd",
    "evicore",
    "fep-blue",
    "hcsc",
    "highmark-pa",
    "humana",
    "independence",
    "kaiser-wa",
    "molina",
    "oscar",
    "premera",
    "regence",
    "uhc-commercial",
}

/// The embedded source of that id, with its text.
///
/// # Errors
/// Never for a build whose tests pass: they read each of them.
#[must_use]
pub fn embedded(id: &str) -> Option<Result<(Source, &'static str), SourceError>> {
    let (_, text) = EMBEDDED.iter().find(|(known, _)| *known == id)?;
    Some(Source::parse(text).map(|source| (source, *text)))
}
