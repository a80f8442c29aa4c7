//! Lines drawn under words and through them: underlines are no borders of tables, and struck words are not current.

use super::glyphs::{Glyph, is_blank};
use super::strokes::{Across, Strokes};

/// How far from words a line may be drawn that belongs to them, in points.
const REACH: f32 = 24.0;
/// How far such a line may stand out over the words, in points.
const SLACK: f32 = 1.0;

/// A line through fewer letters is a sign of its own.
const FEWEST_STRUCK: usize = 2;

/// Marks the struck glyphs, and takes the lines under and through words out of the page's lines.
pub(super) fn apply(glyphs: &mut [Glyph], rules: &mut Strokes) {
    if rules.across.is_empty() {
        return;
    }
    let mut order: Vec<(f32, usize)> = glyphs.iter().enumerate().map(|(at, glyph)| (glyph.y, at)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut struck = Vec::new();
    rules.across.retain(|rule| {
        let from = order.partition_point(|(y, _)| *y < rule.y - REACH);
        let to = order.partition_point(|(y, _)| *y <= rule.y + REACH);
        let near = || order[from..to].iter().map(|&(_, at)| at).filter(|&at| touches(&glyphs[at], rule));
        if is_along(near().filter(|&at| is_under(&glyphs[at], rule)).map(|at| &glyphs[at]), rule) {
            return false;
        }
        let through: Vec<usize> = near().filter(|&at| is_through(&glyphs[at], rule)).collect();
        let words = through.iter().filter(|&&at| glyphs[at].is_alphanumeric()).count();
        let strikes = words >= FEWEST_STRUCK && is_along(through.iter().map(|&at| &glyphs[at]), rule);
        if strikes {
            struck.extend(through.into_iter().filter(|&at| passes_middle(&glyphs[at], rule)));
        }
        !strikes
    });
    for at in struck {
        glyphs[at].struck = true;
    }
}

fn touches(glyph: &Glyph, rule: &Across) -> bool {
    glyph.x1 > rule.x0 && glyph.x0 < rule.x1
}

fn passes_middle(glyph: &Glyph, rule: &Across) -> bool {
    let middle = (glyph.x0 + glyph.x1) / 2.0;
    middle > rule.x0 && middle < rule.x1
}

fn is_under(glyph: &Glyph, rule: &Across) -> bool {
    let depth = (rule.y - glyph.y) / glyph.size.max(0.1);
    (-0.02..=0.32).contains(&depth)
}

fn is_through(glyph: &Glyph, rule: &Across) -> bool {
    let height = (glyph.y - rule.y) / glyph.size.max(0.1);
    (0.12..=0.45).contains(&height)
}

/// Whether a line goes along these words: it ends where they end, and they leave no gap as cells do.
fn is_along<'g>(glyphs: impl Iterator<Item = &'g Glyph>, rule: &Across) -> bool {
    let mut all: Vec<&Glyph> = glyphs.collect();
    all.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let Some(first) = all.first() else { return false };
    let (mut end, size) = (first.x1, first.size);
    for glyph in &all[1..] {
        if glyph.x0 - end > 1.3 * size {
            return false;
        }
        end = end.max(glyph.x1);
    }
    rule.x0 >= first.x0 - SLACK && rule.x1 <= end + SLACK && all.iter().any(|glyph| !is_blank(glyph))
}
