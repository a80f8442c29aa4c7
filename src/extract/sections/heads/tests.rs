//! Which lines head a section.

use crate::extract::{Limits, extract};
use crate::policy::Tier;

#[test]
fn numbered_lines_in_capitals_are_headings_beside_a_known_one() {
    let text = "1. PURPOSE\n\nThis guide is used for lamps and what they do.\n\n2. MOON LAMPS\n\nMoon lamps are covered.\n\n\
                3. EVIDENCE\n\nTwo trials of lamps were done.\n\n4. HOW TO ASK\n\nA denial may be appealed in writing.\n";
    let document = extract(text.as_bytes(), &Limits::default()).expect("it is text");
    let told: Vec<(&str, Option<Tier>)> =
        document.sections.iter().map(|one| (one.heading.as_deref().unwrap_or_default(), one.tier)).collect();
    let expected = [
        ("PURPOSE", Some(Tier::Description)),
        ("MOON LAMPS", None),
        ("EVIDENCE", Some(Tier::Evidence)),
        ("HOW TO ASK", None),
    ];
    assert_eq!(told, expected);
    let deep = "1.0 Description\n\nLamps shine.\n\n2.0 When Lamps Are Used\n\nHere.\n\n2.1 General Criteria\n\nLamps are \
                covered.\n\n3.0 References\n\nDoe J. Lamps. 2019.\n";
    let document = extract(deep.as_bytes(), &Limits::default()).expect("it is text");
    let told: Vec<(&str, u8)> =
        document.sections.iter().map(|one| (one.heading.as_deref().unwrap_or_default(), one.level)).collect();
    assert_eq!(told, [("Description", 1), ("When Lamps Are Used", 1), ("General Criteria", 2), ("References", 1)]);
    let plain = "Overview\n\nLamps shine.\n\nClinical Guideline Coverage Criteria\n\nMoon lamps are covered.\n";
    let document = extract(plain.as_bytes(), &Limits::default()).expect("it is text");
    assert_eq!(document.sections.last().and_then(|one| one.tier), Some(Tier::Binding));
    let items = "1. PURPOSE\n\nThis guide is used for lamps.\n\n1. ABC\n2. DEF\n3. GHI\n";
    let document = extract(items.as_bytes(), &Limits::default()).expect("it is text");
    assert_eq!(document.sections.len(), 1);
}

#[test]
fn decimal_numbers_that_do_not_count_on_are_no_headings() {
    let headings = |text: &str| {
        let document = extract(text.as_bytes(), &Limits::default()).expect("it is text");
        document.sections.iter().filter_map(|one| one.heading.clone()).collect::<Vec<_>>()
    };
    let loose = "1.1 Initial Release\n\nLamps shine.\n\n2.5 Tesla Imaging\n\nLamps hum.\n\n3.0 References\n\nDoe J. Lamps. \
                 2019.\n";
    assert_eq!(headings(loose), ["References"]);
    let missed = "1.0 Description\n\nLamps shine.\n\n2.0 Lamps must be used here.\n\n2.5 Tesla Imaging\n\nIt hums.\n\n\
                  2.1 Moon Lamps\n\nThey shine.\n\n3.0 References\n\nDoe J. Lamps. 2019.\n";
    assert_eq!(headings(missed), ["Description", "Moon Lamps", "References"]);
    // Lines that a hostile text repeats end in time.
    let many = format!("1.0 Description\n\n{}2.0 References\n", "1.1 Ab\n\n".repeat(20_000));
    assert!(!headings(&many).is_empty());
}
