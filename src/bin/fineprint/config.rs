//! The config file: flags that are always the same. A flag on the command line wins.
//!
//! `fineprint.toml` is looked for in the folder of the run and those above it, then `config.toml` in the user's
//! config folder; the first that is there counts, alone. A key is the long name of a flag; a table holds the
//! flags of the command of its name.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::output::formats;

/// Keys whose value is a path, which stands relative to the config file.
const PATHS: &[&str] = &["baseline", "corrections", "rules", "store", "suppress"];

/// One value of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// The command that it is for; `None` for every command that has such a flag.
    pub(crate) command: Option<String>,
    /// The flag's long name.
    pub(crate) key: String,
    /// What the flag gets; one word each time that it is given.
    pub(crate) words: Vec<String>,
    /// The line in the file, from 1.
    pub(crate) line: usize,
    /// A switch has no word.
    switch: bool,
}

impl Value {
    /// The key as the file has it.
    pub(crate) fn name(&self) -> String {
        self.command.as_ref().map_or_else(|| self.key.clone(), |command| format!("{command}.{}", self.key))
    }
}

/// The file that was found, or an empty one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    /// The file.
    pub(crate) path: Option<PathBuf>,
    /// What it says, in order.
    pub(crate) values: Vec<Value>,
}

impl Config {
    /// The config file of a run in `folder`.
    pub(crate) fn find(folder: &Path) -> Result<Config> {
        let above = folder.ancestors().map(|folder| folder.join("fineprint.toml"));
        let Some(path) = above.chain(users()).find(|path| path.is_file()) else { return Ok(Config::default()) };
        let text = fs::read_to_string(&path)
            .map_err(|error| anyhow!("the config file {} could not be read ({error})", path.display()))?;
        let values = values(&text, path.parent().unwrap_or(folder))
            .map_err(|problem| anyhow!("the config file {}:{problem}", path.display()))?;
        Ok(Config { path: Some(path), values })
    }

    /// `words` with the flags of the file that they do not have themselves, put behind the command's name. `command` is what
    /// `words` were read with, `matches` what they gave.
    pub(crate) fn beside(
        &self,
        words: Vec<OsString>,
        command: &Command,
        matches: &ArgMatches,
    ) -> Result<Vec<OsString>> {
        self.check(command)?;
        let Some((name, given)) = matches.subcommand() else { return Ok(words) };
        let Some(command) = command.find_subcommand(name) else { return Ok(words) };
        let mut flags = Vec::new();
        for value in &self.values {
            if value.command.as_deref().is_some_and(|other| other != name) {
                continue;
            }
            let arg = command.get_arguments().find(|arg| arg.get_long() == Some(&value.key));
            let Some(arg) = arg else {
                if value.command.is_some() {
                    bail!("{}: {name} has no flag --{}", self.place(value), value.key);
                }
                continue;
            };
            if gives_way(arg, command, given) {
                continue;
            }
            flags.extend(value.words.iter().map(|word| OsString::from(format!("--{}={word}", value.key))));
            flags.extend(value.switch.then(|| OsString::from(format!("--{}", value.key))));
        }
        let mut words = words;
        let behind = words.iter().skip(1).position(|word| word == name).map_or(words.len(), |at| at + 2);
        words.splice(behind..behind, flags);
        Ok(words)
    }

    /// Holds every table to the commands, and every key outside of tables to their flags.
    fn check(&self, command: &Command) -> Result<()> {
        for value in &self.values {
            let place = self.place(value);
            match &value.command {
                Some(name) if command.find_subcommand(name).is_none() => {
                    bail!(
                        "{place}: there is no command {name}: name the table after one, as in [analyze], or delete it"
                    )
                }
                None if !has_flag(command, &value.key) => {
                    bail!("{place}: no command has a flag --{}: correct the key or delete it", value.key)
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn place(&self, value: &Value) -> String {
        let path = self.path.as_deref().unwrap_or(Path::new("the config file"));
        format!("{}:{}", path.display(), value.line)
    }
}

/// Whether a value of the file for `arg` gives way to what the command line says.
fn gives_way(arg: &Arg, command: &Command, given: &ArgMatches) -> bool {
    let is_given = |arg: &Arg| given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
    let meant = match arg.get_long() {
        // A document that is named and is there is meant, not one of the store.
        Some("store") => ["show", "diff"].contains(&command.get_name()) && names_a_file(command, given),
        Some("format") => names_a_format(arg, given),
        _ => false,
    };
    // What cannot stand beside the words of the command line gives way to them.
    meant || is_given(arg) || command.get_arg_conflicts_with(arg).into_iter().any(is_given)
}

/// Whether the command line names an output whose ending means one of the formats that `arg` takes.
fn names_a_format(arg: &Arg, given: &ArgMatches) -> bool {
    let output = given.try_get_raw("output").ok().flatten().and_then(|mut words| words.next());
    let meant =
        output.and_then(|output| Path::new(output).extension()).map(|ending| formats(&ending.to_string_lossy()));
    let known = arg.get_possible_values();
    meant.unwrap_or_default().iter().any(|name| known.iter().any(|value| value.matches(name, false)))
}

/// Whether a word behind the command's name is a file that is there, or `-`.
fn names_a_file(command: &Command, given: &ArgMatches) -> bool {
    let words = command.get_positionals().filter_map(|arg| given.get_raw(arg.get_id().as_str())).flatten();
    words.into_iter().any(|word| word == "-" || Path::new(word).is_file())
}

/// Whether `command` or one below it has the flag of that long name.
fn has_flag(command: &Command, long: &str) -> bool {
    command.get_arguments().any(|arg| arg.get_long() == Some(long))
        || command.get_subcommands().any(|command| has_flag(command, long))
}

/// Where the user's own config file is.
fn users() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || folder("HOME").map(|home| home.join(".config"));
    let base = folder("XDG_CONFIG_HOME").or_else(|| folder("APPDATA")).or_else(home)?;
    Some(base.join("fineprint").join("config.toml"))
}

/// The values of a file's text; a problem begins with its line.
fn values(text: &str, folder: &Path) -> Result<Vec<Value>, String> {
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let table = DeTable::parse(text)
        .map_err(|error| format!("{}: {}", line(error.span().map_or(0, |span| span.start)), error.message()))?;
    let mut values = Vec::new();
    let mut keep = |command: Option<&str>, key: &Spanned<std::borrow::Cow<'_, str>>, value: &DeValue<'_>| {
        let at = line(key.span().start);
        let name = key.get_ref().to_string();
        let words =
            words(value, &name, folder).ok_or(format!("{at}: {name} must be text, a number, true or a list"))?;
        let switch = matches!(value, DeValue::Boolean(true));
        values.push(Value { command: command.map(str::to_owned), key: name, words, line: at, switch });
        Ok::<(), String>(())
    };
    for (key, value) in table.get_ref() {
        match value.get_ref() {
            DeValue::Table(inner) => {
                for (name, value) in inner {
                    keep(Some(key.get_ref()), name, value.get_ref())?;
                }
            }
            other => keep(None, key, other)?,
        }
    }
    values.sort_by_key(|value| value.line);
    Ok(values)
}

/// What a flag gets; nothing for a switch.
fn words(value: &DeValue<'_>, key: &str, folder: &Path) -> Option<Vec<String>> {
    let word = |text: &str| match PATHS.contains(&key) {
        true => folder.join(text).to_string_lossy().into_owned(),
        false => text.to_owned(),
    };
    match value {
        DeValue::String(text) => Some(vec![word(text)]),
        DeValue::Integer(number) => Some(vec![number.as_str().to_owned()]),
        DeValue::Datetime(day) => Some(vec![day.to_string()]),
        DeValue::Boolean(_) => Some(Vec::new()),
        DeValue::Array(list) => {
            let each = list.iter().map(|value| words(value.get_ref(), key, folder)).collect::<Option<Vec<_>>>()?;
            Some(each.concat())
        }
        DeValue::Float(_) | DeValue::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_command_and_line() {
        let text = "jobs = 2\nno-isolate = true\n\n[analyze]\nlob = ['medicaid', 'medicare']\nas-of = 2026-03-01\nrules = 'a.toml'\n";
        let values = values(text, Path::new("home")).expect("it is sound");
        let shown: Vec<String> =
            values.iter().map(|value| format!("{}:{} {:?}", value.line, value.name(), value.words)).collect();
        let path = Path::new("home").join("a.toml");
        assert_eq!(
            shown,
            [
                "1:jobs [\"2\"]",
                "2:no-isolate []",
                "5:analyze.lob [\"medicaid\", \"medicare\"]",
                "6:analyze.as-of [\"2026-03-01\"]",
                &format!("7:analyze.rules [{:?}]", path.to_string_lossy()),
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let problem = |text: &str| values(text, Path::new("")).expect_err("it is wrong");
        assert!(problem("a = 1\nb = ").starts_with("2: "));
        assert_eq!(problem("\nx = 1.5"), "2: x must be text, a number, true or a list");
    }
}
