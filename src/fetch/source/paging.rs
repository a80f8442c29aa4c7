//! Around a list: the addresses that a start stands for, the page after this one, what links are relative to.

use std::collections::BTreeMap;

use scraper::{Html, Selector};
use url::Url;

use super::listing::Candidate;
use super::syntax::{Next, Start};

/// Most elements that a page may leave open.
pub(super) const DEPTH: i64 = 5_000;

/// The candidate of the next page.
pub(super) fn turned(rule: &Next, from: &Candidate, found: Option<String>) -> Option<Candidate> {
    if from.page + 1 >= rule.max {
        return None;
    }
    let url = match (&rule.param, found) {
        (None, Some(link)) => link,
        (Some(param), found) => {
            let number = rule.step.filter(|_| rule.json.is_none()).map(|step| (step * (from.page + 1)).to_string());
            let value = found.filter(|token| !token.is_empty()).or(number)?;
            let mut url = Url::parse(&from.url).ok()?;
            let others: Vec<(String, String)> = url
                .query_pairs()
                .filter(|(name, _)| name != param)
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect();
            url.query_pairs_mut().clear().extend_pairs(others).append_pair(param, &value);
            url.to_string()
        }
        (None, None) => return None,
    };
    let same = url == from.url;
    (!same).then(|| Candidate { url, page: from.page + 1, inline: None, anchor: None, selector: None, ..from.clone() })
}

/// Whether more elements stay open than any page has: a parser's time grows with the square of that.
pub(super) fn too_deep(bytes: &[u8]) -> bool {
    // Elements that need no end tag.
    const UNCLOSED: [&str; 22] = [
        "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
        "meta", "option", "p", "source", "td", "th", "tr",
    ];
    let mut open: i64 = 0;
    for piece in bytes.split(|byte| *byte == b'<').skip(1) {
        let (step, name) = piece.strip_prefix(b"/").map_or((1, piece), |name| (-1, name));
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = String::from_utf8_lossy(&name[..length]).to_ascii_lowercase();
        if !name.is_empty() && !UNCLOSED.contains(&name.as_str()) {
            open = (open + step).max(0);
        }
        if open > DEPTH {
            return true;
        }
    }
    false
}

/// The address that links are relative to.
pub(super) fn base(html: &Html, url: &Url) -> Url {
    let told = Selector::parse("base[href]").ok().and_then(|selector| {
        let href = html.select(&selector).next()?.attr("href")?;
        url.join(href).ok()
    });
    told.unwrap_or_else(|| url.clone())
}

/// Every combination of the values of a start's names.
pub(super) fn expanded(start: &Start) -> Vec<BTreeMap<String, String>> {
    let mut all = vec![start.meta.clone()];
    for (name, values) in &start.expand {
        let values: Vec<String> = values.iter().flat_map(|value| range(value)).collect();
        all = all
            .iter()
            .flat_map(|meta| {
                values.iter().map(move |value| {
                    let mut meta = meta.clone();
                    meta.insert(name.clone(), value.clone());
                    meta
                })
            })
            .collect();
    }
    all
}

/// `A-Z` as its letters; any other word as itself.
fn range(value: &str) -> Vec<String> {
    match value.as_bytes() {
        [from, b'-', to] if from <= to && from.is_ascii_alphanumeric() && to.is_ascii_alphanumeric() => {
            (*from..=*to).map(|letter| (letter as char).to_string()).collect()
        }
        _ => vec![value.to_owned()],
    }
}
