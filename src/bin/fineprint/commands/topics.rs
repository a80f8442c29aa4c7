//! `fineprint help`: a topic, or a command's help.

use std::io::Write;

use anyhow::{Result, bail};
use clap::CommandFactory;

use crate::args::Args;
use crate::{Outcome, output};

/// Each topic with its page, in the order of reading.
const TOPICS: &[(&str, &str, &str)] = &[
    ("files", "which files are read, and what is told of them", include_str!("../../../../docs/help/files.md")),
    ("formats", "what comes out, and for whom", include_str!("../../../../docs/help/formats.md")),
    ("rules", "how rules are read, changed and checked", include_str!("../../../../docs/help/rules.md")),
    ("baseline", "what is new, known, suppressed, corrected", include_str!("../../../../docs/help/baseline.md")),
    ("limits", "what one document may cost", include_str!("../../../../docs/help/limits.md")),
    ("config", "flags that are always the same, in a file", include_str!("../../../../docs/help/config.md")),
    ("exit-codes", "what a script can go by", include_str!("../../../../docs/help/exit-codes.md")),
];

/// Runs the command: the page of a topic, the help of a command, or the list of both.
pub(crate) fn run(words: &[String]) -> Result<Outcome> {
    let mut out = output::writer(None)?;
    let mut command = Args::command();
    command.build();
    let Some(first) = words.first() else {
        write!(out, "{}\nTopics of `fineprint help TOPIC`:\n", command.render_long_help())?;
        for (name, what, _) in TOPICS {
            writeln!(out, "  {name:12} {what}")?;
        }
        out.flush()?;
        return Ok(Outcome::Done);
    };
    // `rules` alone is the topic; with a word behind it, the command.
    let topic = TOPICS.iter().find(|(name, _, _)| name == first && words.len() == 1);
    if let Some((_, _, page)) = topic {
        out.write_all(page.as_bytes())?;
    } else {
        let mut at = &mut command;
        for word in words {
            let Some(next) = at.find_subcommand_mut(word) else {
                let topics: Vec<&str> = TOPICS.iter().map(|(name, _, _)| *name).collect();
                bail!("there is no command and no topic {word}: the topics are {}", topics.join(", "));
            };
            at = next;
        }
        write!(out, "{}", at.render_long_help())?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
