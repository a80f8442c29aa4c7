//! Which parts of a page belong to the site and not to the document: menus, banners, footers, dialogs.
//!
//! Such words are furniture, never lost. A wrong call hides a heading or a title, so a part that holds
//! the page's first heading, its main part or a good share of its words is never taken for chrome.

use scraper::ElementRef;

use super::element::{Kind, kind, tokens};

/// Words of classes and ids that name parts of a site.
const NAMES: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "subnav",
    "breadcrumb",
    "breadcrumbs",
    "menu",
    "topbar",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "skip",
    "skiplink",
    "footer",
    "masthead",
    "sidebar",
    "rail",
    "social",
    "share",
    "toolbar",
    "pagination",
    "modal",
    "cmp",
    "megamenu",
    "searchbox",
    "printfooter",
];

/// Whole classes and ids of page heads; "header" inside a longer name mostly heads a part of the document.
const HEADS: &[&str] = &["header", "site-header", "global-header", "page-header", "printHeader", "top-header"];

/// Roles of parts of a site.
const ROLES: &[&str] =
    &["navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary", "menu", "menubar"];

/// Whether this element is chrome. `all` is the number of letters in the page.
pub(super) fn is_chrome(element: ElementRef<'_>, all: usize) -> bool {
    let value = element.value();
    let certain = match value.name() {
        "nav" | "select" => return !holds(element, &["main", "article"]),
        "button" => return kind(value) != Kind::Fold,
        "aside" => true,
        "header" | "footer" => !inside(element, &["main", "article", "section"]),
        "body" | "html" | "main" | "article" | "p" | "a" | "span" | "b" | "td" | "li" | "table" => return false,
        _ => value.attr("role").is_some_and(|role| ROLES.contains(&role)),
    };
    let named = tokens(value).any(|token| NAMES.contains(&token.as_str()))
        || [value.attr("class"), value.attr("id")].into_iter().flatten().any(|name| HEADS.contains(&name));
    let share = if certain { 2 } else { 4 };
    (certain || named) && !holds(element, &["main", "article", "h1"]) && letters(element) * share <= all
}

/// The number of letters and digits below an element, scripts and styles left aside.
pub(super) fn letters(element: ElementRef<'_>) -> usize {
    let mut count = 0;
    for below in element.descendants() {
        let Some(text) = below.value().as_text() else { continue };
        let holder = below.parent().and_then(ElementRef::wrap);
        if !holder.is_some_and(|holder| matches!(holder.value().name(), "script" | "style" | "noscript")) {
            count += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
    }
    count
}

/// Whether an element of one of these names stands below.
pub(super) fn holds(element: ElementRef<'_>, names: &[&str]) -> bool {
    element.descendants().skip(1).filter_map(ElementRef::wrap).any(|below| names.contains(&below.value().name()))
}

/// Whether an element of one of these names stands above.
fn inside(element: ElementRef<'_>, names: &[&str]) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|above| names.contains(&above.value().name()))
}
