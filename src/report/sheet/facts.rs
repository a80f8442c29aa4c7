//! The head of the page: who, what, of when, from where; and what was not read.

use crate::policy::Date;
use crate::report::clean::clean;
use crate::report::{Analysis, words};
use crate::text::single_blanks;

/// The longest value in the head of a page, in characters.
const LONGEST: usize = 200;

/// A label and its value.
#[derive(Debug)]
pub(in crate::report) struct Fact {
    pub(in crate::report) label: &'static str,
    pub(in crate::report) value: String,
}

/// One line of at most [`LONGEST`] characters.
fn line(text: &str) -> String {
    let text = single_blanks(&clean(text));
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Who pays.
pub(super) fn payer(analysis: &Analysis) -> String {
    analysis.policy.payer.as_ref().map_or(words::UNSTATED.to_owned(), |payer| line(&payer.name))
}

/// Number and title, or the file's name.
pub(super) fn title(analysis: &Analysis) -> String {
    let title = line(analysis.policy.title.as_deref().unwrap_or_else(|| words::file(analysis)));
    match analysis.policy.number.as_deref().map(line) {
        Some(number) if !title.contains(&number) => format!("{number} {title}"),
        _ => title,
    }
}

pub(super) fn facts(analysis: &Analysis) -> Vec<Fact> {
    let policy = &analysis.policy;
    let source = &analysis.source;
    let mut facts = Vec::new();
    let mut add = |label, value: Option<String>| {
        facts.extend(value.filter(|value| !value.is_empty()).map(|value| Fact { label, value }));
    };
    add("written by", policy.author.as_deref().map(line));
    add("plans", Some(line(&policy.lines_of_business.join(", "))));
    add("states", Some(line(&policy.states.join(", "))));
    add("effective", policy.effective_date.clone());
    add("first in force", policy.original_effective_date.clone());
    add("last review", policy.last_review_date.clone());
    add("next review", Some(review(analysis)));
    add("copy retrieved", source.retrieved_at.clone());
    add("pages", source.pages.map(|pages| pages.to_string()));
    add("from", source.url.as_deref().map(line));
    add("file", Some(line(&source.path)));
    add("told, not printed in it", Some(line(&policy.told.join(", ").replace('_', " "))));
    add("SHA-256", source.sha256.clone());
    facts
}

/// The next review, and how it stands on the day measured against; nothing of a document that was not read.
pub(in crate::report) fn review(analysis: &Analysis) -> String {
    let printed = analysis.policy.next_review_date.clone();
    if printed.is_none() && analysis.is_unread() {
        return String::new();
    }
    let words = printed.unwrap_or_else(|| "no date printed".to_owned());
    words + &analysis.summary.as_ref().map(|summary| summary.staleness.standing()).unwrap_or_default()
}

/// What was not read first, then what else to know.
pub(super) fn warnings(analysis: &Analysis) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(error) = &analysis.error {
        warnings.push(format!("Not read: {}", line(&error.message)));
    } else if analysis.is_unread() {
        warnings.push("Not read: nothing is said here on what the policy says.".to_owned());
    } else if analysis.is_partly_read() {
        warnings.push("Read in part: what is missing below may stand in what was not read.".to_owned());
    }
    warnings.extend(analysis.extraction.issues.iter().take(6).map(|issue| line(&issue.message)));
    let more = analysis.extraction.issues.len().saturating_sub(6);
    if more > 0 {
        warnings.push(format!("{more} more notes on the reading are in the JSON."));
    }
    warnings.extend(old_copy(analysis));
    warnings.extend(words::corrections(analysis.corrected()));
    warnings
}

/// Days after which a copy may have been replaced.
const OLD: i32 = 90;

fn old_copy(analysis: &Analysis) -> Option<String> {
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    let as_of = analysis.summary.as_ref().and_then(|summary| day(&summary.staleness.as_of))?;
    let retrieved = day(&analysis.source.retrieved_at)?;
    let days = retrieved.until(as_of).ok()?.get_days();
    (days > OLD).then(|| format!("This copy may not be current: it was retrieved {days} days before {as_of}."))
}

/// How a document that was not read stands in a list of such.
pub(in crate::report) fn why_not_read(analysis: &Analysis) -> String {
    let first = analysis.extraction.issues.first().map(|issue| line(&issue.message));
    analysis
        .error
        .as_ref()
        .map(|error| line(&error.message))
        .or(first)
        .unwrap_or_else(|| words::stance_sentence("unreadable").to_owned())
}
