//! The cases that Google publishes with its parser (robots_test.cc, Apache-2.0), rewritten as a table,
//! and those of CMS. Two of Google's own extensions are left out and stand as their opposite: a rule for
//! `index.html` says nothing about its folder, and a raw UTF-8 address cannot reach the matcher.

use super::{LINE, Robots};

/// Holds a robots.txt against addresses that it allows and forbids for an agent.
fn check(robots: &str, agent: &str, allowed: &[&str], forbidden: &[&str]) {
    let rules = Robots::parse(robots.as_bytes(), agent);
    let path = |address: &str| match address.strip_prefix("http://") {
        Some(rest) => rest.find('/').map_or("/".to_owned(), |at| rest[at..].to_owned()),
        None => address.to_owned(),
    };
    for address in allowed {
        assert!(rules.decide(&path(address)).allowed, "{agent} may ask for {address}: {robots}");
    }
    for address in forbidden {
        assert!(!rules.decide(&path(address)).allowed, "{agent} may not ask for {address}: {robots}");
    }
}

#[test]
fn system() {
    let all = "user-agent: FooBot\ndisallow: /\n";
    check("", "FooBot", &[""], &[]);
    check(all, "", &[""], &[]);
    check(all, "FooBot", &[], &[""]);
    check("", "", &[""], &[]);
}

#[test]
fn line_syntax() {
    check("user-agent: FooBot\ndisallow: /\n", "FooBot", &[], &["/x/y"]);
    check("foo: FooBot\nbar: /\n", "FooBot", &["/x/y"], &[]);
    check("user-agent FooBot\ndisallow /\n", "FooBot", &[], &["/x/y"]);
    for case in [str::to_uppercase as fn(&str) -> String, str::to_lowercase] {
        let robots = format!("{}: FooBot\n{}: /x/\n{}: /\n", case("User-Agent"), case("Allow"), case("Disallow"));
        check(&robots, "FooBot", &["/x/y"], &["/a/b"]);
    }
    check("uSeR-aGeNt: FooBot\nAlLoW: /x/\ndIsAlLoW: /\n", "FooBot", &["/x/y"], &["/a/b"]);
}

#[test]
fn groups() {
    let robots = "allow: /foo/bar/\n\nuser-agent: FooBot\ndisallow: /\nallow: /x/\nuser-agent: BarBot\ndisallow: /\n\
                  allow: /y/\n\n\nallow: /w/\nuser-agent: BazBot\n\nuser-agent: FooBot\nallow: /z/\ndisallow: /\n";
    check(robots, "FooBot", &["/x/b", "/z/d"], &["/y/c", "/foo/bar/"]);
    check(robots, "BarBot", &["/y/c", "/w/a"], &["/z/d", "/foo/bar/"]);
    check(robots, "BazBot", &["/z/d"], &["/foo/bar/"]);
    // Lines of no rule between agents do not part a group.
    let sitemap = "User-agent: BarBot\nSitemap: https://foo.bar/sitemap\nUser-agent: *\nDisallow: /\n";
    check(sitemap, "FooBot", &[], &["/"]);
    check(sitemap, "BarBot", &[], &["/"]);
    let unknown = "User-agent: FooBot\nInvalid-Unknown-Line: unknown\nUser-agent: *\nDisallow: /\n";
    check(unknown, "FooBot", &[], &["/"]);
    check(unknown, "BarBot", &[], &["/"]);
}

#[test]
fn agents() {
    for name in ["FOO BAR", "foo bar", "FoO bAr"] {
        let robots = format!("User-Agent: {name}\nAllow: /x/\nDisallow: /\n");
        check(&robots, "Foo", &["/x/y"], &["/a/b"]);
        check(&robots, "foo", &["/x/y"], &["/a/b"]);
    }
    let first_word = "User-Agent: *\nDisallow: /\nUser-Agent: Foo Bar\nAllow: /x/\nDisallow: /\n";
    check(first_word, "Foo", &["/x/y"], &[]);
    check(first_word, "Foo Bar", &[], &["/x/y"]);
    let global = "user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\n";
    check(global, "FooBot", &[], &["/x/y"]);
    check(global, "BarBot", &["/x/y"], &[]);
    let only = "user-agent: FooBot\nallow: /\nuser-agent: BarBot\ndisallow: /\nuser-agent: BazBot\ndisallow: /\n";
    check(only, "QuxBot", &["/x/y"], &[]);
}

#[test]
fn longest_match() {
    let foo = |rules: &str| format!("user-agent: FooBot\n{rules}");
    check(&foo("disallow: /x/\n"), "FooBot", &[], &["/x/y"]);
    check(&foo("disallow: /X/\n"), "FooBot", &["/x/y"], &[]);
    check(&foo("disallow: /x/page.html\nallow: /x/\n"), "FooBot", &[], &["/x/page.html"]);
    check(&foo("allow: /x/page.html\ndisallow: /x/\n"), "FooBot", &["/x/page.html"], &["/x/"]);
    check(&foo("disallow: \nallow: \n"), "FooBot", &["/x/page.html"], &[]);
    check(&foo("disallow: /\nallow: /\n"), "FooBot", &["/x/page.html"], &[]);
    check(&foo("disallow: /x\nallow: /x/\n"), "FooBot", &["/x/"], &["/x"]);
    check(&foo("disallow: /x/page.html\nallow: /x/page.html\n"), "FooBot", &["/x/page.html"], &[]);
    check(&foo("allow: /page\ndisallow: /*.html\n"), "FooBot", &["/page"], &["/page.html"]);
    check(&foo("allow: /x/page.\ndisallow: /*.html\n"), "FooBot", &["/x/page.html"], &["/x/y.html"]);
    let specific = "User-agent: *\nDisallow: /x/\nUser-agent: FooBot\nDisallow: /y/\n";
    check(specific, "FooBot", &["/x/page"], &["/y/page"]);
}

#[test]
fn encoding() {
    let allow = |pattern: &str| format!("User-agent: FooBot\nDisallow: /\nAllow: {pattern}\n");
    let query = "/foo/bar?qux=taz&baz=http://foo.bar?tar&par";
    check(&allow(query), "FooBot", &[query], &[]);
    check(&allow("/foo/bar/ツ"), "FooBot", &["/foo/bar/%E3%83%84"], &[]);
    check(&allow("/foo/bar/%E3%83%84"), "FooBot", &["/foo/bar/%E3%83%84"], &["/foo/bar/x"]);
    check(&allow("/foo/bar/%e3%83%84"), "FooBot", &["/foo/bar/%E3%83%84"], &[]);
    check(&allow("/foo/bar/%62%61%7A"), "FooBot", &["/foo/bar/%62%61%7A"], &["/foo/bar/baz"]);
}

#[test]
fn special_characters() {
    let foo = |rules: &str| format!("User-agent: FooBot\n{rules}");
    let star = foo("Disallow: /foo/bar/quz\nAllow: /foo/*/qux\n");
    check(&star, "FooBot", &["/foo/quz", "/foo//quz", "/foo/bax/quz"], &["/foo/bar/quz"]);
    let end = foo("Disallow: /foo/bar$\nAllow: /foo/bar/qux\n");
    check(&end, "FooBot", &["/foo/bar/qux", "/foo/bar/", "/foo/bar/baz"], &["/foo/bar"]);
    let comment = foo("# Disallow: /\nDisallow: /foo/quz#qux\nAllow: /\n");
    check(&comment, "FooBot", &["/foo/bar"], &["/foo/quz"]);
    check(
        "User-Agent: *\nAllow: /allowed-slash/index.html\nDisallow: /\n",
        "foobot",
        &["/allowed-slash/index.html"],
        &["/allowed-slash/", "/allowed-slash/index.htm", "/anyother-url"],
    );
}

#[test]
fn long_lines_are_cut() {
    let long = |letter: &str, word: &str| {
        let fill = LINE - "/x/".len() - word.len();
        format!("/x/{}", letter.repeat(fill))
    };
    let cut = long("a", "disallow: ");
    let robots = format!("user-agent: FooBot\ndisallow: {cut}/qux\n");
    check(&robots, "FooBot", &["/fux"], &[&format!("{cut}/fux")]);
    let (a, b) = (long("a", "allow: "), long("b", "allow: "));
    let robots = format!("user-agent: FooBot\ndisallow: /\nallow: {a}/qux\nallow: {b}/qux\n");
    check(&robots, "FooBot", &[&format!("{a}/qux"), &format!("{b}/fux")], &["/"]);
}

#[test]
fn documentation() {
    let allow = |pattern: &str| format!("user-agent: FooBot\ndisallow: /\nallow: {pattern}\n");
    let fish =
        ["/fish", "/fish.html", "/fish/salmon.html", "/fishheads", "/fishheads/yummy.html", "/fish.html?id=anything"];
    for pattern in ["/fish", "/fish*"] {
        check(&allow(pattern), "FooBot", &fish, &["/bar", "/Fish.asp", "/catfish", "/?id=fish"]);
    }
    let folder = ["/fish/", "/fish/salmon", "/fish/?salmon", "/fish/salmon.html", "/fish/?id=anything"];
    check(&allow("/fish/"), "FooBot", &folder, &["/bar", "/fish", "/fish.html", "/Fish/Salmon.html"]);
    let php = [
        "/filename.php",
        "/folder/filename.php",
        "/folder/filename.php?parameters",
        "//folder/any.php.file.html",
        "/filename.php/",
        "/index?f=filename.php/",
    ];
    check(&allow("/*.php"), "FooBot", &php, &["/bar", "/php/", "/index?php", "/windows.PHP"]);
    check(
        &allow("/*.php$"),
        "FooBot",
        &["/filename.php", "/folder/filename.php"],
        &[
            "/filename.php?parameters",
            "/filename.php/",
            "/filename.php5",
            "/php/",
            "/filename?php",
            "/aaaphpaaa",
            "//windows.PHP",
        ],
    );
    check(&allow("/fish*.php"), "FooBot", &["/fish.php", "/fishheads/catfish.php?parameters"], &["/bar", "/Fish.PHP"]);
    let foo = |rules: &str| format!("user-agent: FooBot\n{rules}");
    check(&foo("allow: /p\ndisallow: /\n"), "FooBot", &["/page"], &[]);
    check(&foo("allow: /folder\ndisallow: /folder\n"), "FooBot", &["/folder/page"], &[]);
    check(&foo("allow: /page\ndisallow: /*.htm\n"), "FooBot", &[], &["/page.htm"]);
    check(&foo("allow: /$\ndisallow: /\n"), "FooBot", &["/"], &["/page.html"]);
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let robots = ["User-Agent: foo", "Allow: /some/path", "User-Agent: bar", "", "", "Disallow: /"].join(end);
        let decision = Robots::parse(robots.as_bytes(), "bar").decide("/x");
        assert_eq!((decision.allowed, decision.why.as_str()), (false, "line 6: Disallow: /"));
    }
    let bom = b"\xef\xbb\xbfUser-Agent: foo\nDisallow: /\n";
    assert!(!Robots::parse(bom, "foo").decide("/x").allowed);
    let half = b"\xef\xbbUser-Agent: foo\nDisallow: /\n";
    assert!(Robots::parse(half, "foo").decide("/x").allowed, "a broken mark is part of the first line");
}

#[test]
fn queries_by_wildcard_as_cms_writes_them() {
    let robots = "User-agent: *\nDisallow: /*?\nAllow: /medicare-coverage-database/*?\n";
    let view = "/medicare-coverage-database/view/lcd.aspx?lcdid=33822&ver=12";
    check(robots, "fineprint", &[view, "/about"], &["/search?q=x"]);
    assert_eq!(
        Robots::parse(robots.as_bytes(), "fineprint").decide(view).why,
        "line 3: Allow: /medicare-coverage-database/*?"
    );
}

#[test]
fn case_34_odd_files() {
    assert_eq!(Robots::parse(b"<!DOCTYPE html><title>x</title>", "fineprint").odd, Some("an HTML page"));
    assert_eq!(Robots::parse(b"\xff\xfeU\0s\0", "fineprint").odd, Some("UTF-16 text"));
    let delay = Robots::parse(b"User-agent: *\nCrawl-delay: 7.5\n", "fineprint");
    assert_eq!(delay.crawl_delay, Some(8));
    let late = [vec![b'#'; 600 * 1024], b"\nUser-agent: *\nDisallow: /\n".to_vec()].concat();
    assert!(Robots::parse(&late, "fineprint").decide("/x").allowed, "only the first 500 KiB hold");
    assert!(!Robots::closed().decide("/x").allowed);
    assert!(Robots::closed().decide("/robots.txt").allowed);
}
