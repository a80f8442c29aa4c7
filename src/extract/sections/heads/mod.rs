//! Which blocks are headings, and how high.

use std::collections::BTreeMap;

use super::agree::is_citation;
use super::known::{Known, What, look_up, look_up_noted, shown, without_link, words};
use crate::document::{Block, Role};
use crate::extract::flow::Look;
use crate::extract::markers::is_bullet;
use crate::text::{roman, single_blanks};

/// A block that may head a section.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// Its place among the blocks.
    pub block: usize,
    /// Its words as printed, without number and colon.
    pub shown: String,
    /// Its words in the form of the table.
    pub words: String,
    /// What the table says of it.
    pub known: Option<Known>,
    /// How high: smaller is higher.
    pub rank: u16,
    /// Whether the block is more than the heading: it stands at the start of a paragraph.
    pub inline: bool,
    /// Whether it is one of the numbered headings in capitals that part the document.
    pub chapter: bool,
}

/// Longest heading, in bytes.
const LONGEST: usize = 160;

/// The headings among the blocks, in order.
pub(super) fn heads(text: &str, blocks: &[Block], looks: &[Look]) -> Vec<Head> {
    let mut heads: Vec<Head> =
        (0..blocks.len()).filter_map(|at| head(text, blocks, at, looks.get(at).copied().unwrap_or_default())).collect();
    chapters(text, blocks, &mut heads);
    drop_contents(&mut heads);
    drop_running(&mut heads);
    level_known(&mut heads);
    heads
}

/// The heading that a block is, if it is one.
fn head(text: &str, blocks: &[Block], at: usize, look: Look) -> Option<Head> {
    let block = &blocks[at];
    let raw = block.span.of(text);
    if block.role == Role::Furniture
        || block.role == Role::Footnote
        || raw.len() > LONGEST && !matches!(block.role, Role::Paragraph | Role::Item { .. })
    {
        return None;
    }
    if raw.len() <= LONGEST
        && let Some(found) = whole(raw, block, at, look)
    {
        return Some(found);
    }
    inline(raw, block, at)
}

/// The fewest headings of a numbered series.
const FEWEST_CHAPTERS: usize = 3;

/// Numbered lines in capitals, "3. DISCECTOMY", that count on from one to the next are headings where the table
/// knows one of them: its neighbors are its like.
fn chapters(text: &str, blocks: &[Block], heads: &mut Vec<Head>) {
    for is_roman in [false, true] {
        let mut chain: Vec<usize> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let plain = matches!(block.role, Role::Paragraph | Role::Item { .. } | Role::Heading { .. });
            let number = chapter(block.span.of(text), is_roman).filter(|_| plain);
            if number == Some(chain.len() + 1) {
                chain.push(at);
            }
        }
        let own = |at: &usize| heads.binary_search_by_key(at, |head| head.block).ok().map(|own| &heads[own]);
        let known = |head: &Head| head.known.is_some() && !head.inline;
        if chain.len() < FEWEST_CHAPTERS || !chain.iter().filter_map(own).any(known) {
            continue;
        }
        let rank = chain.iter().filter_map(own).map(|head| head.rank).min().unwrap_or(50);
        number(text, blocks, heads, chain.into_iter().map(|at| (at, rank, true)));
    }
    decimals(text, blocks, heads);
}

/// Makes blocks headings of the given rank, and chapters or not; `heads` stay in the order of their blocks.
fn number(text: &str, blocks: &[Block], heads: &mut Vec<Head>, numbered: impl Iterator<Item = (usize, u16, bool)>) {
    let mut more = Vec::new();
    for (at, rank, chapter) in numbered {
        if let Ok(own) = heads.binary_search_by_key(&at, |head| head.block) {
            (heads[own].rank, heads[own].chapter) = (rank, chapter);
            continue;
        }
        let raw = blocks[at].span.of(text);
        let (printed, words) = (single_blanks(shown(raw)), words(raw));
        let known = look_up(&words);
        more.push(Head { block: at, shown: printed, words, known, rank, inline: false, chapter });
    }
    heads.append(&mut more);
    heads.sort_by_key(|head| head.block);
}

/// The longest title behind "3.2.1", in bytes.
const LONGEST_TITLE: usize = 100;

/// Lines that begin with "3.0" or "3.2.1" and a title are headings where their numbers count on and the table knows one
/// of them, each as deep as its number.
fn decimals(text: &str, blocks: &[Block], heads: &mut Vec<Head>) {
    for series in counted_on(text, blocks) {
        let found = series
            .iter()
            .filter(|(at, _)| !matches!(blocks[*at].role, Role::Heading { .. }) && is_title(blocks[*at].span.of(text)));
        let found: Vec<(usize, u16)> = found.copied().collect();
        let own = |at: &usize| heads.binary_search_by_key(at, |head| head.block).ok().map(|own| &heads[own]);
        let known = found.iter().filter_map(|(at, _)| own(at)).filter(|head| head.known.is_some());
        let Some(rank) = known.map(|head| head.rank).min().filter(|_| found.len() >= FEWEST_CHAPTERS) else { continue };
        number(text, blocks, heads, found.into_iter().map(|(at, depth)| (at, rank.max(10) + depth, depth == 0)));
    }
}

/// Blocks with how deep their numbers stand: 0 for "3.0".
type Series = Vec<(usize, u16)>;

/// The most series of numbers that are open at a time.
const MOST_SERIES: usize = 8;

/// The blocks whose decimal numbers count on from "1.0" or "1.1", each with its depth.
fn counted_on(text: &str, blocks: &[Block]) -> Vec<Series> {
    let mut series: Vec<(Vec<u8>, Series)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if !matches!(block.role, Role::Paragraph | Role::Item { .. } | Role::Heading { .. }) {
            continue;
        }
        let Some(number) = decimal(block.span.of(text)) else { continue };
        let depth = u16::try_from(number.len().saturating_sub(1)).unwrap_or(0);
        if let Some((last, found)) = series.iter_mut().rev().find(|(last, _)| counts_on(last, &number)) {
            *last = number;
            found.push((at, depth));
        } else if matches!(number[..], [1] | [1, 1]) {
            if series.len() == MOST_SERIES {
                let shortest = (0..series.len()).min_by_key(|one| series[*one].1.len()).unwrap_or(0);
                series.remove(shortest);
            }
            series.push((number, vec![(at, depth)]));
        }
    }
    series.into_iter().map(|(_, found)| found).collect()
}

/// Whether a number follows another: "2.1" and "3.0" follow "2.0", "2.3" and "3.0" follow "2.2".
fn counts_on(last: &[u8], next: &[u8]) -> bool {
    let Some((own, before)) = next.split_last() else { return false };
    let deeper = before == last && *own == 1;
    let beside = last.len() >= next.len() && last[..before.len()] == *before && last[before.len()] + 1 == *own;
    deeper || beside
}

/// The number before "3.2.1 Specific Criteria", without the zeros at its end.
fn decimal(raw: &str) -> Option<Vec<u8>> {
    let (number, _) = raw.split_once(char::is_whitespace)?;
    let parts = number.trim_end_matches('.').split('.').map(|part| part.parse().ok().filter(|_| part.len() <= 2));
    let mut parts: Vec<u8> = parts.collect::<Option<_>>()?;
    let fits = (2..=4).contains(&parts.len());
    parts.truncate(parts.iter().rposition(|part| *part > 0)? + 1);
    fits.then_some(parts)
}

/// Whether the words behind a number are a title and no sentence.
fn is_title(raw: &str) -> bool {
    let Some((_, title)) = raw.split_once(char::is_whitespace) else { return false };
    let title = title.trim();
    let fits = title.len() <= LONGEST_TITLE && !title.ends_with(['.', ';', ',', ':']) && !has_leaders(raw);
    let titled = |word: &str| word.len() <= 4 || !word.starts_with(char::is_lowercase);
    let words: Vec<&str> = title.split_whitespace().collect();
    let few = words.iter().filter(|word| !titled(word)).count();
    let says = words.iter().any(|word| VERBS.contains(word));
    fits && title.starts_with(char::is_uppercase) && few * 3 <= words.len() && !says
}

/// The number of a short line in capitals that begins with one: "IV. CRITERIA".
fn chapter(raw: &str, is_roman: bool) -> Option<usize> {
    let (number, rest) = raw.split_once(['.', ')'])?;
    let value = if is_roman { roman(number).map(usize::from) } else { number.parse().ok() };
    let printed = rest.trim();
    let fits = printed.len() <= 80 && !printed.ends_with(['.', ';', ',', ':']) && rest.starts_with(char::is_whitespace);
    let letters = printed.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = printed.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    value.filter(|_| fits && capitals && letters >= 4)
}

/// A block that is nothing but a heading.
fn whole(raw: &str, block: &Block, at: usize, look: Look) -> Option<Head> {
    let printed = single_blanks(shown(raw));
    if !starts_like_one(&printed) || goes_on(raw) || has_leaders(raw) || is_bullet(raw) || is_label(&printed) {
        return None;
    }
    let words = words(raw);
    let mut known = look_up(&words);
    if known.is_none() && matches!(block.role, Role::Heading { .. }) {
        known = look_up_noted(&words);
    }
    // "U.S. Food and Drug Administration (FDA). Package insert. 2018. Available at" is an entry of a bibliography.
    let cited = printed.len() > 40 && printed.contains("). ") && is_citation(&printed);
    let sentence = printed.ends_with('.') && printed.contains(char::is_lowercase);
    let known = known.filter(|_| !sentence && !cited);
    if known.is_none() && is_sentence(raw) {
        return None;
    }
    let rank = rank(raw, &printed, &words, block.role, known, look)?;
    Some(Head { block: at, shown: printed, words, known, rank, inline: false, chapter: false })
}

/// How high a block that may be a heading stands, by its role, its words and its look; `None` where it is none.
fn rank(raw: &str, printed: &str, words: &str, role: Role, known: Option<Known>, look: Look) -> Option<u16> {
    let few = printed.split(' ').count();
    match (role, known) {
        (Role::Heading { level }, _) if few <= 20 => Some(u16::from(level) * 10),
        (Role::Heading { .. }, _) => None,
        // A word of the table that stands alone in a row or among items is a cell or an item.
        (_, Some(known)) if matches!(role, Role::Paragraph | Role::Caption) || without_link(raw).len() < raw.len() => {
            // A line "Criteria" behind the studies is where the policy itself begins.
            let binds = ["criteria", "coverage criteria", "medical necessity criteria", "policy criteria"];
            Some(if known.weak && !binds.contains(&words) { 25 } else { 0 })
        }
        (Role::Item { .. }, Some(known)) if !known.weak && is_numbered(raw) => Some(0),
        (Role::Paragraph, None) if look.bold && few <= 12 && !printed.ends_with(['.', ',', ';']) => Some(60),
        (Role::Paragraph, None) if is_capitals(printed) && few <= 10 => Some(50),
        _ => None,
    }
}

/// A known heading before a colon at the start of a paragraph.
fn inline(raw: &str, block: &Block, at: usize) -> Option<Head> {
    if !matches!(block.role, Role::Paragraph | Role::Item { .. } | Role::Row) {
        return None;
    }
    let (before, after) = raw.split_once(':')?;
    if before.len() > 60 || after.trim().is_empty() || before.contains('\t') {
        return None;
    }
    let words = words(before);
    let known = look_up(&words).filter(|known| known.inline)?;
    starts_like_one(shown(before)).then(|| Head {
        block: at,
        shown: single_blanks(shown(before)),
        words,
        known: Some(known),
        rank: 45,
        inline: true,
        chapter: false,
    })
}

/// Headings begin with a capital or a digit.
fn starts_like_one(printed: &str) -> bool {
    let mut letters = printed.chars().filter(|c| c.is_alphanumeric());
    letters.next().is_some_and(|c| !c.is_lowercase()) && printed.chars().any(char::is_alphabetic)
}

/// "f. History of stroke; or" is an item, however it looks.
pub(super) fn goes_on(raw: &str) -> bool {
    let end = raw.trim_end();
    end.ends_with([';', ','])
        || [" or", " and", " OR", " AND", " of", " the", " with"].iter().any(|word| end.ends_with(word))
}

/// Verbs of sentences.
const VERBS: [&str; 18] = [
    "is",
    "are",
    "may",
    "will",
    "must",
    "has",
    "have",
    "was",
    "were",
    "does",
    "do",
    "should",
    "can",
    "considers",
    "requires",
    "cannot",
    "apply",
    "applies",
];

/// "Genetic tests of the knee are unproven for:" is a lead-in, however heavy its letters are.
pub(super) fn is_sentence(raw: &str) -> bool {
    let words: Vec<&str> = raw.split_whitespace().collect();
    let asks =
        raw.trim_end().ends_with('?') || ["What", "When", "How", "Why", "Who"].contains(words.first().unwrap_or(&""));
    words.len() >= 5 && !asks && words.iter().any(|word| VERBS.contains(&word.trim_end_matches(',')))
}

/// "Number: 0927", "Note: codes are examples": a label with its value.
fn is_label(printed: &str) -> bool {
    let Some((label, value)) = printed.split_once(':') else {
        return matches!(printed, "OR" | "AND" | "Or" | "And" | "N/A" | "PLUS");
    };
    let value = value.trim();
    let note = label.trim().to_lowercase().ends_with("note") && !value.is_empty();
    note || value == "N/A" || value.contains(|c: char| c.is_ascii_digit()) && label.split(' ').count() <= 4
}

/// Dotted leaders and page numbers: a line of a table of contents.
fn has_leaders(raw: &str) -> bool {
    raw.contains("....") || raw.contains(". . .") || raw.contains("…")
}

fn is_numbered(raw: &str) -> bool {
    raw.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '(')
}

/// Whether all letters are capitals, and there are enough of them that it is no abbreviation or code.
fn is_capitals(printed: &str) -> bool {
    let letters: Vec<char> = printed.chars().filter(|c| c.is_alphabetic()).collect();
    let digits = printed.chars().filter(char::is_ascii_digit).count();
    let framed = printed.starts_with(|c: char| c.is_ascii_digit() || c == '(')
        || printed.ends_with(')') && !printed.contains('(');
    letters.len() >= 6
        && !framed
        && digits * 3 < letters.len()
        && letters.iter().all(|c| c.is_uppercase())
        && !printed.ends_with('.')
}

/// Drops the lines of tables of contents: known headings that follow each other without anything between
/// them and come again later.
fn drop_contents(heads: &mut Vec<Head>) {
    let mut keep = vec![true; heads.len()];
    let last: BTreeMap<&str, usize> = heads.iter().enumerate().map(|(at, head)| (head.words.as_str(), at)).collect();
    let mut start = 0;
    while start < heads.len() {
        let mut end = start + 1;
        while end < heads.len() && heads[end].block == heads[end - 1].block + 1 && !heads[end].inline {
            end += 1;
        }
        let later = |head: &Head| last[head.words.as_str()] >= end;
        let again = heads[start..end].iter().filter(|head| later(head)).count();
        if end - start >= 3 && again * 2 >= end - start {
            for at in start..end {
                keep[at] = !later(&heads[at]) && !matches!(heads[at].known, Some(Known { what: What::Contents, .. }));
            }
        }
        start = end;
    }
    let mut kept = keep.into_iter();
    heads.retain(|_| kept.next().expect("one flag a head"));
}

/// Drops words that come again and again without being known: running heads, labels.
fn drop_running(heads: &mut Vec<Head>) {
    let mut counts = BTreeMap::new();
    for head in heads.iter() {
        *counts.entry(head.words.clone()).or_insert(0usize) += 1;
    }
    heads.retain(|head| head.known.is_some() || head.words.is_empty() || counts[&head.words] < 4);
}

/// Gives known headings that look like prose the rank of the known headings that look like headings.
fn level_known(heads: &mut [Head]) {
    let strong = |head: &Head| head.known.is_some_and(|known| !known.weak) && !head.inline;
    let usual = heads.iter().filter(|head| strong(head) && head.rank > 0).map(|head| head.rank).min().unwrap_or(10);
    for head in heads.iter_mut().filter(|head| head.rank == 0) {
        head.rank = usual;
    }
}

#[cfg(test)]
mod tests;
