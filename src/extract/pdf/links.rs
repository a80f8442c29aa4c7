//! Link annotations: the words of a page that carry a link, and where it leads.
//!
//! An annotation is only a place on the page. The letters in that place are taken as they are drawn, and after layout
//! the same letters are looked for in the page's blocks; words that stand there twice are told apart by the letters
//! before them. A link whose words cannot be told apart is left out rather than put on the wrong words.

use hayro_interpret::kurbo::{Affine, Point, Rect};
use hayro_syntax::object::dict::keys::{A, ANNOTS, QUADPOINTS, RECT, URI};
use hayro_syntax::object::{self, Array, Dict};
use hayro_syntax::page::Page;

use super::glyphs::{Glyph, Text};
use crate::extract::flow::{FlowBlock, FlowLink};
use crate::text::Span;

/// Words that carry a link.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PageLink {
    /// Their letters and digits.
    words: String,
    /// The letters and digits drawn before them.
    before: String,
    /// The address as written.
    target: String,
}

/// The most links that are read of a page.
const MOST_LINKS: usize = 500;
/// Links on fewer letters are icons and ticks.
const FEWEST_LETTERS: usize = 2;
/// How many letters before a link tell it from its like.
const BEFORE: usize = 12;

/// The links of a page on the letters drawn there. `to_page` turns the file's coordinates into the glyphs'.
pub(super) fn read(page: &Page<'_>, to_page: Affine, glyphs: &[Glyph]) -> Vec<PageLink> {
    let Some(annotations) = page.raw().get::<Array<'_>>(ANNOTS) else { return Vec::new() };
    let links = annotations.iter::<Dict<'_>>().filter_map(|annotation| {
        let target = annotation.get::<Dict<'_>>(A)?.get::<object::String<'_>>(URI)?;
        let target = std::str::from_utf8(target.as_bytes()).ok()?.trim().to_owned();
        (!target.is_empty()).then(|| on_words(&areas(&annotation, to_page), glyphs, target))?
    });
    links.take(MOST_LINKS).collect()
}

/// The places of a link: one for each line it covers where the file says so.
fn areas(annotation: &Dict<'_>, to_page: Affine) -> Vec<Rect> {
    let corners: Vec<f64> =
        annotation.get::<Array<'_>>(QUADPOINTS).map(|points| points.iter::<f64>().collect()).unwrap_or_default();
    if !corners.is_empty() && corners.len().is_multiple_of(8) {
        let bounds = |quad: &[f64]| {
            let points = quad.chunks(2).map(|point| to_page * Point::new(point[0], point[1]));
            points.map(|point| Rect::from_points(point, point)).reduce(|all, one| all.union(one))
        };
        return corners.chunks(8).filter_map(bounds).collect();
    }
    let rect = annotation.get::<object::Rect>(RECT);
    rect.map(|r| to_page.transform_rect_bbox(Rect::new(r.x0, r.y0, r.x1, r.y1))).into_iter().collect()
}

fn on_words(areas: &[Rect], glyphs: &[Glyph], target: String) -> Option<PageLink> {
    let within = |glyph: &Glyph| {
        let middle = Point::new(f64::from(glyph.x0 + glyph.x1) / 2.0, f64::from(glyph.y - glyph.size * 0.3));
        areas.iter().any(|area| area.contains(middle))
    };
    let first = glyphs.iter().position(within)?;
    let words: String = glyphs[first..].iter().filter(|glyph| within(glyph)).flat_map(letters).collect();
    let before: Vec<char> = glyphs[..first].iter().rev().take(2 * BEFORE).rev().flat_map(letters).collect();
    let before = before[before.len().saturating_sub(BEFORE)..].iter().collect();
    (words.chars().count() >= FEWEST_LETTERS).then_some(PageLink { words, before, target })
}

fn letters(glyph: &Glyph) -> Vec<char> {
    match &glyph.text {
        Text::Char(c) => vec![*c],
        Text::Several(text) => text.chars().collect(),
    }
    .into_iter()
    .filter(|c| c.is_alphanumeric())
    .collect()
}

/// Puts each page's links on the blocks that hold their words.
pub(super) fn attach(flow: &mut [FlowBlock], links: &[Vec<PageLink>]) {
    let mut first = 0;
    for (index, links) in links.iter().enumerate() {
        let page = u32::try_from(index + 1).expect("pages are limited");
        while flow.get(first).is_some_and(|block| block.last_page().is_some_and(|last| last < page)) {
            first += 1;
        }
        if links.is_empty() {
            continue;
        }
        let end = first + flow[first..].iter().take_while(|block| block.page.is_none_or(|at| at <= page)).count();
        let mut blocks: Vec<Letters> = flow[first..end].iter().map(Letters::of).collect();
        for link in links {
            let found = place(&blocks, &format!("{}{}", link.before, link.words), link.before.len());
            let Some((at, span)) = found.or_else(|| place(&blocks, &link.words, 0)) else { continue };
            let taken = &mut blocks[at].taken;
            if !taken.iter().any(|other: &Span| other.start() < span.end() && span.start() < other.end()) {
                taken.push(span);
                flow[first + at].links.push(FlowLink { span, target: link.target.clone() });
            }
        }
    }
    for block in flow {
        block.links.sort_by_key(|link| link.span.start());
    }
}

/// A block's letters and digits with their places in its text.
struct Letters {
    letters: String,
    /// For each byte of `letters`: where its letter stands.
    places: Vec<usize>,
    taken: Vec<Span>,
}

impl Letters {
    fn of(block: &FlowBlock) -> Letters {
        let mut made = Letters { letters: String::new(), places: Vec::new(), taken: Vec::new() };
        if block.left_out.is_none() {
            for (at, letter) in block.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                made.letters.push(letter);
                made.places.resize(made.letters.len(), at);
            }
        }
        made
    }
}

/// The only place of these letters, without the first `skip` bytes of them.
fn place(blocks: &[Letters], letters: &str, skip: usize) -> Option<(usize, Span)> {
    let all =
        |(at, block): (usize, &Letters)| block.letters.match_indices(letters).map(|(start, _)| (at, start)).collect();
    let mut found = blocks.iter().enumerate().flat_map::<Vec<(usize, usize)>, _>(all);
    let (at, start) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let block = &blocks[at];
    let last = block.letters[start..start + letters.len()].chars().next_back()?;
    let end = block.places[start + letters.len() - 1] + last.len_utf8();
    Some((at, Span::new(block.places[start + skip], end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, words: &str, texts: &[&str], expected: &[(usize, &str)]) {
        let mut flow: Vec<FlowBlock> = texts.iter().map(|text| FlowBlock::words((*text).to_owned(), Some(1))).collect();
        let target = "https://example.org/appeals".to_owned();
        attach(&mut flow, &[vec![PageLink { words: words.to_owned(), before: before.to_owned(), target }]]);
        let found: Vec<(usize, &str)> = flow
            .iter()
            .enumerate()
            .flat_map(|(at, block)| block.links.iter().map(move |link| (at, link.span.of(&block.text))))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn links_stand_on_their_words_or_nowhere() {
        check("", "requestanexception", &["To request an ex- ception, write."], &[(0, "request an ex- ception")]);
        check("appeals", "here", &["Rules here.", "Appeals: here."], &[]);
        check("ppeals", "here", &["Rules here.", "Appeals: here."], &[(1, "here")]);
        check("", "here", &["Rules here.", "Appeals: here."], &[]);
    }
}
