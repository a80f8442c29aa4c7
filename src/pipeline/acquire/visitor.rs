//! Visits with manners: robots.txt first, one request at a time, pauses, few repetitions, budgets, and an
//! end where a site says no.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::{Event, classify};
use crate::fetch::robots::{Decision, Robots, TOKEN};
use crate::fetch::source::Source;
use crate::fetch::{
    Answer, Ask, Class, Client, ClientSettings, Cut, Failure, Opened, Pace, Reach, Url, asked_pause, broken_off, pace,
};
use crate::store::Validators;

/// Most attempts at one address.
const ATTEMPTS: u32 = 3;

/// Refusals in a row after which a site is left alone.
const REFUSALS: u32 = 2;

/// Visits one source's addresses.
pub(super) struct Visitor<'a> {
    source: &'a Source,
    reach: Reach,
    client: Client,
    hosts: BTreeMap<String, Host>,
    began: Instant,
    requests: u32,
    again: u32,
    bytes: u64,
    tell: &'a dyn Fn(Event),
    /// Answers for robots.txt that were not handed on yet.
    pub(super) robots: Vec<Visit>,
    /// Whether the site declined, and in what words.
    pub(super) declined: Option<Failure>,
}

struct Host {
    pace: Pace,
    rules: Result<Robots, Failure>,
    next: Instant,
    refusals: u32,
    parked: Option<Failure>,
}

/// One visit, however many requests it took.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) url: String,
    pub(super) answer: Answer,
    pub(super) result: Result<(), Failure>,
    pub(super) robots: String,
    pub(super) waited: Duration,
    pub(super) attempt: u32,
}

impl Visit {
    /// A visit that has not asked yet; `robots` says what stands about it in robots.txt, or why nothing has to.
    pub(super) fn unasked(url: &str, robots: &str) -> Visit {
        Visit {
            url: url.to_owned(),
            answer: Answer::default(),
            result: Ok(()),
            robots: robots.to_owned(),
            waited: Duration::ZERO,
            attempt: 1,
        }
    }
}

/// What to ask for beside the address.
#[derive(Clone, Default)]
pub(super) struct Wish<'v> {
    pub(super) cap: u64,
    pub(super) have: Option<&'v Validators>,
    pub(super) opened: Option<Opened>,
    /// Whether the answer is no matter of trust: asked for once, and that it is not there is no trouble.
    pub(super) once: bool,
}

impl<'a> Visitor<'a> {
    pub(super) fn new(
        source: &'a Source,
        settings: &ClientSettings,
        tell: &'a dyn Fn(Event),
    ) -> Result<Visitor<'a>, Failure> {
        let reach = source.reach();
        let client = Client::new(settings.clone(), &reach)?;
        if let Some(given) = &source.robots_override {
            tell(Event::Note(format!(
                "robots.txt is set aside by permission: {} ({})",
                given.permission, given.reason
            )));
        }
        Ok(Visitor {
            source,
            reach,
            client,
            hosts: BTreeMap::new(),
            began: Instant::now(),
            requests: 0,
            again: 0,
            bytes: 0,
            tell,
            robots: Vec::new(),
            declined: None,
        })
    }

    /// Visits an address.
    pub(super) async fn visit(&mut self, address: &str, wish: &Wish<'_>) -> Visit {
        let mut visit = Visit::unasked(address, "");
        visit.result = match self.prepared(address).await {
            Ok((url, host, decision)) => {
                visit.robots = decision.why;
                self.ask(&url, &host, wish, &mut visit).await
            }
            Err(failure) => {
                visit.robots.clone_from(&failure.what);
                Err(failure)
            }
        };
        visit
    }

    /// What robots.txt says of an address, asked for when it is not known yet.
    pub(super) async fn decision(&mut self, address: &str) -> Result<Decision, Failure> {
        self.prepared(address).await.map(|(.., decision)| decision)
    }

    /// Says that a page turned out to be a wall.
    pub(super) fn wall(&mut self, address: &str, failure: &Failure) {
        if let Some(host) = Url::parse(address).ok().map(|url| key(&url)) {
            self.refused(&host, failure);
        }
    }

    /// Says that a page was what it should be: refusals before it count no more.
    pub(super) fn welcome(&mut self, address: &str) {
        if let Some(host) = Url::parse(address).ok().and_then(|url| self.hosts.get_mut(&key(&url))) {
            host.refusals = 0;
        }
    }

    async fn prepared(&mut self, address: &str) -> Result<(Url, String, Decision), Failure> {
        let unreadable = |error| Failure::new(Class::UrlDenied, format!("`{address}` is no address ({error})"));
        let mut url = Url::parse(address).map_err(unreadable)?;
        url.set_fragment(None);
        self.reach.check(&url, None)?;
        let host = key(&url);
        if !self.hosts.contains_key(&host) {
            self.meet(&url, &host).await?;
        }
        let known = &self.hosts[&host];
        if let Some(parked) = &known.parked {
            return Err(parked.clone());
        }
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let decision = match &known.rules {
            Ok(rules) => rules.decide(&path),
            Err(_) if self.source.robots_override.is_some() => {
                Decision { allowed: true, why: "by written permission".to_owned() }
            }
            Err(failure) => return Err(failure.clone()),
        };
        if decision.allowed || self.source.robots_override.is_some() {
            return Ok((url, host, decision));
        }
        Err(Failure::new(Class::RobotsDenied, format!("{url}: robots.txt says {}", decision.why)))
    }

    /// Asks a host for its robots.txt.
    async fn meet(&mut self, url: &Url, host: &str) -> Result<(), Failure> {
        let mut robots = url.clone();
        robots.set_path("/robots.txt");
        robots.set_query(None);
        let seed = host
            .bytes()
            .fold(1_469_598_103, |seed: u64, byte| (seed ^ u64::from(byte)).wrapping_mul(1_099_511_628_211));
        let empty = Host {
            pace: Pace::new(self.source.floor(), seed),
            rules: Ok(Robots::default()),
            next: Instant::now(),
            refusals: 0,
            parked: None,
        };
        self.hosts.insert(host.to_owned(), empty);
        let mut visit = Visit::unasked(robots.as_str(), "robots.txt itself");
        let result = self.ask(&robots, host, &Wish { cap: 2 << 20, ..Wish::default() }, &mut visit).await;
        let rules = rules_of(&result, &visit.answer, host);
        let missing = matches!(visit.answer.status, Some(400..=499)) && rules.is_ok();
        visit.result = if missing { Ok(()) } else { result };
        self.robots.push(visit);
        let Some(known) = self.hosts.get_mut(host) else { return Ok(()) };
        (known.refusals, known.parked) = (0, None);
        if let Some(seconds) = rules.as_ref().ok().and_then(|rules| rules.crawl_delay) {
            known.pace.at_least(Duration::from_secs(u64::from(seconds.min(pace::LONGEST_CRAWL_DELAY))));
            if seconds > pace::LONGEST_CRAWL_DELAY {
                let what = format!("robots.txt of {host} asks for {seconds} seconds between two requests");
                known.parked = Some(Failure::new(Class::RobotsDenied, what));
            }
        }
        if let Some(odd) = rules.as_ref().ok().and_then(|rules| rules.odd) {
            (self.tell)(Event::Note(format!("robots.txt of {host} is {odd} and holds no rule")));
        }
        known.rules = rules;
        Ok(())
    }

    /// Asks up to three times. What was cut goes on where it broke off, if the site can do that.
    async fn ask(&mut self, url: &Url, host: &str, wish: &Wish<'_>, visit: &mut Visit) -> Result<(), Failure> {
        let mut cut: Option<Cut> = None;
        loop {
            self.within_budget()?;
            visit.waited += self.pause(host).await;
            self.requests += 1;
            let ask = Ask {
                url: url.clone(),
                reach: &self.reach,
                cap: wish.cap,
                etag: wish.have.and_then(|have| have.etag.as_deref()),
                last_modified: wish.have.and_then(|have| have.last_modified.as_deref()),
                opened: wish.opened.iter().cloned().collect(),
                cut: cut.as_ref(),
            };
            let (answer, result) = self.client.get(&ask).await;
            self.bytes += answer.wire;
            visit.answer = answer;
            let result = result.and_then(|()| broken_off(&visit.answer.body).map_or(Ok(()), Err));
            let result = result.map_err(|failure| classify::sharpened(failure, &visit.answer.body));
            let missing = |failure: &Failure| {
                wish.once && matches!(visit.answer.status, Some(400..=499)) && failure.class != Class::RateLimited
            };
            let Some(failure) = result.clone().err().filter(|failure| !missing(failure)) else {
                self.succeeded(host, visit.answer.first_byte);
                return result;
            };
            // A rest that was refused is no end: the whole may be had.
            let gone_on = cut.is_some();
            cut = visit.answer.cut.take();
            self.troubled(host, &failure, &visit.answer);
            let parked = self.hosts.get(host).and_then(|host| host.parked.clone());
            if let Some(pause) = parked.as_ref().filter(|parked| parked.class == Class::Parked) {
                return Err(pause.clone());
            }
            let again = (failure.class.transient() || gone_on) && !wish.once;
            let again = again && visit.attempt < ATTEMPTS && self.again < 10 + self.requests / 10;
            if !again || parked.is_some() {
                return Err(failure);
            }
            self.again += 1;
            let wait = pace::back_off(visit.attempt, self.source.floor());
            visit.attempt += 1;
            visit.waited += wait;
            sleep(wait).await;
        }
    }

    fn within_budget(&self) -> Result<(), Failure> {
        let budget = &self.source.budget;
        let over = |what: String| Err(Failure::new(Class::Budget, format!("this run has used its {what}")));
        if self.requests >= budget.requests {
            return over(format!("{} requests", budget.requests));
        }
        if self.bytes >= budget.mib << 20 {
            return over(format!("{} MiB", budget.mib));
        }
        if self.began.elapsed() >= Duration::from_secs(budget.hours * 3_600) {
            return over(format!("{} hours", budget.hours));
        }
        Ok(())
    }

    async fn pause(&mut self, host: &str) -> Duration {
        let left =
            self.hosts.get(host).map_or(Duration::ZERO, |host| host.next.saturating_duration_since(Instant::now()));
        if !left.is_zero() {
            (self.tell)(Event::Waits { host: host.to_owned(), pause: left });
            sleep(left).await;
        }
        left
    }

    fn succeeded(&mut self, host: &str, first_byte: Duration) {
        // On this machine nobody needs a pause.
        let floor = self.source.floor();
        if let Some(host) = self.hosts.get_mut(host) {
            let wait = if self.source.loopback { floor } else { host.pace.after_success(first_byte) };
            host.next = Instant::now() + wait;
        }
    }

    fn troubled(&mut self, host: &str, failure: &Failure, answer: &Answer) {
        let asked = asked_pause(answer);
        let Some(known) = self.hosts.get_mut(host) else { return };
        let wait = known.pace.after_trouble();
        known.next = Instant::now() + asked.unwrap_or_default().max(wait).min(pace::LONGEST_PAUSE);
        if asked.is_some_and(|asked| asked > pace::LONGEST_PAUSE) {
            let minutes = asked.unwrap_or_default().as_secs() / 60;
            known.parked =
                Some(Failure::new(Class::Parked, format!("{host} asks to be left alone for {minutes} minutes")));
        }
        if failure.class.declines() {
            self.refused(host, failure);
        }
    }

    fn refused(&mut self, host: &str, failure: &Failure) {
        let Some(known) = self.hosts.get_mut(host) else { return };
        known.refusals += 1;
        if known.refusals >= REFUSALS && known.parked.is_none() {
            let what = format!("{host} declined {REFUSALS} requests in a row and is left alone");
            let failure = Failure::new(failure.class, what);
            known.parked = Some(failure.clone());
            self.declined = Some(failure);
        }
    }
}

/// Scheme, host and port: what one robots.txt speaks for.
fn key(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// The rules by the answer for robots.txt: none where there is none, all shut where it cannot be read.
fn rules_of(result: &Result<(), Failure>, answer: &Answer, host: &str) -> Result<Robots, Failure> {
    let unreachable = |why: &str| Failure::new(Class::RobotsUnreachable, format!("robots.txt of {host} {why}"));
    match (result, answer.status) {
        (Ok(()), _) => {
            let rules = Robots::parse(&answer.body, TOKEN);
            if rules.odd == Some("UTF-16 text") {
                Err(unreachable("is UTF-16 text, in which no rule can be read"))
            } else {
                Ok(rules)
            }
        }
        (Err(failure), Some(401 | 403)) => {
            Err(Failure::new(Class::RobotsDenied, format!("robots.txt of {host} is refused ({})", failure.class.id())))
        }
        (Err(failure), Some(400..=499)) if failure.class != Class::RateLimited => Ok(Robots::default()),
        (Err(failure), _) => Err(unreachable(&format!("could not be had ({})", failure.class.id()))),
    }
}
