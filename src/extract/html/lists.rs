//! The markers of list items as a browser prints them.

use scraper::node::Element;

/// The open lists, outermost first.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<List>,
    /// The item whose words have not begun yet.
    waiting: Option<String>,
}

#[derive(Debug)]
struct List {
    numbering: Option<Numbering>,
    next: i64,
    step: i64,
    bare: bool,
}

#[derive(Clone, Copy, Debug)]
enum Numbering {
    Digits,
    Letters { upper: bool },
    Roman { upper: bool },
}

impl Lists {
    /// A list begins.
    pub(super) fn open(&mut self, list: &Element) {
        let style = list.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let class = list.attr("class").unwrap_or_default().to_ascii_lowercase();
        let bare =
            style.contains("list-style:none") || style.contains("list-style-type:none") || class.contains("unstyled");
        let named = |name: &str| {
            style.contains(&format!("list-style-type:{name}")) || style.contains(&format!("list-style:{name}"))
        };
        let numbering = match list.attr("type") {
            Some("A") => Some(Numbering::Letters { upper: true }),
            Some("a") => Some(Numbering::Letters { upper: false }),
            Some("I") => Some(Numbering::Roman { upper: true }),
            Some("i") => Some(Numbering::Roman { upper: false }),
            _ if named("upper-alpha") || named("upper-latin") => Some(Numbering::Letters { upper: true }),
            _ if named("lower-alpha") || named("lower-latin") => Some(Numbering::Letters { upper: false }),
            _ if named("upper-roman") => Some(Numbering::Roman { upper: true }),
            _ if named("lower-roman") => Some(Numbering::Roman { upper: false }),
            _ if named("disc") || named("circle") || named("square") => None,
            _ => (list.name() == "ol").then_some(Numbering::Digits),
        };
        let numbering = numbering.filter(|_| list.name() == "ol");
        let step = if list.attr("reversed").is_some() { -1 } else { 1 };
        let next = list.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        self.open.push(List { numbering, next, step, bare });
    }

    /// The innermost list ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
        self.waiting = None;
    }

    /// An item begins.
    pub(super) fn item(&mut self, item: &Element) {
        let Some(list) = self.open.last_mut() else {
            self.waiting = Some("• ".to_owned());
            return;
        };
        if let Some(value) = item.attr("value").and_then(|value| value.trim().parse().ok()) {
            list.next = value;
        }
        let number = list.next;
        list.next = list.next.saturating_add(list.step);
        self.waiting = Some(match list.numbering {
            _ if list.bare => String::new(),
            None => "• ".to_owned(),
            Some(numbering) => format!("{}. ", numbering.shown(number)),
        });
    }

    /// The marker of an item whose first words are `words`; empty where the words bring their own.
    pub(super) fn take_marker(&mut self, words: &str) -> Option<String> {
        let marker = self.waiting.take()?;
        let own = words.starts_with(['•', '▪', '●', '○', '·', '➢', '–', '☐', '☒'])
            || !marker.is_empty() && words.starts_with(marker.trim_end());
        Some(if own { String::new() } else { marker })
    }

    /// The level of an item in the innermost list, from 1.
    pub(super) fn level(&self) -> u8 {
        u8::try_from(self.open.len().max(1)).unwrap_or(u8::MAX)
    }
}

impl Numbering {
    fn shown(self, number: i64) -> String {
        match self {
            Numbering::Letters { upper } if number > 0 => cased(&letters(number), upper),
            Numbering::Roman { upper } if (1..4000).contains(&number) => cased(&roman(number), upper),
            _ => number.to_string(),
        }
    }
}

fn cased(text: &str, upper: bool) -> String {
    if upper { text.to_owned() } else { text.to_ascii_lowercase() }
}

/// 1 is A, 26 is Z, 27 is AA.
fn letters(mut number: i64) -> String {
    let mut out = Vec::new();
    while number > 0 {
        number -= 1;
        out.push(b'A' + u8::try_from(number % 26).expect("a remainder of 26 is small"));
        number /= 26;
    }
    out.iter().rev().map(|&letter| char::from(letter)).collect()
}

fn roman(mut number: i64) -> String {
    const PARTS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in PARTS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_browsers_show_them() {
        assert_eq!(Numbering::Letters { upper: true }.shown(28), "AB");
        assert_eq!(Numbering::Roman { upper: false }.shown(44), "xliv");
        assert_eq!(Numbering::Roman { upper: true }.shown(0), "0");
    }
}
