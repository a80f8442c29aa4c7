//! What an element does to the flow of words.

use scraper::node::Element;
use scraper::{Html, Selector};

/// The kinds of elements that the walk tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Never shown as words.
    Dropped,
    /// The page's title in its head.
    Title,
    /// Raw words for readers without scripts.
    NoScript,
    /// Begins and ends a block.
    Block,
    /// A heading with its level.
    Heading(u8),
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// The head rows of a table.
    TableHead,
    /// A table's caption.
    Caption,
    /// A row.
    Row,
    /// A cell; `true` for a head cell.
    Cell(bool),
    /// A list of terms.
    Terms,
    /// A term of it.
    Term,
    /// What the term means.
    Meaning,
    /// The label of something that folds.
    Fold,
    /// Preformatted lines.
    Preformatted,
    /// A line break.
    Break,
    /// A check box or radio button.
    Box,
    /// Deleted words.
    Struck,
    /// Heavy or underlined words.
    Bold,
    /// A link.
    Link,
    /// Anything that only changes the look of words.
    Inline,
}

/// The kind of an element.
pub(super) fn kind(element: &Element) -> Kind {
    match element.name() {
        "script" | "style" | "template" | "svg" | "math" | "canvas" | "audio" | "video" | "object" | "embed"
        | "iframe" | "link" | "meta" | "base" | "datalist" | "map" => Kind::Dropped,
        "title" => Kind::Title,
        "noscript" => Kind::NoScript,
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "ul" | "ol" | "menu" | "dir" => Kind::List,
        "li" => Kind::Item,
        "table" => Kind::Table,
        "thead" => Kind::TableHead,
        "caption" => Kind::Caption,
        "tr" => Kind::Row,
        "td" => Kind::Cell(false),
        "th" => Kind::Cell(true),
        "dl" => Kind::Terms,
        "dt" => Kind::Term,
        "dd" => Kind::Meaning,
        "summary" => Kind::Fold,
        "button" if folds(element) => Kind::Fold,
        "pre" | "listing" | "plaintext" | "xmp" => Kind::Preformatted,
        "br" => Kind::Break,
        "input" => Kind::Box,
        "del" | "s" | "strike" => Kind::Struck,
        "b" | "strong" | "u" => Kind::Bold,
        "a" => Kind::Link,
        name => by_look(element, name),
    }
}

/// The kind of an element that has no meaning of its own: by style, role and class.
fn by_look(element: &Element, name: &str) -> Kind {
    let style = element.attr("style").unwrap_or_default().to_ascii_lowercase();
    if style.contains("line-through") || tokens(element).any(|token| token == "strike" || token == "strikethrough") {
        return Kind::Struck;
    }
    if element.attr("role") == Some("heading") {
        let level = element.attr("aria-level").and_then(|level| level.parse().ok()).unwrap_or(2);
        return Kind::Heading(u8::clamp(level, 1, 6));
    }
    let is_inline = matches!(
        name,
        "span"
            | "font"
            | "em"
            | "i"
            | "small"
            | "big"
            | "sup"
            | "sub"
            | "abbr"
            | "acronym"
            | "cite"
            | "code"
            | "label"
            | "mark"
            | "q"
            | "samp"
            | "kbd"
            | "var"
            | "tt"
            | "time"
            | "data"
            | "wbr"
            | "bdi"
            | "bdo"
            | "ins"
            | "dfn"
            | "ruby"
            | "rt"
            | "rp"
            | "img"
            | "nobr"
            | "html"
            | "output"
            | "meter"
            | "progress"
            | "picture"
            | "source"
    );
    match (is_inline, style.contains("font-weight")) {
        (true, true)
            if ["bold", ":600", ":700", ": 600", ": 700", ":800", ":900"].iter().any(|w| style.contains(w)) =>
        {
            Kind::Bold
        }
        (true, _) => Kind::Inline,
        (false, _) => Kind::Block,
    }
}

/// Whether a button opens and closes a part of the page, so that its words head that part.
fn folds(element: &Element) -> bool {
    element.attr("aria-expanded").is_some()
        || element.attr("data-toggle").or(element.attr("data-bs-toggle")) == Some("collapse")
        || tokens(element)
            .any(|token| matches!(token.as_str(), "acc" | "accordion" | "collapsible" | "collapse" | "expander"))
}

/// The classes that the style sheets in a page strike through: `.gone, p.old { text-decoration: line-through }`.
pub(super) fn struck_classes(page: &Html) -> Vec<String> {
    let styles = Selector::parse("style").expect("the selector is sound");
    let mut classes = Vec::new();
    for style in page.select(&styles) {
        let sheet: String = style.text().collect();
        for rule in sheet.split('}') {
            let Some((selectors, body)) = rule.rsplit_once('{') else { continue };
            if !body.to_ascii_lowercase().contains("line-through") {
                continue;
            }
            let last = selectors.split(',').filter_map(|selector| selector.trim().split(' ').next_back());
            let names = last.filter_map(|simple| simple.split('.').nth(1));
            classes.extend(names.map(|name| name.split([':', '[', '#']).next().unwrap_or_default().to_owned()));
        }
    }
    classes.retain(|class| !class.is_empty());
    classes
}

/// The words of an element's classes and id in lower case; `printHeader` also gives `header`.
pub(super) fn tokens(element: &Element) -> impl Iterator<Item = String> {
    let names = [element.attr("class"), element.attr("id")];
    let mut words = Vec::new();
    for name in names.into_iter().flatten() {
        for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
            words.push(part.to_ascii_lowercase());
            let humps: Vec<usize> =
                part.char_indices().skip(1).filter(|(_, c)| c.is_ascii_uppercase()).map(|(i, _)| i).collect();
            if let Some(&last) = humps.last().filter(|_| part.chars().any(|c| c.is_ascii_lowercase())) {
                words.push(part[last..].to_ascii_lowercase());
                words.push(part[..humps[0]].to_ascii_lowercase());
            }
        }
    }
    words.into_iter()
}
