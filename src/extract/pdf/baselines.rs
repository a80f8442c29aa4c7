//! Glyphs to baselines: which of them stand on one line, raised marks with the words they belong to, and words that
//! are printed over others apart from them.

use super::glyphs::{Glyph, is_blank};
use super::lines::is_overprint;

/// The glyphs of each line from top to bottom, from left to right.
pub(super) fn baselines(glyphs: &[Glyph]) -> Vec<Vec<&Glyph>> {
    let mut order: Vec<&Glyph> = glyphs.iter().filter(|glyph| glyph.size > 0.5).collect();
    // A stable sort keeps the drawing order where places are equal.
    order.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<&Glyph>> = Vec::new();
    let mut base = (f32::MIN, 0.0_f32);
    for glyph in order {
        // A raised or lowered sign is much smaller than its line and stands further off.
        let raised = glyph.size.min(base.1) < 0.8 * glyph.size.max(base.1);
        let near = if raised { 0.5 } else { 0.3 };
        let same = (glyph.y - base.0).abs() <= near * glyph.size.max(base.1);
        match lines.last_mut() {
            Some(line) if same => {
                line.push(glyph);
                if glyph.size > base.1 {
                    base = (glyph.y, glyph.size);
                }
            }
            _ => {
                lines.push(vec![glyph]);
                base = (glyph.y, glyph.size);
            }
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    attach_raised(&mut lines);
    if lines.iter().any(|line| is_overlaid(line)) {
        lines = lines.into_iter().flat_map(layers).collect();
    }
    lines
}

/// A raised sign is no larger than this part of its words.
const SMALL: f32 = 0.88;
/// How far over the baseline a raised sign may stand, as a part of the line's size.
const HIGHEST: f32 = 0.95;
/// How many lines further down a raised sign's words may stand, since cells beside them have lines of their own.
const LINES_DOWN: usize = 3;

/// Puts small signs that stand high (™, notes, powers) on the line of the words in front of them.
fn attach_raised<'g>(lines: &mut [Vec<&'g Glyph>]) {
    let sizes: Vec<f32> = lines.iter().map(|line| line.iter().map(|glyph| glyph.size).fold(0.0, f32::max)).collect();
    for at in 0..lines.len().saturating_sub(1) {
        let below = at + 1..lines.len().min(at + 1 + LINES_DOWN);
        let largest = sizes[below.clone()].iter().copied().fold(0.0, f32::max);
        let top = lines[at][0].y;
        let near = lines[at + 1].first().is_some_and(|glyph| glyph.y - top <= HIGHEST * largest);
        if !near || lines[at].iter().all(|glyph| glyph.size > SMALL * largest) {
            continue;
        }
        let runs = small_runs(&lines[at], largest).into_iter().rev();
        for (from, to) in runs {
            let Some(target) = below.clone().find(|&line| takes(&lines[line], &lines[at][from..to])) else { continue };
            let run: Vec<&'g Glyph> = lines[at].drain(from..to).collect();
            lines[target].extend(run);
            lines[target].sort_by(|a, b| a.x0.total_cmp(&b.x0));
        }
    }
}

/// Runs of small signs of a line that follow none of its larger words.
fn small_runs(line: &[&Glyph], largest: f32) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut from = 0;
    while from < line.len() {
        let mut to = from + 1;
        while to < line.len() && line[to].x0 - line[to - 1].x1 < 0.5 * line[to].size.max(line[to - 1].size) {
            to += 1;
        }
        let shown = |glyph: &&Glyph| !is_blank(glyph);
        let first = line[from..to].iter().position(shown).map(|at| from + at);
        let behind = line[from..to].iter().rposition(shown).map(|at| from + at + 1);
        if let (Some(first), Some(behind)) = (first, behind)
            && line[from..to].iter().all(|glyph| glyph.size <= SMALL * largest)
        {
            runs.push((first, behind));
        }
        from = to;
    }
    runs
}

/// Whether the raised signs stand close behind words of the line and over none of them.
fn takes(line: &[&Glyph], run: &[&Glyph]) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    let words = || line.iter().filter(|glyph| !is_blank(glyph));
    let follows = words().any(|glyph| {
        let gap = first.x0 - glyph.x1;
        let raised = glyph.y - first.y;
        first.size <= SMALL * glyph.size
            && (-0.3 * first.size..=0.35 * glyph.size).contains(&gap)
            && raised > 0.0
            && raised <= HIGHEST * glyph.size
    });
    let slack = 0.2 * first.size;
    follows && !words().any(|glyph| glyph.x0 < last.x1 - slack && glyph.x1 > first.x0 + 2.0 * slack)
}

/// The fewest letters over others by which two printings are told from close letters.
const FEWEST_OVERLAID: usize = 4;

/// A line of more glyphs is no line of words, and all of them are compared with each other.
const MOST_OVERLAID: usize = 4_000;

/// Whether words of the line stand over others.
fn is_overlaid(line: &[&Glyph]) -> bool {
    if line.len() > MOST_OVERLAID {
        return false;
    }
    // Most lines have no glyphs that overlap at all.
    let overlap =
        |pair: &[&Glyph]| pair[1].x0 < pair[0].x1 - 0.4 * (pair[0].x1 - pair[0].x0).min(pair[1].x1 - pair[1].x0);
    if line.windows(2).filter(|pair| overlap(pair)).count() < FEWEST_OVERLAID {
        return false;
    }
    let words: Vec<&Glyph> = line.iter().copied().filter(|glyph| !is_blank(glyph)).collect();
    words.windows(2).filter(|pair| covers(pair[0], pair[1])).count() >= FEWEST_OVERLAID
}

/// Whether the second of two glyphs, from left to right, is printed over the first.
fn covers(first: &Glyph, second: &Glyph) -> bool {
    let narrower = (first.x1 - first.x0).min(second.x1 - second.x0);
    second.x0 < first.x1 - 0.4 * narrower && narrower > 0.0 && !is_overprint(first, second)
}

/// A line whose words stand over others as lines of their own: what was drawn in one run stays together.
fn layers(line: Vec<&Glyph>) -> Vec<Vec<&Glyph>> {
    if !is_overlaid(&line) {
        return vec![line];
    }
    let mut drawn = line;
    drawn.sort_by_key(|glyph| glyph.drawn);
    let mut layers: Vec<Vec<&Glyph>> = Vec::new();
    for run in drawn.chunk_by(|a, b| b.drawn == a.drawn + 1 && b.x0 >= a.x0 && (a.y - b.y).abs() < 0.3) {
        let fits = |layer: &&mut Vec<&Glyph>| {
            (layer[0].y - run[0].y).abs() < 0.5
                && !layer.iter().any(|own| run.iter().any(|glyph| own.x0 < glyph.x1 - 0.5 && glyph.x0 < own.x1 - 0.5))
        };
        match layers.iter_mut().find(fits) {
            Some(layer) => layer.extend(run),
            None => layers.push(run.to_vec()),
        }
    }
    for layer in &mut layers {
        layer.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    layers.sort_by(|a, b| a[0].y.total_cmp(&b[0].y));
    layers
}
