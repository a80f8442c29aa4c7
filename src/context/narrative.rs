//! The words that tell a payer's own statement from a narrative, where the section alone speaks for the narrative.

/// Words of a payer's own business: in a narrative, case by case without them is how patients were treated.
pub(super) fn names_payer(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    [
        "plan",
        "program",
        "request",
        "coverage",
        "member",
        "medical director",
        "we ",
        "reviewer",
        "criteria",
        "polic",
        "exception",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Words of payment and of need: in a narrative, what is "appropriate when" or "considered if" without them is how
/// clinicians treat.
pub(super) fn names_coverage(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["necess", "cover", "reimburs", "pay", "benefit", "approv", "authoriz", "eligib", "criteria", "proven", "certif"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Words of a drug's label: in a narrative, what a drug "is not indicated for" is retold.
pub(super) fn names_label(words: &str) -> bool {
    words.to_lowercase().contains("not indicated")
}

/// Words of contracts and laws: in a narrative, a "greater benefit" without them is the patients'.
pub(super) fn names_terms(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let terms = [
        "contract",
        "certificate",
        "benefit plan",
        "plan benefits",
        "law",
        "mandate",
        "statut",
        "ncd",
        "lcd",
        "self-funded",
        "medicare policy",
        "medicare benefit",
    ];
    addresses_members(sentence) || terms.iter().any(|word| lower.contains(word))
}

/// Words in which payers speak of themselves and to their members.
pub(super) fn addresses_members(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    [
        "we ",
        "our ",
        "the plan",
        "this plan",
        "health plan",
        "the company",
        "member",
        "your ",
        "this policy",
        "investigational",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// "Certificate of Coverage: the document that …", "Mandated benefit means …".
pub(super) fn explains_term(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split_whitespace().take(9).collect();
    let says = |word: &str| word.ends_with(':') || matches!(word, "means" | "mean" | "refers" | "stands");
    words.iter().take(8).any(|word| says(word))
        || words.windows(2).any(|pair| matches!(pair, ["is", "a" | "an" | "the"]))
}
