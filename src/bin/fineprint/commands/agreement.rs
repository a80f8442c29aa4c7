//! What `eval --second` prints: how two coders agree.

use std::io::{self, Write};

use fineprint::eval::{Agreement, Agreements, Disagreement, Label};
use serde_json::{Value, json};

/// Writes agreement and Cohen's kappa for each label, and every disagreement.
pub(super) fn table(out: &mut dyn Write, told: &Agreements) -> io::Result<()> {
    let width = told.rows.iter().map(|row| row.label.id().len()).max().unwrap_or(0).max(8);
    writeln!(out, "\ntwo coders, {} units\n{:width$}  both  first  second  neither  agreement  kappa", told.units, "")?;
    for row in &told.rows {
        let kappa = row.kappa().map_or("    –".to_owned(), |kappa| format!("{kappa:5.2}"));
        let Agreement { label, both, first, second, neither } = *row;
        let label = label.id();
        writeln!(out, "{label:width$}  {both:4}  {first:5}  {second:6}  {neither:7}  {:9.3}  {kappa}", row.observed())?;
    }
    writeln!(out, "\n{} disagreements (kappa: Cohen 1960)", told.disagreements.len())?;
    for Disagreement { key, doc, text, first, second } in &told.disagreements {
        writeln!(
            out,
            "\n{key} in {doc}\n  “{text}”\n  only the first: {}; only the second: {}",
            ids(first),
            ids(second)
        )?;
    }
    Ok(())
}

fn ids(labels: &[Label]) -> String {
    let ids: Vec<&str> = labels.iter().map(|label| label.id()).collect();
    if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") }
}

/// The same as JSON.
pub(super) fn as_json(told: &Agreements) -> Value {
    let labels = |labels: &[Label]| labels.iter().map(|label| label.id()).collect::<Vec<_>>();
    let row = |row: &Agreement| {
        json!({
            "label": row.label.id(), "both": row.both, "first": row.first, "second": row.second,
            "neither": row.neither, "agreement": row.observed(), "kappa": row.kappa(),
        })
    };
    let disagreement = |one: &Disagreement| {
        json!({
            "key": one.key, "doc": one.doc, "text": one.text, "first": labels(&one.first), "second": labels(&one.second),
        })
    };
    json!({
        "units": told.units, "alone": told.alone,
        "rows": told.rows.iter().map(row).collect::<Vec<_>>(),
        "disagreements": told.disagreements.iter().map(disagreement).collect::<Vec<_>>(),
    })
}
