//! One policy's page before it has a format: our words and the payer's quotes in the order in which an
//! advocate wants them. Markdown and HTML are two ways to write it.
//!
//! All words here are clean already; a format has only its own escapes to add.

mod evidence;
mod facts;
mod glossary;
mod parts;
mod quote;

use super::Analysis;

pub(super) use facts::{Fact, review, why_not_read};
pub(crate) use glossary::GLOSSARY;
pub(super) use glossary::{LIMITS, REQUESTS};
pub(super) use quote::{Excerpt, excerpt};

/// What an entry is, for its shape, word and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    InTheWay,
    Open,
    AgainstItself,
    Note,
}

/// One policy.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) payer: String,
    pub(super) title: String,
    pub(super) facts: Vec<Fact>,
    /// What was not read, and what else to know before relying on the page.
    pub(super) warnings: Vec<String>,
    /// The document's stance: its shape and a sentence; `None` where nothing was read.
    pub(super) stance: Option<(char, String)>,
    pub(super) parts: Vec<Part>,
}

/// A part of the page.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) id: &'static str,
    pub(super) heading: &'static str,
    /// Our own words before the entries.
    pub(super) intro: String,
    pub(super) entries: Vec<Entry>,
    /// How many entries stand in sight; the others are folded away.
    pub(super) shown: usize,
}

/// One entry of a part.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// What it is, in few words of ours.
    pub(super) says: String,
    pub(super) quotes: Vec<Quote>,
    /// List items under the quote: criteria to tick, or the services that a list names.
    pub(super) items: Vec<Item>,
    /// Small words of ours under the quote.
    pub(super) notes: Vec<String>,
    /// How advocates use it, and what to be careful of.
    pub(super) advice: Vec<(&'static str, String)>,
}

/// A list item.
#[derive(Debug)]
pub(super) struct Item {
    /// Depth from 1.
    pub(super) level: u8,
    /// Words of ours before it, where how the list hangs together changes.
    pub(super) lead: Option<String>,
    /// Whether it is a criterion to tick.
    pub(super) ticked: bool,
    pub(super) quote: Quote,
}

/// Words of the payer with their place.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    pub(super) excerpt: Excerpt,
    pub(super) page: Option<u32>,
    pub(super) section: Option<String>,
    /// The finding that it belongs to.
    pub(super) finding: Option<String>,
}

impl Quote {
    /// Whether it is the same words in the same place.
    fn same(&self, other: &Quote) -> bool {
        self.page == other.page && self.excerpt.words == other.excerpt.words
    }

    /// Page and section, as they stand behind a quote.
    pub(super) fn place(&self) -> String {
        super::words::place(self.page, self.section.as_deref())
    }
}

impl Sheet {
    pub(super) fn of(analysis: &Analysis) -> Sheet {
        let read = analysis.summary.as_ref().filter(|_| !analysis.is_unread());
        Sheet {
            payer: facts::payer(analysis),
            title: facts::title(analysis),
            facts: facts::facts(analysis),
            warnings: facts::warnings(analysis),
            stance: read.map(|summary| {
                let words = super::words::stance_sentence(&summary.stance);
                (super::words::stance_shape(&summary.stance), words.to_owned())
            }),
            parts: read.map_or(Vec::new(), |summary| parts::parts(analysis, summary)),
        }
    }

    /// How many quotes the page holds; it is printed, so that a quote taken away is missed.
    pub(super) fn quotes(&self) -> usize {
        let entries = self.parts.iter().flat_map(|part| &part.entries);
        entries.map(|entry| entry.quotes.len() + entry.items.len()).sum()
    }
}
