//! What only Unix can do: a process limits itself, and its end has a signal. The only file with system's own code.

use std::process::ExitStatus;

/// Whether [`memory`] does something here. macOS takes the limit and does not keep it.
pub(super) const MEMORY_IS_LIMITED: bool = cfg!(target_os = "linux");

/// Limits the address space of this process to `bytes`, and forbids core dumps.
#[cfg(unix)]
pub(super) fn memory(bytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = |resource, most: u64| {
        // Only downwards: somebody may have set a lower one, and a higher one is not ours to take.
        let most = getrlimit(resource).maximum.map_or(most, |hard| hard.min(most));
        // A system that refuses leaves the other limits.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    };
    limit(Resource::As, bytes);
    limit(Resource::Core, 0);
}

/// Nothing, where processes have no such limit.
#[cfg(not(unix))]
pub(super) fn memory(_bytes: u64) {}

/// Lets a pipe hold most documents whole, so that its two ends wake each other seldom. Larger pipes would use up what
/// Linux lets all programs of a user have together. A system that refuses leaves the pipe as it is: slower, no less
/// right.
#[cfg(target_os = "linux")]
pub(super) fn widen(pipe: &impl std::os::fd::AsFd) {
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, 256 << 10);
}

/// Nothing, where pipes have one size.
#[cfg(not(target_os = "linux"))]
pub(super) fn widen<P>(_pipe: &P) {}

/// How a process ended, in words.
pub(super) fn ending(status: ExitStatus) -> String {
    match (signal(status), status.code()) {
        (Some(6), _) => "it aborted".to_owned(),
        (Some(9), _) => "the system killed it, perhaps for want of memory".to_owned(),
        (Some(11 | 7), _) => "it touched memory that is not there".to_owned(),
        (Some(signal), _) => format!("signal {signal}"),
        (None, Some(code)) => format!("exit code {code}"),
        (None, None) => "no reason given".to_owned(),
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_status: ExitStatus) -> Option<i32> {
    None
}
