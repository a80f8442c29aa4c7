//! Macros: named parts of patterns, of the pack itself or of the pack `core`.

use std::collections::BTreeMap;

use toml::Spanned;

use super::Node;
use super::nearest::did_you_mean;
use super::notation::{NotationError, parse_part};

/// The macros that a pack sees.
#[derive(Clone, Debug, Default)]
pub(super) struct Macros {
    meanings: BTreeMap<String, Node>,
    /// Names whose definition is wrong.
    broken: Vec<String>,
}

/// How deep macros may stand in one another.
const DEEPEST: usize = 16;

impl Macros {
    /// Adds the definitions of one pack; its own names hide names of before. Gives what is wrong with them.
    pub(super) fn define(&mut self, definitions: &[(Spanned<String>, Spanned<String>)]) -> Vec<(usize, NotationError)> {
        let mut problems = Vec::new();
        let own: BTreeMap<&str, &str> =
            definitions.iter().map(|(name, source)| (name.get_ref().as_str(), source.get_ref().as_str())).collect();
        let before = self.clone();
        for (nth, (name, source)) in definitions.iter().enumerate() {
            let name = name.get_ref();
            let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            let meaning = if name.is_empty() || !name.chars().all(is_name) {
                let message = format!("the macro's name `{name}` must be of capitals, digits and `_`");
                Err(NotationError { at: usize::MAX, message })
            } else {
                before.resolve(source.get_ref(), &own, 0)
            };
            match meaning {
                Ok(node) => {
                    self.meanings.insert(name.clone(), node);
                }
                Err(problem) => {
                    self.meanings.remove(name);
                    self.broken.push(name.clone());
                    problems.push((nth, problem));
                }
            }
        }
        problems
    }

    fn resolve(&self, source: &str, own: &BTreeMap<&str, &str>, depth: usize) -> Result<Node, NotationError> {
        parse_part(source, &|name| match own.get(name) {
            Some(_) if depth == DEEPEST => Err(format!("the macro `@{name}` is part of itself")),
            Some(inner) => self
                .resolve(inner, own, depth + 1)
                .map_err(|problem| format!("the macro `@{name}` is wrong: {}", problem.message)),
            None => self.look_up(name, own.keys().copied()),
        })
    }

    /// The meaning of a macro, or why it has none.
    pub(super) fn get(&self, name: &str) -> Result<Node, String> {
        self.look_up(name, std::iter::empty())
    }

    fn look_up<'k>(&'k self, name: &str, more: impl Iterator<Item = &'k str>) -> Result<Node, String> {
        self.meanings.get(name).cloned().ok_or_else(|| {
            if self.broken.iter().any(|broken| broken == name) {
                return format!("the macro `@{name}` is wrong: see its definition");
            }
            let hint = did_you_mean(name, self.meanings.keys().map(String::as_str).chain(more));
            format!("there is no macro `@{name}`{hint}")
        })
    }
}
