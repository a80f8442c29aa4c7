//! The hostile cases of a server: raw sockets on this machine that break the rules, and the class that
//! each must get. The numbers are those of the list of cases in the design notes of fetching.

#![cfg(feature = "fetch")]

mod addresses;
mod bodies;
mod lengths;
mod ranges;
mod server;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::thread;
use std::time::Duration;

use fineprint::fetch::{Class, Kind, check};

use server::{ask_with, fails, get, ok, reach, sends, server, settings};

/// The text of all test files below a folder, and of the unit tests of a source file.
fn tests_below(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("listed").path();
        if path.is_dir() {
            text += &tests_below(&path);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            text += &fs::read_to_string(&path).expect("readable");
        }
    }
    text
}

#[test]
fn every_case_of_the_list_has_a_test_of_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = tests_below(&root.join("tests")) + &tests_below(&root.join("src/fetch"));
    let missing: Vec<u32> = (1..=44).filter(|at| !text.contains(&format!("\nfn case_{at}_"))).collect();
    assert_eq!(missing, [0; 0], "of the 44 hostile cases");
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
fn case_23_an_error_page_that_says_it_is_a_pdf() {
    let page = ok("Content-Type: application/pdf\r\n", b"<!DOCTYPE html><title>Not found</title>");
    let (answer, _) = get(sends(page));
    assert_eq!(check(&answer.body, &[Kind::Pdf]).map_err(|failure| failure.class), Err(Class::WrongKind));
}

#[test]
fn case_24_a_pdf_that_says_it_is_a_page() {
    let pdf = ok("Content-Type: text/html\r\n", b"%PDF-1.4\n1 0 obj\nstartxref\n9\n%%EOF\n");
    let (answer, result) = get(sends(pdf));
    assert_eq!((result, check(&answer.body, &[Kind::Pdf])), (Ok(()), Ok(Kind::Pdf)));
    assert_eq!(answer.header("content-type"), Some(&b"text/html"[..]), "what it said stands beside it");
}

#[test]
fn each_status_has_its_class() {
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
}

#[test]
fn case_29_a_pause_that_is_asked_for() {
    for (header, seconds) in [
        ("Retry-After: 120\r\n", Some(120)),
        ("Retry-After: Wed, 25 Nov 1998 05:00:00 GMT\r\n", Some(0)),
        ("Retry-After: 99999999999999\r\n", Some(99_999_999_999_999)),
        ("Retry-After: -5\r\n", None),
        ("Retry-After: soon\r\n", None),
        ("", None),
    ] {
        let port = sends(format!("HTTP/1.1 429 Slow down\r\n{header}Content-Length: 0\r\n\r\n"));
        let answer = fails(port, Class::RateLimited, header);
        assert_eq!(fineprint::fetch::asked_pause(&answer), seconds.map(Duration::from_secs), "{header}");
    }
}

#[test]
fn case_31_not_modified() {
    let not_modified = "HTTP/1.1 304 Not Modified\r\nETag: \"other\"\r\n\r\n";
    fails(sends(not_modified), Class::UnexpectedNotModified, "31: nothing was compared");
    let port = server(move |stream, head| {
        assert!(head.contains("if-none-match: W/\"\u{fffd}x\"\r\n"), "31: byte for byte: {head}");
        let _ = stream.write_all(not_modified.as_bytes());
    });
    let (answer, result) =
        ask_with(settings(), &reach(port), &format!("http://127.0.0.1:{port}/"), Some(b"W/\"\xe9x\""));
    assert_eq!((result, answer.not_modified()), (Ok(()), true), "31");
    let port = sends("HTTP/1.1 304 Not Modified\r\nETag: \"other\"\r\nContent-Length: 5\r\n\r\nhello");
    let (answer, result) = ask_with(settings(), &reach(port), &format!("http://127.0.0.1:{port}/"), Some(b"\"x\""));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b""[..]), "what comes with it is not read");
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
