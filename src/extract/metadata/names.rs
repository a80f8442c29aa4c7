//! Title and number.

use super::Page;
use super::labels::{Label, Labelled};
use crate::document::{Block, Role};
use crate::extract::sections;
use crate::policy::{Field, MediaType, dates};
use crate::text::{Span, letters_and_digits, single_blanks};

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
    "appropriateness",
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

/// The block in front that looks most like a title; without one, the first part of a web page's own title.
fn looked_up(page: &Page<'_>) -> Option<Span> {
    let document = page.document;
    let running = running_heads(page);
    let body = body_begins(page);
    let front = page.front().iter().enumerate().filter(|(_, block)| block.role != Role::Furniture).take(NEAR_TOP);
    let candidates = front.filter_map(|(at, block)| {
        let span = bare(&document.text, block.span);
        let words = span.of(&document.text);
        let numbered = if span.start() > block.span.start() { 2 } else { 0 };
        let base = match block.role {
            Role::Heading { level } => 7 - 2 * i32::from(level.min(3)),
            // What stands above the headings of a web page is the site's.
            Role::Paragraph if at < body && document.media_type != MediaType::Html => numbered,
            _ => return None,
        };
        let kind = is_kind(words);
        if !(kind || is_title(words)) || is_labelled(words) || is_note(words) || dates::first(words).is_some() {
            return None;
        }
        let key = letters_and_digits(words);
        let repeated = key.len() >= 8 && running.iter().any(|head| head.contains(&key));
        let part = sections::is_heading_words(words) || is_part_numbered(words);
        let unlike = [(kind, 10), (!kind && part, 8), (is_payer(words), 4), (at > body, 2)];
        let against: i32 = unlike.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum();
        let score = base + if repeated { 5 } else { 0 } - against;
        (score > if at < body { -2 } else { 0 }).then_some((score, std::cmp::Reverse(at), span))
    });
    let found = candidates.max_by_key(|&(score, at, _)| (score, at)).map(|(.., span)| with_rest(page, span));
    found.or_else(|| window_title(page))
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
        let named = rest[..at - 2].split(' ').rev().take_while(|word| is_kind(word)).count();
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
    const LAST: [&str; 14] = [
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
    ];
    let lower = words.to_lowercase();
    let last = lower.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(' ').next().unwrap_or_default();
    LAST.contains(&last) && words.split(' ').count() <= 6 || words.contains(" > ") || words.contains(" / ")
}

/// The first part of the title of a web page: "Proton Beam Therapy - Medical Policies | Payer".
fn window_title(page: &Page<'_>) -> Option<Span> {
    let document = page.document;
    let block = document
        .blocks
        .first()
        .filter(|block| document.media_type == MediaType::Html && block.role == Role::Furniture)?;
    let words = page.words(block);
    let end = [" - ", " | ", " – ", " — "].iter().filter_map(|mark| words.find(mark)).min()?;
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

/// Addresses, copyright lines and sentences are no titles.
fn is_note(words: &str) -> bool {
    let lower = words.to_lowercase();
    let marks = ["http", "www.", "©", "copyright", "independent licensee", "all rights", "click", "log in", "cookies"];
    let sentences = words.contains(". ") && words.split(' ').count() > 7;
    words.ends_with('.')
        || words.starts_with("Note")
        || sentences
        || marks.iter().any(|mark| lower.contains(mark))
        || words.contains("....")
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
        let core = word.trim_end_matches([',', ';', '.', ':', ')']);
        if is_determination(core) {
            break;
        }
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
    let mut in_the_title = None;
    for block in near {
        let words = page.words(block);
        if dates::first(words).is_some_and(|dated| dated.span.start() == 0) {
            continue;
        }
        for (at, word) in word_places(words) {
            let core = word.trim_matches(['(', ')', ',', ';', ':', '[', ']', '.']);
            let start = at + word.find(core).unwrap_or(0);
            let behind_organisation = at <= 5 && words[..at].trim_end().chars().all(|c| c.is_ascii_uppercase());
            let edge = behind_organisation || word.starts_with('(') || start + core.len() >= words.len();
            if is_number(core) && edge && !is_version(core) && !is_determination(core) {
                let span = Span::new(block.span.start() + start, block.span.start() + start + core.len());
                let in_title = title.is_some_and(
                    |title| matches!(title.origin, crate::policy::Origin::Printed(place) if place.contains(span)),
                );
                if !in_title || word.starts_with('(') {
                    seen = seen.or(Some(span));
                } else {
                    in_the_title = in_the_title.or(Some(span));
                }
            }
        }
    }
    seen.or(in_the_title).map(|span| with_organisation(text, span))
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

/// "L38043", "A57331": a contractor's determination or article, cited.
fn is_determination(word: &str) -> bool {
    word.len() == 6 && word.starts_with(['L', 'A']) && word[1..].chars().all(|c| c.is_ascii_digit())
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
