//! What must hold of every document, whatever its bytes: no panic, and no place or quote that is not in its text.

use std::sync::OnceLock;

use fineprint::pipeline::{Collected, Compiled, Input, Isolation, Place, Settings, Told, Wanted, Worked, work};
use fineprint::text::single_blanks;

/// Works one document by the whole chain in this process and holds its findings against its text.
pub fn hold(bytes: &[u8]) {
    static RULES: OnceLock<Compiled> = OnceLock::new();
    let rules = RULES.get_or_init(|| Compiled::embedded_and(&[]).expect("the embedded rules are sound"));
    let wanted = Wanted { analysis: true, json: true, extraction: true, text: true, rejected: true };
    let worked = one(bytes, Some(rules), None, wanted);
    let code = worked.error.as_ref().map(|error| error.code.as_str());
    assert_ne!(code, Some("crashed"), "{:?}", worked.error);
    let (Some(analysis), Some(text)) = (&worked.analysis, &worked.text) else { return };
    let letters: Vec<char> = text.chars().collect();
    let blanks = single_blanks(text);
    for finding in &analysis.findings {
        let words: String = letters[finding.span.start..finding.span.end].iter().collect();
        if !finding.matched.is_empty() {
            assert_eq!(single_blanks(&words), single_blanks(&finding.matched), "{}", finding.rule);
        }
        assert!(blanks.contains(&finding.quote), "{}: {:?} is not in the text", finding.rule, finding.quote);
    }
}

/// Reads one document in a worker process of `program`: whatever it does there, this process has one line of it.
pub fn hold_apart(bytes: &[u8], program: &str) {
    let isolation = Isolation { max_memory: 1 << 30, ..Isolation::new(program.into()) };
    let wanted = Wanted { text: true, ..Wanted::default() };
    let worked = one(bytes, None, Some(isolation), wanted);
    if let Some(error) = worked.error.filter(|error| error.code == "crashed") {
        panic!("{}", error.message);
    }
}

fn one(bytes: &[u8], rules: Option<&Compiled>, isolation: Option<Isolation>, wanted: Wanted) -> Worked {
    let input = Input { path: "fuzz".to_owned(), place: Place::Bytes(bytes.to_vec()), told: Told::default() };
    let settings = Settings { isolation, ..Settings::default() };
    let mut all = Collected(Vec::new());
    work(&[input], rules, &settings, wanted, &mut all, |_| ()).expect("the run ends by itself");
    assert_eq!(all.0.len(), 1, "one document, one line");
    all.0.remove(0)
}
