//! Numbers and bullets of lists: they stand in `numbering.xml` and are counted along the document.

use std::collections::HashMap;

use roxmltree::Node;

use super::{attribute, child, is, value};

#[derive(Clone, Debug)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// The lists of a document with the counts reached so far.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By list id, the levels from 0.
    lists: HashMap<String, Vec<Level>>,
    /// Lists that share an abstract numbering count on together.
    shared: HashMap<String, String>,
    /// By list id, the levels that begin anew at the first item of the list.
    begins: HashMap<String, Vec<usize>>,
    counts: HashMap<String, Vec<u32>>,
}

/// WordprocessingML has nine levels.
const LEVELS: usize = 9;

impl Numbering {
    /// Reads the part `word/numbering.xml`.
    pub(super) fn read(root: Node<'_, '_>) -> Numbering {
        let mut levels: HashMap<&str, Vec<Level>> = HashMap::new();
        for node in root.children().filter(|&node| is(node, "abstractNum")) {
            let Some(id) = attribute(node, "abstractNumId") else { continue };
            levels.insert(id, own_levels(node));
        }
        let mut numbering = Numbering::default();
        for node in root.children().filter(|&node| is(node, "num")) {
            let (Some(id), Some(of)) = (attribute(node, "numId"), value(node, "abstractNumId")) else { continue };
            let mut own = levels.get(of).cloned().unwrap_or_default();
            let mut begins = Vec::new();
            for change in node.children().filter(|&child| is(child, "lvlOverride")) {
                let Some(at) = attribute(change, "ilvl").and_then(|at| at.parse::<usize>().ok()) else { continue };
                if let (Some(new), Some(old)) = (child(change, "lvl"), own.get_mut(at)) {
                    *old = level(new);
                }
                let start = value(change, "startOverride").and_then(|start| start.parse().ok());
                if let (Some(start), Some(old)) = (start, own.get_mut(at)) {
                    old.start = start;
                    begins.push(at);
                }
            }
            numbering.lists.insert(id.to_owned(), own);
            numbering.shared.insert(id.to_owned(), of.to_owned());
            numbering.begins.insert(id.to_owned(), begins);
        }
        numbering
    }

    /// The marker of the next item of `list` at `level` from 0, such as `2.`, `b)` or `•`; `None` where the list has none.
    pub(super) fn next_marker(&mut self, list: &str, level: u8) -> Option<String> {
        let levels = self.lists.get(list)?;
        let at = usize::from(level).min(LEVELS - 1);
        let own = levels.get(at).or(levels.last())?;
        if own.format == "none" {
            return None;
        }
        if own.format == "bullet" {
            return Some("•".to_owned());
        }
        let begins = self.begins.get_mut(list).map(std::mem::take).unwrap_or_default();
        let counts = self.counts.entry(self.shared.get(list)?.clone()).or_insert_with(|| vec![0; LEVELS]);
        for level in begins.into_iter().filter(|&level| level < LEVELS) {
            counts[level] = 0;
        }
        counts[at] = if counts[at] == 0 { own.start } else { counts[at].saturating_add(1) };
        counts[at + 1..].fill(0);
        let mut marker = own.text.clone();
        for (index, level) in levels.iter().enumerate().take(at + 1) {
            let count = if counts[index] == 0 { level.start } else { counts[index] };
            marker = marker.replace(&format!("%{}", index + 1), &numeral(&level.format, count));
        }
        Some(marker)
    }
}

/// The levels of an abstract numbering by their index.
fn own_levels(node: Node<'_, '_>) -> Vec<Level> {
    node.children().filter(|&level| is(level, "lvl")).take(LEVELS).map(level).collect()
}

fn level(node: Node<'_, '_>) -> Level {
    Level {
        format: value(node, "numFmt").unwrap_or("decimal").to_owned(),
        text: value(node, "lvlText").unwrap_or_default().to_owned(),
        start: child(node, "start").and_then(|start| attribute(start, "val")?.parse().ok()).unwrap_or(1),
    }
}

fn numeral(format: &str, count: u32) -> String {
    match format {
        "lowerLetter" => letters(count),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

/// a to z, then aa to zz as Word counts.
fn letters(count: u32) -> String {
    let index = count.max(1) - 1;
    let letter = char::from(b'a' + u8::try_from(index % 26).expect("a remainder of 26 fits"));
    String::from(letter).repeat((index / 26 + 1).min(8) as usize)
}

fn roman(count: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = count.min(3999);
    let mut out = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            out.push_str(numeral);
            rest -= value;
        }
    }
    out
}
