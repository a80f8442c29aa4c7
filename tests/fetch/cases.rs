//! The hostile cases that need a whole run, by their numbers; those of one answer are in `tests/fetch_hostile/`.

use std::fs;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::site::{Bench, Site, names, policy};

#[test]
fn case_32_bytes_that_change_under_one_etag_are_met_in_time() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    let put = |stance| site.put("/p/lp-000.html", 200, "ETag: \"one\"\r\n", policy("lp-000", stance));
    put("considered investigational");
    let bench = Bench::new("etag", &site, "");
    assert!(bench.fetch().0);
    put("considered medically necessary");
    let changed = (1..=12).find(|_| bench.fetch().1.contains("1 changed"));
    assert_eq!(changed, Some(11), "ten answers by the ETag, then one without condition");
}

#[test]
fn case_34_robots_txt_that_is_huge_or_leads_away() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    let bench = Bench::new("odd-robots", &site, "");
    site.put("/robots.txt", 200, "", "#".repeat(3 << 20));
    assert!(bench.fetch().1.contains("robots-unreachable"), "over the limit");
    site.put("/robots.txt", 302, "Location: https://elsewhere.example/robots.txt\r\n", "");
    assert!(bench.fetch().1.contains("robots-unreachable"), "another host");
    site.put("/robots.txt", 302, "Location: /really/robots.txt\r\n", "");
    site.put("/really/robots.txt", 200, "", "User-agent: fineprint\nDisallow: /list\n");
    assert!(bench.fetch().1.contains("line 2: Disallow: /list"), "a redirect within the site holds");
    site.put("/robots.txt", 200, "", "<!DOCTYPE html><html>no robots here</html>");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("is an HTML page and holds no rule"), "{text}");
    site.put("/robots.txt", 200, "", "User-agent: *\nCrawl-delay: 9999\n");
    assert!(bench.fetch().1.contains("9999 seconds"));
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

const WALL: &str =
    "<html><body><h1>Access Denied</h1><p>You don't have permission to access this. Reference #18.2f</p></body></html>";

#[test]
fn case_25_error_pages_with_status_200_are_soft_not_found_and_no_bytes_are_empty() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(4));
    site.put("/p/lp-000.html", 200, "", "<html><body><h1>We couldn't find this page</h1></body></html>");
    site.put("/p/lp-001.html", 200, "", "");
    site.put("/p/lp-002.html", 302, "Location: /\r\n", "");
    site.put("/", 200, "", policy("welcome", "what we care for"));
    let bench = Bench::new("soft", &site, "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("4 listed: 1 new"), "{text}");
    assert!(text.contains("2 × soft-not-found") && text.contains("1 × empty"), "the home page is no policy: {text}");
}

#[test]
fn case_26_a_wall_with_any_status_is_a_bot_wall_and_is_not_asked_again() {
    for status in [200, 403, 429, 503] {
        let site = Site::new(Duration::ZERO);
        site.policies(&names(6));
        for name in names(6) {
            site.put(&format!("/p/{name}.html"), status, "", WALL);
        }
        let bench = Bench::new(&format!("wall-{status}"), &site, "");
        let (ok, text) = bench.fetch();
        assert!(!ok && text.contains("bot-wall") && text.contains("declines automated access"), "{status}: {text}");
        assert_eq!(site.asked().iter().filter(|path| path.starts_with("/p/")).count(), 2, "{status}");
    }
}

#[test]
fn case_27_a_log_in_page_instead_of_the_list() {
    let site = Site::new(Duration::ZERO);
    site.put("/list", 200, "", "<html><head><title>Sign in</title></head><body><h1>Sign in to your account</h1><form><label>User name<input name=user></label><label>Password<input type=password></label><button>Log in</button></form></body></html>");
    let bench = Bench::new("log-in", &site, "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("log-in"), "{text}");
}

#[test]
fn case_30_a_site_with_an_error_of_its_own_is_asked_three_times() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    site.put("/p/lp-001.html", 503, "", "busy");
    let bench = Bench::new("busy", &site, "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("1 × unavailable") && text.contains("1 new"), "{text}");
    assert_eq!(site.asked().iter().filter(|path| *path == "/p/lp-001.html").count(), 3);
}

#[test]
fn case_31_what_was_lost_is_asked_for_without_condition() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    let bench = Bench::new("lost", &site, "");
    assert!(bench.fetch().0);
    let whole = bench.documents("store");
    fs::remove_dir_all(bench.folder.join("store/blobs")).expect("removed");
    let (ok, text) = bench.fetch();
    assert!(ok, "{text}");
    assert_eq!(site.not_modified.load(Ordering::Relaxed), 0);
    assert_eq!(bench.documents("store"), whole);
}

#[test]
fn case_40_two_texts_in_turn_are_flapping_and_both_are_kept() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    let bench = Bench::new("flapping", &site, "");
    for stance in ["considered investigational", "medically necessary", "considered investigational"] {
        site.put("/p/lp-000.html", 200, "", policy("lp-000", stance));
        assert!(bench.fetch().0);
    }
    let events = bench.run(&["store", "events", "--format", "jsonl"], "store");
    assert!(String::from_utf8_lossy(&events.stdout).contains("flapping"));
}

#[test]
fn case_41_a_nonce_or_a_view_state_makes_no_version() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    let bench = Bench::new("nonce", &site, "");
    for nonce in ["a8f3", "77c1"] {
        let page = policy("lp-000", "considered investigational").replace(
            "<h2>",
            &format!(
                "<script nonce={nonce}>var a='{nonce}'</script><input type=hidden name=__VIEWSTATE value={nonce}><h2>"
            ),
        );
        site.put("/p/lp-000.html", 200, "", page);
        assert!(bench.fetch().0);
    }
    assert!(bench.fetch().1.contains("0 new, 0 changed, 1 as they were"));
    let status = bench.run(&["status"], "store");
    assert!(String::from_utf8_lossy(&status.stdout).contains("1 document; 1 version\n"), "{status:?}");
}

#[test]
fn case_43_dates_of_servers_order_nothing() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    let bench = Bench::new("dates", &site, "");
    for (year, stance) in [("2099", "considered investigational"), ("1990", "medically necessary")] {
        let headers =
            format!("Last-Modified: Wed, 25 Nov {year} 05:00:00 GMT\r\nDate: Wed, 25 Nov {year} 05:00:00 GMT\r\n");
        site.put("/p/lp-000.html", 200, &headers, policy("lp-000", stance));
        assert!(bench.fetch().0);
    }
    assert!(bench.documents("store").contains("medically necessary"), "the last that was seen stands");
}
