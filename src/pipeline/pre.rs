//! A command before reading: it gets a document's path, and what it prints is read instead of the document.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use ignore::overrides::{Override, OverrideBuilder};

use crate::extract::{ExtractError, Limits};

/// How much of what the command says on standard error is kept.
const LAST_WORDS: u64 = 4 << 10;

/// A command before reading.
#[derive(Clone, Debug)]
pub struct Pre {
    command: String,
    globs: Override,
    max_time: Duration,
}

/// Why the command gave nothing to read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PreError {
    /// It did not start, or ended badly.
    #[error("--pre {command} {reason}: run it on the document by hand, or leave --pre out")]
    Failed {
        /// The command.
        command: String,
        /// How it ended and what it said.
        reason: String,
    },
    /// It printed more than a document may have.
    #[error(transparent)]
    TooLarge(ExtractError),
}

impl PreError {
    /// The code in outputs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PreError::Failed { .. } => "unreadable",
            PreError::TooLarge(error) => error.code(),
        }
    }
}

impl Pre {
    /// A command for the documents that match `globs`, or for all where there are none; it is killed after `max_time`.
    ///
    /// # Errors
    /// What is wrong with a glob.
    pub fn new(command: &str, globs: &[String], max_time: Duration) -> Result<Pre, String> {
        let mut builder = OverrideBuilder::new("");
        for glob in globs {
            builder.add(glob).map_err(|error| error.to_string())?;
        }
        let globs = builder.build().map_err(|error| error.to_string())?;
        Ok(Pre { command: command.to_owned(), globs, max_time })
    }

    /// The command, as reports name it.
    #[must_use]
    pub fn command(&self) -> &str {
        &self.command
    }

    /// Whether the command reads the document at `path`.
    pub(super) fn reads(&self, path: &Path) -> bool {
        // A path that leads out of the folder is matched by its name.
        let name = path.file_name().map_or(path, Path::new);
        self.globs.is_empty() || self.globs.matched(name, false).is_whitelist()
    }

    /// What the command prints for the document at `path`.
    pub(super) fn run(&self, path: &Path, limits: &Limits) -> Result<Vec<u8>, PreError> {
        let failed = |reason: String| PreError::Failed { command: self.command.clone(), reason };
        let mut child = Command::new(&self.command)
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| failed(format!("did not start ({})", super::input::reason(&error))))?;
        let end = Instant::now() + self.max_time;
        let most = limits.max_bytes.saturating_add(1);
        let out = child.stdout.take().map(|pipe| beside(pipe, most));
        let words = child.stderr.take().map(|pipe| beside(pipe, LAST_WORDS));
        let bytes = out.and_then(|out| out.recv_timeout(self.max_time).ok());
        let too_large = bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 == most);
        let status = if too_large { None } else { bytes.as_ref().and_then(|_| ended(&mut child, end)) };
        if status.is_none() {
            // One that has ended meanwhile is what we want.
            let _ = child.kill();
            let _ = child.wait();
        }
        match (bytes, status) {
            (Some(bytes), Some(status)) if status.success() => Ok(bytes),
            (_, Some(status)) => {
                let words = words.and_then(|words| words.recv_timeout(PATIENCE).ok()).unwrap_or_default();
                let words = String::from_utf8_lossy(&words).into_owned();
                let words = words.lines().find(|line| !line.trim().is_empty()).map(|line| format!(", saying: {line}"));
                Err(failed(format!("failed on it ({status}{})", words.unwrap_or_default())))
            }
            _ if too_large => Err(PreError::TooLarge(ExtractError::Limit {
                what: format!("what --pre {} printed", self.command),
                limit: format!("{} bytes", limits.max_bytes),
                flag: "--max-bytes",
            })),
            _ => Err(failed(format!("took longer than {} s (--max-seconds)", self.max_time.as_secs()))),
        }
    }
}

/// How long is waited for the last words of a command that has ended.
const PATIENCE: Duration = Duration::from_secs(1);

/// Reads a pipe in a thread of its own, `most` bytes of it: a child of the command may hold it open for ever.
fn beside(mut pipe: impl Read + Send + 'static, most: u64) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What cannot be read is missing, and how the command ended tells why.
        let _ = pipe.by_ref().take(most).read_to_end(&mut bytes);
        let _ = send.send(bytes);
        let _ = io::copy(&mut pipe, &mut io::sink());
    });
    receive
}

/// How the command ended; `None` where it has not at `end`.
fn ended(child: &mut Child, end: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(2)),
            Ok(status) => return status,
            Err(_) => return None,
        }
    }
}
