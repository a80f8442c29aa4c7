//! From what a pack's file says to rules and cues, every problem collected with its place.

use std::collections::BTreeSet;

use toml::Spanned;

use super::pattern::{self, Macros, PatternError};
use super::set::PackText;
use super::syntax::{self, CueSyntax, ReachSyntax, RuleSyntax};
use super::{Assertion, Category, Cue, Direction, Effect, Force, Holder, Pattern, Reach, Rule, RuleError, Scope};
use crate::text::LineIndex;

/// What several packs give together while they are read.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) rules: Vec<Rule>,
    pub(super) cues: Vec<Cue>,
    pub(super) errors: Vec<RuleError>,
    macros: Macros,
    ids: BTreeSet<String>,
}

/// Reads one pack after those that stand in `collected`, whose macros it may use.
pub(super) fn pack(text: &PackText<'_>, collected: &mut Collected) {
    let mut reader = Reader { pack: text, lines: LineIndex::new(text.text), collected };
    let syntax = match syntax::read(text.text) {
        Ok(syntax) => syntax,
        Err((at, message)) => return reader.error(at, None, format!("this is not a rule pack: {message}")),
    };
    // Macros may use each other in any order: those that can be read are, until none is left that can.
    let mut open: Vec<(&String, &Spanned<String>)> = syntax.macros.iter().collect();
    loop {
        let before = open.len();
        open.retain(|(name, body)| match pattern::node(body.get_ref(), &reader.collected.macros) {
            Ok(node) => {
                reader.collected.macros.insert((*name).clone(), node);
                false
            }
            Err(_) => true,
        });
        if open.is_empty() || open.len() == before {
            break;
        }
    }
    for (_, body) in open {
        if let Err(error) = pattern::node(body.get_ref(), &reader.collected.macros) {
            reader.pattern_error(body, None, &error);
        }
    }
    for rule in syntax.rules {
        reader.rule(rule);
    }
    for cue in syntax.cues {
        reader.cue(cue);
    }
}

struct Reader<'a> {
    pack: &'a PackText<'a>,
    lines: LineIndex,
    collected: &'a mut Collected,
}

impl Reader<'_> {
    fn error(&mut self, at: usize, id: Option<&str>, message: String) {
        self.collected.errors.push(RuleError {
            file: self.pack.file.to_owned(),
            position: self.lines.position(self.pack.text, at),
            id: id.map(str::to_owned),
            message,
        });
    }

    /// The place inside the string is exact where the string holds no escapes.
    fn pattern_error(&mut self, written: &Spanned<String>, id: Option<&str>, error: &PatternError) {
        let span = written.span();
        let quotes = self.pack.text[span.clone()].bytes().take_while(|b| matches!(b, b'"' | b'\'')).count().min(3);
        let at = (span.start + quotes.max(1) + error.at).min(span.end);
        self.error(at, id, format!("in the pattern {:?}: {}", written.get_ref(), error.message));
    }

    fn patterns(&mut self, written: &[Spanned<String>], id: &str) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for one in written {
            match pattern::parse(one.get_ref(), &self.collected.macros) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => self.pattern_error(one, Some(id), &error),
            }
        }
        patterns
    }

    /// The value of a closed set, or an error that names the set.
    fn named<T>(
        &mut self,
        written: &Spanned<String>,
        id: &str,
        what: &str,
        value: Option<T>,
        known: &[&'static str],
    ) -> Option<T> {
        if value.is_none() {
            let message = format!("{:?} is no {what}; there are {}", written.get_ref(), known.join(", "));
            self.error(written.span().start, Some(id), message);
        }
        value
    }

    fn new_id(&mut self, written: &Spanned<String>) -> String {
        let id = written.get_ref().clone();
        let at = written.span().start;
        let word = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !matches!(id.split_once('/'), Some((family, says)) if word(family) && word(says)) {
            self.error(at, Some(&id), format!("an id reads family/what-it-says in lower case, not {id:?}"));
        }
        if !self.collected.ids.insert(id.clone()) {
            self.error(at, Some(&id), format!("the id {id:?} is taken: ids are unique over all packs"));
        }
        id
    }

    fn why(&mut self, written: Option<Spanned<String>>, id: &Spanned<String>) -> String {
        written.map(Spanned::into_inner).unwrap_or_else(|| {
            self.error(
                id.span().start,
                Some(id.get_ref()),
                "say in `why` what it matters for, in a sentence".to_owned(),
            );
            String::new()
        })
    }

    fn rule(&mut self, syntax: RuleSyntax) {
        let id = self.new_id(&syntax.id);
        let ids: Vec<&'static str> = Category::all().map(Category::id).collect();
        let category = Category::from_id(syntax.category.get_ref());
        let category = self.named(&syntax.category, &id, "category", category, &ids);
        let force = syntax.force.as_ref().and_then(|force| self.force(force, &id));
        let scope = syntax.scope.as_ref().and_then(|scope| self.scope(scope, &id));
        let patterns = self.patterns(syntax.patterns.get_ref(), &id);
        if syntax.patterns.get_ref().is_empty() {
            self.error(syntax.patterns.span().start, Some(&id), "a rule needs at least one pattern".to_owned());
        }
        let look_alikes = self.patterns(&syntax.look_alikes, &id);
        for (examples, name) in [(&syntax.examples, "examples"), (&syntax.counter_examples, "counter_examples")] {
            if examples.is_empty() {
                self.error(
                    syntax.id.span().start,
                    Some(&id),
                    format!("`{name}` is missing: give one sentence, better two"),
                );
            }
        }
        let why = self.why(syntax.why, &syntax.id);
        let Some(category) = category else { return };
        let inner = |strings: Vec<Spanned<String>>| strings.into_iter().map(Spanned::into_inner).collect();
        self.collected.rules.push(Rule {
            id,
            category,
            patterns,
            look_alikes,
            force,
            scope,
            boilerplate: syntax.boilerplate,
            examples: inner(syntax.examples),
            counter_examples: inner(syntax.counter_examples),
            why,
            pack: self.pack.name.to_owned(),
        });
    }

    fn force(&mut self, written: &Spanned<String>, id: &str) -> Option<Force> {
        self.named(written, id, "force", Force::from_id(written.get_ref()), &Force::ALL.map(Force::id))
    }

    fn scope(&mut self, written: &Spanned<String>, id: &str) -> Option<Scope> {
        self.named(written, id, "scope", Scope::from_id(written.get_ref()), &Scope::ALL.map(Scope::id))
    }

    fn cue(&mut self, syntax: CueSyntax) {
        let id = self.new_id(&syntax.id);
        let effect = self.effect(&syntax, &id);
        let direction = self.direction(syntax.direction.as_ref(), effect, &id);
        let reach = self.reach(syntax.reach.as_ref(), &id);
        let categories = syntax.categories.iter().flat_map(|written| self.categories(written, &id)).collect();
        let patterns = self.patterns(syntax.patterns.get_ref(), &id);
        let why = self.why(syntax.why, &syntax.id);
        let (Some(effect), Some(direction), Some(reach)) = (effect, direction, reach) else { return };
        let inner = |strings: Vec<Spanned<String>>| strings.into_iter().map(Spanned::into_inner).collect();
        self.collected.cues.push(Cue {
            id,
            effect,
            direction,
            reach,
            patterns,
            categories,
            examples: inner(syntax.examples),
            counter_examples: inner(syntax.counter_examples),
            why,
            pack: self.pack.name.to_owned(),
        });
    }

    fn effect(&mut self, syntax: &CueSyntax, id: &str) -> Option<Effect> {
        let written = &syntax.effect;
        let missing = |reader: &mut Self, field: &str| {
            reader.error(written.span().start, Some(id), format!("this effect needs `{field}` beside it"));
        };
        match written.get_ref().as_str() {
            "payer-speaks" => Some(Effect::PayerSpeaks),
            "veto" => Some(Effect::Veto),
            "pseudo" => Some(Effect::Pseudo),
            "terminate" => Some(Effect::Terminate),
            "force" => match &syntax.force {
                Some(force) => self.force(force, id).map(Effect::Force),
                None => {
                    missing(self, "force");
                    None
                }
            },
            "scope" => match &syntax.scope {
                Some(scope) => self.scope(scope, id).map(Effect::Scope),
                None => {
                    missing(self, "scope");
                    None
                }
            },
            name => {
                let holder = match &syntax.holder {
                    Some(holder) => {
                        let known = Holder::ALL.map(Holder::id);
                        Some(self.named(holder, id, "holder", Holder::from_id(holder.get_ref()), &known)?)
                    }
                    None => None,
                };
                let assertion = Assertion::from_id(name).filter(|&assertion| assertion != Assertion::Present);
                let known = [
                    "negated",
                    "historical",
                    "hypothetical",
                    "attributed",
                    "definitional",
                    "reference",
                    "payer-speaks",
                    "veto",
                    "pseudo",
                    "terminate",
                    "force",
                    "scope",
                ];
                self.named(written, id, "effect", assertion, &known).map(|assertion| Effect::Assert(assertion, holder))
            }
        }
    }

    /// Pseudo cues and terminators need no direction.
    fn direction(&mut self, written: Option<&Spanned<String>>, effect: Option<Effect>, id: &str) -> Option<Direction> {
        let Some(written) = written else {
            return Some(if effect == Some(Effect::Veto) { Direction::Overlap } else { Direction::Both });
        };
        let value = match written.get_ref().as_str() {
            "forward" => Some(Direction::Forward),
            "backward" => Some(Direction::Backward),
            "both" => Some(Direction::Both),
            "overlap" => Some(Direction::Overlap),
            _ => None,
        };
        self.named(written, id, "direction", value, &["forward", "backward", "both", "overlap"])
    }

    fn reach(&mut self, written: Option<&Spanned<ReachSyntax>>, id: &str) -> Option<Reach> {
        let Some(written) = written else { return Some(Reach::Clause) };
        match written.get_ref() {
            ReachSyntax::Words(words) => Some(Reach::Words(*words)),
            ReachSyntax::Named(name) => match name.as_str() {
                "clause" => Some(Reach::Clause),
                "sentence" => Some(Reach::Sentence),
                "block" => Some(Reach::Block),
                other => {
                    let message =
                        format!("{other:?} is no reach; there are a number of words, clause, sentence, block");
                    self.error(written.span().start, Some(id), message);
                    None
                }
            },
        }
    }

    /// A category, or all whose ids begin like `barrier/*`.
    fn categories(&mut self, written: &Spanned<String>, id: &str) -> Vec<Category> {
        let name = written.get_ref();
        let found: Vec<Category> = match name.strip_suffix('*') {
            Some(start) => Category::all().filter(|category| category.id().starts_with(start)).collect(),
            None => Category::from_id(name).into_iter().collect(),
        };
        if found.is_empty() {
            self.error(written.span().start, Some(id), format!("{name:?} is no category and no beginning of one"));
        }
        found
    }
}
