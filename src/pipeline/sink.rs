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

/// A stream of JSON objects, one a line.
#[derive(Debug)]
pub struct Lines<W> {
    writer: W,
}

impl<W: Write> Lines<W> {
    /// Writes to `writer`, which should be buffered.
    pub fn new(writer: W) -> Lines<W> {
        Lines { writer }
    }
}

impl<W: Write> Sink<Analysis> for Lines<W> {
    fn take(&mut self, result: Analysis) -> io::Result<()> {
        serde_json::to_writer(&mut self.writer, &result)?;
        self.writer.write_all(b"\n")
    }
}

/// Keeps every result in memory, for tables and tests.
#[derive(Debug)]
pub struct Collected<T>(pub Vec<T>);

impl<T> Sink<T> for Collected<T> {
    fn take(&mut self, result: T) -> io::Result<()> {
        self.0.push(result);
        Ok(())
    }
}
