//! The table of units for coding by hand: CSV, safe in a spreadsheet, with a key for each unit.

use super::coded::Coded;
use super::gold::label_of;
use super::{EvalError, Unit};
use crate::text::{letters_and_digits, uttered};

/// The columns: who codes fills in `labels` only.
pub const COLUMNS: [&str; 5] = ["key", "document", "before", "text", "labels"];

/// The key of a unit: 16 hexadecimal digits of the 64-bit FNV-1a hash (draft-eastlake-fnv) of its document and letters.
#[must_use]
pub fn key(document: &str, text: &str) -> String {
    format!("{:016x}", hash(&[document, &letters_and_digits(text)]))
}

/// A number that puts units into an order which only `seed` and the unit decide.
#[must_use]
pub fn rank(seed: u64, document: &str, text: &str) -> u64 {
    // FNV's last bytes move its high bits too little: a final mix (MurmurHash3's, public domain) spreads them.
    let mut mixed = hash(&[&seed.to_string(), document, &letters_and_digits(text)]);
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ (mixed >> 33)
}

fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(0)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A line of the table: its number from 1 and its cells in the order of [`COLUMNS`]; labels are parted by blanks, commas or semicolons.
///
/// # Errors
/// A label that is none, or words that are not those of the key: the table was changed.
pub fn coded(line: usize, cells: [&str; 5]) -> Result<Coded, EvalError> {
    let [given, document, _, text, labels] = cells.map(uttered);
    if key(document, text) != given {
        return Err(EvalError::Changed { line, key: given.to_owned() });
    }
    let mut unit =
        Unit { doc: document.to_owned(), text: text.to_owned(), operative: Vec::new(), mentioned: Vec::new() };
    for word in labels.split([' ', ',', ';', '\n']).filter(|word| !word.is_empty()) {
        let (name, mentioned) = word.strip_suffix('~').map_or((word, false), |name| (name, true));
        let label = label_of(line, name)?;
        if mentioned { unit.mentioned.push(label) } else { unit.operative.push(label) }
    }
    Ok(Coded { key: given.to_owned(), unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_back_as_it_was_written() {
        let text = "- The gel is unproven.";
        let key = key("a.pdf", text);
        let cells = |text, labels| [key.as_str(), "a.pdf", "", text, labels];
        let inert = crate::text::inert(text);
        assert_eq!(inert, "'- The gel is unproven.");
        let read = coded(2, cells(&inert, "investigational; mandate~")).expect("it is sound");
        assert_eq!((read.unit.text.as_str(), read.unit.operative.len(), read.unit.mentioned.len()), (text, 1, 1));
        assert!(matches!(coded(2, cells(&inert, "unproven")), Err(EvalError::Label { line: 2, .. })));
        assert!(matches!(coded(2, cells("The gel is proven.", "")), Err(EvalError::Changed { line: 2, .. })));
    }

    #[test]
    fn the_order_hangs_on_the_seed() {
        let order = |seed| {
            let mut texts: Vec<String> = (0..20).map(|n| format!("sentence {n}")).collect();
            texts.sort_by_key(|text| rank(seed, "a.pdf", text));
            texts
        };
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
    }
}
