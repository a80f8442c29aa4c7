//! Paragraph styles: headings, lists and bold, followed along `basedOn`.

use std::collections::HashMap;

use roxmltree::Node;

use super::{attribute, child, is, switched_on, value};

/// What a paragraph style gives to its paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Heading level from 1.
    pub(super) heading: Option<u8>,
    /// List and level from 0.
    pub(super) list: Option<(String, u8)>,
    pub(super) bold: bool,
    /// In tenths of a point.
    pub(super) size: u16,
}

/// The deepest chain of `basedOn` that is followed.
const MOST_ANCESTORS: usize = 16;

/// The styles of the part `word/styles.xml` by their id.
pub(super) fn read(root: Node<'_, '_>) -> HashMap<String, Style> {
    let nodes: HashMap<&str, Node<'_, '_>> = root
        .children()
        .filter(|&node| is(node, "style"))
        .filter_map(|node| Some((attribute(node, "styleId")?, node)))
        .collect();
    nodes.keys().map(|&id| (id.to_owned(), resolve(&nodes, id))).collect()
}

/// The style with what it inherits: its own settings before its ancestors'.
fn resolve(nodes: &HashMap<&str, Node<'_, '_>>, id: &str) -> Style {
    let mut style = Style::default();
    let mut next = Some(id);
    for _ in 0..MOST_ANCESTORS {
        let Some(&node) = next.and_then(|id| nodes.get(id)) else { break };
        let own = own(node);
        style.heading = style.heading.or(own.heading);
        style.list = style.list.or(own.list);
        style.bold |= own.bold;
        style.size = if style.size == 0 { own.size } else { style.size };
        next = value(node, "basedOn");
    }
    style
}

fn own(node: Node<'_, '_>) -> Style {
    let name = value(node, "name").unwrap_or_default().to_ascii_lowercase();
    let paragraph = child(node, "pPr");
    let outline =
        paragraph.and_then(|paragraph| value(paragraph, "outlineLvl")).and_then(|level| level.parse::<u8>().ok());
    let by_name = name.strip_prefix("heading ").and_then(|level| level.trim().parse::<u8>().ok());
    let heading =
        if name == "title" { Some(1) } else { by_name.or(outline.filter(|&level| level < 9).map(|level| level + 1)) };
    // "List Number 2": the built-in list styles carry their depth in the name.
    let depth = name.strip_prefix("list ").and_then(|rest| rest.rsplit(' ').next()?.parse::<u8>().ok());
    let list = paragraph.and_then(|paragraph| child(paragraph, "numPr")).and_then(|numbers| {
        let level = value(numbers, "ilvl").and_then(|level| level.parse().ok());
        Some((value(numbers, "numId")?.to_owned(), level.or(depth.map(|depth| depth.saturating_sub(1))).unwrap_or(0)))
    });
    let letters = child(node, "rPr");
    Style {
        heading,
        list,
        bold: letters.is_some_and(|letters| switched_on(letters, "b")),
        size: letters.and_then(|letters| value(letters, "sz")).and_then(half_points).unwrap_or(0),
    }
}

/// A size in half points as tenths of a point.
pub(super) fn half_points(size: &str) -> Option<u16> {
    size.parse::<u16>().ok()?.checked_mul(5)
}
