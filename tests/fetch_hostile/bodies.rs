//! Heads and bodies that drip, never end, lie about their length or packing, or are no HTTP.

use std::io::Write;
use std::thread;
use std::time::Duration;

use fineprint::fetch::{Class, Kind, check, gunzip};

use crate::server::{fails, get, gzip, hurried, ok, sends, server};

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
    hurried(port, Duration::from_millis(450), Class::Timeout, "a byte at a time");
    hurried(
        drip("103 Early Hints\r\n\r\nHTTP/1.1 ", 200),
        Duration::from_millis(450),
        Class::Timeout,
        "interim answers",
    );
}

#[test]
fn case_11_bodies_that_drip() {
    let port = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while stream.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(100));
        }
    });
    // Twenty times the wait between two bytes: a busy machine does not make it silence.
    let failure = hurried(port, Duration::from_secs(2), Class::Timeout, "ten bytes a second");
    assert!(failure.what.contains("came too slowly"), "{failure}");
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
fn case_21_no_http() {
    fails(sends("hello there\n"), Class::Protocol, "HTTP/0.9");
    fails(sends("HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n"), Class::Status, "999");
    fails(sends("HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 0\r\n\r\n"), Class::Protocol, "NUL");
    fails(sends("HTTP/1.1 200 OK\r\nX-A: a\r\n folded\r\nContent-Length: 0\r\n\r\n"), Class::Protocol, "folded");
    let (answer, result) = get(sends("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"hello"[..]), "bare line feeds are common");
}
