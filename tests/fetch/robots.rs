//! robots.txt in a run: obeyed, and no leave where it cannot be read.

use std::time::Duration;

use crate::site::{Bench, Site, names};

#[test]
fn robots_txt_is_obeyed_and_its_absence_is_no_leave_when_it_cannot_be_read() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(3));
    site.put("/robots.txt", 200, "", "User-agent: *\nDisallow: /p/lp-001\n");
    let bench = Bench::new("robots", &site, "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("robots-denied") && text.contains("line 2: Disallow: /p/lp-001"), "{text}");
    assert!(!site.asked().contains(&"/p/lp-001.html".to_owned()));
    for (status, body) in [(503, "busy"), (403, "no"), (429, "slow")] {
        site.put("/robots.txt", status, "", body);
        let (ok, text) = bench.fetch();
        assert!(!ok && text.contains("robots"), "{status}: {text}");
        assert!(site.asked().iter().all(|path| path == "/robots.txt"), "{status}");
    }
    site.put("/robots.txt", 200, "", b"\xff\xfeU\0s\0e\0r\0".to_vec());
    assert!(bench.fetch().1.contains("UTF-16"));
    // By the owner's written permission, which is said at each run.
    site.put("/robots.txt", 200, "", "User-agent: *\nDisallow: /\n");
    bench.source(&site, "[robots_override]\nreason = \"research\"\npermission = \"letter of 2026-11-01\"\n");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("letter of 2026-11-01"), "{text}");
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
fn case_34_redirects_of_robots_txt_are_followed_five_times() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    let bench = Bench::new("robots-hops", &site, "");
    site.put("/robots.txt", 302, "Location: /r1\r\n", "");
    for at in 1..5 {
        site.put(&format!("/r{at}"), 302, &format!("Location: /r{}\r\n", at + 1), "");
    }
    site.put("/r5", 200, "", "User-agent: *\nDisallow: /list\n");
    assert!(bench.fetch().1.contains("line 2: Disallow: /list"), "five are followed");
    site.put("/r5", 302, "Location: /r6\r\n", "");
    site.put("/r6", 200, "", "User-agent: *\nAllow: /\n");
    assert!(bench.fetch().1.contains("robots-unreachable"), "a sixth is not");
    site.put("/robots.txt", 0, "", "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("robots-unreachable") && text.contains("(reset)"), "{text}");
    assert!(site.asked().ends_with(&["/robots.txt".to_owned(), "/robots.txt".to_owned(), "/robots.txt".to_owned()]));
    site.put("/robots.txt", 404, "", "none");
    assert!(bench.fetch().0, "none is leave");
}
