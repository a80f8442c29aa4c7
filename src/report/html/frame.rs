//! What every page begins and ends with: its policy for content, its style, its scripts, its keys.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::escape::Esc;
use crate::report::GENERATOR;

const STYLE: &str = include_str!("style.css");

/// Jumps, notes and keys of a policy's page.
pub(super) const PAGE_SCRIPT: &str = include_str!("page.js");

/// Filters of an overview.
pub(super) const OVERVIEW_SCRIPT: &str = include_str!("overview.js");

/// Up to and with the beginning of the body.
pub(super) fn begin(out: &mut dyn Write, title: &str, scripts: &[&str]) -> io::Result<()> {
    let hashes: Vec<String> =
        scripts.iter().map(|script| format!("'sha256-{}'", base64(&Sha256::digest(script)))).collect();
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src {}; img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">to the content</a>",
        hashes.join(" "),
        Esc(title)
    )
}

/// The line above the content.
pub(super) fn top(out: &mut dyn Write, home: Option<&str>, rules: &str) -> io::Result<()> {
    write!(out, "<header class=\"top\"><b>fineprint</b>")?;
    if let Some(home) = home {
        write!(out, "<a href=\"{}\">all policies</a>", Esc(home))?;
    }
    writeln!(
        out,
        "<span>the payer’s own words, each in its place</span><span class=\"end\">version {}, rules {}</span>\
         <button id=\"keys\" type=\"button\">keys <kbd>?</kbd></button></header>",
        env!("CARGO_PKG_VERSION"),
        Esc(rules.get(..12).unwrap_or(rules))
    )
}

/// The help and the scripts.
pub(super) fn end(out: &mut dyn Write, scripts: &[&str]) -> io::Result<()> {
    writeln!(
        out,
        "<dialog id=\"help\" aria-label=\"Keys\"><h2>Keys</h2><p><kbd>j</kbd> next mark in the text · <kbd>k</kbd> the one \
         before · <kbd>/</kbd> search the quotes · <kbd>Esc</kbd> close · <kbd>?</kbd> this help</p><p><span class=\"way\">▲</span> in \
         the way · <span class=\"open\">●</span> open · <span class=\"against\">◆</span> against itself · <span class=\"note\">○</span> \
         a note, or words of others</p><p>A click on a quote goes to its place in the text; a click on a mark tells what \
         it is and why.</p><form method=\"dialog\"><button>close</button></form></dialog>"
    )?;
    scripts.iter().try_for_each(|script| writeln!(out, "<script>{script}</script>"))?;
    writeln!(out, "</body>\n</html>")
}

/// The bytes in base 64, as a policy for content names hashes.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn style_and_scripts_load_nothing() {
        for text in [STYLE, PAGE_SCRIPT, OVERVIEW_SCRIPT] {
            for word in ["http:", "https:", "url(", "@import", "fetch(", "XMLHttpRequest", "innerHTML", "</script"] {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}
