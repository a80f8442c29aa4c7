//! Which addresses may be asked at all: checked before each hop, when a name is resolved, and once
//! more when the connection stands. A source names its hosts; nothing else is ever asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::{Class, Failure};

/// Longest address, in bytes.
const LONGEST: usize = 8 << 10;

/// Where a source's requests may go.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Hosts in lower case; nothing else, no subdomain either.
    pub hosts: Vec<String>,
    /// Ports.
    pub ports: Vec<u16>,
    /// Whether plain http is allowed.
    pub http: bool,
    /// Whether this machine itself may be asked: for the demo and for tests, never for a site.
    pub loopback: bool,
}

impl Reach {
    /// Whether a request may go there. `from` is the address that led there, for redirects.
    ///
    /// # Errors
    /// With the class of what is wrong with the address.
    pub fn check(&self, url: &Url, from: Option<&Url>) -> Result<(), Failure> {
        let fail = |class, why: &str| Err(Failure::new(class, format!("{} {why}", shown(url))));
        let redirected = from.is_some();
        match url.scheme() {
            "https" => {}
            "http" if self.http => {}
            "http" if from.is_some_and(|from| from.scheme() == "https") => {
                return fail(Class::RedirectDowngrade, "would be asked without encryption");
            }
            _ if redirected => return fail(Class::RedirectScheme, "is no https address"),
            _ => return fail(Class::UrlDenied, "is no https address"),
        }
        if url.as_str().len() > LONGEST {
            return fail(Class::UrlDenied, "is longer than 8 KiB");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return fail(Class::UrlDenied, "has a user name in it");
        }
        let port = url.port_or_known_default().unwrap_or(0);
        let usual = port == 443 || (self.http && port == 80);
        if port == 0 || (!usual && !self.ports.contains(&port)) {
            return fail(Class::UrlDenied, &format!("has the port {port}"));
        }
        let host = match url.host() {
            Some(Host::Domain(name)) => name.trim_end_matches('.').to_ascii_lowercase(),
            Some(Host::Ipv4(ip)) if self.loopback && ip.is_loopback() => ip.to_string(),
            Some(_) => return fail(Class::AddressDenied, "is a bare IP address"),
            None => return fail(Class::UrlDenied, "names no host"),
        };
        if self.hosts.contains(&host) {
            Ok(())
        } else {
            let class = if redirected { Class::RedirectOfflist } else { Class::UrlDenied };
            fail(class, &format!("is at `{host}`, which is none of the source's hosts"))
        }
    }

    /// Whether a connection to that address is allowed.
    #[must_use]
    pub fn allows(&self, ip: IpAddr) -> bool {
        is_public(ip) || (self.loopback && ip.to_canonical().is_loopback())
    }
}

/// The beginning of an address, for messages.
pub(super) fn shown(url: &Url) -> String {
    url.as_str().chars().take(120).collect()
}

/// Whether an address belongs to the public internet: not private, shared, local, mapped or reserved.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let reserved = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    let local = ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_multicast() || ip.is_documentation();
    !reserved && !local
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // NAT64 and 6to4 carry an IPv4 address that must be public itself.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => inner(high, low),
        // IPv4-compatible addresses, Teredo and documentation are nobody's.
        [0, 0, 0, 0, 0, 0, ..] | [0x2001, 0, ..] | [0x2001, 0xdb8, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_mapped_and_reserved_addresses_are_not_public() {
        let check = |ip: &str, expected: bool| {
            assert_eq!(is_public(ip.parse().expect("an address")), expected, "{ip}");
        };
        for public in ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"] {
            check(public, true);
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "224.0.0.1",
            "192.0.0.8",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "2001:db8::1",
            "ff02::1",
        ] {
            check(private, false);
        }
    }
}
