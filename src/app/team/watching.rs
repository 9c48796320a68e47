//! A thread that looks at the project's folder now and then, and tells when other programs have changed something.

use std::{
    thread,
    time::{Duration, Instant},
};

use ascribe_engine::{Refreshed, Seen, Session};
use egui::Context;

use crate::{background::Job, workspace::Workspace};

/// How long the thread sleeps before it asks whether anybody still waits.
const NAP: Duration = Duration::from_millis(50);

/// The thread, once it runs.
#[derive(Default)]
pub struct Watching(Option<Job<Seen>>);

impl Watching {
    /// Starts the thread, and returns what it has seen.
    pub fn prepare(&mut self, ctx: &Context, session: &Session, every: Duration) -> Option<Seen> {
        if let Some(job) = &self.0 {
            // A bundle cannot change, and a thread that has died is not started again and again.
            return job.poll().ok().flatten();
        }
        let watch = session.watch();
        self.0 = Some(Job::telling(ctx, move |stopped, tell| {
            let Some(mut watch) = watch else { return };
            loop {
                let started = Instant::now();
                while started.elapsed() < every {
                    thread::sleep(NAP);
                    if stopped() {
                        return;
                    }
                }
                watch.look().into_iter().for_each(&mut *tell);
            }
        }));
        None
    }
}

impl Workspace {
    /// Shows what others have changed.
    pub(crate) fn take_up(&mut self, refreshed: &Refreshed) {
        self.team.turn += 1;
        self.sources.read_again();
        if self.view.as_ref().is_some_and(|(name, _)| refreshed.others.contains_key(name)) {
            let viewed = self.view.take().map(|(name, _)| name);
            self.look_at(viewed);
        }
        self.fit_text();
        if self.current.is_none()
            && let Some(first) = refreshed.added.first().cloned()
        {
            self.open(&first);
        }
    }
}
