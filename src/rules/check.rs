//! Whether rules and cues do what their examples and counter-examples say.
//!
//! Knows no matcher: the caller hands in a function that tells what fires in one sentence.

use super::{CueIndex, RuleIndex, RuleSet};

/// What fires in a sentence, look-alikes applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fired {
    /// The rules.
    pub rules: Vec<RuleIndex>,
    /// The cues.
    pub cues: Vec<CueIndex>,
}

/// How an example came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseVerdict {
    /// The rule fires in its example.
    Validated,
    /// The rule does not fire in its example.
    Missing,
    /// The rule is silent in its counter-example.
    Silent,
    /// The rule fires in its counter-example.
    Noisy,
}

impl CaseVerdict {
    /// The name in outputs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            CaseVerdict::Validated => "validated",
            CaseVerdict::Missing => "missing",
            CaseVerdict::Silent => "ok",
            CaseVerdict::Noisy => "noisy",
        }
    }

    /// Whether the rule does what the case says.
    #[must_use]
    pub fn holds(self) -> bool {
        matches!(self, CaseVerdict::Validated | CaseVerdict::Silent)
    }
}

/// One example or counter-example with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The rule or cue.
    pub id: String,
    /// The pack that it stands in.
    pub pack: String,
    /// The sentence.
    pub sentence: String,
    /// How it came out.
    pub verdict: CaseVerdict,
}

/// What `check` finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Every example, then every counter-example of each rule, then of each cue, in order.
    pub cases: Vec<Case>,
    /// What holds but should be better, such as a rule with a single example.
    pub advice: Vec<String>,
}

impl Checked {
    /// Whether every case holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.cases.iter().all(|case| case.verdict.holds())
    }
}

/// Tries every example and counter-example of `rules`; `fires` tells what fires in one sentence.
///
/// A cue holds where its words are found; whether a match is in reach is the context room's to test.
#[must_use]
pub fn check(rules: &RuleSet, fires: &dyn Fn(&str) -> Fired) -> Checked {
    let mut checked = Checked::default();
    for (index, rule) in (0..).map(RuleIndex).zip(&rules.rules) {
        let mut run = Run { id: &rule.id, pack: &rule.pack, checked: &mut checked };
        let hits = |sentence: &str| fires(sentence).rules.contains(&index);
        run.cases(&rule.examples, &rule.counter_examples, &hits);
        run.advise(rule.examples.len(), "example");
        run.advise(rule.counter_examples.len(), "counter-example");
    }
    for (index, cue) in (0..).map(CueIndex).zip(&rules.cues) {
        let mut run = Run { id: &cue.id, pack: &cue.pack, checked: &mut checked };
        let hits = |sentence: &str| fires(sentence).cues.contains(&index);
        run.cases(&cue.examples, &cue.counter_examples, &hits);
        run.advise(cue.examples.len(), "example");
    }
    checked
}

struct Run<'c> {
    id: &'c str,
    pack: &'c str,
    checked: &'c mut Checked,
}

impl Run<'_> {
    fn cases(&mut self, examples: &[String], counter_examples: &[String], hits: &dyn Fn(&str) -> bool) {
        for sentence in examples {
            self.case(sentence, if hits(sentence) { CaseVerdict::Validated } else { CaseVerdict::Missing });
        }
        for sentence in counter_examples {
            self.case(sentence, if hits(sentence) { CaseVerdict::Noisy } else { CaseVerdict::Silent });
        }
    }

    fn case(&mut self, sentence: &str, verdict: CaseVerdict) {
        let (id, pack) = (self.id.to_owned(), self.pack.to_owned());
        self.checked.cases.push(Case { id, pack, sentence: sentence.to_owned(), verdict });
    }

    fn advise(&mut self, count: usize, what: &str) {
        if count == 1 {
            self.checked.advice.push(format!("{} has one {what}: two or more say better what is meant", self.id));
        }
    }
}
