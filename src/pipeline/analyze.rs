//! The chain for one document.

use super::{Settings, Told, crash};
use crate::context;
use crate::extract;
use crate::matcher::{Matcher, Scanner};
use crate::policy::Source;
use crate::report::Analysis;
use crate::rules::RuleSet;
use crate::summary;

/// A rule set with its matcher: compiled once, shared by all workers.
#[derive(Debug)]
pub struct Compiled {
    /// The rules.
    pub rules: RuleSet,
    /// Compiled from them.
    pub matcher: Matcher,
}

impl Compiled {
    /// Compiles `rules`.
    #[must_use]
    pub fn new(rules: RuleSet) -> Compiled {
        let matcher = Matcher::new(&rules);
        Compiled { rules, matcher }
    }
}

/// Reads one document and folds it into its analysis; what cannot be read is an analysis with an error.
///
/// `scanner` is one of `compiled.matcher`. A panic inside is caught and becomes the error `crashed`.
#[must_use]
pub fn analyze_one<'c>(
    bytes: &[u8],
    source: &Source,
    told: &Told,
    compiled: &'c Compiled,
    scanner: &mut Scanner<'c>,
    settings: &Settings,
) -> Analysis {
    let rules = &compiled.rules;
    let worked = crash::guarded(|| {
        let document = extract::extract(bytes, &settings.limits)?;
        let metadata = told.over(document.metadata.clone());
        let sentences = scanner.scan(&document);
        let mut judgement = context::judge(&document, &sentences, rules);
        context::name_topics(&document, &metadata, &compiled.matcher, rules, &mut judgement.findings);
        let as_of = settings.as_of.or(told.retrieved);
        let summary = summary::summarize(&document, &metadata, &judgement.findings, rules, as_of);
        Ok(Analysis::of(source, &document, &metadata, &judgement.findings, &summary, rules))
    });
    let failed = |code: &str, message: &str| Analysis::failed(source, media_type(bytes), code, message, rules);
    match worked {
        Ok(Ok(analysis)) => analysis,
        Ok(Err(error)) => {
            let error: extract::ExtractError = error;
            failed(error.code(), &error.to_string())
        }
        Err(crashed) => {
            // A crash may leave the scanner's buffers in any state.
            *scanner = compiled.matcher.scanner();
            failed("crashed", &crashed)
        }
    }
}

/// The media type by content. Its own guard: it is asked again after a crash.
pub(super) fn media_type(bytes: &[u8]) -> &'static str {
    crash::guarded(|| extract::sniff(bytes).as_str()).unwrap_or("application/octet-stream")
}
