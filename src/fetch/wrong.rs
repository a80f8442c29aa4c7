//! The HTTP crate's errors to our classes. Its error types are private in part, so their words decide;
//! the tests with raw sockets hold each of them.

use std::error::Error;

use url::Url;

use super::guard::shown;
use super::{Class, Failure, names};

/// The words of an error and all its causes.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        next = cause.source();
    }
    words
}

/// The failure that an error is.
pub(super) fn failure(error: &reqwest::Error, url: &Url) -> Failure {
    // The first words hold the address, in which anything may stand.
    let words = error.source().map_or_else(|| error.to_string(), chain).to_lowercase();
    let has = |wanted: &[&str]| wanted.iter().any(|part| words.contains(part));
    let class = if has(&[names::DENIED]) {
        Class::AddressDenied
    } else if has(&[
        "certificate",
        "handshake",
        "unknownissuer",
        "received fatal alert",
        "corrupt message",
        "peer is incompatible",
        "peer misbehaved",
    ]) {
        Class::Tls
    } else if error.is_timeout() || has(&["timed out"]) {
        Class::Timeout
    } else if has(&["dns error", "lookup address", "name or service"]) {
        Class::Dns
    } else if error.is_connect() {
        Class::Connect
    } else if has(&["before message length", "unexpected eof", "unexpected end", "end of file"]) {
        Class::Truncated
    } else if has(&[
        "connection closed before",
        "connection reset",
        "reset by peer",
        "broken pipe",
        "incompletemessage",
    ]) {
        Class::Reset
    } else {
        Class::Protocol
    };
    let detail = words.rsplit(": ").next().unwrap_or_default().to_owned();
    Failure::new(class, format!("{} gave no sound answer ({detail})", shown(url)))
}
