//! Matches that are no finding, as JSON.

use serde::{Deserialize, Serialize};

use super::finding::SpanModel;
use super::place::Places;
use crate::finding::Rejected;
use crate::rules::RuleSet;

/// A match that is no finding, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedModel {
    /// What the words would say.
    pub category: String,
    /// The rule that matched.
    pub rule: String,
    /// The look-alike, cue or mechanism that rejected it.
    pub reason: String,
    /// The words of that cue; `None` for a mechanism without words of its own.
    pub reason_words: Option<String>,
    /// The page on which the sentence begins, from 1.
    pub page: Option<u32>,
    /// The match in the matching text.
    pub span: SpanModel,
    /// The whole sentence or list item.
    pub quote: String,
    /// The words that matched.
    #[serde(rename = "match")]
    pub matched: String,
}

impl RejectedModel {
    pub(super) fn of(rejected: &Rejected, places: &Places<'_>, rules: &RuleSet) -> RejectedModel {
        let rule = rules.rule(rejected.rule);
        let (start, end) = places.code_points(rejected.span);
        RejectedModel {
            category: rule.category.id().to_owned(),
            rule: rule.id.clone(),
            reason: rejected.reason.cue.clone(),
            reason_words: rejected.reason.span.map(|span| places.words(span)),
            page: places.page(rejected.sentence),
            span: SpanModel { start, end },
            quote: places.quote(rejected.sentence).0,
            matched: places.words(rejected.span),
        }
    }
}
