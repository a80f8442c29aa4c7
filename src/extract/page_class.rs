//! Pages that were saved as documents and are none: error pages, bot walls, log-in pages.

use super::ExtractError;
use crate::document::{Block, Document, Role};
use crate::policy::MediaType;

/// Texts longer than this, in bytes without page furniture, are documents whatever they say.
const LONGEST: usize = 4_000;

/// Texts shorter than this, in bytes, may be such a page in any format.
const SHORT: usize = 400;

/// Phrases in lower case that only such pages say, with what they are; a digit or letter before one, or a letter behind
/// it, makes other words of it.
const STRONG: &[(&str, &str)] = &[
    ("page not found", "an error page"),
    ("page cannot be found", "an error page"),
    ("page can't be found", "an error page"),
    ("page could not be found", "an error page"),
    ("file or directory not found", "an error page"),
    ("you requested could not be found", "an error page"),
    ("you requested was not found", "an error page"),
    ("page wasn't found", "an error page"),
    ("couldn't find this page", "an error page"),
    ("couldn't find that page", "an error page"),
    ("couldn't find the page", "an error page"),
    ("page you're looking for", "an error page"),
    ("page you are looking for", "an error page"),
    ("looked high and low", "an error page"),
    ("404 not found", "an error page"),
    ("403 forbidden", "a bot wall"),
    ("request blocked", "a bot wall"),
    ("request could not be satisfied", "a bot wall"),
    ("you are a bot", "a bot wall"),
    ("verify you are human", "a bot wall"),
    ("are you a robot", "a bot wall"),
    ("complete the captcha", "a bot wall"),
    ("incapsula incident", "a bot wall"),
    ("pardon our interruption", "a bot wall"),
    ("enable javascript and cookies", "a bot wall"),
    ("please sign in to continue", "a log-in page"),
    ("please log in to continue", "a log-in page"),
    ("enable javascript to run this app", "a page that a script fills in"),
    ("either not found or requires", "an error page"),
    ("failed to retrieve the document", "an error page"),
    ("your session has expired", "a log-in page"),
];

/// Phrases that a short policy may say too: they count in web pages and in texts below [`SHORT`].
const WEAK: &[(&str, &str)] = &[
    ("can't seem to find", "an error page"),
    ("page is not available", "an error page"),
    ("something went wrong", "an error page"),
    ("something has gone wrong", "an error page"),
    ("http error 4", "an error page"),
    ("http error 5", "an error page"),
    ("404 error", "an error page"),
    ("error 404", "an error page"),
    ("404 - ", "an error page"),
    ("403 error", "a bot wall"),
    ("access denied", "a bot wall"),
    ("automated request", "a bot wall"),
    ("automated requests", "a bot wall"),
    ("unusual traffic", "a bot wall"),
    ("sign in to your account", "a log-in page"),
    ("log in to your account", "a log-in page"),
    ("log in with your", "a log-in page"),
    ("forgot your password", "a log-in page"),
    ("forgot password", "a log-in page"),
    ("javascript is required", "a page that a script fills in"),
    ("requires javascript", "a page that a script fills in"),
    ("temporarily unavailable", "an error page"),
    ("permission denied", "a log-in page"),
];

/// Whether a document is one.
///
/// # Errors
/// [`ExtractError::NotAPolicy`] with what it is instead.
pub(super) fn check(document: &Document) -> Result<(), ExtractError> {
    let is_shown = |block: &&Block| block.role != Role::Furniture;
    // A shell says what it is in furniture only ("enable JavaScript to run this app").
    let letters = |blocks: &mut dyn Iterator<Item = &Block>| blocks.map(|block| block.span.len()).sum::<usize>();
    let is_shell =
        document.media_type == MediaType::Html && letters(&mut document.blocks.iter().filter(is_shown)) < EMPTY;
    let shown = document.blocks.iter().filter(|block| is_shell || is_shown(block));
    let mut words = String::new();
    for block in shown {
        words.push_str(block.span.of(&document.text));
        words.push('\n');
        if words.len() > LONGEST {
            return Ok(());
        }
    }
    let words = words.to_lowercase().replace('’', "'");
    let is_page = document.media_type == MediaType::Html || words.len() < SHORT;
    let phrases = STRONG.iter().chain(if is_page { WEAK } else { &[] });
    match phrases.into_iter().find(|(phrase, _)| says(&words, phrase)) {
        Some(&(_, what)) => Err(ExtractError::NotAPolicy { what }),
        None if is_shell => Err(ExtractError::NotAPolicy { what: "a page without words of its own" }),
        None => Ok(()),
    }
}

/// Whether `phrase` stands in `words` between borders of words.
fn says(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(at, _)| {
        let ends = phrase.ends_with(' ') || !words[at + phrase.len()..].starts_with(char::is_alphabetic);
        ends && !words[..at].ends_with(char::is_alphanumeric)
    })
}

/// A web page that shows fewer bytes of text is filled in by a script.
const EMPTY: usize = 16;

#[cfg(test)]
mod tests {
    use crate::extract::{ExtractError, Limits, extract};

    fn check(page: &str, expected: Option<&str>) {
        let found = match extract(page.as_bytes(), &Limits::default()) {
            Err(ExtractError::NotAPolicy { what }) => Some(what),
            _ => None,
        };
        assert_eq!(found, expected, "{page}");
    }

    #[test]
    fn error_pages_and_walls_are_no_policies() {
        check("<html><h1>Oops</h1><p>The page you’re looking for has moved.</p></html>", Some("an error page"));
        check("<html><h1>Access Denied</h1><p>Reference #18.2f</p></html>", Some("a bot wall"));
        check("<html><p>Please log in to continue to the provider portal.</p></html>", Some("a log-in page"));
        check(
            "<html><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></html>",
            Some("a page that a script fills in"),
        );
        check("<html><title>Policies</title><div id=root></div></html>", Some("a page without words of its own"));
    }

    #[test]
    fn words_that_a_policy_may_say_refuse_no_text() {
        let denied = "Prior authorization. If the request meets a permission denied by the plan, it may be appealed. ";
        let filler = "Cell therapy is considered investigational for all indications. ".repeat(8);
        check(&format!("{denied}{filler}"), None);
        check("Access denied. You have no permission to see this file.", Some("a bot wall"));
        check("Home visits\n\n99404 - Preventive counseling is not covered.", None);
        check("<html><h1>Codes</h1><p>99404 - Counseling is not covered.</p></html>", None);
        check("<html><h1>404 - Gone</h1><p>Go to our home page.</p></html>", Some("an error page"));
    }

    #[test]
    fn a_policy_is_no_error_page() {
        check("<html><h1>Medical Policy 404</h1><p>Cell therapy is considered investigational.</p></html>", None);
        let long = "Cell therapy is considered investigational. ".repeat(200);
        check(&format!("<html><p>{long}</p><p>If the page is not available, call us.</p></html>"), None);
    }
}
