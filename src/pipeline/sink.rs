//! Where results go.

use std::io::{self, Write};

use crate::report::Analysis;

/// Takes results one by one, in input order.
pub trait Sink<T> {
    /// Takes the next result.
    ///
    /// # Errors
    /// When it cannot be written; the run ends then.
    fn take(&mut self, result: T) -> io::Result<()>;
}

/// A stream of JSON objects: one a line, or the same lines as one array.
#[derive(Debug)]
pub struct Stream<W> {
    writer: W,
    array: bool,
    empty: bool,
}

impl<W: Write> Stream<W> {
    /// One object a line. `writer` should be buffered.
    pub fn lines(writer: W) -> Stream<W> {
        Stream { writer, array: false, empty: true }
    }

    /// One array, an element a line.
    pub fn array(writer: W) -> Stream<W> {
        Stream { writer, array: true, empty: true }
    }

    /// Closes the array, where it is one, and flushes.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        match (self.array, self.empty) {
            (true, true) => self.writer.write_all(b"[]\n")?,
            (true, false) => self.writer.write_all(b"\n]\n")?,
            (false, _) => {}
        }
        self.writer.flush()
    }
}

impl<W: Write> Stream<W> {
    /// Takes an object that is JSON already, on one line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn take_json(&mut self, json: &str) -> io::Result<()> {
        self.element(|writer| writer.write_all(json.as_bytes()))
    }

    fn element(&mut self, write: impl FnOnce(&mut W) -> io::Result<()>) -> io::Result<()> {
        if self.array {
            self.writer.write_all(if self.empty { b"[\n" } else { b",\n" })?;
        }
        self.empty = false;
        write(&mut self.writer)?;
        if self.array { Ok(()) } else { self.writer.write_all(b"\n") }
    }
}

impl<W: Write> Sink<Analysis> for Stream<W> {
    fn take(&mut self, result: Analysis) -> io::Result<()> {
        self.element(|writer| Ok(serde_json::to_writer(writer, &result)?))
    }
}

/// Keeps every result in memory, for one document and for tests.
#[derive(Debug)]
pub struct Collected<T>(pub Vec<T>);

impl<T> Sink<T> for Collected<T> {
    fn take(&mut self, result: T) -> io::Result<()> {
        self.0.push(result);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Source;
    use crate::rules::RuleSet;
    use serde_json::Value;

    fn array(count: usize) -> Vec<Value> {
        let rules = RuleSet::parse(&[]).expect("no pack is sound");
        let source = Source { path: "a".to_owned(), url: None, snapshot: None, bytes: 0, retrieved: None };
        let mut out = Vec::new();
        let mut stream = Stream::array(&mut out);
        for _ in 0..count {
            stream.take(Analysis::failed(&source, "text/plain", "empty", "none", &rules)).expect("memory takes it");
        }
        stream.finish().expect("memory takes it");
        serde_json::from_slice(&out).expect("it is an array")
    }

    #[test]
    fn an_array_is_json_with_none_one_and_many() {
        for count in [0, 1, 3] {
            assert_eq!(array(count).len(), count);
        }
    }
}
