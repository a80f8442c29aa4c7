//! Claims of a Markdown report: a line in quotation marks, and below it page, section and hash.

use super::{Claims, normal, page_of};
use crate::report::markdown::{COUNT, HASH, unescaped};

/// Reads a report.
pub(super) fn read(report: &str, claims: &mut Claims) {
    let lines: Vec<&str> = report.lines().collect();
    let mut since = 0;
    for (index, line) in lines.iter().enumerate() {
        if let Some(path) = line.strip_prefix("- file: ") {
            claims.path(&unescaped(path));
        }
        if let Some(count) = line.strip_prefix(COUNT) {
            if count.trim().parse() != Ok(claims.claims.len() - since) {
                claims
                    .fault(index + 1, format!("it says {count} quotes and there are {}", claims.claims.len() - since));
            }
            since = claims.claims.len();
        }
        if let Some((words, cut_before)) = quoted(line) {
            quote(lines.get(index + 1).copied().unwrap_or_default(), index + 1, &words, claims);
            if let Some(claim) = claims.claims.last_mut() {
                claim.cut_before = cut_before;
            }
        }
    }
}

/// The words of a line that is a quote, and whether words before them are left out.
fn quoted(line: &str) -> Option<(String, bool)> {
    let line = line.trim_start();
    let line = ["> ", "- [ ] ", "- "].iter().find_map(|sign| line.strip_prefix(sign))?;
    let (line, cut) = line.strip_prefix("[…] ").map_or((line, false), |line| (line, true));
    let words = line.strip_prefix('“')?;
    let words = words.strip_suffix(" […]").unwrap_or(words);
    Some((normal(&unescaped(words.strip_suffix('”')?)), cut))
}

/// Page and hash of the line below a quote.
fn quote(below: &str, line: usize, words: &str, claims: &mut Claims) {
    let place = below.trim_start().trim_start_matches("> ").strip_prefix("— ");
    let Some((place, hash)) = place.and_then(|place| place.rsplit_once(HASH)) else {
        claims.fault(line, "a quote without page and SHA-256 on the line below");
        return;
    };
    match page_of(place.split(',').next().unwrap_or_default()) {
        Ok(page) => claims.claim(line, hash.trim(), words, page),
        Err(()) => claims.fault(line, format!("“{place}” names no page")),
    }
}
