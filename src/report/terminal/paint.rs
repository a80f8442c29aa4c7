//! Colour, cutting and wrapping.

use std::io::{self, Write};

use super::Look;

/// What a piece of text is, for its shape and colour (Okabe and Ito's set, in a terminal's 256 colours).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    InTheWay,
    Open,
    AgainstItself,
    Note,
}

impl Kind {
    pub(super) fn shape(self) -> char {
        match self {
            Kind::InTheWay => '▲',
            Kind::Open => '●',
            Kind::AgainstItself => '◆',
            Kind::Note => '○',
        }
    }

    fn code(self) -> &'static str {
        match self {
            Kind::InTheWay => "38;5;166",
            Kind::Open => "38;5;32",
            Kind::AgainstItself => "38;5;172",
            Kind::Note => "38;5;245",
        }
    }
}

impl Look {
    pub(super) fn painted(self, text: &str, kind: Kind) -> String {
        self.with_code(text, kind.code())
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.with_code(text, "1")
    }

    pub(super) fn faint(self, text: &str) -> String {
        self.painted(text, Kind::Note)
    }

    /// `text` as a link to the document at `path`, on its page where there is one (OSC 8); the text alone where the
    /// terminal shows no links. It takes no columns of its own.
    pub(super) fn linked(self, text: &str, path: &str, page: Option<u32>) -> String {
        let Some(base) = self.links else { return text.to_owned() };
        let is_absolute = path.starts_with('/') || path.get(1..3) == Some(":/");
        let base = if is_absolute { "" } else { base };
        let root = if path.starts_with('/') || base.starts_with('/') { "" } else { "/" };
        let between = if base.is_empty() || base.ends_with('/') { "" } else { "/" };
        let page = page.map(|page| format!("#page={page}")).unwrap_or_default();
        let address = format!("file://{root}{}{between}{}{page}", encoded(base), encoded(path));
        format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
    }

    fn with_code(self, text: &str, code: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A path as part of an address: nothing in it can end the link or steer the terminal.
fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

/// `text` in at most `width` columns, the last an ellipsis where it was cut.
pub(super) fn cut(text: &str, width: usize) -> String {
    match text.char_indices().nth(width) {
        None => text.to_owned(),
        Some(_) if width == 0 => String::new(),
        Some(_) => text.chars().take(width - 1).chain(['…']).collect(),
    }
}

/// `text` cut and filled up to `width` columns.
pub(super) fn cell(text: &str, width: usize) -> String {
    format!("{:width$}", cut(text, width))
}

/// Writes `text` wrapped at blanks, the first line behind `first` (which takes as many columns as `indent`).
pub(super) fn wrapped(
    out: &mut dyn Write,
    look: Look,
    first: &str,
    indent: usize,
    text: &str,
    paint: impl Fn(&str) -> String,
) -> io::Result<()> {
    let width = look.width.saturating_sub(indent).max(20);
    let mut start = first.to_owned();
    for line in lines(text, width) {
        writeln!(out, "{start}{}", paint(&line))?;
        start = " ".repeat(indent);
    }
    Ok(())
}

/// `text` cut at a word where it has more than `most` characters, and the cut is shown.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{} […]", text[..end].rsplit_once(' ').map_or(&text[..end], |(kept, _)| kept)),
    }
}

/// `text` broken at blanks into lines of at most `width` characters where words allow.
pub(crate) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = usize::MAX;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        match lines.last_mut() {
            Some(line) if length.saturating_add(1 + letters) <= width => {
                line.push(' ');
                line.push_str(word);
                length += 1 + letters;
            }
            _ => {
                lines.push(word.to_owned());
                length = letters;
            }
        }
    }
    lines
}
