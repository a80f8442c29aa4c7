//! Citations of a policy: beside a quote, and for a reference manager.
//!
//! Each names number, the date of the version, the day of retrieval and the SHA-256 of the copy: policies
//! change under one address, so the copy is what is cited.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Analysis;
use super::clean::clean;

/// A format of reference managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationFormat {
    /// Zotero, EndNote, Mendeley.
    Ris,
    /// LaTeX.
    Bibtex,
    /// The JSON of citeproc, for Pandoc and Zotero.
    CslJson,
}

/// Writes the citations of `analyses`.
///
/// # Errors
/// Those of `out`.
pub fn citations(out: &mut dyn Write, format: CitationFormat, analyses: &[Analysis]) -> io::Result<()> {
    let facts: Vec<Facts> = analyses.iter().map(Facts::of).collect();
    match format {
        CitationFormat::Ris => facts.iter().try_for_each(|facts| out.write_all(facts.ris().as_bytes())),
        CitationFormat::Bibtex => facts.iter().try_for_each(|facts| out.write_all(facts.bibtex().as_bytes())),
        CitationFormat::CslJson => {
            let items: Vec<Value> = facts.iter().map(Facts::csl).collect();
            serde_json::to_writer_pretty(&mut *out, &items)?;
            out.write_all(b"\n")
        }
    }
}

/// What stands behind a quote in brackets, without the page: payer, number, title, version, copy.
pub(super) fn behind_quote(analysis: &Analysis) -> (String, String) {
    let facts = Facts::of(analysis);
    let number = facts.number.map(|number| format!("Medical Policy {number}"));
    let title = Some(format!("“{}”", facts.title));
    // Who reads a quote asks first since when it counts.
    let in_force = facts.dates.iter().find(|(words, _)| *words == "in force");
    let version = in_force.or(facts.dates.first()).map(|(words, date)| format!("{words} {date}"));
    let before: Vec<String> = [facts.payer, number, title, version].into_iter().flatten().collect();
    let retrieved = facts.retrieved.map_or("copy".to_owned(), |date| format!("copy retrieved {date}"));
    let hash = facts.hash.map(|hash| format!(", SHA-256 {hash}")).unwrap_or_default();
    (before.join(", "), format!("{retrieved}{hash}"))
}

/// What a citation is made of.
struct Facts {
    payer: Option<String>,
    number: Option<String>,
    title: String,
    /// The days that tell the version: last review, in force, first in force; a citation has the date of the first.
    dates: Vec<(&'static str, String)>,
    retrieved: Option<String>,
    url: Option<String>,
    hash: Option<String>,
}

impl Facts {
    fn of(analysis: &Analysis) -> Facts {
        let policy = &analysis.policy;
        let own = |text: &Option<String>| text.as_deref().map(|text| clean(text).trim().to_owned());
        let dated = [
            ("reviewed", &policy.last_review_date),
            ("in force", &policy.effective_date),
            ("first in force", &policy.original_effective_date),
        ];
        Facts {
            payer: policy.payer.as_ref().map(|payer| clean(&payer.name).trim().to_owned()),
            number: own(&policy.number),
            title: own(&policy.title).unwrap_or_else(|| clean(super::words::file(analysis))),
            dates: dated.into_iter().filter_map(|(words, date)| own(date).map(|date| (words, date))).collect(),
            retrieved: own(&analysis.source.retrieved_at),
            url: own(&analysis.source.url),
            hash: analysis.source.sha256.clone(),
        }
    }

    /// A short key that stays the same for the same copy.
    fn key(&self) -> String {
        let payer = self.payer.as_deref().unwrap_or("policy");
        let letters = |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
        let hash = self.hash.as_deref().map_or("copy", |hash| &hash[..8]);
        format!("{}-{hash}", letters(payer).to_ascii_lowercase())
    }

    /// The date of the version that is cited: its last review or revision, else since when it is in force.
    fn date(&self) -> Option<&str> {
        self.dates.first().map(|(_, date)| date.as_str())
    }

    /// Which date the citation has, and the copy.
    fn note(&self) -> String {
        let hash = self.hash.as_ref().map_or("not read".to_owned(), |hash| format!("SHA-256 {hash}"));
        let mut dates = self.dates.iter().map(|(words, date)| format!("{words} {date}")).collect::<Vec<_>>();
        if let Some(first) = dates.first_mut() {
            first.insert_str(0, "the date is that of the version: ");
        }
        dates.into_iter().chain([hash]).collect::<Vec<_>>().join("; ")
    }

    fn ris(&self) -> String {
        let slashed = |date: &str| date.replace('-', "/");
        let date = self.date();
        let rows = [
            ("TY", Some("RPRT".to_owned())),
            ("AU", self.payer.clone()),
            ("TI", Some(self.title.clone())),
            ("PB", self.payer.clone()),
            ("SN", self.number.clone()),
            ("PY", date.map(|date| date.chars().take(4).collect())),
            ("DA", date.map(slashed)),
            ("Y2", self.retrieved.as_deref().map(slashed)),
            ("UR", self.url.clone()),
            ("N1", Some(self.note())),
            ("ER", Some(String::new())),
        ];
        let lines = rows.iter().filter_map(|(tag, words)| words.as_ref().map(|words| format!("{tag}  - {words}\n")));
        lines.collect::<String>() + "\n"
    }

    fn bibtex(&self) -> String {
        let rows = [
            ("author", self.payer.clone().map(|payer| format!("{{{}}}", escaped(&payer)))),
            ("title", Some(format!("{{{}}}", escaped(&self.title)))),
            ("institution", self.payer.as_deref().map(escaped)),
            ("number", self.number.as_deref().map(escaped)),
            ("year", self.date().map(|date| date.chars().take(4).collect())),
            ("date", self.date().map(str::to_owned)),
            ("urldate", self.retrieved.clone()),
            ("url", self.url.as_deref().map(|url| url.replace(['{', '}', '\\'], ""))),
            ("note", Some(escaped(&self.note()))),
        ];
        let lines =
            rows.iter().filter_map(|(tag, words)| words.as_ref().map(|words| format!("  {tag} = {{{words}}},\n")));
        format!("@techreport{{{},\n{}}}\n\n", self.key(), lines.collect::<String>())
    }

    fn csl(&self) -> Value {
        let date = |date: &str| {
            let parts: Vec<i32> = date.split('-').filter_map(|part| part.parse().ok()).collect();
            json!({"date-parts": [parts]})
        };
        let mut item = json!({"id": self.key(), "type": "report", "title": self.title, "note": self.note()});
        if let Some(payer) = &self.payer {
            item["author"] = json!([{"literal": payer}]);
            item["publisher"] = json!(payer);
        }
        if let Some(number) = &self.number {
            item["number"] = json!(number);
        }
        if let Some(version) = self.date() {
            item["issued"] = date(version);
        }
        if let Some(retrieved) = &self.retrieved {
            item["accessed"] = date(retrieved);
        }
        if let Some(url) = &self.url {
            item["URL"] = json!(url);
        }
        item
    }
}

/// Words that LaTeX takes as words.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '$' | '#' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Source;
    use crate::rules::RuleSet;

    fn sample() -> Analysis {
        let rules = RuleSet::parse(&[]).expect("no pack is sound");
        let source = Source { path: "a/mp.pdf".to_owned(), url: None, snapshot: None, bytes: 0, retrieved: None };
        let mut analysis = Analysis::failed(&source, "text/plain", "empty", "none", &rules);
        analysis.policy.title = Some("Knees & {hips}\nER  - ".to_owned());
        analysis.policy.number = Some("MP_114".to_owned());
        analysis.policy.effective_date = Some("2025-03-01".to_owned());
        analysis.source.sha256 = Some("3f9a".repeat(16));
        analysis.source.retrieved_at = Some("2026-11-20".to_owned());
        analysis
    }

    fn written(format: CitationFormat) -> String {
        let mut out = Vec::new();
        citations(&mut out, format, &[sample()]).expect("memory takes it");
        String::from_utf8(out).expect("it is UTF-8")
    }

    #[test]
    fn a_title_stays_one_field() {
        let ris = written(CitationFormat::Ris);
        assert_eq!(ris.lines().filter(|line| line.starts_with("ER")).count(), 1, "{ris}");
        assert!(ris.contains("Y2  - 2026/11/20\n") && ris.contains(&"3f9a".repeat(16)), "{ris}");
        let bibtex = written(CitationFormat::Bibtex);
        assert!(bibtex.contains(r"title = {{Knees \& \{hips\} ER  -}}"), "{bibtex}");
        assert!(bibtex.contains(r"number = {MP\_114}"), "{bibtex}");
    }

    #[test]
    fn every_format_names_number_version_retrieval_and_hash() {
        for format in [CitationFormat::Ris, CitationFormat::Bibtex, CitationFormat::CslJson] {
            let digits: String = written(format).chars().filter(char::is_ascii_alphanumeric).collect();
            for words in ["MP114", "20250301", "20261120", &"3f9a".repeat(16)] {
                // The parts of dates in CSL have no leading zeros.
                let short = words.replace("0301", "31");
                assert!(digits.contains(words) || digits.contains(&short), "{format:?} lacks {words}: {digits}");
            }
        }
    }

    #[test]
    fn the_date_is_that_of_the_last_review_where_one_is_known_and_the_note_says_which() {
        let mut reviewed = sample();
        let facts = |analysis: &Analysis| Facts::of(analysis);
        assert!(facts(&reviewed).note().starts_with("the date is that of the version: in force 2025-03-01; SHA-256 "));
        reviewed.policy.last_review_date = Some("2025-06-30".to_owned());
        assert_eq!(facts(&reviewed).date(), Some("2025-06-30"));
        let note = "the date is that of the version: reviewed 2025-06-30; in force 2025-03-01; SHA-256 ";
        assert!(facts(&reviewed).note().starts_with(note), "{}", facts(&reviewed).note());
        assert!(facts(&reviewed).ris().contains("PY  - 2025\nDA  - 2025/06/30\n"));
        assert!(behind_quote(&reviewed).0.contains("in force 2025-03-01"), "as in copied quotes before");
    }

    #[test]
    fn csl_is_json_with_dates_in_parts() {
        let items: Value = serde_json::from_str(&written(CitationFormat::CslJson)).expect("it is JSON");
        assert_eq!(items[0]["issued"]["date-parts"], json!([[2025, 3, 1]]));
        assert_eq!(items[0]["accessed"]["date-parts"], json!([[2026, 11, 20]]));
    }
}
