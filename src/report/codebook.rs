//! The rule packs as a codebook: code, definition, what counts, what does not, examples.

use std::io::{self, Write};

use super::html::Esc;
use super::markdown::escaped;
use super::own::GENERATOR;
use crate::rules::{Category, Rule, RuleSet};

/// One category with its rules.
struct Code<'r> {
    category: Category,
    rules: Vec<&'r Rule>,
}

impl<'r> Code<'r> {
    /// Sentences of all its rules, without repetition, in the order of the packs.
    fn all(&self, of: impl Fn(&'r Rule) -> Vec<&'r str>) -> Vec<&'r str> {
        let mut seen = Vec::new();
        for words in self.rules.iter().flat_map(|rule| of(rule)) {
            if !seen.contains(&words) {
                seen.push(words);
            }
        }
        seen
    }

    /// The codebook's parts: what counts, what does not, examples, counter-examples.
    fn parts(&self) -> [(&'static str, Vec<&'r str>); 4] {
        let texts = |texts: &'r [String]| texts.iter().map(String::as_str).collect();
        let sources = |rule: &'r Rule| rule.look_alikes.iter().map(|pattern| pattern.source.as_str()).collect();
        [
            ("Include", self.all(|rule| vec![rule.why.as_str()])),
            ("Exclude: the same words in these phrases", self.all(sources)),
            ("Examples", self.all(|rule| texts(&rule.examples))),
            ("Not this code", self.all(|rule| texts(&rule.counter_examples))),
        ]
    }
}

/// The codes that have rules, in the order of the taxonomy.
fn codes(rules: &RuleSet) -> Vec<Code<'_>> {
    let code =
        |category| Code { category, rules: rules.rules.iter().filter(|rule| rule.category == category).collect() };
    Category::all().map(code).filter(|code| !code.rules.is_empty()).collect()
}

/// What stands above the codes: the version that they were applied in.
fn preface(rules: &RuleSet) -> String {
    format!(
        "Codes as applied by fineprint {}, rule set {}: {} rules and {} cues in the packs {}. A code counts as the payer's own \
         statement in force unless a cue shows it to be negated, historical, hypothetical, attributed, definitional or a \
         reference (ConText; Harkema et al. 2009).",
        env!("CARGO_PKG_VERSION"),
        rules.id,
        rules.rules.len(),
        rules.cues.len(),
        rules.packs.join(", ")
    )
}

fn group(category: Category) -> &'static str {
    category.group().map_or("none", crate::rules::Group::id)
}

/// Writes the codebook as Markdown.
///
/// # Errors
/// Those of the writer.
pub fn codebook_markdown(out: &mut dyn Write, rules: &RuleSet) -> io::Result<()> {
    writeln!(out, "# Codebook\n\n{}", escaped(&preface(rules)))?;
    for code in codes(rules) {
        let (category, definition) = (code.category, code.category.definition());
        writeln!(out, "\n## {}\n\nGroup: {}. {}", category.id(), group(category), escaped(definition))?;
        for (title, words) in code.parts().into_iter().filter(|(_, words)| !words.is_empty()) {
            writeln!(out, "\n**{title}**\n")?;
            words.iter().try_for_each(|words| writeln!(out, "- {}", escaped(words)))?;
        }
    }
    Ok(())
}

/// Writes the codebook as one page of HTML without scripts.
///
/// # Errors
/// Those of the writer.
pub fn codebook_html(out: &mut dyn Write, rules: &RuleSet) -> io::Result<()> {
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n<title>Codebook</title>\n\
         <style>body{{font:16px/1.5 serif;max-width:46rem;margin:2rem auto;padding:0 1rem}}h2{{font-size:1.1rem}}\
         h3{{font-size:1rem}}</style>\n</head>\n<body>\n<h1>Codebook</h1>\n<p>{}</p>",
        Esc(&preface(rules))
    )?;
    for code in codes(rules) {
        let (category, definition) = (code.category, code.category.definition());
        writeln!(out, "<h2>{}</h2>\n<p>Group: {}. {}</p>", category.id(), group(category), Esc(definition))?;
        for (title, words) in code.parts().into_iter().filter(|(_, words)| !words.is_empty()) {
            writeln!(out, "<h3>{title}</h3>\n<ul>")?;
            words.iter().try_for_each(|words| writeln!(out, "<li>{}</li>", Esc(words)))?;
            writeln!(out, "</ul>")?;
        }
    }
    writeln!(out, "</body>\n</html>")
}
