//! Acquiring documents from payers' sites: sources as data, manners, one request at a time.
//!
//! A [`source::Source`] says where a payer lists its policies; from a page's bytes it gives the addresses
//! that the page names, without a network. [`robots`], [`Pace`] and [`guard`] say what may be asked and
//! when, [`Client`] asks. Every way to fail has its [`Class`] and a sentence. Whether a page is a policy is
//! not known here: `pipeline` asks `extract`.

mod ask;
mod body;
mod client;
mod embedded;
mod failure;
pub mod guard;
mod kind;
mod loopback;
mod names;
pub mod pace;
mod resume;
pub mod robots;
pub mod source;
mod wrong;

pub use ask::{Answer, Ask, ClientSettings, Names, Opened};
pub use body::{gunzip, unpack};
pub use client::{Client, asked_pause};
pub use embedded::{EMBEDDED, embedded};
pub use failure::{Class, Failure};
pub use guard::Reach;
pub use kind::{Kind, broken_off, check};
pub use loopback::{Loopback, Served};
pub use pace::Pace;
pub use resume::Cut;
pub use url::Url;
