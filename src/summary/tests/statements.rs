//! Statements: their stances, what is on the rest, and where they bind.

use super::*;

#[test]
fn coverage_without_a_condition_is_told_from_coverage_under_one() {
    let check = |sentence: &str, stance: ServiceStance| {
        assert_eq!(stances(&[(Tier::Binding, &[sentence])]).1, [(stance, false)], "{sentence}");
    };
    check("Braces are covered for members with sleep apnea.", ServiceStance::Covered);
    check("Skin grafts may be considered medically necessary for the following burns:", ServiceStance::Covered);
    check("Skin grafts are considered medically necessary when", ServiceStance::CoveredWithCriteria);
    check("Skin grafts are medically necessary if the burn is deep.", ServiceStance::CoveredWithCriteria);
}

#[test]
fn of_a_label_and_its_reason_one_stands() {
    let both = "The effectiveness of wax gel has not been established, and it is considered investigational.";
    assert_eq!(stances(&[(Tier::Binding, &[both])]).1, [(ServiceStance::Investigational, false)]);
    let reason = "Wax gel is not covered for burns because of insufficient evidence.";
    assert_eq!(stances(&[(Tier::Binding, &[reason])]).1, [(ServiceStance::Excluded, false)]);
    let told =
        "Members may NOT be eligible under the Plan for wax gel. This is considered experimental/investigational.";
    assert_eq!(stances(&[(Tier::Binding, &[told])]).1, [(ServiceStance::Investigational, false)]);
}

#[test]
fn limits_and_thresholds_are_conditions_and_lists_of_genes_are_none() {
    let check = |sentence: &str, stance: ServiceStance| {
        assert_eq!(stances(&[(Tier::Binding, &[sentence])]).1, [(stance, false)], "{sentence}");
    };
    let conditional = ServiceStance::CoveredWithCriteria;
    check("Coverage of wax gel is limited to members with deep burns.", conditional);
    check("Wax gel is medically necessary for members with a flow below 300 L/min.", conditional);
    check("Wax gel is medically necessary for members 6 years of age or older.", conditional);
    check("Testing for any of the following genes is considered medically necessary in gout.", ServiceStance::Covered);
    check("Wax gel is not covered when the diagnosis can be made without it.", ServiceStance::Excluded);
}

#[test]
fn text_below_a_former_date_is_not_in_force_and_a_page_of_updates_is() {
    let stance = |page: &str| {
        let document = extract(format!("<html><body>{page}</body></html>").as_bytes(), &Limits::default());
        let summary = summary_of(&document.expect("it is HTML"));
        summary.stances.iter().map(|one| one.stance).collect::<Vec<_>>()
    };
    let policy = "<h1>Wax gel</h1><h2>Policy</h2><h3>Effective July 1, 2026</h3><p>Wax gel is considered medically necessary \
                  for burns.</p>";
    let former = "<h3>Effective Prior to July 1, 2026</h3><p>Wax gel is considered investigational.</p>";
    assert_eq!(stance(&format!("{policy}{former}")), [ServiceStance::Covered]);
    let added = "<p>Added statement that wax gel is considered investigational for all burns.</p>";
    assert_eq!(stance(&format!("<h1>Medical Policy Updates</h1>{added}")), [ServiceStance::Investigational]);
    assert_eq!(stance(&format!("<h1>Wax gel</h1><h2>Policy</h2>{added}")), []);
    let rows = "<h2>Summary of changes</h2><table><tr><th>Policy</th><th>Change</th><th>Date</th></tr><tr><td>Gel</td><td>Wax gel \
                is considered investigational.</td><td>11/1/2026</td></tr><tr><td>Foam</td><td>Foam is covered when burns are \
                deep.</td><td>11/1/2026</td></tr></table>";
    let told = stance(&format!("<h1>Bulletin</h1><p>November 2026.</p><h2>Medical policy updates</h2>{rows}"));
    assert_eq!(told, [ServiceStance::Investigational, ServiceStance::CoveredWithCriteria]);
}

#[test]
fn a_cell_that_is_a_sentence_stands_by_itself() {
    let page = "<h1>Wax gel</h1><h2>Policy</h2><table><tr><th>Service</th><th>Commercial</th><th>Medicaid</th></tr><tr><td>Wax \
                gel</td><td>Wax gel is not medically necessary for clean and closed burns.</td><td>Wax gel is not a covered \
                benefit under the state's schedule of fees.</td></tr></table>";
    let document = extract(format!("<html><body>{page}</body></html>").as_bytes(), &Limits::default());
    let summary = summary_of(&document.expect("it is HTML"));
    let found: Vec<ServiceStance> = summary.stances.iter().map(|one| one.stance).collect();
    assert_eq!(found, [ServiceStance::NotMedicallyNecessary, ServiceStance::Excluded]);
}

#[test]
fn lacking_evidence_at_the_head_of_a_list_is_what_its_refusals_mean() {
    let head =
        "The following does not meet coverage criteria due to insufficient evidence in the published literature:";
    let listed: &[&str] = &[head, "• Wax gel DOES NOT MEET COVERAGE CRITERIA."];
    let found: Vec<ServiceStance> =
        stances(&[(Tier::Binding, listed)]).1.into_iter().map(|(stance, _)| stance).collect();
    assert!(found.iter().all(|stance| *stance == ServiceStance::Investigational), "{found:?}");
    let alone = stances(&[(Tier::Binding, &["Wax gel DOES NOT MEET COVERAGE CRITERIA."])]).1;
    assert_eq!(alone[0].0, ServiceStance::Excluded);
}

#[test]
fn of_a_refusal_and_the_label_behind_it_the_quote_holds_both() {
    let told = "Members may NOT be eligible under the Plan for wax gel. This is considered investigational.";
    let document = document(&[(Tier::Binding, &[told])]);
    let summary = summary_of(&document);
    let [one] = &summary.stances[..] else { panic!("{:?}", summary.stances) };
    assert_eq!((one.stance, one.quote.of(&document.text)), (ServiceStance::Investigational, told));
    let capitals = "MEMBERS MAY NOT BE ELIGIBLE UNDER THE PLAN FOR WAX GEL.";
    assert_eq!(stances(&[(Tier::Binding, &[capitals])]).1, []);
}

#[test]
fn sections_fail_open_where_binding_ones_say_next_to_nothing() {
    let aside = [
        "Wax gel is considered investigational for burns.",
        "Foam gel is considered investigational for scars.",
        "Fat grafts are considered investigational for gout.",
        "Plasma gel is considered investigational for ulcers.",
    ];
    let said = "Skin grafts are considered medically necessary.";
    let count = |parts: &[(Tier, &[&str])]| stances(parts).1.len();
    assert_eq!(count(&[(Tier::Description, &aside)]), 4);
    assert_eq!(count(&[(Tier::Notice, &aside)]), 4);
    assert_eq!(count(&[(Tier::Definitions, &aside)]), 4);
    assert_eq!(count(&[(Tier::Binding, &[said]), (Tier::Description, &aside)]), 5);
    assert_eq!(count(&[(Tier::Binding, &[said]), (Tier::Description, &aside[..3])]), 1);
    let two = [said, "Bone grafts are considered medically necessary."];
    assert_eq!(count(&[(Tier::Binding, &two), (Tier::Description, &aside)]), 2);
}

#[test]
fn the_rest_is_of_uses_and_not_of_places() {
    let check = |sentence: &str, residual: bool| {
        let found = stances(&[(Tier::Binding, &[sentence])]).1;
        assert_eq!(found, [(ServiceStance::Excluded, residual)], "{sentence}");
    };
    check("Care outside the United States is not covered.", false);
    check("Care outside the service area is not covered.", false);
    check("Wax gel from any other maker is not covered.", false);
    check("Wax gel outside the criteria of this policy is not covered.", true);
    check("Wax gel is not covered for any other use.", true);
    check("Uses not listed above are not covered.", true);
}

#[test]
fn only_the_row_that_refuses_heads_the_items_below_it() {
    let stances = |rows: &str, items: &str| {
        let page = format!(
            "<h1>Care</h1><h2>Policy</h2><table><tr><th>Service</th><th>You pay</th></tr>{rows}</table>{items}"
        );
        let document = extract(format!("<html><body>{page}</body></html>").as_bytes(), &Limits::default());
        let summary = summary_of(&document.expect("it is HTML"));
        summary.stances.iter().filter(|one| one.item.is_some()).map(|one| one.service.clone()).collect::<Vec<_>>()
    };
    let refused = "<tr><td>Not covered:</td><td>All charges</td></tr>";
    let therapy = "<tr><td>Therapy</td><td>$20</td></tr>";
    let items = "<ul><li>Wax gel</li><li>Fat grafts</li></ul>";
    assert_eq!(stances(refused, items), [Some("Wax gel".to_owned()), Some("Fat grafts".to_owned())]);
    assert_eq!(stances(&format!("{refused}{therapy}"), items), []);
}
