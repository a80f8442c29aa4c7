//! Lengths that lie, and bodies that are cut: what HTTP cannot tell, the bytes must.

use std::io::Write;

use fineprint::fetch::{Class, Kind, broken_off, check};

use crate::server::{fails, get, ok, resets, sends, server};

fn pdf_class(bytes: &[u8]) -> Option<Class> {
    check(bytes, &[Kind::Pdf]).err().map(|failure| failure.class)
}

#[test]
fn case_16_a_length_that_is_longer_than_the_body() {
    let answer = fails(sends("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"), Class::Truncated, "closed");
    assert!(answer.body.is_empty(), "a part is no body");
}

#[test]
fn case_17_a_length_that_is_shorter_than_the_body() {
    let (answer, result) = get(sends("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n%PDF-1.4 rest"));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"%PDF-"[..]), "HTTP cannot tell");
    assert_eq!(pdf_class(&answer.body), Some(Class::PdfIncomplete), "the PDF can");
}

#[test]
fn case_18_lengths_that_contradict() {
    let two = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!";
    fails(sends(two), Class::Protocol, "two lengths");
    fails(sends("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"), Class::Protocol, "below nothing");
    let both = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let (answer, result) = get(sends(both));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"hello"[..]), "chunks win, as the RFC says");
}

#[test]
fn case_19_chunks_that_are_cut_and_connections_that_are_reset() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for rest in ["50\r\nhello", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n"] {
        let answer = fails(sends(format!("{head}{rest}")), Class::Truncated, rest);
        assert!(answer.body.is_empty(), "{rest}");
    }
    fails(sends(format!("{head}zz\r\nhello")), Class::Protocol, "no chunk's length");
    fails(resets(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"), Class::Reset, "reset in the body");
    fails(resets(b""), Class::Reset, "reset before the answer");
    fails(server(|_, _| ()), Class::Reset, "closed without an answer");
    fails(sends("HTTP/1.1 200 OK\r\nContent-"), Class::Reset, "closed in the head");
}

#[test]
fn case_20_a_body_without_length_that_is_cut() {
    let (answer, result) = get(sends("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj"));
    assert_eq!(result, Ok(()), "closed without a length");
    assert_eq!(pdf_class(&answer.body), Some(Class::PdfIncomplete));
    assert_eq!(
        broken_off(&answer.body).map(|failure| failure.class),
        Some(Class::PdfIncomplete),
        "and is asked for again"
    );
    let archive = [&b"PK\x03\x04"[..], &[7; 70_000]].concat();
    let class = |bytes: &[u8]| broken_off(bytes).map(|failure| failure.class);
    assert_eq!(class(&archive), Some(Class::Truncated), "an archive has an end too");
    assert_eq!(class(&[archive, b"PK\x05\x06 and a comment".to_vec()].concat()), None);
    assert_eq!(class(b"<html>no end is needed"), None);
    let port = server(|stream, _| {
        let _ = stream.write_all(&ok("", b"%PDF-1.4\n1 0 obj\nstartxref\n9\n%%EOF\n"));
    });
    assert_eq!(get(port).0.cut, None, "nothing was cut");
}
