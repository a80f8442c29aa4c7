//! Whether what a source says holds together; all problems at once.

use url::Url;

use super::syntax::{REVISIT, Source, Status};
use crate::fetch::Class;
use crate::policy::{LineOfBusiness, State, dates};

/// Requests that a source on the network may at most ask for in one run.
const MOST_REQUESTS: u32 = 10_000;

/// All that does not hold, each as a sentence.
pub(super) fn problems(source: &Source) -> Vec<String> {
    let mut problems = Vec::new();
    let mut hold = |holds: bool, problem: String| {
        if !holds {
            problems.push(problem);
        }
    };
    let id = &source.id;
    hold(source.format == 1, format!("format = {} is not known: this version reads format = 1", source.format));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    hold(!id.is_empty() && id.chars().all(plain), format!("id = {id:?}: use lower-case letters, digits and dashes"));
    let day = source.checked == "never" || dates::first(&source.checked).is_some();
    hold(day, format!("checked = {:?}: write the day of the check, or never", source.checked));
    hold(!source.origin.trim().is_empty(), "origin is empty: say where the facts come from".to_owned());
    hold(!source.hosts.is_empty(), "hosts is empty: name every host that may be asked".to_owned());
    for host in &source.hosts {
        let own = !source.loopback || host == "127.0.0.1" || host == "localhost";
        hold(own, format!("hosts: `{host}` is not this machine, and loopback = true is for this machine only"));
        let bare = host == &host.to_ascii_lowercase() && !host.contains(['/', ':']) && !host.ends_with('.');
        hold(bare, format!("hosts: `{host}` should be a bare name in lower case"));
    }
    for lob in &source.lines_of_business {
        hold(LineOfBusiness::from_id(lob).is_some(), format!("lines_of_business: `{lob}` is none"));
    }
    for state in &source.states {
        hold(State::from_code(state).is_some(), format!("states: `{state}` is no postal code"));
    }
    let least = source.loopback || source.pace.min_delay_s.is_none_or(|delay| delay >= 3.0);
    hold(least, "pace: min_delay_s may be longer than 3 seconds, never shorter".to_owned());
    let rested = source.loopback || source.pace.revisit_h.is_none_or(|hours| hours >= REVISIT);
    hold(rested, format!("pace: revisit_h may be longer than {REVISIT} hours, never shorter"));
    let modest = source.loopback || source.budget.requests <= MOST_REQUESTS;
    hold(modest, format!("budget: over {MOST_REQUESTS} requests is more than one run should ask of a site"));
    let draft = source.status == Status::Draft;
    let open = draft && source.questions.is_empty();
    hold(!open, "a draft says in `questions` what is not known".to_owned());
    hold(!source.start.is_empty() || !source.fixed.is_empty(), "there is no [[start]] and no [[fixed]]".to_owned());
    hold(
        !source.document.kind.is_empty(),
        "document.kind is empty: name at least one of pdf, html, docx, json".to_owned(),
    );
    problems.extend(addresses(source));
    problems.extend(steps(source));
    problems
}

/// Problems of the addresses to begin at.
fn addresses(source: &Source) -> Vec<String> {
    let mut problems = Vec::new();
    for address in source.start_urls() {
        match Url::parse(address).map_err(|error| error.to_string()) {
            Ok(url) => match source.reach().check(&url, None) {
                Err(failure) if failure.class != Class::AddressDenied || !source.loopback => {
                    problems.push(failure.to_string());
                }
                _ => {}
            },
            Err(error) => problems.push(format!("`{address}` is no address ({error})")),
        }
    }
    problems
}

/// Problems of names: of steps, gates and values.
fn steps(source: &Source) -> Vec<String> {
    let mut problems = Vec::new();
    let mut known: Vec<&str> = source.start.iter().map(|start| start.name.as_deref().unwrap_or("start")).collect();
    known.extend(source.list.iter().filter_map(|list| list.name.as_deref()));
    for list in &source.list {
        if !known.contains(&list.from.as_str()) {
            problems.push(format!("list: from = {:?} names no step: there are {}", list.from, known.join(", ")));
        }
        let kinds = [list.each.css.is_some(), list.each.json.is_some(), list.each.csv];
        let derived = source.list.iter().any(|other| other.name.as_deref() == Some(&list.from) && !other.fetch);
        if kinds.iter().filter(|kind| **kind).count() != usize::from(!derived) {
            problems.push(format!(
                "list from {:?}: `each` needs one of css, json, csv, and none after fetch = false",
                list.from
            ));
        }
    }
    let read = |name: &str| source.list.iter().any(|list| list.from == name);
    problems.extend(known.iter().filter(|name| !read(name)).map(|name| format!("no [[list]] reads the step {name:?}")));
    let asked = source.start.iter().map(|start| &start.gate).chain(source.list.iter().map(|list| &list.gate));
    for gate in asked.chain(source.fixed.iter().map(|fixed| &fixed.gate)).flatten() {
        if !source.gate.contains_key(gate) {
            problems.push(format!("gate = {gate:?} has no [gate.{gate}]"));
        }
    }
    problems
}
