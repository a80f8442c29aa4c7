//! Words that are drawn as outlines: a reader sees them, the text layer lacks them.
//!
//! Browsers that print a page to a file do so for fonts which they may not embed: headings and links are then paths
//! of hundreds of curves, as wide and high as a line of words.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Rect};

use super::glyphs::Glyph;

/// Areas of paths that look like words, in points from the page's top left corner.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    words: Vec<Rect>,
}

/// Letters in outline have several curves each: a path with fewer is a bullet, an icon or a mark.
const FEWEST_CURVES: usize = 40;
/// How high a line of words is, in points.
const HEIGHT: std::ops::RangeInclusive<f64> = 4.0..=40.0;
/// How much wider than high words are at least.
const WIDTH: f64 = 1.5;
/// Pages with more are drawings.
const MOST: usize = 2_000;
/// Fewer on a page are a logo with its motto.
const FEWEST: usize = 4;

impl Outlines {
    /// Notes a filled path that looks like words.
    pub(super) fn path(&mut self, path: &BezPath, transform: Affine) {
        let elements = path.elements();
        if elements.len() < FEWEST_CURVES || self.words.len() >= MOST {
            return;
        }
        let curves = elements.iter().filter(|element| matches!(element, PathEl::CurveTo(..) | PathEl::QuadTo(..)));
        let area = transform.transform_rect_bbox(path.control_box());
        if HEIGHT.contains(&area.height()) && area.width() >= WIDTH * area.height() && curves.count() >= FEWEST_CURVES {
            self.words.push(area);
        }
    }

    /// How many words or lines of words are drawn where no letter stands, where they are enough to matter.
    pub(super) fn without_text(&self, glyphs: &[Glyph]) -> Option<usize> {
        if self.words.len() < FEWEST {
            return None;
        }
        let has_letters = |area: &Rect| {
            glyphs.iter().any(|glyph| {
                let (x, y) = (f64::from(glyph.x0 + glyph.x1) / 2.0, f64::from(glyph.y - 0.3 * glyph.size));
                glyph.is_alphanumeric() && area.contains((x, y))
            })
        };
        let count = self.words.iter().filter(|area| !has_letters(area)).count();
        (count >= FEWEST).then_some(count)
    }
}
