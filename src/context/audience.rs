//! Whom a sentence says it is for: lines of business, states, ages.

use std::sync::LazyLock;

use crate::finding::AgeRange;
use crate::policy::{LineOfBusiness, State};
use crate::text::{Phrases, Span};

/// Whom a sentence names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Audience {
    pub(super) lines_of_business: Vec<LineOfBusiness>,
    pub(super) states: Vec<State>,
    pub(super) age: Option<AgeRange>,
}

const LINES: &[(&str, LineOfBusiness)] = &[
    ("commercial", LineOfBusiness::Commercial),
    ("medicare", LineOfBusiness::Medicare),
    ("medicaid", LineOfBusiness::Medicaid),
    ("federal employee", LineOfBusiness::Federal),
    ("fehb", LineOfBusiness::Federal),
    ("tricare", LineOfBusiness::Tricare),
    ("self-funded", LineOfBusiness::SelfFunded),
    ("self-insured", LineOfBusiness::SelfFunded),
    ("self funded", LineOfBusiness::SelfFunded),
    ("administrative services only", LineOfBusiness::SelfFunded),
];

const NEAR: &[&str] =
    &["member", "plan", "enrollee", "product", "beneficiar", "business", "group", "line", "contract", "only"];

const STATE_NAMES: &[(&str, &str)] = &[
    ("alabama", "AL"),
    ("alaska", "AK"),
    ("arizona", "AZ"),
    ("arkansas", "AR"),
    ("california", "CA"),
    ("colorado", "CO"),
    ("connecticut", "CT"),
    ("delaware", "DE"),
    ("florida", "FL"),
    ("georgia", "GA"),
    ("hawaii", "HI"),
    ("idaho", "ID"),
    ("illinois", "IL"),
    ("indiana", "IN"),
    ("iowa", "IA"),
    ("kansas", "KS"),
    ("kentucky", "KY"),
    ("louisiana", "LA"),
    ("maine", "ME"),
    ("maryland", "MD"),
    ("massachusetts", "MA"),
    ("michigan", "MI"),
    ("minnesota", "MN"),
    ("mississippi", "MS"),
    ("missouri", "MO"),
    ("montana", "MT"),
    ("nebraska", "NE"),
    ("nevada", "NV"),
    ("new hampshire", "NH"),
    ("new jersey", "NJ"),
    ("new mexico", "NM"),
    ("new york", "NY"),
    ("north carolina", "NC"),
    ("north dakota", "ND"),
    ("ohio", "OH"),
    ("oklahoma", "OK"),
    ("oregon", "OR"),
    ("pennsylvania", "PA"),
    ("rhode island", "RI"),
    ("south carolina", "SC"),
    ("south dakota", "SD"),
    ("tennessee", "TN"),
    ("texas", "TX"),
    ("utah", "UT"),
    ("vermont", "VT"),
    ("virginia", "VA"),
    ("washington", "WA"),
    ("west virginia", "WV"),
    ("wisconsin", "WI"),
    ("wyoming", "WY"),
];

/// The names of [`LINES`], then those of [`STATE_NAMES`].
static NAMES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(LINES.iter().map(|line| line.0).chain(STATE_NAMES.iter().map(|state| state.0))));

/// The lines of business, states and ages that `sentence` names as its audience.
///
/// A line of business counts beside a word such as "members" or "plans", a state after "for", "in" or
/// "of" or before "only", "law" or "members", an age after "under", "age" or before "years".
pub(super) fn named(sentence: &str) -> Audience {
    let lower = sentence.to_lowercase();
    let mut named: Vec<usize> =
        NAMES.places(&lower).filter(|&(which, at)| is_audience(&lower, which, at)).map(|(which, _)| which).collect();
    named.sort_unstable();
    let mut audience = Audience::default();
    for which in named {
        match which.checked_sub(LINES.len()) {
            None if !audience.lines_of_business.contains(&LINES[which].1) => {
                audience.lines_of_business.push(LINES[which].1);
            }
            None => {}
            Some(state) => {
                let state = State::from_code(STATE_NAMES[state].1);
                audience.states.extend(state.filter(|state| !audience.states.contains(state)));
            }
        }
    }
    if lower.bytes().any(|b| b.is_ascii_digit()) {
        audience.age = age(&lower);
    }
    audience
}

/// Whether the name stands there as a whole word and as whom the sentence is for.
fn is_audience(lower: &str, which: usize, at: Span) -> bool {
    let (before, after) = (&lower[..at.start()], &lower[at.end()..]);
    if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
        return false;
    }
    if which < LINES.len() {
        let after = first_words(after, 3);
        return NEAR.iter().any(|near| after.iter().any(|word| word.starts_with(near)));
    }
    // Virginia is no West Virginia.
    let west = at.of(lower) == "virginia" && before.ends_with("west ");
    !west && state_is_audience(before, after)
}

fn state_is_audience(before: &str, after: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or("").trim_start_matches('(');
    let next = first_words(after, 1);
    let next = next.first().copied().unwrap_or("");
    (last == "for" || before.ends_with("state of "))
        && matches!(
            next,
            "" | "only" | "members" | "plans" | "residents" | "contracts" | "groups" | "and" | "or" | "fully"
        )
        || matches!(next, "law" | "statute" | "statutes" | "mandate" | "medicaid" | "insurance")
}

fn age(lower: &str) -> Option<AgeRange> {
    let number = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u8>().ok();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut range = AgeRange { from: None, below: None };
    for (at, &word) in words.iter().enumerate() {
        if !matches!(word, "under" | "age" | "aged" | "ages" | "than" | "least") {
            continue;
        }
        let next = words[at + 1..].iter().take(4).find_map(|&word| number(word));
        let said_age = words[at.saturating_sub(2)..words.len().min(at + 6)]
            .iter()
            .any(|w| w.starts_with("age") || w.starts_with("year"));
        let Some(years) = next.filter(|&years| said_age && (1..=100).contains(&years)) else { continue };
        let older = words[at + 1..].iter().take(6).any(|w| w.starts_with("older") || w.starts_with("above"));
        let younger = matches!(words.get(at.wrapping_sub(1)), Some(&"younger" | &"less"));
        match word {
            "under" => range.below = range.below.or(Some(years)),
            "than" if younger => range.below = range.below.or(Some(years)),
            "least" => range.from = range.from.or(Some(years)),
            "age" | "aged" | "ages" if older => range.from = range.from.or(Some(years)),
            _ => {}
        }
    }
    (range.from.is_some() || range.below.is_some()).then_some(range)
}

fn first_words(text: &str, most: usize) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, lines: &[LineOfBusiness], states: &[&str], age: Option<(Option<u8>, Option<u8>)>) {
        let got = named(sentence);
        assert_eq!(got.lines_of_business, lines, "{sentence}");
        assert_eq!(got.states.iter().map(State::code).collect::<Vec<_>>(), states, "{sentence}");
        assert_eq!(got.age.map(|age| (age.from, age.below)), age, "{sentence}");
    }

    #[test]
    fn lines_states_and_ages_are_told_from_mentions() {
        check(
            "For Medicaid members under the age of 21 it is reviewed.",
            &[LineOfBusiness::Medicaid],
            &[],
            Some((None, Some(21))),
        );
        check(
            "This applies to Medicare Advantage plans in the state of Ohio only.",
            &[LineOfBusiness::Medicare],
            &["OH"],
            None,
        );
        check("The trial enrolled 12 patients in Texas; Medicare data were used.", &[], &[], None);
        check("Covered for members aged 18 years or older.", &[], &[], Some((Some(18), None)));
        check("Oregon law requires coverage.", &[], &["OR"], None);
    }
}
