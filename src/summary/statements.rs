//! Binding statements, and the document's stance from them.

use std::collections::BTreeSet;

use super::asides::{is_awaited, is_in_duty, is_within_criterion, leaves_to_a_person, speaks_law};
use super::kinds::{DocumentStance, ServiceStance};
use super::model::Statement;
use super::stance::{is_billing, is_code_caption, is_on_billing, stance};
use super::voice::binds_nobody;
use super::{View, handed, inline, subject};
use crate::document::Role;
use crate::finding::{Finding, FindingId};
use crate::policy::{Metadata, Tier};
use crate::rules::{Category, Scope};
use crate::text::Span;

/// Every binding statement in document order, one entry an item where a list or table names the services.
///
/// Binding are the operative stances of binding sections, guidelines, notes, and of sections whose kind is unknown.
/// Where these are none or next to none, sections fail open: what stands below a description, a notice or definitions
/// counts, too, or else what a code table says. What a policy on billing says of claims never counts.
pub(super) fn statements(view: &View<'_>, metadata: &Metadata) -> Vec<Statement> {
    let billing = is_on_billing(metadata);
    let binding = collect(view, metadata, |finding| {
        is_binding(view, metadata, finding) && !(billing && is_billing(view, finding))
    });
    if billing {
        return binding;
    }
    let aside = |finding: &Finding| {
        matches!(finding.tier, Some(Tier::Description | Tier::Notice | Tier::Definitions | Tier::History))
    };
    let tells = |statement: &&Statement| {
        statement.stance != ServiceStance::NotAddressed && !view.finding(&statement.finding).is_some_and(aside)
    };
    let told = binding.iter().filter(tells).count();
    // Each finding makes one statement at most: where too few stand aside, none of them is read.
    if told > 0 && view.findings.iter().filter(|finding| aside(finding)).count() <= 2 * told {
        return binding;
    }
    let open = collect(view, metadata, |finding| {
        let said =
            aside(finding) && finding.category != Category::InsufficientEvidence && may_bind(view, metadata, finding);
        said || is_binding(view, metadata, finding)
    });
    let more = open.len().saturating_sub(binding.len());
    if told > 0 {
        return if more >= FEWEST_ASIDE && more > 2 * told { open } else { binding };
    }
    let coding =
        collect(view, metadata, |finding| finding.tier == Some(Tier::Coding) || is_code_caption(view, finding));
    let found = if coding.is_empty() { open } else { coding };
    if found.is_empty() { binding } else { found }
}

/// So many statements outside of binding sections, and twice as many as in them, show that a heading was misread.
const FEWEST_ASIDE: usize = 4;

/// Whether a stance binds by its place: a use that is handed to another policy does wherever that is said.
fn is_binding(view: &View<'_>, metadata: &Metadata, finding: &Finding) -> bool {
    match finding.tier {
        _ if !may_bind(view, metadata, finding) => false,
        Some(Tier::Definitions) => false,
        _ if finding.category == Category::NotAddressed => true,
        Some(Tier::Binding | Tier::Guidelines | Tier::Note) | None => true,
        // The words over a list of criteria or services bind where the heading above them was not told from prose.
        Some(Tier::Description) => heads_list(view, finding),
        // A section of notices may hold a sentence of this policy's own.
        Some(Tier::Notice) => !finding.boilerplate && finding.category != Category::BenefitExclusion,
        _ => false,
    }
}

/// Whether a stance can bind by its words, wherever it stands.
fn may_bind(view: &View<'_>, metadata: &Metadata, finding: &Finding) -> bool {
    let by_the_way = !finding.span.is_empty() && is_within_criterion(view, finding);
    let captions = is_code_caption(view, finding) || is_label(view, finding) || is_title(view, metadata, finding);
    !captions
        && !by_the_way
        && !binds_nobody(view, metadata, finding)
        && !speaks_law(view, finding)
        && !is_awaited(view, finding)
        && !leaves_to_a_person(finding.sentence.of(&view.document.text))
        && !is_in_duty(view, finding)
}

/// Whether a finding stands in the words that introduce a list.
fn heads_list(view: &View<'_>, finding: &Finding) -> bool {
    let blocks = &view.document.blocks;
    let at = blocks.partition_point(|block| block.span.end() <= finding.sentence.start());
    let next = blocks[at..].iter().skip(1).find(|block| block.role != Role::Furniture);
    let listed = next.is_some_and(|next| {
        matches!(next.role, Role::Item { .. }) && next.lead_in.is_some_and(|head| head.index() == at)
    });
    listed && finding.sentence.of(&view.document.text).trim_end().ends_with(':')
}

/// Whether a sentence is the document's title, with a label before it or not.
fn is_title(view: &View<'_>, metadata: &Metadata, finding: &Finding) -> bool {
    const LABEL: usize = 24;
    let Some(title) = &metadata.title else { return false };
    let (title, words) = (
        crate::text::letters_and_digits(&title.value),
        crate::text::letters_and_digits(finding.sentence.of(&view.document.text)),
    );
    !title.is_empty() && words.ends_with(&title) && words.len() <= title.len() + LABEL
}

/// "Alternative covered services": words over a list, without a verb.
fn is_label(view: &View<'_>, finding: &Finding) -> bool {
    let words = finding.sentence.of(&view.document.text).to_lowercase();
    let verbs =
        [" is ", " are ", "will ", "may ", "cover ", "covers ", "provide", "approve", "consider", "when ", "if "];
    finding.lead_in.is_none()
        && matches!(finding.category, Category::MedicallyNecessary | Category::ConditionalCoverage)
        && words.split_whitespace().count() <= 4
        && !verbs.iter().any(|verb| words.contains(verb))
}

/// A stance with the words that carry it.
struct Spoken<'a> {
    finding: &'a Finding,
    stance: ServiceStance,
    /// The finding of the lead-in or table caption in whose words the stance is made.
    head: Option<&'a Finding>,
}

fn collect(view: &View<'_>, metadata: &Metadata, binds: impl Fn(&Finding) -> bool) -> Vec<Statement> {
    let stances: Vec<(&Finding, ServiceStance)> = view
        .operative()
        .filter(|finding| binds(finding))
        .filter_map(|finding| Some((finding, stance(view, finding)?)))
        .collect();
    let heads: BTreeSet<&FindingId> = stances.iter().filter_map(|(finding, _)| finding.lead_in.as_ref()).collect();
    let mut items = BTreeSet::new();
    let mut statements: Vec<Statement> = Vec::new();
    for &(finding, stance) in &stances {
        let is_heading = matches!(view.block_of(finding).role, Role::Heading { .. });
        let is_said = superseded(&stances, finding, stance) || is_reason(view, &stances, finding);
        if is_heading || heads.contains(&finding.id) || is_said {
            continue;
        }
        let spoken = spoken(view, &stances, finding, stance);
        let statement = statement(view, metadata, &spoken, &statements);
        if let Some(before) = statements.last_mut().filter(|before| says_why(view, before, &statement)) {
            // The label is the second sentence's: the quote holds both.
            before.quote = before.quote.cover(statement.quote);
            (before.stance, before.finding) = (statement.stance, statement.finding);
            continue;
        }
        if statement.item.is_none_or(|item| items.insert((statement.quote, item))) {
            statements.push(statement);
        }
    }
    statements
}

/// "Members may NOT be eligible for a lamp. This is considered investigational …": the second sentence gives the
/// label of the refusal before it.
fn says_why(view: &View<'_>, before: &Statement, statement: &Statement) -> bool {
    let text = &view.document.text;
    let points = ["This is ", "These are ", "It is ", "They are "]
        .iter()
        .any(|start| statement.quote.of(text).starts_with(start));
    let follows = before.quote.end() <= statement.quote.start()
        && text[before.quote.end()..statement.quote.start()].chars().all(|c| c == ' ');
    points && follows && before.item.is_none() && before.stance == ServiceStance::Excluded && statement.stance.refuses()
}

/// Whose words make the stance: its own, those of its lead-in, or, for a refusal in a table's row, those of the
/// caption that refuses all rows.
fn spoken<'a>(
    view: &View<'a>,
    stances: &[(&'a Finding, ServiceStance)],
    finding: &'a Finding,
    stance: ServiceStance,
) -> Spoken<'a> {
    if let Some(id) = &finding.lead_in {
        return Spoken { finding, stance, head: view.finding(id) };
    }
    let block = view.block_of(finding);
    let caption = block.lead_in.filter(|_| block.role == Role::Row && stance.refuses()).and_then(|caption| {
        let span = view.document.block(caption).span;
        within(stances, span).iter().rev().find(|(head, stance)| stance.refuses() && span.contains(head.sentence))
    });
    match caption {
        Some(&(head, stance)) => Spoken { finding, stance, head: Some(head) },
        None => Spoken { finding, stance, head: None },
    }
}

fn statement(view: &View<'_>, metadata: &Metadata, spoken: &Spoken<'_>, before: &[Statement]) -> Statement {
    let Spoken { finding, stance, head } = *spoken;
    let in_item = head.is_some() || finding.lead_in.is_some();
    let item = in_item.then_some(finding.sentence);
    let quote = over_list(view, head.unwrap_or(finding));
    let (service, indication) = subject::of(view, finding, head, item, metadata);
    let residual = is_rest(view, finding, quote, stance);
    Statement {
        service,
        indication,
        lines_of_business: finding.lines_of_business.clone(),
        states: finding.states.clone(),
        topics: finding.topics.clone(),
        stance,
        residual,
        quote,
        item,
        lists: if residual { lists(view, finding, before) } else { Vec::new() },
        hands_to: if stance == ServiceStance::NotAddressed {
            handed::to(view.document, finding.sentence)
        } else {
            Vec::new()
        },
        finding: finding.id.clone(),
        score: None,
    }
}

/// The sentence of a finding up to the list that it opens: the list's parts are criteria.
fn over_list(view: &View<'_>, finding: &Finding) -> Span {
    let sentence = finding.sentence;
    let end = inline::opening(sentence.of(&view.document.text)).map(|end| sentence.start() + end);
    end.filter(|end| finding.span.end() <= *end).map_or(sentence, |end| Span::new(sentence.start(), end))
}

/// Whether a statement is on the rest: by its scope, or in words as "for any use other than those above".
fn is_rest(view: &View<'_>, finding: &Finding, quote: Span, stance: ServiceStance) -> bool {
    let lower = quote.of(&view.document.text).to_lowercase();
    let words = finding.span.of(&view.document.text).to_lowercase();
    // "Gel does not meet coverage criteria" refuses gel; "gel that does not meet criteria" is the rest.
    let refused = words.contains("criteria") && words.contains("meet");
    let partial = [" if ", " when ", " that do", " which do", "request"].iter().any(|word| lower.contains(word));
    lower.contains("all other")
        || stance.refuses() && names_rest(&lower)
        || finding.scope == Scope::Residual && (partial || !refused)
}

/// Words on what a list leaves, wherever they stand.
const REST: [&str; 20] = [
    "other than those",
    "other than as ",
    "other than listed",
    "indication other than",
    "indications other than",
    "condition other than",
    "diagnosis other than",
    "not set out",
    "not described",
    "not mentioned",
    "not specifically",
    "rules above",
    "is not met",
    "are not met",
    "not meet the above",
    "not meet the criteria",
    "not meet these",
    "not meet this",
    "not satisfy",
    "reason not",
];

/// What "any other" must speak of.
const USES: [&str; 17] = [
    "use",
    "indication",
    "condition",
    "diagnos",
    "purpose",
    "reason",
    "situation",
    "circumstance",
    "service",
    "procedure",
    "test",
    "treatment",
    "therap",
    "application",
    "disease",
    "disorder",
    "listed",
];

/// What "outside the" must speak of.
const RULES: [&str; 13] = [
    "criteri",
    "indication",
    "condition",
    "use",
    "list",
    "polic",
    "guideline",
    "above",
    "parameter",
    "rule",
    "requirement",
    "range",
    "label",
];

/// Words behind "not listed" where the list is the policy's own.
const HERE: [&str; 12] =
    ["above", "below", "here", "herein", "in", "as", "is", "are", "will", "under", "within", "elsewhere"];

/// Words on the uses that a list leaves: "for any other use", "outside the criteria"; "care outside the United States"
/// is none.
fn names_rest(lower: &str) -> bool {
    // Behind the words, in their part of the sentence, stands one of these nouns.
    let before = |words: &str, nouns: &[&str]| {
        lower.match_indices(words).any(|(at, _)| {
            let behind = lower[at + words.len()..].split([',', ';', ':', '.', '(']).next().unwrap_or_default();
            behind.split_whitespace().take(5).any(|word| nouns.iter().any(|noun| word.starts_with(noun)))
        })
    };
    let listed = lower.match_indices("not listed").any(|(at, words)| {
        let behind = &lower[at + words.len()..];
        let next = behind.split_whitespace().next().unwrap_or_default();
        !behind.starts_with(' ') || HERE.contains(&next.trim_matches(|c: char| !c.is_alphabetic()))
    });
    REST.iter().any(|rest| lower.contains(rest))
        || listed
        || ["any other ", "every other ", "other than the "].iter().any(|words| before(words, &USES))
        || ["outside the ", "outside this ", "outside these ", "outside of "].iter().any(|words| before(words, &RULES))
}

/// The statements of whose lists a residual clause is the rest: those before it in its section, else before it at all.
fn lists(view: &View<'_>, finding: &Finding, before: &[Statement]) -> Vec<FindingId> {
    let section = |id: &FindingId| view.finding(id).map(|finding| view.block_of(finding).section);
    let own = view.block_of(finding).section;
    let listed = before.iter().filter(|other| !other.residual && other.stance != ServiceStance::NotAddressed);
    let mut here: Vec<&Statement> = listed.clone().filter(|other| section(&other.finding) == Some(own)).collect();
    if here.is_empty() {
        let last = listed.clone().next_back().and_then(|other| section(&other.finding));
        here = listed.filter(|other| section(&other.finding) == last).collect();
    }
    let mut quotes = BTreeSet::new();
    here.retain(|other| quotes.insert(other.quote));
    here.into_iter().map(|other| other.finding.clone()).collect()
}

/// The stances whose sentence begins in `span`.
fn within<'s, 'a>(stances: &'s [(&'a Finding, ServiceStance)], span: Span) -> &'s [(&'a Finding, ServiceStance)] {
    let before = |at: usize| stances.partition_point(|(finding, _)| finding.sentence.start() < at);
    &stances[before(span.start())..before(span.end())]
}

/// Whether another stance of the same sentence says it better: the label beside "not medically necessary",
/// the condition beside "medically necessary", the first of two alike.
fn superseded(stances: &[(&Finding, ServiceStance)], finding: &Finding, stance: ServiceStance) -> bool {
    let same: Vec<&(&Finding, ServiceStance)> = within(stances, finding.sentence)
        .iter()
        .filter(|(other, _)| other.sentence == finding.sentence && other.lead_in == finding.lead_in)
        .collect();
    // That evidence is lacking is the reason of what else is said.
    let is_said = |other: &Finding| other.category != Category::InsufficientEvidence;
    let has = |wanted: ServiceStance| same.iter().any(|(other, stance)| *stance == wanted && is_said(other));
    let of_stance = |own: &&&(&Finding, ServiceStance)| own.1 == stance && is_said(own.0) == is_said(finding);
    let first = same.iter().find(of_stance).is_some_and(|(other, _)| other.id == finding.id);
    match stance {
        ServiceStance::NotMedicallyNecessary if has(ServiceStance::Investigational) => true,
        ServiceStance::Excluded if has(ServiceStance::Investigational) || has(ServiceStance::NotMedicallyNecessary) => {
            true
        }
        ServiceStance::Covered if has(ServiceStance::CoveredWithCriteria) => true,
        ServiceStance::Investigational if finding.category == Category::InsufficientEvidence => same
            .iter()
            .any(|(other, other_stance)| other.id != finding.id && *other_stance != ServiceStance::NotAddressed),
        ServiceStance::NotAddressed => same.len() > 1 && !(first && same.iter().all(|(_, other)| *other == stance)),
        _ => !first,
    }
}

/// Whether lacking evidence is only the reason of a refusal that its paragraph made before.
fn is_reason(view: &View<'_>, stances: &[(&Finding, ServiceStance)], finding: &Finding) -> bool {
    let before = Span::new(view.block_of(finding).span.start(), finding.sentence.start());
    finding.category == Category::InsufficientEvidence
        && within(stances, before)
            .iter()
            .any(|(other, stance)| stance.refuses() && other.category != Category::InsufficientEvidence)
}

/// The document's stance.
pub(super) fn document_stance(statements: &[Statement]) -> DocumentStance {
    let any = |wanted: fn(ServiceStance) -> bool| statements.iter().any(|statement| wanted(statement.stance));
    let covered = any(|stance| stance == ServiceStance::Covered);
    let conditional = any(|stance| stance == ServiceStance::CoveredWithCriteria);
    let refused = any(ServiceStance::refuses);
    match (covered || conditional, refused) {
        (true, true) => DocumentStance::Mixed,
        (true, false) if conditional => DocumentStance::CoveredWithCriteria,
        (true, false) => DocumentStance::Covered,
        (false, true) => DocumentStance::NotCovered,
        (false, false) => DocumentStance::Silent,
    }
}

/// The words of a list item without its marker.
pub(super) fn item_words(view: &View<'_>, item: Span) -> String {
    let block = view.block_at(item);
    let start = (block.span.start() + block.marker_len as usize).max(item.start()).min(item.end());
    crate::text::single_blanks(&view.document.text[start..item.end()])
}
