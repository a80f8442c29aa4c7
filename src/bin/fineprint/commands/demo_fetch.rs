//! `fineprint demo --fetch`: a site of two invented payers on this machine, fetched as a payer's site is.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result};
use fineprint::fetch::source::Source;
use fineprint::fetch::{Loopback, Served};
use fineprint::pipeline::acquire::{Defined, acquire};
use fineprint::pipeline::{self, Collected, Compiled, Settings, Told};
use fineprint::report::terminal::{Row, table};
use fineprint::rules::{RuleSet, embedded};
use fineprint::store::{Select, Store};

use super::fetch::{settings, told};
use crate::fetch_args::ContactArgs;
use crate::samples::DOCUMENTS;
use crate::{Outcome, output};

/// The payers of the site: folder of the samples, name.
const PAYERS: [(&str, &str); 2] = [("larkspur-health", "Larkspur Health"), ("cobalt-river", "Cobalt River Health")];

/// Runs the command.
pub(crate) fn run() -> Result<Outcome> {
    let site = Loopback::bind().context("no port of this machine could be taken")?;
    let port = site.port();
    let pages = pages();
    thread::spawn(move || site.serve(&pages));
    let work = std::env::temp_dir().join(format!("fineprint-demo-{}", std::process::id()));
    let done = fetched(port, &work);
    // What cannot be removed from the temporary folder is the system's to remove.
    let _ = fs::remove_dir_all(&work);
    done
}

fn fetched(port: u16, work: &Path) -> Result<Outcome> {
    let sources = PAYERS.iter().map(|(folder, name)| source(port, folder, name)).collect::<Result<Vec<_>>>()?;
    let nobody = ContactArgs { contact: None, ca_bundle: None };
    let settings = settings(&nobody, &sources, Settings::default())?;
    let mut out = output::writer(None)?;
    writeln!(out, "A site of two invented payers answers at http://127.0.0.1:{port}/. Fetched twice:\n")?;
    for _ in 0..2 {
        for (id, outcome) in acquire(work, &sources, &settings, &|_, _| ())? {
            told(&mut out, &id, &outcome?)?;
        }
        writeln!(out)?;
    }
    let store = Store::open(work)?;
    let found = pipeline::stored::found(&store, &Select::default(), &Told::default())?;
    let rules = RuleSet::parse(&embedded()).expect("invariant: a test holds that the embedded packs are sound");
    let mut analyses = Collected(Vec::new());
    pipeline::analyze(&found.inputs, &Compiled::new(rules), &Settings::default(), &mut analyses, |_| ())?;
    let rows: Vec<Row> = analyses.0.iter().map(Row::of).collect();
    table(&mut out, &rows, output::look(None))?;
    writeln!(
        out,
        "\nThe link that led to an error page is kept as evidence of a failed visit, never as a document.

What to run next:
  fineprint sources list                                 payers' sites that are described
  fineprint sources check cigna-commercial --contact YOU whether a description still holds
  fineprint fetch cigna-commercial --contact YOU         its policies into fineprint-store
  fineprint analyze --store fineprint-store              and what they say"
    )?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn source(port: u16, folder: &str, name: &str) -> Result<Defined> {
    let text = format!(
        "format = 1\nid = {folder:?}\npayer = {name:?}\nchecked = \"never\"\norigin = \"invented\"\nhosts = [\"127.0.0.1\"]\n\
         ports = [{port}]\nallow_http = true\nloopback = true\n\n[[start]]\nurl = \"http://127.0.0.1:{port}/{folder}/\"\n\n\
         [[list]]\neach = {{ css = \"li a\" }}\nlink = {{ attr = [\"href\"] }}\nmeta = {{ title = {{}} }}\n\n\
         [document]\nkind = [\"pdf\", \"html\"]\nkey = {{ url_re = '/([^/]+)[.][a-z]+$' }}\n"
    );
    Ok(Defined { source: Source::parse(&text)?, text })
}

/// The pages of the site: a list for each payer, its samples, and a link that leads to an error page.
fn pages() -> Vec<Served> {
    let robots = "User-agent: *\nDisallow: /internal/\n";
    let mut pages = vec![Served { path: "/robots.txt".to_owned(), media_type: "text/plain", bytes: robots.into() }];
    for (folder, name) in PAYERS {
        let mut list = String::new();
        for sample in DOCUMENTS.iter().filter(|sample| sample.path.starts_with(folder)) {
            let file = sample.path.rsplit('/').next().unwrap_or_default();
            let title = file.split('.').next().unwrap_or_default().replace('-', " ");
            list.push_str(&format!("<li><a href=\"{file}\">{title}</a></li>\n"));
            let media_type = if file.ends_with(".pdf") { "application/pdf" } else { "text/html" };
            pages.push(Served { path: format!("/{}", sample.path), media_type, bytes: sample.bytes.to_vec() });
        }
        if folder == "cobalt-river" {
            list.push_str("<li><a href=\"moved.html\">gene therapies</a></li>\n");
            let moved =
                "<!DOCTYPE html><html><body><h1>Sorry</h1><p>The page you're looking for has moved.</p></body></html>";
            pages.push(Served { path: format!("/{folder}/moved.html"), media_type: "text/html", bytes: moved.into() });
        }
        let page = format!(
            "<!DOCTYPE html><html><head><title>{name}</title></head><body><h1>{name}</h1><ul>\n{list}</ul></body></html>"
        );
        pages.push(Served { path: format!("/{folder}/"), media_type: "text/html", bytes: page.into() });
    }
    pages
}
