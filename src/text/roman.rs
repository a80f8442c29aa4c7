//! Roman numbers, as lists count with them.

/// Lists count no farther.
const NUMBERS: [&str; 15] =
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];

/// The value of a Roman number up to 15, in whatever case it stands.
#[must_use]
pub fn roman(word: &str) -> Option<u16> {
    let at = NUMBERS.iter().position(|number| number.eq_ignore_ascii_case(word))?;
    u16::try_from(at + 1).ok()
}
