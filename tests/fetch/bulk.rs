//! A bulk file as CMS publishes it: an archive in an archive, whose table holds the documents; large ones break off.

use std::fs;
use std::io::{Cursor, Write};
use std::sync::atomic::Ordering;
use std::time::Duration;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::site::{Bench, Site};

fn archive(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).expect("memory");
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory").into_inner()
}

/// A table of local coverage determinations: CRLF between records, line feeds and HTML in quoted cells.
fn lcds(count: usize, stance: &str) -> Vec<u8> {
    let mut table = "lcd_id,lcd_version,title,indication\r\n".to_owned();
    for at in 0..count {
        let words = format!("<p>Service {at} is\n<b>{stance}</b>, as \"\"written\"\".</p>").repeat(3);
        table += &format!("{},7,Policy {at},\"{words}\"\r\n", 30_000 + at);
    }
    archive("current_lcd_csv.zip", &archive("lcd.csv", table.as_bytes()))
}

fn bench(name: &str, site: &Site, more: &str) -> Bench {
    let bench = Bench::new(name, site, "");
    let text = format!(
        "format = 1\nid = \"local\"\npayer = \"Medicare\"\nchecked = \"never\"\norigin = \"invented\"\nhosts = [\"127.0.0.1\"]\n\
         ports = [{port}]\nallow_http = true\nloopback = true\n{more}\n[[start]]\nurl = \"http://127.0.0.1:{port}/lcd.zip\"\n\
         member = \"current_lcd_csv.zip!lcd.csv\"\n[[list]]\neach = {{ csv = true }}\n\
         link = {{ template = \"http://127.0.0.1:{port}/view?lcdid={{id}}\" }}\n\
         [list.meta]\nid = {{ column = \"lcd_id\" }}\nrevision = {{ column = \"lcd_version\" }}\ntitle = {{ column = \"title\" }}\n\
         [document]\nkind = [\"html\"]\nkey = {{ template = \"L{{id}}\" }}\ntext = [\"indication\"]\n",
        port = site.port
    );
    fs::write(bench.folder.join("sources/local/source.toml"), text).expect("written");
    bench
}

#[test]
fn case_13_an_archive_in_an_archive_gives_its_documents_in_one_request() {
    let site = Site::new(Duration::ZERO);
    site.put("/lcd.zip", 200, "", lcds(12, "not covered"));
    let bench = bench("bulk", &site, "");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("complete; 12 listed: 12 new"), "{text}");
    assert_eq!(site.asked(), ["/robots.txt", "/lcd.zip"]);
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("0 new, 0 changed, 12 as they were"), "{text}");
    assert_eq!(site.not_modified.load(Ordering::Relaxed), 1);
    site.put("/lcd.zip", 200, "", lcds(12, "medically necessary"));
    assert!(bench.fetch().1.contains("12 changed"));
    // Bombs at either depth, and an archive that is cut for good.
    for (bytes, class) in [
        (archive("current_lcd_csv.zip", &archive("lcd.csv", &vec![b'a'; 2 << 20])), "too-large"),
        (archive("current_lcd_csv.zip", &vec![b'a'; 2 << 20]), "too-large"),
        (archive("../../current_lcd_csv.zip", b"PK"), "coding"),
        (archive("other.zip", b"PK"), "index-changed"),
        (lcds(12, "not covered")[..400].to_vec(), "truncated"),
    ] {
        let small = self::bench(&format!("bulk-{class}-{}", bytes.len()), &site, "[budget]\nlist_mib = 1\n");
        site.put("/lcd.zip", 200, "", bytes);
        let (ok, text) = small.fetch();
        assert!(!ok && text.contains(&format!("1 × {class}")), "{class}: {text}");
    }
}

#[test]
fn case_33_a_large_archive_that_breaks_off_goes_on_where_it_did() {
    let site = Site::new(Duration::ZERO);
    let bytes = lcds(300, "not covered");
    site.put("/lcd.zip", 200, "", bytes.clone());
    // The whole comes in three pieces: the beginning, a rest that breaks off too, and the rest of that.
    site.cut("/lcd.zip", bytes.len() * 2 / 5);
    let bench = bench("cut", &site, "");
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("complete; 300 listed: 300 new"), "{text}");
    assert_eq!((site.parts.load(Ordering::Relaxed), site.asked().len()), (2, 4));
    let (ok, text) = bench.fetch();
    assert!(ok && text.contains("300 as they were"), "{text}");
    assert_eq!(site.not_modified.load(Ordering::Relaxed), 1, "its validators hold");
    assert!(bench.run(&["store", "verify"], "store").status.success());
    // What changed meanwhile comes whole, and what comes in too many pieces is no document.
    site.asked();
    site.put("/lcd.zip", 200, "", lcds(300, "medically necessary"));
    site.cut("/lcd.zip", 500);
    let (ok, text) = bench.fetch();
    assert!(!ok && text.contains("1 × truncated") && text.contains("0 no longer listed"), "{text}");
    assert_eq!(site.asked().len(), 4, "three attempts and robots.txt");
}
