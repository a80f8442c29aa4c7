//! Names to addresses, of which only allowed ones are handed on: the same call resolves and connects,
//! so a name cannot mean one machine when it is checked and another when it is used.

use std::io;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::ask::Names;
use super::guard::Reach;

/// A name of which all addresses are private.
#[derive(Debug, thiserror::Error)]
#[error("it has only private addresses")]
pub(super) struct Denied;

/// A name that has no address.
#[derive(Debug, thiserror::Error)]
#[error("its name is not known: {0}")]
pub(super) struct Unknown(io::Error);

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
                Some(names) => {
                    let found = names(name.as_str()).map_err(Unknown)?;
                    found.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect()
                }
                None => tokio::net::lookup_host((name.as_str(), 0)).await.map_err(Unknown)?.collect(),
            };
            let allowed: Vec<SocketAddr> = found.into_iter().filter(|found| reach.allows(found.ip())).collect();
            if allowed.is_empty() {
                return Err(Denied.into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}
