//! Our own words on a page are plain, and no word of a document is markup.

use super::{Single, data};
use crate::pipeline::{Collected, Compiled, Input, Place, Settings, Told, Wanted, Worked, work};
use crate::report::verify::elements;
use crate::report::{Analysis, Extraction, markdown};

/// Every sample policy in text form that stands beside the tests, and one with all that is awkward.
fn analyses() -> Vec<Analysis> {
    let samples = [
        include_str!("../../../corpora/policies/silverbirch-advantage/unlisted-codes-and-cell-therapy.txt"),
        include_str!("../../../corpora/policies/tamarack-community/new-technology-review.txt"),
        include_str!("../../../corpora/policies/cobalt-river/orthobiologics.html"),
        "Pond <script>alert(1)</script> Health\n\nPOLICY\n\nMoonlight \u{202e}therapy</script><img src=x onerror=alert(2)> is \
         considered investigational for all other indications.\n\nREFERENCES\n\n1. Doe J. Unproven. 2019.\n",
    ];
    let input = |(index, text): (usize, &&str)| Input {
        path: format!("{index}.txt"),
        place: Place::Bytes(text.as_bytes().to_vec()),
        told: Told { payer: Some("Pond\" onclick=\"alert(3)".to_owned()), ..Told::default() },
    };
    let inputs: Vec<Input> = samples.iter().enumerate().map(input).collect();
    read_whole(&inputs)
}

/// The analyses of `inputs` with their text.
pub(in crate::report) fn read_whole(inputs: &[Input]) -> Vec<Analysis> {
    let compiled = Compiled::embedded_and(&[]).expect("the packs are sound");
    let wanted = Wanted { analysis: true, extraction: true, text: false, ..Wanted::default() };
    let mut all = Collected(Vec::new());
    work(inputs, Some(&compiled), &Settings::default(), wanted, &mut all, |_| ()).expect("memory takes all");
    let whole = |worked: Worked| {
        let mut analysis = worked.analysis.expect("it was wanted");
        analysis.reading = worked.extraction.map(Extraction::reading);
        analysis
    };
    all.0.into_iter().map(whole).collect()
}

fn site(analyses: &[Analysis]) -> String {
    let mut single = Single::default();
    analyses.iter().for_each(|analysis| single.take(analysis).expect("memory takes it"));
    let mut out = Vec::new();
    single.finish(&mut out).expect("memory takes it");
    String::from_utf8(out).expect("a page is UTF-8")
}

/// Words of our trade that a reader should not meet.
fn jargon(words: &str) -> Option<String> {
    const TRADE: [&str; 9] =
        ["residual", "operative", "boilerplate", "tier", "e/i", "lead-in", "assertion", "kwic", "programme-wide"];
    let is_number = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c == 'K' || c == 'S')
            && chars.next().is_some_and(|c| c.is_ascii_digit())
            && word.len() <= 3
    };
    let mut words =
        words.split(|c: char| !c.is_alphanumeric() && !"/-.".contains(c)).map(|word| word.trim_end_matches('.'));
    words.find(|word| TRADE.contains(&word.to_lowercase().as_str()) || is_number(word)).map(str::to_owned)
}

#[test]
fn our_own_words_are_plain() {
    assert_eq!(jargon("a residual clause").as_deref(), Some("residual"));
    assert_eq!((jargon("E/I, K1").as_deref(), jargon("S1b").as_deref()), (Some("E/I"), Some("S1b")));
    let analyses = analyses();
    let mut ours = 0;
    elements(&site(&analyses), &mut |element| {
        let theirs = ["theirs", "qt", "bt", "struck", "hash"]
            .iter()
            .any(|class| element.attributes.split(['"', ' ']).any(|known| known == *class));
        if !theirs && !["script", "style", "mark", "title", "code", "option"].contains(&element.tag) {
            ours += element.words.len();
            assert_eq!(jargon(&element.words), None, "{}", element.words);
        }
    });
    assert!(ours > 5_000, "{ours} letters of ours were looked at");
    for analysis in &analyses {
        for finding in data::findings(analysis)["f"].as_object().expect("an object").values() {
            assert_eq!(jargon(finding["what"].as_str().expect("words")), None);
            for pair in finding["why"].as_array().expect("pairs") {
                let label = pair[0].as_str().expect("words");
                if !["rule", "under", "these words", "decided by"].contains(&label) {
                    assert_eq!(jargon(&format!("{label} {}", pair[1])), None);
                }
            }
        }
        let mut page = Vec::new();
        markdown(&mut page, analysis).expect("memory takes it");
        let page = String::from_utf8(page).expect("it is UTF-8");
        let ours = page.lines().filter(|line| !line.contains(['“', '—', ':']) && !line.starts_with("# "));
        ours.for_each(|line| assert_eq!(jargon(line), None, "{line}"));
    }
}

#[test]
fn words_of_a_document_are_no_markup() {
    let html = site(&analyses());
    assert!(html.contains("&lt;script&gt;alert(1)") && html.contains("&lt;img src=x"), "the words are there");
    for markup in ["<script>alert", "<img", "onclick=\"alert", "\u{202e}"] {
        assert!(!html.contains(markup), "{markup}");
    }
    // Two scripts of ours that the page's policy names, and data that never runs.
    assert_eq!(html.matches("<script>").count(), 2);
    assert_eq!(html.matches("<script").count() - html.matches("<script type=\"application/json\"").count(), 2);
}
