//! A set of packs, read and checked.

use sha2::{Digest, Sha256};

use super::read::{self, Collected};
use super::{Cue, CueIndex, Rule, RuleError, RuleIndex, Weights};

/// The text of one pack's file.
#[derive(Clone, Copy, Debug)]
pub struct PackText<'a> {
    /// The pack's name: the file's stem.
    pub name: &'a str,
    /// The file as the user named it, for messages.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Rules, cues and weights, ready for a matcher.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// The rules, in the order of their packs.
    pub rules: Vec<Rule>,
    /// The cues, in the order of their packs.
    pub cues: Vec<Cue>,
    /// The weights of the leverage score.
    pub weights: Weights,
    /// The names of the packs, in order.
    pub packs: Vec<String>,
    /// The content id, 16 hexadecimal digits: changes whenever a pack's text does.
    pub id: String,
}

impl RuleSet {
    /// Reads packs in order; a later pack may use the macros of an earlier one.
    ///
    /// # Errors
    /// Everything that is wrong with the packs, in order of file and place.
    pub fn parse(packs: &[PackText<'_>]) -> Result<RuleSet, Vec<RuleError>> {
        let mut collected = Collected::default();
        let mut hash = Sha256::new();
        for pack in packs {
            read::pack(pack, &mut collected);
            for part in [pack.name, "\0", pack.text, "\0"] {
                hash.update(part);
            }
        }
        if !collected.errors.is_empty() {
            return Err(collected.errors);
        }
        let digest = hash.finalize();
        Ok(RuleSet {
            rules: collected.rules,
            cues: collected.cues,
            weights: Weights::default(),
            packs: packs.iter().map(|pack| pack.name.to_owned()).collect(),
            id: digest[..8].iter().map(|byte| format!("{byte:02x}")).collect(),
        })
    }

    /// The rule at an index.
    #[must_use]
    pub fn rule(&self, index: RuleIndex) -> &Rule {
        &self.rules[index.0 as usize]
    }

    /// The cue at an index.
    #[must_use]
    pub fn cue(&self, index: CueIndex) -> &Cue {
        &self.cues[index.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, usize, &str)]) {
        let errors = RuleSet::parse(&[PackText { name: "mine", file: "mine.toml", text }]).unwrap_err();
        let got: Vec<(usize, usize, &str)> =
            errors.iter().map(|error| (error.position.line, error.position.column, error.message.as_str())).collect();
        assert_eq!(got.len(), expected.len(), "{got:#?}");
        for (got, expected) in got.iter().zip(expected) {
            assert_eq!((got.0, got.1), (expected.0, expected.1), "{}", got.2);
            assert!(got.2.contains(expected.2), "{} does not say {:?}", got.2, expected.2);
        }
    }

    #[test]
    fn every_problem_is_reported_with_its_place() {
        check(
            r#"[[rule]]
id = "gel/refused"
category = "barrier/investigationl"
patterns = ["is {considered|deemed", "gel ~40 words"]
examples = ["The gel is considered new."]
why = "It matters."
"#,
            &[
                (3, 12, "no category"),
                (4, 17, "never closed"),
                (4, 43, "a gap is a number"),
                (2, 6, "`counter_examples` is missing"),
            ],
        );
        check("[[rule]]\nid = 3\n", &[(2, 6, "not a rule pack")]);
    }

    #[test]
    fn a_macro_may_use_a_later_one_but_not_itself() {
        check("[macros]\nA = \"{x|@A}\"\n", &[(2, 9, "no macro @A")]);
        let text = "[macros]\nA = \"@B c\"\nB = \"b\"\n";
        assert!(RuleSet::parse(&[PackText { name: "m", file: "m.toml", text }]).is_ok());
    }
}
