//! Small plots, drawn here as SVG: stance by payer, what is open by payer, review dates on a time line.
//!
//! Every mark is labelled with its count, so that nothing hangs on colour; each plot has its title.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::escape::Esc;
use super::stance_class;
use crate::report::overview::Line;
use crate::report::words;

const WIDTH: usize = 520;
const NAMES: usize = 185;
const ROW: usize = 22;

/// The most payers that a plot shows; the others are said to be left out.
const MOST_PAYERS: usize = 25;

/// Writes the three plots.
pub(super) fn plots(out: &mut dyn Write, read: &[&(Line, String)], as_of: Option<&str>) -> io::Result<()> {
    if read.len() < 2 {
        return Ok(());
    }
    let mut payers: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for (line, _) in read {
        payers.entry(&line.payer).or_default().push(line);
    }
    let mut payers: Vec<(&str, Vec<&Line>)> = payers.into_iter().collect();
    payers.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
    let more = payers.len().saturating_sub(MOST_PAYERS);
    payers.truncate(MOST_PAYERS);
    let left_out = if more > 0 { format!("; {more} payers with fewer policies are left out") } else { String::new() };
    writeln!(out, "<h2>At a glance</h2><div class=\"plots\">")?;
    stances(out, &payers, &left_out)?;
    levers(out, &payers, &left_out)?;
    reviews(out, read, as_of)?;
    writeln!(out, "</div>")
}

fn begin(out: &mut dyn Write, title: &str, height: usize) -> io::Result<()> {
    writeln!(
        out,
        "<figure><figcaption>{0}</figcaption><svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{0}\">",
        Esc(title)
    )
}

/// A payer's name at the left of row `index`.
fn name(out: &mut dyn Write, index: usize, payer: &str) -> io::Result<()> {
    let short: String =
        if payer.chars().count() > 23 { payer.chars().take(22).chain(['…']).collect() } else { payer.to_owned() };
    write!(
        out,
        "<text class=\"theirs\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        NAMES - 8,
        index * ROW + 15,
        Esc(&short)
    )
}

/// Bars of counts, each with its shape.
fn stances(out: &mut dyn Write, payers: &[(&str, Vec<&Line>)], left_out: &str) -> io::Result<()> {
    let order = ["covered", "covered-with-criteria", "mixed", "not-covered", "silent"];
    let most = payers.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
    begin(out, &format!("Stance, policies by payer{left_out}"), payers.len() * ROW + 40)?;
    for (index, (payer, lines)) in payers.iter().enumerate() {
        name(out, index, payer)?;
        let mut x = NAMES;
        for stance in order {
            let count = lines.iter().filter(|line| line.stance == stance).count();
            let width = count * (WIDTH - NAMES) / most;
            if count == 0 {
                continue;
            }
            let (y, class, shape) = (index * ROW, stance_class(stance), words::stance_shape(stance));
            let middle = x + width / 2;
            write!(
                out,
                "<g><title>{}: {count} of {}</title><rect class=\"f-{class}\" x=\"{x}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                words::stance(stance),
                lines.len(),
                y + 2,
                width.max(2) - 1,
                ROW - 4
            )?;
            if width > 26 {
                write!(
                    out,
                    "<text class=\"inv\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{shape} {count}</text>",
                    y + 15
                )?;
            }
            write!(out, "</g>")?;
            x += width;
        }
        writeln!(out)?;
    }
    let y = payers.len() * ROW + 20;
    writeln!(
        out,
        "<text class=\"faint\" x=\"0\" y=\"{y}\">● covered, or with criteria   ◐ mixed   ▲ not covered   ○ silent</text></svg></figure>"
    )
}

/// For each payer and kind, in how many of its policies it stands; the dot's area is the share.
fn levers(out: &mut dyn Write, payers: &[(&str, Vec<&Line>)], left_out: &str) -> io::Result<()> {
    let kinds = ["individual-review", "plan-terms-control", "mandate", "trial-access", "dispute-rights"];
    let step = (WIDTH - NAMES) / kinds.len();
    begin(out, &format!("What is open, of each payer’s policies{left_out}"), payers.len() * ROW + 48)?;
    for (index, (payer, lines)) in payers.iter().enumerate() {
        name(out, index, payer)?;
        for (column, kind) in kinds.iter().enumerate() {
            let count = lines.iter().filter(|line| line.levers.iter().any(|lever| lever == kind)).count();
            let (x, y) = (NAMES + column * step + 12, index * ROW + ROW / 2);
            if count > 0 {
                // Radii in tenths, so that areas stay whole numbers: r² = 81 · count / policies.
                let radius = (8_100 * count / lines.len()).isqrt();
                write!(
                    out,
                    "<circle class=\"f-open\" cx=\"{x}\" cy=\"{y}\" r=\"{}.{}\"><title>{}: {count} of {}</title></circle>",
                    radius / 10,
                    radius % 10,
                    words::lever(kind),
                    lines.len()
                )?;
            }
            write!(out, "<text class=\"faint\" x=\"{}\" y=\"{}\">{count}/{}</text>", x + 13, y + 4, lines.len())?;
        }
        writeln!(out)?;
    }
    for (column, kind) in kinds.iter().enumerate() {
        let y = payers.len() * ROW + 18 + (column % 2) * 16;
        // The last would run over the edge.
        let (x, anchor) = if column + 1 == kinds.len() { (WIDTH, "end") } else { (NAMES + column * step, "start") };
        write!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>", words::lever(kind))?;
    }
    writeln!(out, "</svg></figure>")
}

/// A column a quarter, as high as the reviews that fall into it.
fn reviews(out: &mut dyn Write, read: &[&(Line, String)], as_of: Option<&str>) -> io::Result<()> {
    let quarters: Vec<usize> = read.iter().filter_map(|(line, _)| quarter(line.next_review.as_deref()?)).collect();
    let title = format!("Next review as printed: {} of {} policies", quarters.len(), read.len());
    let Some((first, last)) = quarters.iter().min().zip(quarters.iter().max()) else {
        return writeln!(out, "<figure><figcaption>{title}</figcaption></figure>");
    };
    // Far-off dates would press all others together.
    let (first, last) = ((*first).max(last.saturating_sub(47)), *last);
    let span = last - first + 1;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    quarters.iter().for_each(|at| *counts.entry((*at).max(first)).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or(1);
    begin(out, &title, 170)?;
    let step = WIDTH / span.max(4);
    for (at, count) in &counts {
        let (x, height) = ((at - first) * step, (count * 110 / most).max(3));
        let label = format!("{} quarter {}: {count}", at / 4, at % 4 + 1);
        write!(
            out,
            "<g><title>{label}</title><rect class=\"f-note\" x=\"{x}\" y=\"{}\" width=\"{}\" height=\"{height}\"/>",
            130 - height,
            step.max(3) - 2
        )?;
        write!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{count}</text></g>", x + step / 2, 124 - height)?;
    }
    for year in (first / 4)..=(last / 4) {
        let x = (year * 4).saturating_sub(first) * step;
        write!(out, "<text class=\"faint\" x=\"{x}\" y=\"148\">{year}</text>")?;
    }
    if let Some((day, at)) =
        as_of.and_then(|day| Some((day, quarter(day)?))).filter(|(_, at)| (first..=last).contains(at))
    {
        let x = (at - first) * step;
        write!(
            out,
            "<line x1=\"{x}\" x2=\"{x}\" y1=\"4\" y2=\"132\"/><text class=\"faint\" x=\"{x}\" y=\"166\">measured on {}</text>",
            Esc(day)
        )?;
    }
    writeln!(out, "</svg></figure>")
}

/// Quarters since the year 0.
fn quarter(date: &str) -> Option<usize> {
    let mut parts = date.split('-');
    let year: usize = parts.next()?.parse().ok()?;
    let month: usize = parts.next()?.parse().ok()?;
    Some(year * 4 + month.checked_sub(1)? / 3)
}

#[cfg(test)]
mod tests {
    use super::quarter;

    #[test]
    fn a_date_falls_into_its_quarter() {
        assert_eq!(quarter("2025-01-31"), Some(8100));
        assert_eq!(quarter("2025-12-01"), Some(8103));
        assert_eq!(quarter("soon"), None);
    }
}
