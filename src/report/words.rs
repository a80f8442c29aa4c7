//! Identifiers in the words of a page: plain, short, and none that promises anything.

use super::Analysis;
use super::clean::clean;
use super::model::{CorrectionModel, FindingModel, HistoryModel};

/// A number of things: "1 page", "2 pages".
pub(crate) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// The page as it stands behind every quote, so that a report can be verified from its visible words.
pub(crate) fn page(page: Option<u32>) -> String {
    page.map_or("no page".to_owned(), |page| format!("p. {page}"))
}

/// Page and section, as they stand behind a quote.
pub(crate) fn place(of: Option<u32>, section: Option<&str>) -> String {
    let page = page(of);
    section.map_or(page.clone(), |section| format!("{page}, {section}"))
}

/// Number and title of a policy, or its file's name.
pub(crate) fn policy(analysis: &Analysis) -> String {
    let title = analysis.policy.title.as_deref().unwrap_or_else(|| file(analysis));
    match analysis.policy.number.as_deref() {
        Some(number) if !title.contains(number) => format!("{number} {title}"),
        _ => title.to_owned(),
    }
}

/// What stands for a payer that neither the document nor anybody told.
pub(crate) const UNSTATED: &str = "payer not stated";

/// Who pays, where several policies stand side by side: a payer that is not known is one for each document.
pub(crate) fn payer(analysis: &Analysis) -> String {
    let named = |name: &str| crate::text::single_blanks(&clean(name));
    let payer = analysis.policy.payer.as_ref().map(|payer| named(&payer.name));
    payer.unwrap_or_else(|| format!("{UNSTATED} ({})", clean(&analysis.source.path)))
}

/// How many payers `names` are; one that is not known is counted as a policy.
pub(crate) fn payers<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let (unknown, known): (Vec<&str>, Vec<&str>) = names.partition(|name| name.starts_with(UNSTATED));
    let payers = counted(known.len(), "payer", "payers");
    let unstated = format!("{} whose payer is not stated", counted(unknown.len(), "policy", "policies"));
    match (known.is_empty(), unknown.is_empty()) {
        (_, true) => payers,
        (true, false) => unstated,
        (false, false) => format!("{payers} and {unstated}"),
    }
}

/// The file's name; it stands for a payer or a title that is not known.
pub(in crate::report) fn file(analysis: &Analysis) -> &str {
    analysis.source.path.rsplit('/').next().unwrap_or_default()
}

/// A document's stance, for a narrow column.
pub(in crate::report) fn stance(id: &str) -> &str {
    match id {
        "covered-with-criteria" => "with criteria",
        "not-covered" => "not covered",
        other => other,
    }
}

/// A document's stance as a sentence.
pub(in crate::report) fn stance_sentence(id: &str) -> &str {
    match id {
        "covered" => "covered, without conditions that fineprint found",
        "covered-with-criteria" => "covered when criteria are met",
        "mixed" => "mixed: some uses are covered, some refused",
        "not-covered" => "not covered",
        "silent" => "silent: read, and no binding statement on coverage found",
        "unreadable" => "not read: nothing can be said",
        other => other,
    }
}

/// What a statement says of its service.
pub(crate) fn service_stance(id: &str) -> &str {
    match id {
        "covered-with-criteria" => "covered when criteria are met",
        "not-medically-necessary" => "not medically necessary",
        "excluded" => "excluded",
        "not-addressed" => "not addressed here",
        other => other,
    }
}

/// What kind of fight a barrier is.
pub(crate) fn fight(id: &str) -> &str {
    match id {
        "contract-exclusion" => "excluded by the contract",
        "not-covered" => "not covered",
        "label" => "investigational label",
        "medical-necessity" => "medical necessity",
        "criterion" => "a criterion to meet",
        "paperwork" => "authorization or other paperwork",
        "code" => "a code that is not paid",
        other => other,
    }
}

/// The score's part for staleness; empty where the day or the date to measure is not known and nothing was added.
pub(in crate::report) fn staleness_part(known: bool, part: f64) -> String {
    if known || part > 0.0 { format!(" + staleness {part:.1}") } else { String::new() }
}

/// The kind of a lever.
pub(crate) fn lever(id: &str) -> &str {
    match id {
        "individual-review" => "individual review",
        "plan-terms-control" => "plan terms control",
        "mandate" => "law or programme",
        "trial-access" => "trial access",
        "dispute-rights" => "dispute rights",
        other => other,
    }
}

/// How firmly it is said.
pub(in crate::report) fn force(id: &str) -> &str {
    match id {
        "categorical" => "said flatly",
        "default" => "as a rule",
        "permissive" => "may, can",
        "conditional" => "under a condition",
        other => other,
    }
}

/// What it reaches; empty for the uses that are named.
pub(in crate::report) fn scope(id: &str) -> &str {
    match id {
        "all" => "all uses",
        "residual" => "all other uses",
        "code" => "by code",
        "programme" => "the whole programme",
        _ => "",
    }
}

/// A category without its family: `barrier/fda-not-approved` is "fda not approved".
pub(in crate::report) fn category(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).replace('-', " ").replace("fda", "FDA")
}

/// What does not fit together.
pub(crate) fn tension(id: &str) -> &str {
    match id {
        "barrier-and-review" => "a flat refusal, and a review of single cases",
        "two-stances" => "one service, two stances",
        "code-and-text" => "a code not covered, and its service covered in the text",
        "society-and-evidence" => "a society in favour, and evidence called insufficient",
        "hedged-exclusion" => "a hedge inside the refusal",
        "definition-and-stance" => "a definition that does not fit the refusal",
        "scope-gap" => "a use that is neither listed nor swept in",
        other => other,
    }
}

/// What a row of history changed.
pub(in crate::report) fn change(event: &HistoryModel) -> Option<String> {
    let kind = || event.lever.as_deref().map_or("", lever);
    match event.change.as_deref()? {
        "lever-withdrawn" => Some(format!("words withdrawn: {}", kind())),
        "lever-added" => Some(format!("words added: {}", kind())),
        _ => Some(format!("from “{}” to “{}”", event.from.as_ref()?, event.to.as_ref()?)),
    }
}

/// What policies usually say and this one does not.
pub(in crate::report) fn silence(id: &str) -> &str {
    match id {
        "no-exception" => "no word on exceptions or individual review found",
        "no-review-date" => "no next review date found",
        "no-appeal" => "no word on appeals or external review found",
        "no-references" => "no references found",
        other => other,
    }
}

/// How the items of a list belong together.
pub(crate) fn connective(id: &str) -> String {
    match id {
        "all" => "all of these:".to_owned(),
        "none" => "none of these:".to_owned(),
        "unstated" => "the list does not say whether all or one of these:".to_owned(),
        other => format!("at least {other} these:"),
    }
}

/// What a match says, as a person would name it.
pub(in crate::report) fn category_name(id: &str) -> String {
    let name = match id {
        "barrier/investigational" => "investigational, experimental or unproven",
        "barrier/insufficient-evidence" => "evidence called insufficient",
        "barrier/benefit-exclusion" => "not a benefit, excluded or not paid",
        "barrier/noncovered-code" => "a code that is not covered",
        "barrier/site-or-provider" => "only in some places or by some providers",
        "barrier/quantity-or-frequency" => "a limit on number or time",
        "favorable/medically-necessary" => "covered as medically necessary",
        "favorable/conditional-coverage" => "covered when criteria are met",
        "favorable/new-evidence-reconsideration" => "new evidence is considered",
        "favorable/epsdt-medicaid" => "Medicaid's duty to members under 21 (EPSDT)",
        "favorable/benefit-document-controls" => "the plan document controls",
        "favorable/self-funded-variation" => "employers' own plans may differ",
        "favorable/federal-program-override" => "a federal programme's rule",
        "hedge/ambiguity" => "a hedge",
        "hedge/open-list" => "a list left open",
        "neutral/society-position" => "a medical society's position",
        "neutral/not-addressed" => "not addressed here",
        other => return category(other),
    };
    name.to_owned()
}

/// How words stand, where they are not simply the payer's own and in force; empty where they are.
pub(in crate::report) fn standing(assertion: &str) -> &str {
    match assertion {
        "negated" => "denied",
        "historical" => "history, not in force",
        "hypothetical" => "said of a case that is supposed",
        "attributed" => "words of others",
        "definitional" => "a definition",
        "reference" => "from a title or a list of references",
        _ => "",
    }
}

/// Whose words they are.
pub(in crate::report) fn holder(id: &str) -> &str {
    match id {
        "society" => "a medical society",
        "fda" => "the FDA",
        "cms" => "Medicare (CMS)",
        "other-payer" => "another payer",
        "author" => "authors of a study",
        "vendor" => "a vendor",
        "manufacturer" => "a manufacturer or laboratory",
        other => other,
    }
}

/// What a person or a baseline says of a finding: marks beside it, never instead of it.
pub(in crate::report) fn marks(finding: Option<&FindingModel>) -> Vec<String> {
    let Some(finding) = finding else { return Vec::new() };
    let suppressed = finding.suppressed.as_ref();
    let suppressed = suppressed.map(|why| clean(&format!("suppressed {}: {}", why.date, why.reason)));
    let against = finding.baseline.as_deref().map(|state| match state {
        "new" => "new since the baseline".to_owned(),
        _ => "known in the baseline".to_owned(),
    });
    let corrected = finding.corrected.as_ref().map(corrected);
    suppressed.into_iter().chain(against).chain(corrected).collect()
}

/// A person's verdict on a finding.
pub(in crate::report) fn corrected(correction: &CorrectionModel) -> String {
    let CorrectionModel { who, why, date, .. } = correction;
    let verdict = if correction.accepts() { "accepted" } else { "rejected" };
    clean(&format!("{verdict} by {who} on {date}: {why}"))
}

/// How many findings people accepted and rejected, in a sentence; `None` where none.
pub(in crate::report) fn corrections((accepted, rejected): (usize, usize)) -> Option<String> {
    let all = counted(accepted + rejected, "finding was", "findings were");
    (accepted + rejected > 0).then(|| format!("{all} corrected by hand: {accepted} accepted, {rejected} rejected."))
}

/// In which table a code stands.
pub(in crate::report) fn code_table(id: &str) -> &str {
    match id {
        "covered" => "listed as covered",
        "covered-if-criteria" => "listed as covered when criteria are met",
        "not-covered" => "listed as not covered",
        _ => "named",
    }
}

/// The shape that stands for a stance, of a document or of a statement.
pub(in crate::report) fn stance_shape(id: &str) -> char {
    match id {
        "covered" | "covered-with-criteria" => '●',
        "mixed" => '◐',
        "not-covered" | "investigational" | "not-medically-necessary" | "excluded" => '▲',
        _ => '○',
    }
}
