//! From what a pack's file says to what it means: names become values, patterns become nodes, and
//! everything that is wrong is noted with its place before the next entry is read.

use toml::Spanned;

use super::macros::Macros;
use super::nearest::did_you_mean;
use super::notation::{NotationError, parse};
use super::syntax::{CueSyntax, PackSyntax, ReachSyntax, RuleSyntax, Slip};
use super::{
    Assertion, Category, Cue, Direction, Effect, Force, Holder, PackText, Pattern, Reach, Rule, RuleError, Scope,
};
use crate::text::LineIndex;

/// A value with its place in the file.
type Placed = Spanned<String>;

/// One pack's file while its entries are read.
pub(super) struct Reading<'p> {
    pack: PackText<'p>,
    index: LineIndex,
    id: Option<String>,
    errors: Vec<(usize, RuleError)>,
}

impl<'p> Reading<'p> {
    /// Starts on a pack.
    pub(super) fn new(pack: PackText<'p>, slips: Vec<Slip>) -> Reading<'p> {
        let mut reading = Reading { pack, index: LineIndex::new(pack.text), id: None, errors: Vec::new() };
        for slip in slips {
            reading.id = slip.id;
            reading.wrong(slip.at, slip.message);
        }
        reading
    }

    /// Everything that is wrong, in order of place.
    pub(super) fn errors(mut self) -> Vec<RuleError> {
        self.errors.sort_by_key(|(at, _)| *at);
        self.errors.into_iter().map(|(_, error)| error).collect()
    }

    /// The place of byte `at` of the file, for messages about it elsewhere.
    pub(super) fn place(&self, at: usize) -> String {
        let position = self.index.position(self.pack.text, at);
        format!("{}:{}:{}", self.pack.file, position.line, position.column)
    }

    /// Notes a problem at byte `at` of the file.
    pub(super) fn wrong(&mut self, at: usize, message: impl Into<String>) {
        let at = at.min(self.pack.text.len());
        let position = self.index.position(self.pack.text, at);
        let file = self.pack.file.to_owned();
        self.errors.push((at, RuleError { file, position, id: self.id.clone(), message: message.into() }));
    }

    /// Adds the pack's macros to those that are seen.
    pub(super) fn macros(&mut self, syntax: &PackSyntax, macros: &mut Macros) {
        self.id = None;
        for (nth, problem) in macros.define(&syntax.macros) {
            let (name, source) = &syntax.macros[nth];
            let at = if problem.at == usize::MAX { name.span().start } else { self.inside(source, problem.at) };
            self.wrong(at, problem.message);
        }
    }

    /// What a rule means; problems are noted, and what is wrong in it is left out.
    pub(super) fn rule(&mut self, syntax: &RuleSyntax, macros: &Macros) -> Rule {
        self.id = Some(syntax.id.get_ref().clone());
        self.check_id(&syntax.id);
        self.need_patterns(&syntax.id, &syntax.patterns);
        if syntax.examples.is_empty() {
            self.wrong(
                syntax.id.span().start,
                "`examples` is missing: write one sentence or more in which the rule must fire",
            );
        }
        if syntax.counter_examples.is_empty() {
            let message = "`counter_examples` is missing: write one sentence or more in which the rule must not fire";
            self.wrong(syntax.id.span().start, message);
        }
        let category = self.one_of(&syntax.category, "category", Category::from_id, Category::all().map(Category::id));
        Rule {
            id: syntax.id.get_ref().clone(),
            category: category.unwrap_or(Category::Disclaimer),
            patterns: self.patterns(&syntax.patterns, macros),
            look_alikes: self.patterns(&syntax.look_alikes, macros),
            force: self.force(syntax.force.as_ref()),
            scope: self.scope(syntax.scope.as_ref()),
            boilerplate: syntax.boilerplate,
            examples: texts(&syntax.examples),
            counter_examples: texts(&syntax.counter_examples),
            why: self.why(&syntax.id, syntax.why.as_ref()),
            pack: self.pack.name.to_owned(),
        }
    }

    /// What a cue means; problems are noted, and what is wrong in it is left out.
    pub(super) fn cue(&mut self, syntax: &CueSyntax, macros: &Macros) -> Cue {
        self.id = Some(syntax.id.get_ref().clone());
        self.check_id(&syntax.id);
        self.need_patterns(&syntax.id, &syntax.patterns);
        if syntax.examples.is_empty() {
            self.wrong(
                syntax.id.span().start,
                "`examples` is missing: write one sentence or more that show the cue at work",
            );
        }
        let effect = self.effect(syntax);
        Cue {
            id: syntax.id.get_ref().clone(),
            effect,
            direction: self.direction(syntax, effect),
            reach: self.reach(syntax.reach.as_ref()),
            patterns: self.patterns(&syntax.patterns, macros),
            categories: syntax.categories.iter().flat_map(|name| self.categories(name)).collect(),
            examples: texts(&syntax.examples),
            counter_examples: texts(&syntax.counter_examples),
            why: self.why(&syntax.id, syntax.why.as_ref()),
            pack: self.pack.name.to_owned(),
        }
    }

    fn check_id(&mut self, id: &Placed) {
        let well_formed = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        let parts: Vec<&str> = id.get_ref().split('/').collect();
        if parts.len() != 2 || !parts.into_iter().all(well_formed) {
            let message =
                format!("the id `{}` must be `family/what-it-says` in small letters, digits and dashes", id.get_ref());
            self.wrong(id.span().start, message);
        }
    }

    fn need_patterns(&mut self, id: &Placed, patterns: &[Placed]) {
        if patterns.is_empty() {
            self.wrong(id.span().start, "`patterns` is empty: write at least one");
        }
    }

    fn why(&mut self, id: &Placed, why: Option<&Placed>) -> String {
        let why = why.map(|why| why.get_ref().trim()).unwrap_or_default();
        if why.is_empty() {
            self.wrong(id.span().start, "`why` is missing: say in a sentence why it matters");
        }
        why.to_owned()
    }

    fn patterns(&mut self, sources: &[Placed], macros: &Macros) -> Vec<Pattern> {
        let mut patterns = Vec::with_capacity(sources.len());
        for source in sources {
            match parse(source.get_ref(), &|name| macros.get(name)) {
                Ok(node) => patterns.push(Pattern { source: source.get_ref().clone(), node }),
                Err(NotationError { at, message }) => {
                    let at = self.inside(source, at);
                    self.wrong(at, message);
                }
            }
        }
        patterns
    }

    /// The byte of the file at which byte `offset` of a string's value stands; the string's start where escapes hide it.
    fn inside(&self, value: &Placed, offset: usize) -> usize {
        let span = value.span();
        let raw = self.pack.text.get(span.clone()).unwrap_or_default();
        match raw.find(value.get_ref().as_str()) {
            Some(quotes) if !raw.contains('\\') || raw.starts_with('\'') => span.start + quotes + offset,
            _ => span.start,
        }
    }

    fn one_of<'n, T>(
        &mut self,
        value: &Placed,
        what: &str,
        from: impl Fn(&str) -> Option<T>,
        known: impl Iterator<Item = &'n str>,
    ) -> Option<T> {
        let name = value.get_ref();
        let found = from(name);
        if found.is_none() {
            let list: Vec<&str> = known.collect();
            let hint = did_you_mean(name, list.iter().copied());
            let all = if hint.is_empty() && list.len() <= 12 { format!("; one of {}", list.join(", ")) } else { hint };
            self.wrong(value.span().start, format!("unknown {what} `{name}`{all}"));
        }
        found
    }

    fn force(&mut self, value: Option<&Placed>) -> Option<Force> {
        self.one_of(value?, "force", Force::from_id, Force::ALL.into_iter().map(Force::id))
    }

    fn scope(&mut self, value: Option<&Placed>) -> Option<Scope> {
        self.one_of(value?, "scope", Scope::from_id, Scope::ALL.into_iter().map(Scope::id))
    }

    fn categories(&mut self, name: &Placed) -> Vec<Category> {
        if let Some(start) = name.get_ref().strip_suffix('*') {
            let found: Vec<Category> = Category::all().filter(|category| category.id().starts_with(start)).collect();
            if found.is_empty() {
                self.wrong(name.span().start, format!("no category starts with `{start}`"));
            }
            return found;
        }
        self.one_of(name, "category", Category::from_id, Category::all().map(Category::id)).into_iter().collect()
    }

    fn effect(&mut self, syntax: &CueSyntax) -> Effect {
        let name = &syntax.effect;
        let holder = syntax
            .holder
            .as_ref()
            .and_then(|holder| self.one_of(holder, "holder", Holder::from_id, Holder::ALL.into_iter().map(Holder::id)));
        let (force, scope) = (self.force(syntax.force.as_ref()), self.scope(syntax.scope.as_ref()));
        if let (Some(holder), false) = (&syntax.holder, name.get_ref() == "attributed") {
            self.wrong(holder.span().start, "`holder` stands only beside `effect = \"attributed\"`");
        }
        self.need_value(name, "force", syntax.force.as_ref());
        self.need_value(name, "scope", syntax.scope.as_ref());
        let effect = match name.get_ref().as_str() {
            "payer-speaks" => Some(Effect::PayerSpeaks),
            "veto" => Some(Effect::Veto),
            "pseudo" => Some(Effect::Pseudo),
            "terminate" => Some(Effect::Terminate),
            "force" => Some(Effect::Force(force.unwrap_or(Force::Categorical))),
            "scope" => Some(Effect::Scope(scope.unwrap_or(Scope::Listed))),
            "present" => None,
            other => Assertion::from_id(other).map(|assertion| Effect::Assert(assertion, holder)),
        };
        let effects = ["payer-speaks", "veto", "pseudo", "terminate", "force", "scope"];
        let known = Assertion::ALL.into_iter().skip(1).map(Assertion::id).chain(effects);
        self.one_of(name, "effect", |_| effect, known).unwrap_or(Effect::Pseudo)
    }

    /// A cue with that effect needs the value of that name, and no other cue may have it.
    fn need_value(&mut self, effect: &Placed, name: &str, value: Option<&Placed>) {
        match (effect.get_ref() == name, value) {
            (true, None) => {
                self.wrong(effect.span().start, format!("`effect = \"{name}\"` needs `{name} = \"...\"` beside it"));
            }
            (false, Some(value)) => {
                self.wrong(value.span().start, format!("`{name}` stands only beside `effect = \"{name}\"`"));
            }
            _ => {}
        }
    }

    fn direction(&mut self, syntax: &CueSyntax, effect: Effect) -> Direction {
        let from = |name: &str| {
            Some(match name {
                "forward" => Direction::Forward,
                "backward" => Direction::Backward,
                "both" => Direction::Both,
                "overlap" => Direction::Overlap,
                _ => return None,
            })
        };
        if let Some(name) = &syntax.direction {
            let known = ["forward", "backward", "both", "overlap"];
            return self.one_of(name, "direction", from, known.into_iter()).unwrap_or(Direction::Both);
        }
        match effect {
            Effect::Veto | Effect::Pseudo => Direction::Overlap,
            Effect::Terminate => Direction::Both,
            _ => {
                self.wrong(syntax.id.span().start, "`direction` is missing: forward, backward, both or overlap");
                Direction::Both
            }
        }
    }

    fn reach(&mut self, value: Option<&Spanned<ReachSyntax>>) -> Reach {
        let Some(value) = value else { return Reach::Sentence };
        match value.get_ref() {
            ReachSyntax::Words(words) => Reach::Words(*words),
            ReachSyntax::Name(name) => match name.as_str() {
                "clause" => Reach::Clause,
                "sentence" => Reach::Sentence,
                "block" => Reach::Block,
                _ => {
                    let message = format!("unknown reach `{name}`: a number of words, clause, sentence or block");
                    self.wrong(value.span().start, message);
                    Reach::Sentence
                }
            },
        }
    }
}

fn texts(values: &[Placed]) -> Vec<String> {
    values.iter().map(|value| value.get_ref().clone()).collect()
}
