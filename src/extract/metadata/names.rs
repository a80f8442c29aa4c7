//! The title.

use super::kinds::is_kind;
use super::labels::{self, Label, Labelled};
use super::number::{is_number, number_at_start, number_in_front};
use super::{Page, payers};
use crate::document::{Block, Role};
use crate::extract::sections;
use crate::policy::{Field, MediaType, dates};
use crate::text::{Span, letters_and_digits, single_blanks};

/// The title: labelled, else the first heading in front that names more than the kind of document.
pub(super) fn title(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<String>> {
    let body = body_begins(page);
    let text = &page.document.text;
    let named = labelled
        .iter()
        .filter(|each| each.label == Label::Title && each.block < body.max(NEAR))
        .map(|each| before_bullet(text, each.value))
        .find(|span| is_title(span.of(text)) && !span.of(text).contains('\t'));
    let running = running_heads(page);
    let runs = |span: Span| {
        let key = letters_and_digits(span.of(text));
        key.len() >= 8 && running.iter().any(|head| head.contains(&key))
    };
    // What runs over the pages is the title where the label's value does not ("Policy Name: other common names …").
    let looked = || looked_up(page, &running);
    let span = match named {
        Some(named) if !runs(named) && !running.is_empty() => {
            looked().filter(|&looked| is_named(page, looked) && runs(looked)).unwrap_or(named)
        }
        Some(named) => named,
        None => looked()?,
    };
    let span = without_kind(text, without_number(text, with_rest(page, span, &running)), &running);
    Some(Field::printed(single_blanks(span.of(text)), span))
}

/// "Adalimumab Products • Abrilada (adalimumab-afzb)": the list of products behind a title is none of it.
fn before_bullet(text: &str, value: Span) -> Span {
    let words = value.of(text);
    let end = words.find(" • ").unwrap_or(words.len());
    Span::new(value.start(), value.start() + words[..end].trim_end().len())
}

/// Whether a title stands in a heading with the number of the policy behind it.
fn is_named(page: &Page<'_>, span: Span) -> bool {
    page.front().iter().any(|block| block.span.contains(span) && matches!(block.role, Role::Heading { .. }))
        && without_number(&page.document.text, span) != span
}

/// A title without the number of the policy at its end: "Algorithmic Testing MP9605".
fn without_number(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let Some((title, last)) = words.rsplit_once(' ') else { return span };
    let letters = last.chars().take_while(char::is_ascii_uppercase).count();
    let shape = (1..=4).contains(&letters)
        && last.len() >= 6
        && last[letters..].chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
    if shape && is_number(last) && is_title(title) {
        Span::new(span.start(), span.start() + title.trim_end().len())
    } else {
        span
    }
}

/// A title without the kind of document that was printed on the line above it, where the rest alone runs over the
/// pages: "Coverage Summary Compression Devices".
fn without_kind(text: &str, span: Span, running: &[String]) -> Span {
    let words = span.of(text);
    let kinds = words.split(' ').take_while(|word| is_kind(word)).map(|word| word.len() + 1).sum::<usize>();
    let Some(rest) = words.get(kinds..).filter(|rest| kinds > 0 && is_title(rest)) else { return span };
    let key = letters_and_digits(rest);
    let alone = key.len() >= 8 && running.iter().any(|head| head.starts_with(&key));
    if alone { Span::new(span.start() + kinds, span.end()) } else { span }
}

/// A labelled title may stand behind a heading among the first few blocks.
const NEAR: usize = 8;

/// The index of the first block with the words of a known heading, where what binds or describes begins.
fn body_begins(page: &Page<'_>) -> usize {
    let front = page.front();
    let begins = |block: &Block| block.role != Role::Furniture && sections::is_heading_words(page.words(block));
    front.iter().position(begins).unwrap_or(front.len())
}

/// Whether words could be a title.
fn is_title(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let listed = words.contains(['•', '☐', '☒']) || words.ends_with([':', '.']);
    (1..=40).contains(&count) && letters >= 4 && words.len() <= 300 && !is_kind(words) && !listed
}

/// A title that was printed on two lines goes on in the block after it, or began in the one before.
fn with_rest(page: &Page<'_>, span: Span, running: &[String]) -> Span {
    let text = &page.document.text;
    let blocks = page.front();
    let Some(at) = blocks.iter().position(|block| block.span.contains(span)) else { return span };
    let runs = |span: Span| {
        let key = letters_and_digits(span.of(text));
        key.len() >= 16 && running.iter().any(|head| head.contains(&key))
    };
    let mut title = span;
    if let Some(before) = at.checked_sub(1).map(|before| &blocks[before])
        && blocks[at].span.start() == span.start()
        && before.role != Role::Furniture
        && (breaks_off(page.words(before)) || runs(before.span.cover(span)))
        && page.words(before).len() <= 80
        && !is_kind(page.words(before))
    {
        title = before.span.cover(title);
    }
    let Some(next) = blocks.get(at + 1).filter(|_| blocks[at].span.end() == span.end()) else { return title };
    let words = page.words(next);
    let bracketed = words.starts_with('(') && words.ends_with(')');
    let alike = next.role == blocks[at].role;
    let both_furniture = alike && next.role == Role::Furniture && is_second_line(span.of(text), words);
    let open = alike && (breaks_off(span.of(text)) || bracketed) || !is_kind(words) && runs(title.cover(next.span));
    if (open || both_furniture) && words.len() <= 80 && !is_labelled(words) { title.cover(next.span) } else { title }
}

/// Whether a line ends where nothing ends: "Testing for Hereditary and".
fn breaks_off(words: &str) -> bool {
    words.ends_with(['-', ',', '/', '&'])
        || [
            " and", " or", " of", " for", " the", " with", " in", " to", " by", " AND", " OR", " OF", " FOR", " WITH",
            " IN",
        ]
        .iter()
        .any(|word| words.ends_with(word))
}

/// The second line of a running head in capitals: a few words without digits and label.
fn is_second_line(first: &str, second: &str) -> bool {
    let capitals = |words: &str| !words.contains(char::is_lowercase) && words.contains(char::is_uppercase);
    capitals(first)
        && capitals(second)
        && !second.contains(|c: char| c.is_ascii_digit() || c == ':')
        && !second.contains("POLICY")
        && second.split(' ').count() <= 6
}

/// The block in front that looks most like a title; without one, the first part of a web page's own title.
fn looked_up(page: &Page<'_>, running: &[String]) -> Option<Span> {
    let document = page.document;
    let body = body_begins(page);
    let front = page.front().iter().enumerate().filter(|(_, block)| block.role != Role::Furniture).take(NEAR_TOP);
    let candidates = front.filter_map(|(at, block)| {
        let row = Some(block).filter(|block| block.role == Role::Row && at < body);
        let beside_labels = row.and_then(|block| beside_labels(&document.text, block.span));
        let span = bare(&document.text, beside_labels.unwrap_or(block.span));
        let words = span.of(&document.text);
        let numbered = if span.start() > block.span.start() { 2 } else { 0 };
        let base = match block.role {
            Role::Heading { level } => 7 - 2 * i32::from(level.min(3)),
            // What stands above the headings of a web page is the site's.
            Role::Paragraph if at < body && document.media_type != MediaType::Html => {
                numbered.max(if heads_labels(page, at) { 5 } else { 0 })
            }
            // "Clinical | Policy: Gene Therapy": a line of a title that was set in columns.
            Role::Row if at < body && (beside_labels.is_some() || span.start() > block.span.start()) => 0,
            _ => return None,
        };
        let kind = is_kind(words);
        if !(kind || is_title(words))
            || is_labelled(words)
            || is_told(&document.text, block.span)
            || is_note(words)
            || dates::first(words).is_some()
        {
            return None;
        }
        let key = letters_and_digits(words);
        let repeated = key.len() >= 8 && running.iter().any(|head| head.contains(&key));
        let part = sections::is_heading_words(words) || is_part_numbered(words);
        let unlike = [(kind, 10), (!kind && part, 8), (is_payer(words) || payers::is_known(words), 8), (at > body, 2)];
        let against: i32 = unlike.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum();
        let score = base + if repeated { 5 } else { 0 } - against;
        (score > if at < body { -2 } else { 0 }).then_some((score, std::cmp::Reverse(at), span))
    });
    let found = candidates.max_by_key(|&(score, at, _)| (score, at)).map(|(.., span)| span);
    found.or_else(|| window_title(page)).or_else(|| run_above(page)).or_else(|| flattened(page))
}

/// Whether a line near the top stands right above the first of the labels: a title in plain type, its dates below.
fn heads_labels(page: &Page<'_>, at: usize) -> bool {
    let text = &page.document.text;
    let mast = page.front().iter().enumerate().filter(|(_, block)| block.role != Role::Furniture).take(MAST);
    let mut behind = mast.skip_while(|(index, _)| *index <= at);
    let words = page.words(&page.front()[at]);
    // A second line of the title, or the number of the policy with its kind.
    let of_title = words.starts_with('(') || words.split(' ').any(is_number);
    !of_title && behind.next().is_some_and(|(_, block)| is_told(text, block.span))
}

/// How many blocks at the top may be names, kinds and numbers around a title in plain type.
const MAST: usize = 6;

/// The first cell of a row that goes on with labels: "Sleep Apnea\tEffective Date: 7/23/2026".
fn beside_labels(text: &str, row: Span) -> Option<Span> {
    let words = row.of(text);
    let end = words.find('\t')?;
    let mut from = row.start() + end + 1;
    let labels = words[end + 1..].split('\t').all(|cell| {
        let span = Span::new(from, from + cell.len());
        from += cell.len() + 1;
        is_told(text, span)
    });
    labels.then(|| Span::new(row.start(), row.start() + end))
}

/// A running head that begins with the number of the policy: "X.168 EVKEEZA (EVINACUMAB)".
fn run_above(page: &Page<'_>) -> Option<Span> {
    let text = &page.document.text;
    let furniture = page.front().iter().filter(|block| block.role == Role::Furniture);
    furniture.map(|block| (block, bare(text, block.span))).find_map(|(block, span)| {
        let numbered = span.start() > block.span.start() && number_in_front(page.words(block)) > 0;
        (numbered && is_title(span.of(text)) && !is_note(span.of(text))).then_some(span)
    })
}

/// The first words of a page that was flattened to one line, up to the name of the site's part:
/// "Proton Beam Therapy Medical Policy Manual Click here …".
fn flattened(page: &Page<'_>) -> Option<Span> {
    let block = page.front().iter().find(|block| block.role != Role::Furniture)?;
    let words = page.words(block);
    let end = ["Medical Policy", "Medical Policies", "Coverage Policy", "Clinical Policy", "Policy Manual"]
        .iter()
        .filter_map(|kind| words.find(kind))
        .min()?;
    let title = words[..end].trim_end();
    let fits = title.len() <= 160 && is_title(title) && !title.contains(". ");
    fits.then(|| Span::new(block.span.start(), block.span.start() + title.len()))
}

/// How many blocks at the top, page furniture aside, may be the title.
const NEAR_TOP: usize = 16;

/// The letters and digits of what runs above or below the pages, and of a web page's own title.
fn running_heads(page: &Page<'_>) -> Vec<String> {
    let furniture = page.document.blocks.iter().filter(|block| block.role == Role::Furniture);
    let words = furniture.map(|block| page.words(block)).filter(|words| words.len() <= 200);
    words.filter(|words| !is_note(words)).map(letters_and_digits).collect()
}

/// A line without the number and the kind of document in front of it: "Medical Policy: …", "MP 2.363 …".
fn bare(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let skip = number_in_front(words);
    let rest = &words[skip..];
    let kind = rest.find(": ").map(|at| at + 2).filter(|&at| {
        let named = rest[..at - 2].split([' ', '\t']).rev().take_while(|word| is_kind(word)).count();
        named > 0 && at <= 60 && is_title(&rest[at..])
    });
    Span::new(span.start() + skip + kind.unwrap_or(0), span.end())
}

/// "II. Modifier Guidelines": a part of the document by its number.
fn is_part_numbered(words: &str) -> bool {
    words.split_once(". ").is_some_and(|(number, _)| {
        !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X') || c.is_ascii_digit())
    })
}

/// Whether words are a payer's name or a way through a site rather than a title.
fn is_payer(words: &str) -> bool {
    const LAST: [&str; 16] = [
        "plan",
        "plans",
        "health",
        "mutual",
        "insurance",
        "inc",
        "company",
        "association",
        "healthcare",
        "network",
        "alliance",
        "review",
        "trust",
        "shield",
        "fund",
        "cooperative",
    ];
    let lower = words.to_lowercase();
    let last = lower.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(' ').next().unwrap_or_default();
    LAST.contains(&last) && words.split(' ').count() <= 7 || words.contains(" > ") || words.contains(" / ")
}

/// The title of a web page, or the first part of it: "Proton Beam Therapy - Medical Policies | Payer".
fn window_title(page: &Page<'_>) -> Option<Span> {
    let document = page.document;
    let block = document
        .blocks
        .first()
        .filter(|block| document.media_type == MediaType::Html && block.role == Role::Furniture)?;
    let words = page.words(block);
    let end = [" - ", " | ", " – ", " — "].iter().filter_map(|mark| words.find(mark)).min().unwrap_or(words.len());
    let span = bare(&document.text, Span::new(block.span.start(), block.span.start() + end));
    is_title(span.of(&document.text)).then_some(span)
}

/// Whether a line holds a label of front matter.
fn is_labelled(words: &str) -> bool {
    words.contains(':')
        && words.split(':').next().is_some_and(|label| {
            label.split(' ').count() <= 4 && label.len() <= 30 && label.contains(char::is_lowercase)
        })
        && words.split(':').nth(1).is_none_or(|rest| rest.trim().len() <= 12)
}

/// Whether a block begins with a label that is no title's, and is that label's: "Medical Policy No. MP-917",
/// "Change Summary: criteria", "Reference number(s)".
fn is_told(text: &str, span: Span) -> bool {
    let mut labelled = Vec::new();
    labels::scan(text, span, None, 0, &mut labelled);
    let begins = |each: &&Labelled| labels::whole(&text[span.start()..each.value.start()]).is_some();
    labelled.first().filter(begins).is_some_and(|first| match first.label {
        Label::Title => false,
        // "Medical Policy: Gene Therapy" has the words of a number's label, and no number.
        Label::Number => first.value.is_empty() || number_at_start(text, first.value) == Some(first.value),
        _ => true,
    })
}

/// Addresses, copyright lines and sentences are no titles.
fn is_note(words: &str) -> bool {
    let lower = words.to_lowercase();
    let marks = [
        "source:",
        "http",
        "www.",
        "©",
        "copyright",
        "independent licensee",
        "all rights",
        "click",
        "log in",
        "cookies",
    ];
    let sentences = words.contains(". ") && words.split(' ').count() > 7;
    words.ends_with('.')
        || words.starts_with("Note")
        || sentences
        || marks.iter().any(|mark| lower.contains(mark))
        || words.contains("....")
}
