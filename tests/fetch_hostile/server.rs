//! A server on this machine that breaks the rules, and one request to it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use fineprint::fetch::{Answer, Ask, Class, Client, ClientSettings, Failure, Reach, Url};
use flate2::Compression;
use flate2::write::GzEncoder;

/// What a server does with one connection, after it has read the request's head.
pub(crate) type Script = Arc<dyn Fn(&mut TcpStream, &str) + Send + Sync>;

/// A server that answers every connection by a script, on a port of its own, until the test ends.
pub(crate) fn server(script: impl Fn(&mut TcpStream, &str) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it is bound").port();
    let script: Script = Arc::new(script);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let script = Arc::clone(&script);
            thread::spawn(move || {
                let (mut head, mut byte) = (Vec::new(), [0; 1]);
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                    head.push(byte[0]);
                }
                script(&mut stream, &String::from_utf8_lossy(&head));
            });
        }
    });
    port
}

/// A server that sends the same bytes to everybody.
pub(crate) fn sends(bytes: impl Into<Vec<u8>>) -> u16 {
    let bytes = bytes.into();
    server(move |stream, _| {
        let _ = stream.write_all(&bytes);
    })
}

/// A server that sends the same bytes and then resets the connection: what it was sent it has not read.
pub(crate) fn resets(bytes: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.peek(&mut [0; 1]);
            let _ = stream.write_all(bytes);
            // The bytes must have arrived before the reset takes away what was not read.
            thread::sleep(Duration::from_millis(100));
        }
    });
    port
}

/// A whole answer with a length.
pub(crate) fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

pub(crate) fn reach(port: u16) -> Reach {
    let hosts = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    Reach { hosts, ports: vec![port], http: true, loopback: true }
}

/// Limits that a busy machine keeps.
pub(crate) fn settings() -> ClientSettings {
    ClientSettings {
        connect: Duration::from_secs(10),
        silence: Duration::from_secs(20),
        whole: Duration::from_secs(60),
        slowest: 1,
        ..ClientSettings::new("fineprint/test", "test@example.org")
    }
}

pub(crate) const CAP: u64 = 1 << 20;

pub(crate) fn ask_with(
    settings: ClientSettings,
    reach: &Reach,
    url: &str,
    etag: Option<&[u8]>,
) -> (Answer, Result<(), Failure>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let client = Client::new(settings, reach).expect("a client");
    let url = Url::parse(url).expect("an address");
    let ask = Ask { url, reach, cap: CAP, etag, last_modified: None, opened: Vec::new(), cut: None };
    runtime.block_on(client.get(&ask))
}

pub(crate) fn get(port: u16) -> (Answer, Result<(), Failure>) {
    ask_with(settings(), &reach(port), &format!("http://127.0.0.1:{port}/a"), None)
}

/// Asks with little patience.
pub(crate) fn hurried(port: u16, silence: Duration, class: Class, case: &str) -> Failure {
    let settings = ClientSettings { connect: silence, silence, slowest: 1_000, ..settings() };
    let (_, result) = ask_with(settings, &reach(port), &format!("http://127.0.0.1:{port}/a"), None);
    let failure = result.expect_err(case);
    assert_eq!(failure.class, class, "{case}: {failure}");
    failure
}

/// Holds the class of what a server does.
pub(crate) fn fails(port: u16, class: Class, case: &str) -> Answer {
    let (answer, result) = get(port);
    assert_eq!(result.as_ref().map_err(|failure| failure.class), Err(class), "{case}: {result:?}");
    answer
}

pub(crate) fn redirect(to: &str) -> u16 {
    sends(format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 9\r\n\r\nnot a doc").into_bytes())
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}
