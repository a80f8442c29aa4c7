//! A brief as Markdown.

use std::io::{self, Write};

use super::Part;
use crate::compare::escape::markdown as md;

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
            Part::Exhibit(number, quote, citation) => {
                writeln!(out, "> **Exhibit {number}.** “{}”\n>\n> {}\n", md(quote), md(citation))?;
            }
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
