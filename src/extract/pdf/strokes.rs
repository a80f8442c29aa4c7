//! The straight lines drawn on a page: borders of tables, rules between paragraphs, strokes through words.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

/// A line along the page's width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Across {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
}

/// A line along the page's height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Down {
    pub(super) x: f32,
    pub(super) y0: f32,
    pub(super) y1: f32,
}

/// The lines of one page, in points from its top left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Strokes {
    /// Drawn lines.
    pub(super) across: Vec<Across>,
    /// Drawn lines.
    pub(super) down: Vec<Down>,
    /// The upper and lower edges of filled areas, which part rows as well.
    pub(super) shades: Vec<Across>,
}

/// The most that a drawn line is thick.
const THIN: f64 = 2.0;
/// Shorter ones are dots and ticks.
const SHORTEST: f64 = 2.0;
/// Filled areas narrower than this are no background.
const NARROWEST_SHADE: f64 = 8.0;
/// Paths with more parts are drawings.
const MOST_PARTS: usize = 2_000;
/// Pages with more lines are drawings.
const MOST_LINES: usize = 20_000;

impl Strokes {
    /// Adds the lines of a path: the segments of a stroked one, the thin boxes of a filled one.
    pub(super) fn path(&mut self, path: &BezPath, transform: Affine, stroked: bool) {
        if path.elements().len() > MOST_PARTS {
            return;
        }
        let mut corners: Vec<Point> = Vec::new();
        let mut straight = true;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(point) => {
                    self.part(&corners, straight, stroked);
                    corners.clear();
                    straight = true;
                    corners.push(transform * point);
                }
                PathEl::LineTo(point) => corners.push(transform * point),
                PathEl::ClosePath => corners.extend(corners.first().copied()),
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => straight = false,
            }
        }
        self.part(&corners, straight, stroked);
    }

    /// Adds the lines of a rectangle.
    pub(super) fn rect(&mut self, rect: Rect, stroked: bool) {
        let corner = |x, y| Point::new(x, y);
        let corners = [
            corner(rect.x0, rect.y0),
            corner(rect.x1, rect.y0),
            corner(rect.x1, rect.y1),
            corner(rect.x0, rect.y1),
            corner(rect.x0, rect.y0),
        ];
        self.part(&corners, true, stroked);
    }

    fn part(&mut self, corners: &[Point], straight: bool, stroked: bool) {
        if !straight || corners.len() < 2 || self.across.len() + self.down.len() + self.shades.len() > MOST_LINES {
            return;
        }
        let bounds = corners[1..].iter().fold(Rect::from_points(corners[0], corners[0]), |all, &p| all.union_pt(p));
        if !stroked || bounds.width() <= THIN || bounds.height() <= THIN {
            return self.area(bounds);
        }
        for pair in corners.windows(2) {
            let side = Rect::from_points(pair[0], pair[1]);
            if side.width() <= 0.5 || side.height() <= 0.5 {
                self.area(side);
            }
        }
    }

    fn area(&mut self, area: Rect) {
        let (x0, x1) = (area.x0 as f32, area.x1 as f32);
        if ![area.x0, area.x1, area.y0, area.y1].iter().all(|value| value.is_finite()) {
        } else if area.height() <= THIN && area.width() > SHORTEST {
            self.across.push(Across { x0, x1, y: area.center().y as f32 });
        } else if area.width() <= THIN && area.height() > SHORTEST {
            self.down.push(Down { x: area.center().x as f32, y0: area.y0 as f32, y1: area.y1 as f32 });
        } else if area.width() > NARROWEST_SHADE && area.height() > THIN && area.height() < 2000.0 {
            self.shades.push(Across { x0, x1, y: area.y0 as f32 });
            self.shades.push(Across { x0, x1, y: area.y1 as f32 });
        }
    }

    /// Everything that parts rows.
    pub(super) fn all_across(&self) -> impl Iterator<Item = &Across> {
        self.across.iter().chain(&self.shades)
    }
}
