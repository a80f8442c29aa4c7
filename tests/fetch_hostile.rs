//! The hostile cases of a server: raw sockets on this machine that break the rules, and the class that
//! each must get. The numbers are those of the list of cases in the design notes of fetching.

#![cfg(feature = "fetch")]

use std::io::{Read, Write};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use fineprint::fetch::{
    Answer, Ask, Class, Client, ClientSettings, Failure, Kind, Names, Opened, Reach, Url, check, gunzip,
};
use flate2::Compression;
use flate2::write::GzEncoder;

/// What a server does with one connection, after it has read the request's head.
type Script = Arc<dyn Fn(&mut TcpStream, &str) + Send + Sync>;

/// A server that answers every connection by a script, on a port of its own, until the test ends.
fn server(script: impl Fn(&mut TcpStream, &str) + Send + Sync + 'static) -> u16 {
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
fn sends(bytes: impl Into<Vec<u8>>) -> u16 {
    let bytes = bytes.into();
    server(move |stream, _| {
        let _ = stream.write_all(&bytes);
    })
}

/// A whole answer with a length.
fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

fn reach(port: u16) -> Reach {
    let hosts = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    Reach { hosts, ports: vec![port], http: true, loopback: true }
}

/// Limits that a busy machine keeps.
fn settings() -> ClientSettings {
    ClientSettings {
        connect: Duration::from_secs(10),
        silence: Duration::from_secs(20),
        whole: Duration::from_secs(60),
        slowest: 1,
        ..ClientSettings::new("fineprint/test", "test@example.org")
    }
}

const CAP: u64 = 1 << 20;

fn ask_with(settings: ClientSettings, reach: &Reach, url: &str, etag: Option<&[u8]>) -> (Answer, Result<(), Failure>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let client = Client::new(settings, reach).expect("a client");
    let url = Url::parse(url).expect("an address");
    let ask = Ask { url, reach, cap: CAP, etag, last_modified: None, opened: Vec::new() };
    runtime.block_on(client.get(&ask))
}

fn get(port: u16) -> (Answer, Result<(), Failure>) {
    ask_with(settings(), &reach(port), &format!("http://127.0.0.1:{port}/a"), None)
}

/// Asks with little patience.
fn hurried(port: u16, class: Class, case: &str) -> Failure {
    let settings = ClientSettings {
        connect: Duration::from_millis(300),
        silence: Duration::from_millis(600),
        slowest: 1_000,
        ..settings()
    };
    let (_, result) = ask_with(settings, &reach(port), &format!("http://127.0.0.1:{port}/a"), None);
    let failure = result.expect_err(case);
    assert_eq!(failure.class, class, "{case}: {failure}");
    failure
}

/// Holds the class of what a server does.
fn fails(port: u16, class: Class, case: &str) -> Answer {
    let (answer, result) = get(port);
    assert_eq!(result.as_ref().map_err(|failure| failure.class), Err(class), "{case}: {result:?}");
    answer
}

fn redirect(to: &str) -> u16 {
    sends(format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 9\r\n\r\nnot a doc").into_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn case_1_redirects_in_a_circle() {
    let answer = fails(redirect("/a"), Class::RedirectLoop, "to itself");
    assert_eq!(answer.hops.len(), 1);
    let port = server(|stream, head| {
        let next = if head.starts_with("GET /a") { "/b" } else { "/a" };
        let _ = write!(stream, "HTTP/1.1 302 Found\r\nLocation: {next}\r\nContent-Length: 0\r\n\r\n");
    });
    assert_eq!(fails(port, Class::RedirectLoop, "a, b, a").hops.len(), 2);
    let port = server(|stream, head| {
        let at: u32 = head.split(['/', ' ']).nth(2).and_then(|at| at.parse().ok()).unwrap_or(0);
        let _ = write!(stream, "HTTP/1.1 302 Found\r\nLocation: /{}\r\nContent-Length: 0\r\n\r\n", at + 1);
    });
    assert_eq!(fails(port, Class::RedirectLoop, "without end").hops.len(), 6);
}

#[test]
fn case_2_redirects_off_the_web() {
    for to in ["file:///etc/passwd", "data:text/plain,x", "ftp://127.0.0.1/x"] {
        let answer = fails(redirect(to), Class::RedirectScheme, to);
        assert!(answer.body.is_empty(), "the body of a redirect is never read");
    }
}

#[test]
fn case_3_redirects_to_private_addresses() {
    let hosts = ["169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:7f00:1]", "[fd00::1]"];
    for host in hosts {
        fails(redirect(&format!("https://{host}/x")), Class::AddressDenied, host);
    }
    // Without the leave for this machine, every form of its address is refused before a connection.
    let strict = Reach { loopback: false, ..reach(1) };
    for host in ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"] {
        let (_, result) = ask_with(settings(), &strict, &format!("http://{host}:1/"), None);
        assert_eq!(result.map_err(|failure| failure.class), Err(Class::AddressDenied), "{host}");
    }
}

#[test]
fn case_4_names_of_private_addresses() {
    let port = sends(ok("", b"hello"));
    let strict = |names: Names, url: &str| {
        let reach = Reach { hosts: vec!["payer.test".to_owned()], ports: vec![port], http: true, loopback: false };
        let settings = ClientSettings { names: Some(names), connect: Duration::from_millis(500), ..settings() };
        ask_with(settings, &reach, &format!("http://{url}:{port}/"), None).1.map_err(|failure| failure.class)
    };
    let own: IpAddr = "127.0.0.1".parse().expect("an address");
    let mapped: IpAddr = "::ffff:127.0.0.1".parse().expect("an address");
    assert_eq!(strict(Arc::new(move |_| Ok(vec![own])), "payer.test"), Err(Class::AddressDenied));
    assert_eq!(strict(Arc::new(move |_| Ok(vec![mapped, own])), "payer.test"), Err(Class::AddressDenied));
    // Of a mixed answer only the public address is tried: this one leads nowhere.
    let nowhere: IpAddr = "203.0.113.1".parse().expect("an address");
    assert!(strict(Arc::new(move |_| Ok(vec![own, nowhere])), "payer.test").is_err());
    let unknown = strict(Arc::new(|_| Err(std::io::Error::other("failed to lookup address"))), "payer.test");
    assert_eq!(unknown, Err(Class::Dns));
}

#[test]
fn case_5_redirects_to_other_hosts() {
    let (_, result) = get(redirect("https://login.example.org/x"));
    let failure = result.expect_err("another host");
    assert_eq!(failure.class, Class::RedirectOfflist);
    assert!(
        failure.to_string().contains("`login.example.org`") && failure.to_string().contains("`hosts`"),
        "{failure}"
    );
}

#[test]
fn case_6_redirects_to_plain_http() {
    let reach = Reach { hosts: vec!["a.test".to_owned()], ports: vec![], http: false, loopback: false };
    let (https, http) = (Url::parse("https://a.test/").expect("ok"), Url::parse("http://a.test/").expect("ok"));
    assert_eq!(reach.check(&http, Some(&https)).map_err(|failure| failure.class), Err(Class::RedirectDowngrade));
}

#[test]
fn case_7_odd_targets_of_redirects() {
    fails(sends("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"), Class::RedirectInvalid, "no Location");
    fails(redirect(""), Class::RedirectInvalid, "empty");
    fails(redirect("http://[bad"), Class::RedirectInvalid, "broken");
    fails(redirect("https://me:secret@127.0.0.1/x"), Class::UrlDenied, "with a user name");
    let port = server(|stream, head| {
        let _ = match head {
            head if head.starts_with("GET /a ") => {
                stream.write_all("HTTP/1.1 301 Moved\r\nLocation: ü#part\r\nContent-Length: 0\r\n\r\n".as_bytes())
            }
            head => stream.write_all(&ok("", head.lines().next().unwrap_or_default().as_bytes())),
        };
    });
    let (answer, result) = get(port);
    assert_eq!(result, Ok(()));
    assert_eq!(String::from_utf8_lossy(&answer.body), "GET /%C3%BC HTTP/1.1");
}

#[test]
fn case_8_other_redirects() {
    for status in [300, 305, 306, 399] {
        let port = sends(format!("HTTP/1.1 {status} X\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"));
        fails(port, Class::Status, &status.to_string());
    }
}

#[test]
fn case_9_endless_headers() {
    let port = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n").is_ok() {}
    });
    fails(port, Class::Protocol, "endless headers");
}

#[test]
fn case_10_headers_that_drip() {
    let drip = |line: &'static str, pause: u64| {
        server(move |stream, _| {
            let _ = stream.write_all(b"HTTP/1.1 ");
            while stream.write_all(line.as_bytes()).is_ok() {
                thread::sleep(Duration::from_millis(pause));
            }
        })
    };
    let port = server(|stream, _| {
        for byte in
            b"HTTP/1.1 200 OK\r\nX-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".iter().cycle()
        {
            if stream.write_all(&[*byte]).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(200));
        }
    });
    hurried(port, Class::Timeout, "a byte at a time");
    hurried(drip("103 Early Hints\r\n\r\nHTTP/1.1 ", 200), Class::Timeout, "interim answers");
}

#[test]
fn case_11_bodies_that_drip() {
    let port = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while stream.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(100));
        }
    });
    assert!(hurried(port, Class::Timeout, "ten bytes a second").what.contains("came too slowly"));
}

#[test]
fn case_12_bodies_without_end() {
    let endless = |head: &'static str, piece: &'static [u8]| {
        server(move |stream, _| {
            let _ = stream.write_all(head.as_bytes());
            while stream.write_all(piece).is_ok() {}
        })
    };
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    fails(endless(chunked, b"10\r\naaaaaaaaaaaaaaaa\r\n"), Class::TooLarge, "chunked");
    fails(endless("HTTP/1.1 200 OK\r\n\r\n", &[b'a'; 4096]), Class::TooLarge, "until it closes");
}

#[test]
fn case_13_bombs() {
    let bomb = gzip(&vec![0; 64 << 20]);
    assert!(bomb.len() < 100_000);
    fails(sends(ok("Content-Encoding: gzip\r\n", &bomb)), Class::TooLarge, "64 MiB of zeros");
    let nested = gzip(&gzip(&vec![0; 64 << 20]));
    let (answer, result) = get(sends(ok("Content-Encoding: gzip\r\n", &nested)));
    assert_eq!(result, Ok(()), "one layer is unpacked, no more");
    assert!(check(&answer.body, &[Kind::Pdf, Kind::Html]).is_err(), "and what is left is no document");
    assert_eq!(
        gunzip(&gzip(&vec![0; 32 << 20]), 1 << 40).map_err(|failure| failure.class),
        Err(Class::TooLarge),
        "the ratio"
    );
}

#[test]
fn case_14_gzip_of_several_members() {
    let two = [gzip(b"one"), gzip(b"two"), vec![0; 7]].concat();
    let (answer, result) = get(sends(ok("Content-Encoding: gzip\r\n", &two)));
    assert_eq!((result, answer.body), (Ok(()), b"onetwo".to_vec()));
}

#[test]
fn case_15_codings_that_lie() {
    let text = vec![b'a'; 100_000];
    let packed = gzip(&text);
    fails(sends(ok("Content-Encoding: gzip, gzip\r\n", &gzip(&packed))), Class::Coding, "twice");
    fails(
        sends(ok("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", &gzip(&packed))),
        Class::Coding,
        "two headers",
    );
    fails(sends(ok("Content-Encoding: br\r\n", &packed)), Class::Coding, "not asked for");
    fails(sends(ok("Content-Encoding: gzip\r\n", b"%PDF-1.4 plain")), Class::Coding, "plain");
    fails(sends(ok("Content-Encoding: gzip\r\n", &packed[..packed.len() - 9])), Class::Coding, "cut");
    fails(
        sends(ok("Content-Encoding: gzip\r\n", &[packed, b"more".to_vec()].concat())),
        Class::Coding,
        "more after its end",
    );
}

#[test]
fn cases_16_to_20_lengths_that_lie_and_bodies_cut() {
    fails(sends("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"), Class::Truncated, "16: longer than the body");
    let (answer, result) = get(sends("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n%PDF-1.4 rest"));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"%PDF-"[..]), "17: HTTP cannot tell");
    assert_eq!(
        check(&answer.body, &[Kind::Pdf]).map_err(|failure| failure.class),
        Err(Class::PdfIncomplete),
        "17: the PDF can"
    );
    let two = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!";
    fails(sends(two), Class::Protocol, "18: two lengths");
    fails(sends("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"), Class::Protocol, "18: below nothing");
    let both = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let (answer, result) = get(sends(both));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"hello"[..]), "18: chunks win, as the RFC says");
    let cut = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhello";
    fails(sends(cut), Class::Truncated, "19: chunk cut");
    let (answer, result) = get(sends("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj"));
    assert_eq!(result, Ok(()), "20: closed without a length");
    assert_eq!(check(&answer.body, &[Kind::Pdf]).map_err(|failure| failure.class), Err(Class::PdfIncomplete), "20");
    fails(server(|_, _| ()), Class::Reset, "closed without an answer");
}

#[test]
fn case_21_no_http() {
    fails(sends("hello there\n"), Class::Protocol, "HTTP/0.9");
    fails(sends("HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n"), Class::Status, "999");
    fails(sends("HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 0\r\n\r\n"), Class::Protocol, "NUL");
    fails(sends("HTTP/1.1 200 OK\r\nX-A: a\r\n folded\r\nContent-Length: 0\r\n\r\n"), Class::Protocol, "folded");
    let (answer, result) = get(sends("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"hello"[..]), "bare line feeds are common");
}

#[test]
fn case_22_headers_are_kept_as_bytes() {
    let mut bytes = b"HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename=\"../../etc/".to_vec();
    bytes.extend_from_slice(b"\xe9.pdf\"\r\nContent-Length: 2\r\n\r\nok");
    let (answer, result) = get(sends(bytes));
    assert_eq!(result, Ok(()));
    let kept = answer.header("content-disposition").expect("it is kept");
    assert!(kept.ends_with(b"../../etc/\xe9.pdf\""), "{kept:?}");
}

#[test]
fn cases_23_and_24_the_bytes_say_what_it_is() {
    let page = ok("Content-Type: application/pdf\r\n", b"<!DOCTYPE html><title>Not found</title>");
    let (answer, _) = get(sends(page));
    assert_eq!(check(&answer.body, &[Kind::Pdf]).map_err(|failure| failure.class), Err(Class::WrongKind), "23");
    let pdf = ok("Content-Type: text/html\r\n", b"%PDF-1.4\n1 0 obj\nstartxref\n9\n%%EOF\n");
    let (answer, _) = get(sends(pdf));
    assert_eq!(check(&answer.body, &[Kind::Pdf]), Ok(Kind::Pdf), "24");
}

#[test]
fn cases_25_26_and_30_statuses() {
    let status = |status: u16| sends(format!("HTTP/1.1 {status} X\r\nContent-Length: 4\r\n\r\nwall"));
    for (code, class) in [
        (401, Class::Refused),
        (403, Class::Refused),
        (404, Class::NotFound),
        (405, Class::Refused),
        (410, Class::NotFound),
        (429, Class::RateLimited),
        (500, Class::Unavailable),
        (503, Class::Unavailable),
        (504, Class::Timeout),
        (201, Class::Status),
    ] {
        let answer = fails(status(code), class, &code.to_string());
        assert_eq!(answer.body, b"wall", "the body of a refusal is evidence");
    }
    let (answer, _) = get(sends(ok("", b"")));
    assert_eq!(
        check(&answer.body, &[Kind::Html]).map_err(|failure| failure.class),
        Err(Class::Empty),
        "25: 200 without a byte"
    );
}

#[test]
fn cases_29_and_31_pauses_and_not_modified() {
    let port = sends("HTTP/1.1 429 Slow down\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n");
    let answer = fails(port, Class::RateLimited, "29");
    assert_eq!(fineprint::fetch::asked_pause(&answer), Some(Duration::from_secs(120)));
    let not_modified = "HTTP/1.1 304 Not Modified\r\nETag: \"other\"\r\n\r\n";
    fails(sends(not_modified), Class::UnexpectedNotModified, "31: nothing was compared");
    let port = server(move |stream, head| {
        assert!(head.contains("if-none-match: W/\"\u{fffd}x\"\r\n"), "31: byte for byte: {head}");
        let _ = stream.write_all(not_modified.as_bytes());
    });
    let (answer, result) =
        ask_with(settings(), &reach(port), &format!("http://127.0.0.1:{port}/"), Some(b"W/\"\xe9x\""));
    assert_eq!((result, answer.not_modified()), (Ok(()), true), "31");
}

#[test]
fn case_33_partial_answers() {
    let port = sends("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/50\r\nContent-Length: 5\r\n\r\nhello");
    fails(port, Class::Status, "no range was asked for");
}

#[test]
fn case_35_no_tls_that_holds() {
    let https = |port: u16| {
        let url = format!("https://localhost:{port}/");
        ask_with(settings(), &reach(port), &url, None).1.map_err(|failure| failure.class)
    };
    let says = |bytes: Vec<u8>| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(&bytes);
                let _ = stream.read(&mut [0; 4096]);
            }
        });
        port
    };
    assert_eq!(https(says(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())), Err(Class::Tls), "plain text");
    // A ServerHello of TLS 1.0; certificates that do not hold are served by nginx in tests/fetch_nginx.rs.
    let hello = [&[2, 0, 0, 38, 3, 1][..], &[7; 32], &[0, 0, 0x2f, 0]].concat();
    let record = [&[0x16, 3, 1, 0, 42][..], &hello].concat();
    assert_eq!(https(says(record)), Err(Class::Tls), "TLS 1.0 only");
}

#[test]
fn case_36_cookies() {
    let port = server(|stream, head| {
        assert!(!head.to_ascii_lowercase().contains("cookie:"), "nothing is sent back: {head}");
        let _ = stream.write_all(
            b"HTTP/1.1 302 Found\r\nSet-Cookie: a=b; Domain=com\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
        );
    });
    fails(port, Class::RedirectLoop, "a cookie on a redirect");
    let port = server(|stream, head| {
        let _ = stream.write_all(&ok("", head.as_bytes()));
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let reach = reach(port);
    let client = Client::new(settings(), &reach).expect("a client");
    let cookie =
        |host: &str| Opened { host: host.to_owned(), name: "cookie".to_owned(), value: "terms=yes".to_owned() };
    for (host, sent) in [("127.0.0.1", true), ("localhost", false)] {
        let url = Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address");
        let ask = Ask { url, reach: &reach, cap: CAP, etag: None, last_modified: None, opened: vec![cookie(host)] };
        let (answer, _) = runtime.block_on(client.get(&ask));
        assert_eq!(
            String::from_utf8_lossy(&answer.body).contains("terms=yes"),
            sent,
            "a gate's cookie goes to its host only"
        );
    }
}

#[test]
fn case_44_odd_addresses() {
    let strict = Reach { hosts: vec!["payer.test".to_owned()], ports: vec![443], http: false, loopback: false };
    let class = |url: &str| strict.check(&Url::parse(url).expect(url), None).map_err(|failure| failure.class);
    assert_eq!(class("https://payer.test/x"), Ok(()));
    assert_eq!(class("https://payer.test./x"), Ok(()), "a dot at the end is the same name");
    assert_eq!(class("https://PAYER.test/x"), Ok(()));
    assert_eq!(class(&format!("https://payer.test/{}", "a".repeat(9_000))), Err(Class::UrlDenied));
    assert_eq!(class("https://payer.test:0/"), Err(Class::UrlDenied));
    assert_eq!(class("https://payer.test:22/"), Err(Class::UrlDenied));
    assert_eq!(class("https://p\u{430}yer.test/"), Err(Class::UrlDenied), "a letter of another script");
    assert_eq!(class("https://payer.test@evil.test/"), Err(Class::UrlDenied));
    assert_eq!(class("http://payer.test/"), Err(Class::UrlDenied));
    let long = format!("HTTP/1.1 200 OK\r\nX-A: {}\r\nContent-Length: 2\r\n\r\nok", "a".repeat(64 << 10));
    let (answer, result) = get(sends(long));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"ok"[..]), "a header of 64 KiB is odd, not wrong");
}

#[test]
fn the_request_says_who_asks_and_nothing_more() {
    let port = server(|stream, head| {
        let _ = stream.write_all(&ok("", head.as_bytes()));
    });
    let (answer, result) = get(port);
    assert_eq!(result, Ok(()));
    let head = String::from_utf8_lossy(&answer.body).into_owned();
    let mut names: Vec<&str> =
        head.lines().skip(1).filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "accept-encoding", "from", "host", "user-agent"]);
    assert!(head.contains("user-agent: fineprint/test (contact: test@example.org)"), "{head}");
}
