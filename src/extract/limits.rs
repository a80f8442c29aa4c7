//! What one document may cost.

use super::{ExtractError, depth};

/// What one document may cost. A document that breaks a limit is one error, never a dead run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// Most pages.
    pub max_pages: usize,
    /// Largest matching text, in bytes.
    pub max_text_bytes: usize,
    /// Deepest nesting of HTML and of the XML in DOCX.
    pub max_depth: usize,
    /// Most entries of an archive (DOCX).
    pub max_entries: usize,
}

impl Default for Limits {
    /// 256 MiB, 5,000 pages, 64 MiB of text, 1,000 elements deep, 10,000 entries.
    fn default() -> Limits {
        Limits {
            max_bytes: 256 << 20,
            max_pages: 5_000,
            max_text_bytes: 64 << 20,
            max_depth: 1_000,
            max_entries: 10_000,
        }
    }
}

impl Limits {
    /// # Errors
    /// When `pages` are too many.
    pub(super) fn pages(&self, pages: usize) -> Result<(), ExtractError> {
        held(pages, self.max_pages, "its number of pages", "--max-pages")
    }

    /// # Errors
    /// When the tags of a page nest too deep.
    pub(super) fn html(&self, bytes: &[u8]) -> Result<(), ExtractError> {
        held(depth::of_html(bytes), self.max_depth, "the nesting of its elements", "--max-depth")
    }

    /// # Errors
    /// When the elements of an archive's part nest too deep.
    pub(super) fn xml(&self, text: &str) -> Result<(), ExtractError> {
        held(depth::of_xml(text.as_bytes()), self.max_depth, "the nesting of its elements", "--max-depth")
    }

    /// # Errors
    /// When an archive has too many entries.
    pub(super) fn entries(&self, entries: usize) -> Result<(), ExtractError> {
        held(entries, self.max_entries, "its number of entries", "--max-entries")
    }

    /// The error of a document whose text is too long.
    pub(super) fn too_much_text(&self) -> ExtractError {
        let limit = format!("{} bytes", self.max_text_bytes);
        ExtractError::Limit { what: "its text".to_owned(), limit, flag: "--max-text-bytes" }
    }
}

fn held(count: usize, most: usize, what: &str, flag: &'static str) -> Result<(), ExtractError> {
    if count <= most {
        return Ok(());
    }
    Err(ExtractError::Limit { what: format!("{what}, {count},"), limit: most.to_string(), flag })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use crate::extract::extract;

    /// Passes with the limit at `most` and fails, naming `flag`, one below.
    fn check(bytes: &[u8], most: usize, flag: &str, limits: impl Fn(usize) -> Limits) {
        assert!(extract(bytes, &limits(most)).is_ok(), "{flag} {most} lets it pass");
        let error = extract(bytes, &limits(most - 1)).expect_err("one below is too little");
        assert_eq!(error.code(), "limit");
        assert!(error.to_string().contains(flag), "{error}");
    }

    #[test]
    fn pages_are_counted_in_text_and_pdf() {
        let limits = |max_pages| Limits { max_pages, ..Limits::default() };
        check(b"It is not covered.\n\x0cIt is covered.\n\x0cIt is new.\n", 3, "--max-pages", limits);
        check(include_bytes!("../../tests/hostile/sound.pdf"), 1, "--max-pages", limits);
    }

    #[test]
    fn text_is_counted_in_bytes() {
        let limits = |max_text_bytes| Limits { max_text_bytes, ..Limits::default() };
        for bytes in [b"It is not covered.".as_slice(), b"<p>It is not covered.</p>"] {
            let length = extract(bytes, &Limits::default()).expect("it is sound").text.len();
            check(bytes, length, "--max-text-bytes", limits);
        }
    }

    #[test]
    fn nesting_is_counted_in_html_and_docx() {
        let limits = |max_depth| Limits { max_depth, ..Limits::default() };
        check(b"<html><body><div><div><p>It is not covered.</p></div></div>", 4, "--max-depth", limits);
        check(&docx(0), 5, "--max-depth", limits);
    }

    #[test]
    fn entries_of_archives_are_counted() {
        check(&docx(6), 7, "--max-entries", |max_entries| Limits { max_entries, ..Limits::default() });
    }

    /// A DOCX of one paragraph with `more` pictures beside its main part.
    fn docx(more: usize) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: &str| {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory takes it");
            archive.write_all(text.as_bytes()).expect("memory takes it");
        };
        part(
            "word/document.xml",
            r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>It is not covered.</w:t></w:r></w:p></w:body></w:document>"#,
        );
        (0..more).for_each(|n| part(&format!("word/media/{n}.png"), "x"));
        archive.finish().expect("memory takes it").into_inner()
    }
}
