//! What an answer is as a document: its kind, and for JSON and tables a page made of the fields that hold
//! its words. The bytes as served are kept beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::listing::Candidate;
use super::rows;
use super::syntax::Source;
use crate::fetch::{Class, Failure, Kind, kind};

/// A document as it is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<'a> {
    /// What the answer is.
    pub kind: Kind,
    /// The bytes to read: those of the answer, or a page made of its fields.
    pub bytes: Cow<'a, [u8]>,
}

impl Source {
    /// The document that an answer is.
    ///
    /// # Errors
    /// `empty`, `wrong-kind`, `pdf-incomplete`, or `not-a-policy` for JSON without the fields.
    pub fn document<'a>(&self, from: &Candidate, bytes: &'a [u8]) -> Result<Reading<'a>, Failure> {
        let kind = kind::check(bytes, &self.document.kind)?;
        if kind != Kind::Json {
            return Ok(Reading { kind, bytes: Cow::Borrowed(bytes) });
        }
        let wrong = |what: &str| Failure::new(Class::NotAPolicy, format!("{} {what}", from.url));
        let value: Value = serde_json::from_slice(bytes).map_err(|_| wrong("is no whole JSON"))?;
        if !self.document.text.iter().any(|pointer| rows::scalar(&value, pointer).is_some_and(|text| !text.is_empty()))
        {
            return Err(wrong("has none of the fields that hold the words"));
        }
        let made = page(&from.meta, &self.document.text, |pointer| rows::scalar(&value, pointer));
        Ok(Reading { kind, bytes: Cow::Owned(made.into_bytes()) })
    }
}

/// A page of fields: what is known above, each field under its name.
pub(super) fn page(
    meta: &BTreeMap<String, String>,
    fields: &[String],
    field: impl Fn(&str) -> Option<String>,
) -> String {
    let known = |name: &str| meta.get(name).map(|value| escaped(value));
    let title = known("title").unwrap_or_default();
    let mut out = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1>\n"
    );
    for (label, name) in [("Policy number", "number"), ("Effective date", "effective"), ("Payer", "contractor")] {
        if let Some(value) = known(name) {
            let _ = writeln!(out, "<p>{label}: {value}</p>");
        }
    }
    for name in fields {
        let Some(words) = field(name).filter(|words| !words.trim().is_empty()) else { continue };
        let heading = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        // Fields hold HTML as a rule; plain ones have no tag.
        let words =
            if words.contains("</") || words.contains("<br") { words } else { format!("<p>{}</p>", escaped(&words)) };
        let _ = writeln!(out, "<h2>{}</h2>\n<div>{words}</div>", escaped(&heading));
    }
    out.push_str("</body></html>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
