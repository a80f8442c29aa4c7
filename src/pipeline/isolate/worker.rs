//! The parent's side: a worker process, asked for one document at a time and replaced when it dies.

use std::io::{self, Read};
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use super::message::{LimitsRow, Ready, Reply, Request, Setup};
use super::serve::NO_MEMORY;
use super::{Isolation, Watch, confine, frame};
use crate::extract::ExtractError;
use crate::pipeline::chain::{Wanted, Worked};
use crate::pipeline::{Compiled, RunError, Settings, Told};
use crate::policy::Source;

/// How much of a dead worker's last words is read.
const LAST_WORDS: u64 = 4 << 10;

/// A reply that says that the result is over its limit may be as long as this.
const SMALLEST_REPLY: u64 = 64 << 10;

/// What all workers of a run have in common.
#[derive(Debug)]
pub(in crate::pipeline) struct Team<'r> {
    isolation: &'r Isolation,
    watch: &'r Watch,
    setup: Vec<u8>,
    rules: Option<String>,
    /// A worker that was started to see whether it can be.
    first: Mutex<Option<Process>>,
}

/// One worker process.
#[derive(Debug)]
struct Process {
    slot: usize,
    input: ChildStdin,
    output: ChildStdout,
    errors: ChildStderr,
}

impl<'r> Team<'r> {
    /// Starts the first worker and waits until it is ready.
    ///
    /// # Errors
    /// When it cannot be started or has other rules than the parent.
    pub(in crate::pipeline) fn new(
        isolation: &'r Isolation,
        watch: &'r Watch,
        compiled: Option<&Compiled>,
        settings: &Settings,
    ) -> Result<Team<'r>, RunError> {
        let rules = compiled.map(|compiled| compiled.rules.id.clone());
        let setup = Setup {
            limits: LimitsRow::of(&settings.limits),
            as_of: settings.as_of.map(|date| date.to_string()),
            rules: rules.clone(),
            packs: compiled.map(|compiled| compiled.packs().to_vec()).unwrap_or_default(),
            without: settings.without.iter().map(|mechanism| mechanism.id().to_owned()).collect(),
            corrections: settings.corrections.clone(),
            max_memory: isolation.max_memory,
            max_output: isolation.max_output,
        };
        let setup = serde_json::to_vec(&setup).expect("invariant: the setup is plain data");
        let team = Team { isolation, watch, setup, rules, first: Mutex::new(None) };
        let first = team.start().map_err(|error| RunError::Workers(error.to_string()))?;
        *team.first.lock().expect("nobody panics while holding the lock") = Some(first);
        Ok(team)
    }

    /// A process that is ready for documents.
    fn start(&self) -> io::Result<Process> {
        let mut child = Command::new(&self.isolation.program)
            .args(&self.isolation.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let missing = || io::Error::other("it has no pipes");
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = child.stdout.take().ok_or_else(missing)?;
        let errors = child.stderr.take().ok_or_else(missing)?;
        confine::widen(&input);
        confine::widen(&output);
        let mut process = Process { slot: self.watch.put(child), input, output, errors };
        self.watch.begin_start(process.slot);
        let ready = self.greet(&mut process);
        self.watch.end(process.slot);
        ready.map(|()| process)
    }

    fn greet(&self, process: &mut Process) -> io::Result<()> {
        let greeting = frame::write(&mut process.input, &self.setup).and_then(|()| {
            let mut buffer = Vec::new();
            frame::read(&mut process.output, 1 << 10, &mut buffer)?;
            Ok(serde_json::from_slice::<Ready>(&buffer)?)
        });
        let wrong = match greeting {
            Ok(ready) if ready.rules == self.rules => return Ok(()),
            Ok(_) => "it has other rules than this run".to_owned(),
            Err(error) => error.to_string(),
        };
        self.watch.bury(process.slot);
        let words = last_words(&mut process.errors);
        let words = words.lines().next().map(|line| format!(": {line}")).unwrap_or_default();
        Err(io::Error::other(format!("{wrong}{words}")))
    }
}

/// Why a worker gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pipeline) enum Death {
    /// It was over its time.
    Time(u64),
    /// It asked for more memory than it may have, in bytes.
    Memory(u64),
    /// It fell over the document, in words.
    Crash(String),
}

impl Death {
    /// The code and message of the document's error.
    pub(in crate::pipeline) fn error(&self) -> (&'static str, String) {
        let limit = |what: &str, limit: String, flag| {
            let error = ExtractError::Limit { what: what.to_owned(), limit, flag };
            (error.code(), error.to_string())
        };
        match self {
            Death::Time(seconds) => limit("the time to read it", format!("{seconds} s"), "--max-seconds"),
            Death::Memory(bytes) => limit("the memory to read it", format!("{bytes} bytes"), "--max-memory"),
            Death::Crash(words) => {
                let message = format!(
                    "reading the document ended its worker process ({words}): the other documents are not affected; \
                     please report it with the file"
                );
                ("crashed", message)
            }
        }
    }
}

/// One place of the team, with its process of the moment.
#[derive(Debug)]
pub(in crate::pipeline) struct Worker<'t, 'r> {
    team: &'t Team<'r>,
    process: Option<Process>,
    buffer: Vec<u8>,
}

impl<'t, 'r> Worker<'t, 'r> {
    /// A place whose process starts with its first document.
    pub(in crate::pipeline) fn new(team: &'t Team<'r>) -> Worker<'t, 'r> {
        Worker { team, process: None, buffer: Vec::new() }
    }

    /// Has one document worked.
    ///
    /// Memory that earlier documents left in pieces must not cost a later one its result: who dies of memory in
    /// a worker that was used before is asked for once more in a new one.
    pub(in crate::pipeline) fn ask(
        &mut self,
        bytes: &[u8],
        source: &Source,
        told: &Told,
        wanted: Wanted,
    ) -> Result<Worked, Death> {
        let request = Request::of(source, told, wanted);
        let request = serde_json::to_vec(&request).expect("invariant: a request is plain data");
        let used = self.process.is_some();
        match self.asked_once(&request, bytes) {
            Err(Death::Memory(_)) if used => self.asked_once(&request, bytes),
            answer => answer,
        }
    }

    fn asked_once(&mut self, request: &[u8], bytes: &[u8]) -> Result<Worked, Death> {
        let mut process = match self.process.take() {
            Some(process) => process,
            None => self.new_process()?,
        };
        let watch = self.team.watch;
        watch.begin(process.slot);
        let answer = exchange(&mut process, request, bytes, self.team.isolation.max_output, &mut self.buffer);
        let killed = watch.end(process.slot);
        if let Ok(worked) = answer {
            if killed {
                watch.bury(process.slot);
            } else {
                self.process = Some(process);
            }
            return Ok(worked);
        }
        Err(self.death(process, killed))
    }

    fn new_process(&self) -> Result<Process, Death> {
        let first = self.team.first.lock().expect("nobody panics while holding the lock").take();
        first
            .map_or_else(|| self.team.start(), Ok)
            .map_err(|error| Death::Crash(format!("no new one started: {error}")))
    }

    fn death(&self, mut process: Process, killed: bool) -> Death {
        let status = self.team.watch.bury(process.slot);
        let isolation = self.team.isolation;
        if killed {
            return Death::Time(isolation.max_time.as_secs());
        }
        let words = last_words(&mut process.errors);
        if words.contains(NO_MEMORY) {
            return Death::Memory(isolation.max_memory);
        }
        if words.contains("overflowed its stack") {
            return Death::Crash("its structure is nested too deep for the stack".to_owned());
        }
        Death::Crash(status.map_or_else(|| "no reason given".to_owned(), confine::ending))
    }
}

impl Drop for Worker<'_, '_> {
    fn drop(&mut self) {
        if let Some(process) = self.process.take() {
            self.team.watch.bury(process.slot);
        }
    }
}

impl Drop for Team<'_> {
    fn drop(&mut self) {
        if let Some(process) = self.first.lock().ok().and_then(|mut first| first.take()) {
            self.watch.bury(process.slot);
        }
    }
}

fn exchange(
    process: &mut Process,
    request: &[u8],
    bytes: &[u8],
    max_output: u64,
    buffer: &mut Vec<u8>,
) -> io::Result<Worked> {
    frame::write(&mut process.input, request)?;
    frame::write(&mut process.input, bytes)?;
    let mut read = |buffer: &mut Vec<u8>| {
        let is_there = frame::read(&mut process.output, max_output.max(SMALLEST_REPLY), buffer)?;
        if is_there { Ok(()) } else { Err(io::Error::from(io::ErrorKind::UnexpectedEof)) }
    };
    read(buffer)?;
    let reply: Reply = serde_json::from_slice(buffer)?;
    let mut json = None;
    if reply.json {
        let mut bytes = Vec::new();
        read(&mut bytes)?;
        json = Some(String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?);
    }
    Ok(reply.worked(json))
}

/// What a worker that is dead said last.
fn last_words(errors: &mut ChildStderr) -> String {
    let mut words = Vec::new();
    // What cannot be read is not said.
    let _ = errors.take(LAST_WORDS).read_to_end(&mut words);
    String::from_utf8_lossy(&words).into_owned()
}
