//! Runs over nginx on this machine: conditional requests, gzip, ranges, 429, TLS with a CA of our own, and many
//! documents in one run. They need nginx and openssl, and `.ci/run`, which installs them, asks for them.

#![cfg(feature = "fetch")]

mod program;

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Said where the tests cannot run.
const MISSING: &str = "nginx or openssl is not installed here: .ci/run installs them";

struct Nginx {
    program: &'static str,
    folder: PathBuf,
    http: u16,
    https: u16,
    child: Child,
}

fn works(words: &[&str]) -> bool {
    Command::new(words[0]).args(&words[1..]).output().is_ok_and(|output| output.status.success())
}

fn run(command: &str, folder: &Path) {
    let output = Command::new("sh").args(["-c", command]).current_dir(folder).output().expect("a shell");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
}

fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port is free").local_addr().expect("bound").port()
}

fn spawned(program: &str, folder: &Path, port: u16) -> Child {
    let mut command = Command::new(program);
    let child = command.arg("-p").arg(folder).arg("-c").arg(folder.join("conf")).stderr(Stdio::null()).spawn();
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let log = || fs::read_to_string(folder.join("error.log")).unwrap_or_default();
        assert!(began.elapsed() < Duration::from_secs(30), "{}", log());
        thread::sleep(Duration::from_millis(20));
    }
    child.expect("nginx starts")
}

impl Nginx {
    /// nginx over a folder of its own.
    fn start(name: &str) -> Nginx {
        let program = ["nginx", "/usr/sbin/nginx"].into_iter().find(|nginx| works(&[nginx, "-v"]));
        let (Some(program), true) = (program, works(&["openssl", "version"])) else { panic!("{MISSING}") };
        let folder = std::env::temp_dir().join(format!("fineprint-nginx-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("www/p")).expect("a folder");
        run(
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=test-ca 2>&1 &&
             openssl req -newkey rsa:2048 -nodes -keyout site.key -out site.csr -subj /CN=localhost 2>&1 &&
             printf 'subjectAltName=DNS:localhost' > san && openssl x509 -req -in site.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out site.pem -extfile san 2>&1",
            &folder,
        );
        let (http, https, base) = (port(), port(), folder.display());
        let conf = format!(
            "daemon off; master_process off; worker_processes 1; pid {base}/pid; error_log {base}/error.log;\n\
             events {{ worker_connections 256; }}\n\
             http {{ access_log {base}/access.log; types {{ text/html html; application/pdf pdf; }} gzip on; gzip_min_length 1;\n\
             client_body_temp_path {base}/t1; proxy_temp_path {base}/t2; fastcgi_temp_path {base}/t3; uwsgi_temp_path {base}/t4; scgi_temp_path {base}/t5;\n\
             log_format s '$status'; access_log {base}/status.log s;\n\
             server {{ listen 127.0.0.1:{http}; listen 127.0.0.1:{https} ssl; ssl_certificate {base}/site.pem; ssl_certificate_key {base}/site.key;\n\
             root {base}/www; location = /p/slow.html {{ return 429; }} location = /p/down.html {{ return 302 http://localhost:{http}/p/lp-0.html; }} }} }}\n"
        );
        fs::write(folder.join("conf"), conf).expect("written");
        let child = spawned(program, &folder, https);
        Nginx { program, folder, http, https, child }
    }

    /// Starts again, with the certificate that lies in its folder now.
    fn again(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.child = spawned(self.program, &self.folder, self.https);
    }

    /// Documents with these numbers, their list, and a source that reads it.
    fn site(&self, count: usize, host: &str, port: u16) {
        let mut list = String::new();
        for at in 0..count {
            let words =
                format!("Lantern therapy of kind {at} is considered investigational for all indications. ").repeat(20);
            let page = format!(
                "<html><head><title>Policy {at}</title></head><body><h1>Policy {at}</h1><p>{words}</p></body></html>"
            );
            fs::write(self.folder.join(format!("www/p/lp-{at}.html")), page).expect("written");
            list += &format!("<li><a href=\"/p/lp-{at}.html\">Policy {at}</a></li>\n");
        }
        fs::write(self.folder.join("www/list.html"), format!("<html><body><ul>{list}</ul></body></html>"))
            .expect("written");
        let scheme = if port == self.https { "https" } else { "http" };
        let text = format!(
            "format = 1\nid = \"local\"\npayer = \"Larkspur Health\"\nchecked = \"never\"\norigin = \"invented\"\nhosts = [\"{host}\"]\n\
             ports = [{port}]\nallow_http = {}\nloopback = true\n[budget]\nrequests = 100000\n\
             [[start]]\nurl = \"{scheme}://{host}:{port}/list.html\"\n[[list]]\neach = {{ css = \"li a\" }}\nlink = {{ attr = [\"href\"] }}\n\
             meta = {{ title = {{}} }}\n[document]\nkind = [\"html\", \"pdf\"]\nkey = {{ url_re = '/p/([^/]+)[.]' }}\n",
            port != self.https
        );
        fs::create_dir_all(self.folder.join("sources/local")).expect("a folder");
        fs::write(self.folder.join("sources/local/source.toml"), text).expect("written");
    }

    fn fetch(&self, more: &[&str]) -> (bool, String) {
        let (ok, text, _) = self.measured(more);
        (ok, text)
    }

    /// Fetches; whether all went well, what was said, and the most memory in KiB.
    fn measured(&self, more: &[&str]) -> (bool, String, u64) {
        let mut child = program::apart(env!("CARGO_BIN_EXE_fineprint"))
            .args(["fetch", "local", "--sources", "sources", "--no-isolate"])
            .args(more)
            .current_dir(&self.folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut peak = 0;
        while child.try_wait().expect("it runs").is_none() {
            let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
            let most =
                status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
            peak = peak.max(most.unwrap_or(0));
            thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().expect("it ended");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.success(), text, peak)
    }

    /// How many answers had that status since the last call.
    fn answers(&self, status: &str) -> usize {
        let path = self.folder.join("status.log");
        fs::read_to_string(path).unwrap_or_default().lines().filter(|line| *line == status).count()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Fetches `count` documents, and then again; how long each took, and the most memory of both in KiB.
fn twice(nginx: &Nginx, count: usize) -> ([Duration; 2], u64) {
    let began = Instant::now();
    let (ok, text, peak) = nginx.measured(&[]);
    assert!(ok && text.contains(&format!("{count} listed: {count} new")), "{text}");
    let first = began.elapsed();
    let (blobs, before) = (nginx.folder.join("fineprint-store/blobs"), nginx.answers("304"));
    let kept = walk(&blobs);
    let began = Instant::now();
    let (ok, text, again) = nginx.measured(&[]);
    assert!(ok && text.contains(&format!("0 new, 0 changed, {count} as they were")), "{text}");
    let second = began.elapsed();
    assert_eq!(nginx.answers("304") - before, count + 1, "the list and every document");
    // Only nginx's own 404 for robots.txt comes with a body, and that is known.
    assert_eq!(walk(&blobs), kept, "nothing new is kept");
    ([first, second], peak.max(again))
}

/// A way to nginx that breaks off once: the first answer for `path` after so many bytes, when `broken` is called.
fn breaks_off(to: u16, path: &'static str, after: u64, broken: impl Fn() + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("bound").port();
    let (whole, broken) = (Arc::new(AtomicBool::new(true)), Arc::new(broken));
    thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let (whole, broken) = (whole.clone(), broken.clone());
            thread::spawn(move || {
                let (mut head, mut byte) = (Vec::new(), [0; 1]);
                while !head.ends_with(b"\r\n\r\n") && client.read(&mut byte).is_ok_and(|read| read == 1) {
                    head.push(byte[0]);
                }
                let mut site = TcpStream::connect(("127.0.0.1", to)).expect("nginx answers");
                site.write_all(&head).expect("it reads");
                let asked = String::from_utf8_lossy(&head).starts_with(&format!("GET {path} "));
                if asked && whole.swap(false, Ordering::SeqCst) {
                    let _ = std::io::copy(&mut site.take(after), &mut client);
                    broken();
                } else {
                    let _ = std::io::copy(&mut site, &mut client);
                }
            });
        }
    });
    port
}

fn blob_of(folder: &Path, bytes: &[u8]) -> bool {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("listed").path());
    entries
        .into_iter()
        .any(|path| if path.is_dir() { blob_of(&path, bytes) } else { fs::read(path).is_ok_and(|read| read == bytes) })
}

fn walk(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("listed").path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}

#[test]
#[ignore = "needs nginx; .ci/run has it"]
fn nginx_gives_documents_once_and_304_after_that() {
    let nginx = Nginx::start("twice");
    nginx.site(60, "127.0.0.1", nginx.http);
    let _ = twice(&nginx, 60);
}

#[test]
#[ignore = "needs nginx; .ci/run has it"]
fn nginx_over_tls_is_trusted_by_the_ca_that_the_user_gives_alone() {
    let mut nginx = Nginx::start("tls");
    nginx.site(2, "localhost", nginx.https);
    let (ok, text) = nginx.fetch(&[]);
    assert!(!ok && text.contains("robots-unreachable") && text.contains("tls"), "{text}");
    let (ok, text) = nginx.fetch(&["--ca-bundle", "ca.pem"]);
    assert!(ok && text.contains("2 new"), "{text}");
    // What is encrypted leads to nothing that is not.
    let list = nginx.folder.join("www/list.html");
    let before = fs::read_to_string(&list).expect("readable");
    fs::write(&list, "<ul><li><a href=/p/lp-0.html>a</a><li><a href=/p/down.html>b</a></ul>").expect("written");
    let (ok, text) = nginx.fetch(&["--ca-bundle", "ca.pem"]);
    assert!(!ok && text.contains("1 × redirect-downgrade"), "{text}");
    fs::write(&list, before).expect("written");
    // Expired, of nobody, and of an authority between whose certificate is not sent along.
    let ca = "[ca]\ndefault_ca=d\n[d]\ndatabase=index\nserial=next\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n\
              certificate=ca.pem\nprivate_key=ca.key\nunique_subject=no\n[p]\ncommonName=supplied\n\
              [san]\nsubjectAltName=DNS:localhost\n[between]\nbasicConstraints=CA:TRUE\n";
    fs::write(nginx.folder.join("ca.cnf"), ca).expect("written");
    run("touch index && echo 77 > next", &nginx.folder);
    for made in [
        "openssl ca -batch -config ca.cnf -extensions san -startdate 20200101000000Z -enddate 20200102000000Z -in site.csr -out site.pem -notext",
        "openssl x509 -req -in site.csr -days 2 -signkey site.key -out site.pem -extfile san",
        "openssl req -newkey rsa:2048 -nodes -keyout mid.key -out mid.csr -subj /CN=between &&
         openssl ca -batch -config ca.cnf -extensions between -days 2 -in mid.csr -out mid.pem -notext &&
         openssl x509 -req -in site.csr -CA mid.pem -CAkey mid.key -CAcreateserial -days 2 -out site.pem -extfile san",
    ] {
        run(made, &nginx.folder);
        nginx.again();
        let (ok, text) = nginx.fetch(&["--ca-bundle", "ca.pem"]);
        assert!(!ok && text.contains("tls"), "{made}: {text}");
    }
    // With the missing one given it holds.
    run("cat ca.pem mid.pem > both.pem", &nginx.folder);
    let (ok, text) = nginx.fetch(&["--ca-bundle", "both.pem"]);
    assert!(ok, "{text}");
    // The right CA, another name.
    nginx.site(2, "127.0.0.1", nginx.https);
    let (ok, text) = nginx.fetch(&["--ca-bundle", "ca.pem"]);
    assert!(!ok && text.contains("tls"), "{text}");
}

#[test]
#[ignore = "needs nginx; .ci/run has it"]
fn nginx_sends_the_rest_of_a_pdf_that_broke_off_and_the_whole_of_one_that_changed_meanwhile() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/policies/larkspur-health");
    let [first, second] = ["stem-cell-orthopedic.pdf", "hematopoietic-transplant-lymphoma.pdf"]
        .map(|name| fs::read(samples.join(name)).expect("a sample"));
    let nginx = Nginx::start("ranges");
    let file = nginx.folder.join("www/p/large.pdf");
    let site = |port: u16| {
        nginx.site(1, "127.0.0.1", port);
        fs::write(&file, &first).expect("written");
        let list = "<ul><li><a href=/p/lp-0.html>a</a><li><a href=/p/large.pdf>b</a></ul>";
        fs::write(nginx.folder.join("www/list.html"), list).expect("written");
    };
    site(breaks_off(nginx.http, "/p/large.pdf", 20_000, || ()));
    let (ok, text) = nginx.fetch(&["--store", "cut"]);
    assert!(ok && text.contains("complete; 2 listed: 2 new"), "{text}");
    assert_eq!(nginx.answers("206"), 1, "the rest was asked for");
    assert!(blob_of(&nginx.folder.join("cut/blobs"), &first), "the bytes are those of the file");
    let (ok, text) = nginx.fetch(&["--store", "cut"]);
    assert!(ok && text.contains("2 as they were") && nginx.answers("304") == 3, "{text}");
    // The site puts another file there in the middle: `If-Range` does not hold, and the whole new one comes.
    let (at, bytes) = (file.clone(), second.clone());
    site(breaks_off(nginx.http, "/p/large.pdf", 20_000, move || fs::write(&at, &bytes).expect("written")));
    let (ok, text) = nginx.fetch(&["--store", "changed"]);
    assert!(ok && text.contains("complete; 2 listed: 2 new"), "{text}");
    assert_eq!(nginx.answers("206"), 1, "no part of another file");
    let blobs = nginx.folder.join("changed/blobs");
    assert!(blob_of(&blobs, &second) && !blob_of(&blobs, &first));
}

#[test]
#[ignore = "needs nginx; .ci/run has it"]
fn nginx_that_says_429_is_asked_three_times_and_no_more() {
    let nginx = Nginx::start("slow");
    nginx.site(1, "127.0.0.1", nginx.http);
    let list = nginx.folder.join("www/list.html");
    fs::write(&list, "<ul><li><a href=/p/lp-0.html>a</a><li><a href=/p/slow.html>b</a></ul>").expect("written");
    let (ok, text) = nginx.fetch(&[]);
    assert!(!ok && text.contains("1 × rate-limited") && text.contains("1 new"), "{text}");
    assert_eq!(nginx.answers("429"), 3);
}

#[test]
#[ignore = "needs nginx; .ci/run has it"]
fn nginx_gives_five_thousand_documents_in_one_run() {
    let nginx = Nginx::start("many");
    nginx.site(5_000, "127.0.0.1", nginx.http);
    let few = Nginx::start("few");
    few.site(500, "127.0.0.1", few.http);
    let (_, small) = twice(&few, 500);
    let ([first, second], peak) = twice(&nginx, 5_000);
    assert!(peak < small * 2, "memory grows with the documents: {small} KiB for 500, {peak} KiB for 5,000");
    let bytes: u64 = fs::read_dir(nginx.folder.join("www/p"))
        .expect("a folder")
        .map(|entry| entry.and_then(|entry| entry.metadata()).expect("listed").len())
        .sum();
    let rate = |time: Duration| 5_000.0 / time.as_secs_f64();
    println!(
        "5,000 documents, {bytes} bytes: {:.0} a second; again, all 304: {:.0} a second; at most {peak} KiB of memory, {small} for 500",
        rate(first),
        rate(second)
    );
}
