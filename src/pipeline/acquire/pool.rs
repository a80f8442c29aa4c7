//! What takes a processor's time leaves the one thread of requests: a pool reads lists and documents while other hosts
//! are asked.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use rayon::Scope;
use tokio::sync::oneshot;

use crate::fetch::{Class, Failure};
use crate::pipeline::crash;

/// Hands work to the pool.
#[derive(Clone, Copy)]
pub(super) struct Pool<'r, 's> {
    pub(super) scope: &'r Scope<'s>,
}

impl<'s> Pool<'_, 's> {
    /// What the work gives, once the pool has done it; a panic in it is a failure.
    pub(super) async fn run<T: Send + 's>(&self, work: impl FnOnce() -> T + Send + 's) -> Result<T, Failure> {
        let (done, waits) = oneshot::channel();
        self.scope.spawn(move |_| {
            // Who asked may have given up.
            let _ = done.send(crash::guarded(work));
        });
        let crashed = |what: String| Failure::new(Class::NotAPolicy, what);
        match waits.await {
            Ok(done) => done.map_err(crashed),
            Err(_) => Err(crashed("it was not read to its end".to_owned())),
        }
    }
}

/// Drives futures on this thread, at most so many at a time, each as soon as there is room, until all have ended.
pub(super) async fn together<F: Future<Output = ()>>(mut waiting: impl Iterator<Item = F>, most: usize) {
    let mut going: Vec<Pin<Box<F>>> = Vec::new();
    poll_fn(|context| {
        loop {
            going.extend(waiting.by_ref().take(most - going.len()).map(Box::pin));
            let before = going.len();
            going.retain_mut(|future| future.as_mut().poll(context).is_pending());
            if going.is_empty() && before == 0 {
                return Poll::Ready(());
            }
            if going.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await;
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use super::*;
    use crate::pipeline::acquire::runtime;

    #[test]
    fn hosts_are_asked_beside_each_other_and_never_more_than_allowed() {
        let (now, most, ended) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let one = |pause: u64| {
            let (now, most, ended) = (&now, &most, &ended);
            async move {
                now.set(now.get() + 1);
                most.set(most.get().max(now.get()));
                tokio::time::sleep(Duration::from_millis(pause)).await;
                now.set(now.get() - 1);
                ended.set(ended.get() + 1);
            }
        };
        runtime().expect("a runtime").block_on(together((0..20).map(|at| one(at % 4)), 3));
        assert_eq!((now.get(), most.get(), ended.get()), (0, 3, 20));
        runtime().expect("a runtime").block_on(together(std::iter::empty::<std::future::Ready<()>>(), 3));
    }

    #[test]
    fn requests_go_on_while_the_pool_reads_and_a_panic_is_a_failure() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        let asked = AtomicBool::new(false);
        pool.in_place_scope(|scope| {
            let pool = Pool { scope };
            runtime().expect("a runtime").block_on(async {
                // Ends only if the other future goes on meanwhile, on this thread.
                let read = async {
                    let wait = || {
                        while !asked.load(Ordering::SeqCst) {
                            std::thread::yield_now();
                        }
                        7
                    };
                    assert_eq!(pool.run(wait).await, Ok(7));
                    let crashed = pool.run(|| panic!("a reader's fault")).await;
                    assert!(crashed.is_err_and(|failure: Failure| failure.what.contains("a reader's fault")));
                };
                let ask = async { asked.store(true, Ordering::SeqCst) };
                let both: [Pin<Box<dyn Future<Output = ()> + '_>>; 2] = [Box::pin(read), Box::pin(ask)];
                together(both.into_iter(), 2).await;
            });
        });
    }
}
