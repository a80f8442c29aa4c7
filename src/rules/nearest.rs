//! "Did you mean": the known name that is nearest to a mistyped one.

/// The name among `known` that is nearest to `name`, where one is near enough to be meant.
pub(super) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let most = (name.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|other| (distance(name, other), other))
        .min()
        .filter(|&(edits, _)| edits <= most)
        .map(|(_, other)| other)
}

/// `; did you mean ...?` where a name is near enough, otherwise nothing.
pub(super) fn did_you_mean<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    nearest(name, known).map_or_else(String::new, |other| format!("; did you mean `{other}`?"))
}

/// Insertions, deletions and replacements that turn one name into the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let edited = (diagonal + usize::from(ca != cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], edited);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(nearest(name, ["barrier/investigational", "MN", "hedge/open-list"]), expected);
    }

    #[test]
    fn only_near_names_are_proposed() {
        check("barrier/investigatonal", Some("barrier/investigational"));
        check("MM", Some("MN"));
        check("zebra", None);
    }
}
