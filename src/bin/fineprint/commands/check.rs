//! `fineprint rules check`.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use fineprint::matcher::{Matcher, fired};
use fineprint::rules::{Case, CaseVerdict, embedded};
use fineprint::text::LineIndex;

use crate::{Outcome, inputs, output};

/// Runs the command: on the pack in `file` with the embedded ones before it, whose macros it may use, or
/// on the embedded ones.
pub(crate) fn run(file: Option<&Path>) -> Result<Outcome> {
    let more: Vec<_> = file.map(Path::to_owned).into_iter().collect();
    let set = inputs::rule_set(&more)?;
    let matcher = Matcher::new(&set);
    let checked = fineprint::rules::check(&set, &|sentence| fired(&matcher, sentence));
    let name = file.map(inputs::stem);
    let ours = |pack: &str| name.as_deref().is_none_or(|name| name == pack);
    let cases: Vec<&Case> = checked.cases.iter().filter(|case| ours(&case.pack)).collect();
    let wrong: Vec<&Case> = cases.iter().copied().filter(|case| !case.verdict.holds()).collect();
    let mut out = output::writer(None)?;
    let text = file.map(|path| inputs::text_of(path, "the rule pack")).transpose()?;
    for case in &wrong {
        let pack = Pack::of(case, file, text.as_deref());
        complaint(&mut out, case, &pack)?;
    }
    let ids =
        || set.rules.iter().map(|rule| (&rule.id, &rule.pack)).chain(set.cues.iter().map(|cue| (&cue.id, &cue.pack)));
    let own: Vec<&String> = ids().filter(|(_, pack)| ours(pack)).map(|(id, _)| id).collect();
    for advice in checked.advice.iter().filter(|advice| own.iter().any(|id| advice.starts_with(id.as_str()))) {
        writeln!(out, "advice: {advice}")?;
    }
    out.flush()?;
    let holding = cases.len() - wrong.len();
    output::note(&format!(
        "rules and cues: {}; examples and counter-examples that hold: {holding} of {}",
        own.len(),
        cases.len()
    ));
    Ok(if wrong.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

/// A pack's file and text, to say where an example stands.
struct Pack<'a> {
    file: String,
    text: &'a str,
}

impl<'a> Pack<'a> {
    fn of(case: &Case, file: Option<&Path>, text: Option<&'a str>) -> Pack<'a> {
        if let (Some(file), Some(text)) = (file, text) {
            return Pack { file: file.display().to_string(), text };
        }
        let pack = embedded().into_iter().find(|pack| pack.name == case.pack);
        pack.map_or(Pack { file: case.pack.clone(), text: "" }, |pack| Pack {
            file: pack.file.to_owned(),
            text: pack.text,
        })
    }

    /// The place of the case's sentence behind its rule's id, or of the id.
    fn place(&self, case: &Case) -> String {
        let id = self.text.find(&format!("\"{}\"", case.id)).unwrap_or(0);
        let behind = self.text[id..].find(&case.sentence).map(|at| id + at);
        let position = LineIndex::new(self.text).position(self.text, behind.unwrap_or(id));
        format!("{}:{}:{}", self.file, position.line, position.column)
    }
}

fn complaint(out: &mut dyn Write, case: &Case, pack: &Pack<'_>) -> io::Result<()> {
    let what = match case.verdict {
        CaseVerdict::Missing => "missing: does not fire in its example",
        CaseVerdict::Noisy => "noisy: fires in its counter-example",
        CaseVerdict::Validated | CaseVerdict::Silent => return Ok(()),
    };
    writeln!(out, "{}: {} is {what} “{}”", pack.place(case), case.id, case.sentence)
}
