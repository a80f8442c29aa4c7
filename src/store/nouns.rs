//! What is handed to the store and what comes back: runs, visits, candidates, documents taken.

use crate::policy::{Date, LineOfBusiness, MediaType, SnapshotId, State};

use super::{Moment, canonical, canonical_text};

/// Gives each closed set its names in the catalog.
macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// The name in the catalog and in outputs.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// The one with that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

/// Numbers of rows, each of its own kind.
macro_rules! ids {
    ($($(#[$about:meta])* $name:ident,)+) => {
        $($(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);)+
    };
}

ids! {
    /// A run.
    RunId,
    /// A visit.
    VisitId,
    /// A candidate.
    CandidateId,
    /// A document.
    DocumentId,
    /// A version of a document.
    VersionId,
}

named! {
    /// What a page is visited for.
    Role {
        /// A list of links.
        Index = "index",
        /// The page of one document, which links to it.
        Detail = "detail",
        /// A document.
        Document = "document",
        /// A robots.txt.
        Robots = "robots",
        /// What only programs ask for: how a host answers for an address that is not there.
        Api = "api",
        /// Terms to accept.
        Terms = "terms",
    }
}

named! {
    /// How a run ended.
    RunResult {
        /// All that was listed was visited.
        Complete = "complete",
        /// Something failed; the rest was visited.
        Partial = "partial",
        /// The site declines automated access, and was left alone.
        Declined = "declined",
        /// The run could not do its work.
        Failed = "failed",
    }
}

named! {
    /// Where a version's label (effective date, revision) was read.
    LabelFrom {
        /// In the address.
        Url = "url",
        /// On the page that links to it.
        Page = "page",
        /// In the document.
        Document = "document",
    }
}

named! {
    /// What happened to a document.
    EventKind {
        /// It was met for the first time.
        New = "new",
        /// Its canonical text is another.
        Changed = "changed",
        /// The same text under another label, or in another file.
        Reissued = "reissued",
        /// It is served under another address.
        Moved = "moved",
        /// It is no longer listed.
        Gone = "gone",
        /// It is listed again.
        Back = "back",
        /// A text that stood a few sightings ago came back: the site serves several by turns.
        Flapping = "flapping",
    }
}

/// A source, or its new definition.
#[derive(Clone, Copy, Debug)]
pub struct NewSource<'a> {
    /// Lower-case letters, digits and dashes.
    pub id: &'a str,
    /// Who pays.
    pub payer: Option<&'a str>,
    /// The text of its definition; empty for documents added by hand.
    pub definition: &'a str,
    /// Now.
    pub at: &'a Moment,
}

/// A run over one source.
#[derive(Clone, Copy, Debug)]
pub struct NewRun<'a> {
    /// The source, which must be there.
    pub source: &'a str,
    /// Now.
    pub started: &'a Moment,
    /// Name and version of the program.
    pub tool: &'a str,
    /// What it was set to, as JSON.
    pub config: &'a str,
}

/// A page or document that a run means to visit, and why.
#[derive(Clone, Copy, Debug)]
pub struct NewCandidate<'a> {
    /// What for.
    pub role: Role,
    /// Its address.
    pub url: &'a str,
    /// The document's key, where known before the visit.
    pub key: Option<&'a str>,
    /// The title that the list gives.
    pub title: Option<&'a str>,
    /// The number that the list gives.
    pub number: Option<&'a str>,
    /// The effective date that the list or the address gives.
    pub effective: Option<Date>,
    /// The revision that the list or the address gives.
    pub revision: Option<&'a str>,
    /// The words of the link.
    pub anchor: Option<&'a str>,
    /// What found it.
    pub selector: Option<&'a str>,
    /// The caller's own state.
    pub data: &'a str,
}

impl<'a> NewCandidate<'a> {
    /// A candidate of which nothing is known but its address.
    #[must_use]
    pub fn of(role: Role, url: &'a str) -> NewCandidate<'a> {
        NewCandidate {
            role,
            url,
            key: None,
            title: None,
            number: None,
            effective: None,
            revision: None,
            anchor: None,
            selector: None,
            data: "",
        }
    }
}

/// A candidate that is still to be visited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its row.
    pub id: CandidateId,
    /// Its address.
    pub url: String,
    /// The caller's own state.
    pub data: String,
}

/// Why a visit gave nothing.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// Its class: lower-case letters, digits and dashes.
    pub class: &'a str,
    /// What, where, what to do.
    pub message: &'a str,
}

/// One request and its answer.
#[derive(Clone, Copy, Debug)]
pub struct NewVisit<'a> {
    /// The run.
    pub run: RunId,
    /// What for.
    pub role: Role,
    /// The address that was asked for.
    pub url: &'a str,
    /// The address that answered, after redirects.
    pub final_url: Option<&'a str>,
    /// The addresses of all redirects, in order.
    pub hops: &'a [String],
    /// When.
    pub at: &'a Moment,
    /// The peer's IP address.
    pub ip: Option<&'a str>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The Accept-Encoding that was sent: validators hold for it alone.
    pub accept_encoding: &'a str,
    /// The ETag, byte for byte.
    pub etag: Option<&'a [u8]>,
    /// The Last-Modified, byte for byte.
    pub last_modified: Option<&'a [u8]>,
    /// All headers of the answer, in order.
    pub headers: &'a [(String, Vec<u8>)],
    /// The body, put as a blob before. A failed visit may keep one as evidence.
    pub body: Option<&'a SnapshotId>,
    /// The body's bytes on the wire.
    pub wire_len: Option<u64>,
    /// The line of robots.txt that decided.
    pub robots: Option<&'a str>,
    /// How long was waited before, in milliseconds.
    pub delay_ms: u64,
    /// Which attempt it was, from 1.
    pub attempt: u32,
    /// Why it gave nothing.
    pub failure: Option<Failure<'a>>,
}

impl<'a> NewVisit<'a> {
    /// A first attempt of which nothing else is known yet.
    #[must_use]
    pub fn of(run: RunId, role: Role, url: &'a str, at: &'a Moment) -> NewVisit<'a> {
        NewVisit {
            run,
            role,
            url,
            final_url: None,
            hops: &[],
            at,
            ip: None,
            status: None,
            accept_encoding: "",
            etag: None,
            last_modified: None,
            headers: &[],
            body: None,
            wire_len: None,
            robots: None,
            delay_ms: 0,
            attempt: 1,
            failure: None,
        }
    }
}

/// The words of a document as they count for its version, and who read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadText {
    /// The id of the canonical text; `None` where the document has no words, so that its bytes tell it.
    pub(super) id: Option<SnapshotId>,
    /// The reader with its version, and the edition of the canonical text.
    pub(super) reader: String,
}

impl ReadText {
    /// The canonical form of `text`, as `reader` (a name with a version) read it.
    #[must_use]
    pub fn of(text: &str, reader: &str) -> ReadText {
        let canonical = canonical_text(text);
        let id = (!canonical.is_empty()).then(|| super::blobs::id_of(canonical.as_bytes()));
        ReadText { id, reader: ReadText::reader(reader) }
    }

    /// How the catalog names `reader`.
    pub(super) fn reader(reader: &str) -> String {
        format!("{reader} text/{}", canonical::EDITION)
    }
}

/// A document that a visit gave.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// What makes it this document among its source's.
    pub key: &'a str,
    /// The address to cite.
    pub url: &'a str,
    /// Its bytes as served.
    pub blob: &'a SnapshotId,
    /// What to analyze instead, where the bytes are of no document format (an API's answer, a member of an archive).
    pub reading: Option<&'a SnapshotId>,
    /// Its words; `None` where nobody read them.
    pub text: Option<&'a ReadText>,
    /// By content, of what is analyzed.
    pub media_type: MediaType,
    /// The day of retrieval; `None` where nobody told it.
    pub retrieved: Option<Date>,
    /// Who pays.
    pub payer: Option<&'a str>,
    /// The title that the list gives.
    pub title: Option<&'a str>,
    /// The payer's number.
    pub number: Option<&'a str>,
    /// The version's effective date, where list or address give one.
    pub effective: Option<Date>,
    /// The version's revision, where list or address give one.
    pub revision: Option<&'a str>,
    /// Where date and revision were read.
    pub label_from: Option<LabelFrom>,
    /// For whom.
    pub lines_of_business: &'a [LineOfBusiness],
    /// Where.
    pub states: &'a [State],
}

/// What a visit gave.
#[derive(Clone, Copy, Debug)]
pub enum Yield<'a> {
    /// Nothing, or links.
    Nothing,
    /// A document.
    Document(Taken<'a>),
    /// The document with that key, unchanged (304).
    NotModified {
        /// Its key.
        key: &'a str,
    },
}

/// One step of a run, kept whole or not at all.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The visit.
    pub visit: NewVisit<'a>,
    /// The candidate that is done by it; `None` leaves all pending.
    pub candidate: Option<CandidateId>,
    /// What the page links to.
    pub found: &'a [NewCandidate<'a>],
    /// What it gave.
    pub gives: Yield<'a>,
}

/// What a step became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The visit's row.
    pub visit: VisitId,
    /// The document and its version, where it gave one.
    pub document: Option<(DocumentId, VersionId)>,
    /// What happened to the document.
    pub events: Vec<EventKind>,
}
