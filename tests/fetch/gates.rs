//! Terms that stand before pages: they open by the user's own word alone, and what they open with is nobody's to keep.

use std::fs;
use std::time::Duration;

use crate::site::{Bench, Site, files, names};

#[test]
fn case_27_terms_open_by_the_users_own_word_alone() {
    let site = Site::new(Duration::ZERO);
    site.policies(&names(2));
    let gate = "[gate.terms]\ntext = \"https://example.org/terms\"\ncookie = { host = \"127.0.0.1\", name = \"ok\", value = \"yes\" }\n";
    let bench = Bench::new("gate", &site, gate);
    let path = bench.folder.join("sources/local/source.toml");
    let text = fs::read_to_string(&path).expect("readable").replace("/list\"\n", "/list\"\ngate = \"terms\"\n");
    fs::write(&path, text).expect("written");
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("sources accept local terms"), "{text}");
    assert!(site.asked().is_empty(), "nothing was asked");
    let accepted =
        bench.run(&["sources", "accept", "local", "terms", "--by", "A. Person", "--sources", "sources"], "store");
    assert!(accepted.status.success(), "{}", String::from_utf8_lossy(&accepted.stderr));
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("2 new"), "{text}");
}

/// A source in the shape of the Coverage API: a list in JSON, documents in JSON behind a token.
fn api(name: &str, site: &Site, gate_of_start: &str) -> Bench {
    let bench = Bench::new(name, site, "");
    let text = format!(
        "format = 1\nid = \"local\"\npayer = \"Medicare\"\nchecked = \"never\"\norigin = \"invented\"\nhosts = [\"127.0.0.1\"]\n\
         ports = [{port}]\nallow_http = true\nloopback = true\n[gate.licence]\ntext = \"https://example.org/terms\"\n\
         [gate.licence.token]\nhost = \"127.0.0.1\"\nurl = \"http://127.0.0.1:{port}/licence\"\njson = [\"/data/0/Token\"]\n\
         header = \"Authorization\"\nvalue = \"Bearer {{token}}\"\n[[start]]\nurl = \"http://127.0.0.1:{port}/reports\"\n{gate_of_start}\n\
         [[list]]\neach = {{ json = \"/data/*\" }}\nlink = {{ template = \"http://127.0.0.1:{port}/lcd?id={{id}}\" }}\ngate = \"licence\"\n\
         [list.meta]\nid = {{ json = \"document_id\" }}\ntitle = {{ json = \"title\" }}\n\
         [document]\nkind = [\"json\"]\nkey = {{ template = \"L{{id}}\" }}\ntext = [\"/data/0/indication\"]\n",
        port = site.port
    );
    fs::write(bench.folder.join("sources/local/source.toml"), text).expect("written");
    site.put("/reports", 200, "", r#"{"data":[{"document_id":7,"title":"Cells"},{"document_id":8,"title":"Grafts"}]}"#);
    site.put("/licence", 200, "", r#"{"data":[{"Token":"secret-0123"}]}"#);
    for id in [7, 8] {
        let words = format!("<p>Service {id} is not covered.</p>");
        site.put(&format!("/lcd?id={id}"), 200, "", format!(r#"{{"data":[{{"indication":"{words}"}}]}}"#));
    }
    bench
}

fn planned(bench: &Bench) -> String {
    let output = bench.run(&["fetch", "local", "--sources", "sources", "--dry-run"], "store");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_token_is_asked_for_by_a_run_alone_and_renewed_once_and_kept_nowhere() {
    let site = Site::new(Duration::ZERO);
    let bench = api("token", &site, "");
    let text = planned(&bench);
    assert!(
        text.contains("0 documents would be asked for") && text.contains("not asked for: terms stand before"),
        "{text}"
    );
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("2 × gate") && text.contains("0 new"), "{text}");
    assert!(!site.asked().contains(&"/licence".to_owned()), "asking for it would be accepting");
    let accepted =
        bench.run(&["sources", "accept", "local", "licence", "--by", "A. Person", "--sources", "sources"], "store");
    assert!(accepted.status.success(), "{}", String::from_utf8_lossy(&accepted.stderr));
    let text = planned(&bench);
    assert!(
        text.contains("2 documents would be asked for") && text.contains("not shown here: a run first asks"),
        "{text}"
    );
    assert!(!site.asked().contains(&"/licence".to_owned()), "a plan asks for none");
    site.first("/lcd?id=8", 401, "", "worn out");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("2 new"), "{text}");
    assert_eq!(
        site.asked().iter().filter(|path| *path == "/licence").count(),
        2,
        "once, and once more when it was worn out"
    );
    let heads = site.heads.lock().expect("no thread panicked").clone();
    for head in &heads {
        assert_eq!(head.contains("authorization: Bearer secret-0123"), head.starts_with("GET /lcd"), "{head}");
    }
    assert!(
        !files(&bench.folder.join("store")).contains("secret-0123"),
        "that it was used is on record, and not the token"
    );
}

#[test]
fn a_plan_says_that_a_list_behind_a_token_is_not_shown() {
    let site = Site::new(Duration::ZERO);
    let bench = api("token-list", &site, "gate = \"licence\"");
    bench.run(&["sources", "accept", "local", "licence", "--by", "A. Person", "--sources", "sources"], "store");
    let text = planned(&bench);
    assert!(text.contains("not shown here:") && text.contains("/reports needs a token"), "{text}");
    assert!(!text.contains("index-empty"), "that nothing is listed says nothing: {text}");
    assert!(bench.fetch().1.contains("2 new"));
}
