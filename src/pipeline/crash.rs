//! A panic while one document is read becomes that document's error and no other's.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    static IN_DOCUMENT: Cell<bool> = const { Cell::new(false) };
    static WHERE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics inside of a document from printing; their place goes into the document's error.
///
/// Panics elsewhere print as before. Call it once, from the binary: the hook is the process's own.
pub fn quiet_crashes() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if IN_DOCUMENT.get() {
            let place = info.location().map(|at| format!("{}:{}", file_name(at.file()), at.line()));
            WHERE.set(place);
        } else {
            before(info);
        }
    }));
}

/// What `work` gives, or the sentence for a document whose reading panicked.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    IN_DOCUMENT.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    IN_DOCUMENT.set(false);
    result.map_err(|payload| sentence(payload.as_ref(), WHERE.take().as_deref()))
}

fn sentence(payload: &(dyn Any + Send), place: Option<&str>) -> String {
    let words = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given");
    let words: String = words.chars().take(160).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let place = place.map(|place| format!(" at {place}")).unwrap_or_default();
    format!(
        "the document made fineprint fail{place} ({words}): the other documents are not affected; please report it \
         with the file"
    )
}

/// The end of a source file's path: no machine's folders in outputs.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_sentence_with_its_words() {
        let error = guarded(|| -> u8 { panic!("glyph 7\nis odd") }).expect_err("it panicked");
        assert!(error.contains("(glyph 7 is odd)"), "{error}");
        assert_eq!(guarded(|| 1), Ok(1));
    }
}
