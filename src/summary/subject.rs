//! What a statement is about: the words before the stance, the list item, the heading, the title.

use super::View;
use super::statements::item_words;
use crate::finding::Finding;
use crate::policy::Metadata;
use crate::text::single_blanks;

/// The longest name of a service, in words.
const LONGEST: usize = 24;

/// Service and indication of a statement, in the document's own words; `None` where they could not be told.
pub(super) fn of(
    view: &View<'_>,
    finding: &Finding,
    item: Option<crate::text::Span>,
    metadata: &Metadata,
) -> (Option<String>, Option<String>) {
    let text = &view.document.text;
    if let Some(item) = item {
        return (tidy(&item_words(view, item)), None);
    }
    let before = single_blanks(&text[finding.sentence.start()..finding.span.start()]);
    let behind = single_blanks(&text[finding.span.end()..finding.sentence.end()]);
    let service = tidy(&before).or_else(|| title(metadata));
    (service, indication(&behind))
}

fn title(metadata: &Metadata) -> Option<String> {
    metadata.title.as_ref().map(|title| title.value.clone())
}

/// Openings that name nothing.
const OPENINGS: &[&str] = &["the use of ", "use of ", "note: ", "the following ", "the "];

/// Words that refer to what another sentence named.
const POINTERS: &[&str] =
    &["it", "this", "these", "they", "all other", "there", "the following", "any", "all", "other"];

/// A name for a service from the words in front of a stance; `None` where they name none.
fn tidy(words: &str) -> Option<String> {
    let marker = words.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(').trim();
    let mut name = marker;
    let lower = name.to_lowercase();
    if let Some(opening) = OPENINGS.iter().find(|opening| lower.starts_with(**opening)) {
        name = &name[opening.len()..];
    }
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')').trim();
    let first = name.to_lowercase();
    let points = POINTERS.iter().any(|pointer| first == *pointer);
    let count = name.split(' ').count();
    (!name.is_empty() && !points && count <= LONGEST && name.chars().any(char::is_alphabetic)).then(|| name.to_owned())
}

/// "for knee osteoarthritis …": the use behind the stance, up to the end of its clause.
fn indication(behind: &str) -> Option<String> {
    let rest = behind.trim_start().strip_prefix("for ").or_else(|| behind.trim_start().strip_prefix("in "))?;
    let end = rest.find([';', ':', '.', '(', ',']).unwrap_or(rest.len());
    let cut = [" when ", " if ", " unless ", " because ", " who "].iter().filter_map(|word| rest.find(word)).min();
    let words = rest[..end.min(cut.unwrap_or(rest.len()))].trim();
    let points = words.is_empty() || words.starts_with("all other") || words.starts_with("any other");
    (!points && words.split(' ').count() <= LONGEST).then(|| words.to_owned())
}
