//! PDF: glyphs from hayro, layout by fineprint.
//!
//! Pages are drawn one after the other into glyphs with places, glyphs become lines, repeated lines at the
//! edges become furniture, the rest is cut into columns, tables and paragraphs, and paragraphs that go on over
//! a page are joined. Only `glyphs`, `strokes`, `links` and this file know the engine.

mod baselines;
mod columns;
mod furniture;
mod glyphs;
mod grid;
mod hyphens;
mod layout;
mod lines;
mod links;
mod marked;
mod outlines;
mod ruled;
mod strokes;
mod table;
#[cfg(test)]
mod tests;

use hayro_syntax::{LoadPdfError, Pdf};

use super::flow::FlowBlock;
use super::{ExtractError, Limits};
use crate::document::{Completeness, ExtractIssue, IssueCode, LeftOutReason, Role};
use glyphs::{Drawing, Interpreter};
use grid::Grid;
use lines::Line;
use links::PageLink;
use strokes::Strokes;

/// What a PDF gives.
pub(crate) struct Read {
    pub(crate) flow: Vec<FlowBlock>,
    /// The number printed on each page, where one was found.
    pub(crate) labels: Vec<Option<String>>,
    pub(crate) completeness: Completeness,
    pub(crate) issues: Vec<ExtractIssue>,
}

/// Reads a PDF.
///
/// # Errors
/// When it is encrypted, over a limit, or has no page that can be found.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Read, ExtractError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| load_error(&error))?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(ExtractError::Unparsable { format: "PDF", reason: "no page was found in it".to_owned() });
    }
    limits.pages(count)?;
    let interpreter = Interpreter::new(&pdf);
    let mut pages = Vec::with_capacity(count);
    let mut issues = Vec::new();
    let (mut text_bytes, mut missing) = (0, 0);
    for (index, page) in pdf.pages().iter().enumerate() {
        let drawing = interpreter.draw(page);
        let number = u32::try_from(index + 1).expect("pages are limited");
        if let Some(issue) = page_issue(&drawing, number) {
            missing += usize::from(issue.code == IssueCode::TextLayerMissing);
            issues.push(issue);
        }
        text_bytes += drawing.glyphs.len();
        if text_bytes > limits.max_text_bytes {
            return Err(limits.too_much_text());
        }
        pages.push(PageLines::new(drawing));
    }
    issues.extend(truncation(bytes));
    let completeness = match () {
        () if missing == count => Completeness::None,
        () if issues.is_empty() => Completeness::Full,
        () => Completeness::Partial,
    };
    let (flow, labels) = flow(pages);
    Ok(Read { flow, labels, completeness, issues })
}

/// What layout needs of a page; the glyphs are gone, so that long documents stay small.
#[derive(Default)]
struct PageLines {
    lines: Vec<Line>,
    turned: Vec<Line>,
    struck: Vec<Line>,
    rules: Strokes,
    grids: Vec<Grid>,
    links: Vec<PageLink>,
    height: f32,
}

impl PageLines {
    fn new(mut drawing: Drawing) -> PageLines {
        ruled::apply(&mut drawing.glyphs, &mut drawing.rules);
        let grids = grid::grids(&drawing.rules);
        PageLines {
            lines: lines::lines(&drawing.glyphs, &grids),
            turned: lines::turned(&drawing.turned),
            struck: lines::struck(&drawing.glyphs),
            rules: drawing.rules,
            grids,
            links: drawing.links,
            height: drawing.height,
        }
    }
}

/// The document's blocks: page furniture first on its page, then the body.
fn flow(mut pages: Vec<PageLines>) -> (Vec<FlowBlock>, Vec<Option<String>>) {
    let taken = furniture::take(&mut pages);
    let mut flow: Vec<FlowBlock> = Vec::new();
    let mut labels = Vec::with_capacity(pages.len());
    let mut links = Vec::with_capacity(pages.len());
    for (index, (page, taken)) in pages.into_iter().zip(taken).enumerate() {
        let number = u32::try_from(index + 1).expect("pages are limited");
        labels.push(taken.label);
        links.push(page.links);
        for (text, first) in taken.lines {
            let left_out = (!first).then_some(LeftOutReason::RepeatedFurniture);
            flow.push(FlowBlock { role: Role::Furniture, left_out, ..FlowBlock::words(text, Some(number)) });
        }
        let mut body = layout::blocks(page.lines, &page.rules, &page.grids, number);
        for line in page.turned {
            body.push(FlowBlock { role: Role::Furniture, ..FlowBlock::words(line.words(), Some(number)) });
        }
        for line in page.struck {
            let left_out = Some(LeftOutReason::Struck);
            body.push(FlowBlock { left_out, ..FlowBlock::words(line.words(), Some(number)) });
        }
        join_over_page(&mut flow, &mut body);
        flow.extend(body);
    }
    hyphens::resolve(&mut flow);
    links::attach(&mut flow, &links);
    (flow, labels)
}

fn is_body(block: &FlowBlock) -> bool {
    block.role != Role::Furniture && block.left_out.is_none()
}

/// Joins the first block of a page's body to the last of the page before, where its sentence goes on.
fn join_over_page(flow: &mut [FlowBlock], body: &mut Vec<FlowBlock>) {
    let Some(last) = flow.iter_mut().rev().find(|block| is_body(block)) else { return };
    let Some(first) = body.iter().position(is_body) else { return };
    let next = &body[first];
    let prose = last.role == Role::Paragraph && next.role == Role::Paragraph;
    let adjacent = last.last_page().is_some_and(|page| next.page == Some(page + 1));
    let open = !last.text.trim_end().ends_with(['.', ':', ';', '?', '!', '”']) && last.look.bold == next.look.bold;
    let goes_on = next.text.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ',' | '–'))
        || last.text.ends_with([',', layout::LINE_END_HYPHEN, '-', '/'])
        || ends_in_small_word(&last.text);
    let same_size = last.look.size.abs_diff(next.look.size) <= 5;
    if prose && adjacent && open && goes_on && same_size && super::markers::marker_len(&next.text) == 0 {
        let next = body.remove(first);
        let mut text = std::mem::take(&mut last.text);
        layout::append_line(&mut text, "");
        let text = text.trim_end().to_owned();
        last.text = format!("{text}\u{c}{}", next.text);
        last.look.lines += next.look.lines;
    }
}

/// Whether the last word cannot end a sentence.
fn ends_in_small_word(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "for",
        "to",
        "in",
        "is",
        "are",
        "be",
        "with",
        "by",
        "on",
        "that",
        "as",
        "at",
        "not",
        "from",
        "this",
        "which",
        "when",
        "if",
        "was",
        "were",
        "has",
        "have",
        "may",
        "will",
        "than",
        "considered",
    ];
    text.split_whitespace().next_back().is_some_and(|word| SMALL.contains(&word))
}

/// Fewer letters than this on a page with pictures, and the page has no text layer to speak of.
const FEWEST_LETTERS: usize = 8;
/// Fewer letters than this beside a picture that covers most of the page are a stamp or a footer on a scan.
const STAMP_LETTERS: usize = 200;
/// Pages drawn as outlines have thousands of paths.
const MANY_PATHS: usize = 300;

fn page_issue(drawing: &Drawing, page: u32) -> Option<ExtractIssue> {
    let letters = drawing.glyphs.len() + drawing.turned.len();
    let drawn = drawing.images > 0 || drawing.paths > MANY_PATHS || drawing.unnamed > FEWEST_LETTERS;
    let (code, message) = if letters < FEWEST_LETTERS && drawn {
        let message =
            format!("page {page} is a picture without text: ask the payer for a text copy, or run OCR over it");
        (IssueCode::TextLayerMissing, message)
    } else if drawing.unnamed * 5 > letters && drawing.unnamed > FEWEST_LETTERS {
        let (unnamed, all) = (drawing.unnamed, letters + drawing.unnamed);
        let what = format!("on page {page} the file gives no letters for {unnamed} of {all} signs");
        (IssueCode::TextLayerPartial, what + COMPARE)
    } else if letters < STAMP_LETTERS && drawing.largest_image > drawing.area / 2.0 {
        let what = format!("page {page} is a picture with {letters} letters of text beside it");
        (IssueCode::TextLayerPartial, what + COMPARE)
    } else if let Some(outlined) = drawing.outlines.without_text(&drawing.glyphs) {
        let what = format!("page {page} has {outlined} pieces of text drawn as outlines, which cannot be read");
        (IssueCode::TextLayerPartial, what + COMPARE)
    } else if drawing.overflow {
        let what = format!("page {page} has more signs than a page can have; the rest of it was not read");
        (IssueCode::PageUnreadable, what)
    } else {
        return None;
    };
    Some(ExtractIssue { code, page: Some(page), message })
}

/// What to do where a page's text layer lacks something.
const COMPARE: &str = ": compare with the page as printed";

/// A sound PDF has its end mark within the last kilobyte (ISO 32000-2, 7.5.5, and what writers do).
fn truncation(bytes: &[u8]) -> Option<ExtractIssue> {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    let ended = tail.windows(5).any(|window| window == b"%%EOF");
    (!ended).then(|| ExtractIssue {
        code: IssueCode::Truncated,
        page: None,
        message: "the file ends early, so pages may be missing: fetch it again".to_owned(),
    })
}

fn load_error(error: &LoadPdfError) -> ExtractError {
    match error {
        LoadPdfError::Decryption(_) => ExtractError::Encrypted,
        LoadPdfError::Invalid => {
            ExtractError::Unparsable { format: "PDF", reason: "no page could be found".to_owned() }
        }
    }
}
