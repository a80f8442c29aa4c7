//! One value of a page or an address: where it stands, and what is cut out of it.

use std::collections::BTreeMap;

use regex::bytes::{Regex, RegexBuilder};
use scraper::Selector;
use serde::Deserialize;
use url::Url;

use super::rows::Row;
use crate::policy::dates;

/// A CSS selector, read with the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Css {
    pub(super) text: String,
    pub(super) selector: Selector,
}

impl TryFrom<String> for Css {
    type Error = String;

    fn try_from(text: String) -> Result<Css, String> {
        match Selector::parse(&text) {
            Ok(selector) => Ok(Css { text, selector }),
            Err(error) => Err(format!("`{text}` is no CSS selector ({error})")),
        }
    }
}

/// A regular expression, read with the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Pattern(Regex);

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Pattern, String> {
        // Unicode classes are not built in: ASCII is what addresses and numbers are made of.
        let read = RegexBuilder::new(&text).unicode(false).build();
        read.map(Pattern).map_err(|error| format!("`{text}` is no regular expression ({error})"))
    }
}

impl Pattern {
    /// Whether it stands somewhere in the text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text.as_bytes())
    }

    /// The first group where there is one, else the whole match.
    fn find(&self, text: &str) -> Option<String> {
        let found = self.0.captures(text.as_bytes())?;
        let bytes = found.get(1).or_else(|| found.get(0))?.as_bytes();
        Some(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Where a value stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Rule {
    /// The first element below the entry; without it the entry itself.
    css: Option<Css>,
    /// Its attributes, the first that is there; without it its words.
    attr: Vec<String>,
    /// A JSON pointer into the entry.
    json: Option<String>,
    /// A column of the table.
    column: Option<String>,
    /// A pattern on the entry's address.
    url_re: Option<Pattern>,
    /// A parameter of the address.
    url_query: Option<String>,
    /// Known values joined: `{name}`.
    template: Option<String>,
    /// What is cut out of the value.
    re: Option<Pattern>,
    /// What the value must hold, or the entry is none.
    #[serde(rename = "match")]
    matches: Option<Pattern>,
    /// Whether it is a date; it becomes YYYY-MM-DD.
    date: bool,
    /// Whether an entry may be without it.
    pub(super) optional: bool,
}

/// What a rule may look at.
pub(super) struct Scope<'a> {
    pub(super) row: Row<'a>,
    /// The entry's address, once it is known; before, the page's.
    pub(super) url: &'a Url,
    pub(super) meta: &'a BTreeMap<String, String>,
}

impl Rule {
    /// Whether the file says nothing of it.
    pub(super) fn is_unset(&self) -> bool {
        let places = [self.css.is_some(), self.json.is_some(), self.column.is_some(), self.url_re.is_some()];
        let others = [self.url_query.is_some(), self.template.is_some(), !self.attr.is_empty()];
        !places.iter().chain(&others).any(|set| *set)
    }

    /// The selector, for the record of why a link was taken.
    pub(super) fn selector(&self) -> Option<&str> {
        self.css.as_ref().map(|css| css.text.as_str())
    }

    /// The value, if it is there.
    pub(super) fn value(&self, scope: &Scope<'_>) -> Option<String> {
        let found = self.raw(scope)?;
        let found = match &self.re {
            Some(re) => re.find(&found)?,
            None => found,
        };
        let found = if self.date { day(&found)? } else { found };
        let fits = self.matches.as_ref().is_none_or(|matches| matches.is_in(&found));
        (fits && !found.is_empty()).then_some(found)
    }

    fn raw(&self, scope: &Scope<'_>) -> Option<String> {
        if let Some(template) = &self.template {
            return filled(template, scope.meta);
        }
        if let Some(name) = &self.url_query {
            return scope.url.query_pairs().find(|(found, _)| found == name).map(|(_, value)| value.into_owned());
        }
        if let Some(pattern) = &self.url_re {
            return pattern.find(scope.url.as_str());
        }
        match &scope.row {
            Row::Json(value) => self.json.as_ref().and_then(|pointer| super::rows::scalar(value, pointer)),
            Row::Table(cells) => self.column.as_ref().and_then(|column| cells.get(column).cloned()),
            Row::Html(element) => {
                let element = match &self.css {
                    Some(css) => element.select(&css.selector).next()?,
                    None => *element,
                };
                if self.attr.is_empty() {
                    return Some(clean(&element.text().collect::<Vec<_>>().join(" ")));
                }
                self.attr.iter().find_map(|attr| element.attr(attr)).map(|value| invisible(value).trim().to_owned())
            }
            Row::Nothing => None,
        }
    }
}

/// A template with its names filled in; `None` when one is not known.
pub(super) fn filled(template: &str, meta: &BTreeMap<String, String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(meta.get(name)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// A date in any shape that payers print, and as eight digits.
fn day(text: &str) -> Option<String> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = if digits { format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]) } else { text.to_owned() };
    dates::first(&text).map(|dated| dated.date.to_string())
}

/// Without characters that nobody sees.
pub(super) fn invisible(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')).collect()
}

/// Words with single spaces, without characters that nobody sees.
pub(super) fn clean(text: &str) -> String {
    invisible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
