//! Names to addresses, of which only allowed ones are handed on: the same call resolves and connects,
//! so a name cannot mean one machine when it is checked and another when it is used.

use std::io;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::client::Names;
use super::guard::Reach;

/// The word by which the error of a private address is told from others.
pub(super) const DENIED: &str = "only private addresses";

/// A resolver that hands on allowed addresses only.
pub(super) struct Guarded {
    pub(super) reach: Reach,
    pub(super) names: Option<Names>,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, names) = (self.reach.clone(), self.names.clone());
        Box::pin(async move {
            let found: Vec<SocketAddr> = match names {
                Some(names) => names(name.as_str())?.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect(),
                None => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
            };
            let allowed: Vec<SocketAddr> = found.into_iter().filter(|found| reach.allows(found.ip())).collect();
            if allowed.is_empty() {
                return Err(io::Error::other(DENIED).into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}
