//! What a request says and what comes back.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::guard::Reach;
use super::resume::Cut;

/// Looks names up; replaced in tests.
pub type Names = Arc<dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync>;

/// How to ask.
#[derive(Clone)]
pub struct ClientSettings {
    /// The `User-Agent`, with a contact in it.
    pub user_agent: String,
    /// The `From` header: the contact's mail address.
    pub from: Option<String>,
    /// Longest wait for a connection.
    pub connect: Duration,
    /// Longest silence.
    pub silence: Duration,
    /// Longest time for the whole answer, to which comes its size at 50 kB/s.
    pub whole: Duration,
    /// Fewest bytes in `silence` once the body has begun.
    pub slowest: u64,
    /// Certificates in PEM that are trusted beside the system's.
    pub extra_ca: Vec<u8>,
    /// Looks names up instead of the system.
    pub names: Option<Names>,
}

impl std::fmt::Debug for ClientSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientSettings").field("user_agent", &self.user_agent).finish_non_exhaustive()
    }
}

impl ClientSettings {
    /// The usual limits, for a tool of that name and version and a contact.
    #[must_use]
    pub fn new(tool: &str, contact: &str) -> ClientSettings {
        ClientSettings {
            user_agent: format!("{tool} (contact: {contact})"),
            from: contact.contains('@').then(|| contact.to_owned()),
            connect: Duration::from_secs(15),
            silence: Duration::from_secs(30),
            whole: Duration::from_secs(60),
            slowest: 30 << 10,
            extra_ca: Vec::new(),
            names: None,
        }
    }
}

/// What to ask for.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The address.
    pub url: Url,
    /// Where requests may go.
    pub reach: &'a Reach,
    /// Largest body, packed and unpacked, in bytes.
    pub cap: u64,
    /// The `ETag` of what we have, byte for byte.
    pub etag: Option<&'a [u8]>,
    /// The `Last-Modified` of what we have, byte for byte.
    pub last_modified: Option<&'a [u8]>,
    /// Headers of a gate that the user opened, for one host only.
    pub opened: Vec<Opened>,
    /// The beginning of the body, where an earlier answer was cut: only the rest is asked for.
    pub cut: Option<&'a Cut>,
}

/// A header that opens a gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The host that may see it.
    pub host: String,
    /// The header's name in lower case.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What came back, sound or not.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The addresses that redirected, in order.
    pub hops: Vec<String>,
    /// The address that answered.
    pub url: Option<Url>,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// The address of the machine that answered.
    pub ip: Option<IpAddr>,
    /// The headers of the last answer, in order.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, unpacked; evidence when the answer is not sound.
    pub body: Vec<u8>,
    /// Bytes of the body on the wire.
    pub wire: u64,
    /// Time to the first byte of the last answer.
    pub first_byte: Duration,
    /// The beginning of a body that was cut, where the rest can be asked for.
    pub cut: Option<Cut>,
}

impl Answer {
    /// The first header of that name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_slice())
    }

    /// Whether it says that nothing changed.
    #[must_use]
    pub fn not_modified(&self) -> bool {
        self.status == Some(304)
    }
}
