use url::Url;

use super::{Candidate, Page, Source};
use crate::fetch::Class;

const HEAD: &str =
    "format = 1\nid = \"a\"\npayer = \"A\"\nchecked = \"never\"\norigin = \"invented\"\nhosts = [\"a.test\"]\n";

fn source(rest: &str) -> Source {
    Source::parse(&format!("{HEAD}{rest}")).unwrap_or_else(|error| panic!("{error}"))
}

fn follow(source: &Source, from: &Candidate, page: &str) -> Result<Vec<Candidate>, Class> {
    let url = Url::parse(&from.url).expect("an address");
    let followed = source.follow(from, Page { url: &url, bytes: page.as_bytes() });
    followed.map(|followed| followed.candidates).map_err(|failure| failure.class)
}

#[test]
fn an_unknown_key_a_wrong_selector_and_what_does_not_hold_are_told() {
    let check = |rest: &str, expected: &str| {
        let error = Source::parse(&format!("{HEAD}{rest}")).expect_err(rest).to_string();
        assert!(error.contains(expected), "{error}");
    };
    check("colour = \"red\"\n[document]\nkind = [\"pdf\"]\n", "unknown field `colour`");
    check(
        "[document]\nkind = [\"pdf\"]\n[[start]]\nurl = \"https://a.test/\"\n[[list]]\neach = { css = \"a[\" }\n",
        "no CSS selector",
    );
    check(
        "[document]\nkind = [\"pdf\"]\n[[start]]\nurl = \"https://b.test/\"\n",
        "`b.test`, which is none of the source's hosts",
    );
    check(
        "[document]\nkind = [\"pdf\"]\n[[start]]\nurl = \"https://a.test/\"\n",
        "no [[list]] reads the step \"start\"",
    );
    check("loopback = true\n[document]\nkind = [\"pdf\"]\n[[fixed]]\nurl = \"https://a.test/\"\n", "not this machine");
    check(
        "[pace]\nmin_delay_s = 1\n[document]\nkind = [\"pdf\"]\n[[fixed]]\nurl = \"https://a.test/\"\n",
        "never shorter",
    );
}

#[test]
fn letters_pages_and_details_lead_to_documents() {
    let source = source(
        "[[start]]\nurl = \"https://a.test/list?letter={letter}\"\nexpand = { letter = [\"A-C\"] }\n\
         [[list]]\nname = \"detail\"\neach = { css = \"li a\" }\nlink = { attr = [\"href\"] }\npresent = \"ul\"\n\
         next = { css = \"a.next\" }\nmeta = { title = {}, path = { url_query = \"p\" } }\n\
         [[list]]\nfrom = \"detail\"\neach = { css = \"embed, iframe\" }\nlink = { attr = [\"data\", \"src\"] }\n\
         [document]\nkind = [\"pdf\"]\nkey = { url_re = '/([A-Z]+\\d+)_' }\nmeta = { effective = { url_re = '_(\\d{8})', date = true } }\n",
    );
    let starts = source.starts();
    assert_eq!(
        starts.iter().map(|start| start.url.as_str()).collect::<Vec<_>>(),
        ["https://a.test/list?letter=A", "https://a.test/list?letter=B", "https://a.test/list?letter=C"]
    );
    let page = "<base href='/x/'><ul><li><a href=' d?p=q&#x200b;#top'>A\u{200b} title</a><li><a href='javascript:0'>no</a>\
                <li><a href='//b.test/'>other</a></ul><a class=next href='list?letter=A&amp;n=2'>Next</a>";
    let found = follow(&source, &starts[0], page).expect("a list");
    assert_eq!(
        found.iter().map(|found| found.url.as_str()).collect::<Vec<_>>(),
        ["https://a.test/x/d?p=q", "https://a.test/x/list?letter=A&n=2"]
    );
    assert_eq!((found[0].meta["title"].as_str(), found[0].meta["path"].as_str()), ("A title", "q"));
    assert_eq!((found[1].step.as_deref(), found[1].page), (Some("start"), 1));
    assert_eq!(follow(&source, &starts[1], "<ul></ul>"), Ok(Vec::new()));
    assert_eq!(follow(&source, &starts[1], "<p>nothing</p>"), Err(Class::IndexEmpty));
    let documents = follow(&source, &found[0], "<iframe src='/pdf/MED207_20250401.pdf'></iframe>").expect("a document");
    assert_eq!(documents[0].key.as_deref(), Some("MED207"));
    assert_eq!(
        (documents[0].meta["effective"].as_str(), documents[0].meta["title"].as_str()),
        ("2025-04-01", "A title")
    );
}

#[test]
fn json_pages_by_token_and_its_documents_become_pages() {
    let source = source(
        "[[start]]\nurl = \"https://a.test/lcds/\"\n[[list]]\neach = { json = \"/data/*\" }\n\
         link = { template = \"https://a.test/lcd?id={id}\" }\nnext = { json = \"/meta/next\", param = \"t\" }\n\
         meta = { id = { json = \"id\" }, title = { json = \"title\" }, retired = { json = \"gone\", optional = true } }\n\
         [document]\nkind = [\"json\"]\nkey = { template = \"L{id}\" }\ntext = [\"/data/0/indication\"]\n",
    );
    let start = &source.starts()[0];
    let found = follow(&source, start, r#"{"meta":{"next":"xyz"},"data":[{"id":7,"title":"Cells"}]}"#).expect("a list");
    assert_eq!((found[0].url.as_str(), found[0].key.as_deref()), ("https://a.test/lcd?id=7", Some("L7")));
    assert_eq!(found[1].url, "https://a.test/lcds/?t=xyz");
    let last = follow(&source, start, r#"{"meta":{"next":""},"data":[{"id":7,"title":"Cells"}]}"#).expect("a list");
    assert_eq!(last.len(), 1);
    assert_eq!(follow(&source, start, "<html>"), Err(Class::IndexChanged));
    let reading =
        source.document(&found[0], br#"{"data":[{"indication":"Not <b>covered</b>."}]}"#).expect("a document");
    assert!(String::from_utf8_lossy(&reading.bytes).contains("<div>Not <b>covered</b>.</div>"));
    assert_eq!(source.document(&found[0], br#"{"data":[]}"#).map_err(|failure| failure.class), Err(Class::NotAPolicy));
}

#[test]
fn case_37_twenty_thousand_links_are_the_most() {
    let source = source(
        "[[start]]\nurl = \"https://a.test/\"\n[[list]]\neach = { css = \"a\" }\nlink = { attr = [\"href\"] }\n[document]\nkind = [\"pdf\"]\n",
    );
    let page: String = (0..20_001).map(|n| format!("<a href={n}>x</a>")).collect();
    assert_eq!(follow(&source, &source.starts()[0], &page), Err(Class::TooManyLinks));
    let deep = |depth: usize| format!("{}<a href=x>x</a>", "<div>".repeat(depth));
    assert_eq!(follow(&source, &source.starts()[0], &deep(2_000)).map(|found| found.len()), Ok(1));
    assert_eq!(follow(&source, &source.starts()[0], &deep(100_000)), Err(Class::IndexChanged));
}

#[test]
fn case_38_addresses_stay_apart_unless_the_source_says_otherwise() {
    let rest = "[[start]]\nurl = \"https://a.test/\"\n[[list]]\neach = { css = \"a\" }\nlink = { attr = [\"href\"] }\n[document]\nkind = [\"pdf\"]\n";
    let page = "<a href=/p/x>1</a><a href=/p/x#part>1</a><a href=/P/x>2</a><a href=/p/x/>3</a><a href='/p/x;jsessionid=7'>4</a>\
                <a href='/p/x?a=1&amp;b=2'>5</a><a href='/p/x?b=2&amp;a=1'>6</a><a href=/p/x%20y>7</a><a href=/p/x+y>8</a>\
                <a href='/p/x?sid=1'>9</a><a href='/p/x?sid=2'>10</a><a href='https://A.test:443/p/x'>1</a>";
    let found = follow(&source(rest), &source(rest).starts()[0], page).expect("a list");
    let urls: Vec<&str> = found.iter().map(|found| &found.url["https://a.test".len()..]).collect();
    assert_eq!(
        urls,
        [
            "/p/x",
            "/P/x",
            "/p/x/",
            "/p/x;jsessionid=7",
            "/p/x?a=1&b=2",
            "/p/x?b=2&a=1",
            "/p/x%20y",
            "/p/x+y",
            "/p/x?sid=1",
            "/p/x?sid=2"
        ]
    );
    let stripped = source(&format!("strip_query = [\"sid\"]\n{rest}"));
    let found = follow(&stripped, &stripped.starts()[0], page).expect("a list");
    assert_eq!(found.len(), 8, "a session is no part of an address");
}

#[test]
fn case_27_the_page_of_terms_names_its_gate() {
    let source = source(
        "[gate.terms]\ntext = \"https://a.test/terms\"\ncookie = { host = \"a.test\", name = \"ok\", value = \"yes\" }\n\
         detect = { css = \"form#terms\", text = \"I accept\" }\n[[start]]\nurl = \"https://a.test/\"\n\
         [[list]]\neach = { css = \"li a\" }\nlink = { attr = [\"href\"] }\n[document]\nkind = [\"pdf\"]\n",
    );
    for page in ["<form id=terms></form>", "<p>Please read. <button>I accept</button></p>"] {
        assert_eq!(follow(&source, &source.starts()[0], page), Err(Class::Gate), "{page}");
    }
    let both = "<form id=terms></form><ul><li><a href=/a.pdf>a</a></ul>";
    assert_eq!(
        follow(&source, &source.starts()[0], both).map(|found| found.len()),
        Ok(1),
        "a banner over a list is none"
    );
}
