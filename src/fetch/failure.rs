//! Every way in which an address can fail to give a document, with a sentence that says what to do.

use std::fmt;

macro_rules! classes {
    ($($name:ident, $id:literal, $doc:literal, $todo:literal;)*) => {
        /// Why an address gave no document. The list is closed: outputs may hold only these ids.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $(#[doc = $doc] $name,)* }

        impl Class {
            /// Every class.
            pub const ALL: &[Class] = &[$(Class::$name,)*];

            /// The id in outputs and in the store.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Class::$name => $id,)* }
            }

            /// What a person can do about it.
            #[must_use]
            pub fn todo(self) -> &'static str {
                match self { $(Class::$name => $todo,)* }
            }
        }
    };
}

classes! {
    RedirectLoop, "redirect-loop", "Redirects lead back or are more than five.", "open the address in a browser and correct it in the source";
    RedirectScheme, "redirect-scheme", "A redirect leaves the web.", "open the address in a browser and correct it in the source";
    RedirectInvalid, "redirect-invalid", "A redirect has no address that can be read.", "the site is broken here: try again later";
    RedirectOfflist, "redirect-offlist", "A redirect leads to a host that the source does not name.", "if the payer publishes there, add the host to `hosts` of the source";
    RedirectDowngrade, "redirect-downgrade", "A redirect leads from https to http.", "set `allow_http = true` in the source only if the payer has no https";
    AddressDenied, "address-denied", "The address lies in a private network or is a bare IP address.", "no public site lives there: correct the source";
    UrlDenied, "url-denied", "The address has a user name, a port or a length that is not allowed.", "correct the address in the source, or list its port under `ports`";
    Dns, "dns", "The host's name is not known.", "check the host in the source and your connection";
    Connect, "connect", "No connection could be made.", "try again later; `fineprint fetch` goes on where it stopped";
    Tls, "tls", "The site's certificate does not hold.", "never trust it blindly: add the missing certificate with --ca-bundle if you know its issuer";
    Timeout, "timeout", "The answer took too long or came too slowly.", "try again later; `fineprint fetch` goes on where it stopped";
    Reset, "reset", "The connection broke.", "try again later; `fineprint fetch` goes on where it stopped";
    Truncated, "truncated", "The answer ended early.", "try again later; nothing of it was kept as a document";
    Protocol, "protocol", "The answer breaks the rules of HTTP.", "the site is broken here: try again later";
    TooLarge, "too-large", "The answer is over the limit.", "raise the limit in the source's [budget] if you trust the site";
    Coding, "coding", "The answer is packed in a way that was not asked for or does not unpack.", "the site is broken here: try again later";
    Status, "status", "The status is none that gives a document.", "open the address in a browser";
    NotFound, "not-found", "The site has no such address any more.", "run `fineprint sources check` on the source: its list may have moved";
    RateLimited, "rate-limited", "The site asks to come back later.", "wait as long as it says and run `fineprint fetch` again";
    Unavailable, "unavailable", "The site has an error of its own.", "try again later; `fineprint fetch` goes on where it stopped";
    Refused, "refused", "The site refuses the request.", "the site declines automated access: download by hand and use `fineprint add`";
    BotWall, "bot-wall", "The site answers with a wall against programs.", "the site declines automated access: download by hand and use `fineprint add`";
    Gate, "gate", "Terms stand before the page.", "read them, and if you accept them say so with `fineprint sources accept`";
    LogIn, "log-in", "The page asks for a log-in.", "this is no public page: ask the payer for the policy";
    SoftNotFound, "soft-not-found", "An error page came with status 200.", "run `fineprint sources check` on the source: its list may have moved";
    Empty, "empty", "The answer is empty.", "try again later";
    WrongKind, "wrong-kind", "The answer is of another kind than the source says.", "open the address in a browser; add the kind to the source if it is right";
    PdfIncomplete, "pdf-incomplete", "The PDF has no end.", "try again later; nothing of it was kept as a document";
    NotAPolicy, "not-a-policy", "The document cannot be read as a policy.", "open the address in a browser and compare";
    IndexEmpty, "index-empty", "A list page has no entry.", "the page changed its shape: mend the selectors of the source";
    IndexShrunk, "index-shrunk", "The list is much shorter than it should be.", "compare the site in a browser; nothing is taken for gone until the list is whole";
    IndexChanged, "index-changed", "A list page cannot be read by the source's rules.", "the page changed its shape: mend the rules of the source";
    PageLoop, "page-loop", "Pages of a list lead to each other without end.", "correct `next` in the source";
    TooManyLinks, "too-many-links", "A list page has over 20,000 entries.", "narrow the selector in the source";
    RobotsDenied, "robots-denied", "robots.txt forbids the address.", "the site declines automated access: download by hand and use `fineprint add`";
    RobotsUnreachable, "robots-unreachable", "robots.txt could not be read, so nothing may be asked for.", "try again later";
    Parked, "parked", "The host asked for a pause that is longer than this run waits.", "run `fineprint fetch` again after the pause";
    Budget, "budget", "The run's budget is used up.", "run `fineprint fetch` again; it goes on where it stopped";
    UnexpectedNotModified, "unexpected-not-modified", "\"Not modified\" came although nothing was compared.", "the site is broken here: try again later";
}

impl Class {
    /// Whether the same request may succeed a moment later.
    #[must_use]
    pub fn transient(self) -> bool {
        matches!(
            self,
            Class::Connect
                | Class::Timeout
                | Class::Reset
                | Class::Truncated
                | Class::RateLimited
                | Class::Unavailable
                | Class::PdfIncomplete
        )
    }

    /// Whether the site says that it does not want us. Two in a row end the run there.
    #[must_use]
    pub fn declines(self) -> bool {
        matches!(self, Class::Refused | Class::BotWall)
    }
}

/// What went wrong with one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The kind.
    pub class: Class,
    /// What happened, with the address' part in it.
    pub what: String,
}

impl Failure {
    /// A failure of that class.
    #[must_use]
    pub fn new(class: Class, what: impl Into<String>) -> Failure {
        Failure { class, what: what.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.class.todo())
    }
}

impl std::error::Error for Failure {}
