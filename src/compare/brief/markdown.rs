//! A brief as Markdown.

use std::io::{self, Write};

use super::Part;
use crate::compare::escape::markdown as md;
use crate::report::HASH;

/// Writes the parts.
///
/// # Errors
/// Those of `out`.
pub fn markdown(out: &mut dyn Write, parts: &[Part]) -> io::Result<()> {
    for part in parts {
        match part {
            Part::Title(words) => writeln!(out, "# {}\n", md(words))?,
            Part::Heading(words) => writeln!(out, "\n## {}\n", md(words))?,
            Part::Words(words) => writeln!(out, "{}\n", md(words))?,
            Part::Exhibit(number, quotes, citation) => {
                writeln!(out, "**Exhibit {number}.** {}\n", md(citation))?;
                for one in quotes {
                    writeln!(out, "> “{}”\n> — {}{HASH}{}\n", md(&one.quote), md(&one.place), one.sha256)?;
                }
            }
            Part::Criterion(level, one) => {
                let indent = "  ".repeat(usize::from(level.saturating_sub(1).min(5)));
                writeln!(out, "{indent}- [ ] “{}”", md(&one.quote))?;
                writeln!(out, "{indent}  — {}{HASH}{}", md(&one.place), one.sha256)?;
            }
            Part::File(path) => writeln!(out, "- file: {}\n", md(path))?,
            Part::Tick(level, words) => {
                writeln!(
                    out,
                    "{:indent$}- [ ] {}",
                    "",
                    md(words),
                    indent = 2 * usize::from(level.saturating_sub(1).min(5))
                )?;
            }
            Part::Blank(words) => writeln!(out, "- {}: ______________________________", md(words))?,
            Part::Small(words) => writeln!(out, "\n---\n\n{}", md(words))?,
        }
    }
    Ok(())
}
