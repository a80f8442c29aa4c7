//! The matrix: a row a payer, a column a service, in each cell what the payer's policies say of it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::escape::Esc;
use super::stance_class;
use crate::report::overview::{Line, OTHER, Service};
use crate::report::words;

/// How many policies of a cell stand by name; more are counted by stance.
const MOST_NAMED: usize = 3;

/// Every service of the policies, the most frequent first, what belongs to none last.
pub(super) fn topics(policies: &[(Line, String)]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for service in policies.iter().flat_map(|(line, _)| &line.services) {
        *counts.entry(&service.topic).or_default() += 1;
    }
    let mut topics: Vec<(&str, usize)> = counts.into_iter().collect();
    topics.sort_by_key(|(topic, count)| (*topic == OTHER, std::cmp::Reverse(*count)));
    topics.into_iter().map(|(topic, _)| topic.to_owned()).collect()
}

/// One policy in a cell.
struct Named<'a> {
    line: &'a Line,
    address: &'a str,
    service: &'a Service,
}

/// Writes the matrix, where there are services to tell apart.
pub(super) fn matrix(out: &mut dyn Write, read: &[&(Line, String)], name: &dyn Fn(&str) -> String) -> io::Result<()> {
    let policies: Vec<(Line, String)> = read.iter().map(|policy| (*policy).clone()).collect();
    if !super::overview::has_services(&policies) {
        return Ok(());
    }
    let topics = topics(&policies);
    let mut cells: BTreeMap<&str, BTreeMap<&str, Vec<Named<'_>>>> = BTreeMap::new();
    for (line, address) in read {
        let row = cells.entry(&line.payer).or_default();
        for service in &line.services {
            row.entry(&service.topic).or_default().push(Named { line, address, service });
        }
    }
    writeln!(
        out,
        "<h2>Who says what of which service</h2><p class=\"faint\">What the statements on the service itself say, and the room that they leave, 0 to 100 (several: the least and the most). An empty cell: no statement on it was found here. A wide table scrolls sideways.</p>"
    )?;
    writeln!(
        out,
        "<div class=\"scroll\" tabindex=\"0\"><table class=\"matrix\"><thead><tr><th scope=\"col\">payer</th>"
    )?;
    for topic in &topics {
        write!(out, "<th scope=\"col\" data-topic=\"{}\">{}</th>", Esc(topic), Esc(&name(topic)))?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for (payer, row) in &cells {
        writeln!(out, "<tr data-payer=\"{0}\"><th scope=\"row\" class=\"theirs\">{0}</th>", Esc(payer))?;
        topics.iter().try_for_each(|topic| cell(out, payer, topic, row.get(topic.as_str())))?;
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table></div>")
}

fn cell(out: &mut dyn Write, payer: &str, topic: &str, named: Option<&Vec<Named<'_>>>) -> io::Result<()> {
    let Some(named) = named else {
        return writeln!(out, "<td></td>");
    };
    write!(out, "<td>")?;
    if named.len() <= MOST_NAMED {
        for Named { line, address, service } in named {
            let (stance, (least, most)) = (service.stance, service.room);
            let room = if least == most { least.to_string() } else { format!("{least}–{most}") };
            write!(
                out,
                "<a href=\"{}.{}\" title=\"{}\"><span class=\"{}\">{}</span> {}{} <span class=\"room\">{room}</span></a>",
                Esc(address),
                Esc(&service.finding),
                Esc(&line.title),
                stance_class(stance),
                words::stance_shape(stance),
                words::stance(stance),
                if line.partly { ", in what could be read" } else { "" }
            )?;
        }
    } else {
        write!(out, "<a href=\"#policies\" data-payer=\"{}\" data-only=\"{}\">", Esc(payer), Esc(topic))?;
        for stance in ["covered", "covered-with-criteria", "mixed", "not-covered", "silent"] {
            let count = named.iter().filter(|named| named.service.stance == stance).count();
            if count > 0 {
                let (class, shape) = (stance_class(stance), words::stance_shape(stance));
                write!(out, "<span class=\"{class}\">{shape}</span> {} {count}<br>", words::stance(stance))?;
            }
        }
        write!(out, "</a>")?;
    }
    writeln!(out, "</td>")
}
