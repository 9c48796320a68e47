//! Work on a thread of its own that stops when nobody waits for it any more.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, TryRecvError, channel},
    },
    thread,
};

use egui::Context;

/// Work that is being done on a thread. Dropping it tells the thread to stop.
pub struct Job<T> {
    stop: Arc<AtomicBool>,
    receiver: Receiver<T>,
}

impl<T: Send + 'static> Job<T> {
    /// Starts `work`, which may ask whether anybody still waits for it. The window is woken when it is done.
    pub fn start(ctx: &Context, work: impl FnOnce(Stopped<'_>) -> T + Send + 'static) -> Self {
        Self::telling(ctx, move |stopped, tell| tell(work(stopped)))
    }

    /// Starts `work` that tells something each time it has got further. The window is woken each time.
    pub fn telling(ctx: &Context, work: impl FnOnce(Stopped<'_>, &mut dyn FnMut(T)) + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let (stop, wake) = (Arc::new(AtomicBool::new(false)), ctx.clone());
        let stopped = stop.clone();
        let spawned = thread::Builder::new().name("background".to_owned()).spawn(move || {
            work(&|| stopped.load(Ordering::Relaxed), &mut |told| {
                // Nobody waits any more once the job has been dropped.
                let _ = sender.send(told);
                wake.request_repaint();
            });
            drop(sender);
            wake.request_repaint();
        });
        // Without a thread the sender is gone, which the job finds when it is asked.
        drop(spawned);
        Self { stop, receiver }
    }

    /// Waits for what comes of it, or what it tells next.
    ///
    /// # Errors
    ///
    /// When there is nothing more to come.
    pub fn wait(&self) -> Result<T, Lost> {
        self.receiver.recv().map_err(|_| Lost)
    }

    /// What came of it, or what it tells next; nothing yet while it goes on.
    ///
    /// # Errors
    ///
    /// When there is nothing more to come: it has told all, could not be started, or has died.
    pub fn poll(&self) -> Result<Option<T>, Lost> {
        match self.receiver.try_recv() {
            Ok(outcome) => Ok(Some(outcome)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(Lost),
        }
    }
}

/// Says whether nobody waits any more.
pub type Stopped<'a> = &'a (dyn Fn() -> bool + Sync);

/// Nothing more will come.
#[derive(Clone, Copy, Debug)]
pub struct Lost;

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
