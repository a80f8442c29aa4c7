//! The clock beside the workers: who takes longer than the limit is killed.

use std::process::{Child, ExitStatus};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// How long a worker may take to compile the rules, at least.
const START: Duration = Duration::from_secs(60);

/// The processes of a run, each in its slot, with the moment at which it is killed.
#[derive(Debug)]
pub(in crate::pipeline) struct Watch {
    state: Mutex<State>,
    stopped: Condvar,
    limit: Duration,
}

#[derive(Debug, Default)]
struct State {
    slots: Vec<Slot>,
    stopped: bool,
}

#[derive(Debug)]
struct Slot {
    child: Option<Child>,
    deadline: Option<Instant>,
    killed: bool,
}

impl Watch {
    /// A clock for processes that have `limit` for each document.
    pub(in crate::pipeline) fn new(limit: Duration) -> Watch {
        Watch { state: Mutex::default(), stopped: Condvar::new(), limit }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while holding the lock")
    }

    /// A slot for `child`.
    pub(super) fn put(&self, child: Child) -> usize {
        let mut state = self.lock();
        let slot = Slot { child: Some(child), deadline: None, killed: false };
        if let Some(free) = state.slots.iter().position(|slot| slot.child.is_none()) {
            state.slots[free] = slot;
            return free;
        }
        state.slots.push(slot);
        state.slots.len() - 1
    }

    /// Begins a document's time.
    pub(super) fn begin(&self, slot: usize) {
        self.lock().slots[slot].deadline = Instant::now().checked_add(self.limit);
    }

    /// Begins the time to get ready in, which is no document's.
    pub(super) fn begin_start(&self, slot: usize) {
        self.lock().slots[slot].deadline = Instant::now().checked_add(self.limit.max(START));
    }

    /// Ends a document's time; whether the process was killed for it.
    pub(super) fn end(&self, slot: usize) -> bool {
        let slot = &mut self.lock().slots[slot];
        slot.deadline = None;
        slot.killed
    }

    /// Kills the process of the slot, which is over for it, and says how it ended.
    pub(super) fn bury(&self, slot: usize) -> Option<ExitStatus> {
        let mut child = self.lock().slots[slot].child.take()?;
        // One that is dead already is what we want.
        let _ = child.kill();
        child.wait().ok()
    }

    /// Kills what is over its time, until [`Watch::stop`].
    ///
    /// Nobody wakes it for a new deadline: that lies at least a whole limit ahead, so it never comes before the next look.
    pub(in crate::pipeline) fn run(&self) {
        let mut state = self.lock();
        while !state.stopped {
            let now = Instant::now();
            for slot in &mut state.slots {
                if slot.deadline.is_some_and(|deadline| deadline <= now) {
                    slot.deadline = None;
                    slot.killed = slot.child.as_mut().is_some_and(|child| child.kill().is_ok());
                }
            }
            let next = state.slots.iter().filter_map(|slot| slot.deadline).min();
            let pause = next.map_or(self.limit, |next| next.saturating_duration_since(now)).min(self.limit);
            let pause = pause.max(Duration::from_millis(1));
            state = self.stopped.wait_timeout(state, pause).expect("nobody panics while holding the lock").0;
        }
    }

    /// Ends [`Watch::run`] when the guard goes, also by a panic.
    pub(in crate::pipeline) fn stop_on_drop(&self) -> impl Drop + '_ {
        StopOnDrop(self)
    }
}

struct StopOnDrop<'w>(&'w Watch);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.stopped.notify_all();
    }
}
