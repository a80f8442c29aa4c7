//! Versions side by side.

use super::*;

fn finding(label: &str, words: &str, heading: &str) -> Item {
    let (label, words) = (label.to_owned(), words.to_owned());
    Item { kind: ItemKind::Finding, label, words, tier: Some("S1".to_owned()), heading: Some(heading.to_owned()) }
}

fn edition(items: &[Item]) -> Edition {
    let text = items.iter().map(|item| item.words.as_str()).collect::<Vec<_>>().join("\n");
    Edition { text, reader: "pdf/1".to_owned(), rules: "r".to_owned(), items: items.to_vec() }
}

const REFUSED: &str = "Knee injections of platelet-rich plasma are considered investigational.";

fn check(old: &Edition, new: &Edition, expected: &[(Change, Whose)]) {
    let found: Vec<(Change, Whose)> = changes(old, new).iter().map(|event| (event.change, event.whose)).collect();
    assert_eq!(found, expected);
}

#[test]
fn nothing_changes_between_a_version_and_itself_in_other_typography() {
    let old = edition(&[finding("a", REFUSED, "Policy"), finding("b", "The plan's terms apply.", "Policy")]);
    let new = edition(&[
        finding("a", &REFUSED.to_uppercase(), "POLICY:"),
        finding("b", "The plan\u{2019}s  terms apply", "Policy"),
    ]);
    check(&old, &new, &[]);
}

#[test]
fn words_that_stand_in_one_version_alone_are_the_payers_change() {
    let old = edition(&[finding("a", REFUSED, "Policy")]);
    check(&old, &edition(&[]), &[(Change::Dropped, Whose::PayerWords)]);
    check(&edition(&[]), &old, &[(Change::Added, Whose::PayerWords)]);
    let new = edition(&[finding(
        "a",
        "Knee and hip injections of platelet-rich plasma are considered investigational.",
        "Policy",
    )]);
    check(&old, &new, &[(Change::Reworded, Whose::PayerWords)]);
    let far = edition(&[finding("a", "Sleep studies at home are investigational.", "Policy")]);
    check(&old, &far, &[(Change::Dropped, Whose::PayerWords), (Change::Added, Whose::PayerWords)]);
}

#[test]
fn the_same_words_under_another_label_are_ours_when_we_read_otherwise() {
    let old = edition(&[finding("a", REFUSED, "Policy")]);
    let new = edition(&[finding("b", REFUSED, "Policy")]);
    check(&old, &new, &[(Change::Relabelled, Whose::PayerPlace)]);
    let ours = Edition { rules: "other".to_owned(), ..new };
    check(&old, &ours, &[(Change::Relabelled, Whose::Ours)]);
    let unseen = Edition { items: Vec::new(), ..ours };
    check(&old, &unseen, &[(Change::Dropped, Whose::Ours)]);
    check(&unseen, &old, &[(Change::Added, Whose::Ours)]);
}

#[test]
fn another_section_is_a_move_and_one_of_two_equal_sentences_is_dropped() {
    let old = edition(&[finding("a", REFUSED, "Policy"), finding("a", REFUSED, "Policy")]);
    let new = edition(&[finding("a", REFUSED, "Background")]);
    check(&old, &new, &[(Change::Dropped, Whose::PayerPlace), (Change::Moved, Whose::PayerPlace)]);
}

#[test]
fn a_sentence_that_is_cut_otherwise_is_no_change() {
    let whole = format!("{REFUSED} See the list below.");
    let text = format!("{REFUSED} See the list below. Other words.");
    let old = Edition { text: text.clone(), ..edition(&[finding("a", REFUSED, "Policy")]) };
    let new = Edition { text, ..edition(&[finding("a", &whole, "Policy")]) };
    check(&old, &new, &[]);
    let longer = edition(&[finding("a", &format!("{REFUSED} Hips too."), "Policy")]);
    check(&edition(&old.items), &longer, &[(Change::Reworded, Whose::PayerWords)]);
}

#[test]
fn statements_come_first_and_dropped_ones_before_the_rest() {
    let statement = Item { kind: ItemKind::Statement, ..finding("covered", "Sleep studies are covered.", "Policy") };
    let old = edition(&[finding("a", REFUSED, "Policy")]);
    let new = edition(&[finding("a", "Gene panels need prior authorization.", "Policy"), statement]);
    let order: Vec<(Option<usize>, Option<usize>)> = changes(&old, &new).iter().map(|e| (e.old, e.new)).collect();
    assert_eq!(order, [(None, Some(1)), (Some(0), None), (None, Some(0))]);
}
