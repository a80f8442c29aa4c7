//! HTML to flow blocks, as a reader of the page would take the words in.
//!
//! html5ever builds the tree that browsers build, tag soup included; one walk over it makes blocks.
//! Nothing is dropped because it is hidden or folded away: accordions hold the very criteria that matter.
//! Menus, banners and footers are kept as [`Role::Furniture`], struck words beside the matching text;
//! only what is never shown as words (scripts, styles, pictures) is left out.

mod chrome;
mod declared;
mod element;
mod inline;
mod lists;
mod tables;
mod walk;
mod wrapped;

use scraper::Html;

use super::flow::{FlowBlock, Look};
use super::{ExtractError, charset};
use crate::document::{ExtractIssue, Role};

/// Reads a page.
///
/// # Errors
/// When the page shows nothing of its own: a set of frames, an empty shell.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<FlowBlock>, Vec<ExtractIssue>), ExtractError> {
    let decoded = charset::decode(bytes, declared::charset(bytes).as_deref());
    let page = Html::parse_document(wrapped::in_json(&decoded.text).as_ref().unwrap_or(&decoded.text));
    let mut blocks = walk::blocks(&page);
    if letters_shown(&blocks) < FEW {
        if wrapped::is_frameset(&page) {
            return Err(ExtractError::NotAPolicy { what: "a set of frames whose words are in other files" });
        }
        if let Some(inner) = wrapped::in_script(&page) {
            blocks.extend(walk::blocks(&Html::parse_document(&inner)));
        }
    }
    Ok((super::flattened::split(blocks), decoded.issue.into_iter().collect()))
}

/// A page that shows fewer letters is a shell.
const FEW: usize = 200;

/// The letters outside of page furniture.
fn letters_shown(blocks: &[FlowBlock]) -> usize {
    let shown = blocks.iter().filter(|block| block.role != Role::Furniture && block.left_out.is_none());
    shown.map(|block| block.text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

/// A block of a page: no page number, no known size of letters.
fn block(role: Role, text: String, bold: bool) -> FlowBlock {
    FlowBlock { role, look: Look { bold, ..Look::default() }, ..FlowBlock::words(text, None) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::LeftOutReason;

    /// One line a block: role and words.
    fn shown(blocks: &[FlowBlock]) -> String {
        let line = |block: &FlowBlock| {
            let level = block.role.level().map_or(String::new(), |level| level.to_string());
            let bold = if block.look.bold { "*" } else { "" };
            let out = match block.left_out {
                Some(LeftOutReason::Struck) => "struck ",
                Some(LeftOutReason::RepeatedFurniture) => "again ",
                None => "",
            };
            format!("{out}{}{level}{bold}: {}", block.role.as_str(), block.text.replace('\t', " | "))
        };
        blocks.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn check(html: &str, expected: &str) {
        let (blocks, _) = read(html.as_bytes()).unwrap();
        assert_eq!(shown(&blocks), expected);
    }

    #[test]
    fn white_space_collapses_and_entities_resolve() {
        check(
            "<p>Cells \n are&nbsp;<b>un</b>proven &ndash; &amp; not&shy;able</p>",
            "paragraph: Cells are unproven – & notable",
        );
    }

    #[test]
    fn lists_keep_their_markers_and_levels() {
        check(
            "<p>All of:</p><ol type=A><li>age<ul><li>18 or older</ul><li value=5>consent</ol>",
            "paragraph: All of:\nitem1: A. age\nitem2: • 18 or older\nitem1: E. consent",
        );
        check("<ul style='list-style: none'><li>1) printed", "item1: 1) printed");
    }

    #[test]
    fn a_heading_inside_an_item_stays_a_heading() {
        check(
            "<ol type=I><li><h3>Criteria</h3><p>Covered when:</p><ol><li>one</li></ol></li></ol>",
            "heading3: I. Criteria\nparagraph: Covered when:\nitem2: 1. one",
        );
    }

    #[test]
    fn table_rows_hold_cells_and_head_rows_are_captions() {
        check(
            "<table><caption>Limits</caption><tr><th>Code<th>Rule</tr><tr><td>A1</td><td>two<br>lines</td></tr></table>",
            "caption: Limits\ncaption: Code | Rule\nrow: A1 | two lines",
        );
    }

    #[test]
    fn a_list_inside_a_cell_becomes_items_after_the_row() {
        check(
            "<table><tr><td>Drip</td><td>Not covered for: <ul><li>one</li><li>two</li></ul></td></tr></table>",
            "row: Drip | Not covered for:\nitem1: • one\nitem1: • two",
        );
    }

    #[test]
    fn folded_and_hidden_words_are_kept() {
        check(
            "<button aria-expanded=false>Criteria</button><div hidden style='display:none'><p>Covered.</p></div>",
            "paragraph*: Criteria\nparagraph: Covered.",
        );
    }

    #[test]
    fn menus_and_footers_are_furniture_and_scripts_are_nothing() {
        check(
            "<nav><a href=/a>Plans</a></nav><script>var x='covered'</script><main><p>Words that are the policy itself.</p></main>\
             <footer>The contract controls.</footer>",
            "furniture: Plans\nparagraph: Words that are the policy itself.\nfurniture: The contract controls.",
        );
    }

    #[test]
    fn struck_words_are_left_out() {
        check("<p>It is <s>not</s> covered.</p>", "paragraph: It is covered.\nstruck paragraph: not");
        check(
            "<style>.x { color: red } .gone, p.old { Text-Decoration: LINE-THROUGH }</style><p>It is <span class='a gone'>never</span> paid.",
            "paragraph: It is paid.\nstruck paragraph: never",
        );
    }

    #[test]
    fn line_breaks_split_labels_but_not_sentences() {
        check("<p>Number: 7<br>Effective: 1/2/2025</p>", "paragraph: Number: 7\nparagraph: Effective: 1/2/2025");
        check("<p>is considered<br>investigational</p>", "paragraph: is considered investigational");
    }

    #[test]
    fn pairs_of_terms_become_rows_and_boxes_show_their_state() {
        check("<dl><dt>Number<dd>7<dt>Dates<dd>May</dl>", "row: Number | 7\nrow: Dates | May");
        check("<p><input type=checkbox checked>HMO <input type=checkbox>PPO</p>", "paragraph: ☒ HMO ☐ PPO");
    }

    #[test]
    fn layout_tables_are_no_tables() {
        check(
            "<table><tr><td><h1>Title</h1><p>Words.</p></td><td>Side</td></tr></table>",
            "heading1: Title\nparagraph: Words.\nparagraph: Side",
        );
    }

    #[test]
    fn link_targets_are_kept() {
        let (blocks, _) = read(b"<p>See the <a href='/x.pdf'>form</a>.</p>").unwrap();
        let shown: Vec<(&str, &str)> =
            blocks[0].links.iter().map(|link| (link.span.of(&blocks[0].text), link.target.as_str())).collect();
        assert_eq!(shown, [("form", "/x.pdf")]);
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let (blocks, _) = read(format!("{}word", "<div>".repeat(3_000)).as_bytes()).unwrap();
        assert_eq!(blocks.len(), 1);
    }
}
