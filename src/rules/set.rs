//! A set of packs, read and checked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use toml::Spanned;

use super::macros::Macros;
use super::meaning::Reading;
use super::syntax::read;
use super::{
    Cue, CueIndex, DatedFact, EvidenceTerms, Law, Pattern, Rule, RuleError, RuleIndex, Topic, Weights, evidence, law,
    topic,
};

/// The pack whose macros all later packs see.
const CORE: &str = "core";

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
    /// What statements can be about, for naming and choosing them.
    pub topics: Vec<Topic>,
    /// Deadlines, rules and notes by line of business.
    pub law: Law,
    /// Events that overtake what policies say.
    pub facts: Vec<DatedFact>,
    /// What payers ask of evidence, and by which words.
    pub evidence: Arc<EvidenceTerms>,
    /// The names of the packs, in order.
    pub packs: Vec<String>,
    /// The content id: changes whenever a verdict could.
    pub id: String,
}

impl RuleSet {
    /// Reads packs, all problems of all files at once.
    ///
    /// The macros of the pack named `core` are seen by all packs behind it.
    ///
    /// # Errors
    /// Everything that is wrong with the packs, in order of file and place.
    pub fn parse(packs: &[PackText<'_>]) -> Result<RuleSet, Vec<RuleError>> {
        let mut parsing = Parsing::default();
        for pack in packs {
            parsing.pack(*pack);
        }
        if !parsing.errors.is_empty() {
            return Err(parsing.errors);
        }
        let weights = Weights::default();
        let (topics, law, facts) = (topic::embedded(), law::law(), law::facts());
        let data = format!("{}\u{1f}{law:?}\u{1f}{facts:?}\u{1f}{}", topic::canonical(&topics), evidence::TEXT);
        let id = content_id(&parsing.rules, &parsing.cues, &weights, &data);
        let packs = packs.iter().map(|pack| pack.name.to_owned()).collect();
        let evidence = Arc::new(evidence::embedded());
        let Parsing { rules, cues, .. } = parsing;
        Ok(RuleSet { rules, cues, weights, topics, law, facts, evidence, packs, id })
    }

    /// The rule at that place.
    #[must_use]
    pub fn rule(&self, index: RuleIndex) -> &Rule {
        &self.rules[index.0 as usize]
    }

    /// The cue at that place.
    #[must_use]
    pub fn cue(&self, index: CueIndex) -> &Cue {
        &self.cues[index.0 as usize]
    }
}

#[derive(Default)]
struct Parsing {
    core: Macros,
    rules: Vec<Rule>,
    cues: Vec<Cue>,
    /// Ids with the place of their first use.
    places: BTreeMap<String, String>,
    errors: Vec<RuleError>,
}

impl Parsing {
    fn pack(&mut self, pack: PackText<'_>) {
        let (syntax, slips) = read(pack.text);
        let mut reading = Reading::new(pack, slips);
        let mut macros = self.core.clone();
        reading.macros(&syntax, &mut macros);
        for rule in &syntax.rules {
            let rule = rule.get_ref();
            self.rules.push(reading.rule(rule, &macros));
            self.once(&rule.id, &mut reading);
        }
        for cue in &syntax.cues {
            let cue = cue.get_ref();
            self.cues.push(reading.cue(cue, &macros));
            self.once(&cue.id, &mut reading);
        }
        if pack.name == CORE {
            self.core = macros;
        }
        self.errors.extend(reading.errors());
    }

    fn once(&mut self, id: &Spanned<String>, reading: &mut Reading<'_>) {
        let at = id.span().start;
        if let Some(first) = self.places.get(id.get_ref()) {
            reading.wrong(at, format!("the id `{}` stands already at {first}", id.get_ref()));
        } else {
            self.places.insert(id.get_ref().clone(), reading.place(at));
        }
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of everything that decides verdicts; examples and reasons do not.
fn content_id(rules: &[Rule], cues: &[Cue], weights: &Weights, data: &str) -> String {
    let mut text = String::new();
    let mut line = |parts: &[&str]| {
        text.push_str(&parts.join("\u{1f}"));
        text.push('\n');
    };
    for rule in rules {
        let force = rule.force.map_or("", super::Force::id);
        let scope = rule.scope.map_or("", super::Scope::id);
        let boilerplate = if rule.boilerplate { "boilerplate" } else { "" };
        line(&["rule", &rule.id, rule.category.id(), force, scope, boilerplate]);
        line(&["patterns", &canonical(&rule.patterns), &canonical(&rule.look_alikes)]);
    }
    for cue in cues {
        let rest = format!("{:?}\u{1f}{:?}\u{1f}{:?}\u{1f}{:?}", cue.effect, cue.direction, cue.reach, cue.categories);
        line(&["cue", &cue.id, &rest, &canonical(&cue.patterns)]);
    }
    line(&["weights", &format!("{weights:?}")]);
    line(&["data", data]);
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string can always be written to");
        hex
    })
}

fn canonical(patterns: &[Pattern]) -> String {
    patterns.iter().map(|pattern| pattern.node.to_string()).collect::<Vec<_>>().join("\u{1e}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Assertion, Category, Effect, Holder, Reach};

    fn pack<'t>(name: &'t str, text: &'t str) -> PackText<'t> {
        PackText { name, file: name, text }
    }

    fn check(text: &str, expected: &[(usize, usize, &str)]) {
        let errors = RuleSet::parse(&[pack("mine", text)]).unwrap_err();
        let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(errors.len(), expected.len(), "{}", shown.join("\n"));
        for (error, expected) in errors.iter().zip(expected) {
            let place = (error.position.line, error.position.column);
            assert_eq!(place, (expected.0, expected.1), "{}", error.message);
            assert!(error.message.contains(expected.2), "{} does not say {:?}", error.message, expected.2);
        }
    }

    /// A sound rule with these patterns, as its lines.
    fn rule(id: &str, patterns: &str) -> String {
        format!(
            "[[rule]]\nid = {id:?}\ncategory = \"barrier/investigational\"\npatterns = {patterns}\n\
             examples = [\"x\"]\ncounter_examples = [\"y\"]\nwhy = \"z\"\n"
        )
    }

    #[test]
    fn every_problem_is_reported_with_its_place() {
        check(
            r#"[[rule]]
id = "gel/refused"
category = "barrier/investigationl"
patterns = ["is {considered|deemed", "gel ~99 words"]
examples = ["The gel is considered new."]
why = "It matters."
[[rule]]
id = 3
[[rule]]
id = "Gel"
category = "barrier/investigational"
patterns = []
examples = ["a"]
counter_examples = ["b"]
whi = "c"
"#,
            &[
                (2, 6, "`counter_examples` is missing"),
                (3, 12, "did you mean `barrier/investigational`"),
                (4, 17, "never closed"),
                (4, 43, "a gap is"),
                (8, 6, "invalid type"),
                (15, 1, "unknown field `whi`"),
            ],
        );
    }

    #[test]
    fn columns_count_code_points_and_multi_line_strings_keep_lines() {
        let text = rule("a/b", "[\n  'é “x” ]',\n  \"\"\"\n  a\n  }\"\"\",\n  \"a\\tb }\"]");
        check(&text, &[(5, 10, "closes nothing"), (8, 3, "closes nothing"), (9, 3, "closes nothing")]);
    }

    #[test]
    fn an_id_stands_once_over_all_packs() {
        let (one, two) = (rule("a/b", "[\"c\"]"), rule("a/b", "[\"d\"]"));
        let errors = RuleSet::parse(&[pack("one", &one), pack("two", &two)]).unwrap_err();
        assert_eq!(errors[0].to_string(), "two:2:6: the id `a/b` stands already at one:2:6");
    }

    #[test]
    fn a_macro_may_use_a_later_one_but_not_itself() {
        check("[macros]\nA = \"{x|@A}\"\n", &[(2, 9, "part of itself")]);
        check(
            "[macros]\nbe = \"is\"\nBE = \"is {\"\nC = \"@BEE\"\n",
            &[(2, 1, "capitals"), (3, 10, "never closed"), (4, 6, "did you mean `BE`")],
        );
        let text = format!("[macros]\nA = \"@B c\"\nB = \"b\"\n{}", rule("a/b", "[\"@A\"]"));
        let set = RuleSet::parse(&[pack("mine", &text)]).unwrap();
        assert_eq!(set.rules[0].patterns[0].node.to_string(), "b c");
    }

    #[test]
    fn only_the_macros_of_the_core_pack_are_seen_elsewhere() {
        let uses = rule("a/b", "[\"@BE covered\"]");
        let core = "[macros]\nBE = \"is\"\n";
        assert!(RuleSet::parse(&[pack("core", core), pack("mine", &uses)]).is_ok());
        assert!(RuleSet::parse(&[pack("other", core), pack("mine", &uses)]).is_err());
    }

    #[test]
    fn cues_say_all_that_they_need() {
        let cue = |lines: &str| {
            format!("[[cue]]\nid = \"a/b\"\npatterns = [\"x\"]\nexamples = [\"x\"]\nwhy = \"y\"\n{lines}")
        };
        let sound = cue(
            "effect = \"attributed\"\nholder = \"society\"\ndirection = \"forward\"\nreach = 3\ncategories = [\"hedge/*\"]",
        );
        let set = RuleSet::parse(&[pack("mine", &sound)]).unwrap();
        let effect = Effect::Assert(Assertion::Attributed, Some(Holder::Society));
        assert_eq!((set.cues[0].effect, set.cues[0].reach), (effect, Reach::Words(3)));
        assert_eq!(set.cues[0].categories, [Category::Ambiguity, Category::OpenList]);
        check(&cue("effect = \"force\"\ndirection = \"forward\""), &[(6, 10, "needs `force")]);
        check(
            &cue("effect = \"negated\"\nholder = \"fda\"\nreach = \"line\""),
            &[(2, 6, "`direction` is missing"), (7, 10, "stands only beside"), (8, 9, "unknown reach")],
        );
        check(
            &cue("effect = \"negate\"\ndirection = \"up\"\nreach = \"block\"\ncategories = [\"bar*\", \"lever/*\"]"),
            &[(6, 10, "did you mean `negated`"), (7, 13, "one of forward"), (9, 23, "no category starts")],
        );
    }

    #[test]
    fn the_content_id_changes_with_verdicts_and_not_with_examples() {
        let id = |text: &str| RuleSet::parse(&[pack("mine", text)]).unwrap().id;
        let text = rule("a/b", "[\"c\"]");
        assert_eq!(id(&text).len(), 16);
        assert_eq!(id(&text), id(&text.replace("\"x\"", "\"another\"")));
        assert_ne!(id(&text), id(&text.replace("\"c\"", "\"c*\"")));
        assert_ne!(id(&text), id(&format!("{text}boilerplate = true\n")));
    }
}
