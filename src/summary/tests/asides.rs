//! Sentences that take a stance only by the way.

use super::*;

#[test]
fn what_a_law_says_to_insurers_is_no_statement_and_no_barrier() {
    let law =
        "Each policy issued in this state shall provide coverage for wax gel, and no prior authorization is required.";
    let some = "Some states require benefit coverage for services that the plan considers to be unproven.";
    assert_eq!(stances(&[(Tier::Binding, &[law, some])]).1, []);
    assert_eq!(barriers(&[(Tier::Binding, &[law, some])]), Vec::<String>::new());
    let own = "The plan shall provide coverage for wax gel.";
    assert_eq!(stances(&[(Tier::Binding, &[own])]).1, [(ServiceStance::Covered, false)]);
}

#[test]
fn a_duty_to_send_papers_is_no_lever() {
    let levers = |sentence: &str| summary(&[(Tier::Binding, &[sentence])]).levers.len();
    assert_eq!(levers("Medical records must be submitted with the request for individual consideration."), 0);
    assert_eq!(levers("Requests that do not meet criteria will be reviewed on a case-by-case basis."), 1);
}

#[test]
fn a_reason_within_a_criterion_refuses_nothing() {
    let item = "• No other graft in 12 months, as a second graft is not medically necessary";
    let refusal = "• A graft of wax is not medically necessary";
    let stance = |item: &str| stances(&[(Tier::Binding, &[COVERAGE, item])]).0;
    assert_eq!((stance(item), stance(refusal)), (DocumentStance::CoveredWithCriteria, DocumentStance::Mixed));
    assert_eq!(barriers(&[(Tier::Binding, &[COVERAGE, item])]).len(), 0);
}

#[test]
fn a_criterion_that_goes_on_states_nothing() {
    let stance = |item: &str| stances(&[(Tier::Binding, &[COVERAGE, item])]).0;
    assert_eq!(stance("• Surgery was declined or is not covered; AND"), DocumentStance::CoveredWithCriteria);
    assert_eq!(stance("• Surgery is not covered"), DocumentStance::Mixed);
    let all = |item: &str| stances(&[(Tier::Binding, &[COVERAGE, item])]).1.len();
    assert_eq!(all("• Benefits are available under the contract, and"), 1);
}

#[test]
fn a_refusal_among_criteria_with_a_clause_before_it_refuses() {
    for item in [
        "• Repeat treatment where no improvement was seen is not medically necessary",
        "• Grafts for which no clearance exists are investigational",
        "• Grafts unless the burn is deep are not medically necessary",
    ] {
        assert_eq!(stances(&[(Tier::Binding, &[COVERAGE, item])]).0, DocumentStance::Mixed, "{item}");
        assert_eq!(barriers(&[(Tier::Binding, &[COVERAGE, item])]).len(), 1, "{item}");
    }
    let reason = "Requests must include photographs because cosmetic surgery is not covered.";
    assert_eq!(stances(&[(Tier::Binding, &[reason])]).0, DocumentStance::NotCovered);
    assert_eq!(barriers(&[(Tier::Binding, &[reason])]), [reason]);
    let refused = [
        "Wax gel is considered investigational in any of the following:",
        "• Burns, as gel is not medically necessary",
    ];
    assert_eq!(barriers(&[(Tier::Binding, &refused)]).len(), 2);
    let clause = "• No fever for which a graft is not medically necessary";
    assert_eq!(stances(&[(Tier::Binding, &[COVERAGE, clause])]).0, DocumentStance::CoveredWithCriteria);
}

#[test]
fn a_finding_behind_a_duty_stands() {
    let stance = |sentence: &str| stances(&[(Tier::Binding, &[sentence])]).0;
    let refused = "Records must document failed therapy; otherwise wax gel is not medically necessary.";
    assert_eq!(stance(refused), DocumentStance::NotCovered);
    assert!(barriers(&[(Tier::Binding, &[refused])]).contains(&refused.to_owned()));
    assert_eq!(stance("Records must document that wax gel is medically necessary."), DocumentStance::Silent);
    let neglect = "Suppliers must verify eligibility; failure to do so may result in denial of payment.";
    assert_eq!(stance(neglect), DocumentStance::Silent);
}

#[test]
fn what_must_be_tried_first_is_a_condition_and_a_trial_of_the_item_is_none() {
    let stance = |sentence: &str| stances(&[(Tier::Binding, &[sentence])]).0;
    for sentence in [
        "Two drugs must be tried before wax gel is considered medically necessary.",
        "A trial of two drugs is required before wax gel is considered medically necessary.",
        "Failure of two drugs is required before wax gel is considered medically necessary.",
    ] {
        assert_eq!(stance(sentence), DocumentStance::CoveredWithCriteria, "{sentence}");
    }
    for sentence in [
        "A four-week trial is required before wax gel is considered medically necessary.",
        "A rental of the gel lamp is required before a lamp is considered medically necessary.",
    ] {
        assert_eq!(stance(sentence), DocumentStance::Silent, "{sentence}");
    }
}

#[test]
fn what_the_director_may_approve_by_the_criteria_is_coverage() {
    let stance = |sentence: &str| stances(&[(Tier::Binding, &[sentence])]).1.len();
    assert_eq!(stance("The medical director may approve wax gel when the member is 18 or older."), 1);
    assert_eq!(stance("The medical director may approve wax gel for individuals when burns are deep."), 1);
    assert_eq!(stance("The medical director may approve wax gel when these criteria are not met."), 0);
}
