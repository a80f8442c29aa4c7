//! The leverage summary made into its JSON: spans become quotes with their pages, identifiers words.

use std::collections::BTreeMap;

use super::finding::{SectionModel, SpanModel};
use super::place::Places;
use super::summary::{
    BarrierModel, CodeModel, ContradictionModel, CriterionModel, EvidenceModel, HistoryModel, LawModel, LeverModel,
    LimbModel, OvertakenModel, PartsModel, PlacedModel, ScoreModel, SideModel, SilenceModel, StalenessModel,
    StanceModel, SummaryModel, WantedModel,
};
use crate::finding::{Finding, FindingId};
use crate::rules::LawRow;
use crate::summary::{
    Barrier, Change, CodeMention, Contradiction, Criterion, Evidence, HistoryEvent, Lever, LeverageSummary, Limb,
    Score, Side, Silence, Staleness, Statement, Tenths, Wanted,
};
use crate::text::Span;

/// Findings by id, for the words behind a line of the summary.
struct Lookup<'a, 'd> {
    places: &'a Places<'d>,
    findings: BTreeMap<&'a FindingId, &'a Finding>,
}

impl Lookup<'_, '_> {
    fn quoted(&self, id: &FindingId) -> (String, Option<u32>, SectionModel) {
        let Some(finding) = self.findings.get(id) else {
            return (String::new(), None, SectionModel { tier: None, heading: None });
        };
        let section =
            SectionModel { tier: finding.tier.map(|tier| tier.id().to_owned()), heading: finding.heading.clone() };
        (self.places.quote(finding.sentence).0, self.places.page(finding.sentence), section)
    }
}

impl SummaryModel {
    pub(super) fn of(summary: &LeverageSummary, places: &Places<'_>, findings: &[Finding]) -> SummaryModel {
        let findings = findings.iter().map(|finding| (&finding.id, finding)).collect();
        let lookup = Lookup { places, findings };
        SummaryModel {
            stance: summary.stance.id().to_owned(),
            stances: summary.stances.iter().map(|statement| stance(statement, &lookup)).collect(),
            barriers: summary.barriers.iter().map(|one| barrier(one, &lookup)).collect(),
            levers: summary.levers.iter().map(|one| lever(one, &lookup)).collect(),
            criteria: summary.criteria.iter().map(|one| criterion(one, places)).collect(),
            contradictions: summary.contradictions.iter().map(|one| contradiction(one, places)).collect(),
            silences: summary.silences.iter().copied().map(silence).collect(),
            history: summary.history.iter().map(|event| history(event, places)).collect(),
            evidence: evidence(&summary.evidence, places),
            staleness: staleness(&summary.staleness, places),
            codes: summary.codes.iter().map(|mention| code(mention, places)).collect(),
            law: summary.law.iter().map(law).collect(),
            notes: summary.notes.iter().map(|note| note.text.clone()).collect(),
            score: summary.score.as_ref().map(score),
        }
    }
}

fn stance(statement: &Statement, lookup: &Lookup<'_, '_>) -> StanceModel {
    let places = lookup.places;
    StanceModel {
        service: statement.service.clone(),
        indication: statement.indication.clone(),
        lines_of_business: statement.lines_of_business.iter().map(|lob| lob.id().to_owned()).collect(),
        states: statement.states.iter().map(|state| state.code().to_owned()).collect(),
        topics: statement.topics.clone(),
        stance: statement.stance.id().to_owned(),
        residual: statement.residual,
        quote: places.quote(statement.quote).0,
        item: statement.item.map(|item| places.quote(item).0),
        page: places.page(statement.quote),
        item_page: statement.item.and_then(|item| places.page(item)),
        section: lookup.quoted(&statement.finding).2,
        lists: statement.lists.iter().map(|id| id.0.clone()).collect(),
        hands_to: statement.hands_to.iter().map(|span| places.words(*span)).collect(),
        finding: statement.finding.0.clone(),
        score: statement.score.as_ref().map(score),
    }
}

fn barrier(barrier: &Barrier, lookup: &Lookup<'_, '_>) -> BarrierModel {
    let (quote, page, section) = lookup.quoted(&barrier.finding);
    BarrierModel {
        finding: barrier.finding.0.clone(),
        fight: barrier.fight.id().to_owned(),
        severity: points(barrier.severity),
        quote,
        page,
        section,
        boilerplate: lookup.findings.get(&barrier.finding).is_some_and(|finding| finding.boilerplate),
    }
}

fn lever(lever: &Lever, lookup: &Lookup<'_, '_>) -> LeverModel {
    let (quote, page, section) = lookup.quoted(&lever.finding);
    LeverModel {
        finding: lever.finding.0.clone(),
        kind: lever.kind.id().to_owned(),
        boilerplate: lever.boilerplate,
        strength: points(lever.strength),
        quote,
        page,
        section,
        use_sentence: lever.use_sentence.to_owned(),
        caution: lever.caution.map(str::to_owned),
    }
}

fn criterion(criterion: &Criterion, places: &Places<'_>) -> CriterionModel {
    CriterionModel {
        finding: criterion.finding.0.clone(),
        quote: places.quote(criterion.quote).0,
        page: places.page(criterion.quote),
        level: criterion.level,
        connective: criterion.connective.id(),
    }
}

fn contradiction(contradiction: &Contradiction, places: &Places<'_>) -> ContradictionModel {
    ContradictionModel {
        kind: contradiction.tension.id().to_owned(),
        code: contradiction.code.clone(),
        left: side(&contradiction.left, places),
        right: side(&contradiction.right, places),
    }
}

fn side(side: &Side, places: &Places<'_>) -> SideModel {
    SideModel {
        finding: side.finding.as_ref().map(|id| id.0.clone()),
        quote: places.quote(side.quote).0,
        page: places.page(side.quote),
        section: places.section(side.quote),
    }
}

fn silence(silence: Silence) -> SilenceModel {
    SilenceModel { kind: silence.id().to_owned(), usual_place: silence.usual_place().to_owned() }
}

fn history(event: &HistoryEvent, places: &Places<'_>) -> HistoryModel {
    let (change, from, to, lever) = match event.change {
        None => (None, None, None, None),
        Some(Change::Wording { from, to }) => (Some("wording"), Some(places.words(from)), Some(places.words(to)), None),
        Some(Change::LeverWithdrawn(kind)) => (Some("lever-withdrawn"), None, None, Some(kind)),
        Some(Change::LeverAdded(kind)) => (Some("lever-added"), None, None, Some(kind)),
    };
    HistoryModel {
        change: change.map(str::to_owned),
        from,
        to,
        lever: lever.map(|kind| kind.id().to_owned()),
        date: event.date.map(|date| date.to_string()),
        quote: places.quote(event.quote).0,
        page: places.page(event.quote),
    }
}

fn placed(span: Span, places: &Places<'_>) -> PlacedModel {
    PlacedModel { quote: places.quote(span).0, page: places.page(span), section: places.section(span) }
}

fn evidence(evidence: &Evidence, places: &Places<'_>) -> EvidenceModel {
    let limb = |limb: &Limb| LimbModel {
        id: limb.id.clone(),
        says: limb.says.clone(),
        stated: limb.stated.map(|span| placed(span, places)),
        failed: limb.failed.map(|span| placed(span, places)),
    };
    let wanted = |wanted: &Wanted| WantedModel {
        id: wanted.id.clone(),
        says: wanted.says.clone(),
        quote: places.quote(wanted.quote).0,
        page: places.page(wanted.quote),
        section: places.section(wanted.quote),
    };
    EvidenceModel {
        newest_reference: evidence.newest_reference,
        newest_guideline: evidence.newest_guideline.map(|span| placed(span, places)),
        limbs: evidence.limbs.iter().map(limb).collect(),
        studies: evidence.studies.iter().map(wanted).collect(),
        supporting: evidence.supporting.iter().map(|span| placed(*span, places)).collect(),
        conclusions: evidence.conclusions.iter().map(|id| id.0.clone()).collect(),
    }
}

fn law(row: &LawRow) -> LawModel {
    LawModel {
        id: row.id.clone(),
        kind: row.kind.clone(),
        text: row.text.clone(),
        citation: row.citation.clone(),
        checked: row.checked.clone(),
    }
}

fn staleness(staleness: &Staleness, places: &Places<'_>) -> StalenessModel {
    let overtaken = staleness.facts.iter().map(|one| OvertakenModel {
        quote: places.quote(one.quote).0,
        page: places.page(one.quote),
        since: one.fact.since.clone(),
        what: one.fact.what.clone(),
        source: one.fact.source.clone(),
    });
    StalenessModel {
        as_of: staleness.as_of.map(|date| date.to_string()),
        state: staleness.state.id().to_owned(),
        assumed_yearly: staleness.assumed_yearly,
        months_overdue: staleness.months_overdue,
        evidence_not_refreshed: staleness.evidence_not_refreshed,
        overtaken: overtaken.collect(),
    }
}

fn code(mention: &CodeMention, places: &Places<'_>) -> CodeModel {
    let (start, end) = places.code_points(mention.span);
    CodeModel {
        code: mention.code.clone(),
        system: mention.system.to_owned(),
        table: mention.table.id().to_owned(),
        page: places.page(mention.span),
        span: SpanModel { start, end },
    }
}

fn score(score: &Score) -> ScoreModel {
    ScoreModel {
        total: score.total,
        parts: PartsModel {
            stance: points(score.stance),
            discretion: points(score.discretion),
            law: points(score.law),
            tension: points(score.tension),
            staleness: points(score.staleness),
            hardness: points(score.hardness),
        },
    }
}

/// Tenths as points; the nearest double prints as it was.
fn points(tenths: Tenths) -> f64 {
    f64::from(tenths.0) / 10.0
}
