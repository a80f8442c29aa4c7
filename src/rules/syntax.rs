//! What a pack's file says, before it means anything: the only place of `rules` that knows TOML.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// A pack's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackSyntax {
    #[serde(default)]
    #[expect(dead_code, reason = "the head is for readers of the file")]
    pub(super) pack: Option<PackHead>,
    #[serde(default)]
    pub(super) macros: BTreeMap<String, Spanned<String>>,
    #[serde(default, rename = "rule")]
    pub(super) rules: Vec<RuleSyntax>,
    #[serde(default, rename = "cue")]
    pub(super) cues: Vec<CueSyntax>,
}

/// The head of a pack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the head is for readers of the file")]
pub(super) struct PackHead {
    /// What the pack is for.
    pub(super) about: String,
}

/// A `[[rule]]` table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleSyntax {
    pub(super) id: Spanned<String>,
    pub(super) category: Spanned<String>,
    pub(super) patterns: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) look_alikes: Vec<Spanned<String>>,
    pub(super) force: Option<Spanned<String>>,
    pub(super) scope: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) boilerplate: bool,
    #[serde(default)]
    pub(super) examples: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) counter_examples: Vec<Spanned<String>>,
    pub(super) why: Option<Spanned<String>>,
}

/// A `[[cue]]` table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueSyntax {
    pub(super) id: Spanned<String>,
    pub(super) effect: Spanned<String>,
    pub(super) holder: Option<Spanned<String>>,
    pub(super) force: Option<Spanned<String>>,
    pub(super) scope: Option<Spanned<String>>,
    pub(super) direction: Option<Spanned<String>>,
    pub(super) reach: Option<Spanned<ReachSyntax>>,
    #[serde(default)]
    pub(super) categories: Vec<Spanned<String>>,
    pub(super) patterns: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) examples: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) counter_examples: Vec<Spanned<String>>,
    pub(super) why: Option<Spanned<String>>,
}

/// A reach: a number of words, or a word.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum ReachSyntax {
    /// So many words.
    Words(u8),
    /// `clause`, `sentence` or `block`.
    Named(String),
}

/// Reads a file; the error is its place in bytes and what is wrong.
pub(super) fn read(text: &str) -> Result<PackSyntax, (usize, String)> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (at, error.message().to_owned())
    })
}
