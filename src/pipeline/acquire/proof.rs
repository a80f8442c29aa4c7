//! Proving a source without a network: from pages of its site's shape it must name what is expected, and from
//! pages that are broken as sites break it must fail with the right class.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::classify;
use super::plan::{Plan, Saved, plan_from};
use crate::fetch::source::{Candidate, Expect, Page, Source};
use crate::fetch::{Class, Url};

/// What `pages/pages.toml` says of the saved pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageTable {
    /// The pages.
    pub page: Vec<PageRow>,
}

/// One saved page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageRow {
    /// Its file beside the table.
    pub file: String,
    /// The address that it answers.
    pub url: Option<String>,
    /// Whether it is the gate that stands before the others.
    #[serde(default)]
    pub gate: bool,
}

/// One document that the saved pages name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Its address.
    pub url: String,
    /// What makes it the same document.
    pub key: Option<String>,
    /// What is known of it.
    pub meta: BTreeMap<String, String>,
}

/// The documents of a plan, as they are expected.
#[must_use]
pub fn expected(plan: &Plan) -> Vec<Expected> {
    let one = |candidate: &Candidate| Expected {
        url: candidate.url.clone(),
        key: candidate.key.clone(),
        meta: candidate.meta.clone(),
    };
    plan.documents.iter().map(|listed| one(&listed.candidate)).collect()
}

/// What is wrong with a source by its saved pages; nothing where it holds.
#[must_use]
pub fn prove(source: &Source, pages: &[Saved], gate: Option<&[u8]>, wanted: &[Expected]) -> Vec<String> {
    let plan = plan_from(source, pages);
    let mut wrong: Vec<String> = plan.failures.iter().map(|(_, failure)| failure.to_string()).collect();
    wrong.extend(plan.problems.iter().cloned());
    let found = expected(&plan);
    if found.is_empty() {
        wrong.push("the saved pages name no document".to_owned());
    }
    if found != wanted {
        let differs = found.iter().zip(wanted).find(|(found, wanted)| found != wanted);
        wrong.push(match differs {
            Some((found, wanted)) => format!("expected {wanted:?}, found {found:?}"),
            None => format!("expected {} documents, found {}", wanted.len(), found.len()),
        });
    }
    let saved = |candidate: &Candidate| pages.iter().find(|page| page.url == candidate.url);
    if let Some((start, page)) = source.starts().iter().find_map(|start| Some((start.clone(), saved(start)?))) {
        wrong.extend(broken(source, &start, gate));
        wrong.extend(shrunk(source, &start, page, pages, found.len()));
    }
    wrong
}

/// Pages that are none, each with the class that it must get.
fn broken(source: &Source, start: &Candidate, gate: Option<&[u8]>) -> Vec<String> {
    let lost: &[u8] =
        b"<!DOCTYPE html><html><body><h1>Sorry</h1><p>The page you're looking for has moved.</p></body></html>";
    let wall: &[u8] = b"<!DOCTYPE html><html><body><h1>Access Denied</h1><p>Reference #18.2f</p></body></html>";
    let log_in: &[u8] = b"<!DOCTYPE html><html><body><p>Please log in to continue to the portal.</p></body></html>";
    let mut cases = vec![
        ("an empty page", &b" \n"[..], Class::Empty),
        ("an error page with status 200", lost, Class::SoftNotFound),
        ("a bot wall", wall, Class::BotWall),
        ("a log-in page", log_in, Class::LogIn),
    ];
    cases.extend(gate.map(|gate| ("the gate", gate, Class::Gate)));
    let Ok(url) = Url::parse(&start.url) else { return vec![format!("{} is no address", start.url)] };
    let mut wrong = Vec::new();
    for (name, bytes, class) in cases {
        let followed = source.follow(start, Page { url: &url, bytes });
        let found = followed.map_err(|failure| classify::sharpened(failure, bytes).class);
        if found.as_ref().err() != Some(&class) {
            let found =
                found.map_or_else(|class| class.id().to_owned(), |found| format!("{} links", found.candidates.len()));
            wrong.push(format!("{name} should be `{}`, not {found}", class.id()));
        }
    }
    wrong
}

/// The list with half of its entries must be noticed beside the last good run.
fn shrunk(source: &Source, start: &Candidate, page: &Saved, pages: &[Saved], whole: usize) -> Option<String> {
    let half = source.halved(start, &page.bytes)?;
    let pages: Vec<Saved> =
        pages
            .iter()
            .map(|saved| {
                if saved.url == page.url {
                    Saved { url: saved.url.clone(), bytes: half.clone() }
                } else {
                    saved.clone()
                }
            })
            .collect();
    let plan = plan_from(source, &pages);
    let urls: Vec<&str> = plan.documents.iter().map(|listed| listed.candidate.url.as_str()).collect();
    if urls.len() as f64 > whole as f64 * (1.0 - source.expect.shrink_max) {
        // One page of many: what is missing from it alone is within what a list may lose.
        return None;
    }
    let expect = Expect { list_min: 1, must_contain: Vec::new(), ..source.expect.clone() };
    match expect.judge(&urls, Some(whole as u64)).map_err(|failure| failure.class) {
        Err(Class::IndexShrunk | Class::IndexEmpty) => None,
        other => Some(format!("half of the list should be `index-shrunk`, not {other:?}")),
    }
}
