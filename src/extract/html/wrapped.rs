//! Pages inside other things: HTML in strings of JSON, as interfaces of payers' sites answer it, and HTML in a
//! script of data behind an empty shell.

use scraper::{Html, Selector};

/// Tags by which a string is known to hold markup.
const TAGS: [&str; 12] =
    ["</p>", "</div>", "</li>", "</td>", "</h1>", "</h2>", "</h3>", "</table>", "</ul>", "</span>", "<br", "</strong>"];

/// How deep markup is looked for inside strings of strings.
const DEEPEST: usize = 3;

/// The page that stands in the strings of a JSON text: strings with markup as they are, the others as paragraphs with their
/// names in front ("policyNumber" is `Policy Number: …`). `None` where the text is no JSON or no string holds markup.
pub(super) fn in_json(text: &str) -> Option<String> {
    unwrapped(text, DEEPEST)
}

fn unwrapped(text: &str, depth: usize) -> Option<String> {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if depth == 0 || !text.starts_with(['{', '[', '"']) {
        return None;
    }
    let mut page = String::new();
    let mut found = false;
    let mut key = String::new();
    for (string, is_key) in strings(text) {
        if is_key {
            key = string;
            continue;
        }
        if let Some(inner) = unwrapped(&string, depth - 1) {
            page.push_str(&inner);
            found = true;
        } else if TAGS.iter().any(|tag| string.contains(tag)) {
            page.push_str(&string);
            found = true;
        } else if !string.trim().is_empty() {
            page.push_str("<p>");
            page.push_str(&named(&key));
            page.push_str(&string.replace('&', "&amp;").replace('<', "&lt;"));
            page.push_str("</p>");
        }
        page.push('\n');
    }
    found.then_some(page)
}

/// "policyNumber" and "policy_number" as "Policy Number: ".
fn named(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        let begins = out.is_empty() || out.ends_with(' ');
        if c == '_' || c == '-' {
            out.push(' ');
        } else if c.is_uppercase() && out.ends_with(char::is_lowercase) {
            out.push(' ');
            out.push(c);
        } else if begins {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    if out.is_empty() { out } else { out + ": " }
}

/// The strings of a JSON text in order, with whether each names a member.
fn strings(text: &str) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '"' {
            continue;
        }
        let mut string = String::new();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => escaped(&mut chars, &mut string),
                c => string.push(c),
            }
        }
        while chars.peek().is_some_and(|c| c.is_whitespace()) {
            chars.next();
        }
        let is_key = chars.peek() == Some(&':');
        out.push((string, is_key));
    }
    out
}

/// What follows a backslash; halves of a surrogate pair make one character.
fn escaped(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, string: &mut String) {
    let hex = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>| {
        let digits: String = chars.by_ref().take(4).collect();
        u32::from_str_radix(&digits, 16).unwrap_or(0xfffd)
    };
    match chars.next() {
        Some('n' | 'r' | 't' | 'f' | 'b') => string.push('\n'),
        Some('u') => {
            let mut unit = hex(chars);
            if (0xd800..0xdc00).contains(&unit) && chars.next_if_eq(&'\\').is_some() && chars.next_if_eq(&'u').is_some()
            {
                unit = 0x10000 + ((unit - 0xd800) << 10) + (hex(chars).wrapping_sub(0xdc00) & 0x3ff);
            }
            string.push(char::from_u32(unit).unwrap_or('\u{fffd}'));
        }
        Some(other) => string.push(other),
        None => {}
    }
}

/// The page in a script of data, where a page shows hardly any words of its own.
pub(super) fn in_script(page: &Html) -> Option<String> {
    let scripts = Selector::parse("script[type*=json]").expect("the selector is sound");
    let texts = page.select(&scripts).filter_map(|script| in_json(&script.text().collect::<String>()));
    texts.max_by_key(String::len)
}

/// Whether the page is a set of frames, whose words are in other files.
pub(super) fn is_frameset(page: &Html) -> bool {
    let frames = Selector::parse("frameset, frame").expect("the selector is sound");
    page.select(&frames).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<&str>) {
        assert_eq!(in_json(json).as_deref().map(str::trim), expected, "{json}");
    }

    #[test]
    fn strings_with_markup_are_the_page() {
        check(
            r#"{"policyNumber":"MP-1","body":"\u003cp\u003eGel \ud83d\udc4d\u0026amp; sock\u003c\/p\u003e"}"#,
            Some("<p>Policy Number: MP-1</p>\n<p>Gel 👍&amp; sock</p>"),
        );
        check(r#""<p>all<\/p>""#, Some("<p>all</p>"));
        check(r#"[{"d":"{\"html\":\"<li>deep</li>\"}"}]"#, Some("<li>deep</li>"));
    }

    #[test]
    fn what_is_no_json_or_holds_no_markup_is_none() {
        check(r#"{"a":"words"}"#, None);
        check("<p>a</p>", None);
        check("", None);
        check(r#"{"a":"\ud83d\"#, None);
    }
}
