//! What a page is when it is not what was wanted, by the words that `extract` reads in it.

use crate::extract::{self, ExtractError, Limits};
use crate::fetch::{Class, Failure, Url};
use crate::policy::MediaType;

/// What walls load in pages without a visible word: those of Imperva, Cloudflare, HUMAN and DataDome.
const WALLS: [&str; 4] = ["_Incapsula_Resource", "/cdn-cgi/challenge-platform/", "px-captcha", "captcha-delivery.com"];

/// Whether a page without a visible word is a wall.
fn is_wall(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    WALLS.iter().any(|wall| text.contains(wall))
}

/// The class of a page that is no policy; `None` for any other.
fn page_class(bytes: &[u8]) -> Option<Class> {
    let limits = Limits { max_bytes: 16 << 20, max_text_bytes: 1 << 20, ..Limits::default() };
    match extract::extract(bytes, &limits) {
        Err(ExtractError::NotAPolicy { what: "a bot wall" }) => Some(Class::BotWall),
        Err(ExtractError::NotAPolicy { what: "a log-in page" }) => Some(Class::LogIn),
        Err(ExtractError::NotAPolicy { what: "an error page" }) => Some(Class::SoftNotFound),
        Err(ExtractError::NotAPolicy { .. }) => Some(Class::NotAPolicy),
        Err(ExtractError::Empty) if is_wall(bytes) => Some(Class::BotWall),
        Err(ExtractError::Empty) => Some(Class::Empty),
        _ => None,
    }
}

/// The failure of a page, told more exactly where the page says what it is. A PDF or a Word file is never read for that:
/// those are read in workers alone.
pub(super) fn sharpened(failure: Failure, bytes: &[u8]) -> Failure {
    let status = matches!(failure.class, Class::Refused | Class::Unavailable | Class::RateLimited);
    let vague = status || matches!(failure.class, Class::IndexEmpty | Class::IndexChanged | Class::WrongKind);
    if !vague || !matches!(extract::sniff(bytes), MediaType::Html | MediaType::Text) {
        return failure;
    }
    match page_class(bytes) {
        None | Some(Class::NotAPolicy) => failure,
        Some(Class::Empty) if failure.class != Class::WrongKind => failure,
        Some(class) if status && class != Class::BotWall => failure,
        Some(class) => Failure { class, ..failure },
    }
}

/// A redirect to the home page, or to a folder above what was asked for: the page stands for one that is gone.
pub(super) fn led_home(asked: &str, answered: Option<&Url>) -> Option<Failure> {
    let (asked, answered) = (Url::parse(asked).ok()?, answered?);
    let above = answered.path() == "/" || (answered.path().ends_with('/') && asked.path().starts_with(answered.path()));
    let home = above && answered.query().is_none() && asked.path() != answered.path();
    home.then(|| Failure::new(Class::SoftNotFound, format!("{asked} leads to {answered}, which is no document")))
}

/// The failure of a document that was not kept: a worker has read it, and its code says what was found.
pub(super) fn unkept(code: &str, message: &str, url: &str, bytes: &[u8]) -> Failure {
    let class = match code {
        "empty" if is_wall(bytes) => return Failure::new(Class::BotWall, format!("{url} is a bot wall, not a policy")),
        "empty" => Class::Empty,
        "not-a-policy" => page_class(bytes).unwrap_or(Class::NotAPolicy),
        _ => Class::NotAPolicy,
    };
    Failure::new(class, format!("{url}: {}", message.split(": ").next().unwrap_or(message)))
}
