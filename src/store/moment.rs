//! A second in UTC. The store has no clock: times are handed in.

use std::fmt;

use crate::policy::Date;

const SECONDS_A_DAY: i64 = 86_400;

/// A second in UTC, written `2026-11-25T04:33:22Z`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(String);

impl Moment {
    /// Takes `YYYY-MM-DDTHH:MM:SSZ` with a day that exists; anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Moment> {
        let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
        let two = |at: usize, below: u8| {
            let part = time.get(at..at + 2)?;
            (part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<u8>().ok()? < below).then_some(())
        };
        two(0, 24).and(two(3, 60)).and(two(6, 60))?;
        let colons = time.len() == 8 && time.as_bytes()[2] == b':' && time.as_bytes()[5] == b':';
        let date: Date = day.parse().ok()?;
        (colons && date.to_string() == day).then(|| Moment(text.to_owned()))
    }

    /// The moment that many seconds after 1970 began; years 1 to 9999, others are clamped.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Moment {
        let days = seconds.div_euclid(SECONDS_A_DAY).clamp(-719_162, 2_932_896);
        let second = seconds.rem_euclid(SECONDS_A_DAY);
        let (year, month, day) = civil(days);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        Moment(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day in UTC, `YYYY-MM-DD`.
    #[must_use]
    pub fn day(&self) -> &str {
        &self.0[..10]
    }

    /// The day in UTC.
    #[must_use]
    pub fn date(&self) -> Date {
        self.day().parse().expect("a moment begins with a day that exists")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, so that the leap day ends its year.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_days_and_times() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_826_000, "2000-02-29T12:06:40Z"),
            (1_798_761_599, "2026-12-31T23:59:59Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(Moment::from_unix(seconds).as_str(), text);
            assert_eq!(Moment::parse(text), Some(Moment::from_unix(seconds)));
        }
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "2026-11-25",
            "2026-02-30T00:00:00Z",
            "2026-11-25T24:00:00Z",
            "2026-11-25T04:33:22",
            "2026-11-25T4:33:220Z",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
