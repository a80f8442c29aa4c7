//! Told values as people write them, in flags and sidecar tables alike.

use crate::policy::{Date, LineOfBusiness, State};

/// A day as `2026-03-01`.
///
/// # Errors
/// A sentence for the person who wrote it.
pub fn date(day: &str) -> Result<Date, String> {
    let fits = day.len() == 10 && day.bytes().filter(|&b| b == b'-').count() == 2;
    let date = if fits { day.parse().ok() } else { None };
    date.ok_or_else(|| format!("\"{day}\" is no day: write it as 2026-03-01"))
}

/// A line of business by its identifier, in any case.
///
/// # Errors
/// A sentence that names those there are.
pub fn line_of_business(word: &str) -> Result<LineOfBusiness, String> {
    LineOfBusiness::from_id(&word.to_ascii_lowercase()).ok_or_else(|| {
        let known: Vec<&str> = LineOfBusiness::ALL.into_iter().map(LineOfBusiness::id).collect();
        format!("\"{word}\" is no line of business: use {}", known.join(", "))
    })
}

/// A state by its postal code, in any case.
///
/// # Errors
/// A sentence for the person who wrote it.
pub fn state(word: &str) -> Result<State, String> {
    State::from_code(word).ok_or_else(|| format!("\"{word}\" is no state: use a postal code such as OH"))
}
