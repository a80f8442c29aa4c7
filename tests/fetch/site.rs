//! A site on this machine, and a folder with a source for it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use crate::program;

/// A status, headers and a body. The status 0 closes the connection without an answer.
type Page = (u16, String, Vec<u8>);

/// How a site answers for a path.
#[derive(Default)]
pub(crate) struct Answers {
    pages: BTreeMap<String, Page>,
    /// What it answers first, once each.
    first: BTreeMap<String, Vec<Page>>,
    /// After so many bytes of a whole body it breaks off.
    cut: BTreeMap<String, usize>,
}

type Pages = Arc<Mutex<Answers>>;
type Record = Arc<Mutex<Vec<String>>>;

/// A site on this machine that keeps a record of what was asked.
pub(crate) struct Site {
    pub(crate) port: u16,
    pages: Pages,
    pub(crate) asked: Record,
    pub(crate) not_modified: Arc<AtomicUsize>,
    /// What was asked, whole.
    pub(crate) heads: Record,
    /// Answers with the rest of a body.
    pub(crate) parts: Arc<AtomicUsize>,
}

impl Site {
    pub(crate) fn new(pause: Duration) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("bound").port();
        let site = Site {
            port,
            pages: Pages::default(),
            asked: Arc::default(),
            not_modified: Arc::default(),
            heads: Arc::default(),
            parts: Arc::default(),
        };
        let counts = (site.not_modified.clone(), site.parts.clone());
        let (pages, records) = (site.pages.clone(), (site.asked.clone(), site.heads.clone()));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (pages, records, counts) = (pages.clone(), records.clone(), counts.clone());
                thread::spawn(move || answer(stream, &pages, &records, &counts, pause));
            }
        });
        site
    }

    /// What a path answers once, before all else.
    pub(crate) fn first(&self, path: &str, status: u16, headers: &str, body: impl Into<Vec<u8>>) {
        let mut answers = self.pages.lock().expect("no thread panicked");
        answers.first.entry(path.to_owned()).or_default().push((status, headers.to_owned(), body.into()));
    }

    /// Breaks whole bodies of that path off; the rest can be asked for.
    pub(crate) fn cut(&self, path: &str, after: usize) {
        self.pages.lock().expect("no thread panicked").cut.insert(path.to_owned(), after);
    }

    pub(crate) fn put(&self, path: &str, status: u16, headers: &str, body: impl Into<Vec<u8>>) {
        self.pages
            .lock()
            .expect("no thread panicked")
            .pages
            .insert(path.to_owned(), (status, headers.to_owned(), body.into()));
    }

    /// A list of documents with these names, and the documents.
    pub(crate) fn policies(&self, names: &[String]) {
        let links: String =
            names.iter().map(|name| format!("<li><a href=\"/p/{name}.html\">Policy {name}</a></li>")).collect();
        self.put("/list", 200, "", format!("<html><body><ul>{links}</ul></body></html>"));
        for name in names {
            self.put(&format!("/p/{name}.html"), 200, "", policy(name, "considered investigational"));
        }
    }

    /// Lets whoever asks wait for an answer until this is dropped.
    pub(crate) fn silent(&self) -> MutexGuard<'_, Answers> {
        self.pages.lock().expect("no thread panicked")
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().expect("no thread panicked"))
    }
}

pub(crate) fn policy(name: &str, stance: &str) -> String {
    format!(
        "<html><head><title>Policy {name}</title></head><body><h1>Policy {name}</h1><h2>Policy</h2><p>Lantern therapy of kind {name} is {stance} for all indications.</p></body></html>"
    )
}

fn answer(
    mut stream: TcpStream,
    pages: &Pages,
    (asked, heads): &(Record, Record),
    (same, parts): &(Arc<AtomicUsize>, Arc<AtomicUsize>),
    pause: Duration,
) {
    let (mut head, mut byte) = (Vec::new(), [0; 1]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().expect("no thread panicked").push(path.clone());
    heads.lock().expect("no thread panicked").push(head.clone());
    thread::sleep(pause);
    let (found, cut) = {
        let mut answers = pages.lock().expect("no thread panicked");
        let first = answers.first.get_mut(&path).filter(|first| !first.is_empty()).map(|first| first.remove(0));
        (first.or_else(|| answers.pages.get(&path).cloned()), answers.cut.get(&path).copied())
    };
    let (status, headers, body) = found.unwrap_or((404, String::new(), b"nothing here".to_vec()));
    let told = headers.strip_prefix("ETag: ").and_then(|headers| headers.split('\r').next()).map(str::to_owned);
    let headers = if told.is_some() { String::new() } else { headers };
    let etag = told.unwrap_or_else(|| {
        format!("\"{:x}\"", body.iter().fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(*byte)))
    });
    if status == 0 {
        return;
    }
    if status == 200 && head.contains(&format!("if-none-match: {etag}")) {
        same.fetch_add(1, Ordering::Relaxed);
        let _ = write!(stream, "HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n");
        return;
    }
    let range = head.lines().find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-')?.parse().ok());
    let whole = body.len();
    if let Some(from) = range.filter(|from: &usize| *from < whole && head.contains(&format!("if-range: {etag}"))) {
        parts.fetch_add(1, Ordering::Relaxed);
        let rest = &body[from..];
        let part = format!("Content-Range: bytes {from}-{}/{whole}\r\nContent-Length: {}", whole - 1, rest.len());
        let _ = write!(stream, "HTTP/1.1 206 Partial Content\r\nETag: {etag}\r\n{part}\r\n\r\n");
        let _ = stream.write_all(&rest[..cut.unwrap_or(rest.len()).min(rest.len())]);
        return;
    }
    let _ = write!(stream, "HTTP/1.1 {status} X\r\nETag: {etag}\r\n{headers}Content-Length: {whole}\r\n\r\n");
    let _ = stream.write_all(&body[..cut.unwrap_or(whole).min(whole)]);
}

/// A folder of its own for a test, with a source for a site.
pub(crate) struct Bench {
    pub(crate) folder: PathBuf,
}

impl Bench {
    pub(crate) fn new(name: &str, site: &Site, more: &str) -> Bench {
        let folder = std::env::temp_dir().join(format!("fineprint-fetch-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let bench = Bench { folder };
        bench.source(site, more);
        bench
    }

    pub(crate) fn source(&self, site: &Site, more: &str) {
        let source = self.folder.join("sources/local");
        fs::create_dir_all(&source).expect("a folder");
        let text = format!(
            "format = 1\nid = \"local\"\npayer = \"Larkspur Health\"\nchecked = \"never\"\norigin = \"invented\"\nhosts = [\"127.0.0.1\"]\n\
             ports = [{port}]\nallow_http = true\nloopback = true\n{more}\n[[start]]\nurl = \"http://127.0.0.1:{port}/list\"\n\
             [[list]]\neach = {{ css = \"li a\" }}\nlink = {{ attr = [\"href\"] }}\nmeta = {{ title = {{}} }}\n\
             [document]\nkind = [\"html\", \"pdf\"]\nkey = {{ url_re = '/p/([^/]+)[.]' }}\n",
            port = site.port
        );
        fs::write(source.join("source.toml"), text).expect("written");
    }

    pub(crate) fn command(&self, words: &[&str], store: &str) -> Command {
        let mut command = program::apart(env!("CARGO_BIN_EXE_fineprint"));
        command.args(words).arg("--store").arg(self.folder.join(store)).current_dir(&self.folder);
        command
    }

    pub(crate) fn run(&self, words: &[&str], store: &str) -> Output {
        self.command(words, store).output().expect("the program runs")
    }

    pub(crate) fn fetch(&self) -> (bool, String) {
        let output = self.run(&["fetch", "local", "--sources", "sources", "--no-isolate"], "store");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.success(), text)
    }

    /// Keys, addresses and hashes of all documents of a store.
    pub(crate) fn documents(&self, store: &str) -> String {
        let to = self.folder.join(format!("{store}-files"));
        let _ = fs::remove_dir_all(&to);
        let output = self.run(&["store", "export", to.to_str().expect("UTF-8")], store);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        files(&to)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Names and bytes of all files below a folder, without days.
pub(crate) fn files(folder: &Path) -> String {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("listed").path()).collect();
    paths.sort();
    let mut text = String::new();
    for path in paths {
        if path.is_dir() {
            text += &files(&path);
        } else {
            text += &format!(
                "{}\n{}\n",
                path.file_name().expect("a file has a name").to_string_lossy(),
                String::from_utf8_lossy(&fs::read(&path).expect("readable"))
            );
        }
    }
    text
}

pub(crate) fn names(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("lp-{at:03}")).collect()
}
