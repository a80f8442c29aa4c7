//! From the addresses to begin at, and from a page's bytes, to the addresses that it names.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::paging::{DEPTH, base, expanded, too_deep, turned};
use super::rows::{self, Row};
use super::rule::{Scope, clean, filled, invisible};
use super::syntax::{List, Source};
use crate::fetch::{Class, Failure};

/// Most entries of one page.
const LINKS: usize = 20_000;

/// An address that a source names, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The step whose rules read it; `None` for a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The address, without fragment.
    pub url: String,
    /// What its list says of it: `title`, `number`, `effective` and so on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub meta: BTreeMap<String, String>,
    /// What makes it the same document under another address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The words of the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The selector that found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<String>,
    /// The gate before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// For archives: the table in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// How many pages of its list came before.
    #[serde(default)]
    pub page: u32,
    /// The words of a document that stands in the list itself, as HTML. It is not fetched.
    #[serde(skip)]
    pub inline: Option<String>,
}

/// The bytes of a page and the address that answered.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The address after redirects.
    pub url: &'a Url,
    /// The bytes, unpacked.
    pub bytes: &'a [u8],
}

/// What a page names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Pages and documents, each address once, in the page's order.
    pub candidates: Vec<Candidate>,
    /// Entries of which something could not be read, each as a sentence.
    pub problems: Vec<String>,
}

impl Source {
    /// The addresses to begin at.
    #[must_use]
    pub fn starts(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for start in &self.start {
            for meta in expanded(start) {
                let Some(url) = filled(&start.url, &meta) else { continue };
                let step = Some(start.name.clone().unwrap_or_else(|| "start".to_owned()));
                let (gate, member) = (start.gate.clone(), start.member.clone());
                found.push(Candidate { step, url, meta, gate, member, ..Candidate::default() });
            }
        }
        for fixed in &self.fixed {
            let candidate = Candidate {
                url: fixed.url.clone(),
                meta: fixed.meta.clone(),
                gate: fixed.gate.clone(),
                ..Candidate::default()
            };
            found.extend(self.named(candidate, Row::Nothing, &mut Vec::new()));
        }
        found
    }

    /// What a page of that candidate names.
    ///
    /// # Errors
    /// `empty`, `gate`, `index-empty`, `index-changed` or `too-many-links`: a page that gives nothing says why.
    pub fn follow(&self, from: &Candidate, page: Page<'_>) -> Result<Followed, Failure> {
        if page.bytes.trim_ascii().is_empty() {
            return Err(Failure::new(Class::Empty, format!("{} has no bytes", page.url)));
        }
        let step = from.step.as_deref().unwrap_or_default();
        let mut followed = Followed::default();
        for list in self.list.iter().filter(|list| list.from == step) {
            self.read(list, from, page, &mut followed)?;
        }
        let mut seen = BTreeSet::new();
        followed.candidates.retain(|candidate| seen.insert((candidate.step.is_some(), candidate.url.clone())));
        Ok(followed)
    }

    /// Reads a page by one list.
    fn read(&self, list: &List, from: &Candidate, page: Page<'_>, followed: &mut Followed) -> Result<(), Failure> {
        let before = followed.candidates.len();
        let (looked_at, next) = if list.each.csv {
            self.read_table(list, from, page, followed)?
        } else if let Some(pointer) = &list.each.json {
            self.read_json(list, pointer, from, page, followed)?
        } else if let Some(each) = &list.each.css {
            match self.read_html(list, &each.selector, from, page, followed)? {
                Some(read) => read,
                None => return Ok(()),
            }
        } else {
            return Ok(());
        };
        if followed.candidates.len() == before {
            let what = format!("{} names no document: {looked_at} entries were looked at", page.url);
            return Err(Failure::new(Class::IndexEmpty, what));
        }
        if followed.problems.len() * 2 > looked_at {
            let what = format!("{}: {}", page.url, followed.problems.first().map_or("", String::as_str));
            return Err(Failure::new(Class::IndexChanged, what));
        }
        followed.candidates.extend(list.next.as_ref().and_then(|rule| turned(rule, from, next)));
        Ok(())
    }

    fn read_table(
        &self,
        list: &List,
        from: &Candidate,
        page: Page<'_>,
        followed: &mut Followed,
    ) -> Result<Read, Failure> {
        let cap = self.budget.list_mib << 20;
        let unpacked = match &from.member {
            Some(member) if page.bytes.starts_with(b"PK") => rows::member(page.bytes, member, cap)?,
            _ => page.bytes.to_vec(),
        };
        let table = rows::table(&unpacked)?;
        self.entries(list, from, page.url, table.iter().map(Row::Table), followed)?;
        Ok((table.len(), None))
    }

    fn read_json(
        &self,
        list: &List,
        pointer: &str,
        from: &Candidate,
        page: Page<'_>,
        followed: &mut Followed,
    ) -> Result<Read, Failure> {
        let changed = |what: String| Failure::new(Class::IndexChanged, format!("{} {what}", page.url));
        let value: Value = serde_json::from_slice(page.bytes).map_err(|_| changed("is no JSON".to_owned()))?;
        let members = rows::members(&value, pointer).ok_or_else(|| changed(format!("has no list at {pointer}")))?;
        self.entries(list, from, page.url, members.iter().map(|member| Row::Json(member)), followed)?;
        let token = list.next.as_ref().and_then(|next| rows::scalar(&value, next.json.as_deref()?));
        Ok((members.len(), token))
    }

    /// `None` for a sound page with an empty list.
    fn read_html(
        &self,
        list: &List,
        each: &Selector,
        from: &Candidate,
        page: Page<'_>,
        followed: &mut Followed,
    ) -> Result<Option<Read>, Failure> {
        if too_deep(page.bytes) {
            let what = format!("{} opens over {DEPTH} elements without closing them", page.url);
            return Err(Failure::new(Class::IndexChanged, what));
        }
        let html = Html::parse_document(&String::from_utf8_lossy(page.bytes));
        let base = base(&html, page.url);
        let found: Vec<ElementRef<'_>> = html.select(each).take(LINKS + 1).collect();
        if found.is_empty() {
            self.gate_of(&html, page.url)?;
            if list.present.as_ref().is_some_and(|present| html.select(&present.selector).next().is_some()) {
                return Ok(None);
            }
        }
        self.entries(list, from, &base, found.iter().map(|element| Row::Html(*element)), followed)?;
        let link = list.next.as_ref().and_then(|next| {
            let element = html.select(&next.css.as_ref()?.selector).next()?;
            Some(base.join(element.attr(&next.attr)?).ok()?.to_string())
        });
        Ok(Some((found.len(), link)))
    }

    /// Fails when the page is one of the gates.
    fn gate_of(&self, html: &Html, url: &Url) -> Result<(), Failure> {
        let words = clean(&html.root_element().text().collect::<Vec<_>>().join(" "));
        for (name, gate) in &self.gate {
            let marked = gate.detect.css.as_ref().is_some_and(|css| html.select(&css.selector).next().is_some());
            if marked || gate.detect.text.as_ref().is_some_and(|text| text.is_in(&words)) {
                let what = format!("{url} is the gate `{name}` of {} (terms: {})", self.id, gate.text);
                return Err(Failure::new(Class::Gate, what));
            }
        }
        Ok(())
    }

    fn entries<'a>(
        &self,
        list: &List,
        from: &Candidate,
        base: &Url,
        rows: impl Iterator<Item = Row<'a>>,
        followed: &mut Followed,
    ) -> Result<(), Failure> {
        for (at, row) in rows.enumerate() {
            if at == LINKS {
                let what = format!("{base} has over {LINKS} entries");
                return Err(Failure::new(Class::TooManyLinks, what));
            }
            if let Some(candidate) = self.entry(list, from, base, row, &mut followed.problems) {
                followed.candidates.extend(self.named(candidate, row, &mut followed.problems));
            }
        }
        Ok(())
    }

    /// The candidate that one entry is.
    fn entry(
        &self,
        list: &List,
        from: &Candidate,
        base: &Url,
        row: Row<'_>,
        problems: &mut Vec<String>,
    ) -> Option<Candidate> {
        let mut meta = from.meta.clone();
        // Values on the entry's own address wait until that is known.
        let early = Scope { row, url: base, meta: &from.meta };
        let known: Vec<_> =
            list.meta.iter().filter_map(|(name, rule)| Some((name.clone(), rule.value(&early)?))).collect();
        meta.extend(known);
        let href = list.link.value(&Scope { row, url: base, meta: &meta })?;
        let url = self.address(base, &href, problems)?;
        for (name, rule) in &list.meta {
            match rule.value(&Scope { row, url: &url, meta: &meta }) {
                Some(value) => {
                    meta.insert(name.clone(), value);
                }
                None if rule.optional => {}
                None => problems.push(format!("{url} has no {name}")),
            }
        }
        let anchor = match row {
            Row::Html(element) => Some(clean(&element.text().collect::<Vec<_>>().join(" "))),
            _ => meta.get("title").cloned(),
        };
        let selector = list.each.css.as_ref().map(|css| css.text.as_str()).or(list.each.json.as_deref());
        let selector = [selector, list.link.selector()].into_iter().flatten().collect::<Vec<_>>().join(" -> ");
        Some(Candidate {
            step: list.name.clone(),
            url: url.to_string(),
            meta,
            anchor: anchor.map(|words| words.chars().take(300).collect()),
            selector: Some(selector),
            gate: list.gate.clone().or_else(|| from.gate.clone()),
            ..Candidate::default()
        })
    }

    /// The address that a link is, when it is one that may be asked for.
    fn address(&self, base: &Url, href: &str, problems: &mut Vec<String>) -> Option<Url> {
        let href = invisible(href);
        let mut url = match base.join(href.trim()) {
            Ok(url) => url,
            Err(error) => {
                problems.push(format!("`{}` is no address ({error})", href.chars().take(80).collect::<String>()));
                return None;
            }
        };
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        url.set_fragment(None);
        if !self.strip_query.is_empty() {
            let kept: Vec<(String, String)> = url
                .query_pairs()
                .filter(|(name, _)| !self.strip_query.iter().any(|strip| strip == name))
                .map(|(n, v)| (n.into_owned(), v.into_owned()))
                .collect();
            url.set_query(None);
            if !kept.is_empty() {
                url.query_pairs_mut().extend_pairs(kept);
            }
        }
        match self.reach().check(&url, None) {
            Ok(()) => Some(url),
            Err(failure) => {
                problems.push(failure.to_string());
                None
            }
        }
    }

    /// The candidate with its key; what is not fetched is read at once by the lists of its step.
    fn named(&self, mut candidate: Candidate, row: Row<'_>, problems: &mut Vec<String>) -> Vec<Candidate> {
        let Ok(url) = Url::parse(&candidate.url) else { return Vec::new() };
        let made = candidate
            .step
            .clone()
            .filter(|step| self.list.iter().any(|list| list.name.as_ref() == Some(step) && !list.fetch));
        if let Some(step) = made {
            let mut found = Vec::new();
            for list in self.list.iter().filter(|list| list.from == step) {
                if let Some(next) = self.entry(list, &candidate, &url, Row::Nothing, problems) {
                    let anchor = candidate.anchor.clone();
                    found.extend(self.named(Candidate { anchor, ..next }, Row::Nothing, problems));
                }
            }
            return found;
        }
        if candidate.step.is_none() {
            for (name, rule) in &self.document.meta {
                let value = rule.value(&Scope { row, url: &url, meta: &candidate.meta });
                candidate.meta.extend(value.map(|value| (name.clone(), value)));
            }
            candidate.key = self.document.key.value(&Scope { row, url: &url, meta: &candidate.meta });
            if candidate.key.is_none() && !self.document.key.is_unset() && !self.document.key.optional {
                problems.push(format!("{url} has no key"));
            }
            if let Row::Table(cells) = row {
                candidate.inline =
                    Some(super::reading::page(&candidate.meta, &self.document.text, |name| cells.get(name).cloned()));
            }
        }
        vec![candidate]
    }
}

/// How many entries were looked at, and the next page's address or token.
type Read = (usize, Option<String>);
