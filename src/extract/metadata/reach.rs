//! Lines of business and states that a policy names as its own.

use super::Page;
use super::labels::{Label, Labelled};
use crate::document::Role;
use crate::policy::{Field, LineOfBusiness, Origin, State};
use crate::text::Span;

/// Words for lines of business, in lower case; the longer ones first where one holds another.
const LINES: &[(&str, LineOfBusiness)] = &[
    ("medicare", LineOfBusiness::Medicare),
    ("d-snp", LineOfBusiness::Medicare),
    ("medicaid", LineOfBusiness::Medicaid),
    ("medi-cal", LineOfBusiness::Medicaid),
    ("masshealth", LineOfBusiness::Medicaid),
    ("community plan", LineOfBusiness::Medicaid),
    ("chip", LineOfBusiness::Medicaid),
    ("commercial", LineOfBusiness::Commercial),
    ("fully insured", LineOfBusiness::Commercial),
    ("individual exchange", LineOfBusiness::Individual),
    ("individual", LineOfBusiness::Individual),
    ("exchange", LineOfBusiness::Individual),
    ("marketplace", LineOfBusiness::Individual),
    ("federal employee", LineOfBusiness::Federal),
    ("fep", LineOfBusiness::Federal),
    ("fehb", LineOfBusiness::Federal),
    ("tricare", LineOfBusiness::Tricare),
    ("self-funded", LineOfBusiness::SelfFunded),
    ("self-insured", LineOfBusiness::SelfFunded),
    ("aso", LineOfBusiness::SelfFunded),
];

/// The lines of business: labelled, else those in headings and furniture that name the kind of policy.
pub(super) fn lines_of_business(
    page: &Page<'_>,
    labelled: &[Labelled],
    title: Option<&Field<String>>,
) -> Vec<Field<LineOfBusiness>> {
    let mut found = Vec::new();
    for each in labelled.iter().filter(|each| each.label == Label::Lines && each.block < super::FRONT) {
        // The value runs on over the cells of its row.
        let row = page.document.blocks[each.block].span;
        let value = if row.contains(each.value) { Span::new(each.value.start(), row.end()) } else { each.value };
        named_lines(page, value, &mut found);
    }
    if found.is_empty() {
        for block in page.front().iter().take(14) {
            let words = page.words(block);
            let names_kind = words.len() <= 120 && words.to_lowercase().contains("policy") && !words.ends_with('.');
            let in_title =
                title.is_some_and(|title| matches!(title.origin, Origin::Printed(place) if block.span.contains(place)));
            if (names_kind || in_title)
                && matches!(block.role, Role::Heading { .. } | Role::Furniture | Role::Paragraph)
            {
                named_lines(page, block.span, &mut found);
            }
        }
    }
    found
}

/// Adds the lines of business in `place` that are not there yet; where boxes are printed, only those ticked.
fn named_lines(page: &Page<'_>, place: Span, found: &mut Vec<Field<LineOfBusiness>>) {
    let words = place.of(&page.document.text);
    let lower = words.to_ascii_lowercase();
    let boxed = words.contains(['☒', '☑']);
    for &(name, line) in LINES {
        for (at, _) in lower.match_indices(name) {
            let whole = !lower[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-')
                && !lower[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() && c != 's');
            let ticked =
                !boxed || words[..at].rfind(['☒', '☑', '☐']).is_some_and(|sign| !words[sign..].starts_with('☐'));
            let before = &lower[..at];
            let sentence = &before[before.rfind(['.', ';']).map_or(0, |stop| stop + 1)..];
            let left_out = ["not apply", "except", "excluding"].iter().any(|word| sentence.contains(word));
            if whole && ticked && !left_out && !found.iter().any(|field| field.value == line) {
                let span = Span::new(at, at + name.len()).shifted(place.start());
                found.push(Field::printed(line, span));
            }
        }
    }
    found.sort_by_key(|field| match field.origin {
        Origin::Printed(span) => span.start(),
        Origin::Told => 0,
    });
}

/// The states: labelled, or named in the title ("for Ohio only").
pub(super) fn states(page: &Page<'_>, labelled: &[Labelled], title: Option<&Field<String>>) -> Vec<Field<State>> {
    let mut places: Vec<Span> = labelled
        .iter()
        .filter(|each| each.label == Label::States && each.block < super::FRONT)
        .map(|each| each.value)
        .collect();
    if let Some(Field { origin: Origin::Printed(place), .. }) = title {
        places.push(*place);
    }
    let mut found: Vec<Field<State>> = Vec::new();
    for place in places {
        let words = place.of(&page.document.text);
        for (name, code) in STATES {
            let whole = |at: usize| {
                !words[..at].ends_with(char::is_alphanumeric)
                    && !words[at + name.len()..].starts_with(char::is_alphanumeric)
            };
            let at = words
                .match_indices(name)
                .map(|(at, _)| at)
                .find(|&at| whole(at) && !(*name == "Virginia" && words[..at].ends_with("West ")));
            let state = State::from_code(code).expect("the table holds postal codes");
            if let Some(at) = at
                && !found.iter().any(|field| field.value == state)
            {
                found.push(Field::printed(state, Span::new(at, at + name.len()).shifted(place.start())));
            }
        }
    }
    found
}

/// States and districts by name.
const STATES: &[(&str, &str)] = &[
    ("Alabama", "AL"),
    ("Alaska", "AK"),
    ("Arizona", "AZ"),
    ("Arkansas", "AR"),
    ("California", "CA"),
    ("Colorado", "CO"),
    ("Connecticut", "CT"),
    ("Delaware", "DE"),
    ("District of Columbia", "DC"),
    ("Florida", "FL"),
    ("Georgia", "GA"),
    ("Hawaii", "HI"),
    ("Idaho", "ID"),
    ("Illinois", "IL"),
    ("Indiana", "IN"),
    ("Iowa", "IA"),
    ("Kansas", "KS"),
    ("Kentucky", "KY"),
    ("Louisiana", "LA"),
    ("Maine", "ME"),
    ("Maryland", "MD"),
    ("Massachusetts", "MA"),
    ("Michigan", "MI"),
    ("Minnesota", "MN"),
    ("Mississippi", "MS"),
    ("Missouri", "MO"),
    ("Montana", "MT"),
    ("Nebraska", "NE"),
    ("Nevada", "NV"),
    ("New Hampshire", "NH"),
    ("New Jersey", "NJ"),
    ("New Mexico", "NM"),
    ("New York", "NY"),
    ("North Carolina", "NC"),
    ("North Dakota", "ND"),
    ("Ohio", "OH"),
    ("Oklahoma", "OK"),
    ("Oregon", "OR"),
    ("Pennsylvania", "PA"),
    ("Puerto Rico", "PR"),
    ("Rhode Island", "RI"),
    ("South Carolina", "SC"),
    ("South Dakota", "SD"),
    ("Tennessee", "TN"),
    ("Texas", "TX"),
    ("Utah", "UT"),
    ("Vermont", "VT"),
    ("Virginia", "VA"),
    ("Washington", "WA"),
    ("West Virginia", "WV"),
    ("Wisconsin", "WI"),
    ("Wyoming", "WY"),
];
