//! What came over the wire to the bytes that the payer published, under caps.
//!
//! Only `gzip` is ever asked for. All members are unpacked (RFC 1952 allows several), what follows the
//! last one may be zeros and nothing else, and neither size nor ratio may run away.

use std::io::Read;

use flate2::bufread::GzDecoder;

use super::{Class, Failure};

/// Unpacked bytes from which on the ratio is watched.
const WATCHED: u64 = 10 << 20;

/// Largest ratio of unpacked to packed bytes.
const RATIO: u64 = 100;

/// Unpacks a body by its `Content-Encoding` values.
///
/// # Errors
/// `coding` for a packing that was not asked for or does not unpack, `too-large` at the cap.
pub fn unpack(bytes: Vec<u8>, codings: &[&[u8]], cap: u64) -> Result<Vec<u8>, Failure> {
    let joined = codings.iter().map(|coding| String::from_utf8_lossy(coding).to_ascii_lowercase()).collect::<Vec<_>>();
    let joined = joined.join(",");
    let names: Vec<&str> = joined.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    match names.as_slice() {
        [] | ["identity"] => Ok(bytes),
        ["gzip" | "x-gzip"] => gunzip(&bytes, cap),
        _ => Err(Failure::new(Class::Coding, format!("the answer is packed as `{}`", names.join(", ")))),
    }
}

/// Unpacks all members of a gzip stream.
///
/// # Errors
/// `coding` when it does not unpack, `too-large` at the cap or over a ratio of 100 to 1.
pub fn gunzip(bytes: &[u8], cap: u64) -> Result<Vec<u8>, Failure> {
    let broken = |why: String| Failure::new(Class::Coding, format!("the packed answer does not unpack ({why})"));
    let ratio = (bytes.len() as u64).saturating_mul(RATIO).max(WATCHED);
    let cap = cap.min(ratio);
    let (mut out, mut rest) = (Vec::new(), bytes);
    loop {
        let mut decoder = GzDecoder::new(rest);
        let left = cap - out.len() as u64;
        decoder.by_ref().take(left + 1).read_to_end(&mut out).map_err(|error| broken(error.to_string()))?;
        if out.len() as u64 > cap {
            return Err(Failure::new(Class::TooLarge, format!("the answer unpacks to more than {cap} bytes")));
        }
        rest = decoder.into_inner();
        if rest.iter().all(|byte| *byte == 0) {
            return Ok(out);
        }
        if !rest.starts_with(&[0x1f, 0x8b]) {
            return Err(broken("something follows its end".to_owned()));
        }
    }
}
