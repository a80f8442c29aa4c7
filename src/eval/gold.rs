//! The gold file: one unit a line.

use serde::Deserialize;

use crate::rules::{Category, Group};

/// Why a gold file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvalError {
    /// A line that is no unit.
    #[error(
        "line {line} is no labelled unit: {reason}; a unit looks like {{\"doc\": \"a.pdf\", \"text\": \"…\", \"labels\": []}}"
    )]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// A label that is neither a group nor a category.
    #[error(
        "line {line} has the label \"{label}\": use a group such as individual-review or a category such as favorable/case-by-case"
    )]
    Label {
        /// The line, from 1.
        line: usize,
        /// The label.
        label: String,
    },
    /// A line whose words are not those of its key.
    #[error(
        "line {line} has other words or another document than those that its key {key} was made of: fill in the labels only"
    )]
    Changed {
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// No unit at all.
    #[error("the file holds no labelled unit")]
    Empty,
}

/// What a label names. Groups sort before categories, each in the order of the taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// One of the twelve groups.
    Group(Group),
    /// One category.
    Category(Category),
}

impl Label {
    /// The label with that identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Label> {
        Group::from_id(id).map(Label::Group).or_else(|| Category::from_id(id).map(Label::Category))
    }

    /// The identifier.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Label::Group(group) => group.id(),
            Label::Category(category) => category.id(),
        }
    }

    /// The label as its group, where it has one.
    pub(super) fn rolled_up(self) -> Option<Label> {
        match self {
            Label::Group(_) => Some(self),
            Label::Category(category) => category.group().map(Label::Group),
        }
    }
}

/// A sentence or list item with its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The end of the document's path.
    pub doc: String,
    /// Its words.
    pub text: String,
    /// What it says in force.
    pub operative: Vec<Label>,
    /// What its words say without being the payer's own statement in force.
    pub mentioned: Vec<Label>,
}

/// The units of a gold file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    /// In the order of the file.
    pub units: Vec<Unit>,
    /// Whether every label names a category, so that scores are counted by category; by group otherwise.
    pub by_category: bool,
}

#[derive(Deserialize)]
struct UnitSyntax {
    doc: String,
    text: String,
    labels: Vec<String>,
}

impl Gold {
    /// Every label of every unit.
    pub(super) fn labels(&self) -> impl Iterator<Item = Label> {
        self.units.iter().flat_map(|unit| unit.operative.iter().chain(&unit.mentioned)).copied()
    }

    /// Reads a gold file's text; empty lines are skipped.
    ///
    /// # Errors
    /// The first line that is no unit, or has an unknown label.
    pub fn parse(text: &str) -> Result<Gold, EvalError> {
        let mut units = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            units.push(unit(index + 1, line)?);
        }
        Gold::of(units)
    }

    /// Units as gold.
    pub(super) fn of(units: Vec<Unit>) -> Result<Gold, EvalError> {
        if units.is_empty() {
            return Err(EvalError::Empty);
        }
        let mut labels = units.iter().flat_map(|unit| unit.operative.iter().chain(&unit.mentioned)).peekable();
        let by_category = labels.peek().is_some() && labels.all(|label| matches!(label, Label::Category(_)));
        Ok(Gold { units, by_category })
    }
}

fn unit(line: usize, text: &str) -> Result<Unit, EvalError> {
    let syntax: UnitSyntax =
        serde_json::from_str(text).map_err(|error| EvalError::Line { line, reason: error.to_string() })?;
    let (mut operative, mut mentioned) = (Vec::new(), Vec::new());
    for word in &syntax.labels {
        let (id, list) = match word.strip_suffix('~') {
            Some(id) => (id, &mut mentioned),
            None => (word.as_str(), &mut operative),
        };
        list.push(label_of(line, id)?);
    }
    Ok(Unit { doc: syntax.doc, text: syntax.text, operative, mentioned })
}

/// The label that `id` names.
pub(super) fn label_of(line: usize, id: &str) -> Result<Label, EvalError> {
    Label::from_id(id).ok_or_else(|| EvalError::Label { line, label: id.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(labels: &str) -> String {
        format!("{{\"doc\": \"a.pdf\", \"key\": \"0\", \"text\": \"Gel is unproven.\", \"labels\": {labels}}}\n")
    }

    #[test]
    fn labels_are_groups_or_categories() {
        let by_group = Gold::parse(&(line("[\"investigational\"]") + "\n" + &line("[]"))).expect("it is sound");
        assert_eq!((by_group.units.len(), by_group.by_category), (2, false));
        let by_category = Gold::parse(&line("[\"favorable/case-by-case~\"]")).expect("it is sound");
        assert!(by_category.by_category);
        assert_eq!(by_category.units[0].mentioned, [Label::Category(Category::CaseByCase)]);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let error = Gold::parse(&(line("[]") + &line("[\"investigashunal\"]"))).expect_err("the label is unknown");
        assert_eq!(error, EvalError::Label { line: 2, label: "investigashunal".to_owned() });
        assert!(matches!(Gold::parse("[]"), Err(EvalError::Line { line: 1, .. })));
        assert_eq!(Gold::parse("\n"), Err(EvalError::Empty));
    }
}
