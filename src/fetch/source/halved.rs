//! A page with every other entry taken out: what a source must notice.

use scraper::Html;
use serde_json::Value;

use super::listing::Candidate;
use super::syntax::{List, Source};

impl Source {
    /// The page of that candidate with half of its entries; `None` where it has fewer than two.
    #[must_use]
    pub fn halved(&self, from: &Candidate, bytes: &[u8]) -> Option<Vec<u8>> {
        let step = from.step.as_deref()?;
        self.list.iter().filter(|list| list.from == step).find_map(|list| halved(list, bytes))
    }
}

fn halved(list: &List, bytes: &[u8]) -> Option<Vec<u8>> {
    if list.each.csv {
        let mut reader = csv::Reader::from_reader(bytes);
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_byte_record(reader.byte_headers().ok()?).ok()?;
        let rows: Vec<_> = reader.byte_records().flatten().collect();
        rows.iter().step_by(2).try_for_each(|row| writer.write_byte_record(row)).ok()?;
        return (rows.len() > 1).then(|| writer.into_inner().ok()).flatten();
    }
    if let Some(pointer) = &list.each.json {
        let mut value: Value = serde_json::from_slice(bytes).ok()?;
        let members = value.pointer_mut(pointer.strip_suffix("/*")?)?.as_array_mut()?;
        let kept: Vec<Value> = members.iter().step_by(2).cloned().collect();
        let fewer = kept.len() < members.len();
        *members = kept;
        return fewer.then(|| value.to_string().into_bytes());
    }
    let mut html = Html::parse_document(&String::from_utf8_lossy(bytes));
    let found: Vec<_> = html.select(&list.each.css.as_ref()?.selector).map(|element| element.id()).collect();
    for id in found.iter().skip(1).step_by(2) {
        html.tree.get_mut(*id)?.detach();
    }
    (found.len() > 1).then(|| html.html().into_bytes())
}
