//! Names of services and uses from words: without markers, articles and pointers, and of a bearable length.

/// The longest name, in words.
pub(super) const LONGEST: usize = 24;

/// A name from the words of a list item or a heading.
pub(super) fn name(words: &str) -> Option<String> {
    let mut name = unmarked(words).trim();
    while let Some(rest) = OPENINGS.iter().find_map(|opening| strip_word(name, opening)) {
        name = rest;
    }
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != ']').trim();
    let name = if name.split(' ').count() > LONGEST { shortened(name)? } else { name };
    let points = points(name);
    (!points && name.chars().any(char::is_alphabetic)).then(|| name.to_owned())
}

/// Openings that name nothing.
const OPENINGS: [&str; 9] =
    ["the use of ", "use of ", "note: ", "note ", "the following ", "the ", "a ", "an ", "only "];

/// `words` without `opening`, in whatever case it stands.
pub(super) fn strip_word<'a>(words: &'a str, opening: &str) -> Option<&'a str> {
    let head = words.get(..opening.len())?;
    head.eq_ignore_ascii_case(opening).then(|| &words[opening.len()..])
}

/// Words that refer to what another sentence names.
const POINTERS: [&str; 19] = [
    "it",
    "this",
    "these",
    "they",
    "that",
    "those",
    "such",
    "there",
    "all",
    "any",
    "other",
    "you",
    "we",
    "which",
    "one",
    "both",
    "each",
    "either",
    "following",
];

/// Nouns of coverage itself: no service.
const NO_SERVICE: [&str; 23] = [
    "service",
    "services",
    "criteria",
    "criterion",
    "coverage",
    "evidence",
    "benefit",
    "benefits",
    "request",
    "requests",
    "member",
    "members",
    "patient",
    "patients",
    "individual",
    "individuals",
    "claim",
    "claims",
    "indications",
    "uses",
    "procedure",
    "treatment",
    "denial",
];

/// Whether words only point elsewhere: "it", "this test", "all other indications", "the above criteria".
fn points(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(' ').collect();
    let last = words.last().copied().unwrap_or_default();
    let few = words.len() <= 4;
    const OPEN: [&str; 8] = ["to", "for", "approve", "when", "if", "not", "authorize", "refer"];
    OPEN.contains(&words[0])
        || ["it", "this", "these", "those", "they"].contains(&words[0])
        || POINTERS.contains(&words[0]) && words.len() <= 3
        || few && NO_SERVICE.contains(&last)
}

/// The words without the marker of a list: "A.", "II.", "o", "•", "(1)".
pub(super) fn unmarked(words: &str) -> &str {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '[')).trim_start();
    let Some((first, rest)) = words.split_once(' ') else { return words };
    let core = first.trim_start_matches('(').trim_end_matches(['.', ')']);
    let short = core.len() <= 2 || core.len() <= 5 && core.chars().all(|c| "ivxIVX".contains(c));
    let marks = first != core && short && core.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    if marks || first == "o" { unmarked(rest) } else { words }
}

/// The first words of a long name: up to a comma or bracket, else up to the preposition of its use.
pub(super) fn shortened(name: &str) -> Option<&str> {
    let up_to = |ends: &[&str]| {
        let end = ends.iter().filter_map(|end| name.find(end)).filter(|&at| name[..at].contains(' ')).min()?;
        let short = name[..end].trim();
        (short.split(' ').count() <= LONGEST).then_some(short)
    };
    up_to(&[", ", " (", " ["])
        .or_else(|| up_to(&[" as a ", " for ", " in ", " to ", " who ", " when ", " that ", " with "]))
}
