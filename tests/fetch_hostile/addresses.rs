//! Redirects, addresses and what may be sent to them.

use std::io::Write;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use fineprint::fetch::{Ask, Class, Client, ClientSettings, Names, Opened, Reach, Url};

use crate::server::{CAP, ask_with, fails, get, ok, reach, redirect, sends, server, settings};

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
    // This machine stands for the public internet here: of a mixed answer only its address is used, and a name that
    // meant it once and a private machine the next time is looked up, and refused, at each connection.
    let private: IpAddr = "10.0.0.1".parse().expect("an address");
    let open = Reach { hosts: vec!["payer.test".to_owned()], ports: vec![port], http: true, loopback: true };
    let ask = |names: Names| {
        let settings = ClientSettings { names: Some(names), ..settings() };
        ask_with(settings, &open, &format!("http://payer.test:{port}/"), None)
    };
    let (answer, result) = ask(Arc::new(move |_| Ok(vec![private, own])));
    assert_eq!((result, answer.ip), (Ok(()), Some(own)), "a mixed answer");
    let redirects = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n");
    });
    let asked = AtomicU32::new(0);
    let turns: Names =
        Arc::new(move |_| Ok(vec![if asked.fetch_add(1, Ordering::SeqCst) == 0 { own } else { private }]));
    let open = Reach { ports: vec![redirects], ..open.clone() };
    let settings = ClientSettings { names: Some(turns), ..settings() };
    let (answer, result) = ask_with(settings, &open, &format!("http://payer.test:{redirects}/"), None);
    assert_eq!(
        (result.map_err(|failure| failure.class), answer.hops.len()),
        (Err(Class::AddressDenied), 1),
        "rebinding"
    );
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
fn case_36_cookies() {
    let port = server(|stream, head| {
        assert!(!head.to_ascii_lowercase().contains("cookie:"), "nothing is sent back: {head}");
        let _ = stream.write_all(
            b"HTTP/1.1 302 Found\r\nSet-Cookie: a=b; Domain=com\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
        );
    });
    fails(port, Class::RedirectLoop, "a cookie on a redirect");
    let many = "Set-Cookie: a=b\r\n".repeat(4_000);
    fails(sends(format!("HTTP/1.1 200 OK\r\n{many}Content-Length: 2\r\n\r\nok")), Class::Protocol, "4,000 cookies");
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
        let ask = Ask {
            url,
            reach: &reach,
            cap: CAP,
            etag: None,
            last_modified: None,
            opened: vec![cookie(host)],
            cut: None,
        };
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
    assert_eq!(class(&format!("https://payer.test/{}", "a".repeat(64 << 10))), Err(Class::UrlDenied));
    assert_eq!(class("https://payer.test:0/"), Err(Class::UrlDenied));
    assert_eq!(class("https://payer.test:22/"), Err(Class::UrlDenied));
    assert_eq!(class("https://p\u{430}yer.test/"), Err(Class::UrlDenied), "a letter of another script");
    assert_eq!(class("https://payer.test@evil.test/"), Err(Class::UrlDenied));
    assert_eq!(class("http://payer.test/"), Err(Class::UrlDenied));
    let long = format!("HTTP/1.1 200 OK\r\nX-A: {}\r\nContent-Length: 2\r\n\r\nok", "a".repeat(64 << 10));
    let (answer, result) = get(sends(long));
    assert_eq!((result, answer.body.as_slice()), (Ok(()), &b"ok"[..]), "a header of 64 KiB is odd, not wrong");
}
