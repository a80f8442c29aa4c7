//! What a pack's file says, before it is known to mean anything: the only place where rules meet serde.
//!
//! Every entry is read for itself, so that a slip in one hides no slip in another, and every value keeps its
//! place in the file.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A problem at a byte of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// The byte at which it stands.
    pub(super) at: usize,
    /// The rule or cue, where it is known.
    pub(super) id: Option<String>,
    /// What is wrong and what to do.
    pub(super) message: String,
}

/// One pack's file.
#[derive(Debug, Default)]
pub(super) struct PackSyntax {
    pub(super) macros: Vec<(Spanned<String>, Spanned<String>)>,
    pub(super) rules: Vec<Spanned<RuleSyntax>>,
    pub(super) cues: Vec<Spanned<CueSyntax>>,
}

/// The head of a pack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    #[serde(rename = "about")]
    _about: Option<String>,
}

/// A `[[rule]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleSyntax {
    pub(super) id: Spanned<String>,
    pub(super) category: Spanned<String>,
    pub(super) patterns: Vec<Spanned<String>>,
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

/// A `[[cue]]`.
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
    pub(super) patterns: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) examples: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) counter_examples: Vec<Spanned<String>>,
    pub(super) why: Option<Spanned<String>>,
}

/// A number of words, or a name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum ReachSyntax {
    Words(u8),
    Name(String),
}

/// Reads a file; what could be read stands beside everything that could not.
pub(super) fn read(text: &str) -> (PackSyntax, Vec<Slip>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut slips: Vec<Slip> = errors.iter().map(|error| slip(error, 0)).collect();
    let mut pack = PackSyntax::default();
    for (key, value) in table.into_inner() {
        let at = key.span().start;
        match key.get_ref().as_ref() {
            "pack" => {
                if let Err(error) = Head::deserialize(toml::de::ValueDeserializer::from(value)) {
                    slips.push(slip(&error, at));
                }
            }
            "macros" => macros(value, &mut pack, &mut slips),
            "rule" => entries(value, "rule", &mut pack.rules, &mut slips),
            "cue" => entries(value, "cue", &mut pack.cues, &mut slips),
            other => {
                let message = format!("unknown part `{other}`: a pack holds [pack], [macros], [[rule]] and [[cue]]");
                slips.push(Slip { at, id: None, message });
            }
        }
    }
    (pack, slips)
}

fn slip(error: &toml::de::Error, otherwise: usize) -> Slip {
    let at = error.span().map_or(otherwise, |span| span.start);
    Slip { at, id: None, message: error.message().replace('\n', ": ") }
}

fn macros(value: Spanned<DeValue<'_>>, pack: &mut PackSyntax, slips: &mut Vec<Slip>) {
    let at = value.span().start;
    let DeValue::Table(table) = value.into_inner() else {
        slips.push(Slip { at, id: None, message: "[macros] is a table of names and patterns".into() });
        return;
    };
    for (name, value) in table {
        let name_span = name.span();
        match Spanned::<String>::deserialize(toml::de::ValueDeserializer::from(value)) {
            Ok(source) => pack.macros.push((Spanned::new(name_span, name.into_inner().into_owned()), source)),
            Err(error) => slips.push(slip(&error, name_span.start)),
        }
    }
}

fn entries<'de, T: Deserialize<'de>>(
    value: Spanned<DeValue<'de>>,
    kind: &str,
    into: &mut Vec<Spanned<T>>,
    slips: &mut Vec<Slip>,
) {
    let at = value.span().start;
    let DeValue::Array(list) = value.into_inner() else {
        slips.push(Slip {
            at,
            id: None,
            message: format!("write [[{kind}]] with two brackets: each is one of a list"),
        });
        return;
    };
    for entry in list {
        let span = entry.span();
        let id = entry.get_ref().get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned);
        match T::deserialize(toml::de::ValueDeserializer::from(entry)) {
            Ok(read) => into.push(Spanned::new(span, read)),
            Err(error) => slips.push(Slip { id, ..slip(&error, span.start) }),
        }
    }
}

/// Tables of whole numbers, as in the weights' file; the error is the reader's own sentence.
pub(super) fn tables(text: &str) -> Result<BTreeMap<String, BTreeMap<String, i32>>, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}
