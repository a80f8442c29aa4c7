//! What a policy prints about itself: title, number, payer, author, dates, lines of business, states.
//!
//! Labels first ("Next Review Date"), in front matter, page furniture and back matter; then the look of
//! the first headings. A value is taken only with its place in the text; what is not printed stays absent.

mod dated;
mod kinds;
mod label_words;
mod labels;
mod names;
mod number;
mod payers;
mod printed;
mod reach;
mod stacked;
#[cfg(test)]
mod tests;

use self::labels::{Label, Labelled};
use crate::document::{Block, Document, Role};
use crate::policy::{Metadata, Tier, dates};
use crate::text::Span;

/// How many blocks at the start may be front matter.
const FRONT: usize = 60;

/// How many blocks at the end may be back matter.
const BACK: usize = 40;

/// Reads the metadata of `document`.
pub(super) fn read(document: &mut Document) {
    let parts = stacked::parts(&Page { document });
    let kept = stacked::settle(document, &parts);
    let page = Page { document };
    let mut labelled = page.labelled();
    page.columns(&mut labelled);
    labelled.retain(|each| kept.contains(&each.block));
    let title = names::title(&page, &labelled);
    let metadata = Metadata {
        payer: payers::payer(&page, &labelled),
        author: payers::author(&page),
        number: number::number(&page, &labelled, title.as_ref()),
        original_effective: dated::original(&page, &labelled),
        effective: dated::effective(&page, &labelled),
        last_review: dated::last_review(&page, &labelled),
        next_review: dated::next_review(&page, &labelled),
        lines_of_business: reach::lines_of_business(&page, &labelled, title.as_ref()),
        states: reach::states(&page, &labelled, title.as_ref()),
        title,
    };
    document.metadata = metadata;
}

/// A document while its metadata are read.
#[derive(Clone, Copy, Debug)]
struct Page<'d> {
    document: &'d Document,
}

impl<'d> Page<'d> {
    /// The words of a block.
    fn words(self, block: &Block) -> &'d str {
        block.span.of(&self.document.text)
    }

    /// The blocks of the front matter.
    fn front(self) -> &'d [Block] {
        let blocks = &self.document.blocks;
        &blocks[..blocks.len().min(FRONT)]
    }

    /// The labels in front matter, back matter and page furniture, in order.
    fn labelled(self) -> Vec<Labelled> {
        let blocks = &self.document.blocks;
        let mut found = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let is_back = at + BACK >= blocks.len();
            if at < FRONT || is_back || block.role == Role::Furniture || self.in_history(block) {
                let next = blocks[at + 1..].iter().find(|next| next.role != Role::Furniture).map(|next| next.span);
                let before = found.len();
                labels::scan(&self.document.text, block.span, next, at, &mut found);
                if at >= FRONT && self.is_cited(block) {
                    // Behind the references stands what begins with a label and goes on with a date.
                    let text = &self.document.text;
                    let begins = found.get(before).is_some_and(|first: &Labelled| {
                        let value = first.value.of(text);
                        let behind = first.value.start() - block.span.start() <= 40;
                        behind && dates::first(value).is_some_and(|dated| dated.span.start() == 0)
                    });
                    found.truncate(if begins { found.len() } else { before });
                }
            }
        }
        found
    }

    /// Pairs heads of columns with the cells of the row below.
    fn columns(self, labelled: &mut Vec<Labelled>) {
        let blocks = self.front();
        for (at, pair) in blocks.windows(2).enumerate() {
            let [heads, values] = pair else { continue };
            if values.role == Role::Row && matches!(heads.role, Role::Row | Role::Caption) {
                labels::columns(&self.document.text, heads.span, values.span, at, labelled);
            }
        }
    }

    /// Whether a block stands in a revision history.
    fn in_history(self, block: &Block) -> bool {
        self.tier(block) == Some(Tier::History)
    }

    /// Whether a block stands among references.
    fn is_cited(self, block: &Block) -> bool {
        self.tier(block) == Some(Tier::References)
    }

    fn tier(self, block: &Block) -> Option<Tier> {
        self.document.sections[block.section.index()].tier
    }

    /// The first values with that label that `fits`, front matter before back matter.
    fn first<'l>(self, labelled: &'l [Labelled], label: Label) -> impl Iterator<Item = (Span, &'d str)> + use<'d, 'l> {
        let text = &self.document.text;
        labelled.iter().filter(move |each| each.label == label).map(move |each| (each.value, each.value.of(text)))
    }
}
