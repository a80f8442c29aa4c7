//! What the policy says of evidence: the payer's test, the limbs that it says fail, the studies it asks for, what it
//! cites last, and the societies that it quotes in favour.

use std::collections::BTreeSet;

use super::View;
use super::model::{Evidence, Limb, Wanted};
use crate::document::Role;
use crate::finding::Finding;
use crate::policy::{Metadata, Tier};
use crate::rules::{Category, EvidenceWord, Group};
use crate::text::Span;

/// How many sentences in favour, and how many kinds of studies, are kept.
const MOST: usize = 6;

/// The card of one document.
pub(super) fn evidence(view: &View<'_>, metadata: &Metadata) -> Evidence {
    let conclusions = view.operative().filter(|finding| finding.category == Category::InsufficientEvidence);
    let conclusions: Vec<&Finding> = conclusions.collect();
    let sentences = sentences(view);
    let (newest_reference, newest_guideline) = newest(view);
    Evidence {
        newest_reference,
        newest_guideline,
        limbs: limbs(view, &sentences),
        studies: studies(view, &sentences, &conclusions),
        supporting: supporting(view, &sentences, metadata),
        conclusions: conclusions.iter().map(|finding| finding.id.clone()).collect(),
    }
}

/// A sentence with the words of the table that stand in it.
struct Sentence {
    span: Span,
    tier: Option<Tier>,
    role: Role,
    words: Vec<EvidenceWord>,
    /// Whether the first society stands before the first verb in favour, and near it.
    favours: bool,
}

/// The widest gap between a society's name and its verb, in bytes.
const NEAR: usize = 140;

impl Sentence {
    fn has(&self, word: EvidenceWord) -> bool {
        self.words.contains(&word)
    }
}

/// The sentences that hold a word of the table, outside of references and history.
fn sentences(view: &View<'_>) -> Vec<Sentence> {
    let document = view.document;
    let mut places: Vec<(usize, EvidenceWord)> =
        view.rules.evidence.places(&document.text).map(|(word, span)| (span.start(), word)).collect();
    places.sort_unstable();
    let mut found = Vec::new();
    for block in &document.blocks {
        let tier = block.tier.or(document.sections[block.section.index()].tier);
        let from = places.partition_point(|(at, _)| *at < block.span.start());
        let here = &places[from..places.partition_point(|(at, _)| *at < block.span.end())];
        let left_out = matches!(block.role, Role::Furniture | Role::Heading { .. });
        if here.is_empty() || left_out || matches!(tier, Some(Tier::References | Tier::History)) {
            continue;
        }
        for span in crate::text::sentences(block.span.of(&document.text)) {
            let span = span.shifted(block.span.start());
            let inside = here.iter().filter(|(at, _)| span.start() <= *at && *at < span.end());
            let inside: Vec<(usize, EvidenceWord)> = inside.copied().collect();
            let first = |wanted: EvidenceWord| inside.iter().find(|(_, word)| *word == wanted).map(|(at, _)| *at);
            let favours = matches!((first(EvidenceWord::Society), first(EvidenceWord::Supports)),
                (Some(name), Some(verb)) if name < verb && verb - name <= NEAR);
            let words: Vec<EvidenceWord> = inside.iter().map(|(_, word)| *word).collect();
            if !words.is_empty() {
                found.push(Sentence { span, tier, role: block.role, words, favours });
            }
        }
    }
    found
}

/// Whether a sentence refuses, or calls evidence insufficient, in the payer's own words.
fn refuses(view: &View<'_>, sentence: Span) -> bool {
    view.findings_in(sentence).filter(|finding| finding.operative).any(|finding| {
        let group = finding.category.group();
        finding.category == Category::InsufficientEvidence
            || matches!(group, Some(Group::Investigational | Group::NotMedicallyNecessary))
    })
}

/// The limbs of the payer's test: where each is stated, and the first of its own sentences that says it fails.
fn limbs(view: &View<'_>, sentences: &[Sentence]) -> Vec<Limb> {
    let terms = &view.rules.evidence;
    let found = terms.limbs.iter().enumerate().map(|(number, term)| {
        let word = EvidenceWord::Limb(number);
        let mine = || sentences.iter().filter(move |sentence| sentence.has(word));
        let failed = mine().find(|sentence| refuses(view, sentence.span) && !states(view, sentence));
        let stated = mine().find(|sentence| states(view, sentence));
        Limb {
            id: term.id.clone(),
            says: term.says.clone(),
            stated: stated.map(|sentence| sentence.span),
            failed: failed.map(|sentence| sentence.span),
        }
    });
    found.filter(|limb| limb.stated.is_some() || limb.failed.is_some()).collect()
}

/// Whether a sentence states a test: what evidence "must" show, in words that are not the evidence's description.
fn states(view: &View<'_>, sentence: &Sentence) -> bool {
    if matches!(sentence.tier, Some(Tier::Evidence)) || sentence.has(EvidenceWord::Society) {
        return false;
    }
    let words = sentence.span.of(&view.document.text).to_lowercase();
    let must = ["must ", "means ", "defined as", "definition", "shall ", "should demonstrate", "criteria:"];
    let tests = must.iter().any(|word| words.contains(word));
    let defines = view.findings_in(sentence.span).any(|finding| finding.category == Category::Definition);
    tests
        || defines
        || matches!(sentence.role, Role::Item { .. }) && words.starts_with("the ") && words.contains(" must ")
}

/// The kinds of studies that the payer's conclusions, or the sentences beside them, ask for or miss.
fn studies(view: &View<'_>, sentences: &[Sentence], conclusions: &[&Finding]) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut seen = BTreeSet::new();
    let blocks: BTreeSet<Span> = conclusions.iter().map(|finding| view.block_of(finding).span).collect();
    let beside = |span: Span| blocks.contains(&view.block_at(span).span);
    for sentence in sentences {
        let of_payer = conclusions.iter().any(|finding| finding.sentence == sentence.span);
        let asks = sentence.has(EvidenceWord::Asks) && !sentence.has(EvidenceWord::Unless);
        let wants = of_payer || asks && beside(sentence.span);
        if !wants {
            continue;
        }
        for (number, term) in view.rules.evidence.studies.iter().enumerate() {
            if sentence.has(EvidenceWord::Study(number)) && wanted.len() < MOST && seen.insert(number) {
                wanted.push(Wanted { id: term.id.clone(), says: term.says.clone(), quote: sentence.span });
            }
        }
    }
    wanted
}

/// Words of a title that many policies have.
const PLAIN: [&str; 18] = [
    "policy",
    "medical",
    "coverage",
    "clinical",
    "testing",
    "tests",
    "therapy",
    "treatment",
    "services",
    "procedures",
    "disease",
    "disorders",
    "guideline",
    "health",
    "conditions",
    "genetic",
    "patients",
    "applications",
];

/// Sentences of evidence sections in which a society is in favour of what the policy is about.
fn supporting(view: &View<'_>, sentences: &[Sentence], metadata: &Metadata) -> Vec<Span> {
    let title = metadata.title.as_ref().map(|title| title.value.to_lowercase()).unwrap_or_default();
    let telling: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 5 && !PLAIN.contains(word)).collect();
    let about = |sentence: &Sentence| {
        let words = sentence.span.of(&view.document.text).to_lowercase();
        telling.iter().any(|word| words.contains(word.strip_suffix('s').unwrap_or(word)))
    };
    let in_favour = sentences
        .iter()
        .filter(|sentence| matches!(sentence.tier, Some(Tier::Evidence | Tier::Description) | None))
        .filter(|sentence| sentence.favours)
        .filter(|sentence| !sentence.has(EvidenceWord::Unless) && about(sentence))
        .filter(|sentence| view.findings_in(sentence.span).all(|finding| !finding.operative));
    in_favour.map(|sentence| sentence.span).take(MOST).collect()
}

/// The year of the newest reference, and the newest reference that is a guideline.
fn newest(view: &View<'_>) -> (Option<i16>, Option<Span>) {
    let document = view.document;
    let references = document
        .blocks
        .iter()
        .filter(|block| document.sections[block.section.index()].tier == Some(Tier::References))
        .filter(|block| !matches!(block.role, Role::Heading { .. } | Role::Furniture));
    let (mut newest, mut guideline): (Option<i16>, Option<(i16, Span)>) = (None, None);
    for block in references {
        let words = block.span.of(&document.text);
        let Some(year) = years(words).max() else { continue };
        newest = newest.max(Some(year));
        let lower = words.to_lowercase();
        let is_guideline = ["guideline", "consensus", "position statement", "recommendation", "practice parameter"]
            .iter()
            .any(|word| lower.contains(word));
        if is_guideline && words.len() < 600 && guideline.is_none_or(|(known, _)| year > known) {
            guideline = Some((year, block.span));
        }
    }
    (newest, guideline.map(|(_, span)| span))
}

/// The years of citations: four digits of 1950 to 2049 that are a word of their own in front of `;`, `.`, `,`, `)` or
/// a blank.
fn years(text: &str) -> impl Iterator<Item = i16> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '/' && c != ':')
        .filter(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1950..2050).contains(year))
}
