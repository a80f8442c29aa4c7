//! Parts of a body: one that was cut goes on where it broke off, and only there.

use std::io::Write;

use fineprint::fetch::{Answer, Ask, Class, Client, Cut, Failure, Url};

use crate::server::{CAP, fails, get, reach, sends, server, settings};

/// The head of an answer that breaks off after `hello`.
const BEGINS: &str = "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: 11\r\n\r\nhello";

fn cut(begins: &str) -> Option<Cut> {
    fails(sends(begins), Class::Truncated, begins).cut
}

/// Asks for the rest of `hello`; what is answered is up to the server.
fn rest(answers: &'static str) -> (Answer, Result<(), Failure>) {
    let port = server(move |stream, head| {
        assert!(head.contains("range: bytes=5-\r\n") && head.contains("if-range: \"one\"\r\n"), "{head}");
        assert!(head.contains("accept-encoding: identity\r\n") && !head.contains("if-none-match"), "{head}");
        let _ = stream.write_all(answers.as_bytes());
    });
    let (reach, url) = (reach(port), Url::parse(&format!("http://127.0.0.1:{port}/a")).expect("an address"));
    let cut = cut(BEGINS).expect("it can be gone on with");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let client = Client::new(settings(), &reach).expect("a client");
    let ask = Ask {
        url,
        reach: &reach,
        cap: CAP,
        etag: Some(b"\"old\""),
        last_modified: None,
        opened: Vec::new(),
        cut: Some(&cut),
    };
    runtime.block_on(client.get(&ask))
}

#[test]
fn case_33_parts_that_fit_and_parts_that_do_not() {
    let unasked = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/50\r\nContent-Length: 5\r\n\r\nhello";
    fails(sends(unasked), Class::Status, "no range was asked for");
    let (answer, result) = rest(
        "HTTP/1.1 206 Partial Content\r\nETag: \"one\"\r\nContent-Range: bytes 5-10/11\r\nContent-Length: 6\r\n\r\n world",
    );
    assert_eq!((result, answer.body.as_slice(), answer.wire), (Ok(()), &b"hello world"[..], 6));
    let (answer, result) = rest("HTTP/1.1 200 OK\r\nETag: \"two\"\r\nContent-Length: 3\r\n\r\nnew");
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"new"[..]), "another version comes whole");
    for wrong in [
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 4-10/11\r\nContent-Length: 7\r\n\r\no world",
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-11/12\r\nContent-Length: 7\r\n\r\n world!",
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-7/11\r\nContent-Length: 3\r\n\r\n wo",
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-10/*\r\nContent-Length: 6\r\n\r\n world",
        "HTTP/1.1 206 Partial Content\r\nETag: \"two\"\r\nContent-Range: bytes 5-10/11\r\nContent-Length: 6\r\n\r\n world",
        "HTTP/1.1 206 Partial Content\r\nContent-Encoding: gzip\r\nContent-Range: bytes 5-10/11\r\nContent-Length: 6\r\n\r\n world",
        "HTTP/1.1 206 Partial Content\r\nContent-Length: 6\r\n\r\n world",
        "HTTP/1.1 206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=b\r\nContent-Length: 3\r\n\r\n--b",
        "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */11\r\nContent-Length: 0\r\n\r\n",
    ] {
        let (answer, result) = rest(wrong);
        assert_eq!(result.map_err(|failure| failure.class), Err(Class::Status), "{wrong}");
        assert!(answer.body.is_empty() && answer.cut.is_none(), "{wrong}");
    }
    let longer = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 5-10/11\r\nContent-Length: 9\r\n\r\n world!!!";
    assert_eq!(rest(longer).1.map_err(|failure| failure.class), Err(Class::Truncated), "more than was told");
}

#[test]
fn a_rest_that_is_cut_goes_on_again_and_what_has_no_strong_validator_never_does() {
    let (answer, result) = rest(
        "HTTP/1.1 206 Partial Content\r\nETag: \"one\"\r\nContent-Range: bytes 5-10/11\r\nContent-Length: 6\r\n\r\n wo",
    );
    assert_eq!(result.map_err(|failure| failure.class), Err(Class::Truncated));
    assert_eq!(answer.cut.expect("it can be gone on with").bytes(), b"hello wo");
    for begins in [
        "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nETag: W/\"one\"\r\nContent-Length: 11\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Encoding: gzip\r\nContent-Length: 11\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nAccept-Ranges: none\r\nContent-Length: 11\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: 11\r\n\r\n",
    ] {
        assert_eq!(cut(begins), None, "{begins}");
    }
    let (_, result) = get(sends("HTTP/1.1 503 Busy\r\nETag: \"one\"\r\nContent-Length: 11\r\n\r\nhello"));
    assert_eq!(result.map_err(|failure| failure.class), Err(Class::Unavailable), "a refusal is no beginning");
}
