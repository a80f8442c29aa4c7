//! One request, with its redirects followed by hand and each hop checked.
//!
//! The HTTP crate's own redirects, cookies and unpacking are off: it was measured to hand out a redirect
//! to `file:` as a good answer, to lose the second member of a gzip body without a word, and not to ask
//! its resolver about bare IP addresses. Each request makes its own connection: what was checked is what
//! is used. Only 200 is a document, and 304 where something was there to compare.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, redirect};
use url::Url;

use super::ask::{Answer, Ask, ClientSettings};
use super::guard::{Reach, shown};
use super::resume::Cut;
use super::{Class, Failure, body, wrong};

/// Most redirects of one request.
const HOPS: usize = 5;

/// Asks, under the settings it was made with.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    settings: ClientSettings,
}

impl Client {
    /// A client for sources of that reach.
    ///
    /// # Errors
    /// `tls` when the certificates cannot be read.
    pub fn new(settings: ClientSettings, reach: &Reach) -> Result<Client, Failure> {
        // Another part of the process may have chosen the provider before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .pool_max_idle_per_host(0)
            .http1_only()
            .connect_timeout(settings.connect)
            .read_timeout(settings.silence)
            .user_agent(&settings.user_agent)
            .dns_resolver(Arc::new(super::names::Guarded { reach: reach.clone(), names: settings.names.clone() }));
        if !settings.extra_ca.is_empty() {
            let unreadable =
                |error| Failure::new(Class::Tls, format!("the extra certificates cannot be read ({error})"));
            let found = reqwest::Certificate::from_pem_bundle(&settings.extra_ca).map_err(unreadable)?;
            builder = builder.tls_certs_merge(found);
        }
        let http = builder.build().map_err(|error| Failure::new(Class::Tls, wrong::chain(&error)))?;
        Ok(Client { http, settings })
    }

    /// Asks, follows redirects, reads and unpacks the body. The answer holds what is known even when it
    /// failed.
    pub async fn get(&self, ask: &Ask<'_>) -> (Answer, Result<(), Failure>) {
        let mut answer = Answer::default();
        let result = self.follow(ask, &mut answer).await;
        (answer, result)
    }

    async fn follow(&self, ask: &Ask<'_>, answer: &mut Answer) -> Result<(), Failure> {
        let mut url = ask.url.clone();
        url.set_fragment(None);
        let mut from: Option<Url> = None;
        loop {
            ask.reach.check(&url, from.as_ref())?;
            let started = Instant::now();
            let response = self.send(ask, &url).await?;
            answer.first_byte = started.elapsed();
            note(answer, &url, &response);
            if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return self.take(ask, answer, response, started).await;
            }
            let next = target(&url, response.headers())?;
            answer.hops.push(url.to_string());
            if answer.hops.contains(&next.to_string()) || answer.hops.len() > HOPS {
                let what = format!("{} redirects in a circle or too often", shown(&ask.url));
                return Err(Failure::new(Class::RedirectLoop, what));
            }
            from = Some(url);
            url = next;
        }
    }

    async fn send(&self, ask: &Ask<'_>, url: &Url) -> Result<Response, Failure> {
        let mut request = self.http.get(url.clone());
        if let Some(from) = &self.settings.from {
            request = request.header("from", from);
        }
        let (packing, conditions) = match ask.cut {
            // A part of a packed body could not be told from a part of another packing.
            Some(cut) => ("identity", [("range", Some(cut.range())), ("if-range", Some(cut.etag().to_vec()))]),
            None => {
                let own = |value: Option<&[u8]>| value.map(<[u8]>::to_vec);
                ("gzip", [("if-none-match", own(ask.etag)), ("if-modified-since", own(ask.last_modified))])
            }
        };
        request = request.header("accept-encoding", packing);
        for (name, value) in conditions {
            if let Some(value) = value.and_then(|value| HeaderValue::from_bytes(&value).ok()) {
                request = request.header(name, value);
            }
        }
        for opened in &ask.opened {
            let value = HeaderValue::from_str(&opened.value);
            if let (true, Ok(name), Ok(value)) =
                (url.scheme() == "https" || ask.reach.loopback, HeaderName::from_bytes(opened.name.as_bytes()), value)
                && url.host_str() == Some(&opened.host)
            {
                request = request.header(name, value);
            }
        }
        let answered = tokio::time::timeout(self.settings.connect + self.settings.silence, request.send()).await;
        let late = || Failure::new(Class::Timeout, format!("{} did not begin to answer", shown(url)));
        let response = answered.map_err(|_| late())?.map_err(|error| wrong::failure(&error, url))?;
        let peer = response.remote_addr().map(|peer: SocketAddr| peer.ip());
        if peer.is_some_and(|ip| !ask.reach.allows(ip)) {
            return Err(Failure::new(Class::AddressDenied, format!("{} lies in a private network", shown(url))));
        }
        Ok(response)
    }

    /// Reads the body and judges the status.
    async fn take(
        &self,
        ask: &Ask<'_>,
        answer: &mut Answer,
        response: Response,
        started: Instant,
    ) -> Result<(), Failure> {
        let status = response.status().as_u16();
        if status == 304 {
            return not_modified(ask);
        }
        let rest = ask.cut.filter(|_| status == 206);
        let mut body = rest.map_or_else(Vec::new, |cut| cut.bytes().to_vec());
        let before = body.len();
        let read = self.read(ask, response, started, &mut body).await;
        answer.wire = (body.len() - before) as u64;
        if status != 200 && rest.is_none() {
            // The body of a refusal is evidence; that it cannot be read is no matter.
            answer.body = body;
            return Err(refusal(status, &shown(&ask.url)));
        }
        if let Some(cut) = rest {
            cut.continued(answer)?;
        }
        if let Err(failure) = read {
            let whole = rest.map(Cut::whole);
            answer.cut = Cut::of(answer, whole, body).filter(|_| failure.class.transient());
            return Err(failure);
        }
        if let Some(cut) = rest {
            cut.is_whole(answer, body.len() as u64)?;
        }
        answer.body = body::unpack(body, &codings(answer), ask.cap)?;
        Ok(())
    }

    /// Reads a body behind what is there of it.
    async fn read(
        &self,
        ask: &Ask<'_>,
        mut response: Response,
        started: Instant,
        body: &mut Vec<u8>,
    ) -> Result<(), Failure> {
        let url = shown(&ask.url);
        let before = body.len();
        let (mut since, mut counted) = (Instant::now(), before);
        loop {
            let came = (body.len() - before) as u64;
            let deadline = started + self.settings.whole + Duration::from_micros(came * 20);
            let chunk = tokio::time::timeout_at(deadline.into(), response.chunk()).await;
            let late = |what: &str| Failure::new(Class::Timeout, format!("{url} {what}"));
            let chunk = chunk.map_err(|_| late("took too long"))?.map_err(|error| wrong::failure(&error, &ask.url))?;
            let Some(chunk) = chunk else { return Ok(()) };
            body.extend_from_slice(&chunk);
            if body.len() as u64 > ask.cap {
                return Err(Failure::new(Class::TooLarge, format!("{url} is larger than {} bytes", ask.cap)));
            }
            if since.elapsed() >= self.settings.silence {
                if ((body.len() - counted) as u64) < self.settings.slowest {
                    return Err(late("came too slowly"));
                }
                (since, counted) = (Instant::now(), body.len());
            }
        }
    }
}

/// Keeps what an answer's head says.
fn note(answer: &mut Answer, url: &Url, response: &Response) {
    answer.url = Some(url.clone());
    answer.status = Some(response.status().as_u16());
    answer.ip = response.remote_addr().map(|peer| peer.ip());
    answer.headers =
        response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect();
}

/// Whether "not modified" answers what was asked: a request for the rest of a body compares nothing.
fn not_modified(ask: &Ask<'_>) -> Result<(), Failure> {
    if ask.cut.is_none() && (ask.etag.is_some() || ask.last_modified.is_some()) {
        return Ok(());
    }
    Err(Failure::new(Class::UnexpectedNotModified, format!("{} says \"not modified\"", shown(&ask.url))))
}

/// How a body is packed, in the order of packing.
fn codings(answer: &Answer) -> Vec<&[u8]> {
    let named = answer.headers.iter().filter(|(name, _)| name == "content-encoding");
    named.map(|(_, value)| value.as_slice()).collect()
}

/// Where a redirect leads.
fn target(url: &Url, headers: &HeaderMap) -> Result<Url, Failure> {
    let invalid = |why: &str| Failure::new(Class::RedirectInvalid, format!("{} redirects to {why}", shown(url)));
    let location = headers.get("location").ok_or_else(|| invalid("nowhere"))?;
    let location = String::from_utf8_lossy(location.as_bytes());
    if location.trim().is_empty() {
        return Err(invalid("nowhere"));
    }
    let mut next = url.join(location.trim()).map_err(|error| invalid(&format!("what is no address ({error})")))?;
    next.set_fragment(None);
    Ok(next)
}

/// The class of a status that gives no document.
fn refusal(status: u16, url: &str) -> Failure {
    let class = match status {
        401 | 403 | 405 | 406 | 451 => Class::Refused,
        404 | 410 => Class::NotFound,
        408 | 504 | 522 | 524 => Class::Timeout,
        429 => Class::RateLimited,
        500..=599 => Class::Unavailable,
        _ => Class::Status,
    };
    Failure::new(class, format!("{url} answers with status {status}"))
}

/// The wait that an answer asks for, by its `Retry-After`.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "a day to come back on is measured from now; no result depends on it")]
pub fn asked_pause(answer: &Answer) -> Option<Duration> {
    super::pace::retry_after(answer.header("retry-after")?, SystemTime::now())
}
