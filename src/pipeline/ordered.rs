//! A parallel map whose results arrive in order, a bounded way ahead of their reader.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread;

use super::RunError;

/// How many documents a run may be ahead of its writer, for each worker.
const AHEAD: usize = 4;

/// PDF and HTML readers descend into nested structures; rayon's default stack is 2 MiB.
pub(super) const STACK_BYTES: usize = 64 << 20;

struct State<T> {
    next: usize,
    written: usize,
    stopped: bool,
    ready: BTreeMap<usize, T>,
}

struct Shared<T> {
    state: Mutex<State<T>>,
    moved: Condvar,
    count: usize,
    ahead: usize,
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().expect("no worker panics while it holds the lock")
    }

    /// The next index to work on, once the writer is near enough; `None` at the end.
    fn take(&self) -> Option<usize> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.next == self.count {
                return None;
            }
            if state.next < state.written + self.ahead {
                state.next += 1;
                return Some(state.next - 1);
            }
            state = self.moved.wait(state).expect("no worker panics while it holds the lock");
        }
    }

    fn put(&self, index: usize, result: T) {
        self.lock().ready.insert(index, result);
        self.moved.notify_all();
    }

    /// The result of the lowest index that was not taken yet; `None` at the end, or when a worker panicked.
    fn next_result(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.written == self.count {
                return None;
            }
            let written = state.written;
            if let Some(result) = state.ready.remove(&written) {
                state.written += 1;
                self.moved.notify_all();
                return Some(result);
            }
            state = self.moved.wait(state).expect("no worker panics while it holds the lock");
        }
    }
}

/// Lets the workers end when the writer does, also when it panics.
struct StopOnDrop<'s, T>(&'s Shared<T>);

impl<T> Drop for StopOnDrop<'_, T> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.moved.notify_all();
    }
}

/// Lets the writer end when a worker panics: its result would never come.
struct StopOnPanic<'s, T>(&'s Shared<T>);

impl<T> Drop for StopOnPanic<'_, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            drop(StopOnDrop(self.0));
        }
    }
}

/// Runs `work` for `0..count` on `jobs` threads, each with a state of its own, and hands the results to `take` in order.
///
/// A panic of `start` or `work` ends the run and goes on in the caller. An error of `take` ends the run after the documents in hand.
///
/// # Errors
/// When the threads cannot be started, and the first error of `take`.
pub(super) fn ordered<S, T: Send>(
    count: usize,
    jobs: usize,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), RunError>,
) -> Result<(), RunError> {
    let jobs = jobs.clamp(1, count.max(1));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK_BYTES).build()?;
    let state = State { next: 0, written: 0, stopped: false, ready: BTreeMap::new() };
    let shared = Shared { state: Mutex::new(state), moved: Condvar::new(), count, ahead: AHEAD * jobs };
    pool.in_place_scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|_| {
                let _stop = StopOnPanic(&shared);
                let mut state = start();
                while let Some(index) = shared.take() {
                    shared.put(index, work(&mut state, index));
                }
            });
        }
        let _stop = StopOnDrop(&shared);
        while let Some(result) = shared.next_result() {
            take(result)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_from_any_number_of_workers() {
        for jobs in [1, 2, 7] {
            let mut got = Vec::new();
            let work = |_: &mut (), index: usize| {
                // Early ones take longer, so that later ones finish first.
                (0..(100 - index) * 500).map(|n| n % 7).sum::<usize>();
                index
            };
            ordered(
                100,
                jobs,
                || (),
                work,
                |index| {
                    let _: () = got.push(index);
                    Ok(())
                },
            )
            .expect("no error");
            assert_eq!(got, (0..100).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_worker_runs_far_ahead_of_the_writer() {
        let started = AtomicUsize::new(0);
        let mut written = 0;
        let work = |_: &mut (), _| started.fetch_add(1, Ordering::SeqCst);
        let take = |_| {
            written += 1;
            let ahead = started.load(Ordering::SeqCst).saturating_sub(written);
            assert!(ahead <= AHEAD * 3 + 1, "{ahead} ahead");
            Ok(())
        };
        ordered(300, 3, || (), work, take).expect("no error");
        assert_eq!(written, 300);
    }

    #[test]
    fn an_error_of_the_writer_ends_the_run() {
        let started = AtomicUsize::new(0);
        let work = |_: &mut (), _| started.fetch_add(1, Ordering::SeqCst);
        let broken = || RunError::Write(std::io::ErrorKind::BrokenPipe.into());
        let error = ordered(1000, 2, || (), work, |_| Err(broken())).expect_err("the writer failed");
        assert!(matches!(error, RunError::Write(_)));
        assert!(started.load(Ordering::SeqCst) < 30);
    }

    #[test]
    fn a_panic_of_a_worker_ends_the_run() {
        let work = |_: &mut (), index: usize| assert_ne!(index, 7, "seven");
        let run = || ordered(1000, 2, || (), work, |()| Ok(()));
        assert!(std::panic::catch_unwind(run).is_err());
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        ordered(0, 4, || (), |_: &mut (), index: usize| index, |_| Ok(())).expect("no error");
    }
}
