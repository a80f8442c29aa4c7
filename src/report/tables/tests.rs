//! Cells and their heads, formulas, the dictionary.

use super::{CsvTable, Table, dictionary};
use crate::report::Analysis;
use crate::text::{inert, uttered};

#[test]
fn every_column_of_the_schema_is_described() {
    for row in dictionary() {
        assert!(!row.description.is_empty() && !row.kind.is_empty(), "{row:?}");
    }
}

#[test]
fn names_of_columns_are_distinct() {
    for table in Table::ALL {
        let mut heads = table.heads();
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), table.heads().len(), "{table:?}");
    }
}

#[test]
fn a_cell_never_begins_a_formula() {
    for words in ["=HYPERLINK(1)", "+1", "-2+3", "@x", " =1", "\u{a0}=1"] {
        assert!(inert(words).starts_with('\''), "{words}");
        assert_eq!(uttered(&inert(words)), words);
    }
    for words in ["plain", "a=b", "'tis said", "“-”"] {
        assert_eq!((inert(words).as_str(), uttered(words)), (words, words));
    }
}

#[test]
fn a_document_that_was_not_read_has_its_row_and_no_other() {
    let rules = crate::rules::RuleSet::parse(&[]).expect("no pack is sound");
    let path = "=cmd|x\u{202e}\n\"".to_owned();
    let source = crate::policy::Source { path, url: None, snapshot: None, bytes: 0, retrieved: None };
    let failed = Analysis::failed(&source, "text/plain", "empty", "nothing in it: fetch it again", &rules);
    let lines = |table| {
        let mut out = Vec::new();
        let mut csv = CsvTable::new(table, &mut out).expect("memory takes it");
        csv.take(&failed).expect("memory takes it");
        csv.finish().expect("memory takes it");
        String::from_utf8(out).expect("it is UTF-8")
    };
    let policies = lines(Table::Policies);
    assert_eq!(policies.lines().count(), 2, "{policies}");
    assert!(policies.lines().nth(1).is_some_and(|row| row.starts_with("\"'=cmd|x  \"\"\",")), "{policies}");
    assert_eq!(lines(Table::Findings).lines().count(), 1);
}
