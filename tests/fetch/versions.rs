//! The hostile cases about what is a new version, and what is asked for again.

use std::fs;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::site::{Bench, Site, names, policy};

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
fn what_was_asked_for_not_long_ago_rests() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(3));
    site.first("/p/lp-002.html", 404, "", "not yet");
    let bench = Bench::new("rests", &site, "[pace]\nrevisit_h = 20\n");
    assert!(bench.fetch().1.contains("2 new"));
    site.asked();
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("1 new, 0 changed, 2 as they were, 0 no longer listed"), "{text}");
    assert!(text.contains("3 addresses were asked for not long ago"), "{text}");
    assert_eq!(site.asked()[..2], ["/robots.txt", "/p/lp-002.html"], "only what failed");
    let catalog = rusqlite::Connection::open(bench.folder.join("store/catalog.sqlite")).expect("it opens");
    let met: u32 = catalog.query_row("SELECT count(*) FROM sighting", [], |row| row.get(0)).expect("a number");
    assert_eq!(met, 3, "who did not look met nothing");
    catalog.execute("UPDATE visit SET at = '2026-01-01T00:00:00Z'", []).expect("time passes");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("3 as they were") && !text.contains("not long ago"), "{text}");
    assert_eq!(site.not_modified.load(Ordering::Relaxed), 4);
    assert!(bench.run(&["store", "verify"], "store").status.success());
}

#[test]
fn the_links_of_a_list_that_rests_stand_where_it_answered() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    site.put("/list", 302, "Location: /p/\r\n", "");
    site.put("/p/", 200, "", "<li><a href=lp-000.html>a</a><li><a href=lp-001.html>b</a>");
    let bench = Bench::new("rests-elsewhere", &site, "[pace]\nrevisit_h = 20\n");
    assert!(bench.fetch().1.contains("2 new"));
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("2 as they were, 0 no longer listed"), "{text}");
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

#[test]
fn case_32_validators_that_change_without_the_bytes_make_no_version() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(1));
    let bench = Bench::new("flips", &site, "");
    let page = policy("lp-000", "considered investigational");
    for etag in ["\"one\"", "W/\"one\"", "\"two\""] {
        site.put("/p/lp-000.html", 200, &format!("ETag: {etag}\r\n"), page.clone());
        assert!(bench.fetch().0, "{etag}");
    }
    let figures = bench.run(&["store", "status"], "store");
    let figures = String::from_utf8_lossy(&figures.stdout).into_owned();
    let count =
        |what: &str| figures.lines().find_map(|line| line.trim().strip_suffix(what)?.trim().parse::<u32>().ok());
    assert_eq!((count(" versions"), count(" events")), (Some(1), Some(1)), "new, and nothing since: {figures}");
}
