//! From `--baseline` and `--suppress` to marks, and what is said of them at the end.

use std::path::Path;

use anyhow::{Result, anyhow};
use fineprint::pipeline::parse;
use fineprint::report::{Baseline, Marks, Suppression};
use toml::{Table, Value};

use crate::report_args::ReportArgs;
use crate::{inputs, output};

/// The marks that the flags ask for.
pub(crate) fn of(args: &ReportArgs) -> Result<Option<Marks>> {
    if args.baseline.is_none() && args.suppress.is_none() {
        return Ok(None);
    }
    let baseline = args.baseline.as_deref().map(baseline).transpose()?;
    let suppressions = args.suppress.as_deref().map(suppressions).transpose()?;
    Ok(Some(Marks::new(baseline, suppressions.unwrap_or_default())))
}

fn baseline(path: &Path) -> Result<Baseline> {
    Baseline::read(&inputs::text_of(path, "the baseline")?).map_err(|problem| {
        let path = path.display();
        anyhow!("the baseline {path} is not what `analyze --format jsonl` wrote ({problem}): write it again")
    })
}

fn suppressions(path: &Path) -> Result<Vec<Suppression>> {
    let text = inputs::text_of(path, "the suppressions")?;
    parsed(&text).map_err(|problem| anyhow!("the suppressions {}: {problem}", path.display()))
}

/// The `[[suppress]]` tables of a file.
fn parsed(text: &str) -> Result<Vec<Suppression>, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| error.to_string().trim_end().to_owned())?;
    if let Some(key) = table.keys().find(|key| *key != "suppress") {
        return Err(format!("there is no key {key}: a finding is suppressed by [[suppress]] with id, reason and date"));
    }
    let rows = match table.get("suppress") {
        None => return Ok(Vec::new()),
        Some(Value::Array(rows)) => rows,
        Some(_) => return Err("write [[suppress]] with two brackets before each finding".to_owned()),
    };
    let mut suppressions: Vec<Suppression> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let one = suppression(row).map_err(|problem| format!("suppression {}: {problem}", at + 1))?;
        if suppressions.iter().any(|other| other.id == one.id) {
            return Err(format!("suppression {}: the id {} is there already: keep one", at + 1, one.id));
        }
        suppressions.push(one);
    }
    Ok(suppressions)
}

fn suppression(row: &Value) -> Result<Suppression, String> {
    let row = row.as_table().ok_or("it is no table: write [[suppress]] before it")?;
    if let Some(key) = row.keys().find(|key| !["id", "reason", "date"].contains(&key.as_str())) {
        return Err(format!("there is no key {key}: use id, reason and date"));
    }
    let word = |key: &str| {
        let word = match row.get(key) {
            Some(Value::Datetime(day)) => Some(day.to_string()),
            Some(Value::String(word)) => Some(word.trim().to_owned()),
            _ => None,
        };
        word.filter(|word| !word.is_empty()).ok_or(format!("its {key} is missing: write {key} = \"…\""))
    };
    let date = word("date")?;
    parse::date(&date)?;
    Ok(Suppression { id: word("id")?, reason: word("reason")?, date })
}

/// Says how many findings are new, known, gone and suppressed, and which ids nothing has.
pub(crate) fn say(marks: &Marks) {
    let counts = marks.counts();
    if let Some(missing) = marks.missing() {
        let mut line =
            format!("against the baseline: {} new, {} known, {} gone", counts.new, counts.known, counts.gone);
        if missing > 0 {
            line += &format!("; {missing} of its documents are not among these");
        }
        output::note(&line);
    }
    if counts.suppressed > 0 {
        output::note(&format!("suppressed: {} (marked, not left out)", counts.suppressed));
    }
    let unknown = marks.unknown();
    if !unknown.is_empty() {
        let named = output::first_of(unknown.iter().copied());
        let count = unknown.len();
        output::complain(&format!("{count} suppressed ids are of no finding here: {named}; remove what is gone"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suppression_has_an_id_a_reason_and_a_day() {
        let good = "[[suppress]]\nid = \"5f\"\nreason = \"quotes another payer\"\ndate = 2026-11-25\n";
        let read = parsed(good).expect("it is sound");
        assert_eq!((read[0].id.as_str(), read[0].date.as_str()), ("5f", "2026-11-25"));
        let wrong = [
            (good.replace("quotes another payer", " "), "reason is missing"),
            (good.replace("2026-11-25", "\"soon\""), "day"),
            (good.replace("date", "day"), "no key day"),
            (format!("{good}{good}"), "there already"),
            (good.replace("[[suppress]]", "[suppress]"), "two brackets"),
            ("ids = []".to_owned(), "no key ids"),
        ];
        for (text, words) in wrong {
            let error = parsed(&text).expect_err(&text);
            assert!(error.contains(words), "{error}");
        }
    }
}
