//! The criteria of statements.

use super::*;

#[test]
fn words_between_items_join_them_and_a_refusal_ends_their_list() {
    let coverage = "Skin grafts are considered medically necessary when the following criteria are met:";
    let joined = |items: [&str; 3]| {
        let blocks: Vec<&str> = std::iter::once(coverage).chain(items).collect();
        let criteria = summary(&[(Tier::Binding, &blocks)]).criteria;
        criteria.iter().map(|criterion| criterion.connective.id()).collect::<Vec<_>>()
    };
    assert_eq!(joined(["• Age is known; and", "• The burn is deep; and", "• Weight is known."]), ["all"; 3]);
    assert_eq!(joined(["• Age is known, OR", "• The burn is deep, OR", "• Weight is known."]), ["1 of"; 3]);
    assert_eq!(joined(["• Age is known", "• The burn is deep", "• Weight is known"]), ["unstated"; 3]);
    let refusal = "• Skin grafts for scars are considered not medically necessary.";
    assert_eq!(joined(["• Age is known; and", refusal, "• Weight is known"]), ["all"], "one alone is all of them");
}

#[test]
fn a_list_of_services_is_covered_item_by_item_and_is_no_list_of_criteria() {
    let listed: &[&str] = &["Alder considers the following medically necessary:", "• Skin grafts", "• Wax gels"];
    let summary = summary(&[(Tier::Binding, listed)]);
    assert_eq!(summary.criteria, Vec::new());
    assert_eq!(
        summary.stances.iter().map(|one| (one.service.as_deref(), one.stance)).collect::<Vec<_>>(),
        [(Some("Skin grafts"), ServiceStance::Covered), (Some("Wax gels"), ServiceStance::Covered)]
    );
}

#[test]
fn criteria_stand_below_the_headings_beside_their_statement_and_codes_and_references_are_none() {
    let page = "<h1>Moonlight Therapy Medical Policy</h1><h2>Policy</h2><p>Requests for moonlight therapy are reviewed using the \
                following criteria:</p><h2>Initial approval</h2><ul><li>The member has gout; and</li><li>The member is \
                old.</li></ul><h2>Applicable Codes</h2><ul><li>J0585</li></ul><h2>References</h2><ol><li>Doe J. \
                Moonlight and gout. 2019.</li></ol>";
    let document = extract(format!("<html><body>{page}</body></html>").as_bytes(), &Limits::default());
    let document = document.expect("it is HTML");
    let criteria = summary_of(&document).criteria;
    let words: Vec<(&str, u8)> = criteria.iter().map(|one| (one.quote.of(&document.text), one.level)).collect();
    assert_eq!(words, [("Initial approval", 1), ("• The member has gout; and", 2), ("• The member is old.", 2)]);
}

#[test]
fn headings_below_a_general_sentence_are_criteria_with_their_lists() {
    let request = "Requests for wax gel are reviewed using the following criteria:";
    let blocks: &[&str] = &["# Criteria", request, "# Age and weight", "• Age is known", "# Burn", "Burns are hot."];
    let found = criteria(&[(Tier::Binding, blocks)]);
    let words: Vec<(&str, u8)> = found.iter().map(|(words, level, _)| (words.as_str(), *level)).collect();
    assert_eq!(words, [("Age and weight", 1), ("• Age is known", 2)]);
    let other: &[&str] = &["# Criteria", "Wax gel is soft:", "# Age and weight", "• Age is known"];
    assert_eq!(criteria(&[(Tier::Binding, other)]), Vec::new());
}

#[test]
fn a_list_within_the_sentence_of_a_statement_is_its_criteria() {
    let check = |sentence: &str, expected: &[&str], joined: &str| {
        let found = criteria(&[(Tier::Binding, &[sentence])]);
        let words: Vec<&str> = found.iter().map(|(words, ..)| words.as_str()).collect();
        assert_eq!(words, expected, "{sentence}");
        assert!(found.iter().all(|(_, level, connective)| *level == 1 && connective == joined), "{found:?}");
    };
    let parts = ["(1) the burn is deep", "(2) the skin is clean", "(3) dressings failed."];
    let words = parts.join("; ").replace("; (3)", "; and (3)");
    check(&format!("Skin grafts are considered medically necessary when {words}"), &parts, "all");
    check(&format!("Skin grafts are considered medically necessary when any of these is met: {words}"), &parts, "1 of");
    check("Skin grafts are medically necessary if one (1) gel, or two (2) dressings, failed.", &[], "");
    check("Skin grafts are considered investigational when (1) the burn is old; or (2) the skin is wet.", &[], "");
}

#[test]
fn a_list_within_a_criterion_stands_below_it() {
    let item = "• The member has either: (a) a deep burn; or (b) a wide burn";
    let found = criteria(&[(Tier::Binding, &[COVERAGE, item])]);
    let expected =
        [("• The member has either:", 1, "all"), ("(a) a deep burn", 2, "1 of"), ("(b) a wide burn", 2, "1 of")];
    assert_eq!(found, expected.map(|(words, level, joined)| (words.to_owned(), level, joined.to_owned())));
}

#[test]
fn lists_apart_from_their_statement_are_its_criteria() {
    let ahead: &[&str] = &[
        "Wax gel is considered medically necessary when the criteria below are met.",
        "All of the following:",
        "• The burn is deep",
        "• Age is known",
        "None of the following:",
        "• Fever",
        "Foam is considered investigational.",
        "All of the following:",
        "• The foam is wet",
    ];
    let found = criteria(&[(Tier::Binding, ahead)]);
    let told: Vec<(&str, u8, &str)> =
        found.iter().map(|(words, level, joined)| (&**words, *level, &**joined)).collect();
    let expected = [
        ("All of the following:", 1, "unstated"),
        ("• The burn is deep", 2, "all"),
        ("• Age is known", 2, "all"),
        ("None of the following:", 1, "unstated"),
        ("• Fever", 2, "none"),
    ];
    assert_eq!(told, expected);
    let back: &[&str] = &[
        "A request must show:",
        "• The burn is deep",
        "• Age is known",
        "If all of the above are met, wax gel is covered.",
    ];
    let found = criteria(&[(Tier::Binding, back)]);
    assert!(found.len() == 2 && found.iter().all(|(_, level, joined)| *level == 1 && joined == "all"), "{found:?}");
}

#[test]
fn criteria_stand_in_the_cells_and_rows_of_tables() {
    let criteria = |page: &str| {
        let document = extract(
            format!("<html><body><h1>Gel</h1><h2>Policy</h2>{page}</body></html>").as_bytes(),
            &Limits::default(),
        );
        let document = document.expect("it is HTML");
        let found = summary_of(&document).criteria;
        found.iter().map(|one| one.quote.of(&document.text).replace('\t', " | ")).collect::<Vec<_>>()
    };
    let cell = "<table><tr><th>Service</th><th>Rule</th></tr><tr><td>Wax gel</td><td>Wax gel is considered medically necessary \
                when all of the following are met:<ul><li>Burns are deep</li><li>Age is known</li></ul></td></tr><tr><td>Foam</td>\
                <td>Foam is soft.</td></tr></table>";
    assert_eq!(criteria(cell), ["• Burns are deep", "• Age is known"]);
    let rows = "<p>Wax gel is considered medically necessary when the criteria in the table below are met.</p><table><tr><th>Part\
                </th><th>Criteria</th></tr><tr><td>Hand</td><td>The burn is deep</td></tr><tr><td>Foot</td><td>The burn is wide\
                </td></tr></table>";
    assert_eq!(criteria(rows), ["Hand | The burn is deep", "Foot | The burn is wide"]);
}
