//! A small site on this machine, for the demo: it answers GET with fixed pages and knows "not modified".

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// A page of the site.
#[derive(Clone, Debug)]
pub struct Served {
    /// Its path.
    pub path: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A site that is bound and not yet at work.
#[derive(Debug)]
pub struct Loopback {
    listener: TcpListener,
    port: u16,
}

impl Loopback {
    /// Takes a free port of this machine.
    ///
    /// # Errors
    /// When there is none.
    pub fn bind() -> io::Result<Loopback> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        Ok(Loopback { listener, port })
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Answers one request after the other, without end.
    pub fn serve(&self, pages: &[Served]) {
        for stream in self.listener.incoming().flatten() {
            // A connection that breaks is its own matter.
            let _ = answer(&stream, pages);
        }
    }
}

fn answer(mut stream: &TcpStream, pages: &[Served]) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut compared = None;
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(": ")
            && name.eq_ignore_ascii_case("if-none-match")
        {
            compared = Some(value.to_owned());
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    let Some(page) = pages.iter().find(|page| page.path == path) else {
        let body = "<!DOCTYPE html><title>Not found</title><p>404 not found";
        return write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    };
    let etag = format!(
        "\"{}-{:x}\"",
        page.bytes.len(),
        page.bytes.iter().fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(*byte))
    );
    if compared.as_deref() == Some(&etag) {
        return write!(stream, "HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n");
    }
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nETag: {etag}\r\nContent-Length: {}\r\n\r\n",
        page.media_type,
        page.bytes.len()
    )?;
    stream.write_all(&page.bytes)
}
