//! Names of payers that no table knows: by the line they stand in and by the words they end with.

use crate::text::Span;

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

/// Words that go on with a name behind its mark.
const BEHIND: &[&str] = &[
    "Association",
    "Blue",
    "BlueShield",
    "Company",
    "Cooperative",
    "Corporation",
    "Group",
    "Inc",
    "Insurance",
    "LLC",
    "Network",
    "Organization",
    "Partners",
    "Plan",
    "Plans",
    "Services",
    "Shield",
    "Solutions",
    "System",
    "Trust",
    "and",
    "of",
    "&",
];

/// Words of agencies, societies, code sets and kinds of plans, which are no payers.
const OTHERS: &[&str] = &[
    "Agency",
    "Administration",
    "American",
    "Authority",
    "Authorized",
    "Centers",
    "Coding",
    "Common",
    "Comprehensive",
    "Department",
    "Effectiveness",
    "Institute",
    "National",
    "Procedure",
    "Quality",
    "Research",
    "Society",
    "World",
];

/// Who holds the copyright or whose proprietary information a block says it is.
pub(super) fn holder(text: &str, block: Span) -> Option<Span> {
    let words = block.of(text);
    for lead in ["Proprietary Information of ", "Proprietary information of "] {
        if let Some(at) = words.find(lead) {
            return run(words, at + lead.len()).map(|span| span.shifted(block.start()));
        }
    }
    let at = words.find('©').or_else(|| words.find("Copyright "))?;
    if words.contains("American Medical Association") || words.contains("American Dental") {
        return None;
    }
    let rest = &words[at..];
    let name = rest.find(|c: char| c.is_alphabetic() && !rest.starts_with(c)).map(|skip| at + skip)?;
    let name = if words[name..].starts_with("Copyright") { name + 9 } else { name };
    // The first word with a capital, from its beginning: "eviCore" is no "Core".
    let capital = words[name..].find(|c: char| c.is_uppercase()).map(|more| name + more)?;
    let start = words[..capital]
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |before| before + words[before..].chars().next().map_or(1, char::len_utf8));
    let start = start.max(name);
    run(words, start).filter(|span| is_payer(span.of(words))).map(|span| span.shifted(block.start()))
}

/// Capitalised words around a mark, or a line of a few words that ends in "Health".
pub(super) fn name_in(text: &str, block: Span) -> Option<Span> {
    let words = block.of(text);
    let count = words.split(' ').count();
    let last = words.rsplit(' ').next().unwrap_or_default();
    let alone = (2..=4).contains(&count) && matches!(last, "Health" | "HEALTH" | "Healthcare" | "HEALTHCARE");
    if alone && words.split(' ').all(is_part) && is_payer(words) {
        return Some(block);
    }
    if words.len() > 600 {
        return None;
    }
    MARKS.iter().find_map(|mark| {
        let at = words.find(mark)?;
        let begin = words[..at]
            .rmatch_indices(['.', ',', '(', '|', ':', '\t', '–', '/'])
            .next()
            .map_or(0, |(sign, mark)| sign + mark.len());
        let before = words[begin..at].split(' ').rev().skip(1);
        let first: usize = before.take_while(|word| is_part(word)).map(|word| word.len() + 1).sum();
        let lead = &words[at - first.min(at)..at];
        let joins: usize = lead
            .split(' ')
            .take_while(|word| matches!(*word, "of" | "and" | "the" | "&" | "The"))
            .map(|word| word.len() + 1)
            .sum();
        let start = at - first + joins;
        let end = behind(words, at + mark.len());
        let name = &words[start..end];
        is_payer(name).then(|| Span::new(start, end).shifted(block.start()))
    })
}

/// Whether a word can stand in front of a mark within a name.
fn is_part(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase()) || matches!(word, "of" | "and" | "the" | "&")
}

/// Where the name ends whose mark ends at `end`.
fn behind(words: &str, mut end: usize) -> usize {
    let mut at = end;
    let mut place = false;
    for word in words[end..].split(' ') {
        let core = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '&');
        let joins = matches!(core, "of" | "and" | "&");
        let goes_on = core.is_empty() && at == end
            || BEHIND.contains(&core)
            || place && core.starts_with(|c: char| c.is_uppercase());
        if !goes_on || core.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
        place |= core == "of";
        at += word.len();
        if !joins && !core.is_empty() {
            end = at - (word.len() - core.len());
        }
        if word.ends_with(['.', ',', ';', ':', ')']) {
            break;
        }
        at += 1;
    }
    end
}

/// Whether a run of words can be a payer's name: more than a kind of plan, no agency, no sentence.
fn is_payer(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let telling = words.iter().filter(|word| {
        !matches!(
            **word,
            "HMO"
                | "PPO"
                | "POS"
                | "EPO"
                | "D-SNP"
                | "and"
                | "or"
                | "of"
                | "the"
                | "The"
                | "&"
                | "Your"
                | "All"
                | "Medical"
        ) && !MARKS.contains(word)
            && !["Health", "Plan", "Plans", "Plan's", "Care", "Insurance", "Company", "Medicare", "Commercial"]
                .contains(word)
    });
    let more = telling.count() > 0 || name == "Health Alliance" || name.starts_with("Blue Cross");
    let other = words.iter().any(|word| OTHERS.contains(&word.trim_end_matches(',')));
    let association = name.ends_with("Association") && !name.ends_with("Benefit Association");
    more && !other && !association && !name.contains([')', '(', '\t', '@'])
}

/// The run of capitalised words from `start`.
fn run(words: &str, start: usize) -> Option<Span> {
    const ENDS: [&str; 8] = ["All", "Page", "Effective", "Copyright", "Medical", "Policy", "Clinical", "Commercial"];
    let mut end = start;
    let mut at = start;
    for word in words[start..].split([' ', '\t']) {
        let core = word.trim_end_matches(['.', ',', ';', '®', '™', ':']);
        let capital = core.starts_with(|c: char| c.is_uppercase());
        let joins = matches!(word, "of" | "and" | "&");
        if !(capital || joins) || at - start > 60 || ENDS.contains(&core) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<&str>) {
        let block = Span::new(0, line.len());
        let found = holder(line, block).or_else(|| name_in(line, block));
        assert_eq!(found.map(|span| span.of(line)), expected, "{line}");
    }

    #[test]
    fn names_end_with_their_marks() {
        check("Dune Health Plan Coverage Policy", Some("Dune Health Plan"));
        check("Mail to Reedy Blue Cross Grievance and Appeals.", Some("Reedy Blue Cross"));
        check("Harbor Health Plan of New Pond 910 Dock Street", Some("Harbor Health Plan of New Pond"));
        check("Capital of Reeds and Harbor Health Plan® Central", Some("Capital of Reeds and Harbor Health Plan"));
        check("© 2025 Dune Mutual. All rights reserved.", Some("Dune Mutual"));
    }

    #[test]
    fn agencies_and_kinds_of_plans_are_no_payers() {
        check("Commercial (HMO and POS)", None);
        check("Agency for Healthcare Research and Quality", None);
        check("Healthcare Common Procedure Coding System", None);
        check("the Health Plan's benefits", None);
        check("© 2025 American Medical Association", None);
        check("©2025 reviCore healthcare. All Rights Reserved.", None);
    }
}
