//! The table of known heading words, `corpora/sections/headings.tsv`, and how a printed heading is looked up in it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::extract::markers::marker_len;
use crate::policy::Tier;
use crate::text::single_blanks;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(include_str!("../../../corpora/sections/headings.tsv")));

/// What the table says of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// What stands under it.
    pub what: What,
    /// Inside a part with another tier only a sub-heading.
    pub weak: bool,
    /// Also a heading before a colon at the start of a paragraph.
    pub inline: bool,
}

/// What stands under a known heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Words of this tier.
    Tier(Tier),
    /// A table of contents.
    Contents,
}

#[derive(Debug)]
struct Table {
    exact: BTreeMap<&'static str, Known>,
    /// Start, end and entry of those with a star, the longest first.
    open: Vec<(&'static str, &'static str, Known)>,
}

impl Table {
    fn parse(source: &'static str) -> Table {
        let mut table = Table { exact: BTreeMap::new(), open: Vec::new() };
        for line in source.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (tier, words, flags) = (columns.next(), columns.next(), columns.next().unwrap_or_default());
            let (Some(tier), Some(words)) = (tier, words) else { continue };
            let what = match Tier::from_id(tier) {
                Some(tier) => What::Tier(tier),
                None => What::Contents,
            };
            let known = Known { what, weak: flags.contains("weak"), inline: flags.contains("inline") };
            match words.split_once('*') {
                Some((start, rest)) => table.open.push((start, rest.strip_suffix('*').unwrap_or(rest), known)),
                None => {
                    table.exact.insert(words, known);
                }
            }
        }
        table.open.sort_by_key(|(start, end, _)| std::cmp::Reverse(start.len() + end.len()));
        table
    }
}

/// What the table says of the words of a heading, as [`words`] gives them, or what their make says.
pub(super) fn look_up(words: &str) -> Option<Known> {
    tabled(words).or_else(|| society(words)).or_else(|| composed(words))
}

/// What the table says of some words, alone or after a star's words.
fn tabled(words: &str) -> Option<Known> {
    if words.is_empty() || words.len() > 100 {
        return None;
    }
    if let Some(&known) = TABLE.exact.get(words) {
        return Some(known);
    }
    let fits = |start: &str, end: &str| {
        let Some(rest) = words.strip_prefix(start) else { return false };
        // A star stands for whole words.
        let whole = start.ends_with([' ', '-']) || rest.is_empty() || rest.starts_with([' ', '/', ',', '-', '(']);
        whole && rest.len() >= end.len() && (end.is_empty() || rest.contains(end))
    };
    TABLE.open.iter().find(|(start, end, _)| fits(start, end)).map(|&(_, _, known)| known)
}

/// Words of the headings of policies, one of which a composed heading holds.
const CORE: &str = "criteria coverage covered non-covered noncovered indications contraindications limitations exclusions \
    necessity authorization approval";

/// Words that may stand beside them.
const BESIDE: &str = "\
    adult and appropriateness are benefit by clinical commercial conditions continued continuing \
    determination determinations eligible for general guideline guidelines initial is may medicaid medical \
    medically medicare members necessary not of on or pediatric policy position prior program reauthorization \
    renewal requirements review rules services specific statement the therapy treatment use when";

/// A heading made of nothing but the words of such headings, "clinical guideline coverage criteria": there the policy
/// itself stands.
fn composed(words: &str) -> Option<Known> {
    let parts = || words.split([' ', '/', ',']).filter(|part| !part.is_empty());
    let count = parts().count();
    let is_core = |part: &str| CORE.split(' ').any(|word| word == part);
    let fits = words.len() <= 100
        && (2..=8).contains(&count)
        && parts().all(|part| is_core(part) || BESIDE.split(' ').any(|word| word == part))
        && parts().any(is_core);
    fits.then_some(Known { what: What::Tier(Tier::Binding), weak: true, inline: false })
}

/// What the table says of words at whose end the letter or digit of a footnote may have been printed.
pub(super) fn look_up_noted(words: &str) -> Option<Known> {
    let noted =
        || words.strip_suffix(|c: char| c.is_ascii_alphanumeric()).and_then(|words| TABLE.exact.get(words).copied());
    look_up(words).or_else(noted)
}

/// Whether the words stand in the table, alone or after a star's words.
pub(super) fn in_table(words: &str) -> bool {
    tabled(words).is_some()
}

/// A heading that names a professional society or an agency speaks of what that body holds.
fn society(words: &str) -> Option<Known> {
    const STARTS: [&str; 9] = [
        "american ",
        "national ",
        "european ",
        "international ",
        "society ",
        "united states ",
        "british ",
        "canadian ",
        "world ",
    ];
    const BODIES: [&str; 12] = [
        "society",
        "college",
        "academy",
        "association",
        "network",
        "institute",
        "task force",
        "organization",
        "federation",
        "foundation",
        "alliance",
        "consortium",
    ];
    let named = STARTS.iter().any(|start| words.starts_with(start)) && BODIES.iter().any(|body| words.contains(body));
    let short = words.split(' ').count() <= 14 && !words.contains([':', ';', '.', ',', '?']);
    (named && short).then_some(Known { what: What::Tier(Tier::Evidence), weak: true, inline: false })
}

/// The words of a heading in the form of the table: lower case, without number, colon, brackets and leaders.
pub(super) fn words(heading: &str) -> String {
    let mut text = String::with_capacity(heading.len());
    for c in shown(heading).chars() {
        match c {
            '’' => text.push('\''),
            '&' => text.push_str(" and "),
            '\t' | '\u{c}' => text.push(' '),
            c if c.is_ascii() => text.push(c.to_ascii_lowercase()),
            c => text.extend(c.to_lowercase()),
        }
    }
    if let Some(at) = text.trim_end().strip_suffix(')').and_then(|body| body.rfind(" (")).filter(|&at| at > 3) {
        text.truncate(at);
    }
    if let Some(at) = text.find(" cont").filter(|&at| at > 3) {
        let before = text[..at].trim_end_matches([',', '-', '–', ' ']);
        let continued = [" continued", " cont'd", " cont."].iter().any(|word| text[at..].starts_with(word));
        if continued && before.len() > 3 {
            text.truncate(before.len());
        }
    }
    for (printed, meant) in
        [("(s)", "s"), ("non covered", "non-covered"), (" / ", "/"), ("/ ", "/"), (" /", "/"), (" and and ", " and ")]
    {
        if text.contains(printed) {
            text = text.replace(printed, meant);
        }
    }
    let words = single_blanks(&text);
    words.trim_matches([':', '.', '-', '–', '—', ' ', '*', '_', '|', '"', '“', '”', '•', '#']).to_owned()
}

/// A heading without the cell behind it, or the words before it, that lead back to the top of the page.
pub(super) fn without_link(heading: &str) -> &str {
    let link = |cell: &str| {
        let cell = cell.trim().to_ascii_lowercase();
        matches!(cell.as_str(), "top" | "^ top" | "back to top" | "return to top" | "go to top" | "^" | "↑")
    };
    let before = |lead: &str| heading.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead));
    let lead = ["back to top ", "return to top ", "go to top "].into_iter().find(|lead| before(lead));
    let heading = lead.map_or(heading, |lead| &heading[lead.len()..]);
    heading.rsplit_once('\t').filter(|(_, cell)| link(cell)).map_or(heading, |(words, _)| words)
}

/// The words of a heading without number and colon, as printed.
pub(super) fn shown(heading: &str) -> &str {
    let mut rest = without_link(heading.trim());
    for label in ["Section ", "SECTION ", "Part ", "PART ", "Chapter "] {
        if let Some(after) = rest.strip_prefix(label) {
            let number = after.split([' ', ':', '.', '-', '–']).next().unwrap_or_default();
            let numbered = !number.is_empty() && number.len() <= 4 && after.len() > number.len();
            if numbered
                && (number.bytes().all(|b| b.is_ascii_digit()) || number.bytes().all(|b| b"IVXABCDEFGH".contains(&b)))
            {
                rest = after[number.len()..].trim_start_matches([':', '.', '-', '–', ' ']);
            }
        }
    }
    rest = &rest[outline_len(rest)..];
    rest = &rest[marker_len(rest)..];
    rest.trim().trim_end_matches(':').trim()
}

/// The length of an outline number such as `2.0 ` or `1.2.3 ` at the start.
fn outline_len(text: &str) -> usize {
    let count = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let number = &text[..count];
    let blanks = text[count..].len() - text[count..].trim_start().len();
    let parts = number.trim_end_matches('.').split('.').collect::<Vec<_>>();
    let fits = parts.len() >= 2 && parts.iter().all(|part| !part.is_empty() && part.len() <= 2);
    if fits && blanks > 0 { count + blanks } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heading: &str, tier: Option<&str>) {
        let found = look_up(&words(heading)).map(|known| match known.what {
            What::Tier(tier) => tier.id(),
            What::Contents => "TOC",
        });
        assert_eq!(found, tier, "{heading}");
    }

    #[test]
    fn numbers_colons_and_case_do_not_matter() {
        check("POLICY", Some("S1"));
        check("II. Policy Statement:", Some("S1"));
        check("2.0 POLICY", Some("S1"));
        check("Section 3: References", Some("S9"));
        check("Background & Rationale", Some("S7"));
        check("Policy / Criteria", Some("S1"));
        check("Definitions (continued)", Some("S5"));
    }

    #[test]
    fn a_star_stands_for_whole_words() {
        check("Practice Guidelines and Position Statements", Some("S7"));
        check("When Sock Therapy is Covered", Some("S1"));
        check("When Sock Therapy is Not Covered", Some("S1"));
        check("U.S. Food and Drug Administration (FDA)", Some("S7"));
        check("Referencesque", None);
    }

    #[test]
    fn societies_are_evidence() {
        check("American Guild and Society of Sock Surgeons", Some("S7"));
        check("National Sock Day", None);
    }

    #[test]
    fn unknown_words_are_unknown() {
        check("Marrow injections of the knee", None);
        check("Coverage of lamps", None);
        check("Medicare coverage requirements", Some("S1"));
        check("", None);
    }

    #[test]
    fn what_stands_in_the_table_is_told_from_what_is_composed() {
        assert!(in_table("coverage guidelines") && in_table("policy limitations"));
        assert!(!in_table("medicare coverage requirements"));
    }

    #[test]
    fn every_line_of_the_table_is_used() {
        let source = include_str!("../../../corpora/sections/headings.tsv");
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let (tier, rest) = line.split_once('\t').expect("two columns");
            assert!(tier == "TOC" || Tier::from_id(tier).is_some(), "{line}");
            let entry = rest.split('\t').next().expect("words").replace('*', "x");
            assert_eq!(entry, entry.to_lowercase(), "{line}");
        }
    }
}
