//! Payer and author.
//!
//! Payers that the table `corpora/payers.tsv` knows come first, by how often and where they are named; others
//! are known by their last words ("… Health Plan") and by the lines they stand in (copyright, "proprietary
//! information of"). Vendors who write policies for others are no payers.

use std::sync::LazyLock;

use super::Page;
use super::labels::{Label, Labelled};
use super::printed::{holder, name_in};
use crate::document::{Block, Role};
use crate::policy::{Field, Payer, Tier};
use crate::text::{Phrases, Span};

/// Vendors who write policies for payers: how they are printed, and their name.
const VENDORS: &[(&str, &str)] = &[
    ("eviCore", "eviCore"),
    ("EviCore", "eviCore"),
    ("Carelon Medical Benefits Management", "Carelon"),
    ("AIM Specialty Health", "Carelon"),
    ("Avalon Healthcare Solutions", "Avalon"),
    ("Concert Genetics", "Concert Genetics"),
    ("Concert Genetic", "Concert Genetics"),
    ("CONCERT GENETIC", "Concert Genetics"),
    ("OncoHealth", "OncoHealth"),
    ("Evolent", "Evolent"),
    ("National Imaging Associates", "Evolent"),
    ("Magellan Healthcare", "Evolent"),
    ("TurningPoint Healthcare", "TurningPoint"),
];

/// Printed form and name of every payer of the table, the longest form first.
static KNOWN: LazyLock<Vec<(String, &'static str)>> =
    LazyLock::new(|| parse(include_str!("../../../corpora/payers.tsv")));

static FORMS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(KNOWN.iter().map(|(form, _)| form)));

fn parse(source: &'static str) -> Vec<(String, &'static str)> {
    let mut known = Vec::new();
    for line in source.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, forms) = line.split_once('\t').unwrap_or((line, ""));
        let forms = forms.split('|').filter(|form| !form.is_empty());
        known.extend(std::iter::once(name).chain(forms).map(|form| (form.to_owned(), name)));
        if name.contains(" & ") {
            known.push((name.replace(" & ", " and "), name));
        }
    }
    known.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    known
}

/// The vendor who wrote the policy: named in page furniture or in front matter as its writer.
pub(super) fn author(page: &Page<'_>) -> Option<Field<String>> {
    let text = &page.document.text;
    for (printed, name) in VENDORS {
        for block in &page.document.blocks {
            let words = page.words(block);
            let front = page.front().iter().take(20).any(|other| other.span == block.span);
            // "The plan uses eviCore criteria" makes nobody the author.
            let wrote = words.len() <= 120
                || ["eveloped by", "repared by", "roprietary", "©", "opyright"].iter().any(|mark| words.contains(mark));
            if !(front && words.len() <= 300 && wrote || block.role == Role::Furniture) {
                continue;
            }
            if let Some(at) = block.span.of(text).find(printed) {
                let span = Span::new(at, at + printed.len()).shifted(block.span.start());
                return Some(Field::printed((*name).to_owned(), span));
            }
        }
    }
    None
}

/// The payer: labelled, else the one that the table knows and that is named most, else whoever holds the copyright
/// or is named like a payer in front matter, furniture or at the end.
pub(super) fn payer(page: &Page<'_>, labelled: &[Labelled]) -> Option<Field<Payer>> {
    let text = &page.document.text;
    let told = page.first(labelled, Label::Payer).find(|(_, words)| {
        (3..=60).contains(&words.len()) && words.split(' ').count() <= 7 && is_name(words) && !is_no_payer(words)
    });
    if let Some((span, words)) = told {
        let name = known_in(words, true).first().map_or(words, |(_, name)| name);
        return Some(Field::printed(Payer::named(name), span));
    }
    if let Some((span, name)) = most_named(page) {
        return Some(Field::printed(Payer::named(name), span));
    }
    let place =
        places(page).find_map(|block| holder(text, block.span).filter(|span| !is_no_payer(span.of(text)))).or_else(
            || places(page).find_map(|block| name_in(text, block.span).filter(|span| !is_no_payer(span.of(text)))),
        )?;
    Some(Field::printed(Payer::named(place.of(text)), place))
}

/// Where payers name themselves: front matter, page furniture, the end without references and history.
fn places<'d>(page: &Page<'d>) -> impl Iterator<Item = &'d Block> {
    let document = page.document;
    let front = page.front().iter().take(FRONT);
    let behind = document.blocks.iter().skip(FRONT);
    let furniture = behind.clone().filter(|block| block.role == Role::Furniture);
    let listed = |block: &&Block| {
        let words = block.span.of(&document.text);
        !words.contains('©')
            && matches!(document.sections[block.section.index()].tier, Some(Tier::References | Tier::History))
    };
    let back = behind.filter(|block| block.role != Role::Furniture).rev().take(BACK).filter(move |b| !listed(b));
    front.chain(furniture).chain(back)
}

const FRONT: usize = 30;
const BACK: usize = 12;

/// The payer of the table that is named most, what stands in page furniture or a copyright line counting more;
/// with its first place.
fn most_named(page: &Page<'_>) -> Option<(Span, &'static str)> {
    let mut counts: Vec<(usize, Span, &'static str)> = Vec::new();
    for block in places(page) {
        let words = page.words(block);
        let furniture = block.role == Role::Furniture;
        let holds = words.contains(['©', '®']) || words.contains("roprietary") || words.contains("Copyright");
        let weight = if furniture || holds || words.len() <= 80 { 3 } else { 1 };
        let mut seen: Vec<&str> = Vec::new();
        for (place, name) in known_in(words, furniture) {
            // "Pinewood Health Plan Medical Policy": whose policy it is, whoever owns the plan.
            let weight = if place.start() == 0 && is_kind(&words[place.end()..]) { HEADS } else { weight };
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let span = place.shifted(block.span.start());
            match counts.iter_mut().find(|(.., other)| *other == name) {
                Some((count, ..)) => *count += weight,
                None => counts.push((weight, span, name)),
            }
        }
    }
    // The first of those named equally often.
    let most = counts.iter().map(|(count, ..)| *count).max()?;
    counts.into_iter().find(|(count, ..)| *count == most).map(|(_, span, name)| (span, name))
}

/// How much a line counts that says whose policy this is.
const HEADS: usize = 12;

/// Whether the words behind a payer's name say that a policy of its begins: "Medical Policy".
fn is_kind(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphabetic());
    ["Medical Policy", "Clinical Policy", "Coverage Policy", "Drug Policy", "Reimbursement Policy"]
        .iter()
        .any(|kind| words.starts_with(kind))
}

/// The payers of the table in a text, in order, the longer form where two overlap; an address counts only in
/// `furniture`.
fn known_in(words: &str, furniture: bool) -> Vec<(Span, &'static str)> {
    let mut places: Vec<(usize, Span)> =
        FORMS.places(words).filter(|&(index, span)| stands(words, index, span)).collect();
    places.sort_by_key(|&(index, span)| (index, span.start()));
    let mut found: Vec<(Span, &'static str)> = Vec::new();
    for (index, span) in places {
        let overlaps = |other: &Span| other.start() < span.end() && span.start() < other.end();
        let (form, name) = &KNOWN[index];
        if (furniture || !is_address(form)) && !found.iter().any(|(other, _)| overlaps(other)) {
            found.push((span, name));
        }
    }
    found.sort_by_key(|(span, _)| span.start());
    found
}

/// Whether the form at this place stands there as a name of its own.
fn stands(words: &str, index: usize, span: Span) -> bool {
    let (form, _) = &KNOWN[index];
    let (before, after) = (&words[..span.start()], &words[span.end()..]);
    let attached =
        before.ends_with(|c: char| c.is_alphanumeric() || c == '@') || after.starts_with(char::is_alphanumeric);
    // "Pond Health Alliance" is another than Health Alliance.
    let word = before.strip_suffix(' ').and_then(|before| before.rsplit(' ').next()).unwrap_or_default();
    let longer = form.starts_with("Health ") && word.starts_with(|c: char| c.is_uppercase());
    // The association licenses names; it pays for nothing.
    let association = after.trim_start_matches(['®', '™', ' ']).starts_with("Association");
    span.of(words) == form && !attached && !longer && !association
}

fn is_address(form: &str) -> bool {
    form.contains('.') && !form.contains(' ')
}

/// Whether words are a payer of the table and nothing else but signs.
pub(super) fn is_known(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    KNOWN.iter().any(|(form, _)| form == bare)
}

/// Whether a guessed name is a vendor's, a document's (its kind, its number, its notice of secrecy) or a listing's.
fn is_no_payer(name: &str) -> bool {
    let documents = |word: &str| DOCUMENTS.iter().any(|known| word.eq_ignore_ascii_case(known));
    let number = |word: &str| word.bytes().filter(u8::is_ascii_digit).count() > 1;
    is_vendor(name) || name.split(|c: char| c.is_whitespace() || c == ',').any(|word| documents(word) || number(word))
}

/// Words of documents and listings that stand in no payer's name.
const DOCUMENTS: &[&str] = &[
    "bulletin",
    "confidential",
    "criteria",
    "disclaimer",
    "document",
    "guideline",
    "guidelines",
    "manual",
    "notice",
    "other",
    "policies",
    "policy",
    "proprietary",
    "statement",
    "statements",
];

fn is_vendor(name: &str) -> bool {
    VENDORS.iter().any(|(printed, _)| name.contains(printed))
}

/// Whether words are a name: capitals throughout but for "of", "and", "the".
fn is_name(words: &str) -> bool {
    words
        .split(' ')
        .all(|word| word.starts_with(|c: char| c.is_uppercase()) || matches!(word, "of" | "and" | "the" | "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &[&str]) {
        let names: Vec<&str> = known_in(words, false).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, expected, "{words}");
    }

    #[test]
    fn the_longest_printed_form_wins() {
        check("Proprietary Information of UnitedHealthcare.", &["UnitedHealthcare"]);
        check("an independent licensee of the Blue Cross Blue Shield Association", &[]);
        check(
            "Blue Cross and Blue Shield of Kansas City and Medica",
            &["Blue Cross and Blue Shield of Kansas City", "Medica"],
        );
        check("Medicare and Medicaid", &[]);
    }

    #[test]
    fn a_kind_of_document_its_number_and_its_secrecy_are_no_payer() {
        for words in [
            "Statement",
            "Proprietary & Confidential Not",
            "GUIDELINE LP-UM-2146",
            "Clinical Coverage Guideline",
            "Physicians and Other Health Care",
        ] {
            assert!(is_no_payer(words), "{words}");
        }
        assert!(!is_no_payer("Physicians Health Plan of Pond County"));
    }

    #[test]
    fn addresses_count_in_furniture_only() {
        assert_eq!(known_in("https://www.aetna.com/cpb", true).len(), 1);
        check("See https://www.aetna.com/cpb", &[]);
    }

    #[test]
    fn the_table_is_in_order_and_holds_no_form_twice() {
        let mut forms: Vec<&str> = KNOWN.iter().map(|(form, _)| form.as_str()).collect();
        forms.sort_unstable();
        assert!(forms.windows(2).all(|pair| pair[0] != pair[1]), "a form stands for two payers");
    }
}
