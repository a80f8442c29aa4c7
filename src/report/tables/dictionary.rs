//! The data dictionary: what each column of each table is, taken from the schema.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::Value;

use super::Table;
use crate::report::JSON_SCHEMA;

/// One column with its type and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// The table.
    pub table: Table,
    /// The column.
    pub column: &'static str,
    /// `text`, `number`, `yes or no`, `date`, `list` or the values that it may take.
    pub kind: String,
    /// What it says.
    pub description: String,
    /// Its place in the JSON, such as `findings[].page`; empty where it is counted.
    pub path: &'static str,
}

/// Every column of every table.
#[must_use]
pub fn dictionary() -> Vec<Described> {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).expect("invariant: the schema is JSON, as a test holds");
    let of_table = |table: Table| table.described().into_iter().map(move |column| (table, column));
    let describe = |(table, (column, path, says)): (Table, (&'static str, &'static str, &'static str))| {
        let found = if path.is_empty() { None } else { property(&schema, path) };
        Described {
            table,
            column,
            kind: found.as_ref().map_or_else(|| "number".to_owned(), |found| kind(&schema, &found.0)),
            description: found.map_or_else(|| says.to_owned(), |found| found.1),
            path,
        }
    };
    Table::ALL.into_iter().flat_map(of_table).map(describe).collect()
}

/// The dictionary as a page.
#[must_use]
pub fn dictionary_markdown() -> String {
    let mut out = String::from(
        "# The tables, column by column\n\nWritten by `fineprint schema --dictionary` from `analysis.schema.json`. \
         `--format csv` and `--format xlsx` hold these tables; an empty cell is `null` or an empty list, several \
         values stand with `; ` between them, yes and no are the JSON's true and false.\n",
    );
    for table in Table::ALL {
        let _ = write!(
            out,
            "\n## {}\n\nKey: {}\n\n| column | type | what it says | in the JSON |\n",
            table.id(),
            table.key()
        );
        out += "| --- | --- | --- | --- |\n";
        for row in dictionary().iter().filter(|row| row.table == table) {
            let path = if row.path.is_empty() { "counted".to_owned() } else { format!("`{}`", row.path) };
            let _ =
                writeln!(out, "| {} | {} | {} | {path} |", row.column, row.kind, row.description.replace('|', "\\|"));
        }
    }
    out
}

/// Writes the dictionary as a table of its own.
///
/// # Errors
/// Those of `out`.
pub fn dictionary_csv(out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(["table", "column", "type", "description", "in_the_json"])?;
    for row in dictionary() {
        writer.write_record([row.table.id(), row.column, &row.kind, &row.description, row.path])?;
    }
    writer.flush()
}

/// The schema of the property at `path`, and the nearest description.
fn property(schema: &Value, path: &str) -> Option<(Value, String)> {
    let mut at = resolved(schema, schema);
    let mut description = String::new();
    for part in path.split('.') {
        let (name, is_list) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
        let found = at.get("properties")?.get(name)?;
        description = said(schema, found).unwrap_or(description);
        at = resolved(schema, found);
        if is_list {
            at = resolved(schema, at.get("items")?);
        }
    }
    Some((at.clone(), description))
}

/// The words of a property: its own, or those of what it refers to.
fn said(schema: &Value, found: &Value) -> Option<String> {
    let own = |value: &Value| value.get("description").and_then(Value::as_str).map(str::to_owned);
    own(found).or_else(|| own(resolved(schema, found)))
}

/// What a property refers to, without its `null`.
fn resolved<'s>(schema: &'s Value, found: &'s Value) -> &'s Value {
    if let Some(target) = found.get("$ref").and_then(Value::as_str) {
        return schema.pointer(target.trim_start_matches('#')).map_or(found, |target| resolved(schema, target));
    }
    match found.get("anyOf").and_then(Value::as_array).and_then(|choices| choices.first()) {
        Some(first) => resolved(schema, first),
        None => found,
    }
}

fn kind(schema: &Value, property: &Value) -> String {
    let property = resolved(schema, property);
    if let Some(values) = property.get("enum").and_then(Value::as_array) {
        return values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
    }
    let types = match property.get("type") {
        Some(Value::Array(types)) => types.first().and_then(Value::as_str),
        Some(one) => one.as_str(),
        None => None,
    };
    let pattern = property.get("pattern").and_then(Value::as_str).unwrap_or_default();
    match types {
        Some("integer" | "number") => "number",
        Some("boolean") => "yes or no",
        Some("array") => "list",
        _ if pattern.contains(r"\d{4}-") => "date, YYYY-MM-DD",
        _ => "text",
    }
    .to_owned()
}
