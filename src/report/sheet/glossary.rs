//! Words that stand on every page: a glossary, what to ask the payer for, the limits.

/// A dozen terms, each with what it means here.
pub(crate) const GLOSSARY: [(&str, &str); 16] = [
    ("policy", "A payer's own document on when it covers a service. The contract of the plan stands above it."),
    (
        "stance",
        "What the policy says of a service: covered, covered when criteria are met, or refused, and on what ground.",
    ),
    ("in the way", "Words of the payer that can be used to refuse a claim."),
    ("open", "Words of the payer that a member or advocate can hold on to."),
    ("against itself", "Two places of one policy that do not fit together."),
    (
        "investigational",
        "The payer's label for a service whose benefit it holds to be unproven. Also: experimental, unproven.",
    ),
    ("medical necessity", "The payer's standard for care that it pays for; the plan's contract defines it."),
    ("all other uses", "A clause that refuses every use that the policy does not list."),
    (
        "individual review",
        "The payer looks at one person's case apart from the general rule. Also: case by case, exception.",
    ),
    (
        "plan terms",
        "The words of the plan's contract or benefit booklet, which decide where they differ from the policy.",
    ),
    (
        "general notice",
        "Words that the payer prints in many of its policies; they weigh less than words on this service.",
    ),
    (
        "words of others",
        "What a medical society, an agency or a study says, reported by the payer; not the payer's own stance.",
    ),
    (
        "law or programme",
        "Words on a law, on Medicare, Medicaid or another programme that can bind the payer whatever the policy says.",
    ),
    ("dispute rights", "Ways to contest a refusal: a talk between physicians, an appeal, a review by outsiders."),
    (
        "said flatly, as a rule, may",
        "How firmly the payer says it: without exception, usually, or as something that it can do.",
    ),
    ("room", "0 to 100: how much room the words of the policy leave, with its parts. It is no chance of success."),
];

/// What advocates ask the payer for.
pub(in crate::report) const REQUESTS: [&str; 5] = [
    "the full plan document (not only the summary of benefits), with its definitions and exclusions",
    "the criteria that were used for this decision, in the version that was in force on its date",
    "the name, credentials and specialty of the reviewer",
    "the complete claim file",
    "the payer's page or form for a clinical exception, where it has one",
];

/// The limits, at the foot of every page.
pub(in crate::report) const LIMITS: &str = "The words in quotation marks are the payer's, their order is fineprint's. The plan's \
    contract governs, and the denial letter names the ways and times of appeal. Room is what the words of the policy \
    leave, 0 to 100; it forecasts nothing. This is not legal or medical advice. Read a quote in its document before \
    you rely on it.";
