//! What whole documents print about themselves.

use crate::extract::{Limits, extract};
use crate::policy::Metadata;

fn metadata(text: &str) -> Metadata {
    extract(text.as_bytes(), &Limits::default()).expect("it is text").metadata
}

fn number(text: &str) -> Option<String> {
    metadata(text).number.map(|field| field.value)
}

#[test]
fn a_date_for_services_is_an_effective_date() {
    let text = "Local Coverage Determination (LCD)\n\nSock Therapy\n\nOriginal Effective Date\n\nFor services performed on or \
                after 12/12/2019\n\nRevision Effective Date\n\nFor services performed on or after 10/05/2023\n\nRevision \
                Ending Date\n\nN/A\n\nSocks are not covered.";
    let read = metadata(text);
    let dates = [read.original_effective, read.effective, read.last_review];
    let dates = dates.map(|field| field.map(|field| field.value.to_string()));
    assert_eq!(dates.each_ref().map(Option::as_deref), [Some("2019-12-12"), Some("2023-10-05"), None]);
}

#[test]
fn a_determination_has_the_number_of_its_own_label() {
    let page = "Local Coverage Determination (LCD)\n\nSock Therapy\n\nLCD ID\n\nL39999\n\nProposed LCD\n\nDL39998\n\n\
                Socks are not covered.";
    assert_eq!(number(page).as_deref(), Some("L39999"));
    let citing = "Sock Therapy\n\nMedical Policy: L39999 of the contractor\n\nSee DL39998.\n\nSocks are not covered.";
    assert_eq!(number(citing), None);
    let citing = "Sock Therapy\n\nSee also the LCD ID L39999 of the contractor.\n\nSocks are not covered.";
    assert_eq!(number(citing), None);
}

#[test]
fn the_section_of_the_manual_is_the_number_of_a_national_determination() {
    let page = "National Coverage Determination (NCD)\n\nPublication Number: 100-3\tManual Section Number: 90.9\n\
                Manual Section Title: Sock Therapy\tVersion Number: 2\nEffective Date of this Version: 01/27/2020\n\n\
                Socks are covered where feet are cold.";
    let read = metadata(page);
    assert_eq!(read.number.map(|field| field.value).as_deref(), Some("90.9"));
    assert_eq!(read.title.map(|field| field.value).as_deref(), Some("Sock Therapy"));
    assert_eq!(read.effective.map(|field| field.value.to_string()).as_deref(), Some("2020-01-27"));
}

fn title(text: &str) -> Option<String> {
    metadata(text).title.map(|field| field.value)
}

const BODY: &str = "\n\nCOVERED\n\nSocks are covered where feet are cold.\n";

#[test]
fn a_title_in_plain_type_stands_above_its_labels() {
    let front = "Reed Dental\nDental Clinical Policy DCP-14\nWool Implants and Toe Imaging\n\nEffective:    1/1/2026\n\nABOUT SOCKS";
    assert_eq!(title(&format!("{front}{BODY}")).as_deref(), Some("Wool Implants and Toe Imaging"));
    let front =
        "Reed and Harbor Blue Cross and Blue Shield\n\nWool Socks for Feet\n\nPolicy # 00417\n\nWHEN SOCKS MAY BE WORN";
    assert_eq!(title(&format!("{front}{BODY}")).as_deref(), Some("Wool Socks for Feet"));
}

#[test]
fn what_a_label_says_is_no_title() {
    let front = "Cold Feet: Socks and Shoes              Effective Date: 07/23/2026\n\nReed Health Plan\n\nEffective Date: 07/23/2026\n\n\
                 Change Summary: Updated criteria, codes, references";
    assert_eq!(title(&format!("{front}{BODY}")).as_deref(), Some("Cold Feet: Socks and Shoes"));
    let page =
        "<html><body><h1>Medical Policy No. MP-91417</h1><h2>Wool Socks</h2><p>Socks are covered.</p></body></html>";
    assert_eq!(title(page).as_deref(), Some("Wool Socks"));
}

#[test]
fn the_next_review_at_the_end_of_a_history_is_no_last_one() {
    let page = format!(
        "Wool Socks\n\nPolicy Number: MP-917\n\nEffective Date: 05/01/2026{BODY}\n{}Policy History\n\n03/11/2026 Annual review. No \
         change.\n\n03/05/2025 New policy.\n\nNext Scheduled Review Date: 03/2027\n",
        "Socks are worn on feet.\n\n".repeat(60)
    );
    let read = metadata(&page);
    assert_eq!(read.next_review.map(|field| field.value.to_string()).as_deref(), Some("2027-03-01"));
    assert_eq!(read.last_review.map(|field| field.value.to_string()).as_deref(), Some("2026-03-11"));
}
