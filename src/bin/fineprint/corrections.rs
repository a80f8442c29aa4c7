//! The file of corrections: people's verdicts on findings, a line each; and which of them met no finding.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, anyhow};
use fineprint::pipeline::parse;
use fineprint::report::Analysis;
use fineprint::report::model::CorrectionModel;

use crate::{columns, inputs, output};

/// The columns that a file must have, in any order.
const COLUMNS: [&str; 5] = ["id", "verdict", "who", "why", "date"];

/// The verdicts of the file, by the ids of findings; none without a file.
pub(crate) fn of(path: Option<&Path>) -> Result<BTreeMap<String, CorrectionModel>> {
    let Some(path) = path else { return Ok(BTreeMap::new()) };
    let text = inputs::text_of(path, "the corrections")?;
    parsed(&text).map_err(|problem| anyhow!("the corrections {}: {problem}", path.display()))
}

fn parsed(text: &str) -> Result<BTreeMap<String, CorrectionModel>, String> {
    let mut corrections = BTreeMap::new();
    for (line, cells) in columns::rows(text, COLUMNS)? {
        let [id, verdict, who, why, date] = cells.map(|cell| cell.trim().to_owned());
        let empty = COLUMNS.iter().zip([&id, &verdict, &who, &why, &date]).find(|(_, word)| word.is_empty());
        if let Some((column, _)) = empty {
            return Err(format!("line {line}: its {column} is missing: every line needs all five"));
        }
        if !["accept", "reject"].contains(&verdict.as_str()) {
            return Err(format!("line {line}: {verdict} is no verdict: write accept or reject"));
        }
        parse::date(&date).map_err(|problem| format!("line {line}: {problem}"))?;
        if corrections.insert(id.clone(), CorrectionModel { verdict, who, why, date }).is_some() {
            return Err(format!("line {line}: the id {id} is there already: keep one line"));
        }
    }
    Ok(corrections)
}

/// The ids whose finding has not come yet.
pub(crate) struct Unmet(BTreeSet<String>);

impl Unmet {
    pub(crate) fn new(corrections: &BTreeMap<String, CorrectionModel>) -> Unmet {
        Unmet(corrections.keys().cloned().collect())
    }

    pub(crate) fn take(&mut self, analysis: &Analysis) {
        for finding in analysis.findings.iter().filter(|finding| finding.corrected.is_some()) {
            self.0.remove(&finding.id);
        }
    }

    /// Names what met nothing, and gives it.
    pub(crate) fn say(self) -> Vec<String> {
        let ids: Vec<String> = self.0.into_iter().collect();
        if !ids.is_empty() {
            let named = output::first_of(ids.iter().map(String::as_str));
            let count = output::counted(ids.len(), "correction");
            output::complain(&format!("{count} of no finding here: {named}; look the ids up, or remove the lines"));
        }
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_has_all_five_columns_and_one_line() {
        let good = "\u{feff}id,verdict,who,why,date\n5f,reject,A. B.,\"quotes another, payer\",2026-11-25\n";
        let read = parsed(good).expect("it is sound");
        assert!(!read["5f"].accepts() && read["5f"].why == "quotes another, payer");
        let wrong = [
            (good.replace("reject", "maybe"), "line 2: maybe is no verdict"),
            (good.replace("A. B.", " "), "line 2: its who is missing"),
            (good.replace("2026-11-25", "soon"), "line 2"),
            (good.replace("why,date", "why,day"), "no column date"),
            (format!("{good}5f,accept,C,d,2026-11-25\n"), "line 3: the id 5f is there already"),
        ];
        for (text, words) in wrong {
            let error = parsed(&text).expect_err(&text);
            assert!(error.contains(words), "{error}");
        }
    }
}
