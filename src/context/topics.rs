//! What each finding is about: the topic in its own clause, else of its sentence, its list's lead-in, its
//! section, the policy's title; and the codes in its words.

use std::collections::BTreeSet;

use crate::document::{self, Document, Role};
use crate::finding::Finding;
use crate::matcher::{Matcher, Mention};
use crate::policy::{Metadata, Tier};
use crate::rules::RuleSet;
use crate::text::Span;

/// Fills in `topics` and `codes` of the findings of `document`; `metadata` is its own with what was told.
pub fn name_topics(
    document: &Document,
    metadata: &Metadata,
    matcher: &Matcher,
    rules: &RuleSet,
    findings: &mut [Finding],
) {
    let mentions = matcher.topics(&document.text, &BTreeSet::new());
    let known: BTreeSet<usize> = mentions.iter().map(|mention| mention.topic).collect();
    let title = metadata.title.as_ref().map(|title| matcher.topics(&title.value, &known)).unwrap_or_default();
    let about = About { document, mentions, title: distinct(&title) };
    for finding in findings {
        finding.topics = about.topics(finding).into_iter().map(|topic| rules.topics[topic].id.clone()).collect();
        let coding =
            finding.tier == Some(Tier::Coding) || document.blocks[about.block(finding.sentence)].role == Role::Row;
        let codes = document::codes(finding.sentence.of(&document.text), coding);
        finding.codes = codes.into_iter().map(|code| code.code).collect();
        finding.codes.dedup();
    }
}

struct About<'d> {
    document: &'d Document,
    mentions: Vec<Mention>,
    title: Vec<usize>,
}

impl About<'_> {
    /// The topics of a finding, nearest words first.
    fn topics(&self, finding: &Finding) -> Vec<usize> {
        let block = self.block(finding.sentence);
        let own = [clause(finding, &self.document.text), finding.sentence, self.document.blocks[block].span];
        let found = own.into_iter().map(|span| self.within(span, finding.span)).find(|topics| !topics.is_empty());
        found.or_else(|| self.of_heads(block)).or_else(|| self.of_sections(block)).unwrap_or_else(|| self.title.clone())
    }

    /// The topics named in `span`, those nearest to `place` first.
    fn within(&self, span: Span, place: Span) -> Vec<usize> {
        let start = self.mentions.partition_point(|mention| mention.span.start() < span.start());
        let here = self.mentions[start..].iter().take_while(|mention| mention.span.start() < span.end());
        let mut here: Vec<Mention> = here.copied().collect();
        let distance = |one: Span| {
            if one.start() >= place.end() { one.start() - place.end() } else { place.start().saturating_sub(one.end()) }
        };
        here.sort_by_key(|mention| (distance(mention.span), mention.span));
        distinct(&here)
    }

    /// The topics of the nearest lead-in that names some.
    fn of_heads(&self, block: usize) -> Option<Vec<usize>> {
        let mut at = block;
        while let Some(head) = self.document.blocks[at].lead_in.map(document::BlockId::index).filter(|&head| head < at)
        {
            let topics = self.within(self.document.blocks[head].span, self.document.blocks[head].span);
            if !topics.is_empty() {
                return Some(topics);
            }
            at = head;
        }
        None
    }

    /// The topics of the nearest heading that names some.
    fn of_sections(&self, block: usize) -> Option<Vec<usize>> {
        let mut section = Some(self.document.blocks[block].section);
        // Sections nest a few levels deep; the bound keeps a damaged structure from going round.
        for _ in 0..16 {
            let Some(id) = section else { break };
            let here = &self.document.sections[id.index()];
            if here.heading.is_some() {
                let first = self.document.blocks[self.block(here.span)].span;
                let topics = self.within(first, first);
                if !topics.is_empty() {
                    return Some(topics);
                }
            }
            section = here.parent;
        }
        None
    }

    /// The block at the start of `span`.
    fn block(&self, span: Span) -> usize {
        let blocks = &self.document.blocks;
        blocks.partition_point(|block| block.span.end() <= span.start()).min(blocks.len() - 1)
    }
}

/// The part of a finding's sentence between the words that set another statement against it.
fn clause(finding: &Finding, text: &str) -> Span {
    if finding.span.is_empty() {
        return finding.sentence;
    }
    const BORDERS: [&str; 6] = ["; ", " but ", " whereas ", " while ", " however", " except "];
    let sentence = finding.sentence;
    let before = &text[sentence.start()..finding.span.start()];
    let behind = &text[finding.span.end()..sentence.end()];
    let start = BORDERS.iter().filter_map(|border| before.rfind(border)).max().unwrap_or(0);
    let end = BORDERS.iter().filter_map(|border| behind.find(border)).min().unwrap_or(behind.len());
    Span::new(sentence.start() + start, finding.span.end() + end)
}

fn distinct(mentions: &[Mention]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    mentions.iter().map(|mention| mention.topic).filter(|topic| seen.insert(*topic)).collect()
}
