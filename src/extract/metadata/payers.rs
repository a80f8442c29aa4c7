//! Payer and author.
//!
//! Names are known by their last words ("… Health Plan", "Blue Cross …"), by the lines they stand in
//! (copyright, "proprietary information of") and by a table of vendors who write policies for others.

use super::Page;
use super::labels::{Label, Labelled};
use crate::document::{Block, Role};
use crate::policy::{Field, Payer};
use crate::text::Span;

/// Vendors who write policies for payers: how they are printed, and their name.
const VENDORS: &[(&str, &str)] = &[
    ("eviCore", "eviCore"),
    ("EviCore", "eviCore"),
    ("Carelon Medical Benefits Management", "Carelon"),
    ("Avalon Healthcare Solutions", "Avalon"),
    ("Concert Genetics", "Concert Genetics"),
    ("Concert Genetic", "Concert Genetics"),
    ("OncoHealth", "OncoHealth"),
    ("AIM Specialty Health", "Carelon"),
];

/// Words that stand in payers' names.
const MARKS: &[&str] = &[
    "Health Plan",
    "Health Plans",
    "HealthPlan",
    "Blue Cross",
    "BlueCross",
    "Blue Shield",
    "Insurance Company",
    "Health Insurance",
    "Health Alliance",
    "Mutual",
    "Benefit Association",
    "HMO",
    "Health Net",
    "Healthcare",
    "HealthCare",
    "Health Care",
    "Medical Plan",
    "Companies",
];

/// The vendor who wrote the policy: named in page furniture or in front matter as its writer.
pub(super) fn author(page: &Page<'_>) -> Option<Field<String>> {
    let text = &page.document.text;
    let front: Vec<Span> = page.front().iter().take(20).map(|block| block.span).collect();
    let is_place =
        |block: &&Block| block.role == Role::Furniture || front.contains(&block.span) && page.words(block).len() <= 300;
    let places: Vec<&Block> = page.document.blocks.iter().filter(is_place).collect();
    for (printed, name) in VENDORS {
        for block in &places {
            if let Some(at) = block.span.of(text).find(printed) {
                let span = Span::new(at, at + printed.len()).shifted(block.span.start());
                return Some(Field::printed((*name).to_owned(), span));
            }
        }
    }
    None
}

/// The payer: labelled, else the first name of a payer in front matter, furniture or a copyright line.
pub(super) fn payer(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Payer>> {
    let text = &page.document.text;
    let told = page
        .first(labelled, Label::Payer)
        .find(|(_, words)| (3..=60).contains(&words.len()) && words.split(' ').count() <= 7 && is_name(words));
    if let Some((span, words)) = told {
        return Some(Field::printed(Payer::named(words), span));
    }
    let front = page.front().iter().take(30);
    let furniture = page.document.blocks.iter().filter(|block| block.role == Role::Furniture);
    let back = page.document.blocks.iter().rev().take(12);
    let place = front.chain(furniture).chain(back).find_map(|block| name_in(text, block.span))?;
    Some(Field::printed(Payer::named(place.of(text)), place))
}

/// Whether words are a name: capitals throughout but for "of", "and", "the".
fn is_name(words: &str) -> bool {
    words
        .split(' ')
        .all(|word| word.starts_with(|c: char| c.is_uppercase()) || matches!(word, "of" | "and" | "the" | "&"))
}

/// The name of a payer in a block: copyright holder, or capitalised words around a mark.
fn name_in(text: &str, block: Span) -> Option<Span> {
    let words = block.of(text);
    for lead in ["Proprietary Information of ", "Proprietary information of "] {
        if let Some(at) = words.find(lead) {
            return run(words, at + lead.len()).map(|span| span.shifted(block.start()));
        }
    }
    if let Some(at) = words.find('©').or_else(|| words.find("Copyright "))
        && !words.contains("American Medical Association")
        && !words.contains("American Dental")
    {
        let rest = &words[at..];
        let name = rest.find(|c: char| c.is_alphabetic() && !rest.starts_with(c)).map(|skip| at + skip);
        let skip = name.map(|start| if words[start..].starts_with("Copyright") { start + 9 } else { start });
        let start = skip.and_then(|start| words[start..].find(|c: char| c.is_uppercase()).map(|more| start + more));
        if let Some(found) = start.and_then(|start| run(words, start)) {
            return Some(found.shifted(block.start()));
        }
    }
    if words.len() > 600 {
        return None;
    }
    MARKS.iter().find_map(|mark| {
        let at = words.find(mark)?;
        // Associations license names; they pay for nothing.
        let begin = words[..at]
            .rmatch_indices(['.', ',', '(', '|', ':', '\t', '–'])
            .next()
            .map_or(0, |(sign, mark)| sign + mark.len());
        let first = words[begin..at + mark.len()]
            .split(' ')
            .rev()
            .take_while(|word| is_name(word) && !word.is_empty())
            .map(|word| word.len() + 1)
            .sum::<usize>();
        let start = (at + mark.len() + 1).saturating_sub(first);
        let span = run(words, start)?;
        let name = span.of(words);
        (!name.ends_with("Association") && name != *mark || *mark == "Health Alliance" || mark.ends_with("Cross"))
            .then(|| span.shifted(block.start()))
    })
}

/// The run of capitalised words from `start`.
fn run(words: &str, start: usize) -> Option<Span> {
    let mut end = start;
    let mut at = start;
    for word in words[start..].split(' ') {
        let core = word.trim_end_matches(['.', ',', ';', '®', '™', ':']);
        let capital = core.starts_with(|c: char| c.is_uppercase());
        let joins = matches!(word, "of" | "and" | "&");
        if !(capital || joins)
            || at - start > 60
            || matches!(
                core,
                "All" | "Page" | "Effective" | "Copyright" | "Medical" | "Policy" | "Clinical" | "Commercial"
            )
        {
            break;
        }
        if capital {
            end = at + core.len();
        }
        at += word.len() + 1;
        if core.len() < word.len() && !word.ends_with(['®', '™']) {
            break;
        }
    }
    (end > start + 2).then(|| Span::new(start, end))
}
