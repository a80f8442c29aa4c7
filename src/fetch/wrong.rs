//! The HTTP crates' errors to our classes, by the types of an error and of its causes. Words are for people only.

use std::error::Error;
use std::io::{self, ErrorKind};

use url::Url;

use super::guard::shown;
use super::{Class, Failure, names};

/// An error and all its causes. What an I/O error carries is not among its causes, so it is asked for itself.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> Vec<&'e (dyn Error + 'static)> {
    let (mut found, mut next) = (Vec::new(), Some(error));
    while let Some(error) = next {
        found.push(error);
        let carried = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = carried.map(|carried| carried as &(dyn Error + 'static)).or_else(|| error.source());
    }
    found
}

/// The words of an error and all its causes.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut words: Vec<String> = causes(error).iter().map(ToString::to_string).collect();
    words.dedup();
    words.join(": ")
}

/// The failure that an error is.
pub(super) fn failure(error: &reqwest::Error, url: &Url) -> Failure {
    let detail = causes(error).last().map_or_else(String::new, ToString::to_string);
    Failure::new(class(error, url), format!("{} gave no sound answer ({detail})", shown(url)))
}

/// Whether one of the errors is of that type.
fn has<T: Error + 'static>(errors: &[&(dyn Error + 'static)]) -> bool {
    errors.iter().any(|error| error.is::<T>())
}

fn class(error: &reqwest::Error, url: &Url) -> Class {
    let causes = causes(error);
    let kind = causes.iter().find_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()));
    if has::<names::Denied>(&causes) {
        Class::AddressDenied
    } else if has::<names::Unknown>(&causes) {
        Class::Dns
    } else if has::<rustls::Error>(&causes) {
        Class::Tls
    } else if error.is_timeout() || kind == Some(ErrorKind::TimedOut) {
        Class::Timeout
    } else if error.is_connect() {
        // Who closes before the handshake is done speaks no TLS that we can.
        let early = url.scheme() == "https" && kind == Some(ErrorKind::UnexpectedEof);
        if early { Class::Tls } else { Class::Connect }
    } else if kind == Some(ErrorKind::UnexpectedEof) {
        Class::Truncated
    } else if matches!(kind, Some(ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe))
        || causes.iter().any(|cause| cause.downcast_ref().is_some_and(hyper::Error::is_incomplete_message))
    {
        Class::Reset
    } else {
        Class::Protocol
    }
}
