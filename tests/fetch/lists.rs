//! The hostile cases about lists: links, pages, and what a list that broke must not do.

use std::fs;
use std::time::Duration;

use crate::site::{Bench, Site, names, policy};

#[test]
fn case_28_a_list_that_shrank_or_broke_is_index_shrunk_and_makes_nothing_gone() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(8));
    let bench = Bench::new("shrunk", &site, "");
    assert!(bench.fetch().0);
    site.put("/list", 200, "", "<ul><li><a href=/p/lp-000.html>a</a></ul>");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("index-shrunk") && text.contains("0 no longer listed"), "{text}");
    site.put("/list", 200, "", "<html><body><p>The page you're looking for has moved.</p></body></html>");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("soft-not-found") && text.contains("0 no longer listed"), "{text}");
    site.policies(&names(8));
    assert!(bench.fetch().0);
}

#[test]
fn case_38_the_same_document_under_two_addresses_is_one() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    site.put("/p/LP-000.html", 200, "", policy("lp-000", "considered investigational"));
    site.put("/p/lp-000.html?copy=1", 200, "", policy("lp-000", "considered investigational"));
    site.put("/list", 200, "", "<li><a href='/p/lp-000.html#a'>a</a><li><a href='/p/lp-000.html?copy=1'>b</a><li><a href='/p/LP-000.html'>c</a>");
    let bench = Bench::new("twins", &site, "");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("3 listed: 2 new, 0 changed, 1 as they were"), "a key is a key, case and all: {text}");
}

#[test]
fn case_39_pages_of_a_list_that_never_end() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    let page = |next: &str| {
        format!(
            "<li><a href=/p/lp-000.html>a</a><li><a href=/p/lp-001.html>b</a></li><a class=next href='{next}'>next</a>"
        )
    };
    site.put("/list", 200, "", page("/list?n=1"));
    for at in 1..30 {
        site.put(&format!("/list?n={at}"), 200, "", page(&format!("/list?n={}", at + 1)));
    }
    let bench = Bench::new("endless", &site, "");
    let path = bench.folder.join("sources/local/source.toml");
    let text =
        fs::read_to_string(&path).expect("readable").replace("[document]", "next = { css = \"a.next\" }\n[document]");
    fs::write(&path, text).expect("written");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("page-loop") && text.contains("2 new"), "{text}");
    assert_eq!(site.asked().iter().filter(|path| path.starts_with("/list")).count(), 2);
    site.put("/list", 200, "", page("/list"));
    assert!(bench.fetch().0, "a page that leads to itself is the last");
}

#[test]
fn case_37_links_that_lead_elsewhere_are_left_alone() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(3));
    site.put(
        "/list",
        200,
        "",
        "<li><a href=' /p/lp-\t000\n.html '>a</a><li><a href='\\p\\lp-001.html'>b</a><li><a href='/p/lp-\u{200b}002.html'>c</a>\
         <li><a href='javascript:void(0)'>d</a><li><a href='mailto:a@example.org'>e</a><li><a href='//elsewhere.example/p/x.html'>f</a>",
    );
    let bench = Bench::new("odd-links", &site, "");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("3 listed: 3 new") && text.contains("elsewhere.example"), "{text}");
    site.put("/list", 200, "", "<base href='https://elsewhere.example/'><li><a href='p/lp-000.html'>a</a>");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("1 × index-") && text.contains("0 no longer listed"), "{text}");
    site.put("/list", 200, "", vec![b'a'; (16 << 20) + 1]);
    assert!(bench.fetch().1.contains("1 × too-large"), "a page over the limit");
}
