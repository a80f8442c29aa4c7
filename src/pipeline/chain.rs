//! The chain for one document.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::isolate::PackRow;
use super::{Settings, Told, crash};
use crate::context;
use crate::document::{Completeness, Document};
use crate::extract::{self, ExtractError};
use crate::matcher::{Matcher, Scanner};
use crate::policy::Source;
use crate::report::model::ErrorModel;
use crate::report::{Analysis, Extraction};
use crate::rules::{PackText, RuleError, RuleSet, embedded};
use crate::summary;

/// A rule set with its matcher: compiled once, when it is first asked for, and shared by all threads.
#[derive(Debug)]
pub struct Compiled {
    /// The rules.
    pub rules: RuleSet,
    matcher: OnceLock<Matcher>,
    packs: Vec<PackRow>,
}

impl Compiled {
    /// Rules of any origin. Isolated workers know only the embedded ones: for them see [`Compiled::embedded_and`].
    #[must_use]
    pub fn new(rules: RuleSet) -> Compiled {
        Compiled { rules, matcher: OnceLock::new(), packs: Vec::new() }
    }

    /// The embedded packs with `more` behind them.
    ///
    /// # Errors
    /// Everything that is wrong in `more`.
    pub fn embedded_and(more: &[PackText<'_>]) -> Result<Compiled, Vec<RuleError>> {
        let mut packs = embedded();
        packs.extend_from_slice(more);
        let rules = RuleSet::parse(&packs)?;
        Ok(Compiled { packs: more.iter().map(PackRow::of).collect(), ..Compiled::new(rules) })
    }

    /// The matcher of the rules.
    #[must_use]
    pub fn matcher(&self) -> &Matcher {
        self.matcher.get_or_init(|| Matcher::new(&self.rules))
    }

    /// The packs behind the embedded ones.
    pub(super) fn packs(&self) -> &[PackRow] {
        &self.packs
    }
}

/// What a run is to give of each document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Its analysis; needs rules.
    pub analysis: bool,
    /// Its analysis as JSON, for who writes it as it is: a worker's answer is then not read and written again.
    pub json: bool,
    /// What was read of it, block by block.
    pub extraction: bool,
    /// Its matching text.
    pub text: bool,
    /// In its analysis, the matches that are no finding, with the reason.
    pub rejected: bool,
}

/// What a run gives of one document: what was [`Wanted`], and how well it was read in any case.
#[derive(Clone, Debug)]
pub struct Worked {
    /// The path as given, with `/`.
    pub path: String,
    /// `full`, `partial` or `none`.
    pub completeness: String,
    /// Why nothing could be read.
    pub error: Option<ErrorModel>,
    /// The analysis, also of a document that could not be read.
    pub analysis: Option<Analysis>,
    /// The analysis as JSON, on one line.
    pub json: Option<String>,
    /// What was read; also of a document that could not be read.
    pub extraction: Option<Extraction>,
    /// The matching text; `None` where nothing could be read.
    pub text: Option<String>,
}

impl Worked {
    /// The result of a document that could not be read: `code` and `message` as in the contract.
    pub(super) fn failed(
        source: &Source,
        bytes: &[u8],
        code: &str,
        message: &str,
        rules: Option<&RuleSet>,
        wanted: Wanted,
    ) -> Worked {
        Worked::without(source, media_type(bytes), (code, message), rules, wanted)
    }

    /// The result of a document whose bytes could not be had.
    pub(super) fn unread(
        source: &Source,
        code: &str,
        message: &str,
        rules: Option<&RuleSet>,
        wanted: Wanted,
    ) -> Worked {
        Worked::without(source, "application/octet-stream", (code, message), rules, wanted)
    }

    fn without(
        source: &Source,
        media_type: &'static str,
        (code, message): (&str, &str),
        rules: Option<&RuleSet>,
        wanted: Wanted,
    ) -> Worked {
        let analysis = rules.filter(|_| wanted.analysis || wanted.json);
        let analysis = analysis.map(|rules| Analysis::failed(source, media_type, code, message, rules));
        Worked {
            path: source.path.clone(),
            completeness: Completeness::None.as_str().to_owned(),
            error: Some(ErrorModel { code: code.to_owned(), message: message.to_owned() }),
            json: json(analysis.as_ref(), wanted),
            analysis: analysis.filter(|_| wanted.analysis),
            extraction: wanted.extraction.then(|| Extraction::failed(source, media_type, code, message)),
            text: None,
        }
    }
}

/// Works one document after the other, each as if it were the first.
pub(super) struct Chain<'c> {
    compiled: Option<&'c Compiled>,
    scanner: Option<Scanner<'c>>,
    settings: &'c Settings,
}

impl<'c> Chain<'c> {
    /// A chain; without rules it gives no analyses.
    pub(super) fn new(compiled: Option<&'c Compiled>, settings: &'c Settings) -> Chain<'c> {
        Chain { compiled, scanner: compiled.map(|compiled| compiled.matcher().scanner()), settings }
    }

    pub(super) fn rules(&self) -> Option<&'c RuleSet> {
        self.compiled.map(|compiled| &compiled.rules)
    }

    /// Reads one document and gives what is wanted of it. What cannot be read, and a panic, are its error.
    pub(super) fn work(&mut self, bytes: &[u8], source: &Source, told: &Told, wanted: Wanted) -> Worked {
        let worked = crash::guarded(|| -> Result<Worked, ExtractError> {
            let document = extract::extract(bytes, &self.settings.limits)?;
            let analyzes = wanted.analysis || wanted.json;
            let analysis = if analyzes { self.analysis(&document, source, told, wanted) } else { None };
            Ok(Worked {
                path: source.path.clone(),
                completeness: document.completeness.as_str().to_owned(),
                error: None,
                json: json(analysis.as_ref(), wanted),
                analysis: analysis.filter(|_| wanted.analysis),
                extraction: wanted.extraction.then(|| Extraction::of(source, &document)),
                text: wanted.text.then_some(document.text),
            })
        });
        let rules = self.rules();
        let failed = |code: &str, message: &str| Worked::failed(source, bytes, code, message, rules, wanted);
        match worked {
            Ok(Ok(worked)) => worked,
            Ok(Err(error)) => failed(error.code(), &error.to_string()),
            Err(crashed) => {
                // A crash may leave the scanner's buffers in any state.
                self.scanner = self.compiled.map(|compiled| compiled.matcher().scanner());
                failed("crashed", &crashed)
            }
        }
    }

    fn analysis(&mut self, document: &Document, source: &Source, told: &Told, wanted: Wanted) -> Option<Analysis> {
        let (compiled, scanner) = (self.compiled?, self.scanner.as_mut()?);
        let rules = &compiled.rules;
        let metadata = told.over(document.metadata.clone());
        let sentences = scanner.scan(document);
        let mut judgement = context::judge_without(document, &sentences, rules, self.settings.without);
        context::name_topics(document, &metadata, compiled.matcher(), rules, &mut judgement.findings);
        let corrections = &self.settings.corrections;
        for finding in &mut judgement.findings {
            if let Some(correction) = corrections.get(&finding.id.0) {
                finding.correct(correction.accepts());
            }
        }
        let asked = summary::Asked {
            as_of: self.settings.as_of.or(told.retrieved),
            lines_of_business: told.lines_of_business.clone(),
            states: told.states.clone(),
            age: told.age,
        };
        let summary = summary::summarize(document, &metadata, &judgement.findings, rules, &asked);
        let analysis = Analysis::of(source, document, &metadata, &judgement.findings, &summary, rules);
        let analysis = analysis.with_corrections(corrections);
        Some(if wanted.rejected { analysis.with_rejected(document, &judgement.rejected, rules) } else { analysis })
    }
}

/// An analysis as JSON, where it is wanted so.
fn json(analysis: Option<&Analysis>, wanted: Wanted) -> Option<String> {
    let written = |analysis| serde_json::to_string(analysis).expect("invariant: an analysis is plain data");
    analysis.filter(|_| wanted.json).map(written)
}

/// The media type by content. Its own guard: it is asked again after a crash.
fn media_type(bytes: &[u8]) -> &'static str {
    crash::guarded(|| extract::sniff(bytes).as_str()).unwrap_or("application/octet-stream")
}
