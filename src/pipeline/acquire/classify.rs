//! What a page is when it is not what was wanted, by the words that `extract` reads in it.

use crate::extract::{self, ExtractError, Limits};
use crate::fetch::{Class, Failure, Url};

/// The class of a page that is an error page, a wall or a log-in; `None` for any other.
#[must_use]
pub fn page_class(bytes: &[u8]) -> Option<Class> {
    let limits = Limits { max_bytes: 16 << 20, max_text_bytes: 1 << 20, ..Limits::default() };
    match extract::extract(bytes, &limits) {
        Err(ExtractError::NotAPolicy { what }) => Some(named(what)),
        Err(ExtractError::Empty) => Some(Class::Empty),
        _ => None,
    }
}

/// The failure of a list page, told more exactly where the page says what it is.
pub(super) fn sharpened(failure: Failure, bytes: &[u8]) -> Failure {
    let status = matches!(failure.class, Class::Refused | Class::Unavailable | Class::RateLimited);
    let vague = status || matches!(failure.class, Class::IndexEmpty | Class::IndexChanged);
    match page_class(bytes).filter(|class| vague && *class != Class::Empty) {
        Some(class) if status && class != Class::BotWall => failure,
        Some(class) => Failure { class, ..failure },
        None => failure,
    }
}

/// A redirect to the home page, or to a folder above what was asked for: the page stands for one that is gone.
pub(super) fn led_home(asked: &str, answered: Option<&Url>) -> Option<Failure> {
    let (asked, answered) = (Url::parse(asked).ok()?, answered?);
    let above = answered.path() == "/" || (answered.path().ends_with('/') && asked.path().starts_with(answered.path()));
    let home = above && answered.query().is_none() && asked.path() != answered.path();
    home.then(|| Failure::new(Class::SoftNotFound, format!("{asked} leads to {answered}, which is no document")))
}

/// The class of a document that was not kept, by the code and words of the reading.
pub(super) fn unkept(code: &str, message: &str, url: &str) -> Failure {
    let class = match code {
        "empty" => Class::Empty,
        "not-a-policy" => {
            [("bot wall", Class::BotWall), ("log-in page", Class::LogIn), ("error page", Class::SoftNotFound)]
                .into_iter()
                .find(|(words, _)| message.contains(words))
                .map_or(Class::NotAPolicy, |(_, class)| class)
        }
        _ => Class::NotAPolicy,
    };
    Failure::new(class, format!("{url}: {}", message.split(": ").next().unwrap_or(message)))
}

fn named(what: &str) -> Class {
    match what {
        "a bot wall" => Class::BotWall,
        "a log-in page" => Class::LogIn,
        _ => Class::SoftNotFound,
    }
}
