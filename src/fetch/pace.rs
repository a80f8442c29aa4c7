//! How long to wait: after each answer, after a refusal, and when a site says so itself.
//!
//! The wait after an answer is five times the time to its first byte, never under the floor, never over
//! a minute; success brings it down slowly, trouble doubles it. Heritrix has worked so for twenty years.
//! Users and sources can only make it slower.

use std::time::{Duration, SystemTime};

/// Longest wait between two requests to one host, unless the site asks for more.
const LONGEST: Duration = Duration::from_secs(60);

/// A `Crawl-delay` above this means that the host is left alone.
pub const LONGEST_CRAWL_DELAY: u32 = 300;

/// A `Retry-After` above this parks the host until another run.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// The waits of one host.
#[derive(Clone, Debug)]
pub struct Pace {
    floor: Duration,
    wait: Duration,
    seed: u64,
}

impl Pace {
    /// A pace that never goes below `floor`; `seed` spreads the waits.
    #[must_use]
    pub fn new(floor: Duration, seed: u64) -> Pace {
        Pace { floor, wait: floor, seed: seed | 1 }
    }

    /// Obeys a `Crawl-delay`.
    pub fn at_least(&mut self, floor: Duration) {
        self.floor = self.floor.max(floor);
        self.wait = self.wait.max(self.floor);
    }

    /// The wait after a sound answer whose first byte took `first_byte`.
    pub fn after_success(&mut self, first_byte: Duration) -> Duration {
        let wished = (first_byte * 5).clamp(self.floor, LONGEST.max(self.floor));
        self.wait = wished.max(self.wait.mul_f64(0.8)).max(self.floor);
        self.spread()
    }

    /// The wait after trouble: a refusal, an error of the site, a timeout.
    pub fn after_trouble(&mut self) -> Duration {
        let doubled = self.wait * 2;
        self.wait = doubled.clamp(self.floor, LONGEST.max(self.floor));
        self.spread()
    }

    /// The wait with up to 30 % more, so that requests do not march in step; never under the floor.
    fn spread(&mut self) -> Duration {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.wait.mul_f64(1.0 + (self.seed % 1000) as f64 / 1000.0 * 0.3)
    }
}

/// The wait before the `attempt`-th repetition: two seconds, four, eight, at most a minute.
#[must_use]
pub fn back_off(attempt: u32, floor: Duration) -> Duration {
    (floor.mul_f64(2.0 / 3.0) * 2u32.saturating_pow(attempt.saturating_sub(1))).min(LONGEST)
}

/// What a `Retry-After` asks for, in both of its forms; `None` when it cannot be read.
#[must_use]
pub fn retry_after(value: &[u8], now: SystemTime) -> Option<Duration> {
    let value = std::str::from_utf8(value).ok()?.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_29_retry_after_in_both_forms() {
        let now = httpdate::parse_http_date("Wed, 25 Nov 2026 05:00:00 GMT").expect("a date");
        let check = |value: &str, seconds: Option<u64>| {
            assert_eq!(retry_after(value.as_bytes(), now), seconds.map(Duration::from_secs), "{value}");
        };
        check("120", Some(120));
        check("Wed, 25 Nov 2026 05:02:00 GMT", Some(120));
        check("Wed, 25 Nov 2026 04:00:00 GMT", Some(0));
        check("99999999999999999999999", Some(u64::from(u32::MAX)));
        for unreadable in ["-5", "1e3", "soon", ""] {
            check(unreadable, None);
        }
    }

    #[test]
    fn waits_grow_with_trouble_and_never_fall_below_the_floor() {
        let floor = Duration::from_secs(3);
        let mut pace = Pace::new(floor, 7);
        assert!(pace.after_success(Duration::from_millis(50)) >= floor);
        assert!(pace.after_success(Duration::from_secs(2)) >= Duration::from_secs(10));
        let trouble = pace.after_trouble();
        assert!(trouble >= Duration::from_secs(20), "{trouble:?}");
        for _ in 0..20 {
            assert!(pace.after_trouble() <= Duration::from_secs(78));
        }
        for _ in 0..40 {
            assert!(pace.after_success(Duration::ZERO) >= floor);
        }
        assert!(pace.after_success(Duration::ZERO) < Duration::from_secs(4));
        pace.at_least(Duration::from_secs(30));
        assert!(pace.after_success(Duration::ZERO) >= Duration::from_secs(30));
    }
}
