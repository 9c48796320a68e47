//! Work on all processors whose results are wanted in order, with bounded memory.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::channel,
    },
    thread,
};

/// How many results for each thread may be finished before the next in order is.
const AHEAD: usize = 2;

/// A work that panicked, which none should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Crashed;

/// Does all works with `make`, on all processors, and hands what comes of them to `take` in their order.
///
/// Taking the next work must be quick, or wait for what is not there yet: it happens on one thread at a time.
///
/// # Errors
///
/// The first that `take` gives.
pub(crate) fn in_order<W: Send, T: Send, E>(
    works: impl Iterator<Item = W> + Send,
    make: &(dyn Fn(W) -> T + Sync),
    take: &mut dyn FnMut(Result<T, Crashed>) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(2, usize::from);
    let queue = Queue::new(works, threads * AHEAD);
    thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..threads {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                while let Some((number, work)) = queue.next() {
                    // A panic spoils the work and not the program.
                    let made = catch_unwind(AssertUnwindSafe(|| make(work)));
                    if sender.send((number, made)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let _end = End(&queue.pace);
        let (mut early, mut next) = (BTreeMap::new(), 0);
        for (number, made) in receiver {
            early.insert(number, made);
            while let Some(made) = early.remove(&next) {
                next += 1;
                queue.pace.done(next);
                take(made.map_err(|_| Crashed))?;
            }
        }
        Ok(())
    })
}

/// Hands out works, and holds threads back that are too far ahead of what is taken.
struct Queue<I> {
    works: Mutex<(usize, I)>,
    pace: Pace,
}

/// How far the taking has come.
struct Pace {
    done: Mutex<usize>,
    moved: Condvar,
    ahead: usize,
    over: AtomicBool,
}

/// Lets waiting threads go when nobody takes any more.
struct End<'a>(&'a Pace);

impl<I: Iterator> Queue<I> {
    fn new(works: I, ahead: usize) -> Self {
        let pace = Pace { ahead, done: Mutex::new(0), moved: Condvar::new(), over: AtomicBool::new(false) };
        Self { works: Mutex::new((0, works)), pace }
    }

    fn next(&self) -> Option<(usize, I::Item)> {
        let (number, work) = {
            let mut works = lock(&self.works);
            if self.pace.over.load(Ordering::Relaxed) {
                return None;
            }
            let work = works.1.next()?;
            works.0 += 1;
            (works.0 - 1, work)
        };
        self.pace.wait(number).then_some((number, work))
    }
}

impl Pace {
    /// Waits until that work may be done, and says whether anybody still wants it.
    fn wait(&self, number: usize) -> bool {
        let mut done = lock(&self.done);
        while number >= *done + self.ahead && !self.over.load(Ordering::Relaxed) {
            done = self.moved.wait(done).unwrap_or_else(PoisonError::into_inner);
        }
        !self.over.load(Ordering::Relaxed)
    }

    fn done(&self, next: usize) {
        *lock(&self.done) = next;
        self.moved.notify_all();
    }
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        let _done = lock(&self.0.done);
        self.0.over.store(true, Ordering::Relaxed);
        self.0.moved.notify_all();
    }
}

/// A lock that a panic elsewhere has poisoned guards nothing that could be half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
