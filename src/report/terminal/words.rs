//! Identifiers in the words of a page: plain, short, and none that promises anything.

/// A document's stance, for a narrow column.
pub(super) fn stance(id: &str) -> &str {
    match id {
        "covered-with-criteria" => "with criteria",
        "not-covered" => "not covered",
        other => other,
    }
}

/// A document's stance as a sentence.
pub(super) fn stance_sentence(id: &str) -> &str {
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
pub(super) fn service_stance(id: &str) -> &str {
    match id {
        "covered-with-criteria" => "covered when criteria are met",
        "not-medically-necessary" => "not medically necessary",
        "excluded" => "excluded",
        "not-addressed" => "not addressed here",
        other => other,
    }
}

/// What kind of fight a barrier is.
pub(super) fn fight(id: &str) -> &str {
    match id {
        "contract-exclusion" => "excluded by the contract",
        "label" => "investigational label",
        "medical-necessity" => "medical necessity",
        "criterion" => "a criterion to meet",
        "paperwork" => "authorization or other paperwork",
        "code" => "a code that is not paid",
        other => other,
    }
}

/// The kind of a lever.
pub(super) fn lever(id: &str) -> &str {
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
pub(super) fn force(id: &str) -> &str {
    match id {
        "categorical" => "said flatly",
        "default" => "as a rule",
        "permissive" => "may, can",
        "conditional" => "under a condition",
        other => other,
    }
}

/// What it reaches; empty for the uses that are named.
pub(super) fn scope(id: &str) -> &str {
    match id {
        "all" => "all uses",
        "residual" => "all other uses",
        "code" => "by code",
        "programme" => "the whole programme",
        _ => "",
    }
}

/// A category without its family: `barrier/fda-not-approved` is "fda not approved".
pub(super) fn category(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).replace('-', " ").replace("fda", "FDA")
}

/// What does not fit together.
pub(super) fn tension(id: &str) -> &str {
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

/// What policies usually say and this one does not.
pub(super) fn silence(id: &str) -> &str {
    match id {
        "no-exception" => "no word on exceptions or individual review",
        "no-review-date" => "no next review date",
        "no-appeal" => "no word on appeals or external review",
        "no-references" => "no references",
        other => other,
    }
}

/// How the items of a list belong together.
pub(super) fn connective(id: &str) -> String {
    match id {
        "all" => "all of these:".to_owned(),
        "none" => "none of these may be:".to_owned(),
        "unstated" => "the list does not say whether all or one of these:".to_owned(),
        other => format!("at least {other} these:"),
    }
}
