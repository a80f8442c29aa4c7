//! What a statement is about: the words before the stance, the list item, the heading, the title.

use super::View;
use super::clause::{self, Named};
use super::naming::name;
use super::statements::item_words;
use crate::document::{Block, Role};
use crate::finding::Finding;
use crate::policy::Metadata;
use crate::rules::Category;
use crate::text::{Span, sentences, single_blanks};

/// Service and indication of a statement, in the document's own words; `None` where they could not be told.
///
/// `head` is the finding of the words that introduce the list in which `item` stands.
pub(super) fn of(
    view: &View<'_>,
    finding: &Finding,
    head: Option<&Finding>,
    item: Option<Span>,
    metadata: &Metadata,
) -> (Option<String>, Option<String>) {
    if let Some(item) = item {
        return of_item(view, head, item);
    }
    let Named { service, indication } = read(view, finding);
    if service.is_some() {
        return (service, indication);
    }
    let block = view.block_of(finding);
    let labels = labels(view, block, finding.sentence);
    let indication = indication.or_else(|| labels.last().cloned());
    let introduced = heads(view, block).filter_map(|head| read(view, head).service).next();
    let service = introduced.or_else(|| heading(finding)).or_else(|| title(metadata));
    (service, indication)
}

/// What a finding's own sentence names.
pub(super) fn read(view: &View<'_>, finding: &Finding) -> Named {
    let sentence = finding.sentence.of(&view.document.text);
    let at = finding.span.start().saturating_sub(finding.sentence.start()).min(sentence.len());
    if sentence.is_char_boundary(at) { clause::read(sentence, at) } else { Named::default() }
}

/// An item names the service, or, where its lead-in names one "for the following", the use.
fn of_item(view: &View<'_>, head: Option<&Finding>, item: Span) -> (Option<String>, Option<String>) {
    let words = name(&item_words(view, item));
    let lead = head.filter(|head| head.sentence != item && view.block_at(item).role != Role::Row);
    let Some(lead) = lead else { return (words, None) };
    let behind = single_blanks(&view.document.text[lead.span.start()..lead.sentence.end()]).to_lowercase();
    let uses = [" for ", " in ", "treat"].iter().any(|word| behind.contains(word)) && !behind.contains("includ");
    match read(view, lead).service {
        Some(service) if uses => (Some(service), words),
        _ => (words, None),
    }
}

/// The statements that head the list in which a block stands, the nearest first.
fn heads<'a>(view: &View<'a>, block: &'a Block) -> impl Iterator<Item = &'a Finding> {
    let stance = |finding: &&Finding| {
        finding.operative
            && matches!(finding.category, Category::ConditionalCoverage | Category::MedicallyNecessary)
            && !finding.span.is_empty()
    };
    let up = |block: &&'a Block| Some(view.document.block(block.lead_in?));
    std::iter::successors(up(&block), move |block| up(block))
        .filter_map(move |block| view.findings_in(block.span).filter(stance).last())
}

/// The longest label before a sentence, in words.
const LONGEST_LABEL: usize = 16;

/// "2. Dravet syndrome. Approve if …": the short sentences that stand before this one in its item, and those of the
/// items above, the outermost last.
fn labels(view: &View<'_>, block: &Block, sentence: Span) -> Vec<String> {
    let items = std::iter::successors(Some(block), |block| Some(view.document.block(block.lead_in?)))
        .take_while(|block| matches!(block.role, Role::Item { .. }));
    let label = |block: &Block| {
        let words = block.span.of(&view.document.text);
        let first = match sentences(words).as_slice() {
            [marker, first, ..] if marker.len() <= block.marker_len as usize => *first,
            [first, ..] => *first,
            [] => return None,
        };
        let first = first.shifted(block.span.start());
        let apart = first.end() <= sentence.start() || !block.span.contains(sentence);
        let stands = view.findings_in(first).any(|finding| finding.operative);
        let words = name(first.of(&view.document.text)).filter(|_| apart && !stands)?;
        let generic = ["initial", "continu", "reauthor", "renewal", "currently", "patient"];
        let lower = words.to_lowercase();
        let short = words.split(' ').count() <= LONGEST_LABEL && clause::verb(&words).is_none();
        let names = short && !generic.iter().any(|word| lower.contains(word));
        names.then_some(words)
    };
    items.filter_map(label).collect()
}

/// Words of headings that name no service.
const GENERIC: [&str; 40] = [
    "polic",
    "statement",
    "criteri",
    "cover",
    "medical",
    "necess",
    "rationale",
    "position",
    "guideline",
    "indication",
    "limitation",
    "introduc",
    "general",
    "information",
    "initial",
    "renewal",
    "review",
    "service",
    "commercial",
    "member",
    "medicare",
    "medicaid",
    "investigational",
    "experimental",
    "unproven",
    "note",
    "background",
    "managed",
    "care",
    "product",
    "authoriz",
    "determination",
    "approv",
    "other",
    "use",
    "consider",
    "requirement",
    "section",
    "support",
    "evidence",
];

/// The heading, where it names a thing.
fn heading(finding: &Finding) -> Option<String> {
    let heading = finding.heading.as_deref()?;
    let lower = heading.to_lowercase();
    let naming = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 3 && !["when", "with", "that", "these", "this", "under", "from"].contains(word))
        .filter(|word| !GENERIC.iter().any(|generic| word.starts_with(generic)))
        .count();
    (naming > 0 && naming * 2 >= lower.split_whitespace().count() / 2).then(|| name(heading)).flatten()
}

fn title(metadata: &Metadata) -> Option<String> {
    metadata.title.as_ref().map(|title| title.value.clone())
}
