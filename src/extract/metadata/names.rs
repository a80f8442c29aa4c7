//! Title and number.

use super::Page;
use super::labels::{Label, Labelled};
use crate::document::{Block, Role};
use crate::extract::sections;
use crate::policy::{Field, dates};
use crate::text::{Span, single_blanks};

/// Words of which a heading that names only the kind of document is made.
const KINDS: &[&str] = &[
    "medical",
    "clinical",
    "coverage",
    "reimbursement",
    "payment",
    "policy",
    "policies",
    "manual",
    "bulletin",
    "bulletins",
    "guideline",
    "guidelines",
    "guidance",
    "drug",
    "pharmacy",
    "um",
    "utilization",
    "management",
    "criteria",
    "procedure",
    "procedures",
    "commercial",
    "medicare",
    "medicaid",
    "advantage",
    "community",
    "plan",
    "plans",
    "individual",
    "exchange",
    "and",
    "the",
    "of",
    "for",
    "review",
    "document",
    "enterprise",
    "administrative",
    "health",
    "insurance",
    "provider",
    "professional",
    "institutional",
    "corporate",
    "number",
    "home",
    "print",
    "share",
    "position",
    "statement",
    "determination",
    "technology",
    "assessment",
    "&",
    "/",
    "-",
    "–",
    "|",
    "update",
    "updates",
    "search",
    "menu",
    "history",
    "version",
    "lab",
    "laboratory",
    "genetics",
    "benefit",
    "benefits",
    "prior",
    "authorization",
    "panel",
    "submission",
    "mco",
    "members",
    "page",
    "table",
    "contents",
    "a",
    "to",
    "site",
    "manuals",
    "program",
    "programs",
    "specialty",
    "commercial/marketplace",
];

/// The title: labelled, else the first heading in front that names more than the kind of document.
pub(super) fn title(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<String>> {
    let body = body_begins(page);
    let named = labelled
        .iter()
        .filter(|each| each.label == Label::Title && each.block < body.max(NEAR))
        .map(|each| each.value)
        .find(|span| is_title(span.of(&page.document.text)));
    let span = named.map(|span| with_rest(page, span)).or_else(|| looked_up(page))?;
    let value = single_blanks(span.of(&page.document.text));
    Some(Field::printed(value, span))
}

/// A labelled title may stand behind a heading among the first few blocks.
const NEAR: usize = 8;

/// The index of the first block with the words of a known heading, where what binds or describes begins.
fn body_begins(page: &Page<'_>) -> usize {
    let front = page.front();
    front.iter().position(|block| sections::is_heading_words(page.words(block))).unwrap_or(front.len())
}

/// Whether words could be a title.
fn is_title(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    (1..=40).contains(&count) && letters >= 4 && words.len() <= 300 && !is_kind(words)
}

/// Whether words only name the kind of document.
fn is_kind(words: &str) -> bool {
    words.split([' ', '\t']).filter(|word| !word.is_empty()).all(|word| {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        lower.is_empty() || KINDS.contains(&lower.as_str())
    })
}

/// A title that was printed on two lines goes on in the block after it.
fn with_rest(page: &Page<'_>, span: Span) -> Span {
    let blocks = page.front();
    let Some(at) = blocks.iter().position(|block| block.span.contains(span)) else { return span };
    let Some(next) = blocks.get(at + 1) else { return span };
    let words = page.words(next);
    let whole = blocks[at].span.end() == span.end();
    let open =
        span.of(&page.document.text).ends_with(['-', ',', '/', '&']) || words.starts_with('(') && words.ends_with(')');
    if whole && open && words.len() <= 80 && next.role == blocks[at].role { span.cover(next.span) } else { span }
}

/// The first block in front that reads like a title, large ones before small ones.
fn looked_up(page: &Page<'_>) -> Option<Span> {
    let document = page.document;
    let front = &page.front()[..page.front().len().min(16)];
    let heading = |block: &&Block| matches!(block.role, Role::Heading { .. });
    let fits = |block: &&Block| {
        let words = page.words(block);
        is_title(words) && !is_labelled(words) && !is_note(words) && dates::first(words).is_none()
    };
    let head = &front[..body_begins(page).min(front.len())];
    let headings = head.iter().filter(heading).filter(fits);
    let found = headings.min_by_key(|block| (block.role.level(), block.span.start()));
    let found = found.or_else(|| head.iter().filter(|block| block.role == Role::Paragraph).find(fits));
    let span = found?.span;
    let words = span.of(&document.text);
    let skip = number_in_front(words);
    Some(with_rest(page, Span::new(span.start() + skip, span.end())))
}

/// Whether a line holds a label of front matter.
fn is_labelled(words: &str) -> bool {
    words.contains(':')
        && words.split(':').next().is_some_and(|label| {
            label.split(' ').count() <= 4 && label.len() <= 30 && label.contains(char::is_lowercase)
        })
        && words.split(':').nth(1).is_none_or(|rest| rest.trim().len() <= 12)
}

/// Addresses, copyright lines and sentences are no titles.
fn is_note(words: &str) -> bool {
    let lower = words.to_lowercase();
    let marks = ["http", "www.", "©", "copyright", "independent licensee", "all rights", "click", "log in", "cookies"];
    words.ends_with('.') || marks.iter().any(|mark| lower.contains(mark)) || words.contains("....")
}

/// The length of a number with which a title line begins.
fn number_in_front(words: &str) -> usize {
    let mut at = 0;
    for (index, word) in words.split(' ').enumerate() {
        let sign = word.chars().all(|c| matches!(c, '-' | '–' | '—' | ':' | '|'));
        let organisation = index == 0 && word.len() <= 4 && word.chars().all(|c| c.is_ascii_uppercase()) && {
            words[word.len()..].trim_start().split(' ').next().is_some_and(is_number)
        };
        if !(is_number(word) || organisation || index > 0 && sign) {
            break;
        }
        at += word.len() + 1;
    }
    if at >= words.len() { 0 } else { at }
}

/// The number: labelled, else a word of that shape in front.
pub(super) fn number(page: &Page<'_>, labelled: &[Labelled], title: Option<&Field<String>>) -> Option<Field<String>> {
    let front = labelled.iter().filter(|each| each.label == Label::Number && is_front(page, each.block));
    let span = front.filter_map(|each| number_at_start(&page.document.text, each.value)).next();
    let span = span.or_else(|| unlabelled(page, title))?;
    Some(Field::printed(single_blanks(span.of(&page.document.text)), span))
}

fn is_front(page: &Page<'_>, block: usize) -> bool {
    block < super::FRONT || page.document.blocks[block].role == Role::Furniture
}

/// The words with which a value begins that make up a number.
fn number_at_start(text: &str, value: Span) -> Option<Span> {
    let words = value.of(text);
    let mut end = 0;
    let mut digits = false;
    for (at, word) in word_places(words) {
        let core = word.trim_end_matches([',', ';', '.', ':']);
        let has_digit = core.contains(|c: char| c.is_ascii_digit());
        let short =
            core.len() <= 4 && core.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '-' | '–' | '&' | '/'));
        let dated = dates::first(&words[at..]).is_some_and(|dated| dated.span.start() == 0);
        if !(has_digit || short) || dated || core.len() > 24 {
            break;
        }
        digits |= has_digit;
        if has_digit {
            end = at + core.len();
        }
        if core.len() < word.len() {
            break;
        }
    }
    (digits && end > 0 && end <= 40).then(|| Span::new(value.start(), value.start() + end))
}

/// The first word in front that looks like the number of a policy, in the title's neighbourhood.
fn unlabelled(page: &Page<'_>, title: Option<&Field<String>>) -> Option<Span> {
    let text = &page.document.text;
    let near = page.front().iter().take(14).filter(|block| page.words(block).len() <= 200);
    let mut seen = None;
    for block in near {
        let words = page.words(block);
        if dates::first(words).is_some_and(|dated| dated.span.start() == 0) {
            continue;
        }
        for (at, word) in word_places(words) {
            let core = word.trim_matches(['(', ')', ',', ';', ':', '[', ']', '.']);
            let start = at + word.find(core).unwrap_or(0);
            let edge = at == 0 || word.starts_with('(') || start + core.len() >= words.len();
            if is_number(core) && edge && !is_version(core) {
                let span = Span::new(block.span.start() + start, block.span.start() + start + core.len());
                let in_title = title.is_some_and(
                    |title| matches!(title.origin, crate::policy::Origin::Printed(place) if place.contains(span)),
                );
                if !in_title || word.starts_with('(') {
                    seen = seen.or(Some(span));
                }
            }
        }
    }
    seen.map(|span| with_organisation(text, span))
}

/// "FEP 2.04.141", "MP 2.363": short capitals before a number belong to it.
fn with_organisation(text: &str, span: Span) -> Span {
    let before = text[..span.start()].rsplit('\n').next().unwrap_or_default();
    let word = before.trim_end().rsplit([' ', '\t']).next().unwrap_or_default();
    let short = (2..=4).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase()) && before.ends_with(' ');
    if short { Span::new(span.start() - word.len() - 1, span.end()) } else { span }
}

/// Whether a word has the shape of a policy's number: capitals, digits and signs, with two digits or more.
fn is_number(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(char::is_ascii_uppercase).count();
    let signs = word.chars().filter(|c| matches!(c, '.' | '-' | '_')).count();
    let known = word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    let mixed = letters > 0 && (signs > 0 || digits >= 3) || signs >= 2;
    // Five characters with one letter are codes of procedures.
    let code = word.len() == 5 && signs == 0;
    known
        && digits >= 2
        && mixed
        && (4..=20).contains(&word.len())
        && (!code || word.starts_with("CG"))
        && !word.starts_with("COVID")
}

/// "V1.0.2025": a version, not a number.
fn is_version(word: &str) -> bool {
    word.strip_prefix('V').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains('.'))
}

/// The words of a text with their places.
fn word_places(words: &str) -> impl Iterator<Item = (usize, &str)> {
    words
        .split([' ', '\t', '\u{c}'])
        .map(|word| (word.as_ptr() as usize - words.as_ptr() as usize, word))
        .filter(|(_, word)| !word.is_empty())
}
