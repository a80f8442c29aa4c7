//! Words of documents as words of a page.

use std::fmt::{self, Display, Write};

use crate::report::clean::clean;

/// Words with HTML's own signs escaped and all that steers replaced by blanks; fit for content and for attributes
/// in double quotes.
pub(crate) struct Esc<'a>(pub(crate) &'a str);

impl Display for Esc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        clean(self.0).chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            c => f.write_char(c),
        })
    }
}

/// JSON as the content of a script element: no `<` of it can end the element.
pub(super) fn island(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_becomes_a_tag_an_attribute_or_the_end_of_a_script() {
        let hostile = "</script><img src=x onerror='a(1)'>\"&\u{202e}\u{1b}[2J";
        let shown = Esc(hostile).to_string();
        assert_eq!(shown, "&lt;/script&gt;&lt;img src=x onerror=&#39;a(1)&#39;&gt;&quot;&amp;  [2J");
        let json = island(&serde_json::json!({ "a": hostile }));
        assert!(!json.contains('<'));
        let back: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(back["a"], hostile);
    }
}
