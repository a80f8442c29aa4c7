//! The hostile cases about answers that are no document, by their numbers; those of one answer alone are in
//! `tests/fetch_hostile/`.

use std::time::Duration;

use crate::site::{Bench, Site, names, policy};

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
    for status in [200, 403, 405, 429, 503] {
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
fn case_29_pauses_are_kept_and_long_ones_wait_for_the_next_run() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    site.put("/p/lp-001.html", 429, "Retry-After: 86400\r\n", "later");
    let bench = Bench::new("pauses", &site, "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("asks to be left alone"), "{text}");
    assert_eq!(
        site.asked().iter().filter(|path| *path == "/p/lp-001.html").count(),
        1,
        "it is not asked again in this run"
    );
    site.put("/p/lp-001.html", 200, "", policy("lp-001", "covered"));
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("1 new"), "{text}");
}

#[test]
fn case_20_a_pdf_without_its_end_is_asked_for_again_and_is_evidence_then() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    let (whole, cut) = ("%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n", "%PDF-1.4\n1 0 obj\n<<>>");
    site.put("/p/lp-000.html", 200, "", cut);
    site.put("/p/lp-001.html", 200, "", policy("lp-001", "covered"));
    let bench = Bench::new("no-end", &site, "");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("1 × pdf-incomplete") && text.contains("2 listed: 1 new"), "{text}");
    let times = |site: &Site| site.asked().iter().filter(|path| *path == "/p/lp-000.html").count();
    assert_eq!(times(&site), 3);
    // What it is when it comes whole is another matter: this one has no page.
    site.first("/p/lp-000.html", 200, "", cut);
    site.put("/p/lp-000.html", 200, "", whole);
    assert!(!bench.fetch().1.contains("pdf-incomplete"));
    assert_eq!(times(&site), 2, "once more was enough");
}

#[test]
fn case_25_the_page_that_a_host_gives_for_any_address_is_soft_not_found() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(3));
    let bench = Bench::new("any-address", &site, "");
    let shelf = |path: &str| {
        format!(
            "<html><head><title>Larkspur Health</title></head><body><h1>Larkspur Health</h1><p>This bulletin has left \
             the shelf. Our librarians keep a list of all that may be read here, dear visitor of {path}.</p></body></html>"
        )
    };
    // Nobody lists these words: only that any address gets them tells the page.
    site.put("/p/lp-001.html", 200, "", shelf("/p/lp-001.html"));
    let absent = |run: u32| format!("/p/no-such-page-{run}-of-fineprint.html");
    site.put(&absent(1), 200, "", shelf(&absent(1)));
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("3 listed: 2 new") && text.contains("1 × soft-not-found"), "{text}");
    assert!(text.contains("for any address that is not there"), "{text}");
    assert!(!bench.documents("store").contains("librarians"));
    let asked = site.asked();
    assert_eq!(asked.iter().filter(|path| path.contains("no-such-page")).count(), 1, "once a run and host: {asked:?}");
    // A host that says that it is not there is believed, and so is the page.
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("1 new"), "{text}");
    // Where robots.txt forbids the address it is not asked for.
    site.put("/robots.txt", 200, "", "User-agent: *\nDisallow: /p/no-such\n");
    site.put("/p/lp-002.html", 200, "", policy("lp-002", "medically necessary"));
    site.asked();
    assert!(bench.fetch().1.contains("1 changed"));
    assert!(!site.asked().iter().any(|path| path.contains("no-such-page")));
}

#[test]
fn case_26_walls_of_several_makers() {
    for (at, wall) in [
        WALL,
        "<html><head><title>ERROR: The request could not be satisfied</title></head><body><h1>403 ERROR</h1><h2>The request \
         could not be satisfied.</h2><p>Request blocked. Generated by cloudfront (CloudFront)</p></body></html>",
        "<html><head><meta name='robots' content='noindex'></head><body><iframe src='/_Incapsula_Resource?x=1'>Request \
         unsuccessful. Incapsula incident ID: 1-2</iframe></body></html>",
        "<html><head><title>Security check</title></head><body><h1>Please complete the CAPTCHA</h1><p>We have seen unusual \
         traffic from your network.</p></body></html>",
    ]
    .into_iter()
    .enumerate()
    {
        let site = Site::new(Duration::ZERO);
        site.policies(&names(3));
        for name in names(3) {
            site.put(&format!("/p/{name}.html"), 200, "", wall);
        }
        let bench = Bench::new(&format!("maker-{at}"), &site, "");
        let (ok, text) = bench.fetch();
        assert!(!ok && text.contains("× bot-wall") && text.contains("0 new"), "{wall}: {text}");
        assert_eq!(site.asked().iter().filter(|path| path.starts_with("/p/")).count(), 2, "{wall}");
    }
}

#[test]
fn case_30_an_error_that_passes_is_no_failure() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    site.first("/p/lp-001.html", 503, "", "busy");
    site.first("/list", 0, "", "");
    let bench = Bench::new("once", &site, "");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("complete; 2 listed: 2 new"), "{text}");
}
