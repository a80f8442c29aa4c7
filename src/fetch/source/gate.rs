//! Terms that stand before pages. A gate is shut until the user has read its terms and said so.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::rule::{Css, Pattern};
use crate::fetch::Opened;

/// How a gate is told and what opens it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Where a person reads the terms.
    pub text: String,
    /// A cookie that says so.
    pub(super) cookie: Option<Cookie>,
    /// A token that is asked for and then sent.
    pub token: Option<Token>,
    #[serde(default)]
    pub(super) detect: Detect,
}

/// A cookie for one host.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cookie {
    host: String,
    name: String,
    value: String,
}

/// A token for one host. Asking for it is accepting the terms.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// The host that may see it.
    pub host: String,
    /// Where it is asked for.
    pub url: String,
    /// The JSON pointers under which it may stand.
    pub json: Vec<String>,
    /// The header that carries it.
    pub header: String,
    /// The header's value, with `{token}`.
    pub value: String,
}

/// The marks of a page that is the gate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Detect {
    pub(super) css: Option<Css>,
    pub(super) text: Option<Pattern>,
}

impl Gate {
    /// The header that opens it; `token` is what was asked for, where it needs one.
    #[must_use]
    pub fn opened(&self, token: Option<&str>) -> Option<Opened> {
        if let Some(cookie) = &self.cookie {
            let value = format!("{}={}", cookie.name, cookie.value);
            return Some(Opened { host: cookie.host.clone(), name: "cookie".to_owned(), value });
        }
        let (wanted, token) = (self.token.as_ref()?, token?);
        let known = BTreeMap::from([("token".to_owned(), token.to_owned())]);
        let value = super::rule::filled(&wanted.value, &known)?;
        Some(Opened { host: wanted.host.clone(), name: wanted.header.to_ascii_lowercase(), value })
    }
}

impl Token {
    /// The token in the answer.
    #[must_use]
    pub fn find(&self, answer: &[u8]) -> Option<String> {
        let value: serde_json::Value = serde_json::from_slice(answer).ok()?;
        self.json.iter().find_map(|pointer| super::rows::scalar(&value, pointer))
    }
}
