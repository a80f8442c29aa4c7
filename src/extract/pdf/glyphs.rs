//! The glyphs and ruling lines of a page, as the engine draws them. The only file that knows hayro's drawing interface.

use hayro_cmap::BfString;
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use hayro_syntax::page::Page;

use super::links::{self, PageLink};
use super::marked::Marked;
use super::outlines::Outlines;
use super::strokes::Strokes;

/// One glyph on the page; the origin is the page's top left corner, units are points.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Where its advance begins.
    pub(super) x0: f32,
    /// Where its advance ends.
    pub(super) x1: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// The font's size.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// A line is drawn through it.
    pub(super) struck: bool,
    /// The file marks it as no part of the text: a running head, a page number.
    pub(super) artifact: bool,
    /// Its place in the order of drawing.
    pub(super) drawn: u32,
    pub(super) text: Text,
}

impl Glyph {
    /// Whether it shows a letter or digit.
    pub(super) fn is_alphanumeric(&self) -> bool {
        match &self.text {
            Text::Char(c) => c.is_alphanumeric(),
            Text::Several(text) => text.chars().any(char::is_alphanumeric),
        }
    }
}

/// What a glyph stands for.
#[derive(Clone, Debug)]
pub(super) enum Text {
    Char(char),
    Several(Box<str>),
}

/// Everything of a page that layout looks at.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) height: f32,
    /// Horizontal text, in the order of drawing.
    pub(super) glyphs: Vec<Glyph>,
    /// Text in another direction, in the order of drawing.
    pub(super) turned: Vec<Glyph>,
    pub(super) rules: Strokes,
    /// Words drawn as outlines.
    pub(super) outlines: Outlines,
    /// Links to addresses, in the file's order.
    pub(super) links: Vec<PageLink>,
    /// Glyphs for which the file gives no letter.
    pub(super) unnamed: usize,
    pub(super) images: usize,
    /// The area of the largest picture, in square points.
    pub(super) largest_image: f64,
    /// The page's area, in square points.
    pub(super) area: f64,
    pub(super) paths: usize,
    /// More glyphs than a page can have were left out.
    pub(super) overflow: bool,
    marked: Marked,
}

/// The most glyphs that one page may have: far above the densest page of print.
const MOST_GLYPHS: usize = 400_000;

/// Reads pages one after the other; fonts are kept from page to page.
pub(super) struct Interpreter<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    settings: InterpreterSettings,
}

impl<'a> Interpreter<'a> {
    pub(super) fn new(pdf: &'a Pdf) -> Interpreter<'a> {
        Interpreter { pdf, cache: InterpreterCache::new(), settings: InterpreterSettings::default() }
    }

    pub(super) fn draw(&self, page: &Page<'a>) -> Drawing {
        let (width, height) = page.render_dimensions();
        let start = Affine::new(page.initial_transform(true).as_coeffs());
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(start, bounds, &self.cache, self.pdf.xref(), self.settings.clone());
        let mut drawing = Drawing { height, area: bounds.area(), ..Drawing::default() };
        interpret_page(page, &mut context, &mut drawing);
        drawing.links = links::read(page, start, &drawing.glyphs);
        drawing
    }
}

impl<'a> Device<'a> for Drawing {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.paths += 1;
        let filled = matches!(mode, DrawMode::Fill(_));
        if filled {
            self.outlines.path(path, props.transform);
        }
        self.rules.path(path, props.transform, !filled);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let glyphs = run.glyphs();
        let bold = matches!(mode, DrawMode::FillAndStroke(..)) || glyphs.first().is_some_and(|glyph| is_bold(glyph));
        for glyph in glyphs {
            if self.glyphs.len() + self.turned.len() >= MOST_GLYPHS {
                self.overflow = true;
                return;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char('\0')) | None => {
                    self.unnamed += 1;
                    continue;
                }
                Some(BfString::Char(c)) => Text::Char(c),
                Some(BfString::String(text)) => Text::Several(text.into()),
            };
            let (advance, unit) = match &**glyph {
                Drawn::Outline(outline) => (outline.advance_width().unwrap_or(500.0), 1000.0),
                Drawn::Type3(type3) => (type3.advance_width().unwrap_or(500.0), 1000.0),
            };
            let place = props.transform * glyph.transform();
            let origin = place * Point::ZERO;
            let end = place * Point::new(f64::from(advance), 0.0);
            let up = place * Point::new(0.0, unit) - origin;
            let along = end - origin;
            let made = Glyph {
                x0: origin.x as f32,
                x1: end.x as f32,
                y: origin.y as f32,
                size: up.hypot() as f32,
                bold,
                struck: false,
                artifact: self.marked.is_artifact(),
                drawn: (self.glyphs.len() + self.turned.len()) as u32,
                text,
            };
            let level = along.y.abs() <= along.x.abs() * 0.1 + 0.01;
            if level && made.x0.is_finite() && made.y.is_finite() && made.x1 >= made.x0 {
                self.glyphs.push(made);
            } else if made.x0.is_finite() && made.y.is_finite() {
                self.turned.push(made);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.images += 1;
        let samples = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.largest_image = self.largest_image.max(props.transform.transform_rect_bbox(samples).area());
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.marked.begin(tag, properties);
    }

    fn end_marked_content(&mut self) {
        self.marked.end();
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.paths += 1;
        self.rules.rect(props.transform.transform_rect_bbox(*rect), !matches!(mode, DrawMode::Fill(_)));
    }
}

fn is_bold(glyph: &Drawn<'_>) -> bool {
    let Drawn::Outline(outline) = glyph else { return false };
    let Some(font) = outline.font_data() else { return false };
    let by_name = font.postscript_name.is_some_and(|name| {
        let name = name.as_bytes();
        let has = |word: &[u8]| name.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
        [&b"bold"[..], b"black", b"heavy", b"demi"].into_iter().any(has)
    });
    by_name || font.weight.is_some_and(|weight| weight >= 600)
}

/// Whether the glyph shows nothing.
pub(super) fn is_blank(glyph: &Glyph) -> bool {
    match &glyph.text {
        Text::Char(c) => c.is_whitespace() || *c == '\u{a0}' || is_invisible(*c),
        Text::Several(text) => text.chars().all(|c| c.is_whitespace() || is_invisible(c)),
    }
}

/// Whether the letter shows nothing and takes no room.
pub(super) fn is_invisible(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let steers = c.is_control() && !c.is_whitespace();
    turns || steers || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
