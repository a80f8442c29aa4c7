//! Claims of JSON and JSON lines: every object that has a quote, and every match at its place.

use serde_json::Value;

use super::{Claims, normal};

/// Reads one array, one object, or an object a line.
pub(super) fn read(report: &str, claims: &mut Claims) -> Result<(), String> {
    let wrong =
        |line: usize, error: &serde_json::Error| format!("line {line} is no JSON ({error}): write the report again");
    if report.trim_start().starts_with('[') {
        let all: Vec<Value> = serde_json::from_str(report).map_err(|error| wrong(error.line(), &error))?;
        // An array has an element a line, behind the line of its bracket.
        all.iter().enumerate().for_each(|(index, analysis)| document(analysis, index + 2, claims));
        return Ok(());
    }
    for (index, line) in report.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(analysis) => document(&analysis, index + 1, claims),
            // A single object may be spread over lines.
            Err(error) => match serde_json::from_str(report) {
                Ok(analysis) => {
                    document(&analysis, 1, claims);
                    return Ok(());
                }
                Err(_) => return Err(wrong(index + 1, &error)),
            },
        }
    }
    Ok(())
}

fn document(analysis: &Value, line: usize, claims: &mut Claims) {
    let Some(hash) = analysis.pointer("/source/sha256").and_then(Value::as_str) else {
        if analysis.pointer("/source/path").is_none() {
            claims.fault(line, "an object without source: it is no analysis");
        }
        return;
    };
    if let Some(path) = analysis.pointer("/source/path").and_then(Value::as_str) {
        claims.path(path);
    }
    walk(analysis, hash, line, claims);
}

fn walk(value: &Value, hash: &str, line: usize, claims: &mut Claims) {
    let words = |name: &str| value.get(name).and_then(Value::as_str);
    let page = |name: &str| value.get(name).and_then(Value::as_u64).and_then(|page| u32::try_from(page).ok());
    if let Some(quote) = words("quote").filter(|quote| !quote.is_empty()) {
        claims.claim(line, hash, quote, page("page"));
    }
    if let Some(item) = words("item") {
        claims.claim(line, hash, item, page("item_page"));
    }
    if let (Some(matched), Some(span)) = (words("match").filter(|words| !words.is_empty()), value.get("span")) {
        let at = |name: &str| span.get(name).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
        claims.claim(line, hash, matched, None);
        if let Some(claim) = claims.claims.last_mut() {
            claim.span = at("start").zip(at("end"));
            claim.words = normal(matched);
        }
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, hash, line, claims)),
        Value::Object(fields) => fields.values().for_each(|field| walk(field, hash, line, claims)),
        _ => {}
    }
}
