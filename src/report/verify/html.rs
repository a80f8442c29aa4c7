//! Claims of an HTML report, by its visible words: a hash, then quotes each with its page behind it, then the
//! running text with its pages. What the scripts would show is read as well.

use serde_json::Value;

use super::{Claims, page_of};
use crate::report::html::COUNT;

/// Elements without an end.
const VOID: [&str; 5] = ["meta", "link", "br", "hr", "input"];

/// Classes whose words are read.
const READ: [&str; 8] = ["hash", "file", "qt", "pg", "bt", "pb", "qn", "struck"];

/// Reads a report.
pub(super) fn read(report: &str, claims: &mut Claims) {
    let mut state = State { claims, hash: String::new(), page: None, open: None, quotes: 0 };
    elements(report, &mut |element| state.element(element));
    if let Some((line, _)) = state.open {
        state.claims.fault(line, "a quote without a page");
    }
}

/// One element that is of interest, with its words.
pub(in crate::report) struct Element<'a> {
    pub(in crate::report) line: usize,
    pub(in crate::report) tag: &'a str,
    pub(in crate::report) attributes: &'a str,
    pub(in crate::report) words: String,
}

impl Element<'_> {
    fn class(&self) -> Option<&'static str> {
        let classes = attribute(self.attributes, "class").unwrap_or_default();
        READ.into_iter().find(|class| classes.split(' ').any(|known| known == *class))
    }
}

struct State<'c> {
    claims: &'c mut Claims,
    hash: String,
    /// Of the running text.
    page: Option<u32>,
    /// A quote that waits for its page.
    open: Option<(usize, String)>,
    /// Since the last hash.
    quotes: usize,
}

impl State<'_> {
    fn element(&mut self, element: &Element<'_>) {
        let Element { line, words, .. } = element;
        match (element.tag, element.class()) {
            ("script", _) => self.script(element),
            (_, Some("hash")) => (self.hash, self.page, self.quotes) = (words.trim().to_owned(), None, 0),
            (_, Some("file")) => self.claims.path(words),
            (_, Some("qt")) => {
                if let Some((line, _)) = self.open.replace((*line, words.clone())) {
                    self.claims.fault(line, "a quote without a page");
                }
            }
            (_, Some("pg")) => self.place(*line, words),
            (_, Some("pb")) => self.page = words.trim_start_matches("page ").trim().parse().ok(),
            (_, Some("bt")) if !words.trim().is_empty() => self.claims.claim(*line, &self.hash, words, self.page),
            (_, Some("qn")) if words.trim_start_matches(COUNT).trim().parse() != Ok(self.quotes) => {
                self.claims.fault(*line, format!("“{words}”, and there are {}", self.quotes));
            }
            _ => {}
        }
    }

    fn place(&mut self, line: usize, words: &str) {
        let Some((at, quote)) = self.open.take() else { return };
        self.quotes += 1;
        match page_of(words) {
            Ok(page) => {
                self.claims.claim(at, &self.hash, &quote, page);
                if let Some(claim) = self.claims.claims.last_mut() {
                    claim.cut_before = true;
                }
            }
            Err(()) => self.claims.fault(line, format!("“{words}” names no page")),
        }
    }

    /// The quotes that a script copies or lists.
    fn script(&mut self, element: &Element<'_>) {
        let is_data = attribute(element.attributes, "type") == Some("application/json");
        if !is_data {
            return;
        }
        let Ok(data) = serde_json::from_str::<Value>(&element.words) else {
            self.claims.fault(element.line, "data that cannot be read: write the report again");
            return;
        };
        let page = |value: &Value| value.as_u64().and_then(|page| u32::try_from(page).ok());
        match &data["f"] {
            Value::Object(findings) => {
                for finding in findings.values() {
                    self.claims.claim(
                        element.line,
                        &self.hash,
                        finding["quote"].as_str().unwrap_or_default(),
                        page(&finding["page"]),
                    );
                }
            }
            Value::Array(rows) => {
                let policies = data["p"].as_array().into_iter().flatten();
                policies.filter_map(|policy| policy[4].as_str()).for_each(|path| self.claims.path(path));
                for row in rows {
                    let policy = row[0].as_u64().and_then(|index| usize::try_from(index).ok()).unwrap_or(usize::MAX);
                    let hash = data["p"][policy][3].as_str().unwrap_or_default();
                    self.claims.claim(element.line, hash, row[3].as_str().unwrap_or_default(), page(&row[2]));
                }
            }
            _ => {}
        }
    }
}

/// The value of an attribute in double quotes.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let start = attributes.find(&format!(" {name}=\""))? + name.len() + 3;
    attributes[start..].split('"').next()
}

/// Calls `take` at the end of every element with the words inside of it, in the order of their ends.
///
/// Reads only what fineprint writes: attributes in double quotes, no comments.
pub(in crate::report) fn elements<'a>(html: &'a str, take: &mut dyn FnMut(&Element<'a>)) {
    let mut stack: Vec<Element<'a>> = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let words = unescaped(&html[at..open]);
        if let Some(last) = stack.last_mut() {
            last.words += &words;
        }
        line += html[at..open].matches('\n').count();
        let Some(close) = html[open..].find('>').map(|found| open + found) else { return };
        let inside = &html[open + 1..close];
        at = close + 1;
        let begun = line;
        line += inside.matches('\n').count();
        if let Some(tag) = inside.strip_prefix('/') {
            end(&mut stack, tag.trim(), take);
        } else if !inside.starts_with('!') {
            let tag = inside.split_whitespace().next().unwrap_or_default();
            let attributes = &inside[tag.len()..];
            if tag == "script" || tag == "style" {
                let until = html[at..].find(&format!("</{tag}>")).map_or(html.len(), |found| at + found);
                take(&Element { line: begun, tag, attributes, words: html[at..until].to_owned() });
                line += html[at..until].matches('\n').count();
                at = (until + tag.len() + 3).min(html.len());
            } else if !VOID.contains(&tag) {
                stack.push(Element { line: begun, tag, attributes, words: String::new() });
            }
        }
    }
}

/// Ends the innermost element of that tag; its words are words of what it stands in, too.
fn end<'a>(stack: &mut Vec<Element<'a>>, tag: &str, take: &mut dyn FnMut(&Element<'a>)) {
    let Some(index) = stack.iter().rposition(|element| element.tag == tag) else { return };
    while stack.len() > index {
        let Some(element) = stack.pop() else { return };
        take(&element);
        if let Some(outer) =
            stack.last_mut().filter(|outer| outer.class().is_some() || outer.tag == "mark" || outer.tag == "span")
        {
            outer.words += &element.words;
        }
    }
}

/// Words without the escapes that we write.
fn unescaped(words: &str) -> String {
    if !words.contains('&') {
        return words.to_owned();
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(words.to_owned(), |words, (escape, sign)| words.replace(escape, sign))
}
