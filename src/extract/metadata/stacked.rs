//! Several versions of a policy, or several policies, in one file: where each begins and which is in force.
//!
//! Each begins with a masthead of its own: a number, a title and a date under labels, at the top of a page. Running
//! heads are no mastheads: they are furniture, or print the same number with the same date again.

use super::labels::{self, Label, Labelled};
use super::number::number_at_start;
use super::{Page, dated};
use crate::document::{Document, ExtractIssue, IssueCode, LeftOutReason};
use crate::policy::{Date, Tier, dates};
use crate::text::{Span, letters_and_digits};

/// One of several policies or versions in a file.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its first block.
    first: usize,
    /// The page of its masthead, from 1, where there are pages.
    page: Option<u32>,
    /// Its number as printed.
    number: String,
    /// The date it took effect or was last reviewed, the later one.
    date: Date,
}

/// A masthead reaches over this many blocks.
const REACH: usize = 12;

/// Longer blocks are no masthead's.
const LONGEST: usize = 300;

/// The parts of a file that holds several; empty where it holds one.
pub(super) fn parts(page: &Page<'_>) -> Vec<Part> {
    let document = page.document;
    let mut found: Vec<Labelled> = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let cited = document.sections[block.section.index()].tier == Some(Tier::References);
        if block.span.len() <= LONGEST && !cited {
            labels::scan(&document.text, block.span, None, at, &mut found);
        }
    }
    let numbers = found.iter().filter(|each| each.label == Label::Number);
    let mut mastheads: Vec<Part> = numbers.filter_map(|number| masthead(page, &found, number)).collect();
    mastheads.extend(repeated(page, &found));
    mastheads.sort_by_key(|part| part.first);
    let mut parts: Vec<Part> = Vec::new();
    for part in mastheads {
        let same = |other: &Part| {
            other.page == part.page && part.page.is_some()
                || part.first < other.first + REACH
                || letters_and_digits(&other.number) == letters_and_digits(&part.number) && other.date == part.date
        };
        if !parts.last().is_some_and(same) {
            parts.push(part);
        }
    }
    let is_front = parts.first().is_some_and(|part| part.first < REACH);
    if parts.len() > 1 && is_front { parts } else { Vec::new() }
}

/// Versions whose mastheads repeat the first one's words, so that they were taken for running heads: number and title
/// stand again on some pages, and a running head would on most.
fn repeated(page: &Page<'_>, found: &[Labelled]) -> Vec<Part> {
    let document = page.document;
    let mut heads: Vec<(u32, bool, Option<String>, Option<Date>)> = Vec::new();
    for words in &document.left_out {
        let Some(on_page) = words.page.filter(|_| words.reason == LeftOutReason::RepeatedFurniture) else { continue };
        let mut inside = Vec::new();
        labels::scan(&words.text, Span::new(0, words.text.len()), None, 0, &mut inside);
        for each in inside {
            if heads.last().is_none_or(|head| head.0 != on_page) {
                heads.push((on_page, false, None, None));
            }
            let Some(head) = heads.last_mut() else { continue };
            match each.label {
                Label::Title => head.1 = true,
                Label::Number => {
                    head.2 = number_at_start(&words.text, each.value).map(|span| span.of(&words.text).to_owned());
                }
                Label::Effective | Label::Current | Label::Review => {
                    let date = dates::first(each.value.of(&words.text)).map(|dated| dated.date);
                    head.3 = head.3.max(date);
                }
                _ => {}
            }
        }
    }
    heads.retain(|head| head.1 && head.2.is_some());
    if heads.len() * 2 > document.pages.len() {
        return Vec::new();
    }
    let part = |(on_page, _, number, date): (u32, bool, Option<String>, Option<Date>)| {
        let first = document.blocks.partition_point(|block| document.page_at(block.span.start()) < Some(on_page));
        let near = found.iter().filter(|each| (first..first + REACH).contains(&each.block) && is_dated(each.label));
        let printed = near.filter_map(|each| dated::latest_at_start(page, each.value)).map(|dated| dated.date).max();
        Some(Part { first, page: Some(on_page), number: number?, date: printed.max(date)? })
    };
    heads.into_iter().filter_map(part).collect()
}

/// Labels of the dates by which versions differ.
fn is_dated(label: Label) -> bool {
    matches!(label, Label::Effective | Label::Current | Label::Review)
}

/// The part that begins with the masthead of this number.
fn masthead(page: &Page<'_>, found: &[Labelled], number: &Labelled) -> Option<Part> {
    let document = page.document;
    let text = &document.text;
    let printed = number_at_start(text, number.value)?.of(text).to_owned();
    let start = document.blocks[number.block].span.start();
    let on_page = document.page_at(start);
    let first = match on_page {
        Some(on_page) => {
            let first = document.blocks.partition_point(|block| document.page_at(block.span.start()) < Some(on_page));
            (number.block < first + REACH).then_some(first)?
        }
        None => number.block,
    };
    let near = |each: &&Labelled| each.block >= first && each.block < number.block + REACH;
    let titled = found.iter().filter(near).any(|each| each.label == Label::Title && !each.value.is_empty());
    let dates = found.iter().filter(near).filter(|each| is_dated(each.label));
    let date = dates.filter_map(|each| dated::latest_at_start(page, each.value)).map(|dated| dated.date).max()?;
    titled.then_some(Part { first, page: on_page, number: printed, date })
}

/// Takes the part in force, and says so: the latest version, the first of equals. Other versions read as history; where the
/// numbers differ the file holds several policies, and all of them stand. Gives the blocks of the part whose metadata count.
pub(super) fn settle(document: &mut Document, parts: &[Part]) -> std::ops::Range<usize> {
    let whole = 0..document.blocks.len();
    let Some(first) = parts.first() else { return whole };
    let key = |part: &Part| letters_and_digits(&part.number);
    let versions = parts.iter().all(|part| key(part) == key(first));
    let taken = match versions {
        true => (0..parts.len()).max_by_key(|&at| (parts[at].date, std::cmp::Reverse(at))).unwrap_or(0),
        false => 0,
    };
    let end = |at: usize| parts.get(at + 1).map_or(document.blocks.len(), |next| next.first);
    let kept = if taken == 0 { 0..end(0) } else { parts[taken].first..end(taken) };
    if versions {
        replaced(document, &kept);
    }
    let places: Vec<String> = parts.iter().map(place).collect();
    let message = if versions {
        format!(
            "{} versions of one policy: {}; {} is taken as the one in force, the others as history",
            parts.len(),
            places.join(", "),
            places[taken]
        )
    } else {
        format!(
            "{} policies: {}; number and dates are those of the first: split the file to tell them apart",
            parts.len(),
            places.join(", ")
        )
    };
    document.issues.push(ExtractIssue { code: IssueCode::SeveralPolicies, page: parts[taken].page, message });
    kept
}

/// Makes the sections that begin outside of the blocks `kept` history.
fn replaced(document: &mut Document, kept: &std::ops::Range<usize>) {
    for (at, block) in document.blocks.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
        let section = &mut document.sections[block.section.index()];
        if section.span.start() >= document.blocks[at].span.start() {
            section.tier = Some(Tier::History);
            section.corroborated = true;
        }
    }
}

/// "RP-021 of 2025-01-01 on page 5".
fn place(part: &Part) -> String {
    let on_page = part.page.map_or(String::new(), |page| format!(" on page {page}"));
    format!("{} of {}{on_page}", part.number, part.date)
}

#[cfg(test)]
mod tests {
    use crate::extract::{Limits, extract};
    use crate::policy::Tier;

    fn version(date: &str, stance: &str) -> String {
        let filler = "<p>Socks are worn on feet.</p>".repeat(12);
        format!(
            "<h1>Reimbursement Policy Bulletin</h1><p>Bulletin Number: RP-7</p><p>Subject: Socks</p><p>Effective Date: {date}</p>\
             <h2>Policy</h2><p>Socks are {stance}.</p>{filler}<h2>Policy History</h2><p>{date} Reviewed.</p><p>1/2000 New policy.</p>"
        )
    }

    /// Tier and corroboration of the sections that hold a stance.
    type Stances = Vec<(Option<Tier>, bool)>;

    fn tiers(page: &str) -> (Stances, Option<String>, Vec<String>) {
        let document = extract(page.as_bytes(), &Limits::default()).unwrap();
        let stances = document.blocks.iter().filter(|block| block.span.of(&document.text).contains("Socks are n"));
        let found = stances.map(|block| &document.sections[block.section.index()]);
        let tiers = found.map(|section| (section.tier, section.corroborated)).collect();
        let effective = document.metadata.effective.map(|field| field.value.to_string());
        (tiers, effective, document.issues.into_iter().map(|issue| issue.message).collect())
    }

    #[test]
    fn the_latest_version_counts_and_the_others_are_history() {
        let page = format!("<html>{}{}</html>", version("3/1/2026", "not covered"), version("3/1/2024", "now paid"));
        let (tiers, effective, issues) = tiers(&page);
        assert_eq!(tiers, [(Some(Tier::Binding), false), (Some(Tier::History), true)]);
        assert_eq!(effective.as_deref(), Some("2026-03-01"));
        assert!(
            issues[0].starts_with("2 versions of one policy: RP-7 of 2026-03-01, RP-7 of 2024-03-01"),
            "{issues:?}"
        );
    }

    #[test]
    fn other_policies_stand() {
        let other = version("3/1/2024", "now paid").replace("RP-7", "RP-8");
        let page = format!("<html>{}{other}</html>", version("3/1/2026", "not covered"));
        let (tiers, _, issues) = tiers(&page);
        assert_eq!(tiers, [(Some(Tier::Binding), false), (Some(Tier::Binding), false)]);
        assert!(issues[0].starts_with("2 policies: RP-7"), "{issues:?}");
    }

    #[test]
    fn one_policy_is_one() {
        let again = version("3/1/2026", "not covered");
        assert!(tiers(&format!("<html>{again}{again}</html>")).2.is_empty());
    }
}
