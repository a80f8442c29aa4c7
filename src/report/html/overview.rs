//! Many policies: what was not read, filters, the matrix, plots, the policies, every quote.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::escape::{Esc, island};
use super::{data, differ, glossary, matrix, plots, stance_class};
use crate::report::Analysis;
use crate::report::clean::clean;
use crate::report::overview::{Line, OTHER, corrections};
use crate::report::words::{self, counted};
use crate::rules::RuleSet;

/// What the overview keeps: a line for each policy, and each finding's quote.
#[derive(Debug, Default)]
pub(super) struct Overview {
    pub(super) policies: Vec<(Line, String)>,
    quotes: Vec<Value>,
    categories: Vec<String>,
    kinds: Vec<(char, &'static str, String)>,
    rules: String,
    /// The plain names of topics, by their identifiers.
    names: BTreeMap<String, String>,
    as_of: Option<String>,
}

impl Overview {
    /// An overview whose topics have the names that `rules` give them.
    pub(super) fn new(rules: &RuleSet) -> Overview {
        let names = rules.topics.iter().map(|topic| (topic.id.clone(), topic.name.clone()));
        Overview { names: names.collect(), ..Overview::default() }
    }

    /// Adds a document whose page is at `address`.
    pub(super) fn take(&mut self, analysis: &Analysis, line: Line, address: String) {
        let policy = self.policies.len();
        for finding in &analysis.findings {
            let category = place(&mut self.categories, words::category_name(&finding.category));
            let standing = data::standing(finding);
            let (shape, class) = match finding.category.split('/').next() {
                Some("barrier") if finding.operative => ('▲', "way"),
                Some("favorable") if finding.operative => ('●', "open"),
                _ => ('○', "note"),
            };
            let kind = place(&mut self.kinds, (shape, class, standing));
            self.quotes.push(json!([policy, category, finding.page, clean(&finding.quote), finding.id, kind]));
        }
        self.rules.clone_from(&analysis.rules.id);
        let as_of = analysis.summary.as_ref().and_then(|summary| summary.staleness.as_of.clone());
        self.as_of = as_of.max(self.as_of.take());
        self.policies.push((line, address));
    }

    /// A topic in words.
    fn topic(&self, id: &str) -> String {
        if id == OTHER {
            "other services".to_owned()
        } else {
            self.names.get(id).cloned().unwrap_or_else(|| id.replace('-', " "))
        }
    }

    pub(super) fn title(&self) -> String {
        counted(self.policies.len(), "policy", "policies")
    }

    pub(super) fn rules(&self) -> &str {
        &self.rules
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let read: Vec<&(Line, String)> = self.policies.iter().filter(|(line, _)| line.not_read.is_none()).collect();
        let payers: BTreeMap<&str, ()> = read.iter().map(|(line, _)| (line.payer.as_str(), ())).collect();
        writeln!(out, "<section class=\"over\" id=\"overview\" aria-label=\"Overview\">")?;
        writeln!(out, "<h1>{}</h1>", self.title())?;
        let partly = read.iter().filter(|(line, _)| line.partly).count();
        let part = if partly > 0 { format!(", {partly} of them in part") } else { String::new() };
        let payer = words::payers(payers.keys().copied());
        writeln!(out, "<p>{} of {} read{part} · {payer}</p>", read.len(), self.policies.len())?;
        if let Some(words) = corrections(self.policies.iter().map(|(line, _)| line)) {
            writeln!(out, "<p class=\"warn\">{words}</p>")?;
        }
        self.unread(out)?;
        self.filters(out, &payers)?;
        matrix::matrix(out, &read, &|topic| self.topic(topic))?;
        differ::differ(out, &self.policies, &|topic| self.topic(topic))?;
        plots::plots(out, &read, self.as_of.as_deref())?;
        self.table(out, &read)?;
        self.search(out)?;
        glossary(out)?;
        writeln!(out, "</section>")
    }

    fn unread(&self, out: &mut dyn Write) -> io::Result<()> {
        let unread: Vec<&Line> =
            self.policies.iter().map(|(line, _)| line).filter(|line| line.not_read.is_some()).collect();
        if unread.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "<div class=\"unread\"><p><b>{} of {} could not be read.</b> Nothing is said on them.</p><ul>",
            unread.len(),
            self.policies.len()
        )?;
        for line in unread {
            let why = line.not_read.as_deref().unwrap_or_default();
            writeln!(out, "<li><b class=\"theirs\">{}</b>: {}</li>", Esc(&line.path), Esc(why))?;
        }
        writeln!(out, "</ul></div>")
    }

    /// Hidden until the script that they need is there.
    fn filters(&self, out: &mut dyn Write, payers: &BTreeMap<&str, ()>) -> io::Result<()> {
        writeln!(out, "<form class=\"filters\" role=\"search\" aria-label=\"Filters\" hidden>")?;
        writeln!(
            out,
            "<label class=\"wide\">search the quotes<input id=\"search\" name=\"words\" type=\"search\"></label>"
        )?;
        select(out, "payer", payers.keys().map(|payer| ((*payer).to_owned(), (*payer).to_owned())))?;
        let topics = matrix::topics(&self.policies);
        select(out, "service", topics.iter().map(|topic| (topic.clone(), self.topic(topic))))?;
        let stances = ["covered", "covered-with-criteria", "mixed", "not-covered", "silent"];
        let stances = stances.map(|id| (id.to_owned(), format!("{} {}", words::stance_shape(id), words::stance(id))));
        select(out, "stance", stances.into_iter())?;
        let mut categories: Vec<(String, String)> =
            self.categories.iter().enumerate().map(|(index, name)| (index.to_string(), name.clone())).collect();
        categories.sort_by(|a, b| a.1.cmp(&b.1));
        select(out, "category", categories.into_iter())?;
        writeln!(
            out,
            "<label class=\"tick\"><input type=\"checkbox\" name=\"others\">also words of others and history</label>"
        )?;
        writeln!(out, "<button type=\"reset\">clear</button> <span id=\"matching\" role=\"status\"></span></form>")
    }

    fn table(&self, out: &mut dyn Write, read: &[&(Line, String)]) -> io::Result<()> {
        writeln!(out, "<h2>Policies</h2><div class=\"scroll\"><table id=\"policies\"><thead><tr>")?;
        for head in ["payer", "policy", "stance", "room", "in the way", "open", "next review"] {
            write!(out, "<th scope=\"col\"><button type=\"button\">{head}</button></th>")?;
        }
        writeln!(out, "</tr></thead><tbody>")?;
        for (index, (line, address)) in
            self.policies.iter().enumerate().filter(|(_, (line, _))| line.not_read.is_none())
        {
            let topics: Vec<&str> = line.services.iter().map(|service| service.topic.as_str()).collect();
            let room = line.room.map(|room| room.to_string()).unwrap_or_default();
            writeln!(
                out,
                "<tr data-p=\"{index}\" data-payer=\"{0}\" data-stance=\"{1}\" data-services=\"{2}\"><td class=\"theirs\">{0}</td>\
                 <td><a class=\"theirs\" href=\"{3}\">{4}</a></td><td><span class=\"{5}\">{6}</span></td><td class=\"num\">{room}</td>\
                 <td>{7}</td><td>{8}</td><td>{9}</td></tr>",
                Esc(&line.payer),
                Esc(&line.stance),
                Esc(&topics.join(" ")),
                Esc(address),
                Esc(&line.title),
                stance_class(&line.stance),
                line.stance_words(),
                Esc(&line.in_the_way),
                Esc(&line.open),
                Esc(&line.review)
            )?;
        }
        let unlisted = self.policies.len() - read.len();
        let note = if unlisted > 0 {
            format!("<p class=\"faint\">{unlisted} that were not read stand above.</p>")
        } else {
            String::new()
        };
        writeln!(out, "</tbody></table></div>{note}")
    }

    /// The table of quotes is made by the script from what stands here.
    fn search(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "<h2>Every quote</h2><noscript><p>This table needs JavaScript; every quote stands on its policy’s page all the \
             same.</p></noscript><div id=\"searching\" hidden><p id=\"count\" class=\"faint\" role=\"status\"></p><table class=\"quotes\"><thead><tr>\
             <th scope=\"col\">quote</th><th scope=\"col\">what it is</th><th scope=\"col\">policy</th><th scope=\"col\">payer</th>\
             <th scope=\"col\">page</th></tr></thead><tbody></tbody></table><button id=\"more\" type=\"button\">show more</button></div>"
        )?;
        let policies: Vec<Value> = self
            .policies
            .iter()
            .map(|(line, address)| json!([address, line.title, line.payer, line.sha256, line.path]))
            .collect();
        let kinds: Vec<Value> =
            self.kinds.iter().map(|(shape, class, standing)| json!([shape, class, standing])).collect();
        let island = island(&json!({"p": policies, "c": self.categories, "k": kinds, "f": self.quotes}));
        writeln!(out, "<script type=\"application/json\" id=\"quotes\">{island}</script>")
    }
}

/// The place of `value` in `values`, at the end where it is new.
fn place<T: PartialEq>(values: &mut Vec<T>, value: T) -> usize {
    values.iter().position(|known| *known == value).unwrap_or_else(|| {
        values.push(value);
        values.len() - 1
    })
}

fn select(out: &mut dyn Write, name: &str, options: impl Iterator<Item = (String, String)>) -> io::Result<()> {
    write!(out, "<label>{name}<select name=\"{name}\"><option value=\"\">all</option>")?;
    for (value, words) in options {
        write!(out, "<option value=\"{}\">{}</option>", Esc(&value), Esc(&words))?;
    }
    writeln!(out, "</select></label>")
}

/// Whether there is a service to tell apart.
pub(super) fn has_services(policies: &[(Line, String)]) -> bool {
    policies.iter().flat_map(|(line, _)| &line.services).any(|service| service.topic != OTHER)
}
