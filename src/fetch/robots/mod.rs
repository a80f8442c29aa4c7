//! robots.txt by RFC 9309: which line decides whether an address may be asked for.
//!
//! Longest match in octets, `Allow` on a tie, `*` and a final `$` as wildcards, groups of one agent
//! joined, a group that names us over `*`, the first 500 KiB read. Octets outside ASCII in a rule are
//! percent-encoded before the comparison. `Crawl-delay` is not in the RFC and is obeyed all the same.
//! Held against the cases that Google publishes with its parser (`tests.rs`).

#[cfg(test)]
mod tests;

/// The name by which a robots.txt may speak of us.
pub const TOKEN: &str = "fineprint";

/// Octets of a robots.txt that are read.
const READ: usize = 500 * 1024;

/// Octets of a line that are read.
const LINE: usize = 2083 * 8;

/// The rules of one robots.txt that hold for one agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// Seconds that the site asks to leave between two requests.
    pub crawl_delay: Option<u32>,
    /// Whether the text is no robots.txt but a page or another encoding.
    pub odd: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    line: usize,
    allow: bool,
    pattern: String,
}

/// What robots.txt says about one address, and where it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the address may be asked for.
    pub allowed: bool,
    /// The deciding line ("line 3: Disallow: /x"), or why there is none.
    pub why: String,
}

/// One line that means something.
enum Line<'a> {
    Agent(&'a str),
    Rule(bool, &'a str),
    Delay(&'a str),
}

impl Robots {
    /// Reads a robots.txt for the agent of that name.
    #[must_use]
    pub fn parse(bytes: &[u8], agent: &str) -> Robots {
        let bytes = &bytes[..bytes.len().min(READ)];
        let odd = oddity(bytes);
        if odd.is_some() {
            return Robots { odd, ..Robots::default() };
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes);
        // With our own groups, those for everybody do not hold.
        let (mut ours, mut others) = (Robots::default(), Robots::default());
        let (mut named, mut mine, mut everybody, mut in_rules) = (false, false, false, false);
        for (at, line) in lines(&text).enumerate() {
            let Some(line) = meaning(line) else { continue };
            match line {
                Line::Agent(name) => {
                    if in_rules {
                        (mine, everybody, in_rules) = (false, false, false);
                    }
                    let star =
                        name.strip_prefix('*').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
                    everybody |= star;
                    mine |= !agent.is_empty() && token(name).eq_ignore_ascii_case(agent);
                    named |= mine;
                }
                Line::Rule(allow, pattern) => {
                    in_rules = true;
                    let rule = Rule { line: at + 1, allow, pattern: encoded(pattern) };
                    ours.rules.extend(mine.then(|| rule.clone()));
                    others.rules.extend(everybody.then_some(rule));
                }
                Line::Delay(seconds) => {
                    in_rules = true;
                    let seconds = seconds.parse::<f64>().ok().filter(|s| *s >= 0.0).map(|s| s.ceil().min(1e9) as u32);
                    ours.crawl_delay = if mine { seconds.or(ours.crawl_delay) } else { ours.crawl_delay };
                    others.crawl_delay = if everybody { seconds.or(others.crawl_delay) } else { others.crawl_delay };
                }
            }
        }
        if named { ours } else { others }
    }

    /// Rules that let nothing through, for a site whose robots.txt could not be read.
    #[must_use]
    pub fn closed() -> Robots {
        Robots { rules: vec![Rule { line: 0, allow: false, pattern: "/".to_owned() }], ..Robots::default() }
    }

    /// Whether the path with its query may be asked for, and which line says so.
    #[must_use]
    pub fn decide(&self, path: &str) -> Decision {
        if path == "/robots.txt" {
            return Decision { allowed: true, why: "robots.txt itself".to_owned() };
        }
        let path = path.split('#').next().unwrap_or_default();
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let fits = self.rules.iter().filter(|rule| !rule.pattern.is_empty() && matches(&rule.pattern, &path));
        match fits.max_by_key(|rule| (rule.pattern.len(), rule.allow)) {
            None => Decision { allowed: true, why: "no line speaks of it".to_owned() },
            Some(Rule { line: 0, .. }) => Decision { allowed: false, why: "robots.txt could not be read".to_owned() },
            Some(Rule { line, allow, pattern }) => {
                let word = if *allow { "Allow" } else { "Disallow" };
                Decision { allowed: *allow, why: format!("line {line}: {word}: {pattern}") }
            }
        }
    }
}

/// What the bytes are when they are no robots.txt.
fn oddity(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.trim_ascii_start();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()));
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        Some("UTF-16 text")
    } else if begins("<!doctype") || begins("<html") || begins("<head") {
        Some("an HTML page")
    } else {
        None
    }
}

/// Lines that end in CR, LF or CRLF.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\r', '\n']) else {
            rest = None;
            return Some(text);
        };
        let length = if text[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = Some(&text[end + length..]);
        Some(&text[..end])
    })
}

fn meaning(line: &str) -> Option<Line<'_>> {
    let mut end = line.len().min(LINE);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let line = line[..end].split('#').next().unwrap_or_default().trim();
    // A missing colon is forgiven, as the cases want it: "disallow /x".
    let (name, value) = line.split_once(':').or_else(|| {
        let (name, value) = line.split_once([' ', '\t'])?;
        (!value.trim().contains([' ', '\t'])).then_some((name, value))
    })?;
    let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
    match name.as_str() {
        "user-agent" | "useragent" | "user agent" => Some(Line::Agent(value)),
        "allow" => Some(Line::Rule(true, value)),
        "disallow" | "dissallow" | "dissalow" | "disalow" | "diasllow" | "disallaw" => Some(Line::Rule(false, value)),
        "crawl-delay" => Some(Line::Delay(value)),
        _ => None,
    }
}

/// The part of an agent's name that is compared: letters, `-` and `_`.
fn token(name: &str) -> &str {
    let end = name.find(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_').unwrap_or(name.len());
    &name[..end]
}

/// The pattern with octets outside ASCII percent-encoded and the hexadecimal digits of `%aa` in capitals.
fn encoded(pattern: &str) -> String {
    use std::fmt::Write;
    let bytes = pattern.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let digit = |back: usize| at >= back && bytes[at - back] == b'%' && byte.is_ascii_hexdigit();
        if !byte.is_ascii() {
            let _ = write!(out, "%{byte:02X}");
        } else if digit(1) && bytes.get(at + 1).is_some_and(u8::is_ascii_hexdigit) || digit(2) {
            out.push(byte.to_ascii_uppercase() as char);
        } else {
            out.push(byte as char);
        }
    }
    out
}

/// Whether a pattern fits the beginning of a path: `*` is any run of octets, a final `$` is the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    for (at, piece) in pieces.iter().enumerate() {
        if anchored && at + 1 == pieces.len() {
            return rest.ends_with(piece);
        }
        let Some(found) = rest.find(piece) else { return false };
        rest = &rest[found + piece.len()..];
    }
    !anchored || rest.is_empty()
}
