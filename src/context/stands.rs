//! How a match stands: present, negated, historical, hypothetical, attributed, definitional, reference.

use super::Mechanism;
use super::borrowed;
use super::narrative::{addresses_members, explains_term, names_coverage, names_label, names_payer, names_terms};
use super::speaker::Speakers;
use super::subject;
use super::view::{CueAt, Views, mechanism, words_in};
use crate::document::Role;
use crate::finding::CueWords;
use crate::policy::{Tier, dates};
use crate::rules::{Assertion, Category, Effect, Group, Holder, RuleIndex};
use crate::text::Span;

/// The assertion of a match and what decided it.
pub(super) struct Stand {
    pub(super) assertion: Assertion,
    pub(super) holder: Option<Holder>,
    pub(super) operative: bool,
    pub(super) unclear: bool,
    pub(super) cues: Vec<CueWords>,
}

/// The look-alike cue or the mechanism that shows that a match is no finding at all.
pub(super) fn veto(
    views: &Views<'_>,
    index: usize,
    rule: RuleIndex,
    span: Span,
    reached: &[CueAt],
) -> Option<CueWords> {
    if let Some(&at) = reached.iter().find(|at| views.cue(at.cue).effect == Effect::Veto) {
        return Some(views.words(at));
    }
    let category = views.rule(rule).category;
    if category == Category::StepTherapy && views.keeps(Mechanism::Vetoes) && subject::is_tests(views.document) {
        return Some(mechanism("document/of-tests"));
    }
    let row = views.keeps(Mechanism::CodeRows) && views.block(index).role == Role::Row;
    if row && views.tier(index) == Some(Tier::Coding) && !stands_in_code_rows(category) {
        return Some(mechanism("section/code-descriptor"));
    }
    let heading = views.keeps(Mechanism::Headings) && matches!(views.block(index).role, Role::Heading { .. });
    let stands_alone = category == Category::PriorAuthorization
        || !is_lever(category) && fills_heading(views, index, span)
        || words_in(views.sentence_text(index)) >= TOPIC_WORDS;
    if heading && !stands_alone {
        return Some(mechanism("section/heading-is-topic"));
    }
    let link = views.keeps(Mechanism::Links)
        && views.block(index).role == Role::Furniture
        && is_lever(category)
        && words_in(views.sentence_text(index)) <= LINK_WORDS;
    link.then(|| mechanism("section/link"))
}

/// Page furniture of so few words is a link and states nothing.
const LINK_WORDS: usize = 5;

/// A heading of so many words states something and names no topic.
const TOPIC_WORDS: usize = 14;

fn is_lever(category: Category) -> bool {
    matches!(
        category.group(),
        Some(
            Group::IndividualReview
                | Group::PlanTermsControl
                | Group::Mandate
                | Group::TrialAccess
                | Group::DisputeRights
        )
    )
}

/// Categories whose words in a row of a coding table are the payer's and no descriptor's.
fn stands_in_code_rows(category: Category) -> bool {
    matches!(
        category.group(),
        Some(
            Group::Investigational
                | Group::NotMedicallyNecessary
                | Group::NotCovered
                | Group::UtilizationLimit
                | Group::CoveredWhen
        )
    )
}

/// Whether the match is most of a heading's letters: such a heading states the stance, others are topics.
fn fills_heading(views: &Views<'_>, index: usize, span: Span) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    2 * letters(span.of(&views.document.text)) >= letters(views.sentence_text(index))
}

/// Decides how a match stands.
///
/// In this order: a question and a line of a table of contents, which decide nothing; what section and content
/// together show to be history or a citation; negation; history words; definition; reference; another speaker in the
/// sentence; hypothesis; a speaker carried from the heading or the paragraph; the tier of narrative sections for
/// criteria-like words.
pub(super) fn decide(
    views: &Views<'_>,
    speakers: &Speakers,
    index: usize,
    rule: RuleIndex,
    span: Span,
    reached: &[CueAt],
) -> Stand {
    let category = views.rule(rule).category;
    if views.keeps(Mechanism::Hypothesis) && views.sentence_text(index).trim_end().ends_with('?') {
        return by_mechanism(Assertion::Hypothetical, None, "words/question");
    }
    if views.keeps(Mechanism::Headings) && is_contents_line(views, index) {
        return by_mechanism(Assertion::Reference, None, "words/contents-line");
    }
    let payer = reached.iter().find(|at| views.cue(at.cue).effect == Effect::PayerSpeaks).copied();
    if views.keeps(Mechanism::Sections) && is_former(views, index) {
        return by_mechanism(Assertion::Historical, None, "section/history");
    }
    if let Some(stand) = by_corroborated_section(views, index, category, payer.is_some()) {
        return stand;
    }
    if let Some(stand) = by_cue(views, index, category, span, reached, payer) {
        return stand;
    }
    if let Some(payer) = payer {
        return present(vec![views.words(payer)], false);
    }
    if let Some(stand) = by_borrowed_words(views, index, category, span) {
        return stand;
    }
    if let Some(stand) = by_carried_speaker(views, speakers, index, category) {
        return stand;
    }
    by_tier(views, index, category, span).unwrap_or_else(|| present(Vec::new(), false))
}

/// The order in which cues of the sentence decide.
const BY_CUE: [Assertion; 6] = [
    Assertion::Negated,
    Assertion::Historical,
    Assertion::Definitional,
    Assertion::Reference,
    Assertion::Attributed,
    Assertion::Hypothetical,
];

/// The first kind of cue that reaches the match, in the order of [`BY_CUE`]; the payer's own voice beats other speakers.
fn by_cue(
    views: &Views<'_>,
    index: usize,
    category: Category,
    span: Span,
    reached: &[CueAt],
    payer: Option<CueAt>,
) -> Option<Stand> {
    for wanted in BY_CUE {
        let found = reached.iter().find_map(|&at| match views.cue(at.cue).effect {
            Effect::Assert(assertion, holder) if assertion == wanted => Some((at, holder)),
            _ => None,
        });
        let Some((at, holder)) = found else { continue };
        if wanted == Assertion::Historical && subject::announces(views.document) && tells_what_is_new(views, at) {
            continue;
        }
        if wanted == Assertion::Attributed
            && let Some(payer) = payer
        {
            return Some(present(vec![views.words(payer)], true));
        }
        let reason = !says_that(views, at, span);
        if holder == Some(Holder::Society) && is_label(category) && !is_narrative(views.tier(index)) && reason {
            return Some(present(vec![views.words(at)], true));
        }
        return Some(Stand {
            assertion: wanted,
            holder,
            operative: false,
            unclear: wanted == Assertion::Historical && views.tier(index) == Some(Tier::Binding),
            cues: vec![views.words(at)],
        });
    }
    None
}

/// A speaker carried from the heading or the paragraph.
fn by_carried_speaker(views: &Views<'_>, speakers: &Speakers, index: usize, category: Category) -> Option<Stand> {
    let of_medicare = |holder| holder == Some(Holder::Cms) && category.group() == Some(Group::NotCovered);
    let carried = speakers.of(index).filter(|_| views.keeps(Mechanism::Speakers)).filter(|speaker| {
        let told = &views.cue(speaker.named_by.cue).categories;
        (told.is_empty() || told.contains(&category)) && (speaker_matters(category) || of_medicare(speaker.holder))
    });
    carried.map(|speaker| Stand {
        assertion: Assertion::Attributed,
        holder: speaker.holder,
        operative: false,
        unclear: false,
        cues: vec![views.words(speaker.named_by)],
    })
}

fn present(cues: Vec<CueWords>, unclear: bool) -> Stand {
    Stand { assertion: Assertion::Present, holder: None, operative: true, unclear, cues }
}

fn by_mechanism(assertion: Assertion, holder: Option<Holder>, name: &str) -> Stand {
    Stand { assertion, holder, operative: false, unclear: false, cues: vec![mechanism(name)] }
}

/// History and references, where heading and content agree. Levers survive: notices stand behind references.
fn by_corroborated_section(views: &Views<'_>, index: usize, category: Category, payer: bool) -> Option<Stand> {
    let section = views.section(index);
    if !section.corroborated || !views.keeps(Mechanism::Sections) {
        return None;
    }
    match section.tier {
        // On a page of updates the changes are the text in force.
        Some(Tier::History) if subject::announces(views.document) => None,
        Some(Tier::History) if !is_notice(category) || tells_a_change(views, index) => {
            Some(by_mechanism(Assertion::Historical, None, "section/history"))
        }
        Some(Tier::References) if !payer && speaker_matters(category) || is_entry(views, index) => {
            Some(by_mechanism(Assertion::Reference, None, "section/references"))
        }
        _ => None,
    }
}

fn is_contents_line(views: &Views<'_>, index: usize) -> bool {
    let behind = Span::new(views.sentence(index).end(), views.block(index).span.end());
    borrowed::is_contents_line(views.sentence_text(index), behind.of(&views.document.text))
}

/// "Effective prior to June 2017": below such a heading stands the text that was replaced, unless the policy took
/// effect before that day: then the text is in force and what replaces it is announced beside it.
fn is_former(views: &Views<'_>, index: usize) -> bool {
    const FORMER: [&str; 8] = [
        "effective prior to",
        "effective before",
        "prior to effective",
        "for dates of service prior to",
        "for dates of service before",
        "previous policy statement",
        "previous coverage",
        "superseded",
    ];
    let mut section = Some(views.section(index));
    while let Some(own) = section {
        let heading = own.heading.as_deref().unwrap_or_default().to_lowercase();
        if FORMER.iter().any(|words| heading.starts_with(words)) {
            let in_force = views.document.metadata.effective.as_ref().map(|field| field.value);
            let until = dates::first(own.heading.as_deref().unwrap_or_default()).map(|dated| dated.date);
            return until.zip(in_force).is_none_or(|(until, in_force)| in_force >= until);
        }
        section = own.parent.map(|parent| &views.document.sections[parent.index()]);
    }
    false
}

/// "Added statement that …", "Revised criteria: …", "now": a change by which the new words come in.
fn tells_what_is_new(views: &Views<'_>, at: CueAt) -> bool {
    let words = at.span.of(&views.document.text).to_lowercase();
    ["add", "revis", "updat", "new", "now", "expand", "clarif"].iter().any(|start| words.starts_with(start))
}

/// What payers print in notices, wherever those stand.
fn is_notice(category: Category) -> bool {
    matches!(category.group(), Some(Group::PlanTermsControl | Group::Mandate | Group::DisputeRights))
}

/// A row, a sentence with a number, or one that a history cue found: an entry of the log and no notice below it.
fn tells_a_change(views: &Views<'_>, index: usize) -> bool {
    views.block(index).role == Role::Row
        || views.sentence_text(index).bytes().any(|byte| byte.is_ascii_digit())
        || views
            .cues(index)
            .iter()
            .any(|&at| matches!(views.cue(at.cue).effect, Effect::Assert(Assertion::Historical, _)))
}

/// Whether the sentence, or the short block around it, is an entry of a bibliography.
fn is_entry(views: &Views<'_>, index: usize) -> bool {
    let block = views.block(index).span;
    borrowed::is_entry(views.sentence_text(index))
        || block.len() <= LONGEST_ENTRY && borrowed::is_entry(block.of(&views.document.text))
}

/// The longest entry of a bibliography, in bytes.
const LONGEST_ENTRY: usize = 400;

/// Quotations anywhere, and cited sentences where narrative stands.
fn by_borrowed_words(views: &Views<'_>, index: usize, category: Category, span: Span) -> Option<Stand> {
    if !speaker_matters(category) || !views.keeps(Mechanism::Quotations) {
        return None;
    }
    if views.is_quoted(span) {
        return Some(by_mechanism(Assertion::Attributed, Some(Holder::Author), "words/quotation"));
    }
    let binding = matches!(views.tier(index), Some(Tier::Binding | Tier::Guidelines | Tier::Coding | Tier::Note));
    (!binding && borrowed::cites(views.sentence_text(index)))
        .then(|| by_mechanism(Assertion::Attributed, Some(Holder::Author), "words/citation"))
}

/// Categories that another body's words can hold; levers of plan and law are the payer's wherever they stand.
fn speaker_matters(category: Category) -> bool {
    // Only payers speak of payment and of authorization.
    let pays = matches!(category, Category::BenefitExclusion | Category::NoncoveredCode | Category::PriorAuthorization);
    !pays && !matches!(category.group(), Some(Group::PlanTermsControl | Group::DisputeRights | Group::Mandate))
}

/// What the tier alone decides: in evidence and description, criteria-like words are narrative of trials;
/// in definitions, stances define.
fn by_tier(views: &Views<'_>, index: usize, category: Category, span: Span) -> Option<Stand> {
    let group = category.group();
    let words = span.of(&views.document.text);
    match views.tier(index).filter(|_| views.keeps(Mechanism::Tiers))? {
        Tier::Description if group == Some(Group::UtilizationLimit) && names_payer(views.sentence_text(index)) => None,
        Tier::Evidence | Tier::Description | Tier::References
            if matches!(group, Some(Group::UtilizationLimit | Group::TrialAccess))
                && category != Category::PriorAuthorization =>
        {
            Some(by_mechanism(Assertion::Attributed, Some(Holder::Author), "section/narrative"))
        }
        Tier::Evidence
            if matches!(group, Some(Group::DisputeRights | Group::NotCovered))
                && !addresses_members(views.sentence_text(index)) =>
        {
            Some(by_mechanism(Assertion::Attributed, Some(Holder::Author), "section/narrative"))
        }
        Tier::Evidence | Tier::Description
            if group == Some(Group::IndividualReview) && !names_payer(views.sentence_text(index)) =>
        {
            Some(by_mechanism(Assertion::Attributed, Some(Holder::Author), "section/narrative"))
        }
        Tier::Evidence | Tier::Description | Tier::References
            if matches!(category, Category::ConditionalCoverage | Category::MedicallyNecessary)
                && !names_coverage(words) =>
        {
            Some(by_mechanism(Assertion::Attributed, Some(Holder::Author), "section/narrative"))
        }
        Tier::Evidence
            if matches!(group, Some(Group::PlanTermsControl | Group::Mandate))
                && !names_terms(views.sentence_text(index)) =>
        {
            Some(by_mechanism(Assertion::Attributed, Some(Holder::Author), "section/narrative"))
        }
        Tier::Evidence if !speaker_matters(category) && borrowed::names_authors(views.sentence_text(index)) => {
            Some(by_mechanism(Assertion::Attributed, Some(Holder::Author), "words/citation"))
        }
        Tier::Evidence | Tier::Description if category == Category::NotMedicallyNecessary && names_label(words) => {
            Some(by_mechanism(Assertion::Attributed, Some(Holder::Fda), "section/narrative"))
        }
        Tier::Definitions
            if (is_stance(category) || explains_term(views.sentence_text(index))) && !concludes(views, index, span) =>
        {
            Some(by_mechanism(Assertion::Definitional, None, "section/definitions"))
        }
        _ => None,
    }
}

/// Labels that payers give; where policy stands, a society named beside one is its reason and not its speaker.
fn is_label(category: Category) -> bool {
    matches!(category.group(), Some(Group::Investigational | Group::NotMedicallyNecessary))
}

/// Whether the match stands in the clause that the cue's body says: "the agency has said that …".
fn says_that(views: &Views<'_>, at: CueAt, span: Span) -> bool {
    at.span.end() <= span.start() && views.document.text[at.span.end()..span.start()].trim_start().starts_with("that ")
}

/// Whether studies and other bodies' words are told there.
fn is_narrative(tier: Option<Tier>) -> bool {
    matches!(tier, Some(Tier::Evidence | Tier::References) | None)
}

fn is_stance(category: Category) -> bool {
    matches!(
        category.group(),
        Some(
            Group::Investigational
                | Group::NotMedicallyNecessary
                | Group::CoveredWhen
                | Group::InsufficientEvidence
                | Group::RegulatoryStatus
        )
    )
}

/// "… and is therefore not covered", "we may consider coverage of …": the payer's conclusion among definitions.
fn concludes(views: &Views<'_>, index: usize, span: Span) -> bool {
    let sentence = views.sentence(index);
    let said = views.document.text[sentence.start()..span.end()].to_lowercase();
    ["therefore", "thus", "will not be", "shall not be", "may consider"].iter().any(|word| said.contains(word))
}
